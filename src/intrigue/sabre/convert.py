"""A problem in Sabre's syntax told in our language: a world of rules and a story with cast and opening.

What is written means the same as the problem, to the letter, under `rules of Sabre`; `intrigue.sabre.same` compares the two,
and `convert` refuses what it could not say (a name too odd, an expression too deep) rather than say something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from intrigue.diagnostics.diagnostic import Diagnostic, Source, Span
from intrigue.grounding.border import walk
from intrigue.grounding.names import quoted
from intrigue.language.names import key
from intrigue.records import dataclass
from intrigue.sabre.kinds import Kinds, make_kinds
from intrigue.sabre.lowering import Label
from intrigue.sabre.naming import Blank, Namer, sentence, spaced
from intrigue.sabre.opening import settings_of, written_out
from intrigue.sabre.problem import Problem, open_problem
from intrigue.sabre.rendering import Words, number_word
from intrigue.sabre.utility import Term, terms_of
from intrigue.world.model import World

WHERE = "where"
"""The fact that says where persons are; only before a bracket is the word a name."""
_PLACES = frozenset(("at", "location", "loc", "located", "position", "whereabouts", "where"))
"""What a property is called that says where somebody or something is."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A problem in our language. `world`: what the two texts declare together.

    `problem`: what it was made of; `words`: what its atoms, sets and facts are called here.
    """

    title: str
    world_text: str
    story_text: str
    world: World
    problem: Problem
    words: Words

    def in_words(self, formula: str) -> tuple[str | None, list[Diagnostic]]:
        """A condition in Sabre's syntax in the words of our language; None, and what is wrong with it."""
        expr, found = self.problem.formula(Source(Path("goal"), formula))
        return (None if expr is None else self.words.say(expr, ())), found


def convert(source: Source, *, in_one: bool = False) -> tuple[Converted | None, list[Diagnostic]]:
    """The problem in our language; None, and what is wrong with it, if it has mistakes or cannot be said. Never raises.

    `in_one`: as one story that holds its rules itself, so that no file must be looked for, in the layout in which it was
    written; `world_text` is then empty.
    """
    from intrigue.language.parse import parse
    from intrigue.sabre.same import difference
    from intrigue.world.check import check

    problem = open_problem(source)
    if problem.diagnostics:
        ours = _in_our_words(source)
        return None, problem.diagnostics if ours is None else [ours]
    made = _Conversion(problem, source)
    written = (
        {".story": made.together()} if in_one else {".world": made.world(), ".story": made.story()}
    )
    texts: dict[str, str] = {}
    files = []
    found: list[Diagnostic] = []
    for ending, text in written.items():
        path = source.path.with_name(made.file_name + ending)
        texts[ending] = text
        if not in_one:
            from intrigue.language.format import Unformattable, format

            try:
                texts[ending] = format(Source(path, text))
            except Unformattable as error:
                return None, [_no_words(source, error.diagnostics)]
        file, problems = parse(Source(path, texts[ending]))
        files.append(file)
        found += [each for each in problems if each.code != "no-scenes"]
    world, problems = check(files)
    if world is None or found or problems:
        return None, [_no_words(source, [*found, *problems])]
    wrong = difference(problem, world, made.words.atoms)
    if wrong is not None:
        return None, [_no_words(source, (), wrong)]
    converted = Converted(
        made.title, texts.get(".world", ""), texts[".story"], world, problem, made.words
    )
    return converted, []


_OURS = re.compile(r"(?:\s|#.*\n)*((story|world)[ \t]+[^\s(=;][^=;\n]*)$", re.MULTILINE)
"""The first line of a story or a world; a problem in Sabre's syntax may begin with a property of that name."""


def _in_our_words(source: Source) -> Diagnostic | None:
    """That the text is a story or a world, if it begins as one: of each of its lines could be said that it is not Sabre's syntax."""
    first = _OURS.match(source.text)
    if first is None:
        return None
    form = first[2]
    repair = f"`intrigue check` says whether all is well with a {form}"
    if source.path.suffix != f".{form}":
        repair = f"give the file a name that ends in `.{form}`"
    label = f"so a {form} begins"
    return Diagnostic(
        "not-a-problem", Span(source, *first.span(1)), {"form": form}, label, repair=repair
    )


def _no_words(source: Source, problems: Sequence[Diagnostic], why: str = "") -> Diagnostic:
    """That the problem cannot be said in our language."""
    from intrigue.diagnostics.render import text

    if problems:
        why = text(problems[0]).splitlines()[0]
    return Diagnostic("sabre-unspeakable", None, {"path": str(source.path), "why": why})


class _Conversion:
    """Collects the names, then writes the two files."""

    def __init__(self, problem: Problem, source: Source) -> None:
        self.problem = problem
        self.source = source
        self.border = problem.border
        self.names = problem.names
        self.table = problem.table
        self.whole = problem.whole_numbers
        self.title = " ".join(spaced(source.path.stem).split()) or "problem"
        self.title = self.title[:1].upper() + self.title[1:]
        self.file_name = source.path.stem or "problem"
        self.sets = [each["name"] for each in self.border["sets"]]
        self.where, self.holder = self._places()
        self.kinds = self._kinds()
        self.fact_names = self._facts()
        self.words = Words(
            atoms=self._atoms(),
            kinds=[self.kinds.of[name] for name in self.sets],
            facts=[name if name == WHERE else quoted(name) for name in self.fact_names],
        )
        self.words.taken = {key(name) for name in self._atom_names()}

    # ----------------------------------------------------------------- names

    def _places(self) -> tuple[int | None, int | None]:
        """The facts that say where persons are, and where things are or who has them."""
        characters = set(self.table.members("character"))
        where = holder = None
        for number, (fact, label) in enumerate(
            zip(self.border["facts"], self.names.facts, strict=True)
        ):
            if (
                label.name.lower() not in _PLACES
                or label.parts != (0,)
                or fact["range"] in ("bool", "number")
            ):
                continue
            argument, values = self.sets[fact["args"][0]], self.sets[fact["range"]["set"]]
            apart = argument not in self.table.kind("character") or argument == "character"
            if "character" in self.table.kind(argument) and where is None:
                if not characters & set(self.table.members(values)):
                    where = number
            elif apart and "character" not in self.table.kind(argument) and holder is None:
                holder = number
        return where, holder

    def _kinds(self) -> Kinds:
        """The kinds that the types become."""
        everything = [self.border["actions"], self.border["triggers"], self.border["utilities"]]
        whole = {
            self.sets[body[0]]
            for node in walk([*everything, self.border["start"]])
            for tag in ("any", "all", "sum", "product", "each")
            if (body := node.get(tag)) is not None
        }
        facts = self.border["facts"]
        arguments = {self.sets[each] for fact in facts for each in fact["args"]}
        values = {
            self.sets[fact["range"]["set"]] for fact in facts if isinstance(fact["range"], dict)
        }
        taken = [self.sets[each] for action in self.border["actions"] for each in action["params"]]
        family = self.table.kind("character")
        closed = {
            type
            for type in values
            if type not in arguments
            and type not in taken
            and type not in family
            and self.table.kind(type) == {type, "entity"}
            and self.table.members(type)
            and all(
                self.table.entities[name] == {type, "entity"} for name in self.table.members(type)
            )
            and not any(type in kind and each != type for each, kind in self.table.above.items())
        }
        if "entity" in whole:
            closed.clear()
        things = {"item", "object"}
        places = {"room", "location", "area", "city", "region"}
        if self.holder is not None:
            things.add(self.sets[facts[self.holder]["args"][0]])
        if self.where is not None:
            places.add(self.sets[facts[self.where]["range"]["set"]])
        return make_kinds(self.table, whole, closed, things - places, places)

    def _facts(self) -> list[str]:
        """A name for each fact: overloads are told apart by what they say it of."""
        namer = Namer(("aware", "next", "previous", "sum", "product", "count"))
        names: dict[int, str] = {}
        if self.where is not None:
            names[self.where] = namer.name("where_fact")
            names[self.where] = WHERE
        if self.holder is not None:
            names[self.holder] = namer.name("holder")
        labels = self.names.facts
        for number in sorted(range(len(labels)), key=self._not_of_persons):
            if number in names:
                continue
            label = labels[number]
            constants = " ".join(spaced(part) for part in label.parts if isinstance(part, str))
            base = f"{label.name} {constants}" if constants else label.name
            sets = self.border["facts"][number]["args"]
            kind = self.kinds.of[self.sets[sets[0]]][0] if sets else ""
            names[number] = namer.name(base, f"{kind} {spaced(base)}")
        return [names[number] for number in range(len(labels))]

    def _not_of_persons(self, fact: int) -> bool:
        """Whether a fact says something of something else: persons come first where two facts have one name."""
        args = self.border["facts"][fact]["args"]
        return not args or "character" not in self.table.kind(self.sets[args[0]])

    def _atom_names(self) -> list[str]:
        """The name of each atom; members of closed sets in small letters."""
        namer = Namer(["nobody"])
        values = {name for type in self.kinds.closed for name in self.table.members(type)}
        names = ["nobody"]
        for atom in self.names.atoms[1:]:
            name = namer.name(atom)
            names.append(name[:1].lower() + name[1:] if atom in values else name)
        return names

    def _atoms(self) -> list[str]:
        return [quoted(name) for name in self._atom_names()]

    def _variables(self, label: Label) -> list[str]:
        """The names of the parameters of a fact, action or trigger."""
        namer = Namer(self._atom_names())
        return [
            namer.name("person" if variable == "character" else variable, f"some {variable}")
            for variable in label.variables
        ]

    def _parameters(self, label: Label, sets: Sequence[int], *, short: bool) -> str:
        """`(person, origin: place)`; not `short`: with the kind of each."""
        said = []
        for name, number in zip(self._variables(label), sets, strict=True):
            kinds = self.words.kinds[number]
            said.append(name if short and kinds == [name] else f"{name}: {' or '.join(kinds)}")
        return f"({', '.join(said)})"

    # ----------------------------------------------------------------- world

    def world(self) -> str:
        """The text of the world."""
        return self._joined([f"world {self.title}", *self._rules()])

    def story(self) -> str:
        """The text of the story."""
        return self._joined([f"story {self.title}\nin {self.file_name}", *self._situation()])

    def together(self) -> str:
        """Both in one story."""
        return self._joined([f"story {self.title}", *self._rules(), *self._situation()])

    @staticmethod
    def _joined(parts: Sequence[str]) -> str:
        return "\n\n".join(parts) + "\n"

    def _rules(self) -> list[str]:
        """The sections of the world."""
        parts = [*self._comment(), "rules of Sabre"]
        values = [
            f"{name} = {' | '.join(self.words.atoms[self.names.atoms.index(each)] for each in self.table.members(type))}"
            for type, name in self.kinds.closed.items()
        ]
        parts += _section("kinds", [*_together(self.kinds.lines), *values])
        parts += _section("facts", [self._fact(number) for number in range(len(self.fact_names))])
        parts += self._actions()
        return [*parts, *self._triggers()]

    def _comment(self) -> list[str]:
        """The comment at the head of the problem, as ours."""
        text = self.source.text.lstrip()
        if not text.startswith("/*") or "*/" not in text:
            return []
        lines = [
            line.strip().lstrip("*").strip() for line in text[2 : text.index("*/")].splitlines()
        ]
        said = [f"# {line}".rstrip() if line else "#" for line in lines]
        while said and said[0] == "#":
            said.pop(0)
        while said and said[-1] == "#":
            said.pop()
        return ["\n".join(said)] if said else []

    def _fact(self, number: int) -> str:
        fact, label = self.border["facts"][number], self.names.facts[number]
        head = f"{self.words.facts[number]}{self._parameters(label, fact['args'], short=True)}"
        if fact["range"] == "bool":
            return head
        if fact["range"] == "number":
            return f"{head}: number"
        return f"{head}: {' or '.join(self.words.kinds[fact['range']['set']])}"

    def _actions(self) -> Iterator[str]:
        namer = Namer(("may", "sense"))
        said: set[tuple[object, ...]] = set()
        for action, label in zip(self.border["actions"], self.names.actions, strict=True):
            names = self._variables(label)
            name = quoted(namer.name(label.name))
            lines = [f"action {name}{self._parameters(label, action['params'], short=False)}"]
            pattern, mark = self._pattern(action, label, names)
            if mark not in said:
                said.add(mark)
                lines.append(f'  "{pattern}"')
            for need in action["needs"]:
                conditions = self.words.conditions(need["expr"], names)
                lines += _clause("needs", conditions)
            lines += _clause("makes", self.words.effects(action["effects"], names))
            willing = [self.words.say(will["who"], names) for will in action["will"]]
            lines.append(f"  will {', '.join(willing)}" if willing else "  fate")
            lines.append(f"  seen by {self._observers(action['sees'][0]['when'], names)}")
            yield "\n".join(lines)

    def _pattern(
        self, action: Any, label: Label, names: Sequence[str]
    ) -> tuple[str, tuple[object, ...]]:
        """The sentence that tells an action, and what makes it the same as another's."""
        blanks = []
        for part in label.parts:
            if isinstance(part, int):
                type = self.sets[action["params"][part]]
                family = self.table.kind(type)
                said, variable = f"{{{names[part]}}}", label.variables[part]
            else:
                if part not in self.table.entities:
                    continue
                family = self.table.entities[part]
                said, variable = (
                    self.words.atoms[self.names.atoms.index(part)].strip('"'),
                    part.lower(),
                )
            places = {each for each in family if self.kinds.of.get(each) == ["place"]}
            if self.where is not None:
                places.add(self.sets[self.border["facts"][self.where]["range"]["set"]])
            person = "character" in family
            blanks.append(
                Blank(said, variable, family, person, not person and bool(places & family))
            )
        willing = []
        for will in action["will"]:
            atom = will["who"].get("var")
            if atom is not None:
                willing.append(f"{{{names[atom]}}}")
            else:
                willing.append(self.words.atoms[will["who"]["const"]["atom"]].strip('"'))
        pattern = sentence(label.name, willing, blanks)
        bare = pattern
        for number, name in enumerate(names):
            bare = bare.replace(f"{{{name}}}", f"{{{self.sets[action['params'][number]]}}}")
        return pattern, (bare.lower(),)

    def _observers(self, when: Any, names: Sequence[str]) -> str:
        """Who sees: `anyone at place who alive(they)`, `anyone`, persons."""
        they = {"var": len(names)}
        inner = [*names, "they"]
        if when == {"const": {"bool": True}}:
            return "anyone"
        if when == {"const": {"bool": False}}:
            return "nobody"
        options = when.get("or", [when])
        if all("eq" in each and each["eq"][0] == they and _flat(each["eq"][1]) for each in options):
            return ", ".join(self.words.say(each["eq"][1], inner) for each in options)
        spread = self._spread(when, they)
        if spread is not None:
            return ", ".join(self._watcher(parts, they, inner) for parts in spread)
        return f"anyone who {self.words.say(when, inner)}"

    def _spread(self, when: Any, they: Any) -> list[list[Any]] | None:
        """`c and (at p or at q)` as two lines, where each says where the observer is; None if it is not of that form."""
        parts = when.get("and", [when])
        choice = [part for part in parts if "or" in part]
        if not choice:
            return [parts] if any(self._spot(part, they) for part in parts) else None
        if len(choice) > 1 or not all(self._spot(each, they) for each in choice[0]["or"]):
            return None
        return [[each if part is choice[0] else part for part in parts] for each in choice[0]["or"]]

    def _spot(self, part: Any, they: Any) -> Any | None:
        """The place, if the condition is that the observer is there."""
        if self.where is None or "eq" not in part:
            return None
        left, right = part["eq"]
        here = {"fact": [self.where, [they]]}
        return right if left == here and right != {"const": "unknown"} else None

    def _watcher(self, parts: Sequence[Any], they: Any, names: Sequence[str]) -> str:
        spots = [(part, spot) for part in parts if (spot := self._spot(part, they)) is not None]
        others = [part for part in parts if part is not spots[0][0]]
        said = f"anyone at {self.words.say(spots[0][1], names, 6)}"
        if not others:
            return said
        return f"{said} who {self.words.say({'and': others}, names, 2)}"

    def _triggers(self) -> Iterator[str]:
        namer = Namer(())
        for trigger, label in zip(self.border["triggers"], self.names.triggers, strict=True):
            names = self._variables(label)
            name = quoted(namer.name(label.name))
            lines = [f"trigger {name}{self._parameters(label, trigger['params'], short=False)}"]
            lines += _clause("when", self.words.conditions(trigger["when"], names) or ["yes"])
            lines += _clause("makes", self.words.effects(trigger["effects"], names))
            yield "\n".join(lines)

    # ----------------------------------------------------------------- story

    def _situation(self) -> list[str]:
        """The sections of the story."""
        start, properties = self._opening()
        wants, cast = list(self._wants()), list(self._cast(properties))
        return [*_section("wants", wants), *_section("cast", cast), *_section("start", start)]

    def _wants(self) -> Iterator[str]:
        for utility in self.border["utilities"]:
            who = "author" if utility["who"] is None else self.words.atoms[utility["who"]]
            said = [
                self._want(term)
                for term in terms_of(utility["what"], self.problem.number_facts, self.whole)
            ]
            if said:
                yield (
                    f"{who}: {'; '.join(said)}"
                    if len(said) < 3
                    else "\n    ".join([f"{who}:", *said])
                )

    def _want(self, term: Term) -> str:
        """One want."""
        words = self.words
        tail = f" while {words.say({'and': list(term.during)}, (), 1)}" if term.during else ""
        if term.what is None:
            return f"{words.say(term.amount, (), 1 if tail else 0)}{tail}"
        weight = term.amount["const"]["number"]
        said = words.say(term.what, (), 1)
        measure = f" x{number_word(abs(weight))}" if abs(weight) != 1 else ""
        if weight < 0:
            return f"suffers until {words.say({'not': term.what}, (), 1)}{measure}{tail}"
        return f"{said}{measure}{tail}"

    def _cast(self, properties: dict[str, list[str]]) -> Iterator[str]:
        values = {name for type in self.kinds.closed for name in self.table.members(type)}
        group: list[str] = []
        kinds = ""
        for name in self.table.entities:
            if name in values:
                continue
            said = self.words.atoms[self.names.atoms.index(name)]
            of = ", ".join(self.kinds.entity[name])
            if of != kinds or properties.get(name) or len(group) == 8:
                if group:
                    yield f"{', '.join(group)}: {kinds}"
                group = []
            if properties.get(name):
                yield f"{said}: {', '.join([of, *properties[name]])}"
            else:
                group.append(said)
                kinds = of
        if group:
            yield f"{', '.join(group)}: {kinds}"

    # --------------------------------------------------------------- opening

    def _opening(self) -> tuple[list[str], dict[str, list[str]]]:
        """The lines of `start`, and what is said of the cast instead."""
        settings = settings_of(self.border)
        if settings is None:
            settings = written_out(self.border)
        start: list[str] = []
        properties: dict[str, list[str]] = {}
        for path, place, value in settings:
            fact, args = place["fact"]
            if not path and len(args) == 1 and value != {"const": "unknown"}:
                owner = self.names.atoms[args[0]["const"]["atom"]]
                if not any(owner in self.table.members(type) for type in self.kinds.closed):
                    properties.setdefault(owner, []).append(self._property(fact, value))
                    continue
            effect = (
                {"believe": {"path": path, "place": place, "value": value}}
                if path
                else {"set": [place, value]}
            )
            start += self.words.effects([effect], ())
        return start, properties

    def _property(self, fact: int, value: Any) -> str:
        """What a line of the cast says of somebody: `at the church`, `alive`, `money = 3`."""
        said = self.words.say(value, ())
        if fact in (self.where, self.holder) and (fact == self.where or self._things_are_things()):
            return f"at {said}"
        name = self.words.facts[fact]
        if "bool" in value["const"]:
            clash = key(name.strip('"')) in {
                key(kind) for each in self.kinds.of.values() for kind in each
            }
            if not clash and '"' not in name:
                return name if value["const"]["bool"] else f"not {name}"
        return f"{name} = {said}"

    def _things_are_things(self) -> bool:
        """Whether what `holder` says is said of things, in the language's sense."""
        assert self.holder is not None
        kind = self.sets[self.border["facts"][self.holder]["args"][0]]
        name = self.kinds.of[kind][0]
        return f"{name}: thing" in self.kinds.lines or name == "thing"


def _section(name: str, lines: Sequence[str]) -> list[str]:
    return ["\n".join([name, *(f"  {line}" for line in lines)])] if lines else []


def _clause(word: str, items: Sequence[str]) -> list[str]:
    """A clause with its items, on one line if they are few and short."""
    if not items:
        return []
    simple = not any(item.endswith(":") or item.startswith(" ") for item in items)
    if simple and len(", ".join(items)) <= 60:
        return [f"  {word} {', '.join(items)}"]
    if simple:
        return [f"  {word} {items[0]}", *(f"    {item}" for item in items[1:])]
    return [f"  {word}", *(f"    {item}" for item in items)]


def _together(lines: Sequence[str]) -> Iterator[str]:
    """Neighbouring kinds with the same parents on one line."""
    group: list[str] = []
    parents = ""
    for line in [*lines, ""]:
        name, _, above = line.partition(": ")
        if group and (above != parents or not above or name in parents.split(", ")):
            yield f"{', '.join(group)}: {parents}" if parents else group[0]
            group = []
        group.append(name)
        parents = above


def _flat(expr: Any) -> bool:
    return "var" in expr or (isinstance(expr.get("const"), dict) and "atom" in expr["const"])

"""Two persons over time: what stands between them, what each takes it to be, what each wants of the other."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Literal

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.diagnostics.suggest import nearest
from intrigue.english import signed
from intrigue.grounding.names import is_unknown
from intrigue.language.names import key
from intrigue.records import dataclass
from intrigue.story.arithmetic import want_text
from intrigue.story.death import dead_in
from intrigue.story.story import StoryError
from intrigue.world.patterns import agreeing

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run

Sort = Literal["between", "promise", "wants", "belief", "of the other"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that stands between two persons. `who`: whose it is; empty for what is so whatever they think.

    sort: "between" (a fact that joins them), "promise" (such a fact that stands for one), "wants" (a want that touches the other,
    and what it counts for now), "belief" (what stands between them, or a fact about the other, is not known or taken
    otherwise), "of the other" (what the other is taken to believe of it). `many`: they are several.
    """

    sort: Sort
    who: str
    says: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What an event changes between them. Number 0 is the start, with all there is."""

    number: int
    event: str
    new: tuple[Item, ...]
    gone: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two persons through a story: the events that change something between them, and all that is so at the end."""

    persons: tuple[str, str]
    turns: tuple[Turn, ...]
    end: tuple[Item, ...]

    def __str__(self) -> str:
        one, other = self.persons
        lines = [f"{one} and {other}"]
        for turn in self.turns:
            lines.append(f"{turn.number:>4}  {turn.event}")
            lines += [f"      + {_line(item)}" for item in turn.new]
            lines += [f"      - {_line(item)}" for item in turn.gone]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "persons": list(self.persons),
            "turns": [
                {
                    "number": turn.number,
                    "event": turn.event,
                    "new": [_data(item) for item in turn.new],
                    "gone": [_data(item) for item in turn.gone],
                }
                for turn in self.turns
            ],
            "end": [_data(item) for item in self.end],
        }


def relate(run: Run, one: str, other: str) -> Relation:
    """Follows two persons through the story. Raises StoryError if a name is not that of a person."""
    a, b = _person(run, one), _person(run, other)
    if a == b:
        raise StoryError([_unknown(other, "name two persons")])
    pair = _Pair(run, a, b)
    turns: list[Turn] = []
    before: dict[Item, None] = {}
    for moment in range(len(run.states)):
        now = dict.fromkeys(pair.items(run.states[moment]))
        new = tuple(item for item in now if item not in before)
        dead = {
            run.world.atoms[each].name for each in (a, b) if dead_in(run, run.states[moment], each)
        }
        gone = tuple(item for item in before if item not in now and item.who not in dead)
        if new or gone or moment == 0:
            event = run.words(run.steps[moment - 1]) if moment else "at the start"
            turns.append(Turn(moment, event, new, gone))
        before = now
    names = run.world.atoms[a].name, run.world.atoms[b].name
    return Relation(names, tuple(turns), tuple(before))


def _person(run: Run, name: str) -> int:
    atom = run.world.tables.atom_named.get(key(name))
    if atom is None or atom.id not in run.world.persons:
        names = [run.world.atoms[person].name for person in run.world.persons]
        like = nearest(name, names)
        raise StoryError(
            [_unknown(name, f"did you mean {like}?" if like else f"they are: {', '.join(names)}")]
        )
    return atom.id


def _unknown(name: str, repair: str) -> Diagnostic:
    return Diagnostic("unknown-name", None, {"sort": "other person", "name": name}, repair=repair)


class _Pair:
    """Reads what stands between two persons off a state."""

    def __init__(self, run: Run, a: int, b: int) -> None:
        self.run = run
        self.sides = ((a, b), (b, a))
        self.about: dict[int, list[int]] = {a: [], b: []}
        self.both: list[int] = []
        self.either: list[int] = []
        for fluent in range(run.engine.fluent_count()):
            _, args = run.engine.fluent_of(fluent)
            if a in args and b in args:
                self.both.append(fluent)
            elif a in args or b in args:
                self.either.append(fluent)
                if args[0] in (a, b):
                    self.about[args[0]].append(fluent)

    def items(self, state: int) -> list[Item]:
        """All that stands between them."""
        engine = self.run.engine
        truth = engine.values(state)
        minds = {who: engine.values(engine.believed(state, who)) for who, _ in self.sides}
        joined = [
            f for f in self.both if any(_so(values[f]) for values in (truth, *minds.values()))
        ]
        joined += [
            f
            for f in self.either
            if any(self._names_other(f, values[f]) for values in (truth, *minds.values()))
        ]
        found = [self._tie(f, truth[f]) for f in joined if self._ties(f, truth[f])]
        for who, other in self.sides:
            if dead_in(self.run, state, who):
                continue  # the dead want nothing, and take nothing to be so
            name, many = self.run.world.atoms[who].name, who in self.run.world.tables.groups
            mind = minds[who]
            found += self._wants(state, who, other)
            found += [
                Item("belief", name, self._taken(f, mind[f]), many)
                for f in joined
                if mind[f] != truth[f]
            ]
            found += [
                Item("belief", name, self._taken(f, mind[f]), many)
                for f in self.about[other]
                if f not in joined and mind[f] != truth[f]
            ]
            inner = engine.values(engine.believed(engine.believed(state, who), other))
            of_other = self.run.world.atoms[other].name
            found += [
                Item("of the other", name, f"{of_other}: {self._taken(f, inner[f])}", many)
                for f in joined
                if inner[f] != mind[f]
            ]
        return found

    def _ties(self, fluent: int, value: Value) -> bool:
        return (fluent in self.both and _so(value)) or self._names_other(fluent, value)

    def _names_other(self, fluent: int, value: Value) -> bool:
        """Whether the fluent is about one of them and its value is the other."""
        if not isinstance(value, tuple) or value[0] != "atom":
            return False
        _, args = self.run.engine.fluent_of(fluent)
        return any(who in args and value[1] == other for who, other in self.sides)

    def _tie(self, fluent: int, value: Value) -> Item:
        fact = self.run.world.facts[self.run.engine.fluent_of(fluent)[0]]
        sort: Sort = "promise" if fact.promise else "between"
        return Item(sort, "", self._is(fluent, value))

    def _is(self, fluent: int, value: Value) -> str:
        return self.run.names.is_so(fluent, value)

    def _taken(self, fluent: int, value: Value) -> str:
        if is_unknown(value):
            return f"{self.run.names.fluent(fluent)} is not known"
        return self._is(fluent, value)

    def _wants(self, state: int, who: int, other: int) -> list[Item]:
        """The wants that count now and hang on something that has to do with the other."""
        engine, world = self.run.engine, self.run.world
        mind = engine.believed(state, who)
        found = []
        for index, args, amount, _ in engine.wants(mind, who):
            if amount == 0:
                continue
            want = world.problem["wants"][index]
            parts = [want["what"], *([want["during"]] if want.get("during") is not None else [])]
            touched = {
                atom
                for part in parts
                for chain, fluent in engine.reads(mind, json.dumps(part), args)
                if not chain
                for atom in self._atoms(mind, fluent)
            }
            if other in touched:
                want_said = want_text(self.run, index, args).removeprefix("wants ")
                text = f"{want_said} ({signed(amount)})"
                many = who in world.tables.groups
                found.append(Item("wants", world.atoms[who].name, text, many))
        return found

    def _atoms(self, state: int, fluent: int) -> list[int]:
        """The atoms in a fluent and its value."""
        value = self.run.engine.value(state, fluent)
        _, args = self.run.engine.fluent_of(fluent)
        if isinstance(value, tuple) and value[0] == "atom":
            return [*args, value[1]]
        return list(args)


def _so(value: Value) -> bool:
    """Whether a value says something: not no, nobody, unknown."""
    return value not in (False, ("atom", 0)) and not is_unknown(value)


def _line(item: Item) -> str:
    who = f"{item.who} " if item.who else ""
    match item.sort:
        case "belief":
            return f"{who}{agreeing('takes', plural=item.many)} it that {item.says}"
        case "of the other":
            return f"{who}{agreeing('takes', plural=item.many)} it that for {item.says}"
        case "wants":
            verb = "suffers" if item.says.startswith("suffers ") else "wants"
            said = item.says.removeprefix("suffers ")
            return f"{who}{agreeing(verb, plural=item.many)} {said}"
        case "promise":
            return f"promised: {item.says}"
    return item.says


def _data(item: Item) -> dict[str, object]:
    return {"sort": item.sort, "who": item.who or None, "says": item.says}

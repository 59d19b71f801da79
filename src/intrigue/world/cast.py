"""Who and what there is, and how things stand at the start."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intrigue.diagnostics.diagnostic import Note, Span
from intrigue.english import digits
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import LITERALS, key
from intrigue.world.conditions import scope_of_person
from intrigue.world.effects import Effects
from intrigue.world.expressions import Expressions
from intrigue.world.kinds import PREPOSITIONS, preposition
from intrigue.world.scope import EMPTY
from intrigue.world.tables import CLAIM, PERSON, PLACE, QUESTION, THING, Atom, Tables

PRONOUNS = ("he", "she", "it", "they")
"""Words in a line of the cast that only say how a retelling speaks of somebody."""


MOST_PERSONS = 128
"""The engine has room for the minds of so many."""


def declare_cast(cast: Iterable[tree.CastDeclaration], tables: Tables) -> None:
    """Enters persons, places and things; what stands for a claim or a question comes later."""
    for declaration in cast:
        if declaration.stands_for is not None:
            continue
        kinds = _kinds(declaration, tables)
        for name in declaration.names:
            atom = _enter(name, kinds, tables)
            if atom is not None:
                atom.citations = declaration.citations
                if any(line.word == "group" for line in declaration.properties):
                    tables.groups.add(atom.id)
                    tables.pronouns[atom.id] = "they"
                said = [key(word.text) for word in _little_words(declaration, tables)]
                tables.pronouns.update((atom.id, word) for word in said if word in PRONOUNS)
                if PLACE in tables.roots(kinds):
                    own = next((word for word in said if word in PREPOSITIONS), "")
                    tables.prepositions[atom.id] = own or preposition(sorted(kinds), tables)
                for alias in declaration.aliases:
                    _alias(alias, atom, tables)
    persons = tables.members()[PERSON]
    if len(persons) > MOST_PERSONS:
        one_too_many = tables.atoms[persons[MOST_PERSONS]]
        tables.report.add(
            "cast-too-large",
            one_too_many.span,
            label=f"the {MOST_PERSONS + 1}th",
            count=str(len(persons)),
            most=str(MOST_PERSONS),
        )


def _enter(name: tree.Name, kinds: frozenset[int], tables: Tables) -> Atom | None:
    old = tables.atom_named.get(key(name.text))
    if old is not None or key(name.text) in (*LITERALS, "the"):
        tables.clash(
            name, old.span if old else None, "a name already" if old else "a word of the language"
        )
        return None
    return tables.add_atom(name.text, name.span, kinds)


def _alias(alias: tree.Name, atom: Atom, tables: Tables) -> None:
    old = tables.atom_named.setdefault(key(alias.text), atom)
    if old is not atom:
        tables.clash(alias, old.span, "a name already")
    else:
        atom.aliases.append(alias.text)


def _kinds(declaration: tree.CastDeclaration, tables: Tables) -> frozenset[int]:
    """The kinds among the bare names of the line; the others are yes/no facts."""
    kinds: set[int] = set()
    wrong = False
    for name in declaration.kinds:
        kind = tables.kind_named.get(key(name.text))
        if kind is None:
            continue
        if kind.closed:
            tables.report.add(
                "closed-kind",
                name.span,
                label="a closed set takes no new members",
                repair=f"name its members where `{kind.name}` is declared",
                kind=kind.name,
            )
            wrong = True
        elif kind.id in (CLAIM, QUESTION):
            tables.report.add(
                "not-a-claim",
                declaration.span,
                label="what does it say?" if kind.id == CLAIM else "what does it ask?",
                repair=f"write `{kind.name} = ` and a fact",
                what=kind.name,
            )
            wrong = True
        else:
            kinds.add(kind.id)
    little = (*PRONOUNS, *PREPOSITIONS) if PLACE in tables.roots(frozenset(kinds)) else PRONOUNS
    for name in _little_words(declaration, tables):
        if key(name.text) not in little:
            names = [*(k.name for k in tables.kind_named.values()), *tables.fact_named]
            tables.unknown_name(name, "kind", names, code="unknown-kind")
            wrong = True
    if not kinds and not wrong and declaration.kinds:
        name = declaration.names[0]
        tables.report.add("missing-kind", name.span, label="what is it?", name=name.text)
    return frozenset(kinds)


def _little_words(declaration: tree.CastDeclaration, tables: Tables) -> list[tree.Name]:
    """The bare names of a line that are neither kinds nor facts: they only say how somebody, or a place, is spoken of."""
    known = tables.kind_named.keys() | tables.fact_named.keys()
    return [name for name in declaration.kinds if key(name.text) not in known]


Line = tree.StartLine | tree.CastProperty


class Opening:
    """Lowers the opening situation, line by line, and watches for contradictions."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.tables = expressions.tables
        self.effects = Effects(expressions)
        self.lowered: list[dict[str, Any]] = []
        self.lines: list[Line] = []
        self._said: dict[str, tuple[Expr, Span]] = {}

    def cast(self, declaration: tree.CastDeclaration) -> None:
        """The properties in a line of the cast, for each name in it."""
        bare = [
            tree.CastProperty("fact", name, tree.Literal("yes", name.span), name.span)
            for name in declaration.kinds
            if key(name.text) not in self.tables.kind_named
            and key(name.text) in self.tables.fact_named
        ]
        for name in declaration.names:
            atom = self.tables.atom_named.get(key(name.text))
            if atom is not None:
                for line in (*declaration.properties, *bare):
                    if line.word not in ("born", "aged"):  # time stands outside the facts
                        self._property(line, atom)

    def _property(self, line: tree.CastProperty, atom: Atom) -> None:
        scope = scope_of_person(self.tables, atom.id)
        own: tree.Expression = tree.Name("self", line.span)
        value = line.value
        if line.word == "at":
            thing = THING in self.tables.roots(atom.kinds) and "holder" in self.tables.fact_named
            place = _fluent("holder" if thing else "where", own, line.span)
        elif line.word == "holding":
            assert value is not None
            place, value = _fluent("holder", value, line.span), own
        elif line.word == "group":
            place = _fluent("size", own, line.span)
        else:
            assert line.name is not None
            place = tree.Call(line.name, (own,), line.span)
        pair = self.effects.assignment(place, value, scope, line.span)
        if pair is not None:
            self._add({"holds": {"place": pair[0], "value": pair[1]}}, line, ())

    def start(self, line: tree.StartLine) -> None:
        """A line of `start`."""
        expressions = self.expressions
        pair = self.effects.assignment(line.place, line.value, EMPTY, line.span)
        path = [expressions.person(p) for p in line.path]
        known = [expressions.person(p) for p in line.known]
        others = self._others(line, pair[0] if pair else None)
        if pair is None:
            return
        body: dict[str, Any] = {"place": pair[0], "value": pair[1]}
        if line.form == "belief":
            body["path"] = path
        elif line.form == "secret":
            body |= {"known": known, "others": others}
        self._add({line.form: body}, line, path)

    def _others(self, line: tree.StartLine, place: Expr | None) -> Any:
        """What all others take a secret to be."""
        if line.others is None or place is None or "fact" not in place:
            return "unknown"
        pair = self.effects.assignment(line.place, line.others, EMPTY, line.span)
        constant = border.constant_of(pair[1]) if pair else "unknown"
        if constant is None:
            self.expressions.report.add(
                "not-constant",
                line.others.span,
                label="this has another value at another time",
                repair="name the value itself",
                what="what others believe",
            )
        return constant

    def _add(self, lowered: dict[str, Any], line: Line, path: Iterable[Expr]) -> None:
        ((form, body),) = lowered.items()
        self.lowered.append(_imposed(form, body) if self.tables.sabre else lowered)
        self.lines.append(line)
        place, value = body["place"], body["value"]
        parts = [*place["fact"][1], *path, value] if "fact" in place else [None]
        if any(part is None or border.constant_of(part) is None for part in parts):
            return
        where = repr((form == "belief", list(path), place))
        before = self._said.setdefault(where, (value, line.span))
        if before[0] != value:
            self._contradiction(place, before, value, line.span)

    def _contradiction(
        self, place: Expr, before: tuple[Expr, Span], value: Expr, span: Span
    ) -> None:
        fact, args = place["fact"]
        said = ", ".join(self._word(arg) for arg in args)
        self.expressions.report.add(
            "contradictory-start",
            span,
            label=f"here it is {self._word(value)}",
            notes=(Note(f"here it is {self._word(before[0])}", before[1]),),
            repair="drop one of the two",
            fluent=f"{self.tables.facts[fact].name}({said})",
            first=self._word(before[0]),
            second=self._word(value),
        )

    def _word(self, expr: Expr) -> str:
        constant = expr["const"]
        if constant == "unknown":
            return "unknown"
        if "atom" in constant:
            return self.tables.atoms[int(constant["atom"])].name
        if "bool" in constant:
            return "yes" if constant["bool"] else "no"
        return digits(constant["number"])


def _imposed(form: str, body: dict[str, Any]) -> dict[str, Any]:
    """The line as an effect, as the rules of Sabre impose it."""
    if form == "belief":
        return {"impose": {"believe": body}}
    return {"impose": {"set": [body["place"], body["value"]]}}


def _fluent(fact: str, argument: tree.Expression, span: Span) -> tree.Call:
    return tree.Call(tree.Name(fact, span), (argument,), span)

"""The types, entities and properties of a problem file, and which property a call means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from intrigue.diagnostics.suggest import nearest
from intrigue.records import dataclass
from intrigue.sabre.tokens import Findings, Token
from intrigue.sabre.tree import (
    Definition,
    EntityDefinition,
    Literal,
    Name,
    Parameter,
    PropertyDefinition,
    TypeDefinition,
)

MOST_UNFOLDED = 8
"""Variables of type boolean that may be bound at one place."""

Constant = bool | float | str
"""A constant among arguments: True or False, a number, or the name of an entity."""

Kind = frozenset[str]
"""What a value may be: all types that it surely belongs to, the wider ones included."""

BOOLEAN: Kind = frozenset({"boolean"})
NUMBER: Kind = frozenset({"number"})


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter of a property or event: a variable of a type, or one constant."""

    variable: str | None
    type: str | None
    constant: Constant | None


@dataclass(frozen=True, slots=True)
class Property:
    """One overload of a property."""

    name: str
    slots: tuple[Slot, ...]
    type: str
    definition: PropertyDefinition


@dataclass(frozen=True, slots=True)
class Argument:
    """What a call passes: the types it surely has, and the constant if it is one."""

    kind: Kind
    constant: Constant | None


@dataclass(slots=True)
class Table:
    """What is declared."""

    findings: Findings
    above: dict[str, Kind] = field(default_factory=dict)
    entities: dict[str, Kind] = field(default_factory=dict)
    """Each entity with its types; characters first, else in order of declaration."""
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def type(self, token: Token, *, variable: bool = False) -> str | None:
        """The type that a token names; None, and a finding, if there is none (or a variable
        cannot have it)."""
        if token.text not in self.above:
            self.findings.add(
                "sabre-type-unknown",
                token.start,
                token.end,
                name=token.text,
                repair=_nearest(token.text, self.above),
            )
            return None
        if variable and token.text == "number":
            self.findings.add("sabre-number-variable", token.start, token.end)
            return None
        return token.text

    def kind(self, type: str) -> Kind:
        """All types that a value of the type belongs to."""
        return self.above[type]

    def members(self, type: str) -> list[str]:
        """The entities of the type, characters first."""
        return [name for name, kind in self.entities.items() if type in kind]

    def argument(self, constant: Constant) -> Argument:
        """A constant as argument."""
        if isinstance(constant, bool):
            return Argument(BOOLEAN, constant)
        if isinstance(constant, float):
            return Argument(NUMBER, constant)
        return Argument(self.entities[constant], constant)

    def constant(self, node: Name | Literal) -> Constant | None:
        """The constant that a name or literal stands for; None, and a finding, if it is none."""
        if isinstance(node, Literal):
            return node.value
        if node.name not in self.entities:
            self.unknown(node.name, node.start, node.end, ())
            return None
        return node.name

    def unknown(self, name: str, start: int, end: int, variables: Iterable[str]) -> None:
        """Report a name that is neither a variable nor an entity."""
        near = _nearest(name, [*variables, *self.entities])
        self.findings.add("sabre-name-unknown", start, end, name=name, repair=near)

    def slots(self, parameters: Sequence[Parameter]) -> tuple[Slot, ...] | None:
        """Parameters with their types looked up; None, and findings, if one is wrong."""
        slots: list[Slot | None] = []
        for parameter in parameters:
            if parameter.constant is not None:
                constant = self.constant(parameter.constant)
                slots.append(None if constant is None else Slot(None, None, constant))
            else:
                assert parameter.type is not None
                type = self.type(parameter.type, variable=True)
                slots.append(None if type is None else Slot(parameter.variable, type, None))
        if None in slots:
            return None
        if sum(slot is not None and slot.type == "boolean" for slot in slots) > MOST_UNFOLDED:
            start, end = parameters[0].start, parameters[-1].end
            self.findings.add("sabre-booleans", start, end, limit=str(MOST_UNFOLDED))
            return None
        return tuple(slot for slot in slots if slot is not None)

    def resolve(
        self, name: str, arguments: Sequence[Argument], start: int, end: int
    ) -> Property | None:
        """The first declared property of that name all of whose parameters accept the arguments."""
        overloads = self.properties.get(name, [])
        for overload in overloads:
            if accepts(overload.slots, arguments):
                return overload
        if not overloads:
            near = _nearest(name, self.properties)
            self.findings.add("sabre-property-unknown", start, end, name=name, repair=near)
        else:
            first = overloads[0].definition
            self.findings.add(
                "sabre-overload",
                start,
                end,
                name=name,
                earlier=("it is declared here", first.start, first.end),
            )
        return None

    def clashes(self, first: Sequence[Slot], second: Sequence[Slot]) -> bool:
        """Do two overloads surely take the same arguments? (The peer does not look at
        overlapping types.)"""
        return len(first) == len(second) and all(
            self._overlap(one, other) for one, other in zip(first, second, strict=True)
        )

    def _overlap(self, first: Slot, second: Slot) -> bool:
        if first.type is not None and second.type is not None:
            return first.type == second.type
        if first.type is None and second.type is None:
            return type(first.constant) is type(second.constant) and (
                first.constant == second.constant
            )
        constant = first.constant if first.type is None else second.constant
        assert constant is not None
        return (first.type or second.type) in self.argument(constant).kind


def accepts(slots: Sequence[Slot], arguments: Sequence[Argument]) -> bool:
    """Does a call with these arguments fit these parameters?"""
    return len(slots) == len(arguments) and all(
        (slot.type in argument.kind)
        if slot.type is not None
        else (type(slot.constant) is type(argument.constant) and slot.constant == argument.constant)
        for slot, argument in zip(slots, arguments, strict=True)
    )


def declare(definitions: Sequence[Definition], findings: Findings) -> Table:
    """Read all types, then entities, then properties. A type is also declared where it is only
    named as the parent of another or as the type of an entity."""
    table = Table(findings)
    _types(definitions, table)
    _entities(definitions, table)
    for definition in definitions:
        if isinstance(definition, PropertyDefinition):
            _property(definition, table)
    return table


def _types(definitions: Sequence[Definition], table: Table) -> None:
    parents: dict[str, dict[str, Token | None]] = {
        "boolean": {},
        "number": {},
        "entity": {},
        "character": {"entity": None},
    }

    def name(token: Token) -> None:
        parents.setdefault(token.text, {})

    for definition in definitions:
        if isinstance(definition, TypeDefinition):
            name(definition.name)
            for parent in definition.parents:
                simple = {"boolean", "number"} & {definition.name.text, parent.text}
                if simple:
                    table.findings.add(
                        "sabre-type-simple", parent.start, parent.end, name=sorted(simple)[0]
                    )
                    continue
                name(parent)
                parents[definition.name.text].setdefault(parent.text, parent)
        elif isinstance(definition, EntityDefinition):
            for token in definition.types:
                name(token)
    for type in parents:
        if not parents[type] and type not in ("boolean", "number", "entity"):
            parents[type]["entity"] = None

    while True:
        try:
            order = tuple(TopologicalSorter(parents).static_order())
            break
        except CycleError as error:
            cycle = error.args[1]  # each type of it is a parent of the next; some line says so
            for parent, type in pairwise(cycle):
                named = parents[type][parent]
                if named is not None:
                    table.findings.add(
                        "sabre-type-cycle", named.start, named.end, name=type, parent=parent
                    )
                    del parents[type][parent]
                    break
    for type in order:
        table.above[type] = frozenset({type}).union(*(table.above[one] for one in parents[type]))


def _entities(definitions: Sequence[Definition], table: Table) -> None:
    kinds: dict[str, set[str]] = {}
    for definition in definitions:
        if isinstance(definition, EntityDefinition):
            kind = kinds.setdefault(definition.name.text, {"entity"})
            for token in definition.types:
                if token.text in ("boolean", "number"):
                    table.findings.add("sabre-type-simple", token.start, token.end, name=token.text)
                else:
                    kind |= table.kind(token.text)
    for characters in (True, False):
        for name, kind in kinds.items():
            if ("character" in kind) == characters:
                table.entities[name] = frozenset(kind)


def _property(definition: PropertyDefinition, table: Table) -> None:
    slots = table.slots(definition.parameters)
    type = table.type(definition.type)
    if slots is None or type is None:
        return
    name = definition.name
    overloads = table.properties.setdefault(name.text, [])
    for other in overloads:
        if table.clashes(slots, other.slots):
            table.findings.add(
                "sabre-twice",
                name.start,
                name.end,
                name=name.text,
                earlier=("declared here before", other.definition.start, other.definition.end),
            )
            return
    overloads.append(Property(name.text, slots, type, definition))


def _nearest(name: str, known: Iterable[str]) -> str:
    """A repair that names what was perhaps meant; empty if nothing is close."""
    close = nearest(name, known)
    return f"did you mean `{close}`?" if close else ""

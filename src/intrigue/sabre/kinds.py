"""Sabre's types as kinds of our language.

A type above `character` (a "location" that is a place or somebody who carries things) becomes the kinds below it: `person or
place`; it is a kind of its own only where a quantifier or a test needs one. Characters are persons, and what the problem
calls a place or a thing is one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import field

from intrigue.records import dataclass
from intrigue.sabre.declarations import Table
from intrigue.sabre.naming import Namer
from intrigue.world.tables import BUILT_IN

_WORDS = (*BUILT_IN, "number", "bool", "truth")


@dataclass(slots=True)
class Kinds:
    """The kinds of a problem. `of`: the kinds that a type stands for; `lines`: their declarations."""

    table: Table
    of: dict[str, list[str]] = field(default_factory=dict)
    entity: dict[str, list[str]] = field(default_factory=dict)
    """The kinds with which each entity is declared."""
    lines: list[str] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)
    """Types that become closed sets, and the kind's name."""


def make_kinds(
    table: Table,
    whole: Collection[str],
    closed: Collection[str],
    things: Collection[str],
    places: Collection[str],
) -> Kinds:
    """The kinds for the types of a problem.

    `whole`: types that must be one kind; `closed`: those that are mere values; `things`, `places`: those that are so if nothing
    else is called a thing or a place.
    """
    kinds = Kinds(table)
    types = [type for type in table.above if type not in ("boolean", "number")]
    above = table.kind("character")
    mixed = [type for type in types if type in above and type != "character"]
    if "entity" not in mixed:
        mixed.append("entity")
    split = [type for type in mixed if type not in whole]
    namer = Namer(_WORDS)
    names: dict[str, str] = {}

    def parents(type: str) -> list[str]:
        """The nearest kinds above a type."""
        over = [
            each
            for each in table.above
            if each in table.kind(type) and each != type and each in names and each not in split
        ]
        return [
            names[each]
            for each in over
            if not any(each != other and each in table.kind(other) for other in over)
        ]

    for type in [*(each for each in mixed if each not in split), *_downwards(table, types)]:
        if type in split or type in names:
            continue
        over = parents(type)
        if type == "character":
            if over:
                names[type] = namer.name("character")
                kinds.lines.append(f"{names[type]}: person, {', '.join(over)}")
            else:
                names[type] = "person"
            continue
        if type in ("place", "thing") and not over:
            names[type] = type
            continue
        names[type] = namer.name(type)
        if type in closed:
            kinds.closed[type] = names[type]
            continue
        if not over and type in places and "place" not in types:
            over = ["place"]
        elif not over and type in things and "thing" not in types:
            over = ["thing"]
        kinds.lines.append(f"{names[type]}: {', '.join(over)}" if over else names[type])
    _entities(kinds, table, split, names, namer)
    for type in types:
        if type not in split:
            kinds.of[type] = [names[type]]
    for type in split:
        below = [each for each in types if type in table.kind(each) and each not in split]
        nearest = [
            names[each]
            for each in below
            if not any(each != other and other in table.kind(each) for other in below)
        ]
        members = set(table.members(type))
        stray = [each[0] for name, each in kinds.entity.items() if name in members]
        extra = [name for name in dict.fromkeys(stray) if name not in names.values()]
        kinds.of[type] = [*nearest, *extra]
    return kinds


def _downwards(table: Table, types: Iterable[str]) -> list[str]:
    """The types as they were declared, each behind those above it; characters first."""
    order = list(table.above)
    listed: list[str] = []
    for type in ("character", *types):
        for each in (
            *sorted(table.kind(type), key=lambda one: (len(table.kind(one)), order.index(one))),
            type,
        ):
            if each not in listed and each not in ("boolean", "number"):
                listed.append(each)
    return listed


def _entities(
    kinds: Kinds, table: Table, split: Collection[str], names: dict[str, str], namer: Namer
) -> None:
    """The kinds of each entity: the lowest that it has. What is only an entity gets a kind for its like."""
    strays: dict[str, str] = {}
    for name, types in table.entities.items():
        usable = [type for type in types if type in names]
        lowest = [
            type
            for type in usable
            if not any(type != other and type in table.kind(other) for other in usable)
        ]
        if not lowest:
            over = min(split, key=lambda type: (type not in types, -len(table.kind(type))))
            if over not in strays:
                strays[over] = namer.name(f"other {over}")
                kinds.lines.append(strays[over])
            kinds.entity[name] = [strays[over]]
        else:
            order = list(table.above)
            kinds.entity[name] = [names[type] for type in sorted(lowest, key=order.index)]

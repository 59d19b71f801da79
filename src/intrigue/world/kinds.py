"""Kinds and closed sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world.model import Parameter
from intrigue.world.tables import BUILT_IN, PLACE, Kind, Tables

PREPOSITIONS = ("at", "in", "on", "aboard", "under")
"""Words behind a place, or a kind of place, that only say how it is said that somebody is there."""


DEEPEST = 80
"""So many kinds may stand above each other."""


def declare_kinds(files: Sequence[tree.File], tables: Tables) -> None:
    """Enters all kinds, then links them to their parents."""
    declared: list[tuple[tree.KindDeclaration, Kind]] = []
    for declaration in (kind for file in files for kind in file.kinds):
        for name in declaration.names:
            old = tables.kind_named.get(key(name.text))
            if (
                old is not None
                and key(name.text) in BUILT_IN
                and not declaration.members
                and not declaration.parents
            ):
                continue
            if old is not None:
                tables.clash(
                    name,
                    old.span,
                    "a kind that is built in" if old.span is None else "a kind already",
                )
                continue
            kind = tables.add_kind(name.text, name.span)
            declared.append((declaration, kind))
            if declaration.members:
                kind.closed, kind.ordered = True, declaration.ordered
                _enter_members(declaration, kind, tables)
    for declaration, kind in declared:
        for parent in declaration.parents:
            if key(parent.text) in PREPOSITIONS and key(parent.text) not in tables.kind_named:
                kind.preposition = key(parent.text)
                continue
            above = find_kind(parent, tables)
            if above is not None and above.closed:
                _belongs_to_closed(parent, above, tables)
            elif above is not None:
                kind.parents.append(above.id)
    _close(tables, [kind for _, kind in declared])
    for declaration, kind in declared:
        if kind.preposition and PLACE not in kind.roots:
            for parent in declaration.parents:
                if key(parent.text) == kind.preposition:
                    find_kind(parent, tables)  # only of places it is no kind


def _enter_members(declaration: tree.KindDeclaration, kind: Kind, tables: Tables) -> None:
    """A value may belong to several closed sets: `clear` to `sight` and to `weather`."""
    for member in declaration.members:
        atom = tables.atom_named.get(key(member.text))
        if atom is None:
            atom = tables.add_atom(member.text, member.span, frozenset({kind.id}))
        elif atom.id in kind.members or atom.id == 0:
            tables.clash(member, atom.span, "a member already" if atom.id else "a word for nothing")
            continue
        else:
            atom.kinds |= {kind.id}
        kind.members.append(atom.id)


def _close(tables: Tables, kinds: list[Kind]) -> None:
    """Finds what every kind belongs to, through any number of parents, and the circles."""
    done = {kind.id for kind in tables.kinds if kind.above}
    for first in kinds:
        path = [first] if first.id not in done else []
        on_path = {first.id}
        while path:
            kind = path[-1]
            waiting = next((p for p in kind.parents if p not in done), None)
            if waiting is not None and len(path) == DEEPEST:
                limit = str(DEEPEST)
                tables.report.add("nested-too-deep", kind.span, what="Kinds are", limit=limit)
                kind.parents.clear()
                waiting = None
            if waiting is None:
                path.pop()
                on_path.discard(kind.id)
                done.add(kind.id)
                above = frozenset().union(*(tables.kinds[p].above for p in kind.parents))
                roots = frozenset().union(*(tables.kinds[p].roots for p in kind.parents))
                kind.above, kind.roots = above | {kind.id}, roots or frozenset({kind.id})
            elif waiting in on_path:
                other = tables.kinds[waiting]
                circle = [*path[path.index(other) :], other]
                tables.report.add(
                    "kind-cycle",
                    kind.span,
                    label="belongs to itself in the end",
                    repair="drop one of these parents",
                    circle=" is a ".join(k.name for k in circle),
                )
                kind.parents.remove(waiting)
            else:
                on_path.add(waiting)
                path.append(tables.kinds[waiting])


def preposition(kinds: Iterable[int], tables: Tables) -> str:
    """What the nearest of the kinds of a place says to stand before its name; `at` if none does."""
    level = list(kinds)
    while level:
        for kind in level:
            if tables.kinds[kind].preposition:
                return tables.kinds[kind].preposition
        level = [parent for kind in level for parent in tables.kinds[kind].parents]
    return "at"


def find_kind(name: tree.Name, tables: Tables) -> Kind | None:
    """The kind of this name; a mistake is reported."""
    kind = tables.kind_named.get(key(name.text))
    if kind is None:
        tables.unknown_name(
            name, "kind", (k.name for k in tables.kind_named.values()), code="unknown-kind"
        )
    return kind


def kinds_of(names: Sequence[tree.Name], tables: Tables) -> frozenset[int]:
    """The kinds of these names, as far as there are such."""
    found = (find_kind(name, tables) for name in names)
    return frozenset(kind.id for kind in found if kind is not None)


def declare_parameters(
    params: Sequence[tree.Parameter], tables: Tables, before: Sequence[Parameter] = ()
) -> tuple[tuple[Parameter, ...], tuple[frozenset[int], ...]]:
    """Parameters with their kinds. Of a fact's arguments that are named by their kind alone several may have one name."""
    taken = {key(parameter.name) for parameter in before}
    declared: list[Parameter] = []
    types: list[frozenset[int]] = []
    for parameter in params:
        kinds = kinds_of(parameter.kind, tables)
        name = key(parameter.name.text)
        if name in taken and not (len(parameter.kind) == 1 and key(parameter.kind[0].text) == name):
            tables.clash(parameter.name, None, "a parameter already")
        taken.add(name)
        declared.append(Parameter(parameter.name.text, tables.set_of(kinds) if kinds else -1))
        types.append(kinds)
    return tuple(declared), tuple(types)


def _belongs_to_closed(name: tree.Name, kind: Kind, tables: Tables) -> None:
    tables.report.add(
        "closed-kind",
        name.span,
        label="a closed set takes no new members",
        repair=f"name its members where `{kind.name}` is declared",
        kind=kind.name,
    )

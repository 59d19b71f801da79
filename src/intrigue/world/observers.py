"""Who sees: `anyone at PLACE who φ`, `nobody`, or persons, as a condition on the observer."""

from __future__ import annotations

from collections.abc import Iterable

from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.world.expressions import Expressions
from intrigue.world.scope import Scope
from intrigue.world.tables import PERSON

THEY = "they"


def observed(observers: Iterable[tree.Observers], scope: Scope, expressions: Expressions) -> Expr:
    """True of the observer, who is the next variable after those of the scope, if one of the lines names him."""
    inner = scope.bind(THEY, frozenset({PERSON}))
    they = border.var(scope.depth)
    return border.disjunction(
        [part for o in observers for part in _one(o, scope, inner, they, expressions)]
    )


def _one(
    observers: tree.Observers, scope: Scope, inner: Scope, they: Expr, expressions: Expressions
) -> list[Expr]:
    if observers.word == "nobody":
        return []
    if observers.word == "persons":
        return [border.equal(they, expressions.person(p, scope)) for p in observers.persons]
    parts = []
    if observers.place is not None:
        where = tree.Call(
            tree.Name("where", observers.span), (tree.Name(THEY, observers.span),), observers.span
        )
        at = tree.Binary("=", where, observers.place, observers.span)
        parts.append(expressions.condition(at, inner))
    if observers.condition is not None:
        parts.append(expressions.condition(observers.condition, inner))
    if _world_knows_awareness(expressions) and not expressions.tables.sabre:
        aware = tree.Call(
            tree.Name("aware", observers.span), (tree.Name(THEY, observers.span),), observers.span
        )
        parts.append(expressions.condition(aware, inner))
    return [border.conjunction(parts)]


def _world_knows_awareness(expressions: Expressions) -> bool:
    """Whether `aware(person)` is a fact or a definition of this world."""
    tables = expressions.tables
    fact = tables.fact_named.get("aware")
    params = fact.params if fact else tables.definition_params.get("aware", ((),))[0]
    return len(params) == 1

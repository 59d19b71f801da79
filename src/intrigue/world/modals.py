"""What somebody knows or believes, and what nobody or everybody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intrigue.diagnostics.position import one_line
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world.tables import PERSON
from intrigue.world.types import BOOL, Type

if TYPE_CHECKING:
    from intrigue.world.expressions import Expressions
    from intrigue.world.scope import Scope

Typed = tuple[Expr, Type]

_OF_ALL = {"nobody": "any", "no one": "any", "everybody": "all", "everyone": "all"}
"""Who stands for all persons before `knows` and `believes`, and the quantifier that asks it of them."""


def modal(expressions: Expressions, e: tree.Modal, scope: Scope) -> Typed:
    """`p knows φ`; `nobody knows φ` is that no person does, `everybody knows φ` that every person does."""
    quantifier = _of_all(expressions, e.person, scope)
    if quantifier is None:
        return _of_one(expressions, e, expressions.person(e.person, scope), scope)
    inner = scope.at(scope.depth + 1)  # the person has no name that could be said
    expr, found = _of_one(expressions, e, {"var": scope.depth}, inner)
    expressions.expect(found, BOOL, e.what.span)
    expr = {quantifier: [PERSON, expr]}
    return (border.negation(expr) if quantifier == "any" else expr), BOOL


def _of_all(expressions: Expressions, person: tree.Expression, scope: Scope) -> str | None:
    """The quantifier that a word like `nobody` stands for, unless something has that name."""
    word = key(one_line(person.span))
    if word in scope.names or word in expressions.tables.atom_named:
        return None
    return _OF_ALL.get(word)


def _of_one(expressions: Expressions, e: tree.Modal, person: Expr, scope: Scope) -> Typed:
    expr, found = expressions.content(e.what, scope)
    if e.verb == "believes":
        result, kind = {"believes": [person, expr]}, found
    elif e.verb == "knows whether" and found == BOOL:
        pair = [{"knows": [person, expr]}, {"knows": [person, border.negation(expr)]}]
        result, kind = border.disjunction(pair), BOOL
    else:
        result, kind = {"knows": [person, expr]}, BOOL
    if not e.negated:
        return result, kind
    expressions.expect(kind, BOOL, e.what.span)
    return border.negation(result), BOOL

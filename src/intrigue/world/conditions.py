"""Conditions and questions about a world that is made: what a telling expects, what somebody asks."""

from __future__ import annotations

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.world.expressions import Expressions
from intrigue.world.model import World
from intrigue.world.scope import EMPTY, Scope
from intrigue.world.tables import Tables
from intrigue.world.types import Type


def scope_of_person(tables: Tables, person: int | None) -> Scope:
    """The scope in which `self` is this person."""
    if person is None:
        return EMPTY
    return EMPTY.give("self", border.atom(person), tables.atoms[person].kinds)


def resolve(
    world: World, expression: tree.Expression, self: int | None = None
) -> tuple[Expr | None, list[Diagnostic]]:
    """A condition for the engine, without variables; None, and the mistakes, if it has any. `self`: who is meant by the word."""
    expressions = Expressions(world.tables.without_report())
    expr = expressions.condition(expression, scope_of_person(world.tables, self))
    problems = expressions.report.found
    return (None if problems else expr), problems


def resolve_value(
    world: World, expression: tree.Expression, self: int | None = None
) -> tuple[Expr | None, Type, list[Diagnostic]]:
    """Any expression for the engine, with its type: a claim stands for what it claims, a question for what it asks."""
    expressions = Expressions(world.tables.without_report())
    expr, found = expressions.content(expression, scope_of_person(world.tables, self))
    problems = expressions.report.found
    return (None if problems else expr), found, problems

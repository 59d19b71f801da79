"""Actions with their outcomes, triggers and inferences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from intrigue.diagnostics.diagnostic import Note, Span
from intrigue.english import number_of
from intrigue.grounding import border
from intrigue.grounding.border import Effect, facts_in
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world import model
from intrigue.world.effects import EVENT, GLIMPSE, TRIGGER, Effects
from intrigue.world.facts import phrases_of
from intrigue.world.kinds import declare_parameters
from intrigue.world.observers import observed
from intrigue.world.scope import Scope, scope_of
from intrigue.world.tables import PERSON, ActionSignature, Tables

_MODES = {"will": "chosen", "fate": "fate", "reaction": "reaction"}


def declare_actions(files: Sequence[tree.File], tables: Tables) -> None:
    """Enters all actions and their outcomes: names, parameters and sentence patterns."""
    for action in (a for file in files for a in file.actions):
        params, kinds = declare_parameters(action.params, tables)
        meant = _enter(action.name, params, kinds, action.patterns, action, None, None, tables)
        if meant is None:
            continue
        for outcome in action.outcomes:
            more, more_kinds = declare_parameters(outcome.params, tables, params)
            name = tree.Name(f"{action.name.text} or else {outcome.name.text}", outcome.name.span)
            both = (*params, *more)
            _enter(name, both, kinds + more_kinds, outcome.patterns, action, outcome, meant, tables)


def _enter(
    name: tree.Name,
    params: tuple[model.Parameter, ...],
    kinds: tuple[frozenset[int], ...],
    patterns: tuple[tree.Pattern, ...],
    action: tree.ActionDeclaration,
    outcome: tree.OutcomeDeclaration | None,
    meant: int | None,
    tables: Tables,
) -> int | None:
    """The number of the new action, or None if its name is taken."""
    first = tables.action_named.get(key(name.text))
    if first is not None:
        declared = first.outcome.name if first.outcome else first.declaration.name
        tables.clash(name, declared.span, "an action already")
        return None
    phrases = phrases_of(patterns, params, tables)
    signature = ActionSignature(
        len(tables.actions), name.text, params, kinds, phrases, meant, action, outcome
    )
    tables.actions.append(signature)
    tables.action_named[key(name.text)] = signature
    return signature.id


def lower_action(
    signature: ActionSignature, effects: Effects
) -> tuple[model.Action, dict[str, Any]]:
    """The action as the model has it, and as the border has it."""
    declaration, outcome = signature.declaration, signature.outcome
    scope = scope_of(signature.params, signature.kinds)
    needs = [_need(need, scope, effects) for need in declaration.needs]
    if outcome is not None:
        needs += [_need(need, scope, effects) for need in outcome.needs]
    makes = outcome.makes if outcome is not None else declaration.makes
    done = effects.lower(makes, scope, EVENT, "an action")
    sees = _sees(signature, scope, effects)
    mode = _mode(signature, effects.tables)
    border_action = {
        "name": signature.name,
        "params": [parameter.kind for parameter in signature.params],
        "needs": [{"expr": need.expr, "hidden": need.hidden} for need in needs],
        "effects": done,
        "mode": mode,
        "will": _will(declaration, scope, effects),
        "sees": sees,
        "meant": signature.meant,
        "journey": declaration.journey,
    }
    deadlines = tuple(
        model.Deadline(
            deadline.minutes,
            effects.expressions.condition(deadline.condition, scope),
            deadline.condition.span,
        )
        for deadline in declaration.within
    )
    topics = frozenset(claim[0] for claim in effects.tables.claims.values())
    checked = model.Action(
        signature.id,
        signature.name,
        signature.params,
        signature.patterns,
        tuple(needs),
        mode,
        signature.meant,
        declaration.journey,
        declaration.takes.minutes if declaration.takes else 0.0,
        outcome.name.span if outcome else declaration.name.span,
        written(done, topics),
        read([need.expr for need in needs], done, topics),
        deadlines,
    )
    return checked, border_action


def _need(need: tree.Need, scope: Scope, effects: Effects) -> model.Condition:
    expr = effects.expressions.condition(need.condition, scope)
    if need.hope:
        expr = {"maybe": expr}
    return model.Condition(expr, need.secret, need.condition.span)


def _mode(signature: ActionSignature, tables: Tables) -> str:
    mode = _MODES.get(signature.declaration.mode)
    if mode is None:
        tables.report.add(
            "missing-will",
            signature.declaration.name.span,
            label="nobody is said to will it",
            repair="add `will` and who must want it, or `fate`, or `reaction`",
            action=signature.declaration.name.text,
        )
    return mode or "fate"


def _will(
    declaration: tree.ActionDeclaration, scope: Scope, effects: Effects
) -> list[dict[str, Any]]:
    lines = []
    for clause in declaration.will:
        when = None if clause.when is None else effects.expressions.condition(clause.when, scope)
        for who in clause.who:
            lines.append({"who": effects.expressions.person(who, scope), "when": when})
    return lines


def _sees(signature: ActionSignature, scope: Scope, effects: Effects) -> list[dict[str, Any]]:
    """The lines that say who sees. Where there are none, the persons among the parameters do."""
    outcome = signature.outcome
    clauses = outcome.seen if outcome is not None and outcome.seen else signature.declaration.seen
    if not clauses:
        tables = effects.tables
        persons = [i for i, kinds in enumerate(signature.kinds) if tables.roots(kinds) == {PERSON}]
        they = border.var(scope.depth)
        among = border.disjunction([border.equal(they, border.var(i)) for i in persons])
        return [{"when": among, "as": "itself"}] if persons else []
    lines = []
    for clause in clauses:
        seen_as = _seen_as(clause, scope, effects)
        if seen_as is not None:
            lines.append(
                {"when": observed(clause.observers, scope, effects.expressions), "as": seen_as}
            )
    return lines


def _seen_as(clause: tree.SeenClause, scope: Scope, effects: Effects) -> Any:
    """What the observers take the event to be. They are themselves among its variables."""
    inner = scope.bind("they", frozenset({PERSON}))
    if clause.effects is not None:
        return {"partly": effects.lower(clause.effects, inner, GLIMPSE, "`heard by`")}
    if clause.call is None:
        return "itself"
    other = effects.tables.action_named.get(key(clause.call.name.text))
    if other is None:
        names = (action.name for action in effects.tables.actions)
        effects.tables.unknown_name(clause.call.name, "action", names)
        return None
    args = clause.call.args
    if len(args) != len(other.params):
        effects.report.add(
            "wrong-arity",
            clause.call.span,
            label=f"{len(args)} given",
            notes=(Note("declared here", _place(other)),),
            repair=f"write `{other.name}({', '.join(p.name for p in other.params)})`",
            name=other.name,
            expected=number_of(len(other.params), "argument"),
            found=str(len(args)),
        )
        return None
    lowered = [
        effects.expressions.member(arg, kinds, inner)
        for arg, kinds in zip(args, other.kinds, strict=True)
    ]
    return {"other": [other.id, lowered]}


def _place(action: ActionSignature) -> Span:
    return action.outcome.name.span if action.outcome else action.declaration.name.span


def written(effects: list[Effect], topics: frozenset[int]) -> frozenset[int]:
    """The facts that effects may change, in the world or in a mind."""
    found: set[int] = set()
    for node in border.walk(effects):
        for word in ("set", "show", "share", "learn", "believe"):
            if word in node:
                body = node[word]
                place = body[0] if word == "set" else body if word == "show" else body["place"]
                found |= {place["fact"][0]} if "fact" in place else topics
    return frozenset(found)


def read(needs: list[Any], effects: list[Effect], topics: frozenset[int]) -> frozenset[int]:
    """The facts that conditions, and the conditions and values of effects, read."""
    found = set(facts_in(needs, topics))
    for node in border.walk(effects):
        for word in ("when", "each"):
            if word in node:
                found |= facts_in(node[word][0 if word == "when" else 1], topics)
        if "set" in node:
            found |= facts_in(node["set"][1], topics)
        for word in ("share", "believe"):
            if word in node and node[word]["value"] is not None:
                found |= facts_in(node[word]["value"], topics)
    return frozenset(found)


def lower_triggers(
    files: Sequence[tree.File], effects: Effects
) -> tuple[list[dict[str, Any]], list[tuple[str, Span]]]:
    """The triggers and inferences for the border, in order, and their names and places."""
    lowered: list[dict[str, Any]] = []
    places: list[tuple[str, Span]] = []
    named: dict[str, Span] = {}
    for trigger in (t for file in files for t in file.triggers):
        word = key(trigger.name.text)
        if word in named:
            effects.tables.clash(trigger.name, named[word], "a trigger already")
        named.setdefault(word, trigger.name.span)
        params, kinds = declare_parameters(trigger.params, effects.tables)
        scope = scope_of(params, kinds)
        when = border.conjunction([effects.expressions.condition(c, scope) for c in trigger.when])
        lowered.append(
            {
                "name": trigger.name.text,
                "params": [parameter.kind for parameter in params],
                "when": when,
                "effects": effects.lower(trigger.makes, scope, TRIGGER, "a trigger"),
                "minds_only": trigger.minds_only,
            }
        )
        places.append((trigger.name.text, trigger.name.span))
    return lowered, places

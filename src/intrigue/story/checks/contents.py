"""never-used, never-acts: what the story file introduces and the telling never needs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from intrigue.diagnostics.diagnostic import Diagnostic, Span
from intrigue.grounding.border import atoms_in, facts_in, leaving_out
from intrigue.story.findings import Finding
from intrigue.story.motives import events_of
from intrigue.story.run import Run
from intrigue.story.understand import understand


def never_used(run: Run) -> Iterator[Finding]:
    """Facts, cast and claims of the story file itself; what an included world offers need not be used."""
    yield from _facts(run)
    yield from _cast(run)


def never_acts(run: Run) -> Iterator[Finding]:
    """Persons with a want of their own who do nothing for it."""
    willing = {person for step in run.steps for person in step.willing}
    wanting = {want.who: want.span for want in reversed(run.world.wants) if want.who is not None}
    for person, span in wanting.items():
        if person in run.world.persons and person not in willing:
            name = run.world.atoms[person].name
            yield Finding(
                Diagnostic(
                    "never-acts",
                    span,
                    {"person": name},
                    label="wanted, and nothing is done for it",
                    repair=f"tell something that {name} does, or drop the want",
                )
            )


def _own(run: Run, span: Span | None) -> bool:
    """Whether a declaration stands in the story file."""
    return span is not None and any(
        file.form == "story" and file.span.source == span.source for file in run.world.files
    )


def _unused(span: Span | None, sort: str, name: str) -> Finding:
    return Finding(
        Diagnostic(
            "never-used",
            span,
            {"sort": sort, "name": name},
            label=f"nothing in the telling needs this {sort}",
            repair=f"use the {sort} in the telling, or leave it out",
        )
    )


def _facts(run: Run) -> Iterator[Finding]:
    world, problem = run.world, run.world.problem
    read = {fact for fact, _, _ in world.claims.values()}
    read = read.union(*(action.reads for action in world.actions))
    left = [fact for fact in world.facts if fact.id not in read and _own(run, fact.span)]
    if not left:
        return
    also_read = facts_in(
        [problem.get(part, []) for part in ("wants", "shares")]
        + [visible["when"] for visible in problem.get("visible", [])]
        + [trigger["when"] for trigger in problem.get("triggers", [])]
        + [[action.get(part, []) for part in ("will", "sees")] for action in problem["actions"]]
        + [expr for _, expr, _ in world.endings]
        + [run.condition(expected) for expected in run.expected]
    )
    for fact in left:
        if fact.id not in also_read:
            yield _unused(fact.span, "fact", fact.name)


def never_done(run: Run) -> Iterator[Finding]:
    """Actions of the story file itself that are not told, and that nobody plans."""
    used = {step.action.id for step in run.steps}
    used |= {run.engine.event_of(event)[0] for event in run.left_out}
    used |= {step.action.meant for step in run.steps if step.action.meant is not None}
    for step in run.steps:
        for verdict in run.verdicts(step):
            used |= {run.engine.event_of(e)[0] for e in events_of(verdict.motive["plan"])}
    seen = (line["as"] for act in list(used) for line in run.world.problem["actions"][act]["sees"])
    used |= {other["other"][0] for other in seen if isinstance(other, dict) and "other" in other}
    for action in run.world.actions:
        if action.meant is None and action.id not in used and _own(run, action.span):
            yield _unused(action.span, "action", action.name)


def _named_in_rules(run: Run) -> set[int]:
    """Atoms of which rules, wants and expectations speak by name."""
    problem = run.world.problem
    rules = [
        [problem.get(part, []) for part in ("actions", "triggers", "wants", "shares", "visible")],
        [expr for _, expr, _ in run.world.endings],
        [run.condition(expected) for expected in run.expected],
    ]
    named = atoms_in(rules)
    for expected in run.expected:
        state = run.states[expected.moment]
        for sentence in expected.expect.sentences:
            event = understand(run.world, run.engine, state, sentence).event
            if event is not None:
                named.update(run.engine.event_of(event)[1])
    return named


def _in_plans(run: Run) -> set[int]:
    """Atoms that stand in what somebody plans, or is said to plan: a refuge that is never reached is needed for the flight."""
    named: set[int] = set()
    for step in run.steps:
        for verdict in run.verdicts(step):
            planned = events_of(verdict.motive["plan"])
            for event in (*planned, *(each for options in verdict.claimed for each in options)):
                named.update(run.engine.event_of(event)[1])
    return named


def _decides(run: Run, atom: int) -> bool:
    """Whether a condition of a told event, which asks for any one or for all of a kind, would come out otherwise if this one were not
    there: a knife that no sentence names is needed where who stabs must hold some knife."""
    engine = run.engine
    for step in run.steps:
        for need in step.action.needs:
            without = leaving_out(atom, need.expr, len(step.args))
            if without == need.expr:
                continue
            args = list(step.args)
            with_it = engine.evaluate(step.before, json.dumps(need.expr), args)
            if engine.evaluate(step.before, json.dumps(without), args) != with_it:
                return True
    return False


def _cast(run: Run) -> Iterator[Finding]:
    world, engine = run.world, run.engine
    used = {arg for step in run.steps for arg in step.args} | _named_in_rules(run)
    for step in run.steps:
        for fluent in engine.changed(step.before, step.after):
            used.update(engine.fluent_of(fluent)[1])
            for state in (step.before, step.after):
                value = engine.value(state, fluent)
                if isinstance(value, tuple) and value[0] == "atom":
                    used.add(value[1])
    for line in world.problem["start"]:
        # what somebody wrongly believes at the start is part of the situation
        used |= atoms_in(line.get("believes"))
        others = line.get("secret", {}).get("others")
        if isinstance(others, dict) and "atom" in others:
            used.add(others["atom"])
    for claim in used & set(world.claims):
        _, about, value = world.claims[claim]
        used.update(about)
        if isinstance(value, dict) and "atom" in value:
            used.add(value["atom"])
    where = next((fact for fact in world.facts if fact.name == "where"), None)
    if where is not None:
        # where somebody goes is among what changes
        for person in used & set(world.persons):
            value = engine.value(run.states[0], engine.fluent(where.id, [person]))
            if isinstance(value, tuple):
                used.add(value[1])
    used |= _in_plans(run)
    closed = {member for kind in world.kinds if kind.closed for member in kind.members}
    for atom in world.atoms:
        if atom.id in used or atom.id in closed or not _own(run, atom.span):
            continue
        if _decides(run, atom.id):
            continue
        if atom.id in world.claims:
            yield _unused(atom.span, "claim", atom.name)
        else:
            sort = "person" if atom.id in world.persons else "place or thing"
            yield _unused(atom.span, sort, atom.name)

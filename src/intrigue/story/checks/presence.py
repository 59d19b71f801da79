"""dead-or-absent-actor: somebody does something who is dead, or nowhere.

Worlds should say in `needs` who is able to act; this check catches those that forget. It looks only
at what everybody takes for granted: a closed set with a member `dead`, a yes/no fact `alive` or
`dead`, and a fact `where` that is `nowhere`.
"""

from __future__ import annotations

from collections.abc import Iterator

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.grounding.border import NONE
from intrigue.story.causes import note_on
from intrigue.story.findings import Finding
from intrigue.story.run import Run


def dead_or_absent_actors(run: Run) -> Iterator[Finding]:
    """One finding for each person who wills an event while dead or nowhere, where no condition of
    the event says so."""
    telling = _telling_facts(run)
    for step in run.steps:
        if step.failing:
            continue
        for person in step.willing:
            for fact, values in telling.items():
                fluent = run.engine.fluent(fact, [person])
                value = run.engine.value(step.before, fluent)
                if value not in values:
                    continue
                name = run.world.atoms[person].name
                yield Finding(
                    Diagnostic(
                        "dead-or-absent-actor",
                        step.told.sentence.span,
                        {
                            "person": name,
                            "event": run.sentence(step.event),
                            "state": f"{run.names.fluent(fluent)} is {run.names.value_of(fluent, value)}",
                        },
                        label=f"{name} cannot do this now",
                        notes=(note_on(run, step.number - 1, (), fluent),),
                        repair=f"let `{step.action.name}` need that the person is able to act, "
                        "or tell this earlier",
                    ),
                    step.scene,
                    step.told,
                )


def dead(run: Run, moment: int, person: int) -> bool:
    """Whether a person is dead after so many events, as far as the words of the world say so."""
    return dead_in(run, run.states[moment], person)


def dead_in(run: Run, state: int, person: int) -> bool:
    """The same in a state of the engine."""
    return any(
        run.engine.value(state, run.engine.fluent(fact, [person])) in values
        for fact, values in _telling_facts(run).items()
        if run.world.facts[fact].name != "where"
    )


def _telling_facts(run: Run) -> dict[int, list[object]]:
    """Facts of one person that say that somebody cannot act, with the values that say so."""
    world = run.world
    dead = [atom.id for atom in world.atoms if atom.name.casefold() == "dead"]
    found: dict[int, list[object]] = {}
    for fact in world.facts:
        persons = set(world.persons)
        if len(fact.params) != 1 or not persons <= set(world.kinds[fact.params[0].kind].members):
            continue
        if fact.name == "where":
            found[fact.id] = [("atom", NONE)]
        elif fact.range == "bool" and fact.name in ("alive", "dead"):
            found[fact.id] = [fact.name == "dead"]
        elif isinstance(fact.range, dict):
            members = world.kinds[fact.range["set"]].members
            if any(atom in members for atom in dead):
                found[fact.id] = [("atom", atom) for atom in dead]
    return found

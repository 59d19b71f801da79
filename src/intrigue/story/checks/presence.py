"""dead-or-absent-actor: somebody does something who is dead, or nowhere.

Worlds should say in `needs` who is able to act; this check catches those that forget. It looks only
at what everybody takes for granted: that somebody is dead (`story/death.py`), and a fact `where` that is `nowhere`.
"""

from __future__ import annotations

from collections.abc import Iterator

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.grounding.border import NONE
from intrigue.story.causes import note_on
from intrigue.story.death import of_one_person
from intrigue.story.findings import Finding
from intrigue.story.run import Run


def dead_or_absent_actors(run: Run) -> Iterator[Finding]:
    """One finding for each person who wills an event while dead or nowhere, where no condition of
    the event says so."""
    telling = {**run.deaths, **_facts_of_absence(run)}
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
                            "event": run.words(step),
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


def _facts_of_absence(run: Run) -> dict[int, list[object]]:
    return {fact.id: [("atom", NONE)] for fact in of_one_person(run) if fact.name == "where"}

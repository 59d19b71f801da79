"""impossible-event: a condition of the event does not hold when it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.story.causes import notes_on, one_event_before
from intrigue.story.findings import Finding
from intrigue.story.run import Run, Step


def impossible_events(run: Run) -> Iterator[Finding]:
    """One finding for each event told that cannot happen, with every condition that fails."""
    for step in run.steps:
        if not step.failing:
            continue
        notes: list[Note] = []
        for index in step.failing:
            condition = step.action.needs[index]
            said = run.names.filled_in(condition.span, step.action.params, step.args)
            notes.append(Note(f"this does not hold: {said}", condition.span))
            notes.extend(notes_on(run, step.number - 1, condition.expr, step.args))
        goes_on = "without it" if step.after == step.before else "as if it had happened"
        notes.append(Note(f"the story goes on {goes_on}"))
        yield Finding(
            Diagnostic(
                "impossible-event",
                step.told.sentence.span,
                {"event": run.words(step), "action": step.action.name},
                label="cannot happen here",
                notes=tuple(notes),
                repair=_repair(run, step),
            ),
            step.scene,
            step.told,
        )


def _repair(run: Run, step: Step) -> str:
    """One event that would make it possible; or whether any number of events could."""
    before = one_event_before(run, step)
    if before is not None:
        return f"tell before it: {run.sentence(before)}"
    failing = [json.dumps(step.action.needs[index].expr) for index in step.failing]
    if all(run.engine.reachable(step.before, expr, list(step.args)) for expr in failing):
        return "tell before it, in several events, what makes the condition true"
    return (
        "no event can bring this about any more: leave the sentence out, or change what came before"
    )

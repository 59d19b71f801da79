"""promise-broken: a promise is neither kept nor taken back, and whoever it was given to never
learns of it.

A fact marked `promise` stands for a promise as long as it is so. If one of its arguments is a
claim, the promise is kept once what is claimed is so, or, where that is so already when it is
given, if it still is at the end; otherwise it is kept, or taken back, by an event that ends the
fact.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from itertools import product
from typing import Any

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.grounding.border import NONE
from intrigue.story.findings import Finding
from intrigue.story.run import Run, Step


def broken_promises(run: Run) -> Iterator[Finding]:
    """One finding for each promise that is open at the end without its receiver knowing better."""
    for fact in run.world.facts:
        if not fact.promise:
            continue
        choices = [run.world.kinds[parameter.kind].members for parameter in fact.params]
        for args in product(*choices):
            yield from _broken(run, run.engine.fluent(fact.id, list(args)), args)


def _broken(run: Run, fluent: int, args: tuple[int, ...]) -> Iterator[Finding]:
    end = len(run.steps)
    engine = run.engine
    promised = engine.value(run.states[end], fluent)
    if promised in (False, "unknown", ("atom", NONE), 0.0):
        return
    made = run.since(end, (), fluent)
    since = made.number if made else 0
    claim = next((c for c in args if c in run.world.claims and kept_by(run, c) is not None), None)
    kept = json.dumps(kept_by(run, claim)) if claim is not None else None
    holds = [kept is not None and _holds(run, k, kept) for k in range(end + 1)]
    stays = holds[max(since - 1, 0)]
    if holds[end] if stays else any(holds[since:]):
        return
    receivers = [a for a in args[1:] if a in run.world.persons]
    if receivers and all(
        _knows_better(run, person, fluent, promised, kept, stays) for person in receivers
    ):
        return
    notes: list[Note] = []
    if stays:
        ended = max(k for k in range(1, end + 1) if holds[k - 1] and not holds[k])
        step = run.steps[ended - 1]
        notes.append(
            Note(
                f"what was promised was so already, and is not since event {step.number}: {run.words(step)}",
                step.told.sentence.span,
            )
        )
    elif kept and not engine.reachable(run.states[end], kept, []):
        lost = bisect_left(
            range(since, end), True, key=lambda k: not engine.reachable(run.states[k], kept, [])
        )
        at = run.steps[since + lost - 1] if since + lost else None
        notes.append(
            Note(
                f"it cannot be kept any more since event {at.number}: {run.words(at)}"
                if at
                else "it could not be kept from the start",
                at.told.sentence.span if at else None,
            )
        )
    else:
        notes.append(Note("it is still open when the telling ends"))
    for person in receivers:
        notes.append(Note(f"{run.world.atoms[person].name} never learns that it is not kept"))
    yield _finding(run, fluent, made, notes)


def _finding(run: Run, fluent: int, made: Step | None, notes: list[Note]) -> Finding:
    return Finding(
        Diagnostic(
            "promise-broken",
            made.told.sentence.span if made else run.world.files[-1].span,
            {"promise": run.names.fluent(fluent)},
            label="promised here" if made else "",
            notes=tuple(notes),
            repair="tell how it is kept or taken back, or how the other learns that it is not",
        ),
        made.scene if made else None,
        made.told if made else None,
    )


def kept_by(run: Run, claim: int) -> Any:
    """The condition that a claim stands for, as JSON for the engine; None for a question."""
    fact, args, value = run.world.claims[claim]
    if value is None:
        return None
    return {
        "eq": [{"fact": [fact, [{"const": {"atom": a}} for a in args]]}, {"const": value}],
    }


def _holds(run: Run, moment: int, kept: str) -> bool:
    return run.engine.evaluate(run.states[moment], kept, []) is True


def _knows_better(
    run: Run, person: int, fluent: int, promised: object, kept: str | None, stays: bool
) -> bool:
    """The receiver no longer takes the promise to stand, sees that it cannot be kept, or that what was to stay so is so no more."""
    engine = run.engine
    mind = engine.believed(run.states[-1], person)
    if engine.value(mind, fluent) != promised:
        return True
    if kept is None:
        return False
    ended = stays and engine.evaluate(mind, kept, []) is False
    return ended or not engine.reachable(mind, kept, [])

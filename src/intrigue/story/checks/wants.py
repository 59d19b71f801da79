"""want-unresolved: when the telling ends, somebody's want is neither fulfilled nor out of reach."""

from __future__ import annotations

import json
from collections.abc import Iterator

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.story.death import dead
from intrigue.story.findings import Finding
from intrigue.story.run import Run


def unresolved_wants(run: Run) -> Iterator[Finding]:
    """Yes/no wants of named persons still alive which count at the end, do not hold, and could still come to
    hold."""
    end = run.states[-1]
    for want in run.world.wants:
        if want.who is None or want.form == "shares" or want.who not in run.world.persons:
            continue
        if dead(run, len(run.steps), want.who):
            continue
        expr = json.dumps(want.expr)
        counting = {index for index, _, _, _ in run.engine.wants(end, want.who)}
        if want.index not in counting or run.engine.evaluate(end, expr, []) is not False:
            continue
        during = run.world.problem["wants"][want.index].get("during")
        if during is not None and run.engine.evaluate(end, json.dumps(during), []) is False:
            continue  # its time is over
        if not run.engine.reachable(end, expr, []):
            continue
        name = run.world.atoms[want.who].name
        about = {fluent for _, fluent in run.engine.reads(end, expr, [])}
        touched = [s for s in run.steps if about & set(run.engine.changed(s.before, s.after))]
        note = (
            f"last touched by event {touched[-1].number}: {run.words(touched[-1])}"
            if touched
            else "no event of the telling touches what it is about"
        )
        yield Finding(
            Diagnostic(
                "want-unresolved",
                want.span,
                {"person": name},
                label="neither fulfilled nor out of reach at the end",
                notes=(Note(note, touched[-1].told.sentence.span if touched else None),),
                repair=f"tell how it ends for {name}, or let the want go",
            )
        )

"""secret-never-revealed: a secret of the opening that nobody else ever learns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.story.findings import Finding
from intrigue.story.run import Run


def unrevealed_secrets(run: Run) -> Iterator[Finding]:
    """One finding for each `secret` line that is still true at the end, and whose truth reached nobody who did not know
    it at the start."""

    @cache
    def minds(person: int) -> list[int]:
        """All that the person ever takes the world to be, each once: most events change few minds."""
        moments = range(1, len(run.states))
        return list(dict.fromkeys(run.mind(moment, (person,)) for moment in moments))

    for line, entry in zip(run.world.start_lines, run.world.problem["start"], strict=True):
        if "secret" not in entry:
            continue
        place = json.dumps(entry["secret"]["place"])
        truth = run.engine.evaluate(run.states[0], place, [])
        outsiders = [
            person
            for person in run.world.persons
            if run.engine.evaluate(run.mind(0, (person,)), place, []) != truth
        ]
        if run.engine.evaluate(run.states[-1], place, []) != truth:
            continue  # it is no longer so: there is nothing left to reveal
        if not outsiders or any(
            run.engine.evaluate(mind, place, []) == truth
            for person in outsiders
            for mind in minds(person)
        ):
            continue
        knowing = [run.world.atoms[p].name for p in run.world.persons if p not in outsiders]
        yield Finding(
            Diagnostic(
                "secret-never-revealed",
                line.span,
                {
                    "secret": " ".join(
                        line.span.source.text[line.span.start : line.span.end].split()
                    )
                },
                label="nobody else ever learns it",
                notes=(Note(f"known from the start to: {', '.join(knowing) or 'nobody'}"),),
                repair="let somebody find it out, or make it no secret",
            )
        )

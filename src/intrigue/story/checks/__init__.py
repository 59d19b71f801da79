"""What is checked in a telling. One file a check; this is the list, in the order of the questions a
reader asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from intrigue.story.checks import (
    contents,
    expectations,
    motive,
    possibility,
    presence,
    promises,
    scenes,
    secrets,
    shortcuts,
    sources,
    time,
    wants,
)
from intrigue.story.findings import Finding
from intrigue.story.run import Run

Check = Callable[[Run], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    possibility.impossible_events,
    presence.dead_or_absent_actors,
    time.times,
    motive.motives,
    expectations.failed_expectations,
    sources.citations,
    promises.broken_promises,
    scenes.gaps,
    scenes.to_be_told,
    shortcuts.shortcuts,
    scenes.scenes_that_can_go,
    scenes.fate_heavy,
    scenes.endings_not_reached,
    wants.unresolved_wants,
    contents.never_acts,
    secrets.unrevealed_secrets,
    contents.never_used,
    contents.never_done,
)

WITHOUT_MOTIVES: frozenset[Check] = frozenset(
    (
        possibility.impossible_events,
        presence.dead_or_absent_actors,
        time.times,
        sources.citations,
        promises.broken_promises,
        scenes.gaps,
        scenes.to_be_told,
        scenes.fate_heavy,
        scenes.endings_not_reached,
        wants.unresolved_wants,
        contents.never_acts,
        secrets.unrevealed_secrets,
    )
)
"""Those that ask for nobody's motives."""

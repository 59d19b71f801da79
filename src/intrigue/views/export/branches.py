"""Where a story might have gone otherwise: what was meant and did not come out so, had it come out as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intrigue.story.whatif import Change
from intrigue.views.export.interactive import Branch

if TYPE_CHECKING:
    from intrigue.story.story import Story

_SHOWN = 8
"""So many events of what then goes on are told."""


def branches(
    story: Story, reading: str | None = None, progress: Callable[[int, int], None] | None = None
) -> list[Branch]:
    """One branch for each event of the telling whose outcome nobody meant: the same with the outcome that was meant, then the
    telling as far as it goes on like that, and what first breaks. `progress` gets how many are done, of how many."""
    run = story.run(reading)
    places = {step.told_at: step for step in run.steps}
    turns = [step for step in run.steps if step.meant != step.event and step.told_at - 1 in places]
    found: list[Branch] = []
    for done, step in enumerate(turns):
        if progress is not None:
            progress(done, len(turns))
        other = story.whatif(step.number, Change(outcome="meant"), reading)
        meant = run.sentence(step.meant)
        onward = [run.sentence(each.event) for each in run.steps[step.number : other.at]]
        rest = len(onward) - _SHOWN
        told = (meant, *onward[:_SHOWN])
        ends = f"After {rest} more events as told: {other.breaks}" if rest > 0 else other.breaks
        ends = ends or "All else goes on as told."
        found.append(Branch(places[step.told_at - 1].number, f"{meant}?", told, ends))
    return found

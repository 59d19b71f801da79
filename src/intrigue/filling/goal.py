"""Stories that reach a goal, as a telling with one gap and the goal at its end: for worlds too large to be laid out."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Span
from intrigue.filling.flaws import Player
from intrigue.filling.limits import Limits
from intrigue.filling.search import Repair, Stopped
from intrigue.filling.telling import Expected, Opening
from intrigue.language import tree

if TYPE_CHECKING:
    from intrigue._engine import Plans, Story
    from intrigue.story.run import Run

TRIES = 80
"""How many fillings are played before the search gives up."""
EFFORT = 250
"""How many events are tried for one motive."""
WHOLE = 1_500
"""How many for somebody's plan for the whole of the goal."""


def stories_towards(
    run: Run,
    state: int,
    goal: str,
    *,
    max_events: int,
    count: int,
    seconds: float | None,
    seed: int,
    progress: Callable[[dict[str, float]], None] | None,
) -> Plans:
    """Stories of at most `max_events` events from the state on that end with `goal` (a condition for the engine), everybody in them
    motivated within the limits of the run. It proves nothing where it finds none."""
    began = time.monotonic()
    nowhere = Span(run.world.files[-1].span.source, 0, 0)
    gap = Opening(0, tree.Gap("...", nowhere), "", 0, max_events, frozenset(), None)
    player = Player(run, [gap, Expected(goal, "the goal")], set())
    player.reasons.deadline = None if seconds is None else began + seconds
    stories: list[Story] = []

    def tick(item: int, tried: int) -> None:
        if seconds is not None and time.monotonic() - began > seconds:
            raise Stopped
        if progress is not None:
            progress({"examined": tried, "stories": len(stories)})

    limits = Limits(events=max_events, tries=TRIES, back=0, effort=(EFFORT,), whole=WHOLE)
    repair = Repair(player, limits, tick, Random(seed) if seed else None, start=state)
    stopped: str | None = "states"
    try:
        for found in repair.found():
            if found.left:
                break
            if all(found.filling[0] != tuple(each["events"]) for each in stories):
                stories.append({"events": list(found.filling[0]), "worth": None})
            if len(stories) == count:
                stopped = None
                break
    except Stopped:
        stopped = "seconds"
    except KeyboardInterrupt:
        stopped = "interrupt"
    except MemoryError:
        stopped = "memory"
    return {
        "verdict": "found" if stories else "undecided",
        "stopped_by": stopped,
        "stories": stories,
        "shortest": False,
        "bound": 0,
        "examined": player.played,
        "generated": player.reasons.asked,
        "rounds": [],
    }

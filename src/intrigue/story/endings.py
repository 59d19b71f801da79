"""Which endings can still be reached from a moment, a way to each (the shortest, in small worlds), and when each was lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from intrigue.records import dataclass
from intrigue.story.moments import moment

if TYPE_CHECKING:
    from intrigue.planning.plan import Plans
    from intrigue.story.run import Run
    from intrigue.story.story import Story

MOST = 12
"""How many events a way may have if nothing else is said."""

State = Literal["holds", "reachable", "none", "undecided", "lost"]


@dataclass(frozen=True, slots=True)
class Ending:
    """One ending, from one moment.

    state: "holds" (it is so), "reachable" (a way was found), "none" (proved: there is no way within the limits), "undecided" (the
    search was stopped), "lost" (proved: no events whatever bring it about).
    `way`: one that was found, in sentences; `shortest`: proved to be as short as any. `lost_after`: the number of the event after which it
    was lost, 0 if from the start. `limits`: in words.
    """

    name: str
    state: State
    way: tuple[str, ...]
    shortest: bool
    lost_after: int | None
    lost_by: str
    limits: str

    def __str__(self) -> str:
        match self.state:
            case "holds":
                return f"{self.name}: it is so"
            case "lost":
                when = (
                    f"since event {self.lost_after}, {self.lost_by}"
                    if self.lost_after
                    else "from the start"
                )
                return f"{self.name}: lost {when} (proved)"
            case "reachable":
                head = f"{self.name}: can be reached, {'at the shortest' if self.shortest else 'for example'} in {len(self.way)}"
                return "\n".join([head, *(f"  {n}. {each}" for n, each in enumerate(self.way, 1))])
            case "none":
                return f"{self.name}: no way within {self.limits} (proved); not shown to be lost"
        return f"{self.name}: undecided ({self.limits}); not shown to be lost"


@dataclass(frozen=True, slots=True)
class Endings:
    """All endings of a story from one moment."""

    moment: str
    endings: tuple[Ending, ...]

    def __str__(self) -> str:
        return "\n".join([f"{self.moment}:", *map(str, self.endings)])

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "moment": self.moment,
            "endings": [
                {
                    "name": each.name,
                    "state": each.state,
                    "way": list(each.way),
                    "shortest": each.shortest,
                    "lost_after": each.lost_after,
                    "limits": each.limits,
                }
                for each in self.endings
            ],
        }


def endings(story: Story, at: str | int | None, reading: str | None, **limits: Any) -> Endings:
    """Asks for each ending that the story names. `limits`: of the planner. Raises StoryError if there is no such moment,
    KeyboardInterrupt if a search is interrupted, TypeError or ValueError for limits that there are not."""
    from intrigue.planning.asked import refuse_senseless

    refuse_senseless(limits)
    run = story.run(reading)
    now = moment(run, at)
    when = f"after event {now}, {run.words(run.steps[now - 1])}" if now else "at the start"
    found = (
        _ending(story, run, now, reading, name, json.dumps(expr), limits)
        for name, expr, _ in run.world.endings
    )
    return Endings(when, tuple(found))


def _ending(
    story: Story,
    run: Run,
    now: int,
    reading: str | None,
    name: str,
    asked: str,
    limits: dict[str, Any],
) -> Ending:
    state = run.states[now]
    if run.engine.evaluate(state, asked, []) is True:
        return Ending(name, "holds", (), False, None, "", "")
    if not run.engine.reachable(state, asked, []):
        lost = lost_after(run, now, lambda k: run.engine.reachable(run.states[k], asked, []))
        by = run.words(run.steps[lost - 1]) if lost else ""
        return Ending(name, "lost", (), False, lost, by, "")
    told = _as_told(run, now, asked, limits.get("max_events", MOST))
    # In a world too large to be laid out no way is proved to be the shortest: any is as welcome, and found sooner.
    limits = {"shortest": run.engine.small(), **limits}
    if told and not limits["shortest"]:
        return Ending(name, "reachable", told, False, None, "", "")
    plans: Plans = story.plan(name, at=now or "start", reading=reading, **limits)
    if not plans and plans.stopped_by == "interrupt":
        raise KeyboardInterrupt  # whoever stops one search does not mean to go on to the next
    if not plans and told:
        return Ending(name, "reachable", told, False, None, "", plans.limits)
    if not plans:
        if plans.verdict == "none":
            return Ending(name, "none", (), False, None, "", plans.limits)
        said = plans.summary.replace("\n", "; ").removeprefix("undecided: ").removesuffix(")")
        said = "; ".join(said.rsplit(" (", 1))
        return Ending(name, "undecided", (), False, None, "", said)
    best = min(plans.stories, key=lambda found: len(found.steps))
    return Ending(name, "reachable", tuple(best.sentences), plans.shortest, None, "", plans.limits)


def _as_told(run: Run, now: int, asked: str, most: int) -> tuple[str, ...]:
    """The way to an ending that the telling itself takes, in at most so many sentences; none if it does not come there, or something on the
    way is impossible or no motive for it was found."""
    ahead = run.steps[now : now + most]
    reached = (step.number for step in ahead if run.engine.evaluate(step.after, asked, []) is True)
    way = run.steps[now : next(reached, now)]
    possible = not any(step.failing for step in way)
    # motives take longest to look for: they come last
    if possible and all(each.kind == "found" for step in way for each in run.verdicts(step)):
        return tuple(map(run.words, way))
    return ()


def lost_after(run: Run, now: int, reachable: Callable[[int], bool]) -> int:
    """The number of the event after which something is out of reach, which it is after `now` events; 0 if from the start.

    What is out of reach stays so, except where an event is told that is not possible: then every moment is looked at.
    """
    if any(step.failing for step in run.steps[:now]):
        while now > 0 and not reachable(now - 1):
            now -= 1
        return now
    low, high = -1, now
    while high - low > 1:
        middle = (low + high) // 2
        if reachable(middle):
            low = middle
        else:
            high = middle
    return high

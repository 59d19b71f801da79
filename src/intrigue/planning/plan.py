"""Plan: from an opening, or a moment of a told story, to stories that end as wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from intrigue.english import number_of
from intrigue.planning.asked import REPAIR, refuse_senseless
from intrigue.planning.goal import Goal, read_goal
from intrigue.planning.planned import PlannedStory, planned_story
from intrigue.records import dataclass
from intrigue.story.motives import Limits

if TYPE_CHECKING:
    from intrigue._engine import Plans as PlansFound
    from intrigue.story.run import Run
    from intrigue.story.story import Story

CHECKING_EFFORT = 200_000
"""Events tried for one motive when a plan is checked: the search has found it already, so it is there to be found."""
GRACE = 0.2
"""Seconds that the check has where the search has left none."""

Progress = Callable[[dict[str, float]], None]

STOPS = {
    "memory": "the memory ran out, `--memory` gives more",
    "seconds": "the time was up",
    "interrupt": "it was interrupted",
    "states": "the world is too large to look through",
    "journeys": "motives may hold any number of journeys, so that not all can be looked through",
}
"""What ended a search, in words."""


@dataclass(frozen=True, slots=True)
class Plans:
    """What planning came to.

    `verdict`: "found"; "none": proved that within the limits there is none; "undecided": the search was stopped. `stopped_by`: by what
    ("memory", "seconds", "interrupt"; "states", "journeys": there is too much to look through). `shortest`: proved that no story is
    shorter than the shortest of these; `bound`: proved that none has fewer events. `lost`: proved that no events at all, fate included,
    bring it about, within whatever limits. `examined`, `generated`: states looked at, ways to go on found.
    `refused`: stories that the search gave and the check did not accept, with what did not hold; never in `stories`.
    """

    goal: Goal
    verdict: str
    stopped_by: str | None
    stories: tuple[PlannedStory, ...]
    refused: tuple[tuple[PlannedStory, tuple[str, ...]], ...]
    shortest: bool
    bound: int
    examined: int
    generated: int
    seconds: float
    rounds: tuple[str, ...]
    limits: str
    asked: int
    wanted_shortest: bool
    rank: str | None
    lost: bool = False

    def __bool__(self) -> bool:
        return bool(self.stories)

    @property
    def summary(self) -> str:
        """How it ended, in a line or two."""
        lines = [self._verdict()]
        if self.refused:
            count = len(self.refused)
            lines.append(
                f"{count} that did not stand the check {'is' if count == 1 else 'are'} not shown"
            )
        return "\n".join(lines)

    def _verdict(self) -> str:
        effort = f"{self.examined} states in {self.seconds:.2f} s"
        why = STOPS.get(self.stopped_by or "", self.stopped_by or "")
        if not self.stories:
            if self.lost:
                return "none exists: no events at all can bring it about any more (proved)"
            if self.verdict == "none":
                return f"none exists within {self.limits} ({effort})"
            least = f"; no story has fewer than {_events(self.bound)}" if self.bound > 1 else ""
            return f"undecided: {why}{least} ({effort})"
        count = len(self.stories)
        length = min(len(story.steps) for story in self.stories)
        said = f"found: {count} {'story' if count == 1 else 'stories'}" + (
            f" of the {self.asked} asked for" if count < self.asked else ""
        )
        if self.shortest:
            said += f"; none is shorter than {_events(length)}, as was proved"
        elif self.bound > 1:
            said += f"; none has fewer than {_events(self.bound)}, as was proved"
        if self.wanted_shortest and not self.shortest:
            said += "; whether it is the shortest was not settled"
        if self.stopped_by:
            said += f"; stopped: {why}"
        elif count < self.asked:
            said += f"; there are no more within {self.limits}"
        return f"{said} ({effort})"

    def __str__(self) -> str:
        parts = []
        for number, story in enumerate(self.stories, 1):
            head = [f"Story {number}" + _measured(story)] if len(self.stories) > 1 else []
            doubts = [f"not found again by the check: {each}" for each in story.standing.undecided]
            parts.append("\n".join([*head, str(story), *doubts]))
        return "\n\n".join([*parts, self.summary])

    def _repr_html_(self) -> str:
        from html import escape

        shown = "".join(story._repr_html_() for story in self.stories)
        return f"{shown}<p>{escape(self.summary)}</p>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "goal": self.goal.said,
            "verdict": self.verdict,
            "stopped_by": self.stopped_by,
            "shortest": self.shortest,
            "bound": self.bound,
            "lost": self.lost,
            "limits": self.limits,
            "rounds": list(self.rounds),
            "examined": self.examined,
            "generated": self.generated,
            "seconds": round(self.seconds, 3),
            "rank": self.rank,
            "stories": [story.to_dict() for story in self.stories],
            "refused": [list(problems) for _, problems in self.refused],
        }


def plan(
    story: Story,
    goal: str | float | None,
    *,
    at: str | int | None,
    reading: str | None,
    rank: str | None,
    max_events: int,
    max_motive: int,
    max_minds: int,
    count: int,
    shortest: bool,
    **how: Any,
) -> Plans:
    """Stories that reach the goal. `Story.plan` says what the arguments mean, `how` with them, and what is raised."""
    from intrigue.planning.ranking import ranked

    asked = {name: value for name, value in how.items() if value is not None}
    asked |= {"max_events": max_events, "count": count}
    refuse_senseless({**asked, "max_motive": max_motive, "max_minds": max_minds, "rank": rank})
    story.place_of(reading)  # even the opening is that of no reading that there is not
    began = time.monotonic()
    limits = Limits(events=max_motive, minds=max_minds, effort=CHECKING_EFFORT, growing=True)
    # An engine of its own: no answer hangs on what was asked before, and no other question lacks the memory that this one takes.
    base = story.retold(story.world.telling if at is not None else (), fresh=True)
    reading = reading if at is not None else None
    run = base.run(reading, limits)
    begins = 0
    if at is not None:
        from intrigue.story.moments import moment

        begins = moment(run, at)
    state = run.states[begins]
    engine = run.engine
    wanted = read_goal(base, goal, engine, state)
    said = f"{_events(max_events)}, motives of {_events(max_motive)} and {max_minds} minds"
    if wanted.reached(engine, state):
        raise _so_already(wanted)
    until = began + asked["seconds"] if "seconds" in asked else None
    condition = wanted.json()
    if condition is None and asked.get("search") == REPAIR:
        raise ValueError(f"the search {REPAIR} looks for a condition, not for a worth")
    small = engine.small()
    lost = condition is not None and not small and not engine.reachable(state, condition, [])
    repairs = "search" not in asked and not shortest and not small
    found = _LOST if lost else None
    if found is None and condition is not None and (repairs or asked.get("search") == REPAIR):
        found = _repaired(run, state, condition, asked, 0.5 if repairs else 1.0)
        if repairs and not found["stories"] and found["stopped_by"] in ("states", "seconds"):
            found = None  # half of the time is left for the other search, which may find one
    if found is None:
        if until is not None:
            asked["seconds"] = max(0.0, until - time.monotonic())
        found = engine.plan(
            state,
            worth=wanted.worth,
            goal=condition,
            max_motive=max_motive,
            max_minds=max_minds,
            shortest=shortest,
            **asked,
        )
    stopped = found["stopped_by"]
    if stopped == "states" and small and any(action.journey for action in base.world.actions):
        stopped = "journeys"
    told = [[engine.event_of(event) for event in each["events"]] for each in found["stories"]]
    worth = [each["worth"] for each in found["stories"]]
    good, refused = _judged(
        base, begins, list(zip(told, worth, strict=True)), wanted, limits, until, reading
    )
    if rank is not None:
        good = ranked(good, rank)
    return Plans(
        wanted,
        "found" if good else "undecided" if refused else found["verdict"],
        stopped,
        tuple(good),
        tuple(refused),
        found["shortest"] and bool(good),
        found["bound"],
        found["examined"],
        found["generated"],
        time.monotonic() - began,
        tuple(found["rounds"]),
        said,
        count,
        shortest,
        rank,
        lost,
    )


_LOST: PlansFound = {
    "verdict": "none",
    "stopped_by": None,
    "stories": [],
    "shortest": False,
    "bound": 0,
    "examined": 0,
    "generated": 0,
    "rounds": [],
}
"""What there is to find where no events at all lead to the goal."""


def _repaired(
    run: Run, state: int, condition: str, asked: dict[str, Any], share: float
) -> PlansFound:
    """What the search finds that mends what is missing, in a share of the time."""
    from intrigue.filling.goal import stories_towards

    return stories_towards(
        run,
        state,
        condition,
        max_events=asked["max_events"],
        count=asked["count"],
        seconds=asked["seconds"] * share if "seconds" in asked else None,
        seed=asked.get("seed", 0),
        progress=asked.get("progress"),
    )


def _judged(
    base: Story,
    begins: int,
    found: list[tuple[list[tuple[int, list[int]]], float | None]],
    wanted: Goal,
    limits: Limits,
    until: float | None,
    reading: str | None,
) -> tuple[list[PlannedStory], list[tuple[PlannedStory, tuple[str, ...]]]]:
    """Of what was found, told after so many events, that which stands the check, and the rest with what does not hold. The check is
    made in an engine of its own, which knows nothing of what the search has found out."""
    judge = base.retold(base.world.telling, fresh=True)
    if until is not None and found:
        judge.run(reading, limits).motives.deadline = max(until, time.monotonic() + GRACE)
    good: list[PlannedStory] = []
    refused: list[tuple[PlannedStory, tuple[str, ...]]] = []
    for told, worth in found:
        planned = planned_story(judge, begins, told, wanted, worth, limits, reading)
        if [(step.action.id, list(step.args)) for step in planned.steps] != told:
            refused.append((planned, ("its sentences do not tell its events",)))
        elif planned.standing.ok:
            good.append(planned)
        else:
            refused.append((planned, planned.standing.problems))
    if until is not None and found:
        judge.run(reading, limits).motives.deadline = None
    return good, refused


def _so_already(goal: Goal) -> Exception:
    from intrigue.diagnostics.diagnostic import Diagnostic
    from intrigue.story.story import StoryError

    repair = "plan for something that is not so yet, or from another moment"
    return StoryError([Diagnostic("goal-reached", None, {"goal": goal.said}, repair=repair)])


def _events(count: int) -> str:
    return number_of(count, "event")


def _measured(story: PlannedStory) -> str:
    if not story.measures:
        return ""
    return f" ({', '.join(f'{name} {value:g}' for name, value in story.measures.items())})"

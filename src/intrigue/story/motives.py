"""Why a person would do it: the engine's search for motives, asked once for each told event and
willing person."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue._engine import Engine, Motive, MotiveTree


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look. `effort`: events tried for one motive; `seconds`: for everything together
    (None: no limit). `growing`: look within small limits first; what is found there is the sooner found, and no
    less a motive."""

    events: int = 8
    minds: int = 4
    effort: int = 5_000
    seconds: float | None = None
    growing: bool = False

    @property
    def rounds(self) -> Iterator[tuple[int, int]]:
        """The events and minds to look within, one round after the other; the last round is the whole."""
        small = ((2, 1), (4, 1), (5, 2), (self.events, 1)) if self.growing else ()
        rounds = [(min(events, self.events), min(minds, self.minds)) for events, minds in small]
        yield from dict.fromkeys([*rounds, (self.events, self.minds)])

    def __str__(self) -> str:
        return f"{self.events} events and {self.minds} minds"


class Motives:
    """The engine's search under given limits; answers are kept. The clock runs from the first
    question."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self.limits = limits
        self.engine = engine
        self._kept: dict[object, Motive] = {}
        self.deadline: float | None = None
        """When to give up looking, by the monotonic clock."""
        self._plans: dict[int, list[list[int]]] = {}

    def of(
        self,
        mind: int,
        person: int,
        event: int,
        *,
        waypoints: Sequence[int] = (),
        brings: str | None = None,
        told: Sequence[int] = (),
        follows: bool = False,
    ) -> Motive:
        """The motive that `person`, who takes the world to be `mind`, has for `event`. `told`: the
        events that the telling goes on with, which people are likely to have planned. `follows`:
        the event is told, so the person goes through with the plan that is found.

        Such plans are tried first later on: a person who goes through with a plan needs no new search.
        What has been found helps to find more within the same effort; so that an answer does not depend on
        what somebody happened to ask before, `Run.verdicts` judges the told events in their order, before
        any other question, and other questions leave nothing behind.
        """
        key = (mind, person, event, tuple(waypoints), brings)
        if key not in self._kept:
            hints = [
                plan[at:]
                for plan in self._plans.get(person, ())
                for at, step in enumerate(plan)
                if step == event
            ]
            for events, minds in self.limits.rounds:
                motive = self.engine.motive(
                    mind,
                    person,
                    event,
                    max_events=events,
                    max_minds=minds,
                    budget=self.limits.effort,
                    seconds=self._remaining(),
                    waypoints=list(waypoints) or None,
                    brings=brings,
                    hints=hints or None,
                    familiar=list(told) or None,
                    passing=not follows,
                )
                if motive["verdict"] == "found":
                    break
            self._kept[key] = motive
            if follows and motive["verdict"] == "found":
                self._plans.setdefault(person, []).insert(0, [s["event"] for s in motive["plan"]])
        return self._kept[key]

    def cheaper(self, effort: int) -> Motives:
        """The same engine, what has been found with it and the same plans to try first; for what is new, less effort."""
        other = Motives(self.engine, replace(self.limits, effort=min(effort, self.limits.effort)))
        other._kept = dict(self._kept)
        other._plans = {person: list(plans) for person, plans in self._plans.items()}
        return other

    def _remaining(self) -> float | None:
        now = time.monotonic()
        if self.deadline is None:
            if self.limits.seconds is None:
                return None
            self.deadline = now + self.limits.seconds
        return max(0.0, self.deadline - now)


def events_of(plan: Sequence[MotiveTree]) -> Iterator[int]:
    """All events of a plan and of the plans that its persons are expected to have, each plan in
    order."""
    for step in plan:
        yield step["event"]
        for other in step["others"].values():
            yield from events_of(other)

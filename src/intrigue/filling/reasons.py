"""Why people do what is put in or told: motives, each looked for once, and the plans that were found."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from intrigue.grounding.border import bound
from intrigue.records import dataclass
from intrigue.story.understand import supposed

if TYPE_CHECKING:
    from intrigue._engine import Motive
    from intrigue.story.run import Run

_HINTS = 12
"""How many plans that the person had before are tried first."""
_OTHERS = 4
"""How many plans of others that hold the event are tried."""
_THROUGH = 2
"""How many of the events told next a plan for what is put in may be asked to go through."""
_GRAVE = 1.0
"""How much somebody must miss, in what it is worth to him, to do something about it."""
_ANSWER, _FAR = 250, 30
"""How many events are tried for what somebody would do about what another does to him, and to how many goals ways are looked for, for each:
it may lie far off."""
_HINTED = 60
"""How many events are tried for plans that the telling may follow."""
_GOALS = 3
"""To how many goals ways are looked for, for each event that is tried: what is found at all is mostly found without any."""


@dataclass(slots=True)
class Reasons:
    """Motives, each looked for once with a given effort; plans that were found are tried first from then on."""

    run: Run
    deadline: float | None = None
    """When to give up looking, by the monotonic clock."""
    asked: int = 0
    plans: dict[int, list[tuple[int, ...]]] = field(default_factory=dict)
    _kept: dict[object, tuple[int, Motive]] = field(default_factory=dict)
    _scripts: dict[object, set[tuple[int, ...]]] = field(default_factory=dict)
    _again: dict[object, Motive] = field(default_factory=dict)
    _led: dict[object, Motive] = field(default_factory=dict)
    _intentions: dict[object, int | None] = field(default_factory=dict)
    _wholes: dict[object, tuple[int, ...]] = field(default_factory=dict)
    _throughs: dict[object, tuple[int, ...]] = field(default_factory=dict)

    def of(
        self,
        mind: int,
        person: int,
        event: int,
        told: Sequence[int],
        effort: int,
        waypoints: tuple[int, ...] = (),
        brings: str | None = None,
        scripts: Sequence[tuple[int, ...]] = (),
    ) -> Motive:
        """The motive of a person who takes the world to be `mind`; `told`: what the telling goes on with; `scripts`: plans that it may
        follow, tried last."""
        key = (mind, person, event, waypoints, brings)
        tried, motive = self._kept.get(key, (0, None))
        if motive is None or (motive["verdict"] == "undecided" and tried < effort):
            ask = partial(self._asked, mind, person, event, effort, waypoints, brings)
            hints = self.hints(person, event)
            motive = ask(hints, () if waypoints else told)
            if waypoints and told and motive["verdict"] == "undecided":
                motive = ask(hints, told)
            self._kept[key] = (effort, motive)
            self._remember(person, motive)
        if motive["verdict"] == "undecided":
            known = self._scripts.setdefault(key, set())
            new = [each for each in self._likely(person, event, scripts) if each not in known]
            known.update(new)
            if new:
                motive = self._asked(
                    mind, person, event, _HINTED, waypoints, brings, new, (), passing=True
                )
                if motive["verdict"] == "found":
                    self._kept[key] = (effort, motive)
                    self._remember(person, motive)
        return self._kept[key][1]

    def _asked(
        self,
        mind: int,
        person: int,
        event: int,
        effort: int,
        waypoints: tuple[int, ...],
        brings: str | None,
        hints: Sequence[tuple[int, ...]],
        told: Sequence[int],
        passing: bool = False,
    ) -> Motive:
        limits = self.run.motives.limits
        self.asked += 1
        return self.run.engine.motive(
            mind,
            person,
            event,
            max_events=limits.events,
            max_minds=limits.minds,
            budget=effort,
            goals=0 if passing else _GOALS * effort,
            seconds=self._remaining(),
            waypoints=list(waypoints) or None,
            brings=brings,
            hints=[list(plan) for plan in hints] or None,
            familiar=list(told) or None,
            passing=passing,
        )

    def again(
        self,
        mind: int,
        person: int,
        event: int,
        told: Sequence[int],
        effort: int,
        waypoints: tuple[int, ...] = (),
        brings: str | None = None,
    ) -> Motive:
        """The motive of a person who was asked before, with others as likely parts of plans."""
        key = (mind, person, event, waypoints, brings)
        if key not in self._again:
            hints = self.hints(person, event)
            motive = self._asked(mind, person, event, effort, waypoints, brings, hints, told)
            self._again[key] = motive
            if motive["verdict"] == "found":
                self._kept[key] = (effort, motive)
                self._remember(person, motive)
        return self._again[key]

    def keep(self, mind: int, person: int, event: int, motive: Motive) -> None:
        """Remembers a motive that was found for an event, whatever else was asked of it."""
        self._kept[mind, person, event, (), None] = (0, motive)

    def leading(
        self,
        mind: int,
        person: int,
        event: int,
        told: Sequence[int],
        effort: int,
        scripts: Sequence[tuple[int, ...]] = (),
    ) -> Motive:
        """The same for what is put in; where none is found, a plan that goes through one of the events that are told next, since what is
        put in is mostly meant to lead there, or through what another means to do who takes part."""
        motive = self.of(mind, person, event, told, effort, scripts=scripts)
        if motive["verdict"] == "found":
            return motive
        for ways in self._ways(mind, person, event, told, effort):
            tries = max(effort, _HINTED) if len(ways) > 1 else effort
            key = (mind, person, event, ways, tries)
            if key not in self._led:
                hints = self.hints(person, event)
                self._led[key] = self._asked(mind, person, event, tries, ways, None, hints, ())
            motive = self._led[key]
            if motive["verdict"] == "found":
                self._kept[mind, person, event, (), None] = (effort, motive)
                self._remember(person, motive)
                break
        return self._kept[mind, person, event, (), None][1]

    def _ways(
        self, mind: int, person: int, event: int, told: Sequence[int], effort: int
    ) -> Iterator[tuple[int, ...]]:
        """What a plan for an event may go through: what is told next; what others mean to do with it who must will it too, and would do
        then; what those do about it who miss something then."""
        yield from ((each,) for each in told[:_THROUGH] if each != event)
        engine = self.run.engine
        willing = engine.willing(mind, event)
        then = supposed(engine, mind, event, person)
        for other in dict.fromkeys([*willing, *engine.event_of(event)[1]]):
            if other == person or other not in self.run.world.persons:
                continue
            theirs = engine.believed(mind, other)
            now = None if then is None else engine.believed(then, other)
            plan: tuple[int, ...] = ()
            if other in willing:
                motive = self.of(theirs, other, event, told, effort)
                if len(motive["plan"]) > 1:
                    yield tuple(part["event"] for part in motive["plan"][1:])
                if now is not None:
                    plan = self.onward(now, other, told, effort, goals=_GOALS * effort)
            elif now is not None and (lost := self._lost(other, theirs, now)) is not None:
                plan = self.whole(now, other, told, lost, _ANSWER, _FAR * _ANSWER)
            if plan:
                yield plan

    def _lost(self, person: int, before: int, after: int) -> str | None:
        """What somebody misses most, as he takes the world to be, that he did not miss before: a condition."""
        wants = self.run.world.problem["wants"]
        had = {
            (index, *params): amount
            for index, params, amount, _ in self.run.engine.wants(before, person)
        }
        least, goal = -_GRAVE, None
        for index, params, amount, _ in self.run.engine.wants(after, person):
            loss = amount - had.get((index, *params), 0.0)
            if loss <= least:
                least, goal = loss, json.dumps(bound(wants[index]["what"], params))
        return goal

    def found(self, mind: int, person: int, event: int) -> tuple[int, ...] | None:
        """The plan that was found for an event, if any was."""
        known = self._kept.get((mind, person, event, (), None))
        if known is None or known[1]["verdict"] != "found":
            return None
        return tuple(part["event"] for part in known[1]["plan"])

    def intention(
        self, mind: int, person: int, among: Sequence[int], told: Sequence[int], effort: int
    ) -> int | None:
        """Which of some events the person would do next; None if none of them, as far as was looked."""
        key = (mind, person, frozenset(among))
        if key not in self._intentions:
            plan = self.onward(mind, person, told, effort, among)
            self._intentions[key] = plan[0] if plan else None
        return self._intentions[key]

    def onward(
        self,
        mind: int,
        person: int,
        told: Sequence[int],
        effort: int,
        among: Sequence[int] | None = None,
        brings: str | None = None,
        waypoints: Sequence[int] = (),
        goals: int | None = None,
    ) -> tuple[int, ...]:
        """What the person would do next, and the plan behind it; nothing if no motive was found. `among`: only one of these; `brings`:
        what the plan must bring about; `waypoints`: what it must come by after its first event; `goals`: to how many goals ways are looked
        for at most."""
        limits = self.run.motives.limits
        motive = self.run.engine.intention(
            mind,
            person,
            max_events=limits.events,
            max_minds=limits.minds,
            budget=effort,
            goals=goals,
            seconds=self._remaining(),
            familiar=list(told) or None,
            among=None if among is None else list(among),
            brings=brings,
            waypoints=list(waypoints) or None,
        )
        self.asked += 1
        self._remember(person, motive)
        return tuple(part["event"] for part in motive["plan"])

    def whole(
        self,
        mind: int,
        person: int,
        told: Sequence[int],
        goal: str,
        effort: int,
        goals: int | None = None,
    ) -> tuple[int, ...]:
        """The person's plan to bring about a condition; nothing if none was found."""
        key = (mind, person, goal)
        if key not in self._wholes:
            self._wholes[key] = self.onward(mind, person, told, effort, brings=goal, goals=goals)
        return self._wholes[key]

    def through(
        self,
        mind: int,
        person: int,
        waypoints: tuple[int, ...],
        effort: int,
        brings: str | None = None,
    ) -> tuple[int, ...]:
        """The person's plan that comes by these events after its first, in this order; nothing if none was found. What is told besides is
        not looked at: it distracts."""
        key = (mind, person, waypoints, brings)
        if key not in self._throughs:
            self._throughs[key] = self.onward(
                mind,
                person,
                waypoints,
                effort,
                brings=brings,
                waypoints=waypoints,
                goals=_GOALS * effort,
            )
        return self._throughs[key]

    def _remaining(self) -> float | None:
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def _remember(self, person: int, motive: Motive) -> None:
        if motive["verdict"] == "found":
            plan = tuple(part["event"] for part in motive["plan"])
            plans = self.plans.setdefault(person, [])
            if plan in plans:
                plans.remove(plan)
            plans.insert(0, plan)

    def hints(self, person: int, event: int) -> list[tuple[int, ...]]:
        """How plans of the person that go through the event went on from it."""
        return list(islice(dict.fromkeys(self._rests(person, event)), _HINTS))

    def _likely(
        self, person: int, event: int, scripts: Sequence[tuple[int, ...]]
    ) -> Iterator[tuple[int, ...]]:
        """Plans that the telling may follow, and how plans of others went on from the event."""
        others = (self._rests(other, event) for other in self.plans if other != person)
        shared = islice((rest for rests in others for rest in rests), _OTHERS)
        yield from dict.fromkeys([*scripts, *shared])

    def _rests(self, person: int, event: int) -> Iterator[tuple[int, ...]]:
        return (
            plan[at:]
            for plan in self.plans.get(person, ())
            for at, step in enumerate(plan)
            if step == event
        )

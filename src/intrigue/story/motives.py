"""Why a person would do it: the engine's search for motives, asked once for each told event and
willing person."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from intrigue.amounts import LONGEST, MOST, refuse_no_amount
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue._engine import Beside, Engine, Motive, MotiveTree


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look. `effort`: events tried for one motive; `seconds`: for everything together
    (None: no limit). `growing`: look within small limits first; what is found there is the sooner found, and no
    less a motive.

    Raises ValueError if nothing at all could be found within them, or one is beyond all use; TypeError for what is no number.
    """

    events: int = 8
    minds: int = 4
    effort: int = 5_000
    seconds: float | None = None
    growing: bool = False

    def __post_init__(self) -> None:
        bounds = (
            ("events", 1, 1000),
            ("minds", 0, 1000),
            ("effort", 1, MOST),
            ("seconds", 0, LONGEST),
        )
        for name, least, most in bounds:
            number = getattr(self, name)
            if name != "seconds" and not hasattr(number, "__index__"):
                raise TypeError(f"Limits: {name} must be a whole number, not {number!r}")
            if name == "seconds" and number is not None and not hasattr(number, "__float__"):
                raise TypeError(f"Limits: {name} must be a number or None, not {number!r}")
            refuse_no_amount(f"Limits: {name}", number, least, most)

    @property
    def rounds(self) -> Iterator[tuple[int, int]]:
        """The events and minds to look within, one round after the other; the last round is the whole."""
        small = ((2, 1), (4, 1), (5, 2), (self.events, 1)) if self.growing else ()
        rounds = [(min(events, self.events), min(minds, self.minds)) for events, minds in small]
        yield from dict.fromkeys([*rounds, (self.events, self.minds)])

    def __str__(self) -> str:
        return f"{self.events} events and {self.minds} minds"


_Key = tuple[int, int, int, tuple[int, ...], str | None]
"""What the answer to a question hangs on within one telling: mind, person, event, waypoints, and what is to be brought about."""


@dataclass(frozen=True, slots=True)
class Question:
    """The motive that `person`, who takes the world to be `mind`, has for `event`. `waypoints`: events that must occur in the plan, in
    this order; `brings`: a condition that it must bring about. `told`: the events that the telling goes on with, which people are likely
    to have planned. `follows`: the event is told, so the person goes through with the plan that is found."""

    mind: int
    person: int
    event: int
    waypoints: tuple[int, ...] = ()
    brings: str | None = None
    told: tuple[int, ...] = ()
    follows: bool = False

    @property
    def key(self) -> _Key:
        """What the answer hangs on, within one telling."""
        return (self.mind, self.person, self.event, self.waypoints, self.brings)


class Motives:
    """The engine's search under given limits; answers are kept. The clock runs from the first
    question.

    Plans that people go through with are tried first later on: who goes through with a plan needs no new search. What has been found
    out helps to find more within the same effort, of the same person: no answer depends on what was asked about others. So that it does
    not depend either on what somebody happened to ask before, `Run.verdict` judges a person's told events in their order,
    before any other question, and other questions leave nothing behind.
    """

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self.limits = limits
        self.engine = engine
        self._kept: dict[_Key, Motive] = {}
        self.deadline: float | None = None
        """When to give up looking, by the monotonic clock."""
        self._beside: Beside | None = None
        self._asked_beside: list[Sequence[Question]] = []
        self._elsewhere: dict[int, list[Callable[[], Motive]]] = {}
        """By person, what was answered beside: asks it again, of the engine itself, which knows nothing of it yet."""

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
        """The answer to one question: see `Question`."""
        question = Question(mind, person, event, tuple(waypoints), brings, tuple(told), follows)
        return self.answer(question)

    def answer(self, question: Question) -> Motive:
        """The answer to a question; looked for once."""
        key = question.key
        if key not in self._kept:
            again = self._elsewhere.get(question.person)
            while again:
                again[0]()
                del again[0]  # not before: it may be interrupted
            motive = self._ask(question)
            if motive["stopped_by"] == "memory" and self._beside is not None:
                self.gather()  # half of it is lent to those beside
                return self.answer(question)
            self._kept[key] = motive
        return self._kept[key]

    def new(self, questions: Iterable[Question]) -> list[Question]:
        """Those of the questions, each once, that have no answer yet."""
        asked = {question.key: question for question in questions}
        return [question for key, question in asked.items() if key not in self._kept]

    @property
    def elsewhere(self) -> set[int]:
        """Of whom something was found out beside that the engine does not know yet."""
        return {person for person, again in self._elsewhere.items() if again}

    @property
    def can_begin_beside(self) -> bool:
        """Whether what is looked for beside is what would be found here: not if something is known here already, nor if it is to be
        looked for within growing limits."""
        return not self._kept and not self.limits.growing

    def begin_beside(self, questions: Iterable[Sequence[Question]]) -> None:
        """Begins to look for answers beside whatever else is done. Of some questions each is asked if those before it have no motive."""
        asked: dict[object, Sequence[Question]] = {}
        for each in questions:
            asked.setdefault(each[0].key, each)
        self._asked_beside = list(asked.values())
        self._beside = self.engine.beside(
            [
                [
                    {
                        "mind": question.mind,
                        "person": question.person,
                        "event": question.event,
                        "waypoints": list(question.waypoints),
                        "brings": question.brings,
                        "familiar": list(question.told),
                        "passing": not question.follows,
                        "follows": question.follows,
                    }
                    for question in each
                ]
                for each in self._asked_beside
            ],
            max_events=self.limits.events,
            max_minds=self.limits.minds,
            budget=self.limits.effort,
            seconds=self._remaining(),
        )

    @property
    def done_beside(self) -> int:
        """How many of those are answered."""
        return self._beside.done() if self._beside is not None else 0

    def gather(self, progress: Callable[[int], None] | None = None) -> None:
        """Waits for what is looked for beside, if anything is; from now on these answers are kept as if they had been asked for one by
        one. `progress` is told now and then how many there are."""
        beside, self._beside = self._beside, None
        if beside is None:
            return
        for each, motives in zip(self._asked_beside, beside.answers(progress), strict=False):
            for question, motive in zip(each, motives, strict=False):
                if question.follows:
                    theirs = self._elsewhere.setdefault(question.person, [])
                    theirs.append(partial(self._ask, question))
                self._kept[question.key] = motive

    def stop_beside(self) -> None:
        """What is looked for beside is given up."""
        beside, self._beside = self._beside, None
        if beside is not None:
            beside.stop()

    def _ask(self, question: Question) -> Motive:
        for events, minds in self.limits.rounds:
            motive = self.engine.motive(
                question.mind,
                question.person,
                question.event,
                max_events=events,
                max_minds=minds,
                budget=self.limits.effort,
                seconds=self._remaining(),
                waypoints=list(question.waypoints) or None,
                brings=question.brings,
                familiar=list(question.told) or None,
                passing=not question.follows,
                follows=question.follows,
            )
            if motive["verdict"] == "found":
                break
        return motive

    def without(self, persons: Collection[int]) -> Motives:
        """The same engine with what has been found out about all others: for the same events told with other claims by these persons."""
        other = Motives(self.engine, self.limits)
        other._kept = {key: one for key, one in self._kept.items() if key[1] not in persons}
        other._elsewhere = {
            person: again for person, again in self._elsewhere.items() if person not in persons
        }
        for person in persons:
            self.engine.forget_motives(person)
        return other

    def cheaper(self, effort: int) -> Motives:
        """The same engine and what has been found with it; for what is new, less effort."""
        other = Motives(self.engine, replace(self.limits, effort=min(effort, self.limits.effort)))
        other._kept = dict(self._kept)
        other._elsewhere = self._elsewhere
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

"""What everybody else is about to do: each person's plan, kept while it holds, made anew by whoever is surprised.

People persist in plans (Bratman 1987): who has one goes on with it as long as it can still be carried through, as that person sees
it, and still pays. Only whose plan has broken thinks again, and who found nothing to do thinks again once something new is believed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf, prod
from typing import TYPE_CHECKING

from intrigue.play.choices import own_events
from intrigue.play.wants import Lack, lacks
from intrigue.records import dataclass
from intrigue.story.motives import Limits

if TYPE_CHECKING:
    from intrigue._engine import Motive, MotiveTree
    from intrigue.story.run import Run

Plan = tuple[int, ...]
"""Events, in order."""

_CHECK = Limits().effort
_MOST_WANTS = 3
"""So many of the things that somebody lacks are each looked for by themselves."""
_LAID_ASIDE = 4
"""What was looked for in vain is not looked for again the next times that the person thinks, as often as this."""
_SET_OUT = 40
"""To begin a search takes about as long as to try so many events, or to look for ways to so many goals."""
_LARGE = 12_000
"""In worlds of more events than this even a check proves nothing of motives, and little effort does as well."""


@dataclass(frozen=True, slots=True)
class Intention:
    """What somebody means to do. `mind`: the believed state in which that was last seen to hold; `plan`: the events still to come, the
    first of which somebody else may have to begin; none where nothing was found to do. `others`: why each other person would join
    in an event of the plan, as this person takes it."""

    mind: int
    plan: Plan = ()
    others: tuple[dict[int, Plan], ...] = ()

    def rest(self) -> Intention:
        """The plan without its first event."""
        return replace(self, plan=self.plan[1:], others=self.others[1:])


class Minds:
    """The thoughts of everybody in one game; what was once thought in a believed state is thought again the same.

    `taken`: what all intentions have taken so far, in events tried and goals to which ways were looked for: some 50,000 are a second.
    `events`, `depth`: how long a plan may be, and how deep minds are read; `effort`: events tried for one plan. `told`: what the
    telling goes on with, which people are likely to plan. `seed`: decides between wants of equal weight.
    """

    def __init__(
        self,
        run: Run,
        told: Sequence[int],
        seed: int,
        *,
        events: int = 8,
        depth: int = 4,
        effort: int = 120,
    ) -> None:
        self.run, self.seed = run, seed
        self.engine = run.engine.apart()  # no game hangs on what was asked before it
        self.events, self.depth, self.effort = events, depth, effort
        self._told = list(dict.fromkeys(told))
        self.taken = 0
        self._intentions: dict[tuple[int, int], tuple[Intention, int]] = {}
        self._vain: dict[tuple[int, str], int] = {}
        self._begun: dict[int, int] = {}
        """So many wants were looked for by who has not thought to the end."""
        self._check = _CHECK if conceivable(run) <= _LARGE else effort
        self._motives: dict[tuple[int, int, int, int], Motive] = {}

    def intention(self, mind: int, person: int) -> Intention:
        """What the person would do who believes this. The weightiest of what the person lacks and finds a way to comes first; then
        whatever pays."""
        return self.thought(mind, person, inf) or Intention(mind)

    def thought(self, mind: int, person: int, until: float) -> Intention | None:
        """The same, but nothing more is begun to be looked for once so much is `taken`; None if the person has not thought to the end,
        and goes on from there the next time."""
        key = (mind, person)
        if key in self._intentions:
            intention, taken = self._intentions[key]
            self.taken += taken
            return intention
        before = self.taken
        intention = Intention(mind)
        for lack in self._deliberated(mind, person):
            if self.taken >= until:
                return None
            found = self._looked_for(mind, person, lack)
            self.taken += found["examined"] + found["looked_into"] + _SET_OUT
            if plan := found["plan"]:
                intention = Intention(mind, _events(plan), tuple(map(_reasons, plan)))
                break
            if lack is not None:
                self._vain[person, lack.condition] = _LAID_ASIDE
                self._begun[person] = self._begun.get(person, 0) + 1
        self._begun.pop(person, None)
        self._intentions[key] = intention, self.taken - before
        return intention

    def _deliberated(self, mind: int, person: int) -> Iterator[Lack | None]:
        """What to look for a way to, in order; None for anything that pays. What was looked for in vain is laid aside for a while, and
        who can do nothing at all need not think."""
        if not own_events(self.run, mind, person):
            return
        missed = lacks(self.run, mind, person)
        random.Random(f"{self.seed} {person} wants").shuffle(missed)
        left = _MOST_WANTS - self._begun.get(person, 0)
        for lack in sorted(missed, key=lambda lack: -lack.weight):
            aside = self._vain.get((person, lack.condition), 0)
            if aside:
                self._vain[person, lack.condition] = aside - 1
            elif left:
                left -= 1
                yield lack
        yield None

    def _looked_for(self, mind: int, person: int, lack: Lack | None) -> Motive:
        """A plan that brings about what is lacking, or, if nothing is named, any that pays."""
        return self.engine.intention(
            mind,
            person,
            max_events=self.events,
            max_minds=self.depth,
            budget=self.effort if lack else self.effort // 2,
            familiar=self._told,
            brings=None if lack is None else lack.condition,
        )

    def reason(self, mind: int, person: int, event: int, effort: int | None = None) -> Plan:
        """The plan that gives the person a motive for an event, begins with it, and was found with little effort; empty if none was."""
        return _events(self._motive(mind, person, event, effort or self.effort)["plan"])

    def judged(self, state: int, person: int, event: int) -> Plan | str:
        """The same with the effort of a check; where none is found, the code of the finding that a check would come to."""
        mind = self.engine.believed(state, person)
        motive = self._motive(mind, person, event, self._check)
        if motive["verdict"] == "found":
            return _events(motive["plan"])
        if motive["verdict"] == "undecided":
            return "undecided-motive"
        informed = self._motive(state, person, event, self._check)["verdict"] == "found"
        return "uninformed-act" if informed else "unmotivated-event"

    def _motive(self, mind: int, person: int, event: int, effort: int) -> Motive:
        key = (mind, person, event, effort)
        if key not in self._motives:
            self._motives[key] = self.engine.motive(
                mind,
                person,
                event,
                max_events=self.events,
                max_minds=self.depth,
                budget=effort,
                familiar=self._told,
            )
        return self._motives[key]

    def kept(self, person: int, mind: int, before: Intention | None) -> Intention | None:
        """The intention as it holds now, less what has come about of it; None if the person must think again."""
        if before is None or before.mind == mind:
            return before
        while before.plan:
            if self._holds(person, mind, before.plan):
                return replace(before, mind=mind)
            before = before.rest()
        return None

    def _holds(self, person: int, mind: int, plan: Plan) -> bool:
        """Whether the plan can still be carried through, as the person sees it, and ends better."""
        end = self.imagined(person, mind, plan)
        if end is None:
            return False
        worth = self.engine.utility
        return (worth(end, person) or 0.0) > (worth(mind, person) or 0.0)

    def imagined(self, person: int, mind: int, plan: Plan) -> int | None:
        """What the person takes the world to be after these events; None if one of them is not possible."""
        from intrigue._engine import EventError, TriggerLoopError

        for event in plan:
            if not self.engine.possible(mind, event):
                return None
            try:
                mind = self.engine.after(mind, event, person)
            except (EventError, TriggerLoopError):
                return None
        return mind


def conceivable(run: Run) -> int:
    """How many events there could be in the world, possible or not."""
    kinds = run.world.kinds
    return sum(
        prod(len(kinds[each.kind].members) for each in action.params)
        for action in run.world.actions
    )


def _events(plan: Sequence[MotiveTree]) -> Plan:
    return tuple(part["event"] for part in plan)


def _reasons(part: MotiveTree) -> dict[int, Plan]:
    return {person: _events(plan) for person, plan in part["others"].items()}

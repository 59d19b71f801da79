"""Is a story valid, is a plan a motive? By trying everything, or by following what a witness says.

Names of the rules, for a plan `a1 .. an` from a state, told from the perspective of the author or of a
person (who plans in a believed state):

1. every event is possible where it comes, and there are no more than the limit;
2. the end is worth more than the beginning, strictly;
3. everybody who must will an event has a motive for it, in the mind that this person has there: for the
   author everybody; in a person's plan everybody else, from the second event on, with the events that are
   left and one mind deeper; events that nobody wills are the author's alone;
4. beyond the depth of minds that is allowed a motive is one event;
5. nothing is idle: whatever event is left out, no choice of the later ones, possible and motivated
   again as in 3, ends exactly as well;
6. the author's story only: no state before the end is worth as much as the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.judge.bounds import Bounds
from benchmarks.judge.problem import AUTHOR, Event, Problem
from benchmarks.judge.states import States, TriggerLoop
from benchmarks.judge.towers import Tower

EFFORT = 20_000
"""Events tried for one motive that no witness supports, before it is given up."""
SHARE = 500
"""Events tried to find out whether somebody would join in a part of a plan that leaves something out."""


@dataclass(frozen=True)
class Limits:
    """How many events a story and a motive may have, and how deep minds may be looked into."""

    events: int
    motive: int
    minds: int


@dataclass(frozen=True)
class Step:
    """One event of a plan, and for others who must will it the plans that they are said to have."""

    event: str
    others: Mapping[str, Sequence[Step]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What became of a story."""

    valid: bool | None
    """None: it could not be decided."""
    reason: str = ""
    """Why it is not valid, or not decided."""
    wrong: tuple[str, ...] = ()
    """Witnesses that are no motives. (Where the story is valid, there are others.)"""
    given_up: tuple[str, ...] = ()
    """Motives in parts that leave something out, which nobody found and which were not looked for to the end. Such a part
    does not stand: a reason that nobody finds is none against the plan."""


class Refused(Exception):
    """A plan breaks a rule."""


class Undecided(Exception):
    """Something was given up."""


@dataclass(frozen=True)
class Plan:
    """Events as they run. `states` has one more than `events`."""

    person: int | None
    events: tuple[Event, ...]
    witnesses: tuple[Mapping[int, Sequence[Step]], ...]
    states: tuple[Tower, ...]


class Judge:
    """Judges plans of one problem."""

    def __init__(
        self, problem: Problem, limits: Limits, *, effort: int = EFFORT, share: int = SHARE
    ) -> None:
        self.problem = problem
        self.states = States(problem)
        self.bounds = Bounds(problem)
        self.limits = limits
        self.effort = effort
        self.share = share
        self._left: int | None = None  # events that the search under way may still try
        self._known: dict[tuple[int, Event, Tower, int, int], bool] = {}
        self._hopeless: set[tuple[int, float, Tower, int, int, int]] = set()
        self._wrong: dict[str, None] = {}
        self._given_up: dict[str, None] = {}

    # --- the door

    def story(self, plan: Sequence[Step], goal: float, start: Tower | None = None) -> Verdict:
        """Is this a story whose end is worth the goal to the author? Every step may bring the
        motives, as witnesses, of those who will it; for the others motives are looked for."""
        self._wrong, self._given_up = {}, {}
        try:
            self._story(plan, goal, self.states.start() if start is None else start)
        except Refused as refused:
            valid, reason = False, str(refused)
        except Undecided as undecided:
            valid, reason = None, str(undecided)
        except TriggerLoop:
            valid, reason = None, "triggers never rest"
        else:
            valid, reason = True, ""
        return Verdict(valid, reason, tuple(self._wrong), tuple(self._given_up))

    def motivated(
        self,
        person: int,
        event: Event,
        mind: Tower,
        left: int,
        depth: int = 1,
        hint: Sequence[Step] = (),
        effort: int | None = None,
    ) -> bool:
        """Has the person a motive? `left`: events that it may have, `depth`: of its mind, from 1. The hint is
        tried first. Raises `Undecided`."""
        key = (person, event, mind, left, min(depth, self.limits.minds + 1))
        if key not in self._known:
            try:
                if not hint:
                    raise Refused
                self.motive(person, hint, mind, left, depth)
                self._known[key] = True
            except Refused:
                outermost = self._left is None
                if outermost:
                    self._left = self.effort if effort is None else effort
                try:
                    self._known[key] = self._search(person, event, mind, left, depth)
                finally:
                    if outermost:
                        self._left = None
        return self._known[key]

    def motive(
        self, person: int, plan: Sequence[Step], mind: Tower, left: int, depth: int = 1
    ) -> None:
        """Raises `Refused` if the plan is no motive for its first event, `Undecided`."""
        longest = left if depth <= self.limits.minds else min(left, 1)
        if len(plan) > longest:
            raise Refused(f"{len(plan)} events are more than {longest}")
        ran = self._run(person, plan, mind)
        for index in range(1, len(plan)):
            self._willed(ran, index, left, depth)
        self._worthwhile(ran, left, depth)

    # --- stories

    def _story(self, plan: Sequence[Step], goal: float, start: Tower) -> None:
        if not 1 <= len(plan) <= self.limits.events:
            raise Refused(f"{len(plan)} events, but 1 to {self.limits.events} are allowed")
        ran = self._run(AUTHOR, plan, start)
        worth = [self.states.utility(state, AUTHOR) for state in ran.states]
        end = worth[-1]
        if end is None or end < goal:
            raise Refused(f"the end is worth {end}, not {goal:g}")
        for index, before in enumerate(worth[1:-1]):
            if before is not None and before >= end:
                raise Refused(f"it is worth {before:g} after {plan[index].event} already")
        for index in range(len(plan)):
            self._willed(ran, index, self.limits.motive, 0)
        self._worthwhile(ran, self.limits.motive, 0)

    # --- the rules

    def _run(self, person: int | None, plan: Sequence[Step], state: Tower) -> Plan:
        """Rule 1."""
        events: list[Event] = []
        witnesses = []
        states = [state]
        for step in plan:
            event = self.problem.events.get(step.event)
            if event is None:
                raise Refused(f"there is no event {step.event}")
            if not event.needs.read(states[-1]):
                raise Refused(f"{step.event} is not possible")
            events.append(event)
            states.append(self.states.after(states[-1], event))
            witnesses.append({self.problem.number[who]: how for who, how in step.others.items()})
        return Plan(person, tuple(events), tuple(witnesses), tuple(states))

    def _willed(
        self, plan: Plan, index: int, limit: int, depth: int, at: Tower | None = None
    ) -> None:
        """Rule 3, of one event of a plan, where it comes; or in another state, `at`, in a part that leaves something out.
        `limit`: how many events a motive for the plan's first event may have."""
        event = plan.events[index]
        state = plan.states[index] if at is None else at
        left = limit if plan.person is AUTHOR else limit - index
        if plan.person is not AUTHOR and not event.willing:
            raise Refused(f"nobody wills {event.name}: it is the author's")
        for person in event.willing:
            if person == plan.person:
                continue
            mind, name = state.minds[person], self.problem.persons[person]
            if not event.needs.read(mind):
                raise Refused(f"{name} takes {event.name} to be impossible")
            witness = plan.witnesses[index].get(person, ())
            if witness and at is None:
                self._check(person, event, witness, mind, left, depth + 1)
            effort = self.effort if at is None else self.share
            if not self.motivated(person, event, mind, left, depth + 1, witness, effort):
                raise Refused(f"{name} has no motive for {event.name}")

    def _check(
        self, person: int, event: Event, witness: Sequence[Step], mind: Tower, left: int, depth: int
    ) -> None:
        """Notes a witness that is wrong, and that one which is right need not be looked for."""
        try:
            if witness[0].event != event.name:
                raise Refused(f"it is one for {witness[0].event}")
            self.motive(person, witness, mind, left, depth)
        except Refused as refused:
            name = self.problem.persons[person]
            self._wrong[f"{name} has not the motive given for {event.name}: {refused}"] = None
        else:
            self._known[person, event, mind, left, min(depth, self.limits.minds + 1)] = True

    def _worthwhile(self, plan: Plan, limit: int, depth: int) -> None:
        """Rules 2 and 5."""
        begun, worth = (self.states.utility(plan.states[at], plan.person) for at in (0, -1))
        if begun is None or worth is None or worth <= begun:
            raise Refused(f"it goes from {begun} to {worth}, which is no gain")
        for left_out in range(len(plan.events)):
            kept = self._as_well(plan, plan.states[left_out], left_out + 1, limit, depth)
            if kept is not None:
                names = ", ".join(plan.events[index].name for index in kept) or "nothing"
                without = plan.events[left_out].name
                raise Refused(f"instead of {without} and what follows {names} is enough")

    def _as_well(
        self, plan: Plan, state: Tower, index: int, limit: int, depth: int
    ) -> list[int] | None:
        """Which of the events from `index` on, run from the state, end exactly as well; None if no choice of them
        does."""
        if index == len(plan.events):
            ends = (self.states.utility(at, plan.person) for at in (state, plan.states[-1]))
            return [] if len(set(ends)) == 1 else None
        if not self._promising(plan, state, index):
            return None
        kept = self._as_well(plan, state, index + 1, limit, depth)
        if kept is not None:
            return kept
        after = self._after(state, plan.events[index])
        kept = None if after is None else self._as_well(plan, after, index + 1, limit, depth)
        if kept is None:
            return None
        try:  # asked last: it is the dearest
            self._willed(plan, index, limit, depth, at=state)
        except Refused:
            return None
        except Undecided as undecided:
            if self._left is not None:
                raise  # the search of which this is a part
            self._given_up[str(undecided)] = None
            return None
        return [index, *kept]

    def _promising(self, plan: Plan, state: Tower, index: int) -> bool:
        """Would some of the events end as well, motivated or not?"""
        reached = {state}
        for event in plan.events[index:]:
            reached |= {one for each in reached if (one := self._after(each, event)) is not None}
        worth = self.states.utility(plan.states[-1], plan.person)
        return any(self.states.utility(one, plan.person) == worth for one in reached)

    def _after(self, state: Tower, event: Event) -> Tower | None:
        if not event.needs.read(state):
            return None
        try:
            return self.states.after(state, event)
        except TriggerLoop:
            return None

    # --- without a witness

    def _search(self, person: int, event: Event, mind: Tower, left: int, depth: int) -> bool:
        """Tries everything, the shorter first."""
        begun = self.states.utility(mind, person)
        after = self._after(mind, event)
        if begun is None or after is None or left < 1:
            return False
        longest = left if depth <= self.limits.minds else 1
        for length in range(1, longest + 1):
            if not self.bounds.could_gain(after.values, person, longest - 1, begun):
                return False
            plan = Plan(person, (event,), ({},), (mind, after))
            for whole in self._longer(plan, length, left, depth):
                try:
                    self._worthwhile(whole, left, depth)
                except Refused:
                    continue
                return True
        return False

    def _longer(self, plan: Plan, length: int, limit: int, depth: int) -> Iterator[Plan]:
        """All plans of the length that begin so, gain, and are willed by the others."""
        person, state, index = plan.person, plan.states[-1], len(plan.events)
        assert person is not None
        begun, worth = (
            self.states.utility(plan.states[0], person),
            self.states.utility(state, person),
        )
        assert begun is not None
        if index == length:
            if worth is not None and worth > begun:
                yield plan
            return
        key = (person, begun, state, length - index, limit - index, depth)
        if key in self._hopeless:
            return
        any_found = False
        for event in self.states.possible(state):
            if not event.willing or not self._could_be_willed(person, event, state, limit - index):
                continue
            assert self._left is not None
            self._left -= 1
            if self._left < 0:
                told = f"a motive of {self.problem.persons[person]} for {plan.events[0].name} was given up"
                raise Undecided(told)
            after = self._after(state, event)
            if after is None:
                continue
            if not self.bounds.could_gain(after.values, person, length - index - 1, begun):
                continue
            longer = Plan(
                person, (*plan.events, event), (*plan.witnesses, {}), (*plan.states, after)
            )
            for found in self._longer(longer, length, limit, depth):
                try:  # asked last: it is the dearest
                    self._willed(longer, index, limit, depth)
                except Refused:
                    break
                any_found = True
                yield found
        if not any_found:
            self._hopeless.add(key)

    def _could_be_willed(self, person: int, event: Event, state: Tower, left: int) -> bool:
        """Could all others who must will it gain by it, as far as can be seen at a glance?"""
        for other in event.willing:
            if other == person:
                continue
            mind = state.minds[other]
            begun = self.states.utility(mind, other)
            if begun is None or not event.needs.read(mind):
                return False
            if not self.bounds.could_gain(mind.values, other, left, begun):
                return False
        return True

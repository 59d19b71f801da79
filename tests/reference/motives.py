"""Sections 7 and 8: wants, and motives by trying every sequence of events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from .effects import Clash
from .events import Events
from .expressions import Reading
from .settling import TriggerLoop
from .towers import Tower
from .world import Event, Json, World

After = Callable[[Tower, Event], Tower]


@dataclass(frozen=True)
class Step:
    """One event of a plan; for every other person who must will it, the plan that the planner
    thinks this person has.
    """

    event: Event
    others: Mapping[int, tuple[Step, ...]] = field(default_factory=dict)


Plan = tuple[Step, ...]


def utility(world: World, state: Tower, person: int) -> float:
    """U_c(s): in the state that c believes, what c's own wants come to, and what c counts of
    others' wants.
    """
    mind = state.minds[person]
    reading = Reading(world)
    total = own_wants(world, mind, person)
    for share in world.problem.get("shares", []):
        for args in world.bindings(share.get("params", [])):
            if reading.person(mind, share["who"], args) != person:
                continue
            of = reading.person(mind, share["of"], args)
            if of is not None and reading.holds(mind, share.get("during"), args):
                total += share["weight"] * own_wants(world, mind, of)
    return total


def own_wants(world: World, mind: Tower, person: int) -> float:
    reading = Reading(world)
    total = 0.0
    for want in world.problem.get("wants", []):
        for args in world.bindings(want.get("params", [])):
            if reading.person(mind, want["who"], args) == person:
                total += amount(reading, mind, want, args)
    return total


def amount(reading: Reading, mind: Tower, want: Json, args: tuple[int, ...]) -> float:
    if not reading.holds(mind, want.get("during"), args):
        return 0.0
    value = reading.value(mind, want["what"], args)
    if want.get("suffers"):
        return 0.0 if value is True else -want["weight"]
    if isinstance(value, float):
        return float(want["weight"] * value)
    return float(want["weight"]) if value is True else 0.0


def willing(reading: Reading, at: Tower, event: Event) -> frozenset[int]:
    """The persons who must will the event: nobody, unless it is chosen."""
    action = reading.world.actions[event.action]
    people = (
        reading.person(at, line["who"], event.args)
        for line in (action.get("will", []) if action["mode"] == "chosen" else [])
        if reading.holds(at, line.get("when"), event.args)
    )
    return frozenset(each for each in people if each is not None)


@dataclass(frozen=True)
class Course:
    """Events as they run in somebody's mind. `left[i]`: how many events that count may still
    happen from `states[i]` on.
    """

    events: tuple[Event, ...]
    states: tuple[Tower, ...]
    left: tuple[int, ...]
    travelled: frozenset[int]
    """Who has made a journey since the last event that is none."""


class Motives:
    """Motives in one world. `max_minds` is M of the text, `limit` its T."""

    def __init__(self, world: World, events: Events, after: After, max_minds: int) -> None:
        self.world = world
        self.events = events
        self.after = after
        self.max_minds = max_minds
        self._motivated: dict[tuple[int, Event, Tower, int, int], bool] = {}

    def motivated(self, person: int, event: Event, mind: Tower, limit: int, depth: int = 1) -> bool:
        """Whether `motive(person, event, mind, limit, depth)` exists."""
        key = (person, event, mind, limit, min(depth, self.max_minds + 1))
        if key not in self._motivated:
            begun = self.extended(person, self.nothing_yet(mind, limit), event, depth)
            self._motivated[key] = begun is not None and any(
                self.worthwhile(person, course, depth)
                for course in self.courses(person, begun, depth)
            )
        return self._motivated[key]

    def accepts(self, person: int, plan: Plan, mind: Tower, limit: int, depth: int = 1) -> bool:
        """Whether the plan, with the plans that it ascribes to others, is a motive for its first
        event.
        """
        course = self.nothing_yet(mind, limit)
        for number, step in enumerate(plan):
            state, left = course.states[-1], course.left[-1]
            longer = self.extended(person, course, step.event, depth)
            if longer is None:
                return False
            course = longer
            asked = (
                willing(self.events.reading, state, step.event) - {person}
                if number
                else frozenset()
            )
            if asked != step.others.keys():
                return False
            for other, theirs in step.others.items():
                begins = bool(theirs) and theirs[0].event == step.event
                if not begins or not self.accepts(
                    other, theirs, state.minds[other], left, depth + 1
                ):
                    return False
        return bool(plan) and self.worthwhile(person, course, depth)

    @staticmethod
    def nothing_yet(mind: Tower, limit: int) -> Course:
        return Course((), (mind,), (limit,), frozenset())

    def courses(self, person: int, begun: Course, depth: int) -> Iterator[Course]:
        """Every course that begins so and keeps to rules 1, 3, 4 and 6, shorter ones first along
        each branch.
        """
        yield begun
        for event in self.world.events:
            longer = self.extended(person, begun, event, depth)
            if longer is not None:
                yield from self.courses(person, longer, depth)

    def extended(self, person: int, course: Course, event: Event, depth: int) -> Course | None:
        """One event more, if rules 1, 3, 4 and 6 allow it."""
        state, left = course.states[-1], course.left[-1]
        next_state = self.imagined(state, event)
        if next_state is None:
            return None
        action = self.world.actions[event.action]
        if course.events:
            planned = action["mode"] == "chosen" and action.get("meant") is None
            if not planned or depth > self.max_minds:
                return None
        travellers = (
            willing(self.events.reading, state, event) if action.get("journey") else frozenset()
        )
        if not travellers:
            left -= 1
        if left < 0 or travellers & course.travelled:
            return None
        if course.events and not self.agreed(person, state, event, course.left[-1], depth):
            return None
        return Course(
            (*course.events, event),
            (*course.states, next_state),
            (*course.left, left),
            course.travelled | travellers if action.get("journey") else frozenset(),
        )

    def imagined(self, state: Tower, event: Event) -> Tower | None:
        """The state after the event, if it is possible and can be imagined to its end."""
        if not self.events.possible(state, event):
            return None
        try:
            return self.after(state, event)
        except (Clash, TriggerLoop):
            return None

    def agreed(self, person: int, state: Tower, event: Event, left: int, depth: int) -> bool:
        """Rule 3: everybody else who must will it has a motive, as `person` sees it."""
        return all(
            self.motivated(other, event, state.minds[other], left, depth + 1)
            for other in willing(self.events.reading, state, event) - {person}
        )

    def worthwhile(self, person: int, course: Course, depth: int) -> bool:
        """Rules 2 and 5: it ends better for `person`, and no part of it does as well."""
        reached = utility(self.world, course.states[-1], person)
        if reached <= utility(self.world, course.states[0], person):
            return False

        def as_well(state: Tower, number: int) -> bool:
            """Whether some of the events from `number` on, run from `state`, end as well."""
            if number == len(course.events):
                return utility(self.world, state, person) >= reached
            if as_well(state, number + 1):
                return True
            event = course.events[number]
            next_state = self.imagined(state, event)
            return (
                next_state is not None
                and self.agreed(person, state, event, course.left[number], depth)
                and as_well(next_state, number + 1)
            )

        return not any(
            as_well(course.states[number], number + 1) for number in range(len(course.events))
        )

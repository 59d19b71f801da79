"""When everything happens, and whether it can: bounds from durations, marks of time and deadlines, and from the rule that
nobody is in two events at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from intrigue.english import number_of
from intrigue.language import tree
from intrigue.language.months import months_later
from intrigue.language.names import key
from intrigue.language.times import DAY, born
from intrigue.records import dataclass
from intrigue.story.blocks import Block
from intrigue.story.layout import length
from intrigue.story.network import Bound, Contradiction, Network
from intrigue.story.schedule import Schedule, schedule

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Span
    from intrigue.story.run import Run, Step
    from intrigue.world.model import World

_INSTANT = 1 / 60
"""How far apart two moments are at least that must not be the same: a second."""

_UNITS = ((525600.0, "year"), (1440.0, "day"), (60.0, "hour"), (1.0, "minute"), (1 / 60, "second"))


@dataclass(frozen=True, slots=True)
class Refused:
    """A contradiction, with the sentence or mark at which it is found."""

    contradiction: Contradiction
    scene: tree.Scene
    line: tree.Told | tree.TimeMark


@dataclass(frozen=True, slots=True)
class Missed:
    """A deadline (`text`) of an event whose condition comes true nowhere in the telling."""

    when: tree.When
    text: str
    step: Step


@dataclass(frozen=True, slots=True)
class Pointless:
    """A line about time under a sentence that speaks of what is not told."""

    when: tree.When
    scene: tree.Scene
    line: tree.Told


@dataclass(frozen=True, slots=True)
class Unborn:
    """A person in an event who is born on the day (as `date.toordinal` counts) or later, after it."""

    step: Step
    person: int
    born: int


@dataclass(frozen=True, slots=True)
class Timing:
    """What is known of the times of one reading. `schedule`: every event as early as it can be."""

    schedule: Schedule
    refused: tuple[Refused, ...]
    missed: tuple[Missed, ...]
    pointless: tuple[Pointless | tree.TimeMark, ...]
    births: dict[int, tuple[int, int]]
    """The first and the last day on which each person may have been born, if told and if the story has a date."""

    unborn: tuple[Unborn, ...]


def timing(run: Run) -> Timing:
    """Works out the times of a run, and whether they agree."""
    return _Timer(run).result()


def words(minutes: float) -> str:
    """`1 hour 20 minutes`."""
    seconds = round(abs(minutes) * 60)
    said = []
    for unit, name in _UNITS:
        amount, seconds = divmod(seconds, round(unit * 60))
        if amount:
            said.append(f"{amount} {name}{'s' if amount > 1 else ''}")
    return " ".join(said) or "no time"


def moment_words(schedule: Schedule, time: float) -> str:
    """A time in words: a date and hour, a day and hour, or how long after the beginning."""
    if schedule.calendar is None:
        return (
            f"{words(time)} {'before' if time < 0 else 'after'} the beginning"
            if time
            else "at the beginning"
        )
    absolute = time + schedule.calendar
    day, minute = int(absolute // DAY), int(absolute % DAY)
    hour = f"{minute // 60:02}:{minute % 60:02}"
    if not schedule.dated:
        return f"day {day + 1}, {hour}"
    return f"{day_words(day)}, {hour}"


def day_words(day: int) -> str:
    """`3 March 1961`, for the number of a day as `date.toordinal` counts."""
    try:
        on = date.fromordinal(day)
    except (ValueError, OverflowError):
        return f"day {day} of the calendar"
    return f"{on.day} {on:%B} {on.year}"


def births_in(world: World) -> Iterator[tuple[int, tree.CastProperty]]:
    """`born ..` and `aged ..` of each person of the cast."""
    for file in world.files:
        for declaration in file.cast:
            for line in declaration.properties:
                if line.word in ("born", "aged"):
                    for name in declaration.names:
                        atom = world.tables.atom_named.get(key(name.text))
                        if atom is not None:
                            yield atom.id, line


def present(run: Run, step: Step) -> list[int]:
    """Who is in an event from its beginning to its end: who wills it, and whoever must be where somebody else is for it."""
    together: dict[int, None] = dict.fromkeys(step.willing)
    for need in step.action.needs:
        for index in _together(run.world, need.expr):
            if index < len(step.args):
                together[step.args[index]] = None
    return [atom for atom in together if atom in set(run.world.persons)]


def _together(world: World, expr: Any) -> Iterator[int]:
    """The parameters of an action that a condition puts in one place: `where(a) = where(b)`."""
    if not isinstance(expr, dict):
        return
    for part in expr.get("and", ()):
        yield from _together(world, part)
    sides = expr.get("eq", ())
    indexes = [index for side in sides if (index := _where_of(world, side)) is not None]
    if len(indexes) == 2:
        yield from indexes


def _where_of(world: World, expr: Any) -> int | None:
    """The parameter of `where(parameter)`."""
    if not isinstance(expr, dict) or "fact" not in expr:
        return None
    fact, args = expr["fact"]
    if world.facts[fact].name != "where" or len(args) != 1 or "var" not in args[0]:
        return None
    index: int = args[0]["var"]
    return index


_Marked = tuple[Bound, tree.Scene, tree.Told | tree.TimeMark]
"""What a mark says, and where it stands."""


def _odd_one(refused: Sequence[Refused]) -> Bound | None:
    """The mark that stands in the way of most of the refused ones, of two at least."""
    blamed: dict[int, int] = {}
    bounds: dict[int, Bound] = {}
    for each in refused:
        for bound in {id(b): b for b, _ in each.contradiction.chain}.values():
            if bound.sort == "mark" and bound is not each.contradiction.bound:
                bounds[id(bound)] = bound
                blamed[id(bound)] = blamed.get(id(bound), 0) + 1
    most = max(blamed, key=lambda key: blamed[key], default=None)
    return bounds[most] if most is not None and blamed[most] > 1 else None


class _Timer:
    def __init__(self, run: Run) -> None:
        self.run = run
        self.blocks = run.layout.blocks
        self.steps = {step.told_at - 1: step for step in run.steps}
        self.minutes = [
            length(run.world, told, self.steps[i].action.id if i in self.steps else None)
            for i, (_, told) in enumerate(self.blocks.lines)
        ]
        self.place = {event: at for at, event in enumerate(run.layout.order)}
        self.schedule = schedule(self.blocks, self.minutes)
        self.calendar = 2 * len(self.minutes)
        self.pointless: list[Pointless | tree.TimeMark] = []
        self.missed: list[Missed] = []
        self._bounds = list(self._structure())

    def result(self) -> Timing:
        # deadlines last: what they miss is to blame on them, not they on what misses them
        marks = sorted(self._marks(), key=lambda each: each[0].sort == "deadline")
        refused = self._refused(marks)
        # a mark that contradicts several others, which agree without it, is the one to blame
        while odd := _odd_one(refused):
            last = [each for each in marks if each[0] is odd]
            without = [each for each in marks if each[0] is not odd]
            fewer = self._refused([*without, *last])
            if len(fewer) >= len(refused):
                break
            marks, refused = [*without, *last], fewer
        births = self._birthdays() if self.schedule.dated else {}
        return Timing(
            self.schedule,
            refused,
            tuple(self.missed),
            tuple(self.pointless),
            births,
            tuple(self._unborn(births)),
        )

    def _refused(self, marks: Sequence[_Marked]) -> tuple[Refused, ...]:
        """The marks, taken one after the other, that contradict those before them."""
        spans = (
            (start, self.schedule.end(event)) for event, start in enumerate(self.schedule.starts)
        )
        network = Network(
            [*(time for span in spans for time in span), -(self.schedule.calendar or 0.0)]
        )
        for bound in self._bounds:
            network.add(bound)
        found = ((network.add(bound), scene, line) for bound, scene, line in marks)
        return tuple(Refused(c, scene, line) for c, scene, line in found if c is not None)

    # ------------------------------------------------------------ structure

    def _structure(self) -> Iterator[Bound]:
        """What follows from the telling and from who is in which event; it never contradicts itself."""
        for event, minutes in enumerate(self.minutes):
            says = f"{self._name(event)} takes {words(minutes)}"
            yield Bound(
                _start(event), _end(event), minutes, minutes, "takes", says, self._span(event)
            )
        follows: set[tuple[int, int]] = set()
        for block in self.blocks.blocks:
            for before, event in zip(block.told, block.told[1:], strict=False):
                follows.add((before, event))
            follows.update((before, block.told[0]) for before in block.after)
        for before, event in sorted(follows):
            says = f"{self._name(event)} is told after {self._name(before)}"
            yield Bound(_end(before), _start(event), 0.0, None, "follows", says, self._span(event))
        for block in self.blocks.blocks:
            if block.beside is not None:
                first = block.beside.told[0]
                says = f"{self._name(block.told[0])} begins no earlier than {self._name(first)}"
                yield Bound(_start(first), _start(block.told[0]), 0.0, None, "follows", says, None)
        last: dict[int, int] = {}
        for step in self.run.steps:
            event = step.told_at - 1
            for person in present(self.run, step):
                earlier = last.get(person)
                last[person] = event
                if earlier is not None and (earlier, event) not in follows:
                    name = self.run.world.atoms[person].name
                    says = f"{name} is in {self._name(earlier)} and then in {self._name(event)}"
                    yield Bound(
                        _end(earlier), _start(event), 0.0, None, "person", says, self._span(event)
                    )

    def _name(self, event: int) -> str:
        step = self.steps.get(event)
        sentence = self.blocks.lines[event][1].sentence.text
        return f"event {step.number} ({sentence})" if step else f"“{sentence}”"

    def _span(self, event: int) -> Span:
        return self.blocks.lines[event][1].sentence.span

    # ---------------------------------------------------------------- marks

    def _marks(self) -> Iterator[_Marked]:
        for block in self.blocks.blocks:
            for said in block.says:
                if said.mark is not None:
                    for bound in self._mark(said.when, said.mark, block):
                        yield bound, block.scene, said.mark
            for event in block.told:
                scene, told = self.blocks.lines[event]
                for when in told.times:
                    for bound in self._under(when, event, told, scene):
                        yield bound, scene, told
                if event in self.steps:
                    for bound in self._by_rule(self.steps[event]):
                        yield bound, scene, told

    def _mark(self, when: tree.When, mark: tree.TimeMark, block: Block) -> Iterator[Bound]:
        """What a mark between sentences says of the block below it."""
        first, last, before = block.told[0], block.told[-1], block.before
        points = self._points(when)
        if when.point and not points:
            self.pointless.append(mark)
            return
        name, bound = self._name(first), _bounds(mark.span, f" (`{mark.text}`)")
        match when.form:
            case "later" | "next day" | "same day" if before is not None:
                end = before.told[-1]
                says = f"{name} begins {_after(when)} the end of {self._name(end)}"
                yield bound(_end(end), _start(first), when.least, when.most, says)
                yield from self._part(when, first, bound)
            case "earlier" if before is not None and not points and (when.least or when.most):
                says = f"{name} begins {_before(when)} {self._name(before.told[0])}"
                yield bound(_start(first), _start(before.told[0]), when.least, when.most, says)
            case "earlier" if before is not None and not self._placed_by_point(block):
                says = f"{self._name(last)} is over before {self._name(before.told[0])}"
                yield bound(_end(last), _start(before.told[0]), 0.0, None, says)
            case "before" | "after" if points:
                yield from self._beside(when, first, last, points, bound)
            case "within" if points:
                yield self._within(when, first, points, mark.text, mark.span)
            case "meanwhile" if points or block.beside is not None:
                others = points or (block.beside.told if block.beside else [])
                start, end = others[0], others[-1]
                if points:
                    says = f"{name} begins no earlier than {self._name(start)}"
                    yield bound(_start(start), _start(first), 0.0, None, says)
                gap = _INSTANT if any(self.minutes[event] for event in others) else 0.0
                says = f"{name} begins before {self._name(end)} is over"
                yield bound(_end(end), _start(first), None, -gap, says)
            case "clock" | "date":
                yield from self._fixed(when, first, mark.text, mark.span)

    def _part(self, when: tree.When, first: int, bound: _Maker) -> Iterator[Bound]:
        """An event begins in the part of the day that is told, if the story has a clock."""
        begins, calendar = self.schedule.fixed.get(id(when)), self.schedule.calendar
        if when.part is None or begins is None or calendar is None:
            return
        over = begins + when.part[1] - when.part[0]
        first_words, last_words = (moment_words(self.schedule, time) for time in (begins, over))
        says = f"{self._name(first)} begins between {first_words} and {last_words}"
        yield bound(self.calendar, _start(first), begins + calendar, over + calendar, says)

    @staticmethod
    def _placed_by_point(block: Block) -> bool:
        """`earlier, before [5]`: the point alone says when."""
        return any(said.when.form in ("before", "after") for said in block.says)

    def _under(
        self, when: tree.When, event: int, told: tree.Told, scene: tree.Scene
    ) -> Iterator[Bound]:
        """What a line under a sentence says of its event."""
        points = [point for point in self._points(when) if point != event]
        if when.point and not points:
            self.pointless.append(Pointless(when, scene, told))
            return
        text = " ".join(when.span.source.text[when.span.start : when.span.end].split())
        bound = _bounds(when.span)
        match when.form:
            case "before" | "after":
                yield from self._beside(when, event, event, points, bound)
            case "within":
                yield self._within(when, event, points, text, when.span)
            case "clock" | "date":
                yield from self._fixed(when, event, text, when.span)
            case "until":
                yield from self._until(when, event, text)

    def _points(self, when: tree.When) -> list[int]:
        """The events that something speaks of, in the order of the story."""
        if not when.point:
            return []
        return sorted(self.blocks.events_at(when.point), key=lambda event: self.place[event])

    def _beside(
        self, when: tree.When, first: int, last: int, points: Sequence[int], bound: _Maker
    ) -> Iterator[Bound]:
        if when.form == "before":
            says = f"{self._name(last)} is over {_before(when)} {self._name(points[0])}"
            yield bound(_end(last), _start(points[0]), when.least, when.most, says)
        else:
            says = f"{self._name(first)} begins {_after(when)} the end of {self._name(points[-1])}"
            yield bound(_end(points[-1]), _start(first), when.least, when.most, says)

    def _within(
        self, when: tree.When, event: int, points: Sequence[int], text: str, span: Span
    ) -> Bound:
        if self.place[event] > self.place[points[-1]]:
            other = points[-1]
            earlier, later = _end(other), _end(event)
        else:
            other = points[0]
            earlier, later = _start(event), _start(other)
        says = f"between {self._name(other)} and {self._name(event)} lie at most {words(when.most or 0.0)}"
        return Bound(earlier, later, None, when.most, "deadline", f"{says} (`{text}`)", span)

    def _fixed(self, when: tree.When, event: int, text: str, span: Span) -> Iterator[Bound]:
        calendar = self.schedule.calendar
        fixed = self.schedule.fixed.get(id(when))
        if calendar is None or fixed is None:
            return
        if when.form == "clock":
            least = most = fixed + calendar
            says = f"{self._name(event)} begins {moment_words(self.schedule, fixed)}"
        else:
            if not self.schedule.dated:
                return
            least, most = when.least, when.most or when.least
            says = f"{self._name(event)} begins {text.split(',')[0]}"
        yield Bound(self.calendar, _start(event), least, most, "mark", f"{says} (`{text}`)", span)

    def _until(self, when: tree.When, event: int, text: str) -> Iterator[Bound]:
        """From the end of an event to the end of the one that makes the condition true."""
        from intrigue.world.conditions import resolve

        step = self.steps.get(event)
        if when.condition is None or step is None:
            return
        expr, problems = resolve(self.run.world, when.condition)
        if expr is None or problems:
            return  # the world's check has said so
        yield from self._in_time(step, when, json.dumps(expr), [], text)

    def _by_rule(self, step: Step) -> Iterator[Bound]:
        """The deadlines that an action sets whenever it happens."""
        for deadline in step.action.deadlines:
            said = self.run.names.filled_in(deadline.span, step.action.params, list(step.args))
            span = self._span(step.told_at - 1)
            when = tree.When("until", 0.0, deadline.minutes, "", None, span)
            text = f"within {words(deadline.minutes)}: {said}"
            yield from self._in_time(step, when, json.dumps(deadline.expr), list(step.args), text)

    def _in_time(
        self, step: Step, when: tree.When, asked: str, args: list[int], text: str
    ) -> Iterator[Bound]:
        """From the end of a step to the end of the one that makes a condition true."""
        event = step.told_at - 1
        for later in self.run.steps[step.number - 1 :]:
            if self.run.engine.evaluate(later.after, asked, args) is True:
                if later is not step:
                    other = later.told_at - 1
                    says = f"{self._name(other)}, which makes it so, is over {words(when.most or 0.0)} after {self._name(event)}, or sooner"
                    yield Bound(
                        _end(event),
                        _end(other),
                        None,
                        when.most,
                        "deadline",
                        f"{says} (`{text}`)",
                        when.span,
                        text,
                    )
                return
        self.missed.append(Missed(when, text, step))

    # --------------------------------------------------------------- births

    def _birthdays(self) -> dict[int, tuple[int, int]]:
        """The days between which each person was born. An age is that at the beginning of the story."""
        calendar = self.schedule.calendar or 0.0
        start = int(calendar // DAY)
        found: dict[int, tuple[int, int]] = {}
        for person, line in births_in(self.run.world):
            assert line.name is not None  # holds what was written
            if line.word == "born":
                days = born(line.name.text)
                if days is not None:
                    found[person] = days
            elif person not in found:
                years = int(float(line.name.text))
                found[person] = (
                    months_later(start, -12 * (years + 1)) + 1,
                    months_later(start, -12 * years),
                )
        return found

    def _unborn(self, births: dict[int, tuple[int, int]]) -> Iterator[Unborn]:
        """The first event of each person who is not born when it happens, if everything happens as early as it can."""
        calendar = self.schedule.calendar or 0.0
        seen: set[int] = set()
        for step in self.run.steps:
            today = int((self.schedule.starts[step.told_at - 1] + calendar) // DAY)
            for person in present(self.run, step):
                if person in births and person not in seen:
                    seen.add(person)
                    if births[person][0] > today:
                        yield Unborn(step, person, births[person][0])


_Maker = Callable[[int, int, float | None, float | None, str], Bound]


def _bounds(span: Span, quoted: str = "") -> _Maker:
    """Makes the bounds that one line of the telling sets; `quoted`: what is said behind each."""

    def bound(
        earlier: int, later: int, least: float | None, most: float | None, says: str
    ) -> Bound:
        return Bound(earlier, later, least, most, "mark", f"{says}{quoted}", span)

    return bound


def _start(event: int) -> int:
    return 2 * event


def _end(event: int) -> int:
    return 2 * event + 1


def _after(when: tree.When) -> str:
    """`2 hours after`, `at least 2 hours after`, `between .. and .. after`."""
    return f"{_length(when)} after" if when.least or when.most is not None else "after"


def _before(when: tree.When) -> str:
    return f"{_length(when)} before" if when.least or when.most is not None else "before"


def _length(when: tree.When) -> str:
    if when.length.months:
        told = _told(when.length)
        if when.most is None or not when.least:
            return f"at {'least' if when.least else 'most'} {told}"
        return f"{told} by the calendar, a day more or less,"
    if when.most is None:
        return f"at least {words(when.least)}"
    if when.least == when.most:
        return words(when.least)
    return (
        f"at most {words(when.most)}"
        if not when.least
        else f"{words(when.least)} to {words(when.most)}"
    )


def _told(length: tree.Length) -> str:
    """`1 year 6 months`."""
    years, months = divmod(length.months, 12)
    said = [number_of(years, "year")] if years else []
    said += [number_of(months, "month")] if months else []
    return " ".join([*said, words(length.minutes)] if length.minutes else said)

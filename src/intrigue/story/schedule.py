"""The order of the story, where it is not the order of the telling: every event as early as it can be.

What is said of time is taken at its word here; whether it can be so is asked later (`times.py`), when it is known who is in
which event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from math import ceil

from intrigue.language import tree
from intrigue.language.months import months_later
from intrigue.language.times import DAY
from intrigue.records import dataclass
from intrigue.story.blocks import Block, Blocks, Said


@dataclass(slots=True)
class Schedule:
    """When each sentence of the telling begins, by its number in the telling, in minutes since the story begins.

    `order`: the numbers in the order of the story. `calendar`: added to a time, minutes since midnight of the first day, or,
    if a date is told (`dated`), since the beginning of the calendar; None if no clock and no date is told. `fixed`: for each
    clock and date that is told, by its identity, when that is; for each part of a day, when it begins.
    """

    starts: list[float]
    minutes: list[float]
    order: list[int] = field(default_factory=list)
    calendar: float | None = None
    dated: bool = False
    fixed: dict[int, float] = field(default_factory=dict)

    def end(self, event: int) -> float:
        """When the event is over."""
        return self.starts[event] + self.minutes[event]


_ROUNDS = 4
"""How often a telling is laid out at most. Where a month is too short for a day of it, two dates of the beginning may each lead to
the other."""


def schedule(blocks: Blocks, minutes: Sequence[float]) -> Schedule:
    """Lays out a telling. `minutes`: how long the event of each sentence takes."""
    found = _Scheduler(blocks, minutes, None)
    for _ in range(_ROUNDS - 1):
        if not found.guessed or not found.result.dated or found.result.calendar == found.guess:
            break
        found = _Scheduler(blocks, minutes, found.result.calendar)
    return found.result


class _Scheduler:
    """`guess`: the calendar, where it is known from laying out the same telling before: for months that are counted before the first
    date is told (`guessed`)."""

    def __init__(self, blocks: Blocks, minutes: Sequence[float], guess: float | None) -> None:
        self.guess = guess
        self.guessed = False
        self.blocks = blocks
        self.result = Schedule([0.0] * len(minutes), list(minutes))
        self._known: set[int] = set()
        self._behind: dict[int, int] = {}
        self._not_before: dict[int, float] = {}
        """What begins only some time after an event under which that is said: when that is."""
        # What is measured from an event told later waits for it; a circle is cut where it begins.
        waiting = list(blocks.blocks)
        while waiting:
            ready = next((b for b in waiting if self._ready(b)), waiting[0])
            waiting.remove(ready)
            self._time(ready)
        order = [event for block in blocks.blocks if not block.flashback for event in block.told]
        elsewhere = [block for block in blocks.blocks if block.flashback]
        while elsewhere:
            settled = next((b for b in elsewhere if self._anchored(b, order)), elsewhere[0])
            elsewhere.remove(settled)
            self._insert(settled, order)
        self.result.order = order

    # ---------------------------------------------------------------- when

    def _ready(self, block: Block) -> bool:
        needed = [*block.after, *(block.before.told if block.before else ())]
        for said in block.says:
            needed += self._points(said.when)
        return self._known.issuperset(needed)

    def _points(self, when: tree.When) -> list[int]:
        return self.blocks.events_at(when.point) if when.point else []

    def _time(self, block: Block) -> None:
        result = self.result
        time = max((result.end(event) for event in block.after), default=0.0)
        if block.beside is not None:
            time = result.starts[block.beside.told[0]]
        if not block.placed:
            time = self._waits(block.told[0], time)
        length = sum(result.minutes[event] for event in block.told)
        for when in self._in_order([said.when for said in block.says]):
            time = self._said(when, time, block, length)
        time = self._parts(block, time)
        for event in block.told:
            _, told = self.blocks.lines[event]
            time = self._waits(event, time)
            for when in self._in_order(told.times):
                time = self._said(when, time, None, result.minutes[event])
            result.starts[event] = time
            time += result.minutes[event]
            for when in told.times:
                if when.form == "before":
                    for later in self._points(when)[:1]:
                        self._not_before[later] = self._waits(later, self._moved(time, when))
        self._known.update(block.told)

    def _waits(self, event: int, time: float) -> float:
        """When an event begins that would begin at `time`, by what is said of it under those before it: `2 hours before [7]`."""
        return max(time, self._not_before.get(event, time))

    def _in_order(self, said: Sequence[tree.When]) -> list[tree.When]:
        """What is relative first. The story's first date takes over the hour of a clock told with it; later, a clock shows an
        hour of the date."""
        last = ("date", "clock") if self.result.dated else ("clock", "date")
        return sorted(said, key=lambda when: last.index(when.form) if when.form in last else -1)

    def _said(self, when: tree.When, time: float, block: Block | None, length: float) -> float:
        """When it begins by what is said of it, if without that it would begin at `time`."""
        result = self.result
        before = block.before if block else None
        points = [event for event in self._points(when) if event in self._known]
        placed = block is not None and block.placed
        match when.form:
            case "later" if before is not None:
                return max(time, self._moved(result.end(before.told[-1]), when))
            case "same day" | "next day" if before is not None:
                if when.form == "next day":
                    time = max(time, self._next_day(before))
                return max(time, self._part(when, result.end(before.told[-1]), time))
            case "earlier" if before is not None:
                start = result.starts[before.told[0]]
                return self._moved(start, when, -1) if when.least else start - length
            case "before" if points and placed:
                start = min(result.starts[event] for event in points)
                return self._moved(start, when, -1) - length
            case "after" if points:
                after = self._moved(max(result.end(event) for event in points), when)
                return after if placed else max(time, after)
            case "meanwhile" if points:
                return result.starts[points[0]]
            case "clock":
                time = self._at_clock(when.least, time)
                result.fixed[id(when)] = time
            case "date":
                time = self._on_date(when, time, placed)
                result.fixed[id(when)] = time
        return time

    def _moved(self, time: float, when: tree.When, way: int = 1) -> float:
        """The moment that is so long after another (`way` -1: before it) as is told; where that is a most, the same moment. Months are
        those of the calendar; where no date is told, each is the twelfth of a year of 365 days, to the day."""
        if when.least == 0:
            return time
        months, minutes = when.length.months, when.length.minutes
        if not months:
            return time + way * minutes
        if not self.result.dated:
            self.guessed = True
        calendar = self.result.calendar if self.result.dated else self.guess
        if calendar is None:
            days = way * round(months * 365 / 12)
        else:
            day = int((time + calendar) // DAY)
            days = months_later(day, way * months) - day
        return time + days * DAY + way * minutes

    def _next_day(self, before: Block) -> float:
        end = self.result.end(before.told[-1])
        if self.result.calendar is not None:
            return (end + self.result.calendar) // DAY * DAY + DAY - self.result.calendar
        return max(end + 1, self.result.starts[before.told[0]] + DAY)

    def _part(self, when: tree.When, end: float, time: float) -> float:
        """When the part of the day begins that is told, on the day of what ended before or the day after; `time` where none is told, or
        no clock yet."""
        if when.part is None or self.result.calendar is None:
            return time
        start = self._begins(when.part, end) + (DAY if when.form == "next day" else 0)
        self.result.fixed[id(when)] = start
        return start

    def _begins(self, part: tuple[int, int], time: float) -> float:
        """When a part of the day of this moment begins; the small hours are still of the night that began the day before."""
        begins, over = part
        calendar = self.result.calendar or 0.0
        return (time + calendar - max(0, over - DAY)) // DAY * DAY + begins - calendar

    def _parts(self, block: Block, time: float) -> float:
        """When a block begins that would begin at `time`, if the story's first clock or date is told with a part of a day: that is then
        the part of that day."""
        says = [said.when for said in block.says]
        for when in says:
            if when.part is None or self.result.calendar is None or block.before is None:
                continue
            if id(when) not in self.result.fixed:
                start = self.result.fixed[id(when)] = self._begins(when.part, time)
                if all(each.form != "clock" for each in says):
                    time = max(time, start)
        return time

    def _at_clock(self, clock: float, time: float) -> float:
        if self.result.calendar is None:
            self.result.calendar = clock - time + max(0, ceil((time - clock) / DAY)) * DAY
            return time
        return time + (clock - time - self.result.calendar) % DAY

    def _on_date(self, when: tree.When, time: float, placed: bool) -> float:
        result = self.result
        if not result.dated and not placed:
            # the first date of the story: a clock that was told before it keeps its hour
            if result.calendar is None:
                result.calendar = when.least - time
            else:
                result.calendar += when.least - (time + result.calendar) // DAY * DAY
            result.dated = True
        if not result.dated or result.calendar is None:
            return time
        date = when.least - result.calendar
        return date if placed else max(time, date)

    # --------------------------------------------------------------- where

    def _anchored(self, block: Block, order: Sequence[int]) -> bool:
        needed = list(block.before.told) if block.before else []
        for said in block.says:
            needed += self._points(said.when)
        return set(order).issuperset(needed)

    def _insert(self, block: Block, order: list[int]) -> None:
        at = self._place(block, order)
        order[at:at] = block.told

    def _place(self, block: Block, order: list[int]) -> int:
        """Before which place of the order a flashback belongs."""
        time = self.result.starts[block.told[0]]
        by_time = next(
            (at for at, event in enumerate(order) if self.result.starts[event] > time + 1e-9),
            len(order),
        )
        if not block.placed:
            assert block.before is not None  # it follows the block that was placed
            return max(by_time, order.index(block.before.told[-1]) + 1)
        dated = any(said.when.form in ("clock", "date") for said in block.says)
        for said in block.says:
            if not dated and said.when.least == 0 and said.when.most is None:
                at = self._beside(said, block, order)
                if at is not None:
                    return at
        return by_time

    def _beside(self, said: Said, block: Block, order: list[int]) -> int | None:
        """The place right before or right after what a mark names; None if it names nothing that has a place."""
        form = said.when.form
        points = [event for event in self._points(said.when) if event in order]
        if form == "earlier" and not points and block.before is not None:
            points = [event for event in block.before.told if event in order]
        if not points:
            return None
        if form in ("before", "earlier"):
            return min(order.index(event) for event in points)
        if form in ("after", "meanwhile"):
            last = max(points, key=order.index)
            # what was put behind the same event before stays before it
            behind = self._behind.get(last, last)
            self._behind[last] = block.told[-1]
            return order.index(behind) + 1
        return None

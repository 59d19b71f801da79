"""The events of a telling with their times, as a table: both orders, the hour of each, how old everybody is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from intrigue.language.months import calendar_day
from intrigue.language.times import DAY
from intrigue.records import dataclass
from intrigue.story.moments import steps_at
from intrigue.story.times import Timing, moment_words, timing, words

if TYPE_CHECKING:
    from intrigue.story.run import Run, Step


@dataclass(frozen=True, slots=True)
class Row:
    """One event. `begins`: in words, as early as it can; `minutes`: how long it takes; `ages`: of those whose birth is told,
    in years (two numbers where the day is not told)."""

    number: int
    told_at: int
    begins: str
    minutes: float
    event: str
    ages: tuple[tuple[str, tuple[int, int]], ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """The events in the order of the story."""

    rows: tuple[Row, ...]

    def __str__(self) -> str:
        columns = [("story", "told", "begins", "takes", "")] + [
            (
                str(row.number),
                str(row.told_at),
                row.begins,
                words(row.minutes) if row.minutes else "-",
                row.event,
            )
            for row in self.rows
        ]
        widths = [max(len(row[i]) for row in columns) for i in range(4)]
        lines = []
        for index, row in enumerate(columns):
            start = "  ".join(
                cell.rjust(width) if i < 2 else cell.ljust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=False))
            )
            lines.append(f"{start}  {row[4]}".rstrip())
            if index and len(self.rows) == 1:
                for name, (least, most) in self.rows[0].ages:
                    years = (
                        f"{least}"
                        if least == most
                        else f"{least} or {most}"
                        if most == least + 1
                        else f"{least} to {most}"
                    )
                    lines.append(f"  {name} is {years} years old")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "events": [
                {
                    "number": row.number,
                    "told_at": row.told_at,
                    "begins": row.begins,
                    "minutes": row.minutes,
                    "event": row.event,
                    "ages": {name: list(years) for name, years in row.ages},
                }
                for row in self.rows
            ]
        }


def clock(run: Run, at: str | int | None) -> Clock:
    """The events that `at` names, or all. Raises StoryError if it names none."""
    times = timing(run)
    steps = run.steps if at is None else steps_at(run, at)
    return Clock(tuple(_row(run, times, step) for step in steps))


def _row(run: Run, times: Timing, step: Step) -> Row:
    told = step.told_at - 1
    start = times.schedule.starts[told]
    ages = []
    if times.schedule.dated:
        today = int((start + (times.schedule.calendar or 0.0)) // DAY)
        for person, (first, last) in times.births.items():
            if first <= today:
                ages.append(
                    (
                        run.world.atoms[person].name,
                        (_years(min(last, today), today), _years(first, today)),
                    )
                )
    return Row(
        step.number,
        step.told_at,
        moment_words(times.schedule, start),
        times.schedule.minutes[told],
        run.words(step),
        tuple(ages),
    )


def _years(born: int, today: int) -> int:
    """Full years between two days."""
    (year, *birthday), (now, *on) = calendar_day(born), calendar_day(today)
    return now - year - (on < birthday)

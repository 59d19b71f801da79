"""Months and years of the calendar, for days counted as `date.toordinal` does.

The calendar repeats itself every 400 years; by that it goes on before and behind the years that Python's dates know.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

_CYCLE = 4800
"""Months after which the calendar repeats itself."""

_CYCLE_DAYS = 146097


def calendar_day(day: int) -> tuple[int, int, int]:
    """The year, the month and the day of the month."""
    cycles, rest = divmod(day - 1, _CYCLE_DAYS)
    on = date.fromordinal(rest + 1)
    return on.year + cycles * _CYCLE // 12, on.month, on.day


def months_later(day: int, months: int) -> int:
    """The day of the same number so many months later (or earlier, below zero), or the last of that month if it has none such: six
    months after 31 August comes the last of February."""
    year, month, number = calendar_day(day)
    cycles, rest = divmod(12 * (year - 1) + month - 1 + months, _CYCLE)
    year, month = rest // 12 + 1, rest % 12 + 1
    number = min(number, monthrange(year, month)[1])
    return cycles * _CYCLE_DAYS + date(year, month, number).toordinal()


@cache
def days_in(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many months in a row can have: 28 and 31 in one, 365 and 366 in twelve.

    `months_later` leads no less and no further than that. From the 3rd of a month to the 3rd of another it is as long as the months
    from the one up to the other; from a 31st to a 30th it is shorter, but no shorter than the months behind the one up to the end of
    the other: both are so many months in a row.
    """
    if months == 0:
        return 0, 0  # as most lengths have none: there is no need to look at the calendar
    cycles, rest = divmod(months, _CYCLE)
    firsts = _firsts()
    days = [firsts[begin + rest] - firsts[begin] for begin in range(_CYCLE)]
    return cycles * _CYCLE_DAYS + min(days), cycles * _CYCLE_DAYS + max(days)


@cache
def _firsts() -> tuple[int, ...]:
    """The first days of the months of two rounds of the calendar: any months shorter than a round begin and end in them."""
    return tuple(
        date(month // 12 + 1, month % 12 + 1, 1).toordinal() for month in range(2 * _CYCLE)
    )

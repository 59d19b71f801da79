"""Months and years of the calendar, whatever day they begin on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intrigue.language.months import calendar_day, days_in, months_later


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("1889-03-03", 12 * 20, "1909-03-03"),
        ("1889-03-03", -12 * 20, "1869-03-03"),
        ("1889-03-03", 10, "1890-01-03"),
        ("1889-08-31", 6, "1890-02-28"),
        ("1887-08-31", 6, "1888-02-29"),
        ("1888-02-29", 12, "1889-02-28"),
        ("1888-02-29", -1, "1888-01-29"),
    ],
)
def test_months_later(day: str, months: int, then: str) -> None:
    found = months_later(date.fromisoformat(day).toordinal(), months)
    assert date.fromordinal(found).isoformat() == then


def test_the_calendar_goes_on_behind_the_years_of_dates() -> None:
    last = date(9999, 12, 31).toordinal()
    assert calendar_day(last + 1) == (10000, 1, 1)
    assert calendar_day(months_later(last, 12 * 1000)) == (10999, 12, 31)
    assert calendar_day(months_later(date(1, 1, 1).toordinal(), -1)) == (0, 12, 1)


@pytest.mark.parametrize(
    ("months", "days"),
    [
        (0, (0, 0)),
        (1, (28, 31)),
        (2, (59, 62)),
        (6, (181, 184)),
        (12, (365, 366)),
        (48, (1460, 1461)),
    ],
)
def test_so_many_months_have_so_many_days(months: int, days: tuple[int, int]) -> None:
    assert days_in(months) == days


@given(st.integers(1, 3_000_000), st.integers(0, 6000), st.sampled_from((1, -1)))
def test_no_months_have_fewer_or_more(day: int, months: int, way: int) -> None:
    least, most = days_in(months)
    assert least <= way * (months_later(day, way * months) - day) <= most

"""What is said of time: each form with its bounds in minutes, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from intrigue.diagnostics.diagnostic import Source, Span
from intrigue.language.parse import parse
from intrigue.language.times import born, forms_of_time, lead_in, read_mark, speaks_of_time
from intrigue.language.tree import TimeMark, Told

DAY = 1440
YEAR = 365 * DAY


def said(text: str) -> list[tuple[str, float, float | None, str]] | None:
    found = read_mark(text, Span(Source(Path("t"), text), 0, len(text)))
    return (
        None
        if found is None
        else [(each.form, each.least, each.most, each.point) for each in found]
    )


@pytest.mark.parametrize(
    ("text", "form", "least", "most", "point"),
    [
        ("meanwhile", "meanwhile", 0, None, ""),
        ("At the same time: scene The bridge", "meanwhile", 0, None, "scene The bridge"),
        ("later", "later", 0, None, ""),
        ("later: 1 hour 30 minutes", "later", 90, 90, ""),
        ("two hours later.", "later", 120, 120, ""),
        ("at least 3 hours later", "later", 180, None, ""),
        ("later: at most 3 hours", "later", 0, 180, ""),
        ("2 days later", "later", DAY + 1, 3 * DAY - 1, ""),
        ("some years later", "later", 2 * YEAR, None, ""),
        ("years later", "later", 2 * YEAR, None, ""),
        ("weeks after", "later", 14 * DAY, None, ""),
        ("half an hour later", "later", 30, 30, ""),
        ("an hour and a half later", "later", 90, 90, ""),
        ("two and a half hours earlier", "earlier", 150, 150, ""),
        ("two hours and ten minutes later", "later", 130, 130, ""),
        ("a fortnight later", "later", 13 * DAY + 1, 15 * DAY - 1, ""),
        ("two days before", "earlier", DAY + 1, 3 * DAY - 1, ""),
        ("the day after", "next day", 1, 2 * DAY - 1, ""),
        ("later that day", "same day", 0, DAY - 1, ""),
        ("in the meantime", "meanwhile", 0, None, ""),
        ("half an hour before [5]", "before", 30, 30, "[5]"),
        # a month has 28 to 31 days, six in a row 181 to 184; of twenty years four or five have a leap day
        ("a month later", "later", 27 * DAY + 1, 32 * DAY - 1, ""),
        ("6 months later", "later", 180 * DAY + 1, 185 * DAY - 1, ""),
        ("12 months later", "later", 364 * DAY + 1, 367 * DAY - 1, ""),
        ("20 years earlier", "earlier", 7303 * DAY + 1, 7306 * DAY - 1, ""),
        ("at least 3 months before [5]", "before", 89 * DAY, None, "[5]"),
        ("at most 3 months later", "later", 0, 92 * DAY, ""),
        ("the next year", "later", 364 * DAY + 1, 367 * DAY - 1, ""),
        ("the same month", "later", 0, 31 * DAY - 1, ""),
        ("within 3 months of [5]", "within", 0, 90 * DAY, "[5]"),
        ("the following morning", "next day", 1, 2 * DAY - 1, ""),
        ("on the same evening", "same day", 0, DAY - 1, ""),
        ("earlier", "earlier", 0, None, ""),
        ("ten minutes earlier", "earlier", 10, 10, ""),
        ("at 6 pm", "clock", 18 * 60, 18 * 60, ""),
        ("at midnight", "clock", 0, 0, ""),
        ("before [5]", "before", 0, None, "[5]"),
        ("2 hours after scene The bridge", "after", 120, 120, "scene The bridge"),
        ("within 1 hour of [28]", "within", 0, 60, "[28]"),
        ("back to the present", "now", 0, None, ""),
    ],
)
def test_a_mark(text: str, form: str, least: float, most: float | None, point: str) -> None:
    assert said(text) == [(form, least, most, point)]


def test_a_date_is_a_day_of_the_calendar() -> None:
    (one,), (other,) = said("on 3 March 1989") or [], said("on 1989-03-03") or []
    assert one == other
    assert (one[2] or 0) - one[1] == DAY - 1
    (year,) = said("in 1989") or []
    assert year[1] < one[1] < (year[2] or 0)
    assert born("1961") is not None
    assert born("31 February 1961") is None


def test_several_with_commas() -> None:
    assert [each[0] for each in said("the next day, at 9:00") or []] == ["next day", "clock"]
    assert [each[3] for each in said("after scene Here, there") or []] == ["scene Here, there"]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("later: half an hour", "half an hour later"),
        ("later: at least 2 days", "at least 2 days later"),
        ("later that week", "later that week"),
    ],
)
def test_a_sentence_may_begin_with_a_mark(text: str, begins: str) -> None:
    says = read_mark(text, Span(Source(Path("t"), text), 0, len(text)))
    assert lead_in(text, says or ()) == begins


def test_a_number_too_long_to_count_is_a_large_one() -> None:
    ((_, least, _, _),) = said(f"{'9' * 400} years later") or []
    assert 1e20 < least < 1e21


@pytest.mark.parametrize(
    "text",
    [
        "Later Kit comes",
        "at 25:00",
        "on 31 February 1990",
        "after midnight Kit walks",
        "soon",
        "at dawn",
        "the night before",
        "",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("at dawn", "at 18:00"),
        ("at nine o’clock", "at 18:00"),
        ("on Monday", "on 3 March 1989"),
        ("On 5 May", "on 3 March 1989"),
        ("a week ago", "two days earlier"),
        ("the night before", "two days earlier"),
        ("some moments afterwards", "later: 2 hours"),
        ("tomorrow morning", "the next day, at 9:00"),
        ("this same evening", "later that day"),
    ],
)
def test_what_speaks_of_time_in_no_form_is_told_the_nearest(text: str, nearest: str) -> None:
    assert said(text) is None
    assert speaks_of_time(text)
    assert forms_of_time(text).startswith(f"write it in one of these forms: `{nearest}`, ")


@pytest.mark.parametrize("text", ["At dawn Kit walks", "April comes", "one and the same", "..."])
def test_what_says_more_than_when_is_no_line_of_time(text: str) -> None:
    assert not speaks_of_time(text)


def test_a_mark_that_speaks_of_a_sentence_does_not_cite_it() -> None:
    text = "story s\nscene t\n  after [5]  [6]\n  meanwhile  [7]\n  Kit walks.  [8]\n    within 1 hour of [5]\n    takes 2 hours\n"
    file, found = parse(Source(Path("s.story"), text))
    assert not found
    after, meanwhile, walks = file.scenes[0].lines
    assert isinstance(after, TimeMark)
    assert (after.says[0].point, after.citations) == ("[5]", (6,))
    assert isinstance(meanwhile, TimeMark)
    assert (meanwhile.says[0].point, meanwhile.citations) == ("", (7,))
    assert isinstance(walks, Told)
    assert walks.citations == (8,)
    assert [(when.form, when.most) for when in walks.times] == [("within", 60), ("takes", 120)]

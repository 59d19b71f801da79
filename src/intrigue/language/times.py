"""What is said of time: marks between the sentences of a scene, and lines under a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

from intrigue.diagnostics.diagnostic import Span
from intrigue.language.digits import LONGEST
from intrigue.language.months import days_in
from intrigue.language.tree import Length, When

MINUTES = {
    "second": 1 / 60,
    "minute": 1.0,
    "hour": 60.0,
    "day": 1440.0,
    "week": 10080.0,
    "fortnight": 20160.0,
    "month": 43200.0,
    "year": 525600.0,
}
"""Units of time in minutes. What takes months or years, or has them as its deadline, takes so many of thirty or 365 days."""

DAY = 1440
_MONTHS_IN = {"month": 1, "year": 12}
"""The units that are counted by the calendar, between two moments."""

PARTS = {
    "morning": (5 * 60, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (17 * 60, DAY),
    "night": (20 * 60, DAY + 5 * 60),
}
"""The parts of a day, in minutes since its midnight; a night goes on into the next morning."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNIT = r"(?:second|minute|hour|day|week|fortnight|month|year)s?"
_AMOUNT = rf"(?:\d+(?:\.\d+)?|an?|{'|'.join(_NUMBERS[1:])}|some|a few|several|many)"
_AND_A_HALF = r"\s+and\s+a\s+half"
_FIRST = rf"(?:half\s+an?\s+{_UNIT}|{_AMOUNT}\s+{_UNIT}(?:{_AND_A_HALF})?|{_AMOUNT}{_AND_A_HALF}\s+{_UNIT})"
_LENGTH = rf"(?:{_FIRST}(?:\s+(?:and\s+)?{_AMOUNT}\s+{_UNIT})*)"
_SOME_TIME = rf"(?:{_LENGTH}|(?:second|minute|hour|day|week|month|year)s)"
"""A length, or `months`: some of them."""
_COUNTED = rf"(?:(?P<half>half\s+)?(?P<amount>{_AMOUNT})(?P<more>{_AND_A_HALF})?\s+)?(?P<unit>{_UNIT})(?P<after>{_AND_A_HALF})?"
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:\s*[ap]m)?|\d{1,2}\s*[ap]m|noon|midnight)"
_DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s+(?:{'|'.join(_MONTHS)})\s+\d{{4}})"
_POINT = r"(?P<point>\[\d{1,6}\]|(?:the\s+)?scene\s+\S.*)"
_DAYPART = r"(?:day|morning|afternoon|evening|night|week|month|year)"

_FORMS = {
    "meanwhile": rf"(?:(?:in\s+the\s+)?(?:meanwhile|meantime)|at the same time)(?:\s*:?\s*{_POINT})?",
    "now": r"now|back to (?:the present|now)",
    "earlier": rf"earlier(?:\s*:?\s*(?P<length>{_LENGTH}))?|(?P<length2>{_SOME_TIME})\s+(?:earlier|before)",
    "later": (
        rf"later(?:\s*:?\s*(?P<bound>at least|at most)?\s*(?P<length>{_LENGTH}))?"
        rf"|(?:(?P<bound2>at least|at most)\s+)?(?P<length2>{_LENGTH})\s+later"
        rf"|(?P<length3>{_SOME_TIME})\s+(?:later|after)"
    ),
    "next": (
        rf"(?:on\s+)?the\s+(?:next|following)\s+(?P<part>{_DAYPART})|the\s+(?P<part2>{_DAYPART})\s+after"
    ),
    "same": rf"(?:later\s+)?(?:on\s+)?(?:the\s+same|that(?:\s+same)?)\s+(?P<part>{_DAYPART})",
    "clock": rf"at\s+(?P<clock>{_CLOCK})",
    "date": rf"on\s+(?P<date>{_DATE})",
    "date year": rf"in\s+(?:(?P<month>{'|'.join(_MONTHS)})\s+)?(?P<year>\d{{4}})",
    "point": (
        rf"(?:(?:(?P<bound>at least|at most)\s+)?(?P<length>{_SOME_TIME})\s+)?"
        rf"(?P<order>before|after)\s+{_POINT}"
    ),
    "within": rf"within\s+(?P<length>{_LENGTH})\s+(?:of|after)\s+{_POINT}",
}
_BEGIN = re.compile(
    r"mean(?:while|time)|at\b|now|back|earlier|later|on\b|the\b|that\b|in\b|within|before|after|an?\b|some|several|many|half|"
    rf"\d|\[|{_UNIT}\b|{'|'.join(_NUMBERS[1:])}",
    re.IGNORECASE,
)
"""What begins otherwise is in none of the forms."""


_MARKS = {
    "meanwhile": ("mean", "same"),
    "now": ("now", "back"),
    "earlier": ("earlier", "before"),
    "later": ("later", "after"),
    "next": ("next", "following", "after"),
    "same": ("same", "that"),
    "clock": ("at",),
    "date": ("on",),
    "date year": ("in",),
    "point": ("before", "after"),
    "within": ("within",),
}
"""By form, words one of which is in all that is said so: what has none of them need not be tried."""


@cache
def _form(form: str) -> re.Pattern[str]:
    """A form of what is said about time, ready to read: most runs meet few."""
    return re.compile(_FORMS[form], re.IGNORECASE)


def _possible(text: str) -> Iterator[str]:
    """The forms in which this may be said."""
    small = text.casefold()
    return (form for form, marks in _MARKS.items() if any(mark in small for mark in marks))


_UNDER = rf"takes\s+(?P<takes>{_LENGTH})|within\s+(?P<until>{_LENGTH})\s*:\s*"
_BEGINS = (
    r"on\s+(?:\d{1,2}\s+\w+\s+\d+|\d+-[\d-]+)\W*$|at\s+\d+[:.]\d+\W*$|(?:later|earlier|meanwhile)\s*:|(?:takes|within)\s+\d"
    r"|(?:before|after)\s+(?:\[|scene\b)"
)
_POINTS_AT_CITATION = (
    rf"(?:(?:earlier|later)\s*[,:]?\s*)?(?:(?:at least|at most)\s+)?(?:{_SOME_TIME}\s+)?(?:before|after)"
    rf"|the\s+{_DAYPART}\s+after|within\s+{_LENGTH}\s+(?:of|after)"
    r"|(?:(?:in\s+the\s+)?(?:meanwhile|meantime)|at the same time)\s*:"
)
_LENGTH_BEHIND = rf"(earlier|later)\s*:?\s*((?:at (?:least|most)\s+)?{_LENGTH})"


def points_at_citation(text: str, start: int, end: int) -> bool:
    """Whether this content wants the sentence number behind it as what it speaks of: `within 1 hour of [28]`."""
    said = text[start:end].strip()
    if not said.casefold().endswith(("before", "after", "of", ":")):
        return False  # as most are not
    return re.fullmatch(_POINTS_AT_CITATION, said, re.IGNORECASE) is not None


_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_HOURS = "dawn daybreak sunrise dusk sunset nightfall noon midday midnight twilight o'clock am pm"
_TELLING = frozenset(
    f"{_DAYS} {_HOURS} {' '.join(_MONTHS)} day morning afternoon evening night today tonight tomorrow yesterday moment while"
    " second minute hour week weekend fortnight month year decade century later earlier ago before after afterwards"
    " meanwhile meantime soon".split()
)
"""Words that speak of time. One of them is in a line about time."""
_BESIDE = frozenset(
    f"{' '.join(_NUMBERS)} eleven twelve twenty thirty dozen half quarter a an the this that these those same next following"
    " previous last first at on in of by to past around about towards till until since for during within and or then now only"
    " just shortly right long much very early late some a few several many couple other another one once more again exactly"
    " nearly almost time spring summer autumn winter".split()
)
"""Words that may stand beside them."""
_ORDINAL = r"\d+(?:st|nd|rd|th|am|pm)?"


def looks_like_time(text: str) -> bool:
    """Whether a line that could not be read was probably meant as one about time, whatever sentences the world has."""
    return re.match(_BEGINS, text, re.IGNORECASE) is not None


def speaks_of_time(text: str) -> bool:
    """Whether what is no sentence either speaks of nothing but time: `at dawn`, `the night before`."""
    words = _plain_words(text)
    return not _TELLING.isdisjoint(words) and all(
        word in _TELLING or word in _BESIDE or re.fullmatch(_ORDINAL, word) for word in words
    )


def _plain_words(text: str) -> list[str]:
    """The words of a line in small letters, those of units of time in the singular."""
    words = re.findall(r"[\w']+", text.casefold().replace("’", "'"))
    return [word[:-1] if word[:-1] in _TELLING else word for word in words]


_EXAMPLES = (
    ("two days earlier", "earlier ago before yesterday previous last"),
    ("later: 2 hours", "later soon afterwards after while moment hour minute"),
    ("the next day, at 9:00", "next following tomorrow after morning"),
    ("later that day", "same that this tonight today evening night afternoon"),
    ("at 18:00", f"at {_HOURS}"),
    ("on 3 March 1989", f"on {_DAYS} {' '.join(_MONTHS)}"),
    ("meanwhile", "meanwhile while during"),
    ("within 1 hour of [28]", "within of"),
    ("after scene The nightclub", "before after scene"),
)
"""What can be said of time, and words that are near it."""


def forms_of_time(text: str) -> str:
    """What to write instead of a line about time that is not read: the forms that are, the nearest to it first."""
    words = set(_plain_words(text))
    near = sorted(_EXAMPLES, key=lambda each: -len(words.intersection(each[1].split())))
    return f"write it in one of these forms: {', '.join(f'`{said}`' for said, _ in near)}"


def read_mark(text: str, span: Span) -> tuple[When, ...] | None:
    """A line about time, between or under sentences: `the next day, at 9:00`. None if it is something else."""
    if _BEGIN.match(text.lstrip()) is None:
        return None
    found: list[When] = []
    for part in _parts(text.rstrip(" .:")):
        said = _said(part, span)
        if said is None:
            return None
        found.append(said)
    return tuple(found) or None


def lead_in(text: str, says: Sequence[When]) -> str:
    """What a mark says, as a sentence may begin: `2 hours later` for `later: 2 hours`. What names an event by a number or a scene speaks
    to who plays the story, not to who reads it, and is left out."""
    found: list[str] = []
    for part, when in zip(_parts(text.rstrip(" .:")), says, strict=True):
        said = " ".join(part.split())
        length = re.fullmatch(_LENGTH_BEHIND, said, re.IGNORECASE)
        if when.form == "meanwhile":
            said = said.removesuffix(when.point).rstrip(" :")
        elif when.point:
            continue
        found.append(f"{length[2]} {length[1]}" if length else said)
    return ", ".join(found)


def read_clause(text: str, span: Span) -> When | None:
    """`takes 2 hours`, or the head of `within 1 hour: CONDITION`, whose condition is read elsewhere; None if it is neither."""
    found = re.match(_UNDER, text, re.IGNORECASE)
    if found is None or (found["takes"] and found.end() != len(text.rstrip(" ."))):
        return None
    least, most = _exactly(found["takes"] or found["until"])
    return When("takes" if found["takes"] else "until", least, most, "", None, span)


def day_number(text: str) -> int | None:
    """The number of a day (`3 March 1961`, `1961-03-03`), counted as Python's `date.toordinal` does; None if there is none."""
    numbers = re.findall(r"\d+", text)
    try:
        if "-" in text:
            return date(*map(int, numbers)).toordinal()
        month = _MONTHS.index(text.split()[1].casefold()) + 1
        return date(int(numbers[1]), month, int(numbers[0])).toordinal()
    except (ValueError, IndexError):
        return None


def born(text: str) -> tuple[int, int] | None:
    """The first and the last day on which somebody may have been born: `1961`, `3 March 1961`; None if there is none."""
    if text.isdecimal():
        year = int(text)
        return (
            (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
            if 1 <= year <= 9999
            else None
        )
    day = day_number(text)
    return None if day is None else (day, day)


def _parts(text: str) -> list[str]:
    """Between commas; a title may hold commas itself, so `before A, B` is one part where a part alone means nothing."""
    parts: list[str] = []
    for part in text.split(","):
        bare = part.strip()
        if (
            parts
            and _form("point").match(parts[-1])
            and not any(_form(form).fullmatch(bare) for form in _possible(bare))
        ):
            parts[-1] += f", {bare}"
        else:
            parts.append(bare)
    return parts


def _said(part: str, span: Span) -> When | None:
    for form in _possible(part):
        found = _form(form).fullmatch(part)
        if found is not None:
            return _READERS[form](found, span)
    return None


def _amount(text: str) -> float | None:
    """The number that a word stands for; None for `some`, `many`."""
    word = text.casefold()
    if word in ("a", "an"):
        return 1.0
    if word in _NUMBERS:
        return float(_NUMBERS.index(word))
    return min(float(word), 10.0**LONGEST) if word[0].isdigit() else None


def _lengths(text: str) -> list[tuple[float | None, str]]:
    """How many of which units; None for `some`, `many`, or where no number is said."""
    found: list[tuple[float | None, str]] = []
    for each in re.finditer(_COUNTED, text, re.IGNORECASE):
        amount = _amount(" ".join(each["amount"].split())) if each["amount"] else None
        if amount is not None:
            amount *= 0.5 if each["half"] else 1.0
            amount += 0.5 if each["more"] or each["after"] else 0.0
        found.append((amount, each["unit"].casefold().removesuffix("s")))
    return found


def _exactly(text: str) -> tuple[float, float | None]:
    """A length in minutes; `some` and `many` are two or more."""
    parts = _lengths(text)
    least = sum((2.0 if amount is None else amount) * MINUTES[unit] for amount, unit in parts)
    return least, None if any(amount is None for amount, _ in parts) else least


def _told(text: str) -> Length:
    """A length with its months and years apart, which have not always as many days; of a part of a month thirty days are the whole."""
    months, minutes = 0, 0.0
    for amount, unit in _lengths(text):
        count = 2.0 if amount is None else amount
        if unit in _MONTHS_IN:
            count *= _MONTHS_IN[unit]
            months += int(count)
            count, unit = count % 1, "month"
        minutes += count * MINUTES[unit]
    return Length(months, minutes)


def _by_calendar(length: Length) -> tuple[float, float]:
    """How many minutes a length has at least and at most, whatever day it begins on."""
    least, most = days_in(length.months)
    return least * DAY + length.minutes, most * DAY + length.minutes


def _bounds(text: str | None, bound: str | None = None) -> tuple[float, float | None, Length]:
    """As people count: hours by the clock, days and longer by the calendar, so a day more or less."""
    if not text:
        return 0.0, None, Length()
    length = _told(text)
    least, most = _by_calendar(length)
    if bound:
        return (least, None, length) if bound.casefold() == "at least" else (0.0, most, length)
    parts = _lengths(text)
    if any(amount is None for amount, _ in parts):
        return least, None, length
    if length.months or min(MINUTES[unit] for _, unit in parts) >= DAY:
        return max(1.0, least - DAY + 1), most + DAY - 1, length
    return least, most, length


def _meanwhile(found: re.Match[str], span: Span) -> When:
    return When("meanwhile", 0.0, None, found["point"] or "", None, span)


def _now(found: re.Match[str], span: Span) -> When:
    return When("now", 0.0, None, "", None, span)


def _earlier(found: re.Match[str], span: Span) -> When:
    least, most, length = _bounds(found["length"] or found["length2"])
    return When("earlier", least, most, "", None, span, length)


def _later(found: re.Match[str], span: Span) -> When:
    text = found["length"] or found["length2"] or found["length3"]
    least, most, length = _bounds(text, found["bound"] or found["bound2"])
    return When("later", least, most, "", None, span, length)


def _next(found: re.Match[str], span: Span) -> When:
    part = (found["part"] or found["part2"]).casefold()
    if part not in ("week", "month", "year"):
        return When("next day", 1.0, 2 * DAY - 1.0, "", None, span, part=PARTS.get(part))
    least, most, length = _bounds(f"a {part}")
    return When("later", least, most, "", None, span, length)


def _same(found: re.Match[str], span: Span) -> When:
    part = found["part"].casefold()
    if part not in ("week", "month", "year"):
        return When("same day", 0.0, DAY - 1.0, "", None, span, part=PARTS.get(part))
    _, most = _by_calendar(_told(f"a {part}"))
    return When("later", 0.0, most - 1, "", None, span)


def _clock(found: re.Match[str], span: Span) -> When | None:
    text = found["clock"].casefold().replace(" ", "").replace(".", ":")
    if text in ("noon", "midnight"):
        minutes = 720 if text == "noon" else 0
    else:
        half = text[-2:] if text[-2:] in ("am", "pm") else ""
        hour, _, rest = text.removesuffix(half).partition(":")
        hours, over = int(hour), int(rest or 0)
        if over > 59 or hours > (12 if half else 23) or (half and hours == 0):
            return None
        minutes = (hours % 12 + (12 if half == "pm" else 0) if half else hours) * 60 + over
    return When("clock", float(minutes), float(minutes), "", None, span)


def _date(found: re.Match[str], span: Span) -> When | None:
    day = day_number(found["date"])
    if day is None:
        return None
    return When("date", float(day * DAY), float((day + 1) * DAY - 1), "", None, span)


def _year(found: re.Match[str], span: Span) -> When | None:
    year = int(found["year"])
    if not 1 <= year <= 9998:
        return None
    month = _MONTHS.index(found["month"].casefold()) + 1 if found["month"] else None
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return When(
        "date",
        float(first.toordinal() * DAY),
        float(after.toordinal() * DAY - 1),
        "",
        None,
        span,
    )


def _point(found: re.Match[str], span: Span) -> When:
    least, most, length = _bounds(found["length"], found["bound"])
    return When(found["order"].casefold(), least, most, found["point"], None, span, length)


def _within(found: re.Match[str], span: Span) -> When:
    _, most = _exactly(found["length"])
    return When("within", 0.0, most, found["point"], None, span)


_READERS: dict[str, Callable[[re.Match[str], Span], When | None]] = {
    "meanwhile": _meanwhile,
    "now": _now,
    "earlier": _earlier,
    "later": _later,
    "next": _next,
    "same": _same,
    "clock": _clock,
    "date": _date,
    "date year": _year,
    "point": _point,
    "within": _within,
}

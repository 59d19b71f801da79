"""Both orders of a telling, the clock, and the network of times against a slow opinion."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intrigue
from intrigue.story.network import Bound, Network
from intrigue.story.times import timing

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def portrait() -> intrigue.Story:
    return intrigue.load(CASES / "two_orders.story")


def test_both_orders_are_kept(portrait: intrigue.Story) -> None:
    steps = portrait.run().steps
    assert [(step.number, step.told_at) for step in steps] == [(1, 2), (2, 1), (3, 3)]
    assert portrait.check().ok  # the expectations of the flashback hold in its own time


def test_a_mystery_is_solved_by_the_flashback(portrait: intrigue.Story) -> None:
    first = portrait.audience(at=2)  # Ada blames Cora: told first
    assert {gap.fact: gap.who for gap in first.mystery} == {
        "holder(the portrait)": ("Ben",),
        "thief(the portrait)": ("Ben",),
    }
    shown = portrait.audience(at=1)
    assert [s.fact for s in shown.surprises] == ["holder(the portrait)", "thief(the portrait)"]
    assert ("thief(the portrait)", ("Ada",)) in [(gap.fact, gap.who) for gap in shown.irony]
    assert portrait.audience().mystery == ()


def test_the_audience_is_listed_with_those_who_know(portrait: intrigue.Story) -> None:
    assert portrait.who_knows("thief(the portrait)", at=2).audience is False
    assert portrait.who_knows("thief(the portrait)", at=1).audience is True


def test_hours_dates_and_ages() -> None:
    rows = intrigue.load(CASES / "time.story").times().rows
    assert rows[0].begins == "1 May 1890, 09:00"
    assert dict(rows[0].ages) == {"Mira": (19, 19), "Jon": (30, 30)}
    flashback = next(row for row in rows if row.told_at == 15)
    assert flashback.number == flashback.told_at  # earlier, and then ten years later it was told


@pytest.mark.parametrize("age", [0, 1, 2, 29, 1987, 1988, 3000])
@pytest.mark.parametrize(
    "day", ["1 March 1988", "29 February 1988", "28 February 1989", "1 March 1989"]
)
def test_an_age_is_that_when_the_story_begins(age: int, day: str, tmp_path: Path) -> None:
    path = tmp_path / "birthday.story"
    path.write_text(
        'story Birthday\naction wait(p: person)\n  "{p} waits"\n  fate\n'
        f"cast\n  Kit: person, aged {age}\nscene Now\n  on {day}\n  Kit waits.\n",
        encoding="utf-8",
    )
    (row,) = intrigue.load(path).times().rows
    assert row.ages == (("Kit", (age, age)),)


YEARS = """story Years
action wait(p: person)
  "{p} waits"
  fate
cast
  Kit: person, born 1 March 1860
scene Then
  on DATE, at 12:00
  Kit waits.
  MARK
  Kit waits.
"""


def told(text: str, tmp_path: Path) -> tuple[list[tuple[str, int]], list[str]]:
    """When each event begins and how old Kit is then, in the order of the telling; what cannot be."""
    path = tmp_path / "years.story"
    path.write_text(text, encoding="utf-8")
    story = intrigue.load(path)
    rows = sorted(story.times().rows, key=lambda row: row.told_at)
    wrong = [d.code for d in story.check().diagnostics if d.code == "impossible-time"]
    return [(row.begins, dict(row.ages)["Kit"][0]) for row in rows], wrong


@pytest.mark.parametrize(
    ("day", "mark", "begins", "age"),
    [
        ("3 March 1889", "20 years later", "3 March 1909, 12:00", 49),
        ("3 March 1889", "some years later", "3 March 1891, 12:00", 31),
        ("3 March 1889", "the next year", "3 March 1890, 12:00", 30),
        ("3 March 1889", "at least 3 months later", "3 June 1889, 12:00", 29),
        ("3 March 1889", "1 year 10 days later", "13 March 1890, 12:00", 30),
        ("3 March 1889", "1.5 years later", "3 September 1890, 12:00", 30),
        ("4 March 1889", "20 years earlier", "4 March 1869, 12:00", 9),
        ("31 August 1889", "6 months later", "28 February 1890, 12:00", 29),
        ("29 February 1888", "a year later", "28 February 1889, 12:00", 28),
    ],
)
def test_months_and_years_are_those_of_the_calendar(
    day: str, mark: str, begins: str, age: int, tmp_path: Path
) -> None:
    (_, then), wrong = told(YEARS.replace("DATE", day).replace("MARK", mark), tmp_path)
    assert (then, wrong) == ((begins, age), [])


@pytest.mark.parametrize(
    ("mark", "agrees"),
    [
        ("20 years later, on 3 March 1909", True),
        ("20 years later, on 4 March 1909", True),
        ("20 years later, on 6 March 1909", False),
        ("20 years later, on 28 February 1909", False),
        ("8 years later, on 3 March 1897", True),
        ("12 months later, on 3 March 1890", True),
        ("6 months later, on 3 September 1889", True),
        ("3 months later, on 3 June 1889", True),
        ("at most 3 months later, on 3 June 1889", True),
        ("the next month, on 3 April 1889", True),
        ("20 years earlier, on 3 March 1869", True),
    ],
)
def test_dates_agree_with_the_months_between_them(mark: str, agrees: bool, tmp_path: Path) -> None:
    _, wrong = told(YEARS.replace("DATE", "3 March 1889").replace("MARK", mark), tmp_path)
    assert wrong == ([] if agrees else ["impossible-time"])


@pytest.mark.parametrize(
    ("mark", "begins"),
    [
        ("the same evening", "3 March 1889, 17:00"),
        ("later that evening, at 23:30", "3 March 1889, 23:30"),
        ("that night", "3 March 1889, 20:00"),
        ("that night, at 1:00", "4 March 1889, 01:00"),
        ("the next morning", "4 March 1889, 05:00"),
        ("the next night, at 1:00", "5 March 1889, 01:00"),
        ("the next day", "4 March 1889, 00:00"),
    ],
)
def test_a_part_of_the_day_has_its_hours(mark: str, begins: str, tmp_path: Path) -> None:
    (_, then), wrong = told(YEARS.replace("DATE", "3 March 1889").replace("MARK", mark), tmp_path)
    assert (then[0], wrong) == (begins, [])


@pytest.mark.parametrize("first", ["  on 3 March 1889, at 12:00\n", "  at 12:00\n", ""])
@pytest.mark.parametrize(
    "mark",
    [
        "the same evening, at 9 am",
        "that night, at 9 am",
        "the same afternoon, at 20:00",
        "the next morning, at 9 pm",
    ],
)
def test_a_clock_that_shows_no_hour_of_the_part_of_the_day_is_refused(
    first: str, mark: str, tmp_path: Path
) -> None:
    text = YEARS.replace("  on DATE, at 12:00\n", first).replace("MARK", mark)
    path = tmp_path / "hours.story"
    path.write_text(text.replace(", born 1 March 1860", ""), encoding="utf-8")
    found = [d.code for d in intrigue.load(path).check().diagnostics]
    assert "impossible-time" in found


def test_a_part_of_the_day_that_is_over_is_refused(tmp_path: Path) -> None:
    day = YEARS.replace("DATE", "3 March 1889")
    assert told(day.replace("MARK", "the same morning"), tmp_path)[1] == []  # at noon it may be
    late = day.replace("12:00", "13:00")
    assert told(late.replace("MARK", "the same morning"), tmp_path)[1] == ["impossible-time"]


def test_without_a_clock_a_part_of_the_day_has_no_hours(tmp_path: Path) -> None:
    path = tmp_path / "hours.story"
    text = YEARS.replace("  on DATE, at 12:00\n", "").replace(", born 1 March 1860", "")
    path.write_text(text.replace("MARK", "the same evening"), encoding="utf-8")
    assert [row.begins for row in intrigue.load(path).times().rows] == ["at the beginning"] * 2


def test_years_before_the_first_date_are_counted_back_from_it(tmp_path: Path) -> None:
    text = YEARS.replace("  on DATE, at 12:00\n", "")
    (first, _), wrong = told(text.replace("MARK", "20 years later, on 3 March 1909"), tmp_path)
    assert (first, wrong) == (("3 March 1889, 00:00", 29), [])


@pytest.mark.parametrize(
    ("mark", "begins"),
    [
        ("20 years later", "20 years after the beginning"),
        ("12 months later", "1 year after the beginning"),
        ("a month later", "30 days after the beginning"),
        ("6 months later", "182 days after the beginning"),
    ],
)
def test_without_a_date_a_year_has_365_days(mark: str, begins: str, tmp_path: Path) -> None:
    path = tmp_path / "years.story"
    text = YEARS.replace("  on DATE, at 12:00\n", "").replace("MARK", mark)
    path.write_text(text, encoding="utf-8")
    assert intrigue.load(path).times().rows[1].begins == begins


def test_what_misses_its_months_is_told_in_months(tmp_path: Path) -> None:
    path = tmp_path / "years.story"
    mark = "1 year 6 months later, on 3 October 1890"
    path.write_text(YEARS.replace("DATE", "3 March 1889").replace("MARK", mark), encoding="utf-8")
    (found,) = [d for d in intrigue.load(path).check().diagnostics if d.code == "impossible-time"]
    assert any(
        "1 year 6 months by the calendar, a day more or less, after" in note.text
        for note in found.notes
    )


HOURS = """story Hours
action wait(p: person)
  "{p} waits"
  fate
  takes 1 minute
cast
  Ada, Ben: person
scene One
  Ada waits.  [1]
    at least 2 hours before [2]
  Ada waits.
MARK  Ben waits.  [2]
  Ada waits.
"""


@pytest.mark.parametrize(
    ("mark", "begins"),
    [
        ("", (0, 1, 121, 122)),
        ("  later: 1 hour\n", (0, 1, 121, 122)),
        ("  later: 3 hours\n", (0, 1, 182, 183)),
        ("  meanwhile\n", (0, 1, 121, 122)),
    ],
)
def test_an_event_waits_for_what_is_said_under_one_before_it(
    mark: str, begins: tuple[int, ...], tmp_path: Path
) -> None:
    path = tmp_path / "hours.story"
    path.write_text(HOURS.replace("MARK", mark), encoding="utf-8")
    story = intrigue.load(path)
    assert timing(story.run()).schedule.starts == list(begins)


def test_a_clock_shows_its_hour_after_the_wait(tmp_path: Path) -> None:
    path = tmp_path / "hours.story"
    text = HOURS.replace("MARK", "  at 18:00\n").replace("scene One", "scene One\n  at 17:00")
    path.write_text(text, encoding="utf-8")
    assert [row.begins for row in intrigue.load(path).times().rows] == [
        "day 1, 17:00",
        "day 1, 17:01",
        "day 2, 18:00",
        "day 2, 18:01",
    ]


def test_the_date_that_contradicts_all_others_is_to_blame(tmp_path: Path) -> None:
    path = tmp_path / "dates.story"
    path.write_text(
        'story Dates\naction wait(p: person)\n  "{p} waits"\n  fate\ncast\n  Kit: person\nscene Days\n'
        + "".join(f"  Kit waits.\n    on {day} May 1950\n" for day in (1, 20, 3, 4)),
        encoding="utf-8",
    )
    found = intrigue.load(path).check().diagnostics
    wrong = [
        d.span.source.text[d.span.start : d.span.end]
        for d in found
        if d.span and d.code == "impossible-time"
    ]
    assert wrong == ["on 20 May 1950"]


bounds = st.tuples(
    st.integers(0, 4),
    st.integers(0, 4),
    st.one_of(st.none(), st.integers(-9, 9)),
    st.one_of(st.none(), st.integers(-9, 9)),
)


@given(st.lists(bounds, max_size=12))
def test_a_network_refuses_what_contradicts_it(
    given_bounds: list[tuple[int, int, int | None, int | None]],
) -> None:
    network = Network([0.0] * 5)
    far = [[0.0 if i == j else float("inf") for j in range(5)] for i in range(5)]
    for earlier, later, least, most in given_bounds:
        bound = Bound(earlier, later, least, most, "mark", "", None)
        found = network.add(bound)
        trial = [list(row) for row in far]
        for start, end, least_apart in (
            (earlier, later, most),
            (later, earlier, None if least is None else -least),
        ):
            if least_apart is not None:
                trial[start][end] = min(trial[start][end], least_apart)
        for k in range(5):
            for i in range(5):
                for j in range(5):
                    trial[i][j] = min(trial[i][j], trial[i][k] + trial[k][j])
        agrees = all(trial[i][i] >= 0 for i in range(5))
        assert (found is None) == agrees
        if agrees:
            far = trial
        elif found is not None:
            assert found.excess > 0
            assert bound in [each for each, _ in found.chain]


VAULT = """story The vault
facts
  out(person)
action lock(p: person)
  "{p} is locked in"
  within 1 hour: out(p)
  fate
action search(p: person)
  "{p} searches"
  fate
  takes 50 minutes
action leave(p: person)
  "{p} gets out"
  makes out(p)
  fate
  takes TAKES minutes
cast
  Ada, Ben: person
scene The vault
  Ada is locked in.
  Ben searches.
  Ada gets out.
"""


@pytest.mark.parametrize(("takes", "codes"), [(10, []), (11, ["deadline-missed"])])
def test_a_deadline_that_an_action_sets(takes: int, codes: list[str], tmp_path: Path) -> None:
    path = tmp_path / "the_vault.story"
    path.write_text(VAULT.replace("TAKES", str(takes)), encoding="utf-8")
    found = [
        d
        for d in intrigue.load(path).check().diagnostics
        if "time" in d.code or "deadline" in d.code
    ]
    assert [d.code for d in found] == codes
    for each in found:
        assert each.blanks["deadline"] == "within 1 hour: out(Ada)"
        assert each.label == "1 minute too late"


def test_a_deadline_speaks_of_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "the_vault.story"
    text = VAULT.replace("TAKES", "1").replace(
        "  Ben searches.\n", "  Ben searches.\n    within 1 hour: outt(Ada)\n"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(intrigue.StoryError) as error:
        intrigue.load(path)
    assert [d.code for d in error.value.diagnostics] == ["unknown-name"]

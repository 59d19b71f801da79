"""A telling that is changed, cut or gone on from at a moment, where it is not told in the order in which it happens, has readings, or
speaks of time: the answer is that of the same story told by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import intrigue
from intrigue.cli import cli
from intrigue.story.whatif import Change

RULES = """story The Gun
facts
  lit(p: person)
  armed(p: person)
action light(p: person)
  "{p} lights up"
  needs not lit(p)
  makes lit(p)
  will p
  takes 10 minutes
action load(p: person)
  "{p} loads"
  needs lit(p)
  makes armed(p)
  will p
  takes 5 minutes
action quench(p: person)
  "{p} quenches"
  needs lit(p)
  makes not lit(p)
  will p
  takes 1 minute
action tangle(p: person, q: person)
  "{p} tangles with {q}"
  needs armed(q)
  makes lit(p), not lit(q)
  will p
cast
  Ann, Bob: person
wants
  Ann: armed(Ann) x3
  Bob: not lit(Bob) x2
  Ann: lit(Ann)
  Bob: armed(Bob)
ending Both armed: armed(Ann) and armed(Bob)
ending Only Ann: armed(Ann) and not armed(Bob) and not lit(Bob)
"""

FLASHBACK = """
scene Now
  Ann lights up.

scene Then
  2 hours earlier
  Bob lights up.
  Bob loads.
  Bob quenches.
  now
  Ann loads.
"""


def story(telling: str) -> intrigue.Story:
    return intrigue.loads(RULES + telling)


def test_a_plan_goes_on_from_within_a_flashback() -> None:
    """Nothing of the present has happened by then, though it is told first."""
    (planned,) = story(FLASHBACK).plan("Only Ann", at=1).stories
    assert planned.to_text().split("\n\n")[-2:] == [
        "scene Then\n  Bob lights up.",
        "scene Only Ann\n  Ann lights up.\n  Ann loads.\n  Bob quenches.\n",
    ]
    assert intrigue.loads(planned.to_text()).ask("armed(Ann) and not armed(Bob)").value == "yes"


def test_what_is_told_by_then_stays_told() -> None:
    """However the author has laid it out: here no line is blank between the scenes."""
    told = "scene One\n  Ann lights up.\n  Bob lights up.\nscene Two\n  Ann loads.\n"
    (planned,) = story(told).plan("Both armed", at=3).stories
    assert planned.sentences == ["Bob loads"]
    assert intrigue.loads(planned.to_text()).ask("armed(Ann) and armed(Bob)").value == "yes"


def test_a_plan_goes_on_from_a_moment_of_its_reading() -> None:
    told = "scene One, reading a\n  Ann lights up.\nscene One, reading b\n  Bob lights up.\n"
    (planned,) = story(told).plan("Both armed", at=1, reading="b").stories
    assert "reading a" not in planned.to_text()
    assert sorted(planned.sentences) == ["Ann lights up", "Ann loads", "Bob loads"]


def test_without_the_present_a_flashback_still_comes_first() -> None:
    """`2 hours earlier` speaks of nothing any more, if Ann does not light up."""
    found = story(FLASHBACK).whatif(2, Change(forbid=4))
    assert found.breaks == "event 5, Ann loads: lit(Ann)"
    assert [step.told.sentence.text for step in found.story.run().steps] == [
        "Bob lights up",
        "Bob loads",
        "Bob quenches",
        "Ann loads",
    ]
    assert not found.story.plan("Only Ann", at=found.at).refused


def test_the_start_is_before_a_flashback() -> None:
    """Bob quenches what is lit at the start."""
    found = story(FLASHBACK).whatif("start", Change(set="lit(Bob)"))
    assert found.changes.facts == ()
    assert [step.told.sentence.text for step in found.story.run().steps][:2] == [
        "what_if_1()",
        "Bob lights up",
    ]


@pytest.mark.parametrize(
    "change", [Change(force="Ann tangles with Ann"), Change(instead="Ann tangles with Ann")]
)
def test_what_cannot_take_place_at_all_is_refused(change: Change) -> None:
    with pytest.raises(intrigue.StoryError, match="gives lit\\(Ann\\) two values at once"):
        story("scene One\n  Ann lights up.\n  Ann loads.\n  Ann quenches.\n").whatif(3, change)


def test_of_two_changes_of_one_fact_the_second_undoes_the_first() -> None:
    found = story("scene One\n  Ann lights up.\n").whatif(
        1, Change(set=["armed(Ann)", "not armed(Ann)"])
    )
    assert found.undone == ("armed(Ann) (by what is changed with it: armed(Ann) is no)",)


DEADLINE = "scene One\n  Bob lights up.\n    within 20 minutes: not lit(Bob)\n  Bob quenches.\n"


def test_what_is_cut_may_be_missed_by_a_deadline() -> None:
    cut = story(DEADLINE).cut(2)
    assert cut.times == (
        "deadline missed: within 20 minutes: not lit(Bob) (does not come true in what is told)",
    )
    assert "nothing breaks" not in str(cut)


def test_a_plan_says_which_deadline_it_misses(tmp_path: Path) -> None:
    """It is found all the same: the search does not look at the time."""
    told = DEADLINE.replace("within 20", "within 2").replace("not lit(Bob)", "armed(Bob)")
    path = tmp_path / "gun.story"
    path.write_text(RULES + told.replace("  Bob quenches.\n", ""))
    ran = CliRunner().invoke(cli, ["plan", str(path), "--goal", "armed(Bob)", "--from", "1"])
    assert ran.exit_code == 0
    assert "time: deadline missed: within 2 minutes: armed(Bob) (3 minutes too late)" in ran.output


def test_of_several_readings_a_verb_says_which_it_is_about(tmp_path: Path) -> None:
    path = tmp_path / "gun.story"
    path.write_text(
        f"{RULES}scene One, reading a\n  Ann lights up.\nscene Two, reading b\n  Bob lights up.\n"
    )
    told = CliRunner().invoke(cli, ["ask", str(path), "lit(Ann)"])
    assert told.stdout.startswith("yes")
    assert told.stderr == "(the reading a; `--reading` says which: b)\n"
    assert CliRunner().invoke(cli, ["ask", str(path), "lit(Ann)", "--reading", "a"]).stderr == ""
    assert CliRunner().invoke(cli, ["check", str(path)]).stderr == ""
    with pytest.raises(
        intrigue.StoryError, match="that scene belongs to the reading b: `--reading b`"
    ):
        intrigue.load(path).explain("Two")

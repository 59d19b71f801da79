"""What viewers ask of the later films: the tables of `docs/time_for_consequences.md` and `docs/heroic_duo.md`, row by row."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import intrigue
from intrigue.story.motives import Limits
from intrigue.story.whatif import Change

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| .+ \| `\"(.+)\" --at \"(.+)\"` \| (.+) \|$", re.MULTILINE)
ASKED = [
    (film, *row)
    for film in ("time_for_consequences", "heroic_duo")
    for row in ROW.findall((ROOT / "docs" / f"{film}.md").read_text(encoding="utf-8"))
]


@cache
def film(name: str) -> intrigue.Story:
    return intrigue.load(ROOT / "stories" / f"{name}.story")


def test_the_tables_are_read() -> None:
    assert len(ASKED) == 30


@pytest.mark.parametrize(("name", "question", "at", "answer"), ASKED)
def test_the_answer_is_what_the_table_says(name: str, question: str, at: str, answer: str) -> None:
    assert film(name).ask(question, at).value == answer


def test_without_kit_there_is_no_donor() -> None:
    story = film("time_for_consequences")
    change = Change(set=("health(Kit) = dead",))
    found = story.whatif("Kit knocks Kwong out.", change, limits=Limits(effort=1))
    plans = found.story.plan("Marrow for Sa", at=found.at)
    assert (plans.verdict, plans.lost) == ("none", True)
    assert plans.summary == "none exists: no events at all can bring it about any more (proved)"
    assert not story.plan("Marrow for Sa", at="Kit knocks Kwong out.", seconds=0).lost


def test_a_rescue_that_comes_later_comes_too_late() -> None:
    story = film("heroic_duo")
    detour = Change(force=("Brenda goes to the station.", "Brenda goes to the shore."))
    found = story.whatif("Brenda goes to the shore.", detour, limits=Limits(effort=1))
    (late,) = found.times
    assert late.startswith("deadline missed: within 1 hour: not closed(the vacuum room) (")
    assert late.endswith(" too late)")
    harmless = Change(set=("not armed(the merchant)",))
    assert not story.whatif("Brenda goes to the shore.", harmless, limits=Limits(effort=1)).times

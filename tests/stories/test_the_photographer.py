"""The story told by the machine: its beats are filled again, and the result stands the check."""

from __future__ import annotations

from pathlib import Path

import intrigue

STORIES = Path(__file__).parents[2] / "stories"


def test_the_beats_are_filled_as_the_story_tells() -> None:
    beats = intrigue.load(STORIES / "the_photographer.beats.story")
    found = beats.fill()
    assert found.verdict == "filled", found.summary
    assert found.fillings[0].text == (STORIES / "the_photographer.story").read_text()
    assert [sentence for gap in found.fillings[0].gaps for sentence in gap.sentences] == [
        "Mak sneaks to the studio",
        "Suet confides in Mak",
        "Inspector Yip follows Mak",
        "Inspector Yip corners Mak",
    ]


def test_nothing_is_found_in_it() -> None:
    report = intrigue.load(STORIES / "the_photographer.story").check()
    assert [each.code for each in report.diagnostics] == []
    assert report.counts["motives_found"] == report.counts["motives"] == 11


def test_in_a_large_world_a_story_to_a_goal_is_found_by_mending_what_is_missing() -> None:
    killer = intrigue.load(STORIES / "the_killer.story")
    found = killer.plan("funded(Jennie)", at=3, max_events=8)
    assert found.verdict == "found"
    assert found.stories[0].sentences[-1] == (
        "Ah Jong pays the doctor for the operation of Jennie with the bag"
    )
    assert found.stories[0].standing.ok


def test_jennie_sees_again_by_one_plan_of_ah_jong_s() -> None:
    """Eight events, the last two of them the doctor's, who has reasons of his own: far off, and gone for straight."""
    killer = intrigue.load(STORIES / "the_killer.story")
    found = killer.plan("sight(Jennie) = clear", at=3, max_events=8)
    assert found.verdict == "found"
    told = found.stories[0]
    assert told.sentences[-1] == "The doctor operates on Jennie"
    assert told.standing.ok

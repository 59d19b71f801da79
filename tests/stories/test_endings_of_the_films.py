"""The endings that the films' stories name: the one that is told comes about, the others do not, and when they were lost can be said."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

import intrigue

STORIES = Path(__file__).parents[2] / "stories"
TOLD = {
    "the_killer": "Both lie dead",
    "time_for_consequences": "Marrow for Sa",
    "heroic_duo": "She sees Shanghai",
}


@pytest.mark.parametrize("film", TOLD)
def test_it_ends_as_told_and_never_otherwise_on_the_way(film: str) -> None:
    run = intrigue.load(STORIES / f"{film}.story").run()
    for name, expr, _ in run.world.endings:
        holds = [run.engine.evaluate(state, json.dumps(expr), []) is True for state in run.states]
        assert any(holds) == holds[-1] == (name == TOLD[film]), name


def test_before_the_battle_two_friends_could_still_get_away() -> None:
    story = intrigue.load(STORIES / "the_killer.story")
    found = story.plan("Two friends get away", at="[25]", max_events=4)
    assert found.verdict == "found"
    assert found.stories[0].sentences[-1] == "Ah Jong shoots Wong Hoi"


def test_when_the_other_endings_were_lost() -> None:
    story = intrigue.load(STORIES / "the_killer.story")
    states = {each.name: each for each in story.endings(max_events=1).endings}
    assert states["Both lie dead"].state == "holds"
    assert states["The law has him"].lost_by == "Ah Jong dies of the wounds"
    assert states["The boss buys his safety"].lost_by == "Li shoots Wong Hoi"


def test_a_way_is_checked_from_where_it_begins_and_within_the_time() -> None:
    # why 92 events of the telling happened is no question here: looking into that took longer than the search
    story = intrigue.load(STORIES / "time_for_consequences.story")
    story.run()
    began = time.process_time()
    found = story.plan("Kit never comes home", at=92, max_events=8, seconds=2)
    took = time.process_time() - began
    assert found.stories[0].standing.ok
    assert took < 3.0, f"{took:.1f} s"
    reasons = found.stories[0].reasons
    assert [reason.number for reason in reasons] == [93]
    assert all(why.given_up == () for why in reasons[0].whys)

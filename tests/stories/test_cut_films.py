"""What every scene of a film carries: found out for all of them, whatever their people imagine."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue

STORIES = Path(__file__).parent.parent.parent / "stories"


@pytest.mark.parametrize("film", ["the_killer", "time_for_consequences", "heroic_duo"])
def test_most_scenes_carry_something(film: str) -> None:
    story = intrigue.load(STORIES / f"{film}.story")
    weights = story.weights()
    assert len(weights.cuts) == len(story.world.telling)
    bare = [cut for cut in weights.cuts if cut.changes.weight == 0]
    assert len(bare) <= len(weights.cuts) / 4

"""Two persons over time, on the story of a stolen portrait."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue
from intrigue.story.relate import Item

PORTRAIT = Path(__file__).parent / "cases" / "two_orders.story"


def test_what_an_event_changes_between_two() -> None:
    found = intrigue.load(PORTRAIT).relate("Ada", "ben")
    assert found.persons == ("Ada", "Ben")
    assert [turn.number for turn in found.turns] == [0, 1, 2, 3]
    blames = found.turns[2]
    assert Item("belief", "Ben", "blames(Ada) is nobody") in blames.new
    learns = found.turns[3]
    assert Item("between", "", "blames(Ada) is Ben") in learns.new
    assert Item("of the other", "Ada", "Ben: blames(Ada) is nobody") in learns.new
    assert found.end == tuple(item for item in found.end if item not in learns.gone)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "Bem"), ("Ada", "Ada"), ("the portrait", "Ada")]
)
def test_only_two_persons_can_be_related(one: str, other: str) -> None:
    with pytest.raises(intrigue.StoryError):
        intrigue.load(PORTRAIT).relate(one, other)

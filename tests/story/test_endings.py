"""Endings: reached, in reach, out of reach and since when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import intrigue

CELLAR = Path(__file__).parent / "the_cellar.story"

ONE_WAY = """story The bridge
facts
  side(person): bank
  whole()
kinds
  bank = near | far
action cross(p: person)
  "{p} crosses"
  needs whole(), side(p) = near
  makes side(p) = far
  will p
action burn(p: person)
  "{p} burns the bridge"
  needs whole()
  makes not whole()
  will p
cast
  Ada, Ben: person
start
  whole()
wants
  Ada: side(Ada) = far
  Ben: not whole()
endings
  Over: side(Ada) = far
  Ashes: not whole()
  Both: side(Ada) = far
    not whole()
scene The bridge
  Ben burns the bridge.
"""


def bridge(tmp_path: Path) -> intrigue.Story:
    path = tmp_path / "the_bridge.story"
    path.write_text(ONE_WAY, encoding="utf-8")
    return intrigue.load(path)


def test_what_is_lost_says_since_when(tmp_path: Path) -> None:
    over, ashes, both = bridge(tmp_path).endings().endings
    assert (over.state, over.lost_after, over.lost_by) == ("lost", 1, "Ben burns the bridge")
    assert ashes.state == "holds"
    assert str(both) == "Both: lost since event 1, Ben burns the bridge (proved)"


def test_what_is_open_has_a_way(tmp_path: Path) -> None:
    over, ashes, both = bridge(tmp_path).endings("start", shortest=True).endings
    assert (over.way, ashes.way) == (("Ada crosses",), ("Ben burns the bridge",))
    assert both.way == ("Ada crosses", "Ben burns the bridge")
    found = bridge(tmp_path).endings("start", max_events=1).endings[2]
    assert found.state == "none"


def test_from_the_middle() -> None:
    found, opened = intrigue.load(CELLAR).endings(3).endings
    assert found.way == ("Ada searches the cellar",)
    assert opened.state == "holds"


@pytest.mark.parametrize(
    ("wrong", "kind", "said"),
    [
        ({"max_evnets": 4}, TypeError, "there is no limit 'max_evnets'; there are: count,"),
        ({"max_events": -1}, ValueError, "max_events must be at least 0"),
        ({"search": "x"}, ValueError, "there are: growing"),
    ],
)
def test_senseless_limits_are_refused_where_nothing_is_left_to_look_for(
    wrong: dict[str, Any], kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        intrigue.load(CELLAR).endings(**wrong)


def test_an_interrupt_ends_the_whole_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = bridge(tmp_path)
    plan = intrigue.Story.plan
    asked = []

    def interrupted(self: intrigue.Story, goal: Any, **how: Any) -> Any:
        asked.append(goal)
        return replace(plan(self, goal, **how), stories=(), stopped_by="interrupt")

    monkeypatch.setattr(intrigue.Story, "plan", interrupted)
    with pytest.raises(KeyboardInterrupt):
        story.endings("start")
    assert asked == ["Over"]


def test_where_the_search_is_stopped_the_way_of_the_telling_is_one(tmp_path: Path) -> None:
    path = tmp_path / "the_bridge.story"
    path.write_text(ONE_WAY.replace("  Ben burns", "  Ada crosses.\n  Ben burns"), encoding="utf-8")
    over, *_ = intrigue.load(path).endings("start", seconds=0).endings
    assert (over.state, over.way, over.shortest) == ("reachable", ("Ada crosses",), False)
    path.write_text(ONE_WAY.replace("  Ben burns", "  Ben crosses.\n  Ben burns"), encoding="utf-8")
    *_, both = intrigue.load(path).endings("start", seconds=0).endings
    assert both.state == "undecided"

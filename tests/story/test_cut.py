"""What breaks without an event: on a story of three events that hang on each other."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue


@pytest.fixture(scope="module")
def story() -> intrigue.Story:
    found = intrigue.load(Path(__file__).parent / "the_cellar.story")
    assert found.check().ok
    return found


def test_what_needs_the_event_becomes_impossible(story: intrigue.Story) -> None:
    found = story.cut(1)
    assert [(each.number, each.conditions) for each in found.changes.impossible] == [
        (3, ("holder(the key) = Ada",))
    ]
    assert found.changes.expectations == ("holder(the key) = Ada",)
    assert ("holder(the key)", "Ada", "Ben") in found.changes.facts
    assert [(b.person, b.fact, b.before, b.after) for b in found.changes.beliefs] == [
        ("Ada", "holder(the key)", "Ada", "Ben"),
        ("Ben", "holder(the key)", "Ada", "Ben"),
    ]


def test_what_changes_nothing_can_go(story: intrigue.Story) -> None:
    found = story.cut("The song")
    assert found.changes.weight == 0
    assert str(found).splitlines()[1] == "  nothing breaks"


def test_endings_close_and_open(story: intrigue.Story) -> None:
    found = story.cut(4)
    assert found.changes.endings_closed == ("Found",)
    assert found.changes.endings_opened == ("Open",)
    assert found.changes.expectations == ("found(Ada)",)


def test_a_scene_takes_its_expectations_with_it(story: intrigue.Story) -> None:
    assert story.cut("The cellar").changes.expectations == ()


def test_all_scenes_and_all_events_are_weighed(story: intrigue.Story) -> None:
    scenes, events = story.weights(), story.weights(events=True)
    assert {cut.what: cut.changes.weight for cut in scenes.cuts} == {
        "the scene The key": 1,
        "the scene The song": 0,
        "the scene The cellar": 1,
    }
    assert [cut.events for cut in events.cuts] == [(1,), (2,), (3,), (4,)]
    assert str(events).splitlines()[-2].endswith("event 2, Ben sings")


def test_what_is_not_told_cannot_be_cut(story: intrigue.Story) -> None:
    with pytest.raises(intrigue.StoryError):
        story.cut(9)

"""What breaks without an event: on a story of three events that hang on each other."""

from __future__ import annotations

import pytest

import intrigue

STORY = """story The cellar
facts
  holder(thing): person or place
  open(place)
  found(person)
action take(p: person, t: thing)
  "{p} takes {t}"
  needs holder(t) != p
  makes holder(t) = p
  will p
  seen by anyone
action unlock(p: person, x: place, t: thing)
  "{p} unlocks {x} with {t}"
  needs holder(t) = p, not open(x)
  makes open(x)
  will p
  seen by anyone
action search(p: person, x: place)
  "{p} searches {x}"
  needs open(x)
  makes found(p)
  will p
  seen by p
action sing(p: person)
  "{p} sings"
  fate
cast
  Ada, Ben: person
  the key: thing, holder = Ben
  the cellar: place
wants
  Ada: found(Ada) x2
ending Found: found(Ada)
ending Open: open(the cellar) and not found(Ada)
scene The key
  Ada takes the key.
  expect holder(the key) = Ada
scene The song
  Ben sings.
scene The cellar
  Ada unlocks the cellar with the key.
  Ada searches the cellar.
  expect found(Ada)
"""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> intrigue.Story:
    path = tmp_path_factory.mktemp("cut") / "the_cellar.story"
    path.write_text(STORY, encoding="utf-8")
    found = intrigue.load(path)
    assert found.check().ok
    return found


def test_what_needs_the_event_becomes_impossible(story: intrigue.Story) -> None:
    found = story.cut(1)
    assert [(each.number, each.conditions) for each in found.impossible] == [
        (3, ("holder(the key) = Ada",))
    ]
    assert found.expectations == ("holder(the key) = Ada",)
    assert ("holder(the key)", "Ada", "Ben") in found.facts
    assert [(b.person, b.fact, b.before, b.after) for b in found.beliefs] == [
        ("Ada", "holder(the key)", "Ada", "Ben"),
        ("Ben", "holder(the key)", "Ada", "Ben"),
    ]


def test_what_changes_nothing_can_go(story: intrigue.Story) -> None:
    found = story.cut("The song")
    assert found.weight == 0
    assert str(found).splitlines()[1] == "  nothing breaks"


def test_endings_close_and_open(story: intrigue.Story) -> None:
    found = story.cut(4)
    assert found.endings_closed == ("Found",)
    assert found.endings_opened == ("Open",)
    assert found.expectations == ("found(Ada)",)


def test_a_scene_takes_its_expectations_with_it(story: intrigue.Story) -> None:
    assert story.cut("The cellar").expectations == ()


def test_all_scenes_and_all_events_are_weighed(story: intrigue.Story) -> None:
    scenes, events = story.weights(), story.weights(events=True)
    assert {cut.what: cut.weight for cut in scenes.cuts} == {
        "the scene The key": 1,
        "the scene The song": 0,
        "the scene The cellar": 1,
    }
    assert [cut.events for cut in events.cuts] == [(1,), (2,), (3,), (4,)]
    assert str(events).splitlines()[-2].endswith("event 2, Ben sings")


def test_what_is_not_told_cannot_be_cut(story: intrigue.Story) -> None:
    with pytest.raises(intrigue.StoryError):
        story.cut(9)

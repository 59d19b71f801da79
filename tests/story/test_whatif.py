"""What if: on a story of four events."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue
from intrigue.story.whatif import Change


@pytest.fixture(scope="module")
def story() -> intrigue.Story:
    return intrigue.load(Path(__file__).parent / "the_cellar.story")


def test_a_fact_that_is_set_is_seen_by_all(story: intrigue.Story) -> None:
    found = story.whatif(1, Change(set=("holder(the key) = Ben",)))
    assert found.breaks == "event 3, Ada unlocks the cellar with the key: holder(the key) = Ada"
    assert found.at == 3  # in the new telling: the key, the change, the song


def test_a_belief_changes_one_mind_only(story: intrigue.Story) -> None:
    found = story.whatif(2, Change(believe=("Ada: holder(the key) = Ben",)))
    assert found.changes.impossible == ()
    assert [(r.number, r.person, r.lost) for r in found.changes.motives] == [(3, "Ada", True)]
    run = found.story.run()
    assert story.ask("holder(the key)").value == "Ada"
    mind = run.engine.believed(run.states[3], run.world.persons[0])
    assert mind != run.states[3]


def test_what_is_forced_happens_though_it_cannot(story: intrigue.Story) -> None:
    found = story.whatif("start", Change(force=("Ada searches the cellar.",)))
    assert found.inserted == (("Ada searches the cellar", ("open(the cellar)",)),)
    assert found.breaks.startswith("event 1, Ada takes the key: Ada has no motive")


def test_what_is_forbidden_is_not_told(story: intrigue.Story) -> None:
    by_sentence = story.whatif(1, Change(forbid=("Ada unlocks the cellar with the key",)))
    assert by_sentence.breaks == "event 4, Ada searches the cellar: open(the cellar)"
    assert (
        str(story.whatif(1, Change(forbid=("3",)))).splitlines()[1:]
        == (str(by_sentence).splitlines()[1:])
    )


def test_one_change_may_stand_for_a_list_of_one(story: intrigue.Story) -> None:
    assert Change(set="holder(the key) = Ben") == Change(set=("holder(the key) = Ben",))
    assert Change(forbid=3) == Change(forbid=[3]) == Change(forbid=("3",))
    assert story.whatif(1, Change(forbid=3)).breaks.startswith("event 4,")
    with pytest.raises(TypeError, match="force must be a text or several, not 3"):
        Change(force=3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="set must be a text or several, not"):
        Change(set=["holder(the key) = Ben", None])  # type: ignore[list-item]


def test_no_change_is_no_question() -> None:
    with pytest.raises(ValueError, match="change something: force, forbid, set, believe,"):
        Change()
    with pytest.raises(ValueError, match="either instead or outcome"):
        Change(instead="Ben sings.", outcome="meant")


WATCH = """story The watch
facts
  where(person): place  visible to anyone at where(person)  "{person} is at {value}"
  health(person): health = fit  "{person} is {value}"
  trusts(p: person, q: person)  "{p} trusts {q}"
kinds
  health = fit < dead
action sing(p: person)
  "{p} sings"
  fate
  seen by anyone
cast
  Ada, Ben: person, at the tower
  Cora: person, at the gate
  the tower, the gate: place
scene The song
  Ben sings.
"""


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> intrigue.Story:
    path = tmp_path_factory.mktemp("watch") / "watch.story"
    path.write_text(WATCH)
    return intrigue.load(path)


def test_what_is_set_or_believed_can_be_said_in_phrases(watch: intrigue.Story) -> None:
    found = watch.whatif("start", Change(set=("Cora is dead", "Ada trusts Ben"))).story
    assert found.ask("health(Cora)").value == "dead"
    assert found.ask("trusts(Ada, Ben)").value == "yes"
    again = found.whatif("end", Change(set=("Ada does not trust Ben",))).story
    assert again.ask("trusts(Ada, Ben)").value == "no"
    found = watch.whatif("start", Change(believe=("Ada: Cora is dead",))).story
    assert found.ask("Ada believes health(Cora) = dead").value == "yes"
    assert found.ask("health(Cora)").value == "fit"


def test_a_belief_that_is_undone_at_once_is_told(watch: intrigue.Story) -> None:
    """Ada stands beside Ben: she cannot take him to be elsewhere; of Cora she can be made to believe anything."""
    found = watch.whatif("start", Change(believe=("Ada: Ben is at the gate",)))
    assert found.undone == (
        "Ada believes Ben is at the gate (Ada sees otherwise: where(Ben) is the tower)",
    )
    assert "undone at once: Ada believes Ben is at the gate" in str(found)
    assert watch.whatif("start", Change(believe=("Ada: Cora is dead",))).undone == ()


def test_another_event_in_its_place(story: intrigue.Story) -> None:
    found = story.whatif(1, Change(instead="Ben sings."))
    assert found.breaks.startswith("event 3,")
    assert next(step.action.name for step in found.story.run().steps) == "sing"


def test_it_can_be_planned_on(story: intrigue.Story) -> None:
    found = story.whatif(1, Change(set=("holder(the key) = Ben",)))
    plans = found.story.plan("Found", at=found.at, max_events=4)
    assert plans
    sentences = [plans.stories[0].run().sentence(step.event) for step in plans.stories[0].steps]
    assert sentences == [
        "Ada takes the key",
        "Ada unlocks the cellar with the key",
        "Ada searches the cellar",
    ]


@pytest.mark.parametrize(
    ("at", "change"),
    [
        ("99", Change(force=("Ben sings",))),
        (1, Change(force=("Ben dances",))),
        (1, Change(forbid=("Ben dances",))),
        (3, Change(forbid=("Ada takes the key",))),
        (3, Change(forbid=("3",))),
        (1, Change(set=("holder(the door) = Ben",))),
        (1, Change(set=("",))),
        (1, Change(set=("open(the cellar)\naction x()\n  fate",))),
        (1, Change(believe=("open(the cellar)",))),
        (1, Change(believe=("the cellar: open(the cellar)",))),
        (1, Change(outcome="miss")),
    ],
)
def test_what_means_nothing_is_said(story: intrigue.Story, at: str | int, change: Change) -> None:
    with pytest.raises(intrigue.StoryError) as error:
        story.whatif(at, change)
    assert str(error.value)


def test_a_supposition_is_a_story_of_which_more_can_be_supposed(story: intrigue.Story) -> None:
    once = story.whatif(1, Change(set=("holder(the key) = Ben",)))
    twice = once.story.whatif(1, Change(set=("open(the cellar)",), believe=("Ben: found(Ada)",)))
    assert twice.story.ask("open(the cellar) and holder(the key) = Ben", 4).value == "yes"


BRIDGE = """story The Bridge
facts
  dead(person)   "{person} is dead"
action shoot(a: person, v: person)
  "{a} shoots {v}"
  makes dead(v)
  will a
  seen by anyone
cast
  Dov, Clea, Marlow: person
scene One
  Dov shoots Clea.
"""


def test_what_the_dead_take_to_be_so_is_no_belief(tmp_path: Path) -> None:
    """Marlow is shot in Clea's place: neither what he saw, nor what she would have seen, is told."""
    path = tmp_path / "bridge.story"
    path.write_text(BRIDGE)
    changed = Change(forbid=(1,), force=("Dov shoots Marlow",))
    found = intrigue.load(path).whatif("start", changed).changes
    assert {belief.person for belief in found.beliefs} == {"Dov"}
    assert [fact for fact, _, _ in found.facts] == ["dead(Clea)", "dead(Marlow)"]

"""What the engine says leads to something: `Engine.towards`, by the words of the events."""

from __future__ import annotations

from pathlib import Path

import intrigue
from intrigue.planning.goal import read_goal
from intrigue.story.run import Run

CELLAR = Path(__file__).parent / "the_cellar.story"


def towards(
    run: Run,
    said: str,
    mind: str | None = None,
    events: int = 4,
    story: intrigue.Story | None = None,
) -> tuple[int | None, list[str]]:
    """What it takes, and which events lead there from the opening."""
    wanted = read_goal(story or intrigue.load(CELLAR), said, run.engine, run.states[0]).json()
    assert wanted is not None
    chain = [atom for atom in run.world.persons if run.world.atoms[atom].name == mind]
    weight, found = run.engine.towards(run.states[0], [(chain, wanted, [])], events)
    return weight, [run.sentence(event) for event, _ in found]


def test_what_is_so_takes_nothing() -> None:
    run = intrigue.load(CELLAR).retold(()).run()
    assert towards(run, "holder(the penny) = Ada") == (0, [])


def test_only_what_can_happen_now_is_named() -> None:
    run = intrigue.load(CELLAR).retold(()).run()
    weight, found = towards(run, "not thirsty(Ada)")
    assert weight is not None
    assert "Bo unlocks the cellar with the iron key" in found
    assert "Ada drinks the port" not in found


def test_accidents_come_after_what_somebody_means() -> None:
    run = intrigue.load(CELLAR).retold(()).run()
    _, found = towards(run, "open(the cellar)")
    assert found.index("Bo unlocks the cellar with the iron key") < found.index("The earth shakes")


def test_what_nothing_can_bring_about_has_no_way() -> None:
    run = intrigue.load(CELLAR).retold(()).run()
    assert towards(run, "holder(the penny) = the cellar") == (None, [])


def test_what_could_be_seen_for_a_walk_may_be_told_as_well() -> None:
    told = intrigue.load(Path(__file__).parents[2] / "stories" / "the_killer.story")
    run = told.run()
    fled = next(step for step in run.steps if "escapes to the beach" in step.told.sentence.text)
    wanted = read_goal(told, "where(Ah Jong) = the beach", run.engine, fled.after).json()
    assert wanted is not None
    [friend] = [atom for atom in run.world.persons if run.world.atoms[atom].name == "Fung Sei"]
    _, found = run.engine.towards(fled.after, [([friend], wanted, [])], 4)
    said = [run.sentence(event) for event, _ in found]
    assert said.index("Fung Sei goes to the beach") < said.index("Ah Jong phones Fung Sei")


def test_an_event_that_takes_away_what_it_is_for_comes_after_one_that_does_not() -> None:
    prank = intrigue.load(Path(__file__).parents[1] / "planning" / "cases" / "the_prank.story")
    run = prank.retold(()).run()
    _, found = towards(run, "startled(Bo)", story=prank)
    # to slip out is easier, and out of sight; but Bo stays where he is, and to slip back at once is one journey too many
    assert found.index("Ada hides") < found.index("Ada slips to the mill")


def test_single_events_that_help_are_tried_one_by_one() -> None:
    run = intrigue.load(CELLAR).retold(()).run()
    wanted = read_goal(intrigue.load(CELLAR), "open(the cellar)", run.engine, run.states[0]).json()
    assert wanted is not None
    start, states = run.states[0], run.engine.statistics()["states"]

    lessening = run.engine.lessening(start, (start, []), [], [[([], wanted, [])]])
    found = {run.sentence(event): left for event, left in lessening}
    assert found["Bo unlocks the cellar with the iron key"] == [0]
    assert found["The earth shakes"] == [0]
    assert not any("drinks" in said or "goes" in said for said in found)
    assert run.engine.statistics()["states"] == states

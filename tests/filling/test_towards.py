"""What the engine says leads to something: `Engine.towards`, `lessening` and `relaxed_plan`, by the words of the events."""

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


def relaxed(run: Run, said: str, *but: str) -> tuple[int, list[str]] | None:
    """How many actions a relaxed plan has, and what of it can be done at once."""
    engine, start = run.engine, run.states[0]
    wanted = read_goal(intrigue.load(CELLAR), said, engine, start).json()
    assert wanted is not None
    events = [
        event
        for action, declared in enumerate(run.world.actions)
        for event in engine.candidates(start, action, [None] * len(declared.params))
        if run.sentence(event) in but
    ]
    assert len(events) == len(but)
    plan = engine.relaxed_plan(start, wanted, [], events)
    if plan is None:
        return None
    length, helpful = plan
    found = [event for action, args in helpful for event in engine.candidates(start, action, args)]
    return length, [run.sentence(event) for event in found]


def test_a_relaxed_plan_says_how_far_it_is_and_what_may_come_first() -> None:
    run = intrigue.load(CELLAR).retold(()).run()
    assert relaxed(run, "holder(the penny) = Ada") == (0, [])
    # the cellar is opened, Ada goes there, and drinks
    ways = ["Bo unlocks the cellar with the iron key", "The earth shakes"]
    found = relaxed(run, "not thirsty(Ada)")
    assert found is not None
    assert (found[0], sorted(found[1])) == (3, ways)
    assert relaxed(run, "holder(the penny) = the cellar") is None


def test_a_relaxed_plan_goes_without_what_has_led_nowhere() -> None:
    run = intrigue.load(CELLAR).retold(()).run()
    ways = ("Bo unlocks the cellar with the iron key", "The earth shakes")
    found = relaxed(run, "not thirsty(Ada)", *ways)
    assert found is not None
    length, first = found
    assert length == 4
    assert "Ada snatches the iron key from Bo" in first
    assert not set(first) & set(ways)

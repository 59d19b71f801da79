"""Motives: the engine finds one exactly where the reference, trying every plan, finds one, and
shows one that the reference accepts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hypothesis import event as note
from hypothesis import given
from hypothesis import strategies as st

from reference.motives import Step
from reference.sides import State
from reference.sketch import Sketch
from reference.towers import reachable

from . import WORLDS
from .both import Both, finite
from .worlds import made, plottable

if TYPE_CHECKING:
    from intrigue._engine import Question

MOST_QUESTIONS = 10
MOST_MINDS = 40
"""Towers with more different minds take the reference too long."""
MOST_PLANS = 800
"""The reference tries no more than about so many sequences of events; longer ones are not asked for."""

EFFORT = 300
"""Little enough that a question may come to no end: then it shows whether as much was tried."""


def affordable(both: Both, max_events: int, plans: int) -> int:
    """So many events that the reference tries no more than about so many plans."""
    world = both.reference.interpreter.world
    journeys = sum(each["journey"] for each in world.actions)
    while max_events > 1 and len(world.events) ** (max_events + journeys) > plans:
        max_events -= 1
    return max_events


def early_states(both: Both, choice: int) -> Iterator[tuple[State, State]]:
    """The opening and the state after one event, to the reference and to the engine."""
    now = both.start()
    for _ in range(2):
        if now is None or len(reachable(now[0])) > MOST_MINDS:
            return
        yield now
        possible = [
            each
            for each in both.reference.interpreter.world.events
            if both.reference.possible(now[0], each)
        ]
        if not possible:
            return
        now = both.after(now, possible[choice % len(possible)])


@WORLDS
@given(made(plottable), st.integers(1, 4), st.integers(0, 3), st.integers(0, 99))
@finite
def test_the_engine_finds_what_the_reference_finds(
    sketch: Sketch, max_events: int, max_minds: int, choice: int
) -> None:
    both = Both(sketch)
    world = both.reference.interpreter.world
    max_events = affordable(both, max_events, MOST_PLANS)
    for mine, theirs in early_states(both, choice):
        asked = [
            (each, person)
            for person in world.persons
            for each in world.events
            if person in both.reference.willing(mine.minds[person], each)
            and both.reference.possible(mine.minds[person], each)
        ]
        for each, person in asked[:MOST_QUESTIONS]:
            expected = both.reference.motivated(mine, person, each, max_events, max_minds)
            motive = both.engine.motive(theirs, person, each, max_events, max_minds)
            note(f"{motive['verdict']}, {len(motive['plan'])} events")
            question = f"why {sketch.atoms[person]} would will {each}"
            assert motive["verdict"] == ("found" if expected else "none"), question
            if expected:
                plan = both.engine.plan(motive)
                motives = both.reference.interpreter.motives(max_minds)
                assert motives.accepts(person, plan, mine.minds[person], max_events), plan


@WORLDS
@given(made(plottable), st.integers(1, 4), st.integers(1, 3), st.integers(0, 99))
@finite
def test_what_is_looked_for_beside_is_what_would_be_found_in_its_turn(
    sketch: Sketch, max_events: int, max_minds: int, choice: int
) -> None:
    both = Both(sketch)
    states = [theirs for _, theirs in early_states(both, choice)]
    if not states:
        return
    engine = both.engine.engine
    asked: list[list[Question]] = [
        [
            {
                "mind": engine.believed(state, person),
                "person": person,
                "event": both.engine.event(each),
                "waypoints": [],
                "brings": None,
                "familiar": [],
                "passing": bool(choice % 2),
                "follows": not choice % 2,
            }
        ]
        for state in states
        for person in both.reference.interpreter.world.persons
        for each in both.reference.interpreter.world.events[:MOST_QUESTIONS]
    ]
    beside = engine.beside(asked, max_events=max_events, max_minds=max_minds, budget=EFFORT)
    assert beside is not None
    later = beside.answers()
    for (question,), (answer,) in zip(asked, later, strict=True):
        here = engine.motive(
            question["mind"],
            question["person"],
            question["event"],
            passing=question["passing"],
            follows=question["follows"],
            max_events=max_events,
            max_minds=max_minds,
            budget=EFFORT,
        )
        note(f"{here['verdict']}, {len(here['plan'])} events")
        assert answer == here


@WORLDS
@given(made(plottable), st.integers(1, 3), st.integers(1, 2), st.integers(0, 99))
@finite
def test_somebody_intends_something_exactly_where_the_reference_finds_a_motive_that_others_would_join(
    sketch: Sketch, max_events: int, max_minds: int, choice: int
) -> None:
    both = Both(sketch)
    world = both.reference.interpreter.world
    max_events = affordable(both, max_events, MOST_PLANS // 4)
    for mine, theirs in early_states(both, choice):
        motives = both.reference.interpreter.motives(max_minds)
        for person in world.persons:
            mind = mine.minds[person]
            found = both.engine.intention(theirs, person, max_events, max_minds)
            note(f"{found['verdict']}, {len(found['plan'])} events")
            joined = [
                each
                for each in world.events
                if world.actions[each.action]["mode"] == "chosen"
                and world.actions[each.action].get("meant") is None
                and motives.agreed(person, mind, each, max_events, 1)
                and motives.motivated(person, each, mind, max_events)
            ]
            question = f"what {sketch.atoms[person]} would do"
            assert found["verdict"] == ("found" if joined else "none"), (question, joined)
            if joined:
                first, *rest = both.engine.plan(found)
                assert first.event in joined, question
                own = [each for each in joined if person in both.reference.willing(mind, each)]
                assert not own or first.event in own, "nobody waits who can do something"
                plan = (Step(first.event), *rest)
                assert motives.accepts(person, plan, mind, max_events), plan

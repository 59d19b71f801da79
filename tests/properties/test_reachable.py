"""What happens was not out of reach: whatever holds somewhere on a walk through a random world, the engine called reachable from
every state before."""

from __future__ import annotations

import json

from hypothesis import given

from intrigue._engine import Engine, EventError, TriggerLoopError
from reference.sketch import Sketch
from reference.world import Json

from . import WORLDS
from .test_states import walk
from .worlds import made


def conditions(engine: Engine, sketch: Sketch, questions: list[Json], state: int) -> list[str]:
    """The questions that hold in a state, and that each fluent has the value that it has there."""
    asked = [json.dumps(sketch.expr(question)) for question in questions]
    held = [each for each in asked if engine.evaluate(state, each, []) is True]
    for fluent, value in enumerate(engine.values(state)):
        fact, args = engine.fluent_of(fluent)
        place = {"fact": [fact, [{"const": {"atom": arg}} for arg in args]]}
        match value:
            case bool():
                held.append(json.dumps(place if value else {"not": place}))
            case float():
                held.append(json.dumps({"eq": [place, {"const": {"number": value}}]}))
            case ("atom", int(atom)):
                held.append(json.dumps({"eq": [place, {"const": {"atom": atom}}]}))
    return held


@WORLDS
@given(made(walk))
def test_what_happens_was_within_reach(walk: tuple[Sketch, list[Json], list[int]]) -> None:
    sketch, questions, choices = walk
    problem = sketch.problem()
    states: list[int] = []
    try:
        engine = Engine(json.dumps(problem))
        states.append(engine.start())
        for choice in choices:
            possible = [
                event
                for action, lifted in enumerate(problem["actions"])
                for event in engine.candidates(states[-1], action, [None] * len(lifted["params"]))
                if engine.possible(states[-1], event)
            ]
            if not possible:
                break
            states.append(engine.after(states[-1], possible[choice % len(possible)]))
    except (EventError, TriggerLoopError):
        pass  # as far as the walk has come
    for moment, state in enumerate(states):
        for held in conditions(engine, sketch, questions, state):
            for before in states[: moment + 1]:
                assert engine.reachable(before, held, []), (held, moment)
                assert engine.relaxed_plan(before, held, [], []) is not None, (held, moment)

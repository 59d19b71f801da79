"""Small problems at random: the engine's stories are exactly those that the judge lets pass."""

from __future__ import annotations

import json
import os
from itertools import product
from pathlib import Path
from random import Random

import pytest
from benchmarks.judge.plans import Judge, Limits, Step
from benchmarks.judge.problem import Problem
from benchmarks.judge.states import TriggerLoop

from intrigue._engine import Engine
from intrigue.diagnostics.diagnostic import Source
from intrigue.sabre import read

SEEDS = int(os.environ.get("RANDOM_PROBLEMS", "60"))
LIMITS = Limits(events=3, motive=3, minds=2)

DECLARED = """
entity A : character;  entity B : character;  entity X : place;  entity Y : place;
property at(c : character) : place;  property gold(c : character) : number;
property open() : boolean;  property known() : boolean;
"""
PEOPLE = ("A", "B")


def problem(chance: Random) -> str:
    """The text of a problem."""
    lines = [DECLARED]
    for person in PEOPLE:
        lines.append(f"at({person}) = {chance.choice('XY')};")
    if chance.random() < 0.3:
        lines.append(f"{chance.choice(('open()', 'known()', 'gold(A) = 1', 'gold(B) = 1'))};")
    for _ in range(chance.choice((0, 0, 1, 2))):
        lines.append(f"believes({chance.choice(PEOPLE)}, {effect(chance, deep=False)});")
    for number in range(chance.randrange(3, 6)):
        needs = " & ".join(condition(chance) for _ in range(chance.choice((0, 1, 1, 2)))) or "True"
        effects = " & ".join({effect(chance): None for _ in range(chance.randrange(1, 3))})
        willing = ", ".join(chance.sample(PEOPLE, chance.choice((0, 1, 1, 2))))
        sees = chance.choice(("True", "False", "o == A", "at(o) == X", "open()"))
        lines.append(
            f"action a{number}() {{ precondition: {needs}; effect: {effects};"
            + (f" consenting: {willing};" if willing else "")
            + f" observing(o : character): {sees}; }};"
        )
    if chance.random() < 0.4:
        lines.append(
            chance.choice(
                (
                    "trigger t() { precondition: open() & gold(A) == 1; effect: gold(A) = 2; };",
                    "trigger t() { precondition: at(A) == at(B) & !known(); effect: known(); };",
                    "trigger t() { precondition: at(A) == X & believes(A, gold(B)) != gold(B);"
                    " effect: believes(A, gold(B)) = gold(B); };",
                )
            )
        )
    lines.append(f"utility(): {worth(chance)};")
    lines += [f"utility({person}): {worth(chance)};" for person in PEOPLE]
    return "\n".join(lines)


def condition(chance: Random) -> str:
    person = chance.choice(PEOPLE)
    plain = chance.choice(
        ("open()", "!open()", "known()", "!known()", f"at({person}) == X", f"at({person}) != Y",
         f"gold({person}) > 0", f"gold({person}) == 0", "at(A) == at(B)", "(open() | known())")
    )  # fmt: skip
    return f"believes({chance.choice(PEOPLE)}, {plain})" if chance.random() < 0.2 else plain


def effect(chance: Random, *, deep: bool = True) -> str:
    person = chance.choice(PEOPLE)
    plain = chance.choice(
        ("open()", "!open()", "known()", f"at({person}) = X", f"at({person}) = Y",
         f"gold({person}) = 1", f"gold({person}) = 2", f"gold({person}) = gold({person}) + 1")
    )  # fmt: skip
    if deep and chance.random() < 0.25:
        return f"believes({chance.choice(PEOPLE)}, {plain})"
    if deep and chance.random() < 0.2:
        return f"(if({condition(chance)}) {plain})"
    return plain


def worth(chance: Random) -> str:
    parts = [
        chance.choice(
            ("gold(A)", "gold(B)", "gold(A)", "gold(B)", "(if(open()) 1 else 0)", "(if(known()) 1 else 0)",
             "(if(at(A) == Y) 1 else 0)", "(if(believes(B, open())) 1 else 0)")
        )
        for _ in range(chance.randrange(1, 4))
    ]  # fmt: skip
    return " + ".join(dict.fromkeys(parts))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_same_stories(seed: int) -> None:
    text = problem(Random(seed))
    border, names, mistakes = read(Source(Path("p.txt"), text))
    if mistakes:
        pytest.skip("two effects that contradict each other")
    engine = Engine(json.dumps(border))
    found = engine.solutions(LIMITS.events, max_motive=LIMITS.motive, max_minds=LIMITS.minds)
    assert found is not None
    told = {tuple(names.event(*engine.event_of(one)) for one in story) for story in found}

    judge = Judge(Problem(text), LIMITS)
    try:
        worth_before = judge.states.utility(judge.states.start(), None)
    except TriggerLoop:
        pytest.skip("triggers that never rest")
    stories = set()
    for length in range(1, LIMITS.events + 1):
        for events in product(judge.problem.events, repeat=length):
            verdict = judge.story([Step(event) for event in events], worth_before or 0)
            assert verdict.valid is not None and not verdict.given_up
            if verdict.valid:
                stories.add(events)
    assert told == stories, text

    for goal in {judge.states.utility(state, None) for state in judge.states._after.values()}:
        if goal is None or goal <= (worth_before or 0):
            continue
        plans = engine.plan(
            engine.start(),
            worth=goal,
            max_events=LIMITS.events,
            max_motive=LIMITS.motive,
            max_minds=LIMITS.minds,
        )
        good = {one for one in stories if judge.story([Step(e) for e in one], goal).valid}
        assert plans["verdict"] == ("found" if good else "none"), (goal, text)
        for story in plans["stories"]:
            assert tuple(names.event(*engine.event_of(one)) for one in story["events"]) in good

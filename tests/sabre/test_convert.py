"""Problems in Sabre's syntax told in our words: how they read, and that they mean the same.

`cases/` holds two problems with the files they become; problems from `../shared` are used where they are at hand.
"""

from __future__ import annotations

import copy
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intrigue._engine import Engine, TriggerLoopError
from intrigue.diagnostics.diagnostic import Source
from intrigue.language.names import key
from intrigue.sabre.convert import Converted, convert
from intrigue.sabre.same import difference

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[3] / "shared" / "benchmarks" / "problems"
PROBLEMS = [*sorted(CASES.glob("*.txt")), *sorted(SHARED.glob("*.txt"))]
NAMES = [path.stem for path in PROBLEMS]


def converted(path: Path) -> Converted:
    made, found = convert(Source(path, path.read_text(encoding="utf-8")))
    assert made is not None, [(each.code, each.blanks) for each in found]
    return made


def converted_text(text: str) -> Converted:
    made, found = convert(Source(Path("p.txt"), text))
    assert made is not None, [(each.code, each.blanks) for each in found]
    return made


@pytest.mark.parametrize("name", ["the_ferry", "odd"])
def test_it_reads_like_this(name: str, request: pytest.FixtureRequest) -> None:
    made = converted(CASES / f"{name}.txt")
    for ending, text in ((".world", made.world_text), (".story", made.story_text)):
        path = CASES / f"{name}{ending}"
        if request.config.getoption("--accept"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text


class Side:
    """A border in its engine, spoken to with the problem's own numbers."""

    def __init__(self, border: Any, atoms: dict[int, int]) -> None:
        self.border = border
        self.engine = Engine(json.dumps(border))
        self.atoms = atoms
        self.back = {mine: theirs for theirs, mine in atoms.items()}

    def mind(self, state: int, chain: tuple[int, ...]) -> int:
        for person in chain:
            state = self.engine.believed(state, self.atoms[person])
        return state

    def values(self, state: int) -> dict[Any, Any]:
        found = {}
        for number, value in enumerate(self.engine.values(state)):
            fact, args = self.engine.fluent_of(number)
            found[fact, tuple(self.back[arg] for arg in args)] = (
                self.back[value[1]] if isinstance(value, tuple) else value
            )
        return found

    def possible(self, state: int) -> set[tuple[int, tuple[int, ...]]]:
        events = set()
        for number, action in enumerate(self.border["actions"]):
            for event in self.engine.candidates(state, number, [None] * len(action["params"])):
                _, args = self.engine.event_of(event)
                events.add((number, tuple(self.back[arg] for arg in args)))
        return events

    def after(self, state: int, event: tuple[int, tuple[int, ...]]) -> int:
        number, args = event
        return self.engine.after(
            state, self.engine.event(number, [self.atoms[arg] for arg in args])
        )

    def end(self, plan: list[int]) -> int:
        state = self.engine.start()
        for event in plan:
            state = self.engine.after(state, event)
        return state

    def utility(self, state: int, person: int | None) -> float | None:
        return self.engine.utility(state, None if person is None else self.atoms[person])


def sides(made: Converted) -> tuple[Side, Side]:
    here = {number: number for number in range(len(made.words.atoms))}
    named = made.world.tables.atom_named
    there = {i: named[key(name.strip('"'))].id for i, name in enumerate(made.words.atoms) if i}
    return Side(made.problem.border, here), Side(made.world.problem, {0: 0, **there})


@pytest.mark.parametrize("path", PROBLEMS, ids=NAMES)
def test_walks_are_the_same_in_every_mind(path: Path) -> None:
    made = converted(path)
    here, there = sides(made)
    persons = made.problem.border["persons"]
    chains = [c for length in range(3) for c in itertools.product(persons, repeat=length)]
    for seed in range(3):
        chance = random.Random(seed)
        one, other = here.engine.start(), there.engine.start()
        for _ in range(6):
            for chain in chains:
                mine, theirs = here.mind(one, chain), there.mind(other, chain)
                assert here.values(mine) == there.values(theirs), (seed, chain)
            for who in (None, *persons):
                assert here.utility(one, who) == there.utility(other, who)
            events = here.possible(one)
            assert events == there.possible(other)
            if not events:
                break
            event = chance.choice(sorted(events))
            try:
                one = here.after(one, event)
            except TriggerLoopError:
                with pytest.raises(TriggerLoopError):
                    there.after(other, event)
                break
            other = there.after(other, event)


EASY = {"treasure": (1.0, 4, 4, 3), "secretagent": (1.0, 8, 8, 1), "bribery": (1.0, 2, 2, 1)}


@pytest.mark.parametrize("name", EASY)
def test_shortest_stories_and_motives_are_the_same(name: str) -> None:
    path = SHARED / f"{name}.txt"
    if not path.exists():
        pytest.skip("needs ../shared")
    same_stories(converted(path), *EASY[name])


def test_shortest_stories_of_the_ferry_are_the_same() -> None:
    same_stories(converted(CASES / "the_ferry.txt"), 2.0, 5, 4, 2)


def same_stories(made: Converted, worth: float, events: int, motive: int, minds: int) -> None:
    """All stories up to a length, and the motives of everybody in them."""
    here, there = sides(made)
    found: list[set[Any]] = []
    for side in (here, there):
        plans = side.engine.solutions(events, max_motive=motive, max_minds=minds)
        assert plans
        told = set()
        for plan in plans:
            state = side.engine.start()
            steps = []
            for event in plan:
                action, args = side.engine.event_of(event)
                verdicts = []
                for who in side.engine.willing(state, event):
                    mind = side.engine.believed(state, who)
                    why = side.engine.motive(mind, who, event, max_events=motive, max_minds=minds)
                    assert why["verdict"] == "found"
                    verdicts.append((side.back[who], why["gain"]))
                state = side.engine.after(state, event)
                steps.append((action, tuple(side.back[a] for a in args), tuple(sorted(verdicts))))
            told.add(tuple(steps))
        found.append(told)
        assert any((side.utility(side.end(plan), None) or 0) >= worth for plan in plans)
    assert found[0] == found[1]


# ---------------------------------------------------- the judge sees everything


def changes(border: Any) -> Iterator[tuple[str, Any]]:
    """Borders that differ from this one in one place each."""

    def changed(what: str, *path: Any, to: Any) -> tuple[str, Any]:
        other = copy.deepcopy(border)
        place = other
        for step in path[:-1]:
            place = place[step]
        assert place[path[-1]] != to
        place[path[-1]] = to
        return what, other

    yes: Any = {"const": {"bool": True}}
    yield changed("conditions", "actions", 0, "needs", 0, "expr", to=yes)
    yield changed("effects", "actions", 1, "effects", to=[])
    yield changed("consent", "actions", 0, "will", to=[])
    yield changed("observers", "actions", 2, "sees", 0, "when", to=yes)
    yield changed("parameters", "actions", 2, "params", to=border["actions"][2]["params"][::-1])
    yield changed("trigger", "triggers", 0, "when", to=yes)
    yield changed("trigger's effect", "triggers", 1, "effects", to=[])
    yield changed("utility", "utilities", 0, "what", to=yes)
    yield changed("utility of a person", "utilities", 1, "what", to={"const": {"number": 0.0}})
    yield changed("opening", "start", to=border["start"][1:])
    yield changed("default", "facts", 3, "default", to={"atom": 0})
    yield changed("range", "facts", 4, "range", to="bool")
    yield changed("an action less", "actions", to=border["actions"][:-1])


def test_a_world_that_differs_in_one_place_is_not_the_same() -> None:
    made = converted(CASES / "the_ferry.txt")
    assert difference(made.problem, made.world, made.words.atoms) is None
    from dataclasses import replace

    for what, border in changes(made.world.problem):
        other = replace(made.world, problem=border)
        assert difference(made.problem, other, made.words.atoms) is not None, what


# -------------------------------------------------------------------- odd input

ACTION = "action wait(c : character) {{ effect: done(c); {} }};"
BASE = "entity A : character; entity B : character; property done(c : character) : boolean;"


def test_a_problem_with_mistakes_is_not_converted() -> None:
    made, found = convert(Source(Path("p.txt"), "property f( : place;\nentity A : ;"))
    assert made is None
    assert all(each.code.startswith("sabre-") for each in found)
    assert found


def test_what_cannot_be_said_is_refused_and_named() -> None:
    text = "property n() : number; n() = 9999999999999999;"
    made, found = convert(Source(Path("p.txt"), text))
    assert made is None
    assert [each.code for each in found] == ["sabre-unspeakable"]


@pytest.mark.parametrize("text", ["", "// nothing", "entity A : character;", "type t; entity e;"])
def test_small_problems_are_converted(text: str) -> None:
    made = converted_text(text)
    assert "rules of Sabre" in made.world_text


def test_who_is_not_said_to_observe_is_everybody() -> None:
    made = converted_text(BASE + ACTION.format("consenting: c;"))
    assert "  seen by anyone\n" in made.world_text


@pytest.mark.parametrize("seed", range(40))
def test_mangled_problems_end_in_a_conversion_or_in_findings(seed: int) -> None:
    text = (CASES / "the_ferry.txt").read_text(encoding="utf-8")
    chance = random.Random(seed)
    pieces = [
        "believes(",
        ")",
        "forall(c : character)",
        "&",
        "?",
        "-",
        "not",
        "A : thing",
        "{",
        "=",
        "\0",
        "é",
    ]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(pieces) + text[at + chance.choice((0, 1, 9)) :]
    made, found = convert(Source(Path("p.txt"), text))
    assert (made is None) == bool(found)

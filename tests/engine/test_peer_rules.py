"""The peer's rules, where they are not ours: one unknown, no tie of a mind to itself, its own surprise, the smaller value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from intrigue._engine import Engine
from reference.sketch import Sketch
from reference.world import Json

Build = Callable[..., Engine]


class Problem:
    """A sketch under the peer's rules, with one action `act` that all see."""

    def __init__(
        self, build: Build, needs: Iterable[Json] = (), makes: Iterable[Json] = ()
    ) -> None:
        self.build = build
        self.sketch = Sketch(person="Ann Bob", place="hall yard", thing="box")
        self.sketch.fact("gold", range="number")
        self.sketch.fact("other", range="number")
        self.sketch.fact("spot", range="place", default="unknown")
        self.sketch.fact("open")
        self.sketch.fact("light")
        self.sketch.action("act", needs=needs, makes=makes)
        self.start: list[Json] = []

    def impose(self, *effects: Json) -> Problem:
        self.start += [{"impose": self.sketch.effect(effect)} for effect in effects]
        return self

    def engine(self, **more: Any) -> Engine:
        problem = self.sketch.problem() | {"rules": "peer", "start": self.start}
        return self.build(problem | more)

    def after(self) -> tuple[Engine, int]:
        engine = self.engine()
        act = engine.event(0, [])
        assert engine.possible(engine.start(), act)
        return engine, engine.after(engine.start(), act)

    def believed(self, engine: Engine, state: int, fact: str, minds: str = "") -> Any:
        for name in minds.split():
            state = engine.believed(state, self.sketch.atom(name))
        value = engine.value(state, engine.fluent(list(self.sketch.facts).index(fact), []))
        return self.sketch.atoms[value[1]] if isinstance(value, tuple) else value


def test_an_unset_belief_is_what_is_believed_one_mind_further_out(build: Build) -> None:
    problem = Problem(build).impose(
        ("set", ("gold",), 2),
        ("believe", "Bob", ("gold",), 4),
        ("set", ("gold",), 6),
        ("believe", "Ann Bob", ("gold",), 5),
    )
    engine = problem.engine()
    for minds, gold in {
        "": 6,
        "Bob": 4,
        "Bob Ann": 4,
        "Ann": 6,
        "Ann Bob": 5,
        "Bob Bob": 4,
    }.items():
        assert problem.believed(engine, engine.start(), "gold", minds) == gold, minds


def test_a_mind_is_not_tied_to_itself(build: Build) -> None:
    problem = Problem(build).impose(("believe", "Ann Ann", ("gold",), 77))
    engine = problem.engine()
    assert problem.believed(engine, engine.start(), "gold", "Ann") == 0
    assert problem.believed(engine, engine.start(), "gold", "Ann Ann") == 77


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (("eq", ("spot",), "unknown"), True),
        (("ne", ("spot",), "hall"), True),
        (("not", ("eq", ("spot",), "hall")), True),
        (("lt", 0, ("gold",)), False),
        (("not", ("lt", 0, ("gold",))), False),  # 0 >= unknown, which is false too
        (("le", ("gold",), ("gold",)), True),
        (("le", ("gold",), 5), False),
        (("is_in", ("spot",), "place"), False),
        (("eq", ("mul", 0, ("gold",)), 0), True),
        (("eq", ("add", 1, ("gold",)), "unknown"), True),
    ],
)
def test_one_unknown(condition: Json, truth: bool, build: Build) -> None:
    problem = Problem(build, needs=[condition]).impose(("set", ("gold",), "unknown"))
    engine = problem.engine()
    assert engine.possible(engine.start(), engine.event(0, [])) is truth


def test_witnesses_compute_effects_in_their_own_minds(build: Build) -> None:
    lit = ("when", ("open",), [("set", ("light",), True)])
    problem = Problem(build, makes=[lit]).impose(
        ("set", ("open",), True), ("believe", "Bob", ("open",), False)
    )
    engine, state = problem.after()
    assert problem.believed(engine, state, "light") is True
    assert problem.believed(engine, state, "light", "Ann") is True
    assert problem.believed(engine, state, "light", "Bob") is False


@pytest.mark.parametrize(
    ("needs", "start", "fact", "believed"),
    [
        # An equality tells its value, anything else only that something is amiss.
        (
            ("lt", 2, ("gold",)),
            [("set", ("gold",), 5), ("believe", "Bob", ("gold",), 0)],
            "gold",
            None,
        ),
        (
            ("ne", ("spot",), "yard"),
            [("set", ("spot",), "hall"), ("believe", "Bob", ("spot",), "yard")],
            "spot",
            None,
        ),
        (
            ("eq", ("spot",), "hall"),
            [("set", ("spot",), "hall"), ("believe", "Bob", ("spot",), "yard")],
            "spot",
            "hall",
        ),
        # Both parts of an `or` are true and both are news.
        (
            ("or", ("eq", ("spot",), "hall"), ("open",)),
            [
                ("set", ("spot",), "hall"),
                ("set", ("open",), True),
                ("believe", "Bob", ("spot",), "yard"),
                ("believe", "Bob", ("open",), False),
            ],
            "open",
            True,
        ),
        # True there for a wrong reason: no surprise.
        (
            ("eq", ("gold",), ("other",)),
            [
                ("set", ("gold",), 3),
                ("set", ("other",), 3),
                ("believe", "Bob", ("gold",), 4),
                ("believe", "Bob", ("other",), 4),
            ],
            "gold",
            4,
        ),
    ],
)
def test_surprise(
    needs: Json, start: list[Json], fact: str, believed: object, build: Build
) -> None:
    problem = Problem(build, needs=[needs]).impose(*start)
    engine, state = problem.after()
    wanted = "unknown" if believed is None else believed
    assert problem.believed(engine, state, fact, "Bob") == wanted


def test_a_surprised_witness_goes_on_from_unknown(build: Build) -> None:
    less = ("set", ("gold",), ("sub", ("gold",), 1))
    problem = Problem(build, needs=[("lt", 2, ("gold",))], makes=[less]).impose(
        ("set", ("gold",), 5), ("believe", "Bob", ("gold",), 0)
    )
    engine, state = problem.after()
    assert problem.believed(engine, state, "gold") == 4
    assert problem.believed(engine, state, "gold", "Bob") == "unknown"


def test_of_two_values_the_smaller_wins(build: Build) -> None:
    makes = [("when", ("not", ("open",)), [("set", ("gold",), value)]) for value in (7, 3, 5)]
    problem = Problem(build, makes=makes)
    engine, state = problem.after()
    assert problem.believed(engine, state, "gold") == 3


def test_told_and_asked_inside(build: Build) -> None:
    """`believes(B, gold) = gold` tells the truth; `believes(B, gold = gold)` tells B what B thinks."""
    for form, gold in {"believe": 6, "find": 1}.items():
        problem = Problem(build, makes=[(form, "Bob", ("gold",), ("gold",))]).impose(
            ("set", ("gold",), 6), ("believe", "Bob", ("gold",), 1)
        )
        engine, state = problem.after()
        assert problem.believed(engine, state, "gold", "Bob") == gold


def test_utility_of_the_author_and_of_a_state(build: Build) -> None:
    problem = Problem(build).impose(("believe", "Ann", ("gold",), 9))
    gold = problem.sketch.expr(("gold",))
    utilities = [
        {"who": None, "what": problem.sketch.expr(("not", ("open",)))},
        {"who": problem.sketch.atom("Ann"), "what": gold},
    ]
    engine = problem.engine(utilities=utilities)
    ann, bob = problem.sketch.atom("Ann"), problem.sketch.atom("Bob")
    start = engine.start()
    assert engine.utility(start, None) == 1.0
    assert engine.utility(start, ann) == 0.0  # read in the very state, not in Ann's mind
    assert engine.utility(engine.believed(start, ann), ann) == 9.0
    assert engine.utility(start, bob) == 0.0

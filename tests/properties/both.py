"""One world in the reference and in the engine, side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis import reject

from intrigue._engine import EventError, TriggerLoopError
from reference.effects import Clash
from reference.settling import TriggerLoop
from reference.sides import Engine, Reference, State
from reference.sketch import Sketch
from reference.towers import Endless
from reference.world import Event, Json

DEPTH = 3
NAMES = {Clash: EventError, TriggerLoop: TriggerLoopError}


def finite(test: Callable[..., None]) -> Callable[..., None]:
    """Worlds whose minds repeat themselves nowhere are more than the reference can write down."""

    @wraps(test)
    def tried(*args: Any, **names: Any) -> None:
        try:
            test(*args, **names)
        except Endless:
            reject()

    return tried


class Both:
    """A world in the reference and in the engine. Raises `AssertionError` where they differ."""

    def __init__(self, sketch: Sketch, *, large: bool = False) -> None:
        """`large`: for the engine alone, so many events more (none of them ever possible) that it does not look for states that are
        the same, and works out minds only when they are read."""
        self.sketch = sketch
        self.large = large
        self.reference = Reference(sketch.problem())
        self.numbers: dict[State, State] = {}
        self.known: dict[tuple[int | None, State], State] = {}

    def start(self) -> tuple[State, State] | None:
        """The two starts; None if both refuse, for the same reason."""
        try:
            mine = self.reference.start()
        except TriggerLoop:
            mine = None
        try:
            problem = self.sketch.problem()
            self.engine = Engine(with_many_events(problem) if self.large else problem)
            theirs = self.engine.start()
        except TriggerLoopError:
            theirs = None
        assert (mine is None) == (theirs is None), "trigger loop at the start"
        return None if mine is None else (mine, theirs)

    def after(
        self, at: tuple[State, State], event: Event, owner: int | None = None
    ) -> tuple[State, State] | None:
        """The two states after an event; None if both refuse, for the same reason."""
        refused: list[type[Exception] | None] = [None, None]
        mine = theirs = None
        try:
            mine = self.reference.after(at[0], event)
        except (Clash, TriggerLoop) as error:
            refused[0] = NAMES[type(error)]
        try:
            theirs = self.engine.after(at[1], event, owner)
        except (EventError, TriggerLoopError) as error:
            refused[1] = type(error)
        assert refused[0] == refused[1], refused
        return None if mine is None else (mine, theirs)

    def compare(self, mine: State, theirs: State, depth: int = DEPTH, chain: str = "") -> None:
        """Values along all chains of persons to this depth, and that equal states are the same."""
        assert self.engine.values(theirs) == self.reference.values(mine), chain or "the true state"
        assert self.large or self.numbers.setdefault(mine, theirs) == theirs, chain
        assert self.known.setdefault((mine.owner, theirs), mine) is mine, chain
        for person in self.reference.interpreter.world.persons if depth else ():
            inner = self.reference.believed(mine, person)
            other = self.engine.believed(theirs, person)
            self.compare(inner, other, depth - 1, f"{chain} {self.sketch.atoms[person]}")

    def compare_answers(self, mine: State, theirs: State, questions: list[Json]) -> list[Event]:
        """All other questions of one state. The events that are possible in it."""
        for question in questions:
            expr = self.sketch.expr(question)
            expected = self.reference.evaluate(mine, expr, ())
            assert self.engine.evaluate(theirs, expr, ()) == expected, question
        possible = []
        for event in self.reference.interpreter.world.events:
            expected = self.reference.possible(mine, event)
            assert self.engine.possible(theirs, event) == expected, event
            assert self.engine.failing(theirs, event) == self.reference.failing(mine, event), event
            assert self.engine.deciding(theirs, event) == self.reference.deciding(mine, event)
            assert self.engine.willing(theirs, event) == self.reference.willing(mine, event)
            if expected:
                possible.append(event)
        for person in self.reference.interpreter.world.persons:
            expected = self.reference.utility(mine, person)
            assert self.engine.utility(theirs, person) == expected, self.sketch.atoms[person]
        return possible


def with_many_events(problem: Json) -> Json:
    """The same with an action that has 20,000 events at least and is never possible."""
    place = max(range(len(problem["sets"])), key=lambda at: len(problem["sets"][at]["members"]))
    size, count = len(problem["sets"][place]["members"]), 1
    while size**count < 20_000:
        count += 1
    never = {"const": {"bool": False}}
    bulk = {
        "name": "bulk",
        "params": [place] * count,
        "needs": [{"expr": never}],
        "mode": "fate",
    }
    return {**problem, "actions": [*problem["actions"], bulk]}

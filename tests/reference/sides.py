"""The two that must agree, the reference and the engine, behind one face."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from .interpreter import Interpreter
from .motives import Plan, Step
from .world import Binding, Event, Fluent, Json

if TYPE_CHECKING:
    from intrigue import _engine

State = Any
"""A state of one of the two: a tower, or a number."""

Seen = bool | float | str | tuple[str, int]
"""A value as it comes over the border: which fluent an unknown belongs to is not told."""


class Side(Protocol):
    def start(self) -> State: ...
    def value(self, at: State, fact: int, args: Binding) -> Seen: ...
    def values(self, at: State) -> list[Seen]: ...
    def believed(self, at: State, person: int) -> State: ...
    def evaluate(self, at: State, expr: Json, binding: Binding) -> Seen | None: ...
    def possible(self, at: State, event: Event) -> bool: ...
    def failing(self, at: State, event: Event) -> list[int]: ...
    def deciding(self, at: State, event: Event) -> dict[int, int]: ...
    def willing(self, at: State, event: Event) -> set[int]: ...
    def after(self, at: State, event: Event) -> State: ...
    def utility(self, at: State, person: int) -> float: ...
    def motivated(
        self, at: State, person: int, event: Event, max_events: int, max_minds: int
    ) -> bool: ...


class Reference:
    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.interpreter = Interpreter(problem)

    def start(self) -> State:
        return self.interpreter.start

    def value(self, at: State, fact: int, args: Binding) -> Seen:
        number = self.interpreter.world.number[Fluent(fact, args)]
        found: Seen = _as_seen(at.values[number])
        return found

    def values(self, at: State) -> list[Seen]:
        return [_as_seen(each) for each in at.values]

    def believed(self, at: State, person: int) -> State:
        return at.minds[person]

    def evaluate(self, at: State, expr: Json, binding: Binding) -> Seen | None:
        found: Seen | None = _as_seen(self.interpreter.evaluate(at, expr, binding))
        return found

    def possible(self, at: State, event: Event) -> bool:
        return self.interpreter.events.possible(at, event)

    def failing(self, at: State, event: Event) -> list[int]:
        return self.interpreter.events.failing(at, event)

    def deciding(self, at: State, event: Event) -> dict[int, int]:
        """For every witness, the line of `sees` that decides."""
        events = self.interpreter.events
        lines = {who: events.deciding(at, event, who) for who in self.interpreter.world.persons}
        return {who: line for who, line in lines.items() if line is not None}

    def willing(self, at: State, event: Event) -> set[int]:
        return set(self.interpreter.willing(at, event))

    def after(self, at: State, event: Event) -> State:
        return self.interpreter.after(at, event)

    def utility(self, at: State, person: int) -> float:
        return self.interpreter.utility(at, person)

    def motivated(
        self, at: State, person: int, event: Event, max_events: int, max_minds: int
    ) -> bool:
        return self.interpreter.motivated(at, person, event, max_events, max_minds)


class Engine:
    def __init__(self, problem: Json) -> None:
        from intrigue import _engine

        self.engine = _engine.Engine(json.dumps(problem))
        self.actions: list[Json] = problem["actions"]

    def start(self) -> State:
        return self.engine.start()

    def value(self, at: State, fact: int, args: Binding) -> Seen:
        return self.engine.value(at, self.engine.fluent(fact, list(args)))

    def values(self, at: State) -> list[Seen]:
        return list(self.engine.values(at))

    def believed(self, at: State, person: int) -> State:
        return self.engine.believed(at, person)

    def evaluate(self, at: State, expr: Json, binding: Binding) -> Seen | None:
        return self.engine.evaluate(at, json.dumps(expr), list(binding))

    def event(self, event: Event) -> int:
        return self.engine.event(event.action, list(event.args))

    def possible(self, at: State, event: Event) -> bool:
        return self.engine.possible(at, self.event(event))

    def failing(self, at: State, event: Event) -> list[int]:
        return list(self.engine.failing(at, self.event(event)))

    def deciding(self, at: State, event: Event) -> dict[int, int]:
        return dict(self.engine.observers(at, self.event(event)))

    def willing(self, at: State, event: Event) -> set[int]:
        return set(self.engine.willing(at, self.event(event)))

    def after(self, at: State, event: Event, owner: int | None = None) -> State:
        """With `owner`, whose mind the state is: as that person imagines the event."""
        return self.engine.after(at, self.event(event), owner)

    def utility(self, at: State, person: int) -> float:
        total = self.engine.utility(at, person)
        assert total is not None
        return total

    def motive(
        self, at: State, person: int, event: Event, max_events: int, max_minds: int
    ) -> _engine.Motive:
        meant = self.actions[event.action].get("meant")
        if meant is not None:
            event = Event(meant, event.args[: len(self.actions[meant]["params"])])
        return self.engine.motive(
            self.engine.believed(at, person),
            person,
            self.event(event),
            max_events=max_events,
            max_minds=max_minds,
        )

    def intention(self, at: State, person: int, max_events: int, max_minds: int) -> _engine.Motive:
        mind = self.engine.believed(at, person)
        return self.engine.intention(mind, person, max_events=max_events, max_minds=max_minds)

    def motivated(
        self, at: State, person: int, event: Event, max_events: int, max_minds: int
    ) -> bool:
        verdict = self.motive(at, person, event, max_events, max_minds)["verdict"]
        assert verdict != "undecided"
        return verdict == "found"

    def plan(self, motive: _engine.Motive) -> Plan:
        """The plan that a found motive shows, in the terms of the reference."""
        return tuple(map(self._step, motive["plan"]))

    def _step(self, tree: _engine.MotiveTree) -> Step:
        action, args = self.engine.event_of(tree["event"])
        others = {who: tuple(map(self._step, plan)) for who, plan in tree["others"].items()}
        return Step(Event(action, tuple(args)), others)


def _as_seen(value: Any) -> Any:
    return "unknown" if isinstance(value, tuple) and value[0] == "unknown" else value

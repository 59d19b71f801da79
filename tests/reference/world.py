"""A problem as it comes over the border, with its fluents and its ground events counted out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

Json = Any
"""Whatever stands in the JSON of the border: expressions, effects, places."""

Value = bool | float | tuple[str, int]
"""Yes/no, a number, `("atom", id)`, or a blank: `("unknown", fluent)`, `("answer", fluent)`."""

Binding = tuple[int, ...]
"""The atoms that stand for the variables, outermost first."""

NONE = 0
"""The atom "nobody", "nothing", "nowhere"."""


@dataclass(frozen=True)
class Event:
    """An action with its parameters filled in."""

    action: int
    args: Binding


@dataclass(frozen=True)
class Fluent:
    """A fact with its arguments filled in."""

    fact: int
    args: Binding


class World:
    """The problem, indexed. Raises `ValueError` for the peer's rule book."""

    def __init__(self, problem: Json) -> None:
        if problem["rules"] != "own":
            raise ValueError("the reference follows our own rules only")
        self.problem = problem
        self.persons: tuple[int, ...] = tuple(problem["persons"])
        self.sets: list[tuple[int, ...]] = [tuple(each["members"]) for each in problem["sets"]]
        self.facts: list[Json] = problem["facts"]
        self.actions: list[Json] = problem["actions"]
        self.triggers: list[Json] = problem.get("triggers", [])
        self.claims: dict[int, Json] = {each["atom"]: each for each in problem.get("claims", [])}
        self.fluents = [
            Fluent(fact, args)
            for fact, lifted in enumerate(self.facts)
            for args in self.bindings(lifted["args"])
        ]
        self.number = {fluent: number for number, fluent in enumerate(self.fluents)}

    def bindings(self, params: list[int]) -> Iterator[Binding]:
        """Every way to fill parameters of these sets, the last one changing fastest."""
        return product(*(self.sets[each] for each in params))

    @cached_property
    def events(self) -> list[Event]:
        """All ground events, outcomes that nobody meant included."""
        return [
            Event(action, args)
            for action, lifted in enumerate(self.actions)
            for args in self.bindings(lifted["params"])
        ]

    @cached_property
    def visible(self) -> list[tuple[int, list[Json]]]:
        """Fluents that show themselves, in order of declaration, each with its conditions."""
        lines: dict[int, list[Json]] = {}
        for line in self.problem.get("visible", []):
            lines.setdefault(line["fact"], []).append(line["when"])
        return [
            (self.number[Fluent(fact, args)], conditions)
            for fact, conditions in lines.items()
            for args in self.bindings(self.facts[fact]["args"])
        ]

    def meant(self, event: Event) -> Event:
        """The event that those who will `event` have in mind (section 5)."""
        action = self.actions[event.action].get("meant")
        if action is None:
            return event
        return Event(action, event.args[: len(self.actions[action]["params"])])

    def constant(self, value: Json, fluent: int) -> Value:
        """A value of the border as it stands in this fluent."""
        if value == "unknown":
            return ("unknown", fluent)
        ((kind, content),) = value.items()
        return (
            ("atom", content) if kind == "atom" else float(content) if kind == "number" else content
        )


def only(tagged: Json) -> tuple[str, Json]:
    """Tag and content of a variant of the border."""
    if isinstance(tagged, str):
        return tagged, None
    ((tag, content),) = tagged.items()
    return tag, content

"""Hypotheses: of what a motive may lack, what would truly give it is found by supposing it in the person's mind and asking again.

What a motive lacks is guessed (`lacking.py`): many conditions would make some want count, few would make this act pay. A condition is
supposed to hold by giving fluents the values that make it so; one that asks for any value at all is tried with those that the telling
speaks of next, and becomes as precise as the value that gave the motive.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import islice, product
from operator import contains
from typing import TYPE_CHECKING, Any

from intrigue.grounding.border import NONE, atom_of, bound, walk
from intrigue.records import dataclass
from intrigue.story.verdicts import rests_on

if TYPE_CHECKING:
    from intrigue._engine import MotiveTree, Value
    from intrigue.filling.reasons import Reasons
    from intrigue.story.run import Run

_EFFORT = 32
"""How many events are tried for the motive that a hypothesis gives."""
_LISTED, _TRIED, _AGAIN = 160, 40, 8
"""How many hypotheses are listed for one motive, how many of them are tried, those that suppose least first, and how many again for another
state of mind, of those that gave it in the first, if any did."""
_VALUES = 6
"""How many values are tried where a condition asks for any value."""
_WAYS = 8
"""In how many ways a condition is supposed to hold."""

Wanted = tuple[tuple[int, ...], str, tuple[int, ...]]
"""A condition that is missing: in whose mind (nobody's: in truth), the expression for the engine, its arguments."""

Supposed = tuple[tuple[int, str], ...]
"""Fluents with the values that they are supposed to have, as expressions for the engine."""


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """Tries what motives may lack. `reasons`: motives are looked for there."""

    run: Run
    reasons: Reasons
    known: dict[object, list[tuple[Wanted, ...]]] = field(default_factory=dict)
    """What was found: by mind, person, event and what is claimed."""
    fruitful: dict[object, set[Supposed]] = field(default_factory=dict)
    """Which hypotheses gave a motive when they were first tried: by person, event and what is claimed."""

    def giving(
        self,
        state: int,
        person: int,
        event: int,
        sets: Sequence[tuple[Wanted, ...]],
        told: Sequence[int],
        near: Sequence[int] = (),
        waypoints: tuple[int, ...] = (),
    ) -> list[tuple[Wanted, ...]]:
        """What would give the person a motive for the event, as he sees the world, or else if he knew the truth besides: then what he
        would have to know is part of it.

        `sets`: what may be lacking; `told`: what the telling goes on with; `near`: what it told last; `waypoints`: what the person is
        claimed to have in mind."""
        mind = self.run.engine.believed(state, person)
        key = (mind, person, event, waypoints)
        if key not in self.known:
            supposed = islice(self._hypotheses(mind, person, sets, (event, *told, *near)), _LISTED)
            trying = sorted(supposed, key=len)[:_TRIED]
            fruitful = self.fruitful.get(key[1:])
            if fruitful is not None:
                trying = [each for each in trying if each in fruitful or not fruitful][:_AGAIN]
            found = [
                self._lacking(state, mind, person, event, each, told, waypoints) for each in trying
            ]
            self.known[key] = list(dict.fromkeys(each for each in found if each))
            self.fruitful.setdefault(
                key[1:], {each for each, lacking in zip(trying, found, strict=True) if lacking}
            )
        return self.known[key]

    def _lacking(
        self,
        state: int,
        mind: int,
        person: int,
        event: int,
        supposed: Supposed,
        told: Sequence[int],
        waypoints: tuple[int, ...],
    ) -> tuple[Wanted, ...]:
        """What the person lacks for a motive that rests on what is supposed; nothing if there is none by a short look."""
        engine = self.run.engine

        def plan(basis: int, values: Supposed) -> Sequence[MotiveTree] | None:
            then = engine.supposing(basis, person, list(values))
            if not engine.possible(then, event):
                return None
            motive = self.reasons.of(then, person, event, told, _EFFORT, waypoints)
            return motive["plan"] if motive["verdict"] == "found" else None

        known = dict(supposed)
        if plan(mind, supposed) is None:
            informed = None if mind == state else plan(state, supposed)
            if informed is None:
                return ()
            then = engine.supposing(state, person, list(supposed))
            for fluent in rests_on(self.run, informed, then, person):
                value = engine.value(then, fluent)
                if value not in ("unknown", engine.value(mind, fluent)):
                    known.setdefault(fluent, json.dumps({"const": constant(value)}))
            if plan(mind, tuple(known.items())) is None:
                return ()
            for fluent in [each for each in known if each not in dict(supposed)]:
                less = {each: value for each, value in known.items() if each != fluent}
                if plan(mind, tuple(less.items())) is not None:
                    known = less
        then = engine.supposing(mind, person, list(known.items()))
        values = {fluent: engine.value(then, fluent) for fluent in known}
        if "unknown" in values.values():
            return ()  # nothing can be done so that he does not know it
        return tuple(equals(self.run, person, each, value) for each, value in values.items())

    def _hypotheses(
        self,
        mind: int,
        person: int,
        sets: Sequence[tuple[Wanted, ...]],
        events: Sequence[int],
    ) -> Iterator[Supposed]:
        """What may be supposed, each once: ways in which sets of conditions hold."""
        named = self._named(person, events)
        seen = set()
        for wanted in sets:
            if any(chain != (person,) for chain, _, _ in wanted):
                continue
            exprs = [bound(json.loads(expr), args) for _, expr, args in wanted]
            choices = [list(islice(self._ways(mind, person, expr, named), _WAYS)) for expr in exprs]
            for ways in islice(product(*choices), _WAYS):
                supposed = tuple(sorted({pair for way in ways for pair in way}))
                if supposed and supposed not in seen:
                    seen.add(supposed)
                    yield supposed

    def _named(self, person: int, events: Sequence[int]) -> list[int]:
        """The atoms that events speak of, in their order; not the person."""
        atoms = (atom for each in events for atom in self.run.engine.event_of(each)[1])
        return [atom for atom in dict.fromkeys(atoms) if atom not in (NONE, person)]

    def ways(self, mind: int, person: int, expr: Any, events: Sequence[int]) -> Iterator[Supposed]:
        """Ways to give fluents values so that a condition holds in the person's mind; `events`: what they speak of is tried where it asks
        for any value."""
        return self._ways(mind, person, expr, self._named(person, events))

    def _ways(self, mind: int, person: int, expr: Any, named: Sequence[int]) -> Iterator[Supposed]:
        """Ways to give fluents values so that a condition holds; one that is empty where it holds as it is."""
        if self._value(mind, expr) is True:
            yield ()
            return
        if not isinstance(expr, dict):
            return
        ((word, body),) = expr.items()
        if word == "and":
            choices = [list(islice(self._ways(mind, person, part, named), _WAYS)) for part in body]
            for ways in product(*choices):
                yield tuple(pair for way in ways for pair in way)
        elif word == "or":
            for part in body:
                yield from self._ways(mind, person, part, named)
        elif word == "maybe":
            yield from self._ways(mind, person, body, named)
        elif word == "fact":
            yield from self._set(mind, expr, {"const": {"bool": True}})
        elif word == "not" and isinstance(body, dict) and "fact" in body:
            yield from self._set(mind, body, {"const": {"bool": False}})
        elif word == "eq":
            # whoever wonders does not take himself to be otherwise than he is, if that will do
            sides = sorted((body, body[::-1]), key=lambda side: _about(side[0], person))
            yield from (way for side in sides for way in self._set(mind, *side))
        elif word == "ne" or word == "known":
            place = body[0] if word == "ne" else body
            other = self._value(mind, body[1]) if word == "ne" else None
            for atom in self._members(place, named, other):
                yield from self._set(mind, place, {"const": {"atom": atom}})
        elif word == "is_in":
            place, number = body
            for atom in self.run.world.problem["sets"][number]["members"][:_VALUES]:
                yield from self._set(mind, place, {"const": {"atom": atom}})

    def _set(self, mind: int, place: Any, value: Any) -> Iterator[Supposed]:
        """A fluent with a value, if the place is one: a fact of what is there, and of the kinds that the fact is about."""
        if not (isinstance(place, dict) and "fact" in place):
            return
        problem = self.run.world.problem
        fact, args = place["fact"]
        kinds = (problem["sets"][kind]["members"] for kind in problem["facts"][fact]["args"])
        values = [self._value(mind, arg) for arg in args]
        atoms = [each[1] for each in values if isinstance(each, tuple) and each[0] == "atom"]
        there = len(atoms) == len(args) and NONE not in atoms
        if there and all(map(contains, kinds, atoms)):
            yield ((self.run.engine.fluent(fact, atoms), json.dumps(value)),)

    def _members(self, place: Any, named: Sequence[int], but: Value | None) -> list[int]:
        """The values to try for a place, all but one: atoms that are spoken of and belong to its range, or else any of these."""
        if not (isinstance(place, dict) and "fact" in place):
            return []
        problem = self.run.world.problem
        range_ = problem["facts"][place["fact"][0]]["range"]
        if not isinstance(range_, dict):
            return []
        members = dict.fromkeys(problem["sets"][range_["set"]]["members"])
        members.pop(NONE, None)
        if isinstance(but, tuple):
            members.pop(but[1], None)
        spoken_of = [atom for atom in named if atom in members]
        return (spoken_of or list(members))[:_VALUES]

    def _value(self, mind: int, expr: Any) -> Value | None:
        named = atom_of(expr)
        if named is not None and named != NONE:
            return ("atom", named)
        return self.run.engine.evaluate(mind, json.dumps(expr), [])


def _about(place: Any, person: int) -> bool:
    """Whether a place is a fact about a person."""
    return any(part == {"const": {"atom": person}} for part in walk(place))


def equals(run: Run, person: int, fluent: int, value: Value) -> Wanted:
    """The condition that a person takes a fluent to have a value."""
    fact, args = run.engine.fluent_of(fluent)
    place: dict[str, object] = {"fact": [fact, [{"const": {"atom": arg}} for arg in args]]}
    if isinstance(value, bool):
        return (person,), json.dumps(place if value else {"not": place}), ()
    return (person,), json.dumps({"eq": [place, {"const": constant(value)}]}), ()


def constant(value: Value) -> dict[str, object]:
    """A value at the border."""
    if isinstance(value, bool):
        return {"bool": value}
    return {"number": value} if isinstance(value, int | float) else {"atom": value[1]}

"""Which event a sentence tells: what its words leave out is found by what is possible at that
moment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.language import tree
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue._engine import Engine
    from intrigue.world.model import World

MOST_GUESSES = 2000
"""How many events are weighed when a sentence leaves something out and nothing that fits is
possible."""


@dataclass(frozen=True, slots=True)
class Understood:
    """`event`: the event told, None if the sentence cannot be understood (`problem` says why).

    `possible`: whether its conditions hold. Where none of the events that the words could mean is
    possible, `event` is the one that fails the fewest conditions, the first declared among equals.
    """

    event: int | None
    possible: bool = False
    problem: Diagnostic | None = None


def understand(world: World, engine: Engine, state: int, sentence: tree.SentenceText) -> Understood:
    """The event that the sentence tells in this state."""
    from intrigue.world.sentences import match, unknown_sentence

    readings = [(reading.action, reading.args) for reading in match(world, sentence.text)]
    if not readings:
        return Understood(None, problem=unknown_sentence(world, sentence))
    events = list(
        dict.fromkeys(
            event for action, args in readings for event in _possible(engine, state, action, args)
        )
    )
    if not events:
        nearest = _nearest(world, engine, state, readings)
        problem = lacking(world, sentence, readings[0]) if nearest is None else None
        return Understood(nearest, problem=problem)
    if len(events) > 1 and len({supposed(engine, state, event) for event in events}) > 1:
        return Understood(events[0], True, _ambiguous(world, engine, sentence, events))
    return Understood(events[0], True)


def supposed(engine: Engine, state: int, event: int, person: int | None = None) -> int | None:
    """The state after an event that is only tried, to a person's mind if one is named; None if its effects contradict each
    other or never rest."""
    from intrigue._engine import EventError, TriggerLoopError

    try:
        return engine.after(state, event, person)
    except (EventError, TriggerLoopError):
        return None


def taken_place(engine: Engine, state: int, event: int, failing: Sequence[int]) -> int:
    """The state after a told event. What cannot happen takes effect all the same, unless that contradicts itself or never rests: then it
    changes nothing. Raises EventError or TriggerLoopError if something that can happen does so."""
    from intrigue._engine import EventError, TriggerLoopError

    try:
        return engine.after(state, event)
    except (EventError, TriggerLoopError):
        if not failing:
            raise
        return state


def _possible(engine: Engine, state: int, action: int, args: Sequence[int | None]) -> list[int]:
    if None in args:
        return engine.candidates(state, action, list(args))
    event = engine.event(action, [arg for arg in args if arg is not None])
    return [event] if engine.possible(state, event) else []


def _nearest(
    world: World,
    engine: Engine,
    state: int,
    readings: Sequence[tuple[int, Sequence[int | None]]],
) -> int | None:
    """Of all events that the words could mean, the one that fails the fewest conditions; None if there is none at all."""
    events = islice(
        (event for action, args in readings for event in fillings(world, engine, action, args)),
        MOST_GUESSES,
    )
    return min(events, key=lambda event: len(engine.failing(state, event)), default=None)


def lacking(
    world: World, sentence: tree.SentenceText, reading: tuple[int, Sequence[int | None]]
) -> Diagnostic:
    """The words leave something out of which there is none."""
    number, args = reading
    action = world.actions[number]
    kinds = (world.kinds[p.kind] for p, arg in zip(action.params, args, strict=True) if arg is None)
    lacking = next(kind.name for kind in kinds if not kind.members)
    return Diagnostic(
        "unknown-sentence",
        sentence.span,
        {"sentence": sentence.text},
        label=f"it leaves out one of the kind {lacking}, and there is none",
        repair=f"put one into the cast, as `the {lacking}: {lacking}`",
    )


def fillings(
    world: World, engine: Engine, action: int, args: Sequence[int | None]
) -> Iterator[int]:
    """Every event of the action with these arguments, possible or not."""
    choices = [
        world.kinds[parameter.kind].members if arg is None else (arg,)
        for arg, parameter in zip(args, world.actions[action].params, strict=True)
    ]
    for filled in product(*choices):
        yield engine.event(action, list(filled))


def likeliest(
    world: World, engine: Engine, mind: int, person: int, events: Sequence[int], then: int
) -> Iterator[int]:
    """Those of the events that may ever become possible as a person sees it who takes the world to be `mind`; first those that lack
    the fewest conditions in the state `then`, which the person expects."""
    for event in sorted(events, key=lambda event: len(engine.failing(then, event))):
        action, args = engine.event_of(event)
        needs = json.dumps({"and": [need.expr for need in world.actions[action].needs]})
        if engine.reachable(mind, needs, args, person):
            yield event


def _ambiguous(
    world: World, engine: Engine, sentence: tree.SentenceText, events: Sequence[int]
) -> Diagnostic:
    from intrigue.world.sentences import tell

    said = []
    for event in events[:5]:
        action, args = engine.event_of(event)
        said.append(f"{tell(world, action, tuple(args))} ({world.actions[action].name})")
    return Diagnostic(
        "ambiguous-sentence",
        sentence.span,
        {"sentence": sentence.text, "count": str(len(events))},
        label=f"could be {len(events)} different events here",
        notes=tuple(Note(f"it could be: {text}") for text in said),
        repair="say what is left out, in the words of another pattern of the action",
    )

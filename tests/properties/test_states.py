"""Values, beliefs, what is possible, who must will it, what it is worth: the engine agrees with the
reference step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import given

from reference.sketch import Sketch
from reference.world import Json

from . import WORLDS
from .both import Both, finite
from .worlds import Dice, Scope, Words, made, walkable, watchful

STEPS = 4


def walk(
    dice: Dice, world: Callable[[Dice], Sketch] = walkable
) -> tuple[Sketch, list[Json], list[int]]:
    """A world, questions to ask, and the choices of a walk through it."""
    choices = [dice.roll(0, 99) for _ in range(STEPS)]
    sketch = world(dice)
    words = Words(dice, sketch, minds=2)
    questions: list[Json] = [words.condition(Scope(), 3) for _ in range(3)]
    one, kind = words.place(Scope())
    questions += [("eq", one, words.value(Scope(), kind)), ("eq", one, one), words.number(Scope())]
    return sketch, questions, choices


@WORLDS
@given(made(walk))
@finite
def test_the_engine_agrees_with_the_reference(walk: tuple[Sketch, list[Json], list[int]]) -> None:
    sketch, questions, choices = walk
    both = Both(sketch)
    now = both.start()
    for choice in choices:
        if now is None:
            return
        both.compare(*now)
        possible = both.compare_answers(*now, questions)
        persons = both.reference.interpreter.world.persons
        dreamer = persons[choice % len(persons)]
        mind = (
            both.reference.believed(now[0], dreamer),
            both.engine.believed(now[1], dreamer),
        )
        imaginable = both.compare_answers(*mind, questions)
        if imaginable:
            imagined = both.after(mind, imaginable[choice % len(imaginable)], dreamer)
            if imagined is not None:
                both.compare(*imagined, depth=2)
        if not possible:
            return
        now = both.after(now, possible[choice % len(possible)])
    if now is not None:
        both.compare(*now)


@WORLDS
@given(made(walk))
@finite
def test_minds_on_demand_are_what_the_reference_says(
    walk: tuple[Sketch, list[Json], list[int]],
) -> None:
    sketch, questions, choices = walk
    both = Both(sketch, large=True)
    now = both.start()
    for choice in choices:
        if now is None:
            return
        possible = both.compare_answers(*now, questions)
        if choice % 3 == 0:
            both.compare(*now)  # else minds are read for the first time after later events
        if not possible:
            return
        now = both.after(now, possible[choice % len(possible)])
    if now is not None:
        both.compare(*now)


@WORLDS
@given(made(partial(walk, world=watchful)))
@finite
def test_triggers_that_watch_minds_read_them_as_the_reference_does(
    walk: tuple[Sketch, list[Json], list[int]],
) -> None:
    sketch, questions, choices = walk
    both = Both(sketch, large=choices[0] % 2 == 0)
    now = both.start()
    for choice in choices:
        if now is None:
            return
        possible = both.compare_answers(*now, questions)
        if choice % 3:
            both.compare(*now)
        if not possible:
            return
        now = both.after(now, possible[choice % len(possible)])
    if now is not None:
        both.compare(*now)

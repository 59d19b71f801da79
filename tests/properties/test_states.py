"""Values, beliefs, what is possible, who must will it, what it is worth: the engine agrees with the
reference step by step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reference.sketch import Sketch
from reference.world import Json

from .both import Both
from .worlds import Scope, Words, worlds

STEPS = 4


@st.composite
def walks(draw: st.DrawFn) -> tuple[Sketch, list[Json], list[int]]:
    """A world, questions to ask, and the choices of a walk through it."""
    sketch = draw(worlds())
    words = Words(draw, sketch, minds=2)
    questions: list[Json] = [words.condition(Scope(), 3) for _ in range(3)]
    questions += [("eq", words.place(Scope())[0], words.place(Scope())[0]), words.number(Scope())]
    return sketch, questions, draw(st.lists(st.integers(0, 999), min_size=STEPS, max_size=STEPS))


@given(walks())
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

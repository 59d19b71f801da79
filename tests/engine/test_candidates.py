"""Finding all possible events of an action: by joins, but the same as by trying everything."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from intrigue._engine import Engine
from reference.sketch import Sketch

Build = Callable[..., Engine]


def tried(engine: Engine, sketch: Sketch, action: str, state: int) -> list[int]:
    """Every event of the action that is possible, by trying all parameters in order."""
    number = list(sketch.actions).index(action)
    sets = [list(sketch.sets.values())[kind] for kind in sketch.actions[action]["params"]]
    events = [engine.event(number, [*map(sketch.atom, args)]) for args in product(*sets)]
    return [event for event in events if engine.possible(state, event)]


def test_all_ways_of_binding(sketch: Sketch, build: Build) -> None:
    """Conditions that determine a parameter, test one, join two, or hold of none."""
    holder = ("eq", ("holder", "?2"), "?0")
    sketch.action("hand", "person person thing", needs=[holder, ("ne", "?0", "?1")])
    sketch.action("meet", "person person", needs=[("eq", ("where", "?0"), ("where", "?1"))])
    sketch.action("go", "person place", needs=[("eq", "?1", ("where", "?0")), ("angry", "?0")])
    sketch.action("spend", "person", needs=[("lt", 1, ("coins", "?0"))])
    sketch.action(
        "envy",
        "person person",
        needs=[("believes", "?0", ("eq", ("holder", "box"), "?1")), ("known", ("coins", "?1"))],
    )
    sketch.action("mourn", "person")
    sketch.action("dream", "person place", needs=[False])
    sketch.holds(("holder", "box"), "Bob")
    sketch.holds(("where", "Cas"), "yard")
    sketch.holds(("angry", "Cas"), True)
    sketch.holds(("coins", "Ann"), 0)
    sketch.belief("Cas", ("holder", "box"), "Ann")
    engine = build(sketch)
    counts = {}
    for number, action in enumerate(sketch.actions):
        params = len(sketch.actions[action]["params"])
        found = engine.candidates(engine.start(), number, [None] * params)
        assert found == tried(engine, sketch, action, engine.start()), action
        counts[action] = len(found)
    assert counts == {
        "walk": 3,
        "wait": 1,
        "hand": 2,
        "meet": 5,
        "go": 1,
        "spend": 2,
        "envy": 3,
        "mourn": 3,
        "dream": 0,
    }


def test_some_parameters_given(sketch: Sketch, build: Build) -> None:
    engine = build(sketch)
    walk = list(sketch.actions).index("walk")
    ann, yard = sketch.atom("Ann"), sketch.atom("yard")
    start = engine.start()
    assert engine.candidates(start, walk, [ann, None]) == [engine.event(walk, [ann, yard])]
    assert len(engine.candidates(start, walk, [None, yard])) == 3
    assert engine.candidates(start, walk, [yard, None]) == []

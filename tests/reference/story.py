"""A story of a sketch, told to the reference or to the engine, with names for numbers."""

from __future__ import annotations

from .sides import Side, State
from .sketch import Sketch
from .world import Event, Json


class Story:
    """Starts at the opening; `happens` goes on. Questions are asked of the present state."""

    def __init__(self, sketch: Sketch, side: Side) -> None:
        self.sketch = sketch
        self.side = side
        self.now: State = side.start()

    def _event(self, written: str) -> Event:
        action, *args = written.split()
        return self.sketch.event(action, *args)

    def _mind(self, minds: str) -> State:
        state = self.now
        for name in minds.split():
            state = self.side.believed(state, self.sketch.atom(name))
        return state

    def happens(self, *events: str) -> Story:
        """Events as `"action arg arg"`. They must be possible."""
        for written in events:
            event = self._event(written)
            assert self.side.possible(self.now, event), written
            self.now = self.side.after(self.now, event)
        return self

    def ask(self, written: Json, minds: str = "") -> Json:
        """The value of an expression here, or in `"Ann Bob"`: what Ann takes Bob to think.

        Atoms come as names, `answer(f)` as "answer", no value and open as None.
        """
        value = self.side.evaluate(self._mind(minds), self.sketch.expr(written), ())
        if not isinstance(value, tuple):
            return value
        return self.sketch.atoms[value[1]] if value[0] == "atom" else value[0]

    def possible(self, event: str) -> bool:
        return self.side.possible(self.now, self._event(event))

    def willing(self, event: str) -> set[str]:
        return {self.sketch.atoms[each] for each in self.side.willing(self.now, self._event(event))}

    def utility(self, person: str) -> float:
        return self.side.utility(self.now, self.sketch.atom(person))

    def motivated(self, person: str, event: str, max_events: int = 2, max_minds: int = 2) -> bool:
        return self.side.motivated(
            self.now, self.sketch.atom(person), self._event(event), max_events, max_minds
        )

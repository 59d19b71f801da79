"""The reference as a whole, with the questions that the engine answers too."""

from __future__ import annotations

from functools import cached_property

from .effects import Clash
from .events import Events
from .expressions import Reading
from .motives import Motives, utility, willing
from .settling import Settling, TriggerLoop
from .start import opening
from .towers import Tower, Towers
from .world import Binding, Event, Json, Value, World


class Interpreter:
    """One world. Towers returned by it are the same object if they are equal."""

    def __init__(self, problem: Json) -> None:
        self.world = World(problem)
        self.towers = Towers(self.world.persons)
        self.events = Events(self.world, self.towers)
        self.settling = Settling(self.world, self.towers)
        self._motives: dict[int, Motives] = {}
        self._after: dict[tuple[Tower, Event], Tower | Clash | TriggerLoop] = {}

    @cached_property
    def start(self) -> Tower:
        return self.settling.settle(opening(self.world, self.towers))

    def after(self, at: Tower, event: Event) -> Tower:
        """The settled tower after the event. Raises `Clash`, `TriggerLoop`."""
        key = (at, event)
        if key not in self._after:
            try:
                self._after[key] = self.settling.settle(self.events.after(at, event))
            except (Clash, TriggerLoop) as error:
                self._after[key] = error
        found = self._after[key]
        if isinstance(found, Exception):
            raise found
        return found

    def evaluate(self, at: Tower, expr: Json, binding: Binding = ()) -> Value | None:
        return Reading(self.world).value(at, expr, binding)

    def motives(self, max_minds: int) -> Motives:
        """Motives where minds are followed to this depth (M of the text)."""
        if max_minds not in self._motives:
            self._motives[max_minds] = Motives(self.world, self.events, self.after, max_minds)
        return self._motives[max_minds]

    def willing(self, at: Tower, event: Event) -> frozenset[int]:
        return willing(self.events.reading, at, event)

    def utility(self, at: Tower, person: int) -> float:
        return utility(self.world, at, person)

    def motivated(
        self, at: Tower, person: int, event: Event, max_events: int, max_minds: int
    ) -> bool:
        """Whether `person` has a motive for what is meant by a told event in the state `at`."""
        mind, meant = at.minds[person], self.world.meant(event)
        return self.motives(max_minds).motivated(person, meant, mind, max_events)

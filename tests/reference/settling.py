"""Section 6: triggers and visible facts, in rounds over the whole tower, until nothing changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .effects import AtEnd, Effects, impose
from .expressions import Reading, is_blank
from .towers import Endless, Look, Tower, Towers
from .world import Binding, Value, World


class TriggerLoop(Exception):
    """Triggers that never come to rest."""


ROUNDS = 1000
"""More rounds than these are taken for a loop."""


@dataclass(frozen=True)
class Resting:
    """A seed: the tower as a round leaves it."""

    tower: Tower


class Settling:
    """The rounds of one world."""

    def __init__(self, world: World, towers: Towers) -> None:
        self.world = world
        self.towers = towers
        self.reading = Reading(world)
        self._rested: dict[Tower, Tower] = {}
        self._moved = False

    @cached_property
    def instances(self) -> list[tuple[int, Binding]]:
        return [
            (number, args)
            for number, trigger in enumerate(self.world.triggers)
            for args in self.world.bindings(trigger["params"])
        ]

    def settle(self, tower: Tower) -> Tower:
        """Raises `TriggerLoop`, and `Clash` where one trigger gives a fluent two values."""
        past = {tower}
        for _ in range(ROUNDS):
            self._moved = False
            try:
                tower = self.towers.grow(Resting(tower), self._look)
            except Endless:
                break
            if not self._moved:
                return tower
            if tower in past:
                break
            past.add(tower)
        raise TriggerLoop

    def _look(self, seed: Resting) -> Look:
        now = self.rested(seed.tower)
        self._moved = self._moved or now is not seed.tower
        minds = {person: Resting(mind) for person, mind in now.minds.items()}
        return Look(now.owner, now.values, minds)

    def rested(self, tower: Tower) -> Tower:
        """The state when it has come to rest by itself; minds as that leaves them."""
        if tower not in self._rested:
            past = [tower]
            while (after := self._changed(past[-1])) is not past[-1]:
                if after in past or len(past) > ROUNDS:
                    raise TriggerLoop
                past.append(after)
            self._rested[tower] = past[-1]
        return self._rested[tower]

    def _changed(self, tower: Tower) -> Tower:
        """The state after one more trigger, or, where none fires, after what shows itself."""
        fired = self._after_first(tower)
        return self._shown(tower) if fired is tower else fired

    def _after_first(self, tower: Tower) -> Tower:
        for number, args in self.instances:
            trigger = self.world.triggers[number]
            if trigger.get("minds_only") and tower.owner is None:
                continue
            if not self.reading.holds(tower, trigger["when"], args):
                continue
            effects = Effects(self.world, tower, trigger["effects"], args)
            here = (AtEnd(fluent, value, ()) for fluent, value in effects.assigned().items())
            now = impose(self.towers, tower, (*here, *effects.imposed()))
            if now is not tower:
                return now
        return tower

    def _shown(self, tower: Tower) -> Tower:
        """The state after everybody but its owner has perceived what shows itself to him, or missed
        it."""
        seen = (
            AtEnd(fluent, value, (person,))
            for person in self.world.persons
            if person != tower.owner
            for fluent, value in self._perceived(tower, person).items()
        )
        return impose(self.towers, tower, tuple(seen))

    def _perceived(self, tower: Tower, person: int) -> dict[int, Value]:
        found: dict[int, Value] = {}
        now = tower
        for fluent, conditions in self.world.visible:
            binding = (*self.world.fluents[fluent].args, person)
            held = now.minds[person].values[fluent]
            if any(self.reading.holds(now, each, binding) for each in conditions):
                value = now.values[fluent]
            elif not is_blank(held) and any(
                self.reading.holds(now.minds[person], each, binding) for each in conditions
            ):
                value = ("unknown", fluent)
            else:
                continue
            if value != held:
                found[fluent] = value
                now = impose(self.towers, now, (AtEnd(fluent, value, (person,)),))
        return found

"""Section 6: triggers and visible facts, in rounds over the whole tower, until nothing changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .effects import AtEnd, Effects, Impositions, impose, overridden, within
from .expressions import Reading, is_blank
from .towers import Look, Tower, Towers, reachable
from .world import Binding, Value, World


class TriggerLoop(Exception):
    """Triggers that never come to rest."""


ROUNDS = 1000
"""More rounds than these are taken for a loop."""


@dataclass(frozen=True)
class Fired:
    """What the trigger that fires in a state does there; nothing if none fires."""

    assigned: tuple[tuple[int, Value], ...] = ()
    impositions: Impositions = ()


@dataclass(frozen=True)
class Firing:
    """A seed: the tower after a round of triggers, with what the states around it impose."""

    tower: Tower
    impositions: Impositions


@dataclass(frozen=True)
class Looking:
    """A seed: the tower after a round of visible facts. What the state around it shows to its
    owner is `seen`.
    """

    tower: Tower
    seen: tuple[tuple[int, Value], ...]


class Settling:
    """The rounds of one world."""

    def __init__(self, world: World, towers: Towers) -> None:
        self.world = world
        self.towers = towers
        self.reading = Reading(world)
        self._firing: dict[Tower, Fired | None] = {}
        self._shown: dict[Tower, Mapping[int, dict[int, Value]]] = {}

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
            after = self.round(tower)
            if after is tower:
                return tower
            if after in past:
                break
            past.add(after)
            tower = after
        raise TriggerLoop

    def round(self, tower: Tower) -> Tower:
        if any(self.fires(each) is not None for each in reachable(tower)):
            return self.towers.grow(Firing(tower, ()), self._fire)
        return self.towers.grow(Looking(tower, ()), self._look)

    def fires(self, tower: Tower) -> Fired | None:
        """The first trigger instance that would change something here."""
        if tower not in self._firing:
            self._firing[tower] = self._first(tower)
        return self._firing[tower]

    def _first(self, tower: Tower) -> Fired | None:
        for number, args in self.instances:
            trigger = self.world.triggers[number]
            if trigger.get("minds_only") and tower.owner is None:
                continue
            if not self.reading.holds(tower, trigger["when"], args):
                continue
            effects = Effects(self.world, tower, trigger["effects"], args)
            assigned = tuple(effects.assigned().items())
            fired = Fired(assigned, effects.imposed())
            alone = (
                tuple(AtEnd(fluent, value, ()) for fluent, value in assigned) + fired.impositions
            )
            if impose(self.towers, tower, alone) is not tower:
                return fired
        return None

    def _fire(self, seed: Firing) -> Look:
        fired = self.fires(seed.tower) or Fired()
        impositions = fired.impositions + seed.impositions
        minds = {
            person: Firing(mind, within(impositions, person))
            for person, mind in seed.tower.minds.items()
            if person != seed.tower.owner
        }
        values = overridden(seed.tower.values, dict(fired.assigned), impositions)
        return Look(seed.tower.owner, values, minds)

    def _look(self, seed: Looking) -> Look:
        minds = {
            person: Looking(seed.tower.minds[person], tuple(seen.items()))
            for person, seen in self.shown(seed.tower).items()
        }
        return Look(seed.tower.owner, overridden(seed.tower.values, dict(seed.seen)), minds)

    def shown(self, tower: Tower) -> Mapping[int, dict[int, Value]]:
        """For every person but the owner: what this person perceives here, or misses, and did not
        hold before.
        """
        if tower not in self._shown:
            self._shown[tower] = {
                person: self._perceived(tower, person)
                for person in self.world.persons
                if person != tower.owner
            }
        return self._shown[tower]

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

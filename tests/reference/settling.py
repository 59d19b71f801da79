"""Section 6: triggers and visible facts, in rounds over the whole tower, until nothing changes or
the last round is over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

from .effects import AtEnd, Clash, Effects, impose
from .expressions import Reading, is_blank
from .towers import Look, Tower, Towers
from .world import Binding, Value, World


class TriggerLoop(Exception):
    """Triggers that never come to rest."""


ROUNDS = 8
"""What is not at rest after so many rounds stays as it is."""

FIRINGS = 1000
"""More triggers in a row than these are taken for a loop."""

OUTER = 2
"""A true state and the minds directly in it must come to rest; of an imagined state it alone."""


@dataclass(frozen=True)
class Resting:
    """A seed: the tower as a round leaves it. `guarded`: how many levels must come to rest."""

    tower: Tower
    guarded: int


class Settling:
    """The rounds of one world."""

    def __init__(self, world: World, towers: Towers) -> None:
        self.world = world
        self.towers = towers
        self.reading = Reading(world)
        self._rested: dict[tuple[Tower, bool], Tower] = {}
        self._moved = False
        self._restless = False

    @cached_property
    def instances(self) -> list[tuple[int, Binding]]:
        return [
            (number, args)
            for number, trigger in enumerate(self.world.triggers)
            for args in self.world.bindings(trigger["params"])
        ]

    def settle(self, tower: Tower) -> Tower:
        """Raises `TriggerLoop`, and `Clash` where one trigger gives a fluent two values; `Endless`
        if a round does not come to an end."""
        guarded = OUTER if tower.owner is None else 1
        for _ in range(ROUNDS):
            self._moved = self._restless = False
            tower = self.towers.grow(Resting(tower, guarded), self._look)
            if not self._moved:
                return tower
        if self._restless:
            raise TriggerLoop
        return tower

    def _look(self, seed: Resting) -> Look:
        now = self.rested(seed.tower, seed.guarded > 0)
        self._moved = self._moved or now is not seed.tower
        if seed.guarded > 0:
            pairs = [(seed.tower, now)]
            if seed.guarded == OUTER:
                pairs += [(seed.tower.minds[each], now.minds[each]) for each in now.minds]
            changed = any(before.values != after.values for before, after in pairs)
            self._restless = self._restless or changed
        inner = max(0, seed.guarded - 1)
        minds = {person: Resting(mind, inner) for person, mind in now.minds.items()}
        return Look(now.owner, now.values, minds)

    def rested(self, tower: Tower, guarded: bool) -> Tower:
        """The state when it has come to rest by itself; minds as that leaves them."""
        if (tower, guarded) not in self._rested:
            past = [tower]
            while True:
                fired = self._fired(past[-1], guarded)
                after = self._shown(fired)
                again = after in past or len(past) > FIRINGS
                if after is fired or (again and not guarded):
                    break
                if again:
                    raise TriggerLoop
                past.append(after)
            self._rested[tower, guarded] = after
        return self._rested[tower, guarded]

    def _fired(self, tower: Tower, guarded: bool) -> Tower:
        """The state when no trigger can fire any more. Where they never rest or contradict
        themselves, none fires, unless the state is guarded."""
        past = [tower]
        try:
            while (after := self._after_first(past[-1])) is not past[-1]:
                if after in past or len(past) > FIRINGS:
                    raise TriggerLoop
                past.append(after)
        except (TriggerLoop, Clash):
            if guarded:
                raise
            return tower
        return after

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

    def _is_about(self, person: int, fluent: int) -> bool:
        return person in self.world.fluents[fluent].args

    def _perceived(self, tower: Tower, person: int) -> dict[int, Value]:
        found: dict[int, Value] = {}
        now = tower
        # first what is about the person: where somebody is decides what there is to see and to miss
        own = partial(self._is_about, person)
        for fluent, conditions in sorted(self.world.visible, key=lambda one: not own(one[0])):
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

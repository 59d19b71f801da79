"""Section 4: what an event makes of a tower, before settling.

Each way in which a mind can change is a seed: it happens there (`Happens`: the true state, an
imagined one, or one in which somebody takes it to happen), it is seen there as what it is
(`Seen`), in part (`Partly`), or not at all (`Kept`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from .effects import (
    AtEnd,
    Effects,
    Imposition,
    Impositions,
    Kept,
    impose,
    overridden,
    within,
    without_repeats,
)
from .expressions import Reading, Trail
from .towers import Look, Tower, Towers
from .world import Event, Json, Value, World, only

Assigned = tuple[tuple[int, Value], ...]
Sight = Literal["itself"] | Event | list[Json] | None
"""What a witness sees: the event itself, another event, only these effects, or nothing."""


@dataclass(frozen=True)
class Happens:
    """`in_mind`: somebody within the state takes it to happen."""

    tower: Tower
    event: Event
    impositions: Impositions
    in_mind: bool


@dataclass(frozen=True)
class Seen:
    """`source`: the tower, before the event, in which the owner of `tower` sits; `assigned`: what
    is taken over from it.
    """

    tower: Tower
    source: Tower
    assigned: Assigned
    event: Event
    impositions: Impositions


@dataclass(frozen=True)
class Partly:
    tower: Tower
    assigned: Assigned
    event: Event
    impositions: Impositions


class Events:
    """Events of one world."""

    def __init__(self, world: World, towers: Towers) -> None:
        self.world = world
        self.towers = towers
        self.reading = Reading(world)

    def possible(self, at: Tower, event: Event) -> bool:
        return not self.failing(at, event)

    def failing(self, at: Tower, event: Event) -> list[int]:
        """The conditions that do not hold, hidden ones included."""
        needs = self.world.actions[event.action].get("needs", [])
        return [
            n
            for n, need in enumerate(needs)
            if not self.reading.holds(at, need["expr"], event.args)
        ]

    def deciding(self, at: Tower, event: Event, witness: int) -> int | None:
        """The line of `sees` that decides what `witness` sees."""
        for number, line in enumerate(self.world.actions[event.action].get("sees", [])):
            if self.reading.holds(at, line["when"], (*event.args, witness)):
                return number
        return None

    def sight(self, at: Tower, event: Event, witness: int) -> Sight:
        line = self.deciding(at, event, witness)
        if line is None:
            return None
        tag, body = only(self.world.actions[event.action]["sees"][line]["as"])
        if tag == "itself":
            return "itself"
        if tag == "partly":
            return list(body)
        action, args = body
        atoms = []
        for arg, kind in zip(args, self.world.actions[action]["params"], strict=True):
            value = self.reading.value(at, arg, (*event.args, witness))
            if (
                not isinstance(value, tuple)
                or value[0] != "atom"
                or value[1] not in self.world.sets[kind]
            ):
                return None
            atoms.append(value[1])
        return Event(action, tuple(atoms))

    def effects(self, at: Tower, event: Event) -> Effects:
        return Effects(
            self.world, at, self.world.actions[event.action].get("effects", []), event.args
        )

    def after(self, at: Tower, event: Event) -> Tower:
        """The tower after the event, not yet settled. Raises `Clash`."""
        return self.towers.grow(Happens(at, event, (), False), self._look)

    def _look(self, seed: Happens | Seen | Partly | Kept) -> Look:
        match seed:
            case Happens():
                effects = self.effects(seed.tower, seed.event)
                assigned = effects.assigned(in_mind=seed.in_mind)
                impositions = effects.imposed() + seed.impositions
                return self._changed(seed.tower, seed.event, assigned, impositions)
            case Seen():
                mind = self.repaired(seed.tower, seed.source, seed.event)
                impositions = self.effects(mind, seed.event).imposed(seen=True) + seed.impositions
                return self._changed(mind, seed.event, dict(seed.assigned), impositions)
            case Partly():
                return self._glimpsed(seed)
            case Kept():
                return seed.look()

    def repaired(self, mind: Tower, source: Tower, event: Event) -> Tower:
        """Surprise: `mind` learns what the conditions that it holds to fail read in `source`,
        unless they are hidden.
        """
        needs = self.world.actions[event.action].get("needs", [])
        repairs: list[Imposition] = []
        for need in needs:
            if need.get("hidden") or self.reading.holds(mind, need["expr"], event.args):
                continue
            trail: Trail = []
            Reading(self.world, trail).value(source, need["expr"], event.args)
            for chain, fluent in trail:
                place = source
                for person in chain:
                    place = place.minds[person]
                repairs.append(AtEnd(fluent, place.values[fluent], without_repeats(chain)))
        return impose(self.towers, mind, tuple(repairs)) if repairs else mind

    def _changed(
        self, before: Tower, event: Event, assigned: dict[int, Value], impositions: Impositions
    ) -> Look:
        """`before` with new values, and with every other mind as the lines of `sees`, read in
        `before`, have it.
        """
        minds: dict[int, Hashable] = {}
        for person, mind in before.minds.items():
            if person == before.owner:
                continue
            rest = within(impositions, person)
            match self.sight(before, event, person):
                case None:
                    minds[person] = Kept(mind, rest)
                case Event() as other:
                    minds[person] = Happens(mind, other, rest, True)
                case "itself":
                    minds[person] = Seen(mind, before, tuple(assigned.items()), event, rest)
                case part:
                    glimpse = Effects(self.world, before, part, (*event.args, person)).assigned(
                        assigned, in_mind=True
                    )
                    minds[person] = Partly(mind, tuple(glimpse.items()), event, rest)
        return Look(before.owner, overridden(before.values, assigned, impositions), minds)

    def _glimpsed(self, seed: Partly) -> Look:
        minds: dict[int, Hashable] = {}
        for person, mind in seed.tower.minds.items():
            if person == seed.tower.owner:
                continue
            rest = within(seed.impositions, person)
            line = self.deciding(seed.tower, seed.event, person)
            sees = self.world.actions[seed.event.action].get("sees", [])
            too = line is not None and only(sees[line]["as"])[0] != "other"
            minds[person] = (
                Partly(mind, seed.assigned, seed.event, rest) if too else Kept(mind, rest)
            )
        return Look(
            seed.tower.owner,
            overridden(seed.tower.values, dict(seed.assigned), seed.impositions),
            minds,
        )

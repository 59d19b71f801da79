"""What somebody lacks who would act if he knew better: how little of the truth would do, and what he takes to be otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from intrigue.filling.hypotheses import Wanted, equals
from intrigue.records import dataclass
from intrigue.story.verdicts import rests_on

if TYPE_CHECKING:
    from intrigue.filling.flaws import Flaw, Player

Unknown = tuple[tuple[int, int], ...]
"""Persons with fluents of which each does not know the value."""

_INFORMED, _LESS = 120, 60
"""How many events are tried for the motive of who knew the truth, and of who knew a part of it."""


@dataclass(frozen=True, slots=True)
class Untold:
    """Says who would have to know what for a flaw to be mended."""

    player: Player
    known: dict[tuple[int, int, int], list[Unknown]] = field(default_factory=dict)
    """What was found for motives: by state, person and event."""

    def unknown(self, flaw: Flaw) -> list[Unknown]:
        """Who lacks what truth for a motive or for what an event needs; several answers are ways to choose from."""
        if flaw.kind == "unmotivated" and flaw.person is not None and flaw.event is not None:
            key = (flaw.state, flaw.person, flaw.event)
            if key not in self.known:
                self.known[key] = self._for_motive(flaw, flaw.person, flaw.event)
            return self.known[key]
        if flaw.kind != "impossible":
            return []
        engine = self.player.engine
        found: dict[tuple[int, int], None] = {}
        for chain, expr, args in flaw.missing[0]:
            if len(chain) != 1:
                continue
            mind = engine.believed(flaw.state, chain[0])
            for within, fluent in engine.reads(flaw.state, expr, list(args)):
                if not within and self._differs(flaw.state, mind, fluent):
                    found[chain[0], fluent] = None
        return [tuple(found)] if found else []

    def awaited(self, flaw: Flaw, fluents: Sequence[int], persons: frozenset[int]) -> list[Unknown]:
        """Of what these persons are to pass on: what who has no motive now would have one with, if he is one of them."""
        person = flaw.person
        if person is None or person not in persons or not fluents or flaw.kind != "unmotivated":
            return []
        if not self._enough(flaw, fluents):
            return []
        mind = self.player.engine.believed(flaw.state, person)
        left = tuple((person, each) for each in fluents if self._differs(flaw.state, mind, each))
        return [left] if left else []

    def mistaken(self, flaw: Flaw) -> Iterator[tuple[Wanted, ...]]:
        """Conditions one of which would have to hold: that who has no motive takes to be otherwise what he takes to be so, of what he
        would have to know, or of what the event passes on."""
        if flaw.kind != "unmotivated" or flaw.person is None or flaw.event is None:
            return
        engine, person = self.player.engine, flaw.person
        mind = engine.believed(flaw.state, person)
        for unknown in self.unknown(flaw):
            yield tuple(self._otherwise(flaw, mind, fluent) for _, fluent in unknown)
        for fluent in self._passed_on(flaw, mind):
            if not isinstance(engine.value(mind, fluent), bool | str):
                yield (self._otherwise(flaw, mind, fluent),)

    def _otherwise(self, flaw: Flaw, mind: int, fluent: int) -> Wanted:
        """That the person no longer takes a fluent to have the value that it has for him; what is unknown, to have the true one."""
        assert flaw.person is not None
        engine, run = self.player.engine, self.player.run
        value = engine.value(mind, fluent)
        if value == "unknown":
            return equals(run, flaw.person, fluent, engine.value(flaw.state, fluent))
        chain, expr, args = equals(run, flaw.person, fluent, value)
        return chain, json.dumps({"not": json.loads(expr)}), args

    def _for_motive(self, flaw: Flaw, person: int, event: int) -> list[Unknown]:
        """As little of the truth as will do: single fluents, each of which is enough, or else several together."""
        player, engine = self.player, self.player.engine
        mind = engine.believed(flaw.state, person)
        meant = player.run.meant(event)
        told = player.script.after(flaw.item)
        motive = player.reasons.of(flaw.state, person, meant, told, _INFORMED)
        if motive["verdict"] == "found":
            rests = rests_on(player.run, motive["plan"], flaw.state, person)
            fluents = [each for each in rests if self._differs(flaw.state, mind, each)]
        else:
            said = self._passed_on(flaw, mind)
            fluents = [each for each in said if self._differs(flaw.state, mind, each)]
            if not fluents or not self._enough(flaw, fluents):
                return []
        if len(fluents) > 1:
            alone = [each for each in fluents if self._enough(flaw, [each])]
            if alone:
                return [((person, each),) for each in alone]
        for each in list(fluents):
            less = [one for one in fluents if one != each]
            if less and self._enough(flaw, less):
                fluents = less
        return [tuple((person, each) for each in fluents)] if fluents else []

    def _enough(self, flaw: Flaw, fluents: Sequence[int]) -> bool:
        """Whether who has no motive would have one if he knew these."""
        assert flaw.person is not None and flaw.event is not None
        player, engine = self.player, self.player.engine
        others = [each for each in player.run.world.persons if each != flaw.person]
        mind = engine.believed(engine.informed(flaw.state, list(fluents), others), flaw.person)
        meant = player.run.meant(flaw.event)
        told = player.script.after(flaw.item)
        return player.reasons.of(mind, flaw.person, meant, told, _LESS)["verdict"] == "found"

    def _passed_on(self, flaw: Flaw, mind: int) -> list[int]:
        """The fluents on which, for who does it, it hangs what an event brings about: what he has to say, for instance."""
        assert flaw.event is not None
        run, engine = self.player.run, self.player.engine
        action, args = engine.event_of(run.meant(flaw.event))
        found: dict[int, None] = {}
        for effect in run.world.problem["actions"][action]["effects"]:
            if "when" in effect:
                expr = json.dumps(effect["when"][0])
                for state in (flaw.state, mind):
                    for within, fluent in engine.reads(state, expr, list(args)):
                        if not within or within == [flaw.person]:
                            found[fluent] = None
        return list(found)

    def _differs(self, state: int, mind: int, fluent: int) -> bool:
        """Whether a fluent has another value than somebody takes it to have, one that can be known."""
        engine = self.player.engine
        return engine.value(state, fluent) not in ("unknown", engine.value(mind, fluent))

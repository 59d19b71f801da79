"""What somebody would need for a motive besides what a told event lacks first: so that what leads there is begun in time.

An event that is impossible is supposed to be possible, in the mind of who must will it, and it is asked what a motive for it would lack
then: who is not where he is to act mostly lacks the reason to go there too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING

from intrigue.filling.hypotheses import Wanted
from intrigue.filling.telling import Beat
from intrigue.grounding.border import bound
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.filling.flaws import Flaw, Player

_EFFORT = 60
"""How many events are tried for a motive for what is supposed to be possible."""
_WAYS = 2
"""In how many ways it is supposed to be possible."""


@dataclass(frozen=True, slots=True)
class Aims:
    """Says what would give a motive for the event of a flaw, found by supposing it."""

    player: Player
    known: dict[int, tuple[tuple[Wanted, ...], ...]] = field(default_factory=dict)
    """What was found where the beat was first met: by item."""

    def of(self, flaw: Flaw) -> tuple[tuple[Wanted, ...], ...]:
        """Sets of conditions, each of which would give a motive to somebody who must will the beat of a flaw and has none."""
        beat = isinstance(self.player.items[flaw.item], Beat)
        if not beat or flaw.event is None or flaw.kind not in ("impossible", "unmotivated"):
            return ()
        if flaw.item not in self.known:
            found = dict.fromkeys(self._found(flaw, flaw.event))
            self.known[flaw.item] = tuple(
                each for each in found if not any(set(less) < set(each) for less in found)
            )
        return self.known[flaw.item]

    def left(self, flaw: Flaw) -> int:
        """How many conditions are missing of the set of which the fewest are."""
        lacking = self.player.lacking
        return min((lacking(flaw.state, aim) for aim in self.of(flaw)), default=0)

    def _found(self, flaw: Flaw, event: int) -> Iterator[tuple[Wanted, ...]]:
        player, engine = self.player, self.player.engine
        meant = player.run.meant(event)
        told = player.script.after(flaw.item)
        persons = [flaw.person] if flaw.person is not None else engine.willing(flaw.state, meant)
        for person in persons:
            claims = player.script.claims_of(flaw.item, person)
            if not any(waypoints for waypoints, _ in claims):
                continue  # guesses at what for would be too many
            mind = engine.believed(flaw.state, person)
            for possible in self._possible(mind, person, meant, flaw):
                if any(
                    player.reasons.of(possible, person, meant, told, _EFFORT, *claim)["verdict"]
                    == "found"
                    for claim in claims
                ):
                    break
                yield from player.giving(flaw.item, possible, person, meant)

    def _possible(self, mind: int, person: int, event: int, flaw: Flaw) -> Iterator[int]:
        """The person's mind, or what it would be if the event were possible."""
        engine = self.player.engine
        if engine.possible(mind, event):
            yield mind
            return
        failing = self.player.lacks.failing((person,), mind, event)
        exprs = [bound(json.loads(expr), args) for _, expr, args in failing]
        named = [event, *self.player.script.after(flaw.item)]
        ways = self.player.lacks.hypotheses.ways(mind, person, {"and": exprs}, named)
        for way in islice(ways, _WAYS):
            possible = engine.supposing(mind, person, list(dict(way).items()))
            if engine.possible(possible, event):
                yield possible

"""Ways past one flaw, looked for best first: plans carried on, single events, and events that lead there over several.

What is put in may have flaws of its own (somebody must will it), which are mended in the same way, with what is open in one queue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from intrigue.filling.best_first import BestFirst
from intrigue.filling.flaws import EVENT
from intrigue.filling.limits import UNLIKELY
from intrigue.filling.plans import intended, next_plans
from intrigue.filling.spots import Filling, Node, Played, spots
from intrigue.filling.telling import Closing, Opening
from intrigue.filling.towards import Asked, Lack, Towards

FARTHER = 4
"""What it weighs more to mend a flaw from a gap further back."""

Pushed = tuple[float, Node | Lack | Asked, None]
"""What waits in the queue: what it weighs, and something put in, to be played, or what may yield such."""


class Ways(BestFirst[Lack | Asked, None]):
    """Looks for ways towards what is missing, as the engine guesses them."""

    def _set_up(self) -> None:
        self._towards = Towards(self.player, self.limits)

    def _begun(self) -> None:
        return None

    def _opened(self, each: Lack | Asked, weight: float) -> Iterator[Pushed]:
        found: Iterator[tuple[Node | Asked, int]]
        towards = self._towards
        found = towards.groups(each) if isinstance(each, Lack) else towards.answered(each)
        yield from ((ahead, one, None) for one, ahead in found)

    def _mending(self, played: Played, root: Played, rest: int, note: None) -> Iterator[Pushed]:
        """Where a flaw may be mended, and by what."""
        flaw = played.flaw
        assert flaw is not None
        player = self.player
        since = root.filling if played.landing is None else played.landing.filling
        spent = self._cost(played.filling, since)
        if isinstance(player.items[flaw.item], Opening):
            spent += rest
        own = player.items[flaw.item]
        for far, spot in enumerate(spots(player, played)):
            if spot.full:
                continue
            more = spent + FARTHER * far
            spot = replace(spot, more=more)
            for unlikely, wanted in enumerate(flaw.missing):
                for part, others in self._towards.parts(spot.state, flaw, wanted):
                    ahead = more + UNLIKELY * unlikely + others
                    yield ahead + EVENT, Lack(spot, part, ahead), None
            if far == 0:
                yield from _waiting(intended(player, spot))
            if isinstance(own, Closing) and spot.gap is own.opening:
                yield from _waiting(next_plans(player, self.limits, spot))

    def _cost(self, filling: Filling, base: Filling) -> int:
        """What was put in weighs."""
        return sum(
            self.player.cost(event)
            for row, before in zip(filling, base, strict=True)
            for event in row
            if event not in before
        )


def _waiting(found: Iterator[tuple[Node, int]]) -> Iterator[Pushed]:
    return ((weight, node, None) for node, weight in found)

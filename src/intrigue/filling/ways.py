"""Ways past one flaw, looked for best first: plans carried on, single events, and events that lead there over several.

What is put in may have flaws of its own (somebody must will it), which are mended in the same way, with what is open in one queue.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from intrigue.filling.flaws import EVENT, Player
from intrigue.filling.limits import UNLIKELY, Limits
from intrigue.filling.plans import intended, next_plans
from intrigue.filling.spots import Filling, Node, Played, landed, play, size, spared, spots
from intrigue.filling.telling import Opening
from intrigue.filling.towards import Asked, Lack, Towards

if TYPE_CHECKING:
    from random import Random

FARTHER = 4
"""What it weighs more to mend a flaw from a gap further back."""

Open = Node | Lack | Asked
"""What waits in the queue: something put in, to be played, or what may yield such."""


class Ways:
    """Looks for ways past flaws. `tick` is called before every filling played, with the flaw's item and how many were: it may raise to
    stop the search. `random`: decides between what is as good."""

    def __init__(
        self,
        player: Player,
        limits: Limits,
        tick: Callable[[int, int], None],
        random: Random | None,
    ) -> None:
        self.player = player
        self.limits = limits
        self.tick = tick
        self.random = random
        self.exhausted: set[int] = set()
        """The items of the flaws for which all there was to try was tried at last, no limit stopped it."""
        self._towards = Towards(player, limits)

    def past(self, here: Played, effort: int) -> Iterator[Played]:
        """Ways past the flaw, best first, all different; `effort`: events tried for one motive."""
        player, flaw = self.player, here.flaw
        assert flaw is not None
        target = flaw.item
        number = tried = 0
        queue: list[tuple[float, int, Open]] = []
        seen = {here.filling}
        orders: set[Filling] = set()
        given: set[Filling] = set()
        self.exhausted.discard(target)
        root = replace(here, landing=landed(player, here.filling, flaw, None))

        def push(found: Iterator[tuple[Open, int]]) -> None:
            nonlocal number
            for each, weight in found:
                if isinstance(each, Node):
                    if each.filling in seen:
                        continue
                    seen.add(each.filling)
                number += 1
                luck = self.random.random() * EVENT if self.random is not None else 0.0
                heapq.heappush(queue, (weight + luck, number, each))

        push(self._mending(root, 0, root))
        while queue and tried < self.limits.tries:
            _, _, each = heapq.heappop(queue)
            if isinstance(each, Lack):
                push(self._towards.groups(each))
                continue
            if isinstance(each, Asked):
                push(self._towards.answered(each))
                continue
            unordered = tuple(tuple(sorted(row)) for row in each.filling)
            if unordered in orders:
                continue  # the same events in another order came this far
            tried += 1
            self.tick(target, tried)
            played = play(player, each, effort)
            if played.flaw is None or played.flaw.item > target:
                played = spared(player, root, played, target, effort)
                if played.filling not in given:
                    given.add(played.filling)
                    yield played
                continue
            if played.flaw.item == target:
                orders.add(unordered)
            push(self._mending(played, each.rest, root))
        if not queue:
            self.exhausted.add(target)

    def _mending(self, played: Played, rest: int, root: Played) -> Iterator[tuple[Open, int]]:
        """Where a flaw may be mended, and by what, with what all that is missing weighs at least; `rest`: what is guessed to be missing
        besides, weighed; `root`: where all began."""
        flaw, first = played.flaw, root.flaw
        assert flaw is not None and first is not None
        if size(played.filling) - size(root.filling) >= self.limits.events:
            return
        player = self.player
        since = root.filling if played.landing is None else played.landing.filling
        spent = self._cost(played.filling, since)
        if isinstance(player.items[flaw.item], Opening):
            spent += rest
        for far, spot in enumerate(spots(player, played)):
            if spot.full:
                continue
            more = spent + FARTHER * far
            spot = replace(spot, more=more)
            for unlikely, wanted in enumerate(flaw.missing):
                for part, others in self._towards.parts(spot.state, flaw, wanted):
                    ahead = more + UNLIKELY * unlikely + others
                    yield Lack(spot, part, ahead), ahead + EVENT
            if far == 0:
                yield from intended(player, spot)
            if flaw.kind == "too few" and spot.item == flaw.item:
                yield from next_plans(player, self.limits, spot)

    def _cost(self, filling: Filling, base: Filling) -> int:
        """What was put in weighs."""
        return sum(
            self.player.cost(event)
            for row, before in zip(filling, base, strict=True)
            for event in row
            if event not in before
        )

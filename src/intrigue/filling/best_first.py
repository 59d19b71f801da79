"""Best-first search for ways past one flaw: what is put in is played, what goes wrong then is mended in the same way, with all that is
open in one queue."""

from __future__ import annotations

import heapq
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Generic, TypeVar

from intrigue.filling.flaws import EVENT, Player
from intrigue.filling.limits import Limits
from intrigue.filling.spots import Filling, Node, Played, landed, play, size, spared

if TYPE_CHECKING:
    from random import Random

Open = TypeVar("Open")
"""What may yield something that is put in, when its turn comes."""
Note = TypeVar("Note")
"""What is noted of something that waits."""


class BestFirst(ABC, Generic[Open, Note]):
    """Looks for ways past flaws. `tick` is told again and again the item of the flaw and how many fillings were played: it may raise to
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
        self.until: float | None = None
        """When to give up the flaw that is looked at, by the monotonic clock."""
        self.seconds = 0.0
        """How long it was looked for ways so far."""
        self.hurried = False
        """Whether a flaw was given up for that."""
        self.exhausted: set[int] = set()
        """The items of the flaws for which all there was to try was tried at last, no limit stopped it."""
        self._set_up()

    @abstractmethod
    def _set_up(self) -> None:
        """Makes what the search needs of its own."""

    def past(self, here: Played, effort: int) -> Iterator[Played]:
        """Ways past the flaw, best first, all different; `effort`: events tried for one motive."""
        ways = self._past(here, effort)
        while True:
            began = time.monotonic()
            way = next(ways, None)
            self.seconds += time.monotonic() - began
            if way is None:
                return
            yield way

    def _past(self, here: Played, effort: int) -> Iterator[Played]:
        player, flaw = self.player, here.flaw
        assert flaw is not None
        target = flaw.item
        queue: list[tuple[float, int, Node | Open, Note]] = []
        seen = {here.filling}
        orders: set[Filling] = set()
        given: set[Filling] = set()
        number = tried = 0
        self.exhausted.discard(target)
        root = replace(here, landing=landed(player, here.filling, flaw, None))

        def push(found: Iterator[tuple[float, Node | Open, Note]], least: float = -inf) -> None:
            """What was found waits; `least`: what it weighs at least, since it goes on from something that weighs as much."""
            nonlocal number
            for weight, each, note in found:
                weight = max(weight, least)
                if isinstance(each, Node):
                    if each.filling in seen:
                        continue
                    seen.add(each.filling)
                number += 1
                luck = self.random.random() * EVENT if self.random is not None else 0.0
                heapq.heappush(queue, (weight + luck, number, each, note))

        push(self._mending(root, root, 0, self._begun()))
        while queue and self._going_on(tried) and not self._late():
            weight, _, each, note = heapq.heappop(queue)
            self.tick(target, tried)
            if not isinstance(each, Node):
                push(self._opened(each, weight))
                continue
            unordered = tuple(tuple(sorted(row)) for row in each.filling)
            if unordered in orders:
                continue  # the same events in another order came this far
            tried += 1
            played = play(player, each, effort)
            if played.flaw is None or played.flaw.item > target:
                self._came_past()
                played = spared(player, root, played, target, effort)
                if played.filling not in given:
                    given.add(played.filling)
                    yield played
                continue
            if played.flaw.item == target:
                orders.add(unordered)
            if size(played.filling) - size(root.filling) < self.limits.events:
                push(self._mending(played, root, each.rest, note), weight)
        if not queue:
            self.exhausted.add(target)

    @abstractmethod
    def _begun(self) -> Note:
        """What is noted where nothing was put in so far."""

    def _going_on(self, tried: int) -> bool:
        """Whether the search goes on after so many fillings were played."""
        return tried < self.limits.tries

    def _late(self) -> bool:
        late = self.until is not None and time.monotonic() > self.until
        self.hurried = self.hurried or late
        return late

    def _came_past(self) -> None:
        """A way was found."""

    @abstractmethod
    def _mending(
        self, played: Played, root: Played, rest: int, note: Note
    ) -> Iterator[tuple[float, Node | Open, Note]]:
        """What may mend a flaw, with what all that is missing weighs at least. `rest`: what is guessed to be missing besides, weighed;
        `root`: where all began."""

    @abstractmethod
    def _opened(self, each: Open, weight: float) -> Iterator[tuple[float, Node | Open, Note]]:
        """What something yields when its turn comes."""

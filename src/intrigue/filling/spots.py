"""Fillings, played and unplayed, and the spots in gaps where something may be put into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intrigue.filling.flaws import Asked, Flaw, Player
from intrigue.filling.hypotheses import Wanted
from intrigue.filling.telling import Beat, Opening
from intrigue.records import dataclass

SPOTS = 4
"""From how many gaps a flaw is mended."""

Filling = tuple[tuple[int, ...], ...]
"""For each gap the events put into it."""


@dataclass(frozen=True, slots=True)
class Landing:
    """The last moment at which part of what is expected came to be so for the first time, everybody motivated up to there: what was
    put in by then (`filling`) weighs nothing any more. `reached`: the parts that came to be so, then or before."""

    filling: Filling
    reached: frozenset[Wanted]


@dataclass(frozen=True, slots=True)
class Node:
    """A filling to be played: `states` are good up to the item `start`; `rest`: what is guessed to be missing for the flaw that is
    mended, weighed."""

    filling: Filling
    states: Sequence[int]
    start: int
    rest: int = 0
    landing: Landing | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """A filling that was played: the states before each item, up to the first flaw."""

    filling: Filling
    states: list[int]
    flaw: Flaw | None
    landing: Landing | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a gap where something may be put in, before a flaw. `item`: which item the gap is; `state`: the one there; `more`:
    what was put in before weighs, and what else is missing."""

    played: Played
    flaw: Flaw
    gap: Opening
    item: int
    place: int
    state: int
    more: int = 0

    @property
    def row(self) -> tuple[int, ...]:
        """What the gap holds."""
        return self.played.filling[self.gap.number]

    @property
    def full(self) -> bool:
        """Whether the gap takes no more."""
        return len(self.row) >= self.gap.most

    def node(self, events: Sequence[int], rest: int) -> Node:
        """The filling with events put in there."""
        row = (*self.row[: self.place], *events, *self.row[self.place :])
        filling = put(self.played.filling, self.gap.number, row)
        return Node(filling, self.played.states, self.item, rest, self.played.landing)


def size(filling: Filling) -> int:
    """How many events a filling puts in."""
    return sum(map(len, filling))


def put(filling: Filling, gap: int, row: tuple[int, ...]) -> Filling:
    """A filling with this put into a gap instead."""
    return (*filling[:gap], row, *filling[gap + 1 :])


def play(player: Player, node: Node, effort: int, asked: Asked = "all") -> Played:
    """A filling played up to the first flaw; `effort`: events tried for one motive; `asked`: what is asked of the events."""
    states, flaw = player.play(node.filling, node.states, node.start, effort, asked)
    return Played(node.filling, states, flaw, landed(player, node.filling, flaw, node.landing))


def spared(player: Player, before: Played, played: Played, target: int, effort: int) -> Played:
    """The same without what was put in since `before` and is not needed to come past the flaw at the item `target`."""
    for index, item in enumerate(player.items):
        if not isinstance(item, Opening):
            continue
        gap = item.number
        for event in played.filling[gap]:
            new = size(played.filling) - size(before.filling)
            now = played.filling[gap]
            if new < 2 or event in before.filling[gap] or event not in now:
                continue
            place = now.index(event)
            filling = put(played.filling, gap, (*now[:place], *now[place + 1 :]))
            less = play(player, Node(filling, played.states, index), effort)
            if less.flaw is None or less.flaw.item > target:
                played = less
    return played


def landed(
    player: Player, filling: Filling, flaw: Flaw | None, before: Landing | None
) -> Landing | None:
    """The last landing after these events: here, if a part of what is expected is so for the first time, or the one before."""
    if flaw is None or flaw.kind != "expectation":
        return before
    reached = before.reached if before is not None else frozenset()
    now = reached.union(player.met(flaw))
    return Landing(filling, now) if len(now) > len(reached) else before


def spots(player: Player, played: Played) -> Iterator[Spot]:
    """Where something may be put in before the flaw, the nearest first."""
    flaw = played.flaw
    assert flaw is not None
    left = SPOTS
    own = player.items[flaw.item]
    if isinstance(own, Opening):
        yield Spot(played, flaw, own, flaw.item, flaw.place, flaw.state)
        left -= 1
    for index in range(flaw.item - 1, -1, -1):
        item = player.items[index]
        if isinstance(item, Opening) and left > 0:
            place = len(played.filling[item.number])
            yield Spot(played, flaw, item, index, place, played.states[index + 1])
            left -= 1


def between(player: Player, spot: Spot) -> list[int]:
    """What happens between a spot and the flaw, as it was played."""
    events: list[int] = []
    for index in range(spot.item, spot.flaw.item + 1):
        item = player.items[index]
        if isinstance(item, Opening):
            events += _row_between(spot, index, item)
        elif isinstance(item, Beat) and index < spot.flaw.item:
            event = player.told_event(spot.played.states[index], item)
            events += [] if event is None else [event]
    return events


def onward(player: Player, spot: Spot, event: int) -> int | None:
    """The state in which the flaw stands if an event happens at a spot, whatever its reasons; None if it cannot."""
    state = player.supposed(spot.state, event)
    if state is None:
        return None
    for index in range(spot.item, spot.flaw.item + 1):
        item = player.items[index]
        if isinstance(item, Opening):
            for each in _row_between(spot, index, item):
                state = player.after(state, each)
        elif isinstance(item, Beat) and index < spot.flaw.item:
            state = player.told(state, item)
    return state


def _row_between(spot: Spot, index: int, gap: Opening) -> tuple[int, ...]:
    """What a gap, the item `index`, holds between a spot and the flaw."""
    first = spot.place if index == spot.item else 0
    last = spot.flaw.place if index == spot.flaw.item else None
    return spot.played.filling[gap.number][first:last]

"""Gaps filled by repair: the telling is played, and what goes wrong first is mended by events put into a gap before it.

A *flaw* is a beat that cannot happen, that somebody in it has no reason for, or an expectation that fails. It names conditions that
are missing, in truth or in somebody's mind. *Resolvers* are events that bring them about, put into a gap before the flaw, the
nearest gap first. This is plan-space planning (flaws and resolvers: Penberthy & Weld, *UCPOP*, KR 1992; characters' reasons as
flaws: Riedl & Young, *Narrative planning: balancing plot and character*, JAIR 39, 2010), with one difference: a plan is a sequence
that is played at every step, so that a flaw is seen in the states of the story instead of being inferred from causal links.

Flaws are mended one after the other in the order of the story: what is possible comes first (`possibly.py`), if everybody has a reason for
it, and then ways that are found by a best-first search of its own (`chains.py`; for what is to be so, `ways.py`), which can be asked for
another way. Where a flaw cannot be mended, the choices before it are taken back, the latest first; and where that does not help, what is
possible is put in though no reasons were found for it, so that the story can go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain as together
from itertools import combinations
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from intrigue.filling.chains import Chains
from intrigue.filling.flaws import Asked, Flaw, Player
from intrigue.filling.limits import Limits
from intrigue.filling.possibly import Possibly
from intrigue.filling.spots import Filling, Node, Played, play, put
from intrigue.filling.telling import Opening
from intrigue.filling.throughout import Throughout
from intrigue.filling.ways import Ways
from intrigue.records import dataclass

if TYPE_CHECKING:
    from random import Random


class Stopped(Exception):
    """The time is up: raised by whoever is told how far the search is."""


@dataclass(frozen=True, slots=True)
class Left:
    """A flaw that was not mended. `exhausted`: all there was to try was tried, else a limit stopped it."""

    flaw: Flaw
    exhausted: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A way through the whole telling. `left`: flaws that were not mended."""

    filling: Filling
    states: tuple[int, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way past a flaw. `hindered`: how much of what is told next is not so then."""

    played: Played
    hindered: int


_how_hindered = attrgetter("hindered")


class Repair:
    """The search at work. `tick` is told the item of the flaw and how many fillings were played for it: it may raise to stop the search.
    `random`: decides between what is as good. `start`: the state in which the telling begins, if not in the opening. `until`: told the item
    of a flaw, and how many seconds searches took so far, when to give it up, by the monotonic clock."""

    def __init__(
        self,
        player: Player,
        limits: Limits,
        tick: Callable[[int, int], None] = lambda item, tried: None,
        random: Random | None = None,
        start: int | None = None,
        until: Callable[[int, float], float | None] = lambda item, searching: None,
    ) -> None:
        self.player = player
        self.until = until
        self.limits = limits
        self.tick = tick
        self.start = player.engine.start() if start is None else start
        self.best: Found | None = None
        """The farthest way so far, for whoever stops the search."""
        self._possibly = Possibly(player, limits, tick)
        self._throughout = Throughout(player, limits, tick)
        self._ways = Ways(player, limits, tick, random)
        self._chains = Chains(player, limits, tick, random)

    @property
    def hurried(self) -> bool:
        """Whether a flaw was given up since others need time too."""
        return self._chains.hurried or self._ways.hurried

    def found(self) -> Iterator[Found]:
        """Ways through the telling, all different; the first is the likeliest."""
        player = self.player
        gaps = sum(isinstance(item, Opening) for item in player.items)
        left: list[Left] = []
        choices: list[Iterator[Played]] = []
        given: set[Filling] = set()
        here = self._anew(((),) * gaps)
        while True:
            unmended = tuple(each for each in left if self._stays(each, here.filling))
            self.best = Found(here.filling, tuple(here.states), unmended)
            if here.flaw is None:
                if not given:
                    self._leaner(here, unmended)
                if self.best.filling not in given:
                    given.add(self.best.filling)
                    yield self.best
                other = self._another(choices)
                if other is None:
                    return
                here = other
                continue
            flaw, target = here.flaw, here.flaw.item
            mended = self._mended(here)
            if mended is not None:
                here, others = mended
                choices.append(others)
                continue
            again = self._taken_back(choices, target)
            if again is not None:
                here = again
                continue
            possible = self._possible(here)
            if possible is not None:
                here, unwilled = possible
                left += unwilled
                continue
            left.append(Left(flaw, target in self._search(flaw).exhausted))
            player.tolerated.add(target)
            here = play(player, Node(here.filling, here.states, target), self.limits.effort[-1])

    def _stays(self, left: Left, filling: Filling) -> bool:
        """Whether a flaw that was not mended is still there: what was put in without a motive may have been taken out again."""
        item = self.player.items[left.flaw.item]
        if left.flaw.kind != "unmotivated" or not isinstance(item, Opening):
            return True
        return left.flaw.event in filling[item.number]

    def _anew(self, filling: Filling) -> Played:
        """A filling played from the start."""
        return play(self.player, Node(filling, [self.start], 0), self.limits.effort[-1])

    def _leaner(self, whole: Played, left: tuple[Left, ...]) -> None:
        """The best without events that turn out not to be needed, now that the whole telling is filled: a pair, or one by one."""
        now = whole.filling
        put_in = [(gap, place) for gap, row in enumerate(now) for place in range(len(row))]
        if len(put_in) > self.limits.leaner:
            return
        without = (out for count in (2, 1) for out in combinations(put_in, count))
        for tried, out in enumerate(without, 1):
            self.tick(len(self.player.items), tried)
            less = self._anew(
                tuple(
                    tuple(event for place, event in enumerate(row) if (gap, place) not in out)
                    for gap, row in enumerate(now)
                )
            )
            if less.flaw is None:
                self.best = Found(less.filling, tuple(less.states), left)
                self._leaner(less, left)
                return

    def _mended(self, here: Played) -> tuple[Played, Iterator[Played]] | None:
        """A way past a flaw, and the others: the first that leaves what is told next no less possible, or the one that hinders it least."""
        assert here.flaw is not None
        target = here.flaw.item
        for effort in self.limits.effort:
            ways = self._past(here, effort)
            first = next(ways, None)
            if first is None:
                continue
            if not self.limits.others:
                return first, ways
            before = self._hindered(here, target)
            best = self._otherwise(here, self._weighed(first, target), effort)
            for _ in range(self.limits.others):
                other = next(ways, None) if best.hindered > before else None
                if other is None:
                    break
                best = min(best, self._weighed(other, target), key=_how_hindered)
            return best.played, ways
        return None

    def _past(self, here: Played, effort: int) -> Iterator[Played]:
        """Ways past a flaw: what makes it possible, if everybody in it has a reason, and then what is looked for backwards."""
        flaw = here.flaw
        assert flaw is not None
        sure = (self._weighed(played, flaw.item) for played in self._played(here, "verdicts"))
        first = (each.played for each in sorted(sure, key=_how_hindered))
        search = self._search(flaw)
        search.until = self.until(flaw.item, self._chains.seconds + self._ways.seconds)
        return together(first, search.past(here, effort), self._anew_before(here))

    def _anew_before(self, here: Played) -> Iterator[Played]:
        """The last gap before a flaw filled anew, where that is past it and everybody has a reason."""
        effort = self.limits.effort[-1]
        for node in self._throughout.nodes(here):
            played = play(self.player, node, effort, "verdicts")
            if here.flaw is not None and _past(played, here.flaw, "verdicts"):
                yield played

    def _played(self, here: Played, asked: Asked) -> Iterator[Played]:
        """What makes an event possible, or what is expected so, played: that which comes past the flaw, as far as it is asked for."""
        flaw, effort = here.flaw, self.limits.effort[-1]
        assert flaw is not None
        if not self.limits.work or flaw.kind not in ("impossible", "expectation"):
            return
        for node in self._possibly.nodes(here):
            played = play(self.player, node, effort, asked)
            if _past(played, flaw, asked):
                yield played

    def _possible(self, here: Played) -> tuple[Played, list[Left]] | None:
        """A way past a flaw for which no motives were found, but none is proved to be missing either: that which hinders least what is told
        next, with the fewest motives missing; and those."""
        assert here.flaw is not None
        target = here.flaw.item
        ways = (self._weighed(played, target) for played in self._played(here, "possible"))
        judged: list[tuple[int, Played, list[Left]]] = []
        for place, way in enumerate(sorted(ways, key=_how_hindered)):
            if place == 0:
                way = self._otherwise(here, way, self.limits.effort[-1], "possible")
            left = self._unwilled(here, way.played)
            if left is not None:
                judged.append((way.hindered + len(left), way.played, left))
            if judged and place + 1 >= self.limits.others:
                break
        if not judged:
            return None
        _, best, left = min(judged, key=itemgetter(0))
        self.player.excused.update(map(_act, left))
        past = Node(best.filling, best.states, target)
        return play(self.player, past, self.limits.effort[-1]), left

    def _unwilled(self, here: Played, way: Played) -> list[Left] | None:
        """The motives that a way past a flaw lacks; none if something else is wrong with it, or one is proved to be missing."""
        assert here.flaw is not None
        player = self.player
        left: list[Left] = []
        start = next(
            at
            for at, item in enumerate(player.items)
            if isinstance(item, Opening) and here.filling[item.number] != way.filling[item.number]
        )
        excused, states = player.excused, way.states
        while True:
            player.excused = excused.union(map(_act, left))
            node = Node(way.filling, states, start)
            played = play(player, node, self.limits.effort[-1], "motives")
            player.excused = excused
            flaw, states = played.flaw, played.states
            if flaw is None or flaw.item > here.flaw.item:
                return left
            if flaw.kind != "unmotivated" or flaw.event is None or flaw.decided:
                return None
            left.append(Left(flaw, False))
            start = flaw.item

    def _otherwise(self, here: Played, first: Way, effort: int, asked: Asked = "all") -> Way:
        """The same, but what was put in comes out otherwise, or has somebody or something else in it, where that hinders what is told next
        less: whom a captive is to be brought to is seldom settled by the flaw, but by what is told next."""
        player = self.player
        assert here.flaw is not None
        target = here.flaw.item
        best = first
        for index, item in enumerate(player.items[: target + 1]):
            if not isinstance(item, Opening):
                continue
            gap, state = item.number, first.played.states[index]
            for place, event in enumerate(first.played.filling[gap]):
                outcomes = player.outcomes(state, event)
                others = together(outcomes, player.variants(state, event, target))
                for each in () if event in here.filling[gap] else others:
                    if not best.hindered:
                        return best
                    now, states = best.played.filling, best.played.states
                    row = (*now[gap][:place], each, *now[gap][place + 1 :])
                    played = play(player, Node(put(now, gap, row), states, index), effort, asked)
                    if _past(played, here.flaw, asked):
                        best = min(best, self._weighed(played, target), key=_how_hindered)
                state = player.after(state, event)
        return best

    def _search(self, flaw: Flaw) -> Chains | Ways:
        """Who looks for ways past a flaw: what an event lacks is looked for backwards if there is a telling to go by."""
        chains = self.limits.work and flaw.kind in ("impossible", "unmotivated")
        return self._chains if chains else self._ways

    def _weighed(self, played: Played, target: int) -> Way:
        return Way(played, self._hindered(played, target))

    def _hindered(self, played: Played, target: int) -> int:
        """How much of what is told next after a flaw is not so: conditions, and motives."""
        return self.player.hindered(played.states[target], target, self.limits.effort[0])

    def _taken_back(self, choices: list[Iterator[Played]], target: int) -> Played | None:
        """Another way past an earlier flaw, with which the telling comes further than `target`; one other way of each is tried."""
        for depth in range(1, min(self.limits.back, len(choices)) + 1):
            here = next(choices[-depth], None)
            new: list[Iterator[Played]] = []
            while here is not None and here.flaw is not None and here.flaw.item <= target:
                mended = self._mended(here)
                here = None
                if mended is not None:
                    here, others = mended
                    new.append(others)
            if here is not None:
                choices[len(choices) - depth + 1 :] = new
                return here
        return None

    def _another(self, choices: list[Iterator[Played]]) -> Played | None:
        """Another way past the latest flaw for which there is one."""
        while choices:
            other = next(choices[-1], None)
            if other is not None:
                return other
            choices.pop()
        return None


def _past(played: Played, flaw: Flaw, asked: Asked) -> bool:
    """Whether a flaw is past, as far as is asked: where motives are not, that of a told event may be missing too."""
    now = played.flaw
    if now is None or now.item > flaw.item:
        return True
    return asked == "possible" and now.item == flaw.item and now.kind == "unmotivated"


def _act(left: Left) -> tuple[int, int | None]:
    """What was done without a motive, and at which item."""
    return left.flaw.item, left.flaw.event

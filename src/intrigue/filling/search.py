"""Gaps filled by repair: the telling is played, and what goes wrong first is mended by events put into a gap before it.

A *flaw* is a beat that cannot happen, that somebody in it has no reason for, or an expectation that fails. It names conditions that
are missing, in truth or in somebody's mind. *Resolvers* are events that bring them about, put into a gap before the flaw, the
nearest gap first. What is put in may have flaws of its own (somebody must will it), which are mended in the same way. This is
plan-space planning (flaws and resolvers: Penberthy & Weld, *UCPOP*, KR 1992; characters' reasons as flaws: Riedl & Young,
*Narrative planning: balancing plot and character*, JAIR 39, 2010), with one difference: a plan is a sequence that is played at
every step, so that a flaw is seen in the states of the story instead of being inferred from causal links.

Flaws are mended one after the other in the order of the story, each by a best-first search of its own, which can be asked for another
way; where one cannot be mended, the choices before it are taken back, the latest first.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import combinations

from intrigue.filling.flaws import EVENT, Flaw, Player
from intrigue.filling.lacking import Wanted
from intrigue.filling.telling import Beat, Opening
from intrigue.records import dataclass

Filling = tuple[tuple[int, ...], ...]
"""For each gap the events put into it."""

FARTHER = 4
"""What it weighs more to mend a flaw from a gap further back."""
UNLIKELY = 1
"""What it weighs more to try the second, third, ... set of conditions that may be missing."""
SPOTS = 4
"""From how many gaps a flaw is mended."""
CHOICES = 12
"""How many events of one person are tried at one spot for one set of conditions."""
LOOKED_AT = 60
"""At how many a look is taken before."""
WORSE = 12
"""How much more than the likeliest an event may weigh to be tried."""
INTENDED = 3
"""What it weighs more to go on as somebody meant to, of which it is not known whether it helps."""
PLANS = 4
"""How many of a person's plans are followed further."""
RECENT = 8
"""How many items back an event counts as one that a plan goes on from."""
LOOKS = 10
"""At how many spots everything possible is looked at for one flaw."""
DIRECT, ALIKE = 16, 4
"""How many events that leave less of what a flaw lacks are looked into at one spot, and how many of those that serve the same."""
GLANCE = 24
"""How many events are tried for the motive of one of them."""
LUCK = 6
"""What an event weighs more that nobody means."""
USELESS = 10
"""What an event weighs more that brings about a condition which does not help."""
FAR_OFF = 24
"""What a part of what is expected weighs that nothing seems to bring about by now."""
LOST = 4
"""What each condition weighs more that an event would take away."""
ASKED, WHOLE = 2, 120
"""With how many of his events somebody is asked for a plan for the whole of what is missing, and how many events are tried for it."""
MISSING = 4
"""What an act weighs more for which the person would have a reason if the person knew the truth."""
RELUCTANT = 6
"""What an act weighs more that leaves less of what is lacking, but for which somebody has no reason so far."""
PROGRESS = 8
"""What it weighs less to go on from what has mended a part."""
FOLLOWED = 8
"""How many sets of conditions are followed back over several events."""
STALE = 8
"""What it weighs more to go on from what has changed nothing of the flaw."""
UNWILLED = 12
"""What an act weighs more for which none was found."""
AHEAD = 4
"""How many events ahead ways are followed."""


class Stopped(Exception):
    """The time is up: raised by whoever is told how far the search is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look: `events`: put in to mend one flaw; `tries`: fillings played for one flaw, before it is given up; `back`: how
    often choices before it are taken back; `effort`: events tried for one motive, first and when nothing was found; `leaner`: of how
    many events put in, each and each pair are left out at the end to see whether they are needed; `whole`: events tried for
    somebody's plan for the whole of what is missing, however far off (half as many where none of the person's wants has to do with it);
    0: only what begins with an event at hand, with little effort."""

    events: int = 6
    tries: int = 40
    back: int = 3
    effort: tuple[int, ...] = (250, 2_000)
    leaner: int = 0
    whole: int = 0
    film: bool = False
    """There is much to mend, and little time for each flaw: plans are carried on before a flaw is mended, and everything that can happen is
    looked at for what it makes of the flaw before ways of several events are looked for."""
    others: int = 0
    """How many other ways past a flaw are looked for where one hinders what is told next."""


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
class _Landing:
    """The last moment at which part of what is expected came to be so for the first time, everybody motivated up to there: what was
    put in by then (`filling`) weighs nothing any more. `reached`: the parts that came to be so, then or before."""

    filling: Filling
    reached: frozenset[Wanted]


@dataclass(frozen=True, slots=True)
class _Node:
    """Something put in: `states` are good up to the item `start`; `rest`: what is guessed to be missing for the flaw that is mended."""

    filling: Filling
    states: Sequence[int]
    start: int
    rest: int
    landing: _Landing | None = None


@dataclass(frozen=True, slots=True)
class _Played:
    filling: Filling
    states: list[int]
    flaw: Flaw | None
    landing: _Landing | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a gap where something may be put in, and the state there. `more`: what was put in before weighs, and what else is
    missing."""

    played: _Played
    item: int
    place: int
    state: int
    more: int


@dataclass(frozen=True, slots=True)
class _Lack:
    """Conditions that may be brought about at a spot."""

    spot: _Spot
    wanted: tuple[Wanted, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """Events of one person (or of nobody) that may be put in at a spot: the person is asked when their turn comes. They stand with
    what each weighs together with all that it serves."""

    spot: _Spot
    wanted: tuple[Wanted, ...]
    person: int | None
    events: Sequence[tuple[int, int]]
    more: int


@dataclass(frozen=True, slots=True)
class _Direct:
    """A spot at which everything possible is looked at for what it makes of the flaw, but for what was possible in the state `known`."""

    spot: _Spot
    known: int | None


_Open = _Node | _Lack | _Asked | _Direct


@dataclass(slots=True)
class Repair:
    """The search at work. `tick` is called for every filling played: it may raise to stop the search."""

    player: Player
    limits: Limits
    tick: Callable[[int, int], None] = lambda item, tried: None
    random: random.Random | None = None
    start: int | None = None
    """The state in which the telling begins, if not in the opening."""
    examined: int = 0
    best: Found | None = None
    """The farthest way so far, for whoever stops the search."""
    _exhausted: dict[int, bool] = field(default_factory=dict)

    def found(self) -> Iterator[Found]:
        """Ways through the telling, all different; the first is the likeliest."""
        player = self.player
        gaps = sum(isinstance(item, Opening) for item in player.items)
        left: dict[int, Left] = {}
        start = player.engine.start() if self.start is None else self.start
        first = self._play(_Node(((),) * gaps, [start], 0, 0), 0)
        choices: list[tuple[int, Iterator[_Played]]] = []
        here = first
        given: set[Filling] = set()
        while True:
            self.best = Found(here.filling, tuple(here.states), tuple(left.values()))
            if here.flaw is None:
                if not given:
                    self._leaner(here, start, tuple(left.values()))
                if self.best.filling not in given:
                    given.add(self.best.filling)
                    yield self.best
                back = self._another(choices)
                if back is None:
                    return
                here = back
                continue
            flaw, target = here.flaw, here.flaw.item
            mended = self._mended(self._carried_on(here) if self.limits.film else here)
            if mended is not None:
                choices.append((target, mended[1]))
                here = mended[0]
                continue
            again = self._taken_back(choices, target)
            if again is not None:
                here = again
                continue
            left[target] = Left(flaw, self._exhausted.get(target, False))
            player.tolerated.add(target)
            here = self._play(_Node(here.filling, here.states, target, 0), 0)

    def _carried_on(self, here: _Played) -> _Played:
        """The same after whoever has a plan that goes on from what was told last has gone on with it, as far as that goes well."""
        assert here.flaw is not None
        target, effort = here.flaw.item, self.limits.effort[0]
        while len(here.states) > target and here.flaw is not None:
            spots = self._spots(here, here.flaw)
            item, place, state = next(spots, (None, 0, 0))
            if item is None or isinstance(self.player.items[here.flaw.item], Opening):
                return here
            gap = self.player.items[item]
            assert isinstance(gap, Opening)
            if len(here.filling[gap.number]) >= gap.most:
                return here
            best = here
            for node, _ in self._intended(_Spot(here, item, place, state, 0)):
                played = self._play(node, effort)
                flaw = played.flaw
                if flaw is None or flaw.item > target:
                    return played
                if (
                    flaw.item == target
                    and self._no_worse(flaw, here.flaw)
                    and self._hindered(played, target) <= self._hindered(here, target)
                ):
                    best = max(best, played, key=lambda one: _size(one.filling))
            if best is here:
                return here
            here = best
        return here

    @staticmethod
    def _no_worse(flaw: Flaw, before: Flaw) -> bool:
        """Whether no more is lacking than before."""
        if flaw.kind != before.kind:
            return before.kind == "impossible"
        return flaw.kind == "unmotivated" or len(flaw.missing[0]) <= len(before.missing[0])

    def _leaner(self, whole: _Played, start: int, left: tuple[Left, ...]) -> None:
        """The best without events that turn out not to be needed, now that the whole telling is filled: a pair, or one by one."""
        now = whole.filling
        put_in = [(gap, place) for gap, row in enumerate(now) for place in range(len(row))]
        if len(put_in) > self.limits.leaner:
            return
        tried = 0
        for count in (2, 1):
            for out in combinations(put_in, count):
                tried += 1
                self.tick(len(self.player.items), tried)
                fewer = tuple(
                    tuple(event for place, event in enumerate(row) if (gap, place) not in out)
                    for gap, row in enumerate(now)
                )
                less = self._play(_Node(fewer, [start], 0, 0), 0)
                if less.flaw is None:
                    self.best = Found(fewer, tuple(less.states), left)
                    self._leaner(less, start, left)
                    return

    def _mended(self, here: _Played) -> tuple[_Played, Iterator[_Played]] | None:
        """A way past a flaw, and the others: the first that leaves what is told next no less possible, or the one that hinders it least."""
        assert here.flaw is not None
        target = here.flaw.item
        for effort in self.limits.effort:
            ways = self._ways(here, effort)
            first = next(ways, None)
            if first is None:
                continue
            before, best = self._hindered(here, target), self._hindered(first, target)
            for _ in range(self.limits.others):
                other = next(ways, None) if best > before else None
                if other is None:
                    break
                hindered = self._hindered(other, target)
                if hindered < best:
                    first, best = other, hindered
            return first, ways
        return None

    def _hindered(self, played: _Played, target: int) -> int:
        """How many conditions of what is told next after a flaw do not hold."""
        return self.player.hindered(played.states[target], target)

    def _taken_back(
        self, choices: list[tuple[int, Iterator[_Played]]], target: int
    ) -> _Played | None:
        """Another way past an earlier flaw, with which the telling comes further than `target`."""
        for depth in range(1, min(self.limits.back, len(choices)) + 1):
            other = next(choices[-depth][1], None)
            while other is not None:
                here: _Played | None = other
                new: list[tuple[int, Iterator[_Played]]] = []
                while here is not None and here.flaw is not None and here.flaw.item <= target:
                    mended = self._mended(here) if here.flaw.item <= target else None
                    if mended is not None:
                        new.append((here.flaw.item, mended[1]))
                    here = mended[0] if mended is not None else None
                if here is not None:
                    choices[len(choices) - depth + 1 :] = new
                    return here
                break  # one other way of each
        return None

    def _another(self, choices: list[tuple[int, Iterator[_Played]]]) -> _Played | None:
        """Another way past the latest flaw for which there is one."""
        while choices:
            other = next(choices[-1][1], None)
            if other is not None:
                return other
            choices.pop()
        return None

    # ------------------------------------------------------------- one flaw

    def _play(self, node: _Node, effort: int) -> _Played:
        self.examined += 1
        effort = effort or self.limits.effort[-1]
        states, flaw = self.player.play(node.filling, node.states, node.start, effort)
        return _Played(node.filling, states, flaw, self._landed(node.filling, flaw, node.landing))

    def _landed(
        self, filling: Filling, flaw: Flaw | None, before: _Landing | None
    ) -> _Landing | None:
        """The last landing after these events: here, if a part of what is expected is so for the first time, or the one before."""
        if flaw is None or flaw.kind != "expectation":
            return before
        reached = before.reached if before is not None else frozenset()
        now = reached.union(self.player.met(flaw))
        return _Landing(filling, now) if len(now) > len(reached) else before

    def _ways(self, here: _Played, effort: int) -> Iterator[_Played]:
        """Ways past the flaw, best first."""
        assert here.flaw is not None
        target = here.flaw.item
        base = here.filling
        number = 0
        queue: list[tuple[float, int, _Open]] = []
        seen = {here.filling}
        orders: set[Filling] = set()
        given: set[Filling] = set()
        self._exhausted[target] = False
        here = _Played(base, here.states, here.flaw, self._landed(base, here.flaw, None))

        def push(found: Iterator[tuple[_Open, float]]) -> None:
            nonlocal number
            for each, weight in found:
                if isinstance(each, _Node):
                    if each.filling in seen:
                        continue
                    seen.add(each.filling)
                number += 1
                luck = self.random.random() * EVENT if self.random is not None else 0.0
                heapq.heappush(queue, (weight + luck, number, each))

        push(self._resolved(here, 0, base, here))
        tried = looked = 0
        while queue and tried < self.limits.tries:
            _, _, each = heapq.heappop(queue)
            if isinstance(each, _Lack):
                push(self._groups(each))
                continue
            if isinstance(each, _Asked):
                push(self._answered(each))
                continue
            if isinstance(each, _Direct):
                looked += 1
                if looked <= LOOKS:
                    push(self._direct(each))
                continue
            unordered = tuple(tuple(sorted(row)) for row in each.filling)
            if unordered in orders:
                continue  # the same events in another order came this far
            tried += 1
            self.tick(target, tried)
            played = self._play(each, effort)
            flaw = played.flaw
            if flaw is not None and flaw.item == target:
                orders.add(unordered)
            if flaw is None or flaw.item > target:
                played = self._spared(here, played, target, effort)
                if played.filling not in given:
                    given.add(played.filling)
                    yield played
                continue
            push(self._resolved(played, each.rest, base, here))
        self._exhausted[target] = not queue

    def _spared(self, before: _Played, played: _Played, target: int, effort: int) -> _Played:
        """The same without what was put in and is not needed to come past the flaw."""
        for gap, events in enumerate(played.filling):
            known = before.filling[gap]
            for event in events:
                new = _size(played.filling) - _size(before.filling)
                if new < 2 or event in known or event not in played.filling[gap]:
                    continue
                row = list(played.filling[gap])
                row.remove(event)
                filling = _put(played.filling, gap, tuple(row))
                start = self._item_of(gap)
                less = self._play(
                    _Node(filling, before.states, min(start, len(before.states) - 1), 0), effort
                )
                if less.flaw is None or less.flaw.item > target:
                    played = less
        return played

    def _item_of(self, gap: int) -> int:
        items = self.player.items
        return next(
            i for i, item in enumerate(items) if isinstance(item, Opening) and item.number == gap
        )

    def _resolved(
        self, played: _Played, rest: int, base: Filling, root: _Played
    ) -> Iterator[tuple[_Open, float]]:
        """Where a flaw may be mended, and by what, with what all that is missing weighs at least; `root`: where all began."""
        flaw, first = played.flaw, root.flaw
        assert first is not None
        assert flaw is not None
        size = _size(played.filling) - _size(base)
        if size >= self.limits.events:
            return
        own = isinstance(self.player.items[flaw.item], Opening)
        for far, (item, place, state) in enumerate(self._spots(played, flaw)):
            gap = self.player.items[item]
            assert isinstance(gap, Opening)
            if len(played.filling[gap.number]) >= gap.most:
                continue
            since = base if played.landing is None else played.landing.filling
            more = self._cost(played.filling, since) + (rest if own else 0) + FARTHER * far
            film = self.limits.film
            if film:
                more += self._headway(played, root)
            spot = _Spot(played, item, place, state, more)
            if film and flaw.missing:
                same = flaw.event == first.event and flaw.kind == first.kind
                known = None
                if same and played.filling != base:
                    known = root.states[item + 1] if item < flaw.item else flaw.state
                if far == 0 or (known is None and flaw.event == first.event):
                    yield _Direct(spot, known), more + (EVENT if far else 0)
            for unlikely, wanted in enumerate(flaw.missing[: FOLLOWED if film else None]):
                for part, rest_of_it in self._one_by_one(state, flaw, wanted):
                    ahead = more + UNLIKELY * unlikely + rest_of_it
                    yield _Lack(spot, part, ahead), ahead + (2 if film else 1) * EVENT
            if far == 0:
                yield from self._intended(spot)
            if flaw.kind == "too few" and item == flaw.item:
                yield from self._onward_plans(spot, gap)

    @staticmethod
    def _headway(played: _Played, root: _Played) -> int:
        """What it weighs more (or less) to go on from there, by what has become of the flaw with which all began."""
        flaw, first = played.flaw, root.flaw
        assert flaw is not None and first is not None
        if played.filling == root.filling or flaw.event != first.event:
            return 0
        fewer = bool(flaw.missing) and len(flaw.missing[0]) < len(first.missing[0])
        if first.kind == "impossible" and (flaw.kind != first.kind or fewer):
            return -PROGRESS
        return STALE if flaw.kind == "unmotivated" or flaw.missing == first.missing else 0

    def _one_by_one(
        self, state: int, flaw: Flaw, wanted: tuple[Wanted, ...]
    ) -> Iterator[tuple[tuple[Wanted, ...], int]]:
        """What is to be brought about, with what all else weighs that is missing: of what is expected one part after another, in any
        order, since hardly anybody has a plan for parts that have nothing to do with each other; else all at once."""
        missing = [part for part in wanted if self.player.missing(state, flaw, (part,))]
        if flaw.kind != "expectation" or len(missing) < 2:
            yield wanted, 0
            return
        weights = [self._towards(state, (part,), AHEAD)[0] for part in missing]
        known = [FAR_OFF if weight is None else weight for weight in weights]
        for part, weight in zip(missing, known, strict=True):
            yield (part,), sum(known) - weight

    def _direct(self, direct: _Direct) -> Iterator[tuple[_Node, float]]:
        """All that can happen at a spot and leaves less of what the flaw lacks, those first for which nobody lacks a reason."""
        player, spot = self.player, direct.spot
        flaw = spot.played.flaw
        assert flaw is not None
        gap = player.items[spot.item]
        assert isinstance(gap, Opening)
        then = self._between(spot)
        before = [player.missing(flaw.state, flaw, wanted) for wanted in flaw.missing]
        own = None if flaw.event is None else player.run.meant(flaw.event)
        ranked = []
        for event, left in player.engine.lessening(
            spot.state,
            player.came(spot.state),
            then,
            [] if flaw.kind == "impossible" else [_border(wanted) for wanted in flaw.missing],
            target=flaw.event,
            known=direct.known,
        ):
            if flaw.event is not None and flaw.kind != "impossible" and left.pop(0) > 0:
                continue  # then it could not happen
            less = [(count, place) for place, count in enumerate(left) if count < before[place]]
            if not less or player.run.meant(event) == own:
                continue
            count, place = min(less)
            luck = LUCK if player.unmeant(event) else 0
            weight = EVENT * count + player.cost(event) + luck
            ranked.append((count, place, weight, event))
        row = spot.played.filling[gap.number]
        told = player.told_after(spot.item)
        served: Counter[int] = Counter()
        looked_at = 0
        for count, place, weight, event in sorted(ranked):
            served[place] += 1
            willing = player.willing(spot.state, event)
            if served[place] > ALIKE or (gap.by and not gap.by.intersection(willing)):
                continue
            looked_at += 1
            if looked_at > DIRECT:
                return
            more = weight + (min(place, 2) * UNLIKELY)
            if count == 0 and flaw.kind == "unmotivated":
                state = self._onward(spot, event)
                more += 0 if state is not None and player.gives(state, flaw) else USELESS
            meant = player.run.meant(event)
            for person in willing:
                mind = player.engine.believed(spot.state, person)
                if player.reasons.of(mind, person, meant, told, GLANCE)["verdict"] != "found":
                    more += UNWILLED if player.unmeant(event) else RELUCTANT
                    break
            put = (*row[: spot.place], event, *row[spot.place :])
            filling = _put(spot.played.filling, gap.number, put)
            played = spot.played
            node = _Node(filling, played.states, spot.item, spot.more, played.landing)
            yield node, spot.more + more

    def _between(self, spot: _Spot) -> list[int]:
        """What happens between a spot and the flaw, as it was played."""
        player, played = self.player, spot.played
        flaw = played.flaw
        assert flaw is not None
        events: list[int] = []
        for index in range(spot.item, flaw.item + 1):
            item = player.items[index]
            if isinstance(item, Opening):
                first = spot.place if index == spot.item else 0
                last = flaw.place if index == flaw.item else None
                events += played.filling[item.number][first:last]
            elif isinstance(item, Beat) and index < flaw.item:
                event = player.told_event(played.states[index], item)
                events += [] if event is None else [event]
        return events

    def _intended(self, spot: _Spot) -> Iterator[tuple[_Node, float]]:
        """How persons meant to go on from what they did last."""
        recent = self._recent(spot)
        rests = {
            plan[at:]: None
            for plan in self._told_plans(spot)
            for at in range(1, len(plan))
            if plan[at - 1] in recent and plan[at] not in recent[: recent.index(plan[at - 1])]
        }
        for rest in rests:
            more = spot.more + INTENDED + (EVENT if self.limits.film else 0)
            yield from self._followed(spot, rest, more)

    def _onward_plans(self, spot: _Spot, gap: Opening) -> Iterator[tuple[_Node, float]]:
        """What those who may act in a gap would do next."""
        player = self.player
        told, effort = player.told_after(spot.item), self.limits.effort[-1]
        for person in sorted(gap.by) or player.run.world.persons:
            mind = player.engine.believed(spot.state, person)
            plan = player.reasons.onward(mind, person, told, effort)
            yield from self._followed(spot, plan, spot.more + INTENDED)

    def _followed(
        self, spot: _Spot, plan: Sequence[int], more: int
    ) -> Iterator[tuple[_Node, float]]:
        """The beginnings of a plan put in, as far as it goes as planned."""
        player, filling = self.player, spot.played.filling
        gap = player.items[spot.item]
        assert isinstance(gap, Opening)
        row = filling[gap.number]
        state = spot.state
        for count, event in enumerate(plan[: gap.most - len(row)], 1):
            if not player.engine.possible(state, event):
                return
            if gap.by and not gap.by.intersection(player.willing(state, event)):
                return
            state = player.after(state, event)
            more += player.cost(event)
            put = (*row[: spot.place], *plan[:count], *row[spot.place :])
            put_in, played = _put(filling, gap.number, put), spot.played
            yield _Node(put_in, played.states, spot.item, spot.more, played.landing), more

    def _cost(self, filling: Filling, base: Filling) -> int:
        """What was put in weighs."""
        return sum(
            self.player.cost(event)
            for row, before in zip(filling, base, strict=True)
            for event in row
            if event not in before
        )

    def _told_plans(self, spot: _Spot) -> Iterator[tuple[int, ...]]:
        """Plans of before that went through a told event that happens shortly before a spot."""
        player = self.player
        told = {player.beats[i] for i in range(max(0, spot.item - RECENT), spot.item)} - {None}
        for plans in player.reasons.plans.values():
            yield from (plan for plan in plans[:PLANS] if told.intersection(plan[:-1]))

    def _recent(self, spot: _Spot) -> list[int]:
        """The events that happen shortly before a spot, as they are meant, the latest first."""
        player, found = self.player, []
        for index in range(spot.item, max(-1, spot.item - RECENT), -1):
            item = player.items[index]
            if isinstance(item, Beat) and (event := player.beats[index]) is not None:
                found.append(event)
            elif isinstance(item, Opening):
                row = spot.played.filling[item.number]
                row = row[: spot.place] if index == spot.item else row
                found += [player.run.meant(event) for event in reversed(row)]
        return found

    def _groups(self, lack: _Lack) -> Iterator[tuple[_Asked, float]]:
        """Who could bring about what is missing, and by which events."""
        spot = lack.spot
        gap = self.player.items[spot.item]
        assert isinstance(gap, Opening)
        # what lies farther than need be is hardly ever the way, unless only some may act
        _, ways = self._towards(
            spot.state, lack.wanted, 1 if self.limits.film and not gap.by else AHEAD
        )
        groups: dict[int | None, list[tuple[int, int]]] = {}
        for event, whole in ways:
            if whole > ways[0][1] + WORSE:
                break
            willing = self.player.willing(spot.state, event)
            if not gap.by or gap.by.intersection(willing):
                groups.setdefault(min(willing, default=None), []).append((event, whole))
        for person, events in groups.items():
            yield _Asked(spot, lack.wanted, person, events, lack.more), lack.more + events[0][1]

    def _answered(self, asked: _Asked) -> Iterator[tuple[_Node, float]]:
        """What may be put in, after a look at what it leads to, and after the person was asked which of it he would do."""
        player = self.player
        spot = asked.spot
        gap = player.items[spot.item]
        assert isinstance(gap, Opening)
        flaw = spot.played.flaw
        assert flaw is not None
        ranked = []
        own = None if flaw.event is None else player.run.meant(flaw.event)
        for event, whole in asked.events[:LOOKED_AT]:
            if self.limits.film and player.run.meant(event) == own:
                continue
            ahead = self._outlook(asked, event, whole)
            if ahead is not None:
                ranked.append((ahead + (LUCK if player.unmeant(event) else 0), event))
        ranked = sorted(ranked)[:CHOICES]
        if not ranked:
            return
        best = [event for ahead, event in ranked if ahead <= ranked[0][0] + 1]
        would, unwilled = None, 0
        if asked.person is not None:
            meant = [player.run.meant(event) for event in best]
            told = player.told_after(spot.item)
            mind = player.engine.believed(spot.state, asked.person)
            effort = self.limits.effort[0]
            would = player.reasons.intention(mind, asked.person, meant, told, effort)
            if would is None and not self.limits.film:
                unwilled = MISSING
                would = player.reasons.intention(spot.state, asked.person, meant, told, effort)
            if not (self.limits.film or any(chain for chain, _, _ in asked.wanted)):
                yield from self._wholly(asked, mind, told, would, meant)
        row = spot.played.filling[gap.number]
        others = 0
        for ahead, event in ranked:
            row_with = (*row[: spot.place], event, *row[spot.place :])
            filling = _put(spot.played.filling, gap.number, row_with)
            more = unwilled
            if asked.person is None or player.run.meant(event) == would:
                if ahead == 0:
                    ahead = self._mended_by(spot, event)
            else:
                more = UNWILLED + UNLIKELY * others
                others += 1
            played = spot.played
            node = _Node(filling, played.states, spot.item, ahead + asked.more, played.landing)
            yield node, player.cost(event) + ahead + asked.more + more

    def _wholly(
        self, asked: _Asked, mind: int, told: Sequence[int], would: int | None, meant: Sequence[int]
    ) -> Iterator[tuple[_Node, float]]:
        """What somebody would do to bring about the whole of what is missing."""
        player, spot = self.player, asked.spot
        assert asked.person is not None
        goal = player.bound(asked.wanted)
        if self.limits.whole:
            whole = self.limits.whole
            if not player.concerned(mind, asked.person, asked.wanted):
                whole //= 2  # it would be for something else
            plan = player.reasons.whole(mind, asked.person, told, goal, whole)
            followed = list(self._followed(spot, plan, asked.more))
            if len(followed) == len(plan) > 0:
                # what is seen through is as likely as its beginning
                yield followed[-1][0], asked.more + player.cost(plan[0])
            yield from followed
            return
        acts = [*([would] if would is not None else []), *meant[:ASKED]]
        for act in dict.fromkeys(acts):
            motive = player.reasons.of(mind, asked.person, act, told, WHOLE, (), goal)
            if motive["verdict"] == "found":
                steps = [part["event"] for part in motive["plan"]]
                yield from self._followed(spot, steps, asked.more)

    def _outlook(self, asked: _Asked, event: int, whole: int) -> int | None:
        """What would still be missing for the flaw if the event happened, whatever its reasons, weighed; None if it cannot."""
        player, flaw = self.player, asked.spot.played.flaw
        assert flaw is not None
        state = self._onward(asked.spot, event)
        if state is None:
            return None
        missing = player.missing(state, flaw, asked.wanted)
        if missing == 0:
            return 0
        least = 1
        if self.limits.film:  # what does it at once was looked for already
            least = 3 * EVENT if flaw.kind == "unmotivated" else EVENT
        return max(least, whole - player.cost(event)) + LOST * max(0, missing - len(asked.wanted))

    def _onward(self, spot: _Spot, event: int) -> int | None:
        """The state in which the flaw stands if an event happens at a spot, whatever its reasons; None if it cannot."""
        player, flaw = self.player, spot.played.flaw
        assert flaw is not None
        filling = spot.played.filling
        state = player.supposed(spot.state, event)
        for index in range(spot.item, flaw.item + 1):
            item = player.items[index]
            if state is None:
                return None
            if isinstance(item, Opening):
                first = spot.place if index == spot.item else 0
                last = flaw.place if index == flaw.item else len(filling[item.number])
                for each in filling[item.number][first:last]:
                    state = player.after(state, each)
            elif isinstance(item, Beat) and index < flaw.item:
                state = player.told(state, item)
        return state

    def _mended_by(self, spot: _Spot, event: int) -> int:
        """What is still missing for a motive, weighed, when the event has brought about what it was to bring about."""
        state, flaw = self._onward(spot, event), spot.played.flaw
        if state is None or flaw is None:
            return USELESS
        return {"yes": 0, "untold": EVENT, "no": USELESS}[self.player.mended(state, flaw)]

    def _spots(self, played: _Played, flaw: Flaw) -> Iterator[tuple[int, int, int]]:
        """Where something may be put in: the item of a gap, the place in it, the state there; the nearest first."""
        left = SPOTS
        if isinstance(self.player.items[flaw.item], Opening):
            yield flaw.item, flaw.place, flaw.state
            left -= 1
        for index in range(flaw.item - 1, -1, -1):
            item = self.player.items[index]
            if isinstance(item, Opening) and left > 0:
                yield index, len(played.filling[item.number]), played.states[index + 1]
                left -= 1

    def _towards(
        self, state: int, wanted: tuple[Wanted, ...], nearest: int
    ) -> tuple[int | None, list[tuple[int, int]]]:
        """What leads there, looked for so many events ahead at least: farther only if nothing does."""
        key = (state, wanted, nearest)
        if key not in self._ways_known:
            for events in range(nearest, AHEAD + 1):
                found = self.player.engine.towards(state, _border(wanted), events)
                if found[0] is not None:
                    break
            self._ways_known[key] = found
        return self._ways_known[key]

    _ways_known: dict[
        tuple[int, tuple[Wanted, ...], int], tuple[int | None, list[tuple[int, int]]]
    ] = field(default_factory=dict)


def _border(wanted: Sequence[Wanted]) -> list[tuple[list[int], str, list[int]]]:
    """Conditions as the engine takes them."""
    return [(list(chain), expr, list(args)) for chain, expr, args in wanted]


def _size(filling: Filling) -> int:
    return sum(map(len, filling))


def _put(filling: Filling, gap: int, row: tuple[int, ...]) -> Filling:
    return (*filling[:gap], row, *filling[gap + 1 :])

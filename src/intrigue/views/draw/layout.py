"""Where the lines of a storyline chart run: places as bands side by side, persons as lines that go down through time.

A line keeps its lane as long as its person stays where he is; so lines bend only where people move, and what remains to be
chosen is the order of the places and the lane within a place. The places stand so that the moves are short: a minimum
linear arrangement, exact by dynamic programming over sets of places (as Held and Karp 1962 did for tours) where there are few, by
exchanges of neighbours where there are many. Lanes within a band are an interval colouring: as few as people are ever there together;
among those that are free, each stay takes the one with the fewest crossings, in sweeps, as layered drawings do it (Sugiyama, Tagawa
and Toda 1981; for storylines Tanahashi and Ma 2012, section 4; Gronemann et al. 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle

_FEW = 14
"""Up to so many places the best order is computed."""
_SWEEPS = 4

NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A person at a place, from the moment `first` to the moment `last`, in a lane of the place's band."""

    person: int
    place: str
    first: int
    last: int
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A place and the lanes that it takes: `lanes` of them, from `start` on."""

    place: str
    start: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`stays[p]`: those of person p, in order. A line ends with the last stay: death, or the end of the telling."""

    bands: tuple[Band, ...]
    stays: tuple[tuple[Stay, ...], ...]
    moments: int

    def lane(self, stay: Stay) -> int:
        """Counted over all bands."""
        return next(band.start for band in self.bands if band.place == stay.place) + stay.lane

    def crossings(self, first: int = 0, last: int | None = None) -> int:
        """How often two lines cross, from one moment to another."""
        last = self.moments - 1 if last is None else last
        return sum(_inversions(*each) for each in pairwise(self._lanes(first, last)))

    def _lanes(self, first: int, last: int) -> list[dict[int, int]]:
        """The lane of each person at each of these moments."""
        starts = {band.place: band.start for band in self.bands}
        found: list[dict[int, int]] = [{} for _ in range(last - first + 1)]
        for person, stays in enumerate(self.stays):
            for stay in stays:
                for moment in range(max(stay.first, first), min(stay.last, last) + 1):
                    found[moment - first][person] = starts[stay.place] + stay.lane
        return found


def lay_out(told: Chronicle) -> Layout:
    """The chart with few crossings and short moves."""
    stays = stays_of(told)
    layout = _banded(_order(stays, _places(stays, told)), _coloured(stays), len(told.events) + 1)
    for _ in range(_SWEEPS):
        better = _sweep(layout)
        if better.crossings() >= layout.crossings():
            break
        layout = better
    return layout


def naive(told: Chronicle) -> Layout:
    """Places in the order of the cast, lanes as they come: what the other is measured against."""
    stays = stays_of(told)
    return _banded(_places(stays, told), _coloured(stays), len(told.events) + 1)


def stays_of(told: Chronicle) -> tuple[tuple[Stay, ...], ...]:
    """Where each person is from when to when, until death; in a world without places all are in one."""
    last = len(told.events)
    where = dict(told.whereabouts)
    found: list[tuple[Stay, ...]] = []
    for number, person in enumerate(told.persons):
        end = last if person.died is None else person.died
        spells = [(s.since, s.value) for s in where.get(person.name, ())] or [(0, NOWHERE)]
        stays: list[Stay] = []
        for (since, place), until in zip(
            spells, [since - 1 for since, _ in spells[1:]] + [last], strict=True
        ):
            if since <= end:
                stays.append(Stay(number, place, since, min(until, end)))
        found.append(tuple(stays))
    return tuple(found)


def _places(stays: Sequence[Sequence[Stay]], told: Chronicle) -> list[str]:
    used = {stay.place for line in stays for stay in line}
    named = [place.name for place in told.places if place.name in used]
    return named + sorted(used - set(named))


def _order(stays: Sequence[Sequence[Stay]], places: list[str]) -> list[str]:
    """The places so that moves are short."""
    number = {place: i for i, place in enumerate(places)}
    moves = [[0] * len(places) for _ in places]
    for line in stays:
        for one, next_ in pairwise(line):
            a, b = number[one.place], number[next_.place]
            moves[a][b] += 1
            moves[b][a] += 1
    best = _best(moves) if len(places) <= _FEW else _exchanged(moves)
    return [places[i] for i in best]


def _best(moves: list[list[int]]) -> list[int]:
    """The length of all moves is the sum, over all prefixes of the order, of the moves that leave the prefix."""
    count = len(moves)
    least: list[tuple[int, int]] = [(0, -1)] * (1 << count)  # cost, last place
    for chosen in range(1, 1 << count):
        inside = [i for i in range(count) if chosen >> i & 1]
        cut = sum(moves[i][j] for i in inside for j in range(count) if not chosen >> j & 1)
        least[chosen] = min((least[chosen & ~(1 << i)][0] + cut, i) for i in inside)
    order: list[int] = []
    chosen = (1 << count) - 1
    while chosen:
        last = least[chosen][1]
        order.append(last)
        chosen &= ~(1 << last)
    return order[::-1]


def _exchanged(moves: list[list[int]]) -> list[int]:
    order = list(range(len(moves)))

    def length(order: list[int]) -> int:
        at = {place: i for i, place in enumerate(order)}
        return sum(
            n * abs(at[a] - at[b])
            for a, row in enumerate(moves)
            for b, n in enumerate(row)
            if a < b
        )

    shortest, improved = length(order), True
    while improved:
        improved = False
        for i in range(len(order) - 1):
            other = [*order[:i], order[i + 1], order[i], *order[i + 2 :]]
            if (found := length(other)) < shortest:
                order, shortest, improved = other, found, True
    return order


def _coloured(stays: Sequence[Sequence[Stay]]) -> tuple[tuple[Stay, ...], ...]:
    """Each stay in the first lane of its place that is free."""
    taken: dict[str, list[int]] = {}  # until when, by lane
    lanes: dict[Stay, int] = {}
    for stay in sorted((s for line in stays for s in line), key=lambda s: (s.first, s.person)):
        until = taken.setdefault(stay.place, [])
        free = next((i for i, end in enumerate(until) if end < stay.first), len(until))
        until[free : free + 1] = [stay.last]
        lanes[stay] = free
    return tuple(tuple(replace(stay, lane=lanes[stay]) for stay in line) for line in stays)


def _banded(places: Sequence[str], stays: Sequence[Sequence[Stay]], moments: int) -> Layout:
    bands: list[Band] = []
    start = 0
    for place in places:
        lanes = 1 + max(s.lane for line in stays for s in line if s.place == place)
        bands.append(Band(place, start, lanes))
        start += lanes
    return Layout(tuple(bands), tuple(map(tuple, stays)), moments)


def _sweep(layout: Layout) -> Layout:
    """Every stay in turn moves to, or changes with the stays in, the lane of its place that has the fewest crossings."""
    widths = {band.place: band.lanes for band in layout.bands}
    for person, line in enumerate(layout.stays):
        for i, _ in enumerate(line):
            here, fewest, best = layout.stays[person][i], 0, layout
            for lane in range(widths[here.place]):
                moved = _moved(layout, here, lane)
                if moved is None:
                    continue
                # only crossings while one of those stays lasts, or as it begins or ends, can differ
                first = max(min(stay.first for stay in moved) - 1, 0)
                last = min(max(stay.last for stay in moved) + 1, layout.moments - 1)
                changed = _changed(layout, moved)
                more = changed.crossings(first, last) - layout.crossings(first, last)
                if more < fewest:
                    fewest, best = more, changed
            layout = best
    return layout


def _moved(layout: Layout, here: Stay, lane: int) -> dict[Stay, int] | None:
    """The stay in another lane; those who are in the way change into its own, if it is free for them."""
    if lane == here.lane:
        return None

    def meets(a: Stay, b: Stay) -> bool:
        return a.first <= b.last and b.first <= a.last

    there = [stay for line in layout.stays for stay in line if stay.place == here.place]
    aside = [stay for stay in there if stay.lane == lane and meets(stay, here)]
    for stay in aside:
        if any(s.lane == here.lane and s != here and meets(s, stay) for s in there):
            return None
    return {here: lane, **dict.fromkeys(aside, here.lane)}


def _changed(layout: Layout, lanes: dict[Stay, int]) -> Layout:
    persons = {stay.person for stay in lanes}
    stays = (
        tuple(replace(s, lane=lanes[s]) if s in lanes else s for s in line)
        if p in persons
        else line
        for p, line in enumerate(layout.stays)
    )
    return replace(layout, stays=tuple(stays))


def _inversions(before: dict[int, int], after: dict[int, int]) -> int:
    """Pairs of lines that change sides."""
    both = [person for person in before if person in after]
    moving = [person for person in both if before[person] != after[person]]
    count = 0
    for p in moving:
        for q in both:
            if q == p or (q < p and before[q] != after[q]):
                continue
            count += (before[p] - before[q]) * (after[p] - after[q]) < 0
    return count

"""States: towers of minds without end.

A tower has a value for every fluent and, for every person, the tower that this person takes the
world to be. Rules describe an infinite tower by *seeds*: what does a seed look like here, and
which seed grows in each person's mind? Only finitely many different seeds ever occur, so every
tower is finite when written down, and two towers are the same exactly if no chain of persons
tells them apart. `Towers.grow` keeps one object for all equal towers: they may be compared with
`is`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .world import Value


@dataclass(eq=False)
class Tower:
    """A state. `owner` is the person in whose mind it stands (None: it is the true one); the
    owner's own mind is the tower itself.
    """

    owner: int | None
    values: tuple[Value, ...]
    minds: dict[int, Tower] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Look:
    """What a seed shows: the values here, and what grows in the minds of all persons but the
    owner.
    """

    owner: int | None
    values: tuple[Value, ...]
    minds: Mapping[int, Hashable]


class Endless(Exception):
    """A tower that repeats itself nowhere."""


MOST_SEEDS = 500
"""A tower with more different minds than this is taken for endless."""


class Towers:
    """All towers of one world."""

    def __init__(self, persons: tuple[int, ...]) -> None:
        self.persons = persons
        self._known: dict[Any, Tower] = {}
        self._values: dict[tuple[Value, ...], int] = {}

    def grow(self, seed: Hashable, look: Callable[[Any], Look]) -> Tower:
        """The tower that grows from `seed`. Towers may stand among the seeds: they grow into
        themselves. Raises `Endless`.
        """
        place = {seed: 0}
        seeds = [seed]
        looks: list[Look] = []
        for each in seeds:  # grows while it is read
            if len(seeds) > MOST_SEEDS:
                raise Endless
            found = (
                Look(each.owner, each.values, each.minds) if isinstance(each, Tower) else look(each)
            )
            looks.append(found)
            for person in self.persons:
                if person != found.owner and found.minds[person] not in place:
                    place[found.minds[person]] = len(seeds)
                    seeds.append(found.minds[person])
        below = [
            [at if person == found.owner else place[found.minds[person]] for person in self.persons]
            for at, found in enumerate(looks)
        ]
        return self._towers(seeds, looks, below)[0]

    def _towers(
        self, seeds: list[Hashable], looks: list[Look], below: list[list[int]]
    ) -> list[Tower]:
        """For every node of the graph its one and only tower."""
        marks = [(look.owner, self._number(look.values)) for look in looks]
        groups = _numbered(marks)
        while True:  # nodes stay together as long as nothing tells them apart
            finer = _numbered(
                [(groups[at], *(groups[to] for to in below[at])) for at in range(len(looks))]
            )
            if max(finer) == max(groups):
                break
            groups = finer
        sample = {group: at for at, group in enumerate(groups)}
        grown = {groups[at]: seed for at, seed in enumerate(seeds) if isinstance(seed, Tower)}
        fresh: list[int] = []
        for group, at in sample.items():
            if group in grown:
                continue
            name = _name(at, marks, below, groups, sample)
            if name not in self._known:
                self._known[name] = Tower(looks[at].owner, looks[at].values)
                fresh.append(group)
            grown[group] = self._known[name]
        for group in fresh:
            minds = zip(self.persons, below[sample[group]], strict=True)
            grown[group].minds = {person: grown[groups[to]] for person, to in minds}
        return [grown[group] for group in groups]

    def _number(self, values: tuple[Value, ...]) -> int:
        return self._values.setdefault(values, len(self._values))


def _name(
    root: int,
    marks: list[Any],
    below: list[list[int]],
    groups: list[int],
    sample: dict[int, int],
) -> Hashable:
    """The graph seen from `root`, written down so that equal towers have equal names."""
    order = {groups[root]: 0}
    queue = [groups[root]]
    name: list[Hashable] = []
    for group in queue:  # grows while it is read
        steps = []
        for to in below[sample[group]]:
            if groups[to] not in order:
                order[groups[to]] = len(queue)
                queue.append(groups[to])
            steps.append(order[groups[to]])
        name.append((marks[sample[group]], tuple(steps)))
    return tuple(name)


def _numbered(marks: list[Any]) -> list[int]:
    """Equal marks get equal numbers, from 0 on."""
    numbers: dict[Any, int] = {}
    return [numbers.setdefault(mark, len(numbers)) for mark in marks]


def reachable(tower: Tower) -> list[Tower]:
    """Every tower within `tower`, itself first."""
    found = {tower: None}
    queue = [tower]
    for each in queue:  # grows while it is read
        for mind in each.minds.values():
            if mind not in found:
                found[mind] = None
                queue.append(mind)
    return queue

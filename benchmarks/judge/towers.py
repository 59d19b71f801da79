"""States without end: values, and for every person the state that this person believes.

A state is described by *seeds*: what a seed shows here, and which seed grows in each mind. Finitely many
different seeds occur, so a state is a finite graph; two are the same if no chain of persons tells them
apart (bisimilarity), and `Towers.grow` keeps one object for all that are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

Value = bool | float | str | None
"""A truth value, a number, the name of an entity, or `?`."""

MOST_SEEDS = 2000
"""A state with more different minds than this is taken for endless."""


class Endless(Exception):
    """A state that repeats itself nowhere."""


@dataclass(eq=False)
class Tower:
    """A state."""

    values: tuple[Value, ...]
    mark: int = -1
    """The same number for the same values."""
    minds: tuple[Tower, ...] = ()


Look = tuple[tuple[Value, ...], Sequence[Hashable]]
"""What a seed shows: the values here, and the seeds that grow in the minds."""


class Towers:
    """All states of one problem."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Tower] = {}
        self._marks: dict[tuple[Value, ...], int] = {}

    def grow(self, seed: Hashable, look: Callable[[Any], Look]) -> Tower:
        """The state that grows from the seed. States may stand among the seeds: they grow into themselves."""
        place: dict[Hashable, int] = {seed: 0}
        values: list[tuple[Value, ...]] = []
        marks: list[int] = []
        below: list[list[int]] = []
        seeds = [seed]
        for each in seeds:  # grows while it is read
            if len(seeds) > MOST_SEEDS:
                raise Endless
            if isinstance(each, Tower):
                shown, mark = each.values, each.mark
                minds: Sequence[Hashable] = each.minds
            else:
                shown, minds = look(each)
                mark = self._marks.setdefault(shown, len(self._marks))
            for mind in minds:
                if mind not in place:
                    place[mind] = len(seeds)
                    seeds.append(mind)
            values.append(shown)
            marks.append(mark)
            below.append([place[mind] for mind in minds])
        groups = _numbered(marks)
        while True:  # what nothing tells apart stays together
            finer = _numbered(
                [(group, *(groups[to] for to in below[at])) for at, group in enumerate(groups)]
            )
            if max(finer) == max(groups):
                break
            groups = finer
        sample = {group: at for at, group in enumerate(groups)}
        towers = {groups[at]: each for at, each in enumerate(seeds) if isinstance(each, Tower)}
        fresh = []
        for group in sample.keys() - towers.keys():
            name = _name(group, marks, below, groups, sample)
            if name not in self._known:
                self._known[name] = Tower(values[sample[group]], marks[sample[group]])
                fresh.append(group)
            towers[group] = self._known[name]
        for group in fresh:
            towers[group].minds = tuple(towers[groups[to]] for to in below[sample[group]])
        return towers[groups[0]]


def _name(
    root: int,
    marks: list[int],
    below: list[list[int]],
    groups: list[int],
    sample: dict[int, int],
) -> Hashable:
    """The graph as seen from one group, written down so that equal states have equal names."""
    order = {root: 0}
    queue = [root]
    name: list[Hashable] = []
    for group in queue:  # grows while it is read
        minds = []
        for to in below[sample[group]]:
            if groups[to] not in order:
                order[groups[to]] = len(queue)
                queue.append(groups[to])
            minds.append(order[groups[to]])
        name.append((marks[sample[group]], *minds))
    return tuple(name)


def _numbered(marks: Sequence[Hashable]) -> list[int]:
    """Equal marks get equal numbers, from 0 on."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(mark, len(numbers)) for mark in marks]

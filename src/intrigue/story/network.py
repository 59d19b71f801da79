"""A simple temporal network: moments, and bounds on how far two of them are apart.

Dechter, Meiri & Pearl, "Temporal constraint networks", Artificial Intelligence 49 (1991), section 3: such a network is
consistent if and only if its distance graph has no negative cycle. Here bounds are added one by one, and times that keep
them all are kept up to date; a new bound that closes such a cycle is refused, with the bounds of the cycle: they contradict
each other. (What a new bound moves can move its own beginning only through such a cycle.)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING

from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Span


@dataclass(frozen=True, slots=True)
class Bound:
    """`least` <= time of `later` - time of `earlier` <= `most`, in minutes; None: no limit.

    `says`: in words; `span`: where it is told; `text`: what is asked for, where that is not written there;
    `sort`: "takes", "follows", "person", "mark", "deadline".
    """

    earlier: int
    later: int
    least: float | None
    most: float | None
    sort: str
    says: str
    span: Span | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A bound that cannot be kept beside others. `chain`: each bound of the cycle, with how far it pushes (minutes, negative
    where it limits); `excess`: by how many minutes they miss each other."""

    bound: Bound
    chain: tuple[tuple[Bound, float], ...]
    excess: float


_NEARLY = 1e-6
"""Minutes that are no difference."""

_Edge = tuple[int, float, Bound]
"""Where it leads, by how much later that is at least, and why."""


class Network:
    """Moments by number, the bounds between them, and a time for each that keeps all bounds: the earliest, none being before the
    time that it begins with here. (From times that are near, little has to move.)"""

    def __init__(self, times: Iterable[float]) -> None:
        self.times = list(times)
        self._edges: list[list[_Edge]] = [[] for _ in self.times]

    def add(self, bound: Bound) -> Contradiction | None:
        """Takes a bound in. If it contradicts those before it, it is left out, and the contradiction returned."""
        new: list[tuple[int, int, float]] = []
        if bound.least is not None:
            new.append((bound.earlier, bound.later, bound.least))
        if bound.most is not None:
            new.append((bound.later, bound.earlier, -bound.most))
        for number, (start, end, least) in enumerate(new):
            self._edges[start].append((end, least, bound))
            cycle = self._push(start, end, least, bound)
            if cycle is not None:
                for earlier, _, _ in new[: number + 1]:
                    self._edges[earlier].pop()
                return Contradiction(bound, cycle, sum(least for _, least in cycle))
        return None

    def _push(
        self, start: int, end: int, least: float, bound: Bound
    ) -> tuple[tuple[Bound, float], ...] | None:
        """Moves what must be later for a new bound from `start` to `end`. Where that reaches `start` itself, everything pushes
        everything for ever: the bounds on the way, and nothing is moved."""
        time = self.times[start] + least
        if time <= self.times[end] + _NEARLY:
            return None
        before = {end: self.times[end]}
        because = {end: (start, least, bound)}
        self.times[end] = time
        queue = deque([end])
        while queue:
            at = queue.popleft()
            for later, more, why in self._edges[at]:
                time = self.times[at] + more
                if time <= self.times[later] + _NEARLY:
                    continue
                because[later] = (at, more, why)
                if later == start:
                    for moment, kept in before.items():
                        self.times[moment] = kept
                    return _way(because, start)
                before.setdefault(later, self.times[later])
                self.times[later] = time
                queue.append(later)
        return None


def _way(
    because: dict[int, tuple[int, float, Bound]], moment: int
) -> tuple[tuple[Bound, float], ...]:
    """The bounds that lead from a moment back to itself, first to last."""
    chain: list[tuple[Bound, float]] = []
    at = moment
    while True:
        at, least, bound = because[at]
        chain.append((bound, least))
        if at == moment:
            return tuple(reversed(chain))

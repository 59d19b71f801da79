"""A simple temporal network: moments, and bounds on how far two of them are apart.

Dechter, Meiri & Pearl, "Temporal constraint networks", Artificial Intelligence 49 (1991), section 3: such a network is
consistent if and only if its distance graph has no negative cycle. Here bounds are added one by one, the earliest times are
kept up to date, and a bound that closes such a cycle is refused, with the bounds of the cycle: they contradict each other.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Span


@dataclass(frozen=True, slots=True)
class Bound:
    """`least` <= time of `later` - time of `earlier` <= `most`, in minutes; None: no limit.

    `says`: in words; `span`: where it is told; `sort`: "takes", "follows", "person", "mark", "deadline".
    """

    earlier: int
    later: int
    least: float | None
    most: float | None
    sort: str
    says: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A bound that cannot be kept beside others. `chain`: each bound of the cycle, with how far it pushes (minutes, negative
    where it limits); `excess`: by how many minutes they miss each other."""

    bound: Bound
    chain: tuple[tuple[Bound, float], ...]
    excess: float


_Edge = tuple[int, float, Bound]
"""Where it leads, by how much later that is at least, and why."""


class Network:
    """Moments by number, the bounds between them, the earliest time of each if all begins at 0."""

    def __init__(self, moments: int) -> None:
        self.earliest = [0.0] * moments
        self._edges: list[list[_Edge]] = [[] for _ in range(moments)]
        self._because: list[tuple[int, float, Bound] | None] = [None] * moments

    def add(self, bound: Bound) -> Contradiction | None:
        """Takes a bound in. If it contradicts those before it, it is left out, and the contradiction returned."""
        new = []
        if bound.least is not None:
            new.append((bound.earlier, bound.later, bound.least))
        if bound.most is not None:
            new.append((bound.later, bound.earlier, -bound.most))
        kept = list(self.earliest), list(self._because)
        for start, end, least in new:
            self._edges[start].append((end, least, bound))
        cycle = self._push([start for start, _, _ in new])
        if cycle is None:
            return None
        for start, _, _ in new:
            self._edges[start].pop()
        self.earliest, self._because = kept
        return Contradiction(bound, cycle, sum(least for _, least in cycle))

    def _push(self, changed: list[int]) -> tuple[tuple[Bound, float], ...] | None:
        """Moves what must be later; the bounds of a cycle in which everything pushes everything for ever, if there is one."""
        queue = deque(changed)
        waiting = set(changed)
        while queue:
            start = queue.popleft()
            waiting.discard(start)
            for end, least, bound in self._edges[start]:
                time = self.earliest[start] + least
                if time <= self.earliest[end] + 1e-9:
                    continue
                self.earliest[end] = time
                self._because[end] = (start, least, bound)
                cycle = self._cycle(end)
                if cycle is not None:
                    return cycle
                if end not in waiting:
                    waiting.add(end)
                    queue.append(end)
        return None

    def _cycle(self, moment: int) -> tuple[tuple[Bound, float], ...] | None:
        """The bounds on the way back from a moment to itself, first to last; None if the way ends elsewhere."""
        chain: list[tuple[Bound, float]] = []
        at = moment
        while (because := self._because[at]) is not None:
            at, least, bound = because
            chain.append((bound, least))
            if at == moment:
                return tuple(reversed(chain))
        return None

"""Whatever can happen in a gap, in worlds small enough to be laid out.

Ways past a flaw add to what was put in for the flaws before it. Where one gap must bring about two things at once, the shortest way to
the first may be in the way of the second (who simply takes the cup gets none that somebody has poisoned first): then the gap is filled
anew, by breadth-first search through what may happen in it, whatever anybody's reasons, until everything told up to the flaw can happen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from intrigue.filling.flaws import Player
from intrigue.filling.limits import Limits
from intrigue.filling.spots import Node, Played, put
from intrigue.filling.telling import Beat, Expected, Opening
from intrigue.records import dataclass
from intrigue.story.causes import possible_events

STATES = 800
"""From how many states it is gone on."""
FOUND = 20
"""How many fillings are found at most."""


@dataclass(frozen=True, slots=True)
class Throughout:
    """Fills the last gap before a flaw anew. `tick` is told the item of the flaw and how many states were gone on from: it may raise to
    stop the search."""

    player: Player
    limits: Limits
    tick: Callable[[int, int], None]

    def nodes(self, here: Played) -> Iterator[Node]:
        """Fillings with which all that is told up to the flaw is possible, reasons apart; the shortest first."""
        player, flaw = self.player, here.flaw
        before = range(-1 if flaw is None else flaw.item, -1, -1)
        index = next((i for i in before if isinstance(player.items[i], Opening)), None)
        if flaw is None or index is None or index == flaw.item or not player.engine.small():
            return
        gap = player.items[index]
        assert isinstance(gap, Opening)
        row = here.filling[gap.number]
        if not row:
            return  # nothing is in the way
        room = min(self.limits.events, gap.most)
        queue: deque[tuple[int, tuple[int, ...]]] = deque([(here.states[index], ())])
        seen = {here.states[index]}
        found = tried = 0
        while queue and tried < STATES and found < FOUND:
            tried += 1
            self.tick(flaw.item, tried)
            state, events = queue.popleft()
            enough = len(events) >= gap.least and events != row
            if enough and self._leads(state, index, flaw.item):
                found += 1
                yield Node(put(here.filling, gap.number, events), here.states, index)
            if len(events) == room:
                continue
            for event in possible_events(player.run, state):
                may = player.can_put_in(gap, state, event)
                after = player.supposed(state, event) if may else None
                if after is not None and after not in seen:
                    seen.add(after)
                    queue.append((after, (*events, event)))

    def _leads(self, state: int, index: int, last: int) -> bool:
        """Whether all that is told between a gap and an item, and there, can happen, and what is expected is so."""
        player, engine = self.player, self.player.engine
        gap = player.items[index]
        until = gap.until if isinstance(gap, Opening) else None
        if until is not None and engine.evaluate(state, until, []) is not True:
            return False
        for at in range(index + 1, last + 1):
            item = player.items[at]
            accepted = at in player.tolerated
            if isinstance(item, Expected):
                if not accepted and engine.evaluate(state, item.expr, []) is not True:
                    return False
            elif isinstance(item, Beat):
                event = player.told_event(state, item)
                accepted = accepted or "impossible-event" in item.allowed
                if event is None or not (accepted or engine.possible(state, event)):
                    return False
                state = player.after(state, event)
        return True

"""What makes an event possible, or a condition so, whatever anybody's reasons.

It is looked forward from the states at a spot, greedily: how far it is from there is how many actions a relaxed plan has, and what that
does first is tried next (Hoffmann & Nebel, *The FF planning system: fast plan generation through heuristic search*, JAIR 14, 2001). A
relaxed plan knows of the truth alone: what somebody's mind lacks is looked for by trial (`Engine.lessening`).
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import islice
from typing import Any

from intrigue.filling.flaws import Flaw, Player
from intrigue.filling.hypotheses import Wanted
from intrigue.filling.lacking import border
from intrigue.filling.limits import Limits
from intrigue.filling.spots import Filling, Node, Played, Spot, between, spots
from intrigue.grounding.border import bound
from intrigue.records import dataclass

WAYS = 6
"""How many ways are looked for from one spot."""
EXPANDED = 60
"""How many states are gone on from at one spot."""
CHOICES = 6
"""How many events are tried for one action of a relaxed plan."""
TRIALS, TARGETS, LESSENING = 8, 3, 12
"""In how many states at one spot what minds lack is looked for by trial, for how many events in each, and how many of those that help are
tried."""
GAPS = 2
"""From how many gaps it is looked."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A state at a spot, reached by `events` there. `far`: how far it seems to be from there, in actions (None: no way is seen);
    `helpful`: actions that may come next; `left`: how much is lacking; `but`: events that led nowhere from there."""

    state: int
    events: tuple[int, ...]
    far: int | None
    helpful: list[tuple[int, list[int | None]]]
    left: int
    but: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Possibly:
    """Looks for events after which a flaw's event is possible, or what is expected is so. `tick` is told the item of the flaw and how many
    states were gone on from: it may raise to stop the search."""

    player: Player
    limits: Limits
    tick: Callable[[int, int], None]
    known: dict[tuple[Filling, int], list[Node]] = field(default_factory=dict)

    def nodes(self, here: Played) -> list[Node]:
        """Fillings with which a flaw may be past but for reasons, the nearest gap first."""
        assert here.flaw is not None
        key = (here.filling, here.flaw.item)
        if key not in self.known:
            nodes: list[Node] = []
            for spot in islice((one for one in spots(self.player, here) if not one.full), GAPS):
                nodes = nodes or [spot.node(way, 0) for way in islice(self._ways(spot), WAYS)]
            self.known[key] = nodes
        return self.known[key]

    def _ways(self, spot: Spot) -> Iterator[tuple[int, ...]]:
        """Events that leave nothing lacking."""
        search = _Search(self.player, spot, self._wanted(spot.flaw))
        room = min(self.limits.events, spot.gap.most - len(spot.row))
        queue: list[tuple[int, int, int, Reached]] = []
        seen, first = {spot.state}, frozenset[int]()
        number = 0
        for tried in range(EXPANDED):
            self.tick(spot.flaw.item, tried)
            if not queue:
                start = search.reached(spot.state, (), first)
                if start.far is None or (tried and first == frozenset()):
                    return
                queue = [(start.far, 0, 0, start)]
            *_, here = heapq.heappop(queue)
            if not here.left:
                yield here.events
                continue
            if len(here.events) == room:
                continue
            there = []
            events, blocked = search.helpful(here)
            for event in events:
                state = self.player.supposed(here.state, event)
                if state is not None and state not in seen:
                    seen.add(state)
                    one = search.reached(state, (*here.events, event))
                    there += [one] if one.far is not None else []
            tried_here = here.but.union(events, blocked)
            if not here.events:
                if here.but and tried_here == here.but:
                    return
                first = tried_here
            elif not there and tried_here > here.but:
                again = search.reached(here.state, here.events, tried_here)
                there += [again] if again.far is not None else []
            for one in there:
                number += 1
                heapq.heappush(queue, (one.far or 0, len(one.events), number, one))

    def _wanted(self, flaw: Flaw) -> tuple[Wanted, ...]:
        """What is to be so in truth."""
        run = self.player.run
        if flaw.event is None:
            return flaw.missing[0] if flaw.missing else ()
        action, args = run.engine.event_of(flaw.event)
        needs = run.world.problem["actions"][action]["needs"]
        return tuple(((), json.dumps(bound(need["expr"], args)), ()) for need in needs)


class _Search:
    """What lies ahead at a spot."""

    def __init__(self, player: Player, spot: Spot, wanted: tuple[Wanted, ...]) -> None:
        self.player = player
        self.spot = spot
        self.wanted = wanted
        self.then = between(player, spot)
        self.failing = self._played(spot.state)[1]
        parts = [json.loads(expr) for chain, expr, _ in wanted if not chain]
        taken = [what for part in parts for what in _taken(part)]
        self.goal = json.dumps({"and": [*parts, *taken]})
        self.trials = 0

    def reached(
        self, state: int, events: tuple[int, ...], but: frozenset[int] = frozenset()
    ) -> Reached:
        """A state, and what lies ahead of it without these events."""
        player = self.player
        at, failing = self._played(state)
        if failing > self.failing:
            return Reached(state, events, None, [], failing, but)
        left = player.missing(at, self.spot.flaw, self.wanted)
        if not left:
            return Reached(state, events, 0, [], 0)
        plan = player.engine.relaxed_plan(at, self.goal, [], sorted(but))
        if plan is None:
            return Reached(state, events, None, [], left, but)
        length, helpful = plan
        return Reached(state, events, length or left, helpful, left, but)

    def _played(self, state: int) -> tuple[int, int]:
        """The state at the flaw, and how many conditions fail of what happens up to there."""
        failing = 0
        for event in self.then:
            failing += len(self.player.engine.failing(state, event))
            state = self.player.after(state, event)
        return state, failing

    def helpful(self, here: Reached) -> tuple[list[int], list[int]]:
        """What may come next: what the relaxed plan does first, or, where that lacks something in a mind, what lessens it; and what is kept
        from happening."""
        player, engine = self.player, self.player.engine
        found: dict[int, None] = {}
        blocked: dict[int, None] = {}
        for action, args in here.helpful:
            for event in engine.candidates(here.state, action, args)[:CHOICES]:
                (found if player.can_put_in(self.spot.gap, here.state, event) else blocked)[
                    event
                ] = None
            settled = [each for each in args if each is not None]
            if len(settled) == len(args) and (event := engine.event(action, settled)) not in found:
                blocked[event] = None
        if not found and self.trials < TRIALS:
            self.trials += 1
            targets: list[int | None] = [*blocked] or [self.spot.flaw.event]
            found = dict.fromkeys(self._lessening(here, targets))
        return list(found), list(blocked)

    def _lessening(self, here: Reached, targets: Sequence[int | None]) -> Iterator[int]:
        """Events after which less is lacking for one of these, or (None) of what is wanted."""
        player = self.player
        for target in islice(targets, TARGETS):
            sets = [] if target is not None else [border(self.wanted)]
            then = self.then if target == self.spot.flaw.event else []
            came = player.came(here.state)
            found = player.engine.lessening(here.state, came, then, sets, target=target)
            for event, _ in sorted(found, key=lambda each: each[1])[:LESSENING]:
                if player.can_put_in(self.spot.gap, here.state, event):
                    yield event


def _taken(expr: Any) -> Iterator[Any]:
    """What somebody has to take to be so: what is so can be learned."""
    if isinstance(expr, dict):
        ((word, body),) = expr.items()
        if word in ("believes", "knows"):
            yield body[1]
        elif word == "and":
            yield from (what for part in body for what in _taken(part))

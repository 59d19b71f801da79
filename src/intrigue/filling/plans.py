"""Plans carried on: what somebody meant to do next when the telling left off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from intrigue.filling.flaws import JOURNEY, Player
from intrigue.filling.limits import UNWILLED, Limits
from intrigue.filling.spots import Node, Spot
from intrigue.filling.telling import Beat, Opening

INTENDED = 3
"""What it weighs more to go on as somebody meant to, of which it is not known whether it helps."""
PLANS = 4
"""How many of a person's plans are followed further."""
PREPARED = 700
"""How many events are tried for somebody's plan that comes by what is told: it costs little, as the telling says where it goes."""
RECENT = 8
"""How many items back an event counts as one that a plan goes on from."""


def intended(player: Player, spot: Spot) -> Iterator[tuple[Node, int]]:
    """How persons meant to go on from what they did last: fillings with what each weighs."""
    recent = _recent(player, spot)
    rests = {
        plan[at:]: None
        for plan in _told_plans(player, spot)
        for at in range(1, len(plan))
        if plan[at - 1] in recent and plan[at] not in recent[: recent.index(plan[at - 1])]
    }
    for rest in rests:
        more = spot.more + INTENDED
        yield from followed(player, spot, rest, more)


def prepared(player: Player, spot: Spot) -> Iterator[tuple[Node, int]]:
    """How those who must will the event of the flaw would come to do it, by plans of their own: what comes before it in them put in, all of
    it or its beginnings. Whoever would do it only if he knew the truth is asked as if he did."""
    flaw = spot.flaw
    if flaw.event is None:
        return
    meant = player.run.meant(flaw.event)
    for person in player.willing(flaw.state, flaw.event):
        mind = player.engine.believed(spot.state, person)
        for waypoints, brings in player.script.claims_of(flaw.item, person):
            by = (meant, *waypoints)
            for unwilled, seen in ((0, mind), (UNWILLED, spot.state)):
                plan = player.reasons.through(seen, person, by, PREPARED, brings)
                before = plan[: plan.index(meant)] if meant in plan else ()
                steps = list(followed(player, spot, before, spot.more + unwilled))
                if steps and len(steps) == len(before):
                    yield steps[-1][0], spot.more + unwilled + JOURNEY  # as likely as its beginning
                yield from steps
                if plan:
                    return


def as_claimed(player: Player, spot: Spot) -> Iterator[tuple[Node, tuple[int, ...], bool]]:
    """How the telling goes on by what is claimed of its last beats that somebody has in mind, as far as it has not happened and the person
    has done nothing else since: fillings, each with the events put in, and whether the plan goes on from there."""
    recent = _recent(player, spot)
    for index in range(spot.item - 1, max(-1, spot.item - RECENT - 1), -1):
        for person, plan in player.script.claimed(index):
            last = next((at for at in range(len(plan), 0, -1) if plan[at - 1] in recent), 0)
            if last in (0, len(plan)):
                continue
            since = recent[: recent.index(plan[last - 1])]
            if any(person in player.willing(spot.state, each) for each in since):
                continue
            rest = plan[last:]
            nodes = list(followed(player, spot, rest, spot.more))
            for count, (node, _) in enumerate(nodes, 1):
                yield node, rest[:count], count < len(nodes)


def next_plans(player: Player, limits: Limits, spot: Spot) -> Iterator[tuple[Node, int]]:
    """What those who may act in a gap would do next."""
    told, effort = player.script.after(spot.item), limits.effort[-1]
    for person in sorted(spot.gap.by) or player.run.world.persons:
        mind = player.engine.believed(spot.state, person)
        plan = player.reasons.onward(mind, person, told, effort)
        yield from followed(player, spot, plan, spot.more + INTENDED)


def followed(
    player: Player, spot: Spot, plan: Sequence[int], more: int
) -> Iterator[tuple[Node, int]]:
    """The beginnings of a plan put in, as far as it goes as planned; `more`: what each weighs besides its events."""
    state = spot.state
    for count, event in enumerate(plan[: spot.gap.most - len(spot.row)], 1):
        if not player.engine.possible(state, event):
            return
        if not spot.gap.allows(player.willing(state, event)):
            return
        state = player.after(state, event)
        more += player.cost(event)
        yield spot.node(plan[:count], spot.more), more


def _told_plans(player: Player, spot: Spot) -> Iterator[tuple[int, ...]]:
    """Plans of before that went through a told event that happens shortly before a spot, each person's latest."""
    recent = range(spot.item - 1, max(-1, spot.item - RECENT - 1), -1)
    told = {player.script.beats[index] for index in recent} - {None}
    for plans in player.reasons.plans.values():
        yield from islice((plan for plan in plans if told.intersection(plan[:-1])), PLANS)


def _recent(player: Player, spot: Spot) -> list[int]:
    """The events that happen shortly before a spot, as they are meant, the latest first."""
    found: list[int] = []
    for index in range(spot.item, max(-1, spot.item - RECENT), -1):
        item = player.items[index]
        if isinstance(item, Beat) and (event := player.script.beats[index]) is not None:
            found.append(event)
        elif isinstance(item, Opening):
            row = spot.played.filling[item.number]
            row = row[: spot.place] if index == spot.item else row
            found += [player.run.meant(event) for event in reversed(row)]
    return found

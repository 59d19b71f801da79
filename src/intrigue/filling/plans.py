"""Plans carried on: what somebody meant to do next when the telling left off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from intrigue.filling.flaws import EVENT, JOURNEY, Flaw, Player
from intrigue.filling.limits import UNWILLED, Limits
from intrigue.filling.spots import Node, Played, Spot, play, size, spots
from intrigue.filling.telling import Beat, Opening

INTENDED = 3
"""What it weighs more to go on as somebody meant to, of which it is not known whether it helps."""
PLANS = 4
"""How many of a person's plans are followed further."""
PREPARED = 700
"""How many events are tried for somebody's plan that comes by what is told: it costs little, as the telling says where it goes."""
ASKED, WHOLE = 6, 120
"""How many wants about what is missing are asked plans for, and how many events are tried for each."""
RECENT = 8
"""How many items back an event counts as one that a plan goes on from."""


def carried_on(player: Player, limits: Limits, here: Played) -> Played:
    """The same after whoever has a plan that goes on from what was told last has gone on with it, as far as everybody has a reason and
    the flaw and what is told after it become no worse."""
    assert here.flaw is not None
    target = here.flaw.item
    if isinstance(player.items[target], Opening):
        return here
    while True:
        spot = next(spots(player, here), None)
        if spot is None or spot.full:
            return here
        best = here
        for node, _ in intended(player, limits, spot):
            played = play(player, node, limits.effort[0])
            flaw = played.flaw
            if flaw is None or flaw.item > target:
                return played
            if (
                flaw.item == target
                and _no_worse(flaw, spot.flaw)
                and player.hindered(played.states[target], target, limits.effort[0])
                <= player.hindered(here.states[target], target, limits.effort[0])
            ):
                best = max(best, played, key=lambda one: size(one.filling))
        if best is here:
            return here
        here = best


def intended(player: Player, limits: Limits, spot: Spot) -> Iterator[tuple[Node, int]]:
    """How persons meant to go on from what they did last: fillings with what each weighs."""
    recent = _recent(player, spot)
    rests = {
        plan[at:]: None
        for plan in _told_plans(player, spot)
        for at in range(1, len(plan))
        if plan[at - 1] in recent and plan[at] not in recent[: recent.index(plan[at - 1])]
    }
    for rest in rests:
        more = spot.more + INTENDED + (EVENT if limits.film else 0)
        yield from followed(player, spot, rest, more)


def prepared(player: Player, limits: Limits, spot: Spot) -> Iterator[tuple[Node, int]]:
    """How those who must will the event of the flaw would come to do it, by plans of their own: what comes before it in them put in, all of
    it or its beginnings. Whoever would do it only if he knew the truth is asked as if he did."""
    flaw = spot.flaw
    if flaw.event is None:
        return
    meant = player.run.meant(flaw.event)
    for person in player.willing(flaw.state, flaw.event):
        mind = player.engine.believed(spot.state, person)
        for waypoints, brings in player.claims_of(flaw.item, person):
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


def concerned(player: Player, spot: Spot) -> Iterator[tuple[Node, int]]:
    """What those would do who want something about what is missing in truth: their plans for what they want, as far as nobody stands in the
    way. What they bring about may not be what is missing, but what nobody means can follow from it."""
    engine = player.engine
    for wanted in spot.flaw.missing[:1]:
        facts = player.read(spot.state, [each for each in wanted if not each[0]])
        asked = 0
        for person in player.run.world.persons if facts else ():
            mind = engine.believed(spot.state, person)
            for goal in player.wants(mind, person, facts):
                if asked == ASKED:
                    return
                asked += 1
                told = player.told_after(spot.item)
                plan = player.reasons.whole(mind, person, told, goal, WHOLE)
                yield from followed(player, spot, plan, spot.more + EVENT)


def next_plans(player: Player, limits: Limits, spot: Spot) -> Iterator[tuple[Node, int]]:
    """What those who may act in a gap would do next."""
    told, effort = player.told_after(spot.item), limits.effort[-1]
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
        if not spot.allows(player.willing(state, event)):
            return
        state = player.after(state, event)
        more += player.cost(event)
        yield spot.node(plan[:count], spot.more), more


def _no_worse(flaw: Flaw, before: Flaw) -> bool:
    """Whether no more is lacking than before."""
    if flaw.kind != before.kind:
        return before.kind == "impossible"
    return flaw.kind == "unmotivated" or len(flaw.missing[0]) <= len(before.missing[0])


def _told_plans(player: Player, spot: Spot) -> Iterator[tuple[int, ...]]:
    """Plans of before that went through a told event that happens shortly before a spot, each person's latest; in a close look first
    what is claimed of these, however many plans were found since."""
    recent = range(spot.item - 1, max(-1, spot.item - RECENT - 1), -1)
    for index in recent if player.close else ():
        yield from player.claimed_plans(index)
    told = {player.beats[index] for index in recent} - {None}
    for plans in player.reasons.plans.values():
        looked_at = plans if player.close else plans[:PLANS]
        yield from islice((plan for plan in looked_at if told.intersection(plan[:-1])), PLANS)


def _recent(player: Player, spot: Spot) -> list[int]:
    """The events that happen shortly before a spot, as they are meant, the latest first."""
    found: list[int] = []
    for index in range(spot.item, max(-1, spot.item - RECENT), -1):
        item = player.items[index]
        if isinstance(item, Beat) and (event := player.beats[index]) is not None:
            found.append(event)
        elif isinstance(item, Opening):
            row = spot.played.filling[item.number]
            row = row[: spot.place] if index == spot.item else row
            found += [player.run.meant(event) for event in reversed(row)]
    return found

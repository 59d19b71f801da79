"""Single events that mend a flaw: what can happen at a spot, tried for what it leaves of what is lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from intrigue.filling.flaws import EVENT, Player
from intrigue.filling.lacking import border
from intrigue.filling.limits import LUCK, UNLIKELY, UNWILLED, USELESS
from intrigue.filling.spots import Node, Spot, between, onward
from intrigue.records import dataclass

DIRECT, ALIKE = 16, 4
"""How many events that leave less of what a flaw lacks are looked into at one spot, and how many of those that serve the same."""
GLANCE = 24
"""How many events are tried for the motive of one of them."""
RELUCTANT = 6
"""What an act weighs more that leaves less of what is lacking, but for which somebody has no reason so far."""


@dataclass(frozen=True, slots=True)
class Direct:
    """A spot at which single events are tried; not those that are possible in the state `known` too."""

    spot: Spot
    known: int | None


def single_events(player: Player, direct: Direct) -> Iterator[tuple[Node, int]]:
    """Each event that leaves less of what the flaw lacks, put in, with what it weighs: the less is left the less, and more if somebody
    in it has no reason for it."""
    spot, flaw = direct.spot, direct.spot.flaw
    rest = [player.run.meant(event) for event in spot.row[spot.place :]]
    after = rest[1:] if spot.item == flaw.item else []
    told = [*rest, *player.told_after(spot.item)]
    served: Counter[int] = Counter()
    looked_at = 0
    for count, place, weight, event in _less(player, direct):
        served[place] += 1
        willing = player.willing(spot.state, event)
        if served[place] > ALIKE or not spot.allows(willing):
            continue
        looked_at += 1
        if looked_at > DIRECT:
            return
        more = weight + min(place, 2) * UNLIKELY
        if count == 0 and flaw.kind == "unmotivated":
            state = onward(player, spot, event)
            more += 0 if state is not None and player.gives(state, flaw, after) else USELESS
        meant = player.run.meant(event)
        for person in willing:
            mind = player.engine.believed(spot.state, person)
            scripts = player.scripts(spot.item, person, meant, rest)
            motive = player.reasons.of(mind, person, meant, told, GLANCE, scripts=scripts)
            if motive["verdict"] != "found":
                more += UNWILLED if player.unmeant(event) else RELUCTANT
                break
        yield spot.node((event,), spot.more), spot.more + more


def _less(player: Player, direct: Direct) -> list[tuple[int, int, int, int]]:
    """The events that leave less lacking, the likeliest first: how many conditions each leaves of the set for which it does best, which
    set of the flaw's that is, what the event weighs, and the event."""
    spot, flaw = direct.spot, direct.spot.flaw
    impossible = flaw.kind == "impossible"
    then = between(player, spot)
    before = [player.missing(flaw.state, flaw, wanted) for wanted in flaw.missing]
    own = None if flaw.event is None else player.run.meant(flaw.event)
    found = []
    for event, left in player.engine.lessening(
        spot.state,
        player.came(spot.state),
        then,
        [] if impossible else [border(wanted) for wanted in flaw.missing],
        target=flaw.event,
        known=direct.known,
    ):
        if flaw.event is not None and not impossible and left.pop(0) > 0:
            continue  # then what nobody has a motive for could not happen either
        less = [(count, place) for place, count in enumerate(left) if count < before[place]]
        if not less or player.run.meant(event) == own:
            continue
        count, place = min(less)
        luck = LUCK if player.unmeant(event) else 0
        weight = EVENT * count + player.cost(event) + luck + player.aside(event, spot.item)
        found.append((count, place, weight, event))
    return sorted(found)

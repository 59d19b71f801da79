"""Single events that mend a flaw: what can happen at a spot, tried for what it leaves of what is lacking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from intrigue.filling.flaws import EVENT, SHORT, Player
from intrigue.filling.lacking import border
from intrigue.filling.limits import LUCK, MISSING, UNLIKELY, UNWILLED, USELESS
from intrigue.filling.spots import Node, Spot, between, onward
from intrigue.records import dataclass

DIRECT, ALIKE = 16, 4
"""How many events that leave less of what a flaw lacks are looked into at one spot, and how many of those that serve the same."""
ASKED = 48
"""After how many of them at most it is asked whether somebody without a motive has one then."""
RELUCTANT = 8
"""What an act weighs more that leaves less of what is lacking, but for which somebody has no reason so far."""


@dataclass(frozen=True, slots=True)
class Direct:
    """A spot at which single events are tried; not those that are possible in the state `known` too."""

    spot: Spot
    known: int | None


def single_events(player: Player, direct: Direct) -> Iterator[tuple[Node, int]]:
    """Each event that leaves less of what the flaw lacks, put in, with what it weighs: the less is left the less, and more if it gives
    nobody a motive, or somebody in it has no reason for it."""
    spot, flaw = direct.spot, direct.spot.flaw
    rest = [player.run.meant(event) for event in spot.row[spot.place :]]
    after = rest[1:] if spot.item == flaw.item else []
    served: Counter[int] = Counter()
    found = []
    asked, most = 0, ASKED if player.close else 0
    for count, place, weight, event in _less(player, direct):
        if not spot.allows(player.willing(spot.state, event)):
            continue
        served[place] += 1
        if served[place] > ALIKE * (1 if asked >= most or count else ALIKE):
            continue
        more = weight + min(place, 2) * UNLIKELY
        if count == 0 and flaw.kind == "unmotivated" and asked < most:
            state = onward(player, spot, event)
            if state is None:
                continue
            asked += 1
            if player.gives(state, flaw, after):
                more = weight
            else:
                untold = player.mended(state, flaw, SHORT) == "untold"
                more = weight + (EVENT if untold else USELESS)
        found.append((more, event))
    for more, event in sorted(found)[:DIRECT]:
        more += _reluctance(player, spot, event, rest)
        yield spot.node((event,), spot.more), spot.more + more


def _reluctance(player: Player, spot: Spot, event: int, rest: Sequence[int]) -> int:
    """What an event weighs more for which somebody has no reason, or would have one only if he knew the truth."""
    meant = player.run.meant(event)
    told = [*rest, *player.told_after(spot.item)]
    worst = 0
    for person in player.engine.willing(spot.state, meant):
        mind = player.engine.believed(spot.state, person)
        scripts = player.scripts(spot.item, person, meant, rest)
        look = player.reasons.leading if player.close else player.reasons.of
        motive = look(mind, person, meant, told, SHORT, scripts=scripts)
        if motive["verdict"] == "found":
            continue
        informed = player.reasons.of(spot.state, person, meant, told, SHORT)
        if informed["verdict"] != "found" and not player.lacks.hopes(
            spot.state, person, meant, told
        ):
            return UNWILLED if player.unmeant(event) else RELUCTANT
        worst = MISSING
    return worst


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
        found.append((count, place, EVENT * count + player.cost(event) + luck, event))
    return sorted(found)

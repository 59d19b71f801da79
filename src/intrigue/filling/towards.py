"""Several events that lead to what a flaw lacks: the engine guesses which may, and whoever could do them is asked which he would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intrigue.filling.flaws import EVENT, Flaw, Player
from intrigue.filling.hypotheses import Wanted
from intrigue.filling.lacking import border
from intrigue.filling.limits import LUCK, MISSING, UNLIKELY, UNWILLED, USELESS, Limits
from intrigue.filling.plans import followed
from intrigue.filling.spots import Node, Spot, onward
from intrigue.records import dataclass

AHEAD = 4
"""How many events ahead ways are followed."""
WORSE = 12
"""How much more than the likeliest an event may weigh to be tried."""
LOOKED_AT = 60
"""At how many events of one person a look is taken at one spot for one set of conditions."""
CHOICES = 12
"""How many of them are tried."""
FAR_OFF = 24
"""What a part of what is expected weighs that nothing seems to bring about by now."""
LOST = 4
"""What each condition weighs more that an event would take away."""
ASKED, WHOLE = 2, 120
"""With how many of his events somebody is asked for a plan for the whole of what is missing, and how many events are tried for it."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Conditions that may be brought about at a spot. `more`: what was put in before weighs, and what else is missing."""

    spot: Spot
    wanted: tuple[Wanted, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Events of one person (or of nobody) that may be put in at a spot: the person is asked when their turn comes. They stand with
    what each weighs together with all that is to follow it."""

    spot: Spot
    wanted: tuple[Wanted, ...]
    person: int | None
    events: Sequence[tuple[int, int]]
    more: int


class Towards:
    """What leads to conditions, as the engine guesses it, each looked for once."""

    def __init__(self, player: Player, limits: Limits) -> None:
        self.player = player
        self.limits = limits
        self._known: dict[
            tuple[int, tuple[Wanted, ...]], tuple[int | None, list[tuple[int, int]]]
        ] = {}

    def parts(
        self, state: int, flaw: Flaw, wanted: tuple[Wanted, ...]
    ) -> Iterator[tuple[tuple[Wanted, ...], int]]:
        """What is to be brought about, with what all else weighs that is missing: of what is expected one part after another, in any
        order, since hardly anybody has a plan for parts that have nothing to do with each other; else all at once."""
        missing = [part for part in wanted if self.player.missing(state, flaw, (part,))]
        if flaw.kind != "expectation" or len(missing) < 2:
            yield wanted, 0
            return
        weights = [self._ways(state, (part,))[0] for part in missing]
        known = [FAR_OFF if weight is None else weight for weight in weights]
        for part, weight in zip(missing, known, strict=True):
            yield (part,), sum(known) - weight

    def groups(self, lack: Lack) -> Iterator[tuple[Asked, int]]:
        """Who could bring about what is missing, and by which events."""
        spot = lack.spot
        _, ways = self._ways(spot.state, lack.wanted)
        groups: dict[int | None, list[tuple[int, int]]] = {}
        for event, whole in ways:
            if whole > ways[0][1] + WORSE:
                break
            willing = self.player.willing(spot.state, event)
            if spot.gap.allows(willing):
                groups.setdefault(min(willing, default=None), []).append((event, whole))
        for person, events in groups.items():
            yield Asked(spot, lack.wanted, person, events, lack.more), lack.more + events[0][1]

    def answered(self, asked: Asked) -> Iterator[tuple[Node, int]]:
        """What may be put in, after a look at what it leads to, and after the person was asked which of it he would do."""
        player, spot = self.player, asked.spot
        ranked = self._ranked(asked)
        if not ranked:
            return
        would, unwilled = None, 0
        if asked.person is not None:
            best = [event for ahead, event in ranked if ahead <= ranked[0][0] + 1]
            meant = [player.run.meant(event) for event in best]
            told = player.script.after(spot.item)
            mind = player.engine.believed(spot.state, asked.person)
            effort = self.limits.effort[0]
            would = player.reasons.intention(mind, asked.person, meant, told, effort)
            if would is None:
                unwilled = MISSING
                would = player.reasons.intention(spot.state, asked.person, meant, told, effort)
            if not any(chain for chain, _, _ in asked.wanted):
                yield from self._wholly(asked, asked.person, mind, told, would, meant)
        others = 0
        for ahead, event in ranked:
            more = unwilled
            if asked.person is None or player.run.meant(event) == would:
                if ahead == 0:
                    ahead = self._mended_by(spot, event)
            else:
                more = UNWILLED + UNLIKELY * others
                others += 1
            rest = ahead + asked.more
            yield spot.node((event,), rest), player.cost(event) + rest + more

    def _ranked(self, asked: Asked) -> list[tuple[int, int]]:
        """The likeliest events, each after what would still be missing, weighed."""
        player = self.player
        ranked = []
        for event, whole in asked.events[:LOOKED_AT]:
            ahead = self._outlook(asked, event, whole)
            if ahead is not None:
                ranked.append((ahead + (LUCK if player.unmeant(event) else 0), event))
        return sorted(ranked)[:CHOICES]

    def _wholly(
        self,
        asked: Asked,
        person: int,
        mind: int,
        told: Sequence[int],
        would: int | None,
        meant: Sequence[int],
    ) -> Iterator[tuple[Node, int]]:
        """What somebody would do to bring about the whole of what is missing."""
        player, spot = self.player, asked.spot
        goal = player.bound(asked.wanted)
        if self.limits.whole:
            whole = self.limits.whole
            if not player.concerned(mind, person, asked.wanted):
                whole //= 2  # it would be for something else
            plan = player.reasons.whole(mind, person, told, goal, whole)
            steps = list(followed(player, spot, plan, asked.more))
            if len(steps) == len(plan) > 0:
                # what is seen through is as likely as its beginning
                yield steps[-1][0], asked.more + player.cost(plan[0])
            yield from steps
            return
        acts = [*([would] if would is not None else []), *meant[:ASKED]]
        for act in dict.fromkeys(acts):
            motive = player.reasons.of(mind, person, act, told, WHOLE, (), goal)
            if motive["verdict"] == "found":
                events = [part["event"] for part in motive["plan"]]
                yield from followed(player, spot, events, asked.more)

    def _outlook(self, asked: Asked, event: int, whole: int) -> int | None:
        """What would still be missing for the flaw if the event happened, whatever its reasons, weighed; None if it cannot."""
        player, flaw = self.player, asked.spot.flaw
        state = onward(player, asked.spot, event)
        if state is None:
            return None
        missing = player.missing(state, flaw, asked.wanted)
        if missing == 0:
            return 0
        return max(1, whole - player.cost(event)) + LOST * max(0, missing - len(asked.wanted))

    def _mended_by(self, spot: Spot, event: int) -> int:
        """What is still missing for a motive, weighed, when the event has brought about what it was to bring about."""
        state = onward(self.player, spot, event)
        if state is None:
            return USELESS
        return {"yes": 0, "untold": EVENT, "no": USELESS}[self.player.mended(state, spot.flaw)]

    def _ways(
        self, state: int, wanted: tuple[Wanted, ...]
    ) -> tuple[int | None, list[tuple[int, int]]]:
        """What leads there."""
        key = (state, wanted)
        if key not in self._known:
            self._known[key] = self.player.engine.towards(state, border(wanted), AHEAD)
        return self._known[key]

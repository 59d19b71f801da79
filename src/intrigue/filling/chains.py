"""Ways past a flaw, backwards by trial: what mends it if it happens, then what would make somebody do that, and so on.

Nothing is regressed: every event that is possible at a spot and has to do with what is lacking is tried there, whatever its reasons,
and what it leaves lacking at the flaw is seen in the states of the story (means-ends analysis: Newell & Simon, *GPS, a program that
simulates human thought*, 1961). Who has no reason for what would help is the next flaw. Knowledge is passed on from one to the next: so
events are also tried as if all others knew what somebody would have to know, and who tells it then has to be told.

Looks at a spot and candidates found there wait in one queue with what is put in, so that a candidate is judged when its turn comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import lt
from typing import Literal

from intrigue.filling.aims import Aims
from intrigue.filling.best_first import BestFirst
from intrigue.filling.flaws import JOURNEY, SHORT, Flaw
from intrigue.filling.hypotheses import Wanted, equals
from intrigue.filling.lacking import border
from intrigue.filling.plans import as_claimed, intended, prepared
from intrigue.filling.spots import Filling, Node, Played, Spot, between, onward, spots
from intrigue.filling.untold import Unknown, Untold
from intrigue.records import dataclass

FARTHER, MUCH_FARTHER = 4, 8
"""What it weighs more to mend a flaw from a gap further back; a motive, which is mostly given by what happens last."""
BEFORE = 1
"""What it weighs more to put something in before what was put in."""
LOOK = 4
"""What a look at a spot weighs: as much as an event that it may find."""
AWAITS = 3
"""What an event weighs more by which somebody passes on what he would have to be told first."""
UNTOLD, RELUCTANT = 3, 8
"""What an act weighs more that the person would do if he knew the truth, and one for which no reason is found."""
REMAINS = 4
"""What each condition weighs that is still missing, of an impossible event and of what would give a motive for it."""
LUCK = 3
"""What an event weighs more that nobody means."""
STALE = 8
"""What it weighs more to go on from what has changed nothing of the flaw."""
CLAIMED, DETOUR = -3, 3
"""What it weighs more to go on as is claimed that somebody has in mind, and to go on from there in other ways."""
PREPARED, INTENDED = 2, 10
"""The same for plans that come by the flaw, and for those that somebody had before."""
OTHERWISE = 3
"""What the same journey made in another way weighs more: openly or secretly, what is found to give a reason for it is mostly the same."""
STRANGE, NEAR = 3, 3
"""What it weighs more at most that somebody acts who does not occur nearby, and how many beats away that begins to count."""
DOZEN, LATER = 12, 2
"""After how many candidates of one look the next ones weigh more, and how much."""
BARREN, LATE = 2, 12
"""After how many events of one action that gave nothing the others found by the same look wait, and what they weigh more then."""
ALIKE = 3
"""How many events of the same action are put in after one look."""
MANY = 4
"""After how many events of one action for which somebody had no reason the others found by the same look are taken to be like them."""
SETS = 16
"""How many sets of conditions that may give a motive are looked at."""
TRIES = 60
"""How many fillings are played at most."""
LOOK_WORK = 3
"""How much work a look is; a motive is 1."""
OTHER_WAYS = 200
"""How much work goes into other ways than the first."""


@dataclass(frozen=True, slots=True)
class Course:
    """How what is put in is meant. `passing`: the fluents that are to be passed on by `persons`, who do not know them so far; `claimed`:
    the events that are claimed, which weigh nothing; `begun`: more of them could be put in."""

    passing: tuple[int, ...] = ()
    persons: frozenset[int] = frozenset()
    claimed: frozenset[int] = frozenset()
    begun: bool = False

    def other(self) -> Course:
        """The same where nothing is passed on."""
        return Course(claimed=self.claimed)


Kind = Literal["single", "told", "claimed", "prepared", "intended"]


@dataclass(frozen=True, slots=True)
class Look:
    """A spot at which something is to be looked for: single events, events by which something is told, or plans."""

    spot: Spot
    kind: Kind
    course: Course


@dataclass(slots=True)
class Kin:
    """Events of the same action that were found by the same look: how many of them gave nothing, for how many somebody had no reason, and
    how many were put in."""

    barren: int = 0
    reluctant: int = 0
    put_in: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that may help at a spot. `giving`: it is still to be seen whether it gives the motive that is lacking; `partly`: if it
    brings about a part of what would, what the rest weighs; `willing`: whether somebody would do it, as the one he is or (`knowing`, a
    state) as one who knows what he is to pass on; `late`: it has waited, as its kin gave nothing."""

    spot: Spot
    event: int
    course: Course
    knowing: int | None
    kin: Kin
    giving: bool
    partly: int | None = None
    willing: bool = False
    late: bool = False


Pushed = tuple[float, Node | Look | Candidate, Course]
"""What waits in the queue: what it weighs, something put in, to be played, or what may yield such, and how it is meant."""


class Chains(BestFirst[Look | Candidate, Course]):
    """Looks for ways past flaws backwards, by trial."""

    def _set_up(self) -> None:
        self._untold = Untold(self.player)
        self._aims = Aims(self.player)
        self._useless: set[tuple[Filling, int]] = set()
        self._distances: dict[int, dict[int, int]] = {}
        self._looks = self._most = 0

    def _begun(self) -> Course:
        self._most = self._work() + self.limits.work
        return Course()

    def _going_on(self, tried: int) -> bool:
        return tried < TRIES and self._work() < self._most

    def _came_past(self) -> None:
        self._most = min(self._most, self._work() + OTHER_WAYS)

    def _opened(self, each: Look | Candidate, weight: float) -> Iterator[Pushed]:
        if isinstance(each, Look):
            self._looks += 1
            yield from self._looked(each)
        else:
            yield from self._judged(each, weight)

    def _work(self) -> int:
        """How much was done so far."""
        return self.player.reasons.asked + LOOK_WORK * self._looks

    def _mending(self, played: Played, root: Played, rest: int, course: Course) -> Iterator[Pushed]:
        """Where, and how, it may be looked for what mends a flaw."""
        flaw, first = played.flaw, root.flaw
        assert flaw is not None and first is not None
        new = played.filling != root.filling
        same = flaw.item == first.item and flaw.kind == first.kind
        spent = self._cost(played.filling, root.filling, course)
        stale = STALE if new and same and self._stale(flaw, first, course) else 0
        if same and course.claimed and not course.persons:
            spent += DETOUR
        for far, spot in self._places(played):
            if new and ((stale and far >= FARTHER) or (far == BEFORE and spot.item == flaw.item)):
                continue
            more, last = spent + stale + far, spot.place == len(spot.row)
            spot = replace(spot, more=more)
            if flaw.missing:
                if last or spot.item == flaw.item or course.persons:
                    yield more + LOOK, Look(spot, "single", course), course
                if far <= BEFORE:
                    yield more + LOOK + AWAITS, Look(spot, "told", course), course
            if last and not far:
                yield more + CLAIMED, Look(spot, "claimed", course), course
                yield more + PREPARED, Look(spot, "prepared", course), course
                yield more + INTENDED, Look(spot, "intended", course), course

    def _places(self, played: Played) -> Iterator[tuple[int, Spot]]:
        """Where something may be put in, with what that weighs: the end of the nearest gap, then before what it holds, then gaps before."""
        assert played.flaw is not None
        step = MUCH_FARTHER if played.flaw.kind == "unmotivated" else FARTHER
        for far, spot in enumerate(spots(self.player, played)):
            if spot.full:
                continue
            yield step * far, spot
            if far == 0 and spot.place:
                state = played.states[spot.item]
                for place, event in enumerate(spot.row[: spot.place]):
                    yield BEFORE, replace(spot, place=place, state=state)
                    state = self.player.after(state, event)

    def _cost(self, filling: Filling, base: Filling, course: Course) -> int:
        """What was put in weighs, but for what is claimed."""
        return sum(
            self.player.cost(event)
            for row, before in zip(filling, base, strict=True)
            for event in row
            if event not in before and event not in course.claimed
        )

    def _stale(self, flaw: Flaw, first: Flaw, course: Course) -> bool:
        """Whether the flaw is no nearer to being mended than at first."""
        if course.persons or self._aims.left(flaw) < self._aims.left(first):
            return False
        if course.claimed:
            return course.begun or (flaw.kind == "impossible" and flaw.missing == first.missing)
        if flaw.kind == "unmotivated":
            if flaw.needed != first.needed:
                return False
            return not self._untold.unknown(flaw) or bool(self._untold.unknown(first))
        return bool(flaw.missing) and len(flaw.missing[0]) >= len(first.missing[0])

    def _looked(self, look: Look) -> Iterator[Pushed]:
        """What a look finds."""
        player, spot, other = self.player, look.spot, look.course.other()
        if look.kind == "single":
            yield from _spread(self._singles(spot, look.course))
        elif look.kind == "told":
            flaw = spot.flaw
            awaited = self._untold.awaited(flaw, look.course.passing, look.course.persons)
            for unknown in awaited or self._untold.unknown(flaw):
                yield from _spread(self._tellings(spot, look.course, unknown))
        elif look.kind == "claimed":
            for node, events, begun in as_claimed(player, spot):
                course = Course(claimed=other.claimed.union(events), begun=begun)
                yield spot.more + CLAIMED - len(events), node, course
        elif look.kind == "prepared":
            for node, weight in prepared(player, spot):
                yield weight + PREPARED, node, other
        else:
            for node, weight in intended(player, spot):
                yield weight + INTENDED, node, other

    def _singles(self, spot: Spot, course: Course) -> Iterator[tuple[float, Candidate]]:
        """Events that leave less lacking."""
        player, flaw = self.player, spot.flaw
        impossible = flaw.kind == "impossible"
        aims = self._aims.of(flaw)
        sets: tuple[tuple[Wanted, ...], ...] = flaw.missing[:1]
        if not impossible:
            sets = tuple(dict.fromkeys((*self._untold.mistaken(flaw), *flaw.missing[:SETS])))
        before = [player.missing(flaw.state, flaw, wanted) for wanted in sets]
        aimed = [player.lacking(flaw.state, wanted) for wanted in aims]
        kin: defaultdict[int, Kin] = defaultdict(Kin)
        ways: Counter[tuple[int, ...]] = Counter()
        tried = self._tried(spot, (*aims, *(() if impossible else sets)), flaw.event)
        for event, (failing, *others) in tried:
            after = others[: len(aims)]
            left = [failing] if impossible else others[len(aims) :]
            if not impossible and failing:
                continue  # then what nobody has a motive for could not happen either
            aim = min(after, default=0)
            partly = REMAINS * aim if any(map(lt, after, aimed)) else None
            less = [(count, place) for place, count in enumerate(left) if count < before[place]]
            if not less and partly is None:
                continue
            weight = spot.more + self._cost_of(spot, event)
            needed = False
            if impossible:
                if failing:  # what is missing in truth is mostly missing in minds too
                    weight += REMAINS * max(1, failing * len(flaw.missing[0]) // before[0])
                weight += REMAINS * aim
            elif less:
                count, place = min(less)
                needed = sets[place] == flaw.needed and not count
                weight += count + min(place, UNTOLD)
            elif partly is not None:
                weight += partly
            if player.cost(event) == JOURNEY:
                way = tuple(player.engine.event_of(event)[1])
                weight += OTHERWISE * ways[way]
                ways[way] += 1
            giving = bool(less) and not (impossible or needed)
            alike = kin[player.engine.event_of(event)[0]]
            yield (
                weight,
                Candidate(spot, event, course.other(), None, alike, giving, partly),
            )

    def _tellings(
        self, spot: Spot, course: Course, unknown: Unknown
    ) -> Iterator[tuple[float, Candidate]]:
        """Events by which somebody would learn what he lacks if others knew it: all but those who are to pass it on afterwards."""
        player, engine = self.player, self.player.engine
        fluents = tuple(dict.fromkeys(fluent for _, fluent in unknown))
        state = spot.flaw.state
        lacking = tuple(
            equals(player.run, person, fluent, engine.value(state, fluent))
            for person, fluent in unknown
        )
        uninformed = course.persons.union(person for person, _ in unknown)
        if spot.item == spot.flaw.item or spot.place < len(spot.row):
            for event in spot.row[spot.place :]:
                uninformed = uninformed.union(player.willing(spot.state, event))
        informed = (list(fluents), sorted(uninformed))
        knowing = engine.informed(spot.state, *informed)
        kin: defaultdict[int, Kin] = defaultdict(Kin)
        for event, left in self._tried(spot, (lacking,), None, informed):
            willing = player.willing(spot.state, event)
            if left[0] >= len(lacking) or uninformed.issuperset(willing):
                continue
            weight = spot.more + AWAITS + left[0] + self._cost_of(spot, event)
            passing = Course(fluents, uninformed.union(willing), course.claimed)
            alike = kin[engine.event_of(event)[0]]
            yield weight, Candidate(spot, event, passing, knowing, alike, giving=False)

    def _tried(
        self,
        spot: Spot,
        sets: Sequence[tuple[Wanted, ...]],
        target: int | None,
        informed: tuple[list[int], list[int]] | None = None,
    ) -> Iterator[tuple[int, list[int]]]:
        """Events with what each leaves lacking, that may happen in the gap and are not the flaw's own."""
        player, flaw = self.player, spot.flaw
        own = None if flaw.event is None else player.run.meant(flaw.event)
        for event, left in player.engine.lessening(
            spot.state,
            player.came(spot.state),
            between(player, spot),
            [border(wanted) for wanted in sets],
            target=target,
            informed=informed,
        ):
            if player.run.meant(event) != own and spot.gap.allows(
                player.willing(spot.state, event)
            ):
                yield event, left

    def _cost_of(self, spot: Spot, event: int) -> int:
        """What an event weighs there: more if nobody means it, or somebody does it who does not occur nearby in the telling."""
        player = self.player
        distances = self._distances.get(spot.item)
        if distances is None:
            distances = self._distances[spot.item] = self._nearby(spot.item)
        acting = player.willing(spot.state, event)
        far = max((distances.get(each, STRANGE * NEAR) for each in acting), default=0)
        luck = LUCK if player.unmeant(event) else 0
        return player.cost(event) + luck + min(STRANGE, far // NEAR)

    def _nearby(self, item: int) -> dict[int, int]:
        """How many beats away from an item persons and things occur in the telling."""
        distances: dict[int, int] = {}
        beats = [
            (at, event) for at, event in enumerate(self.player.script.beats) if event is not None
        ]
        for at, event in beats:
            low, high = sorted((at, item))
            far = sum(low < other < high for other, _ in beats)
            for atom in self.player.engine.event_of(event)[1]:
                distances[atom] = min(far, distances.get(atom, far))
        return distances

    def _judged(self, each: Candidate, weight: float) -> Iterator[Pushed]:
        """A candidate when its turn comes: whether it gives the motive, then whether somebody would do it; then it is put in."""
        spot, event, flaw = each.spot, each.event, each.spot.flaw
        rest = [self.player.run.meant(other) for other in spot.row[spot.place :]]
        kin = each.kin
        if each.giving:
            if kin.barren >= BARREN and not each.late:
                yield weight + LATE, replace(each, late=True), each.course
                return
            more = self._gives(spot, event, rest[1:] if spot.item == flaw.item else [])
            kin.barren += more is None
            if more is None:
                more = each.partly
            if more is not None:
                yield weight + more, replace(each, giving=False), each.course
        elif not each.willing:
            more = RELUCTANT
            if kin.reluctant < MANY:
                more = self._reluctance(spot, event, rest, each.knowing)
                kin.reluctant += more == RELUCTANT
            yield weight + more, replace(each, willing=True), each.course
        else:
            kin.put_in += 1
            if kin.put_in <= ALIKE:
                yield weight, spot.node((event,), spot.more), each.course

    def _gives(self, spot: Spot, event: int, rest: Sequence[int]) -> int | None:
        """What it weighs more that an event gives a motive only to who knew the truth; none if it does not even do that."""
        player, flaw = self.player, spot.flaw
        key = (spot.played.filling, event)
        if key in self._useless:
            return None  # it gave nothing at a nearer spot
        state = onward(player, spot, event)
        if state is None:
            return None
        if player.gives(state, flaw, rest):
            return 0
        if player.mended(state, flaw, SHORT) == "untold" and not self._untold.unknown(flaw):
            return UNTOLD
        self._useless.add(key)
        return None

    def _reluctance(self, spot: Spot, event: int, rest: Sequence[int], knowing: int | None) -> int:
        """What an event weighs more for which somebody has no reason, or would have one only if he knew the truth."""
        player, engine = self.player, self.player.engine
        meant = player.run.meant(event)
        told = [*rest, *player.script.after(spot.item)]
        willing = engine.willing(spot.state, meant)
        together = len(willing) > 1
        look = player.reasons.leading if together else player.reasons.of
        worst = 0
        for person in willing:
            mind = engine.believed(spot.state, person)
            scripts = player.script.along(spot.item, person, meant, rest)
            if look(mind, person, meant, told, SHORT, scripts=scripts)["verdict"] == "found":
                continue
            better = spot.state if knowing is None else engine.believed(knowing, person)
            informed = player.reasons.of(better, person, meant, told, SHORT, scripts=scripts)
            if informed["verdict"] != "found":
                return RELUCTANT
            worst = UNTOLD
        return worst


def _spread(found: Iterable[tuple[float, Candidate]]) -> Iterator[Pushed]:
    """The likeliest dozen as they are, the others the later the less likely they are: few are worth a look at their reasons."""
    for place, (weight, each) in enumerate(sorted(found, key=lambda one: one[0])):
        yield weight + LATER * (place // DOZEN), each, each.course

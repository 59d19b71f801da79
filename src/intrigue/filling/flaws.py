"""What goes wrong first when a telling is played, and what would have to be so for it to go right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Literal

from intrigue.filling.hypotheses import Hypotheses, Wanted
from intrigue.filling.lacking import Lacks, Question
from intrigue.filling.reasons import Reasons
from intrigue.filling.script import SOONEST, Script
from intrigue.filling.telling import Beat, Closing, Expected, Item, Opening
from intrigue.grounding.border import bound
from intrigue.records import dataclass
from intrigue.story.understand import supposed, understand

if TYPE_CHECKING:
    from intrigue.story.run import Run

Verdict = Literal["found", "none", "undecided"]
Kind = Literal["impossible", "unmotivated", "expectation", "too few", "not theirs", "contradiction"]
Asked = Literal["all", "motives", "verdicts", "possible"]
"""What is asked of events that are played: motives, and of those that are missing what they lack; only motives; motives by a shorter look;
only whether what is put in is possible."""

EVENT, JOURNEY = 4, 1
"""What an event and a journey weigh, as the engine weighs them in `Engine.towards`."""
_NO_MOTIVE_CODES = frozenset({"unmotivated-event", "uninformed-act"})
"""What the check may say of an event for which somebody has no motive; which of them, is seen when the filling is checked."""
_CLAIM_CODES = frozenset({"false-motive"})
"""What it says where a motive is claimed."""
_SOON = 16
"""How many items further on it is looked whether something hinders them."""
_GLANCE = 120
"""How many events are tried for a motive that something might give."""
SHORT = 24
"""The same by a short look."""
_TOLD = 500
"""How many events are tried at least for the motive of a told event, which nobody can take out."""
_OWN, _ON_THE_WAY = 2, 250
"""How many events that somebody is told to do later are tried as what an event is to lead to, and how many events for each."""
_AHEAD = 40
"""How many events told further on are likely parts of plans for what is told."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What goes wrong: at an item, or at the event with this place in a gap. `missing`: sets of conditions, each of which may mend
    it, likely first; `state`: the state before; `decided`: it is certain that it goes wrong, no limit stopped the search for a motive;
    `needed`: without this what is claimed cannot be a motive, whatever else is missing."""

    item: int
    place: int
    kind: Kind
    event: int | None
    person: int | None
    state: int
    missing: tuple[tuple[Wanted, ...], ...]
    decided: bool = True
    needed: tuple[Wanted, ...] = ()


class Player:
    """Plays a telling with what is put into its gaps, up to the first flaw."""

    def __init__(
        self,
        run: Run,
        items: Sequence[Item],
        tolerated: set[int],
        close: bool = False,
    ) -> None:
        self.run = run
        self.engine = run.engine
        self.items = items
        self.close = close
        self.tolerated = tolerated
        """Items whose flaws are given up: they are played as if nothing were wrong."""
        self.excused: set[tuple[int, int | None]] = set()
        """Items with events for which no motive was found: it is not asked for any more."""
        self.reasons = Reasons(run)
        self.lacks = Lacks(run, self.reasons, Hypotheses(run, self.reasons), close)
        self.played = 0
        """How many fillings were played."""
        self.script = Script(run, items)
        self._came: dict[int, tuple[int, int]] = {}

    def play(
        self,
        filling: Sequence[Sequence[int]],
        states: Sequence[int],
        start: int,
        effort: int,
        asked: Asked = "all",
    ) -> tuple[list[int], Flaw | None]:
        """The states before each item, from the item `start` on, up to the first flaw; `states` are those up to there."""
        self.played += 1
        known = list(states[: start + 1])
        for index in range(start, len(self.items)):
            state, flaw = self._play(index, known[index], filling, effort, asked)
            if flaw is not None:
                return known, flaw
            known.append(state)
        return known, None

    def _play(
        self, index: int, state: int, filling: Sequence[Sequence[int]], effort: int, asked: Asked
    ) -> tuple[int, Flaw | None]:
        item = self.items[index]
        if isinstance(item, Opening):
            return self._opening(index, item, state, filling[item.number], effort, asked)
        if isinstance(item, Closing):
            enough = len(filling[item.opening.number]) >= item.opening.least
            done = enough or index in self.tolerated
            return state, None if done else self._lacks(index, 0, "too few", state)
        if isinstance(item, Expected):
            holds = index in self.tolerated or self._holds(state, item.expr)
            missing = parts(item.expr)
            return state, None if holds else self._lacks(index, 0, "expectation", state, missing)
        understood = understand(self.run.world, self.engine, state, item.told.sentence)
        if understood.event is None:
            return state, None  # the check says so
        if index not in self.tolerated:
            told = self.script.after(index)
            event = understood.event
            motives = (index, event) not in self.excused
            flaw = self._event(
                index, 0, state, event, told, (), effort, item.allowed, asked, motives
            )
            if flaw is not None:
                return state, flaw
        return self.after(state, understood.event), None

    def _opening(
        self,
        index: int,
        gap: Opening,
        state: int,
        events: Sequence[int],
        effort: int,
        asked: Asked,
    ) -> tuple[int, Flaw | None]:
        later = self.script.after(index)
        for place, event in enumerate(events):
            rest = [self.run.meant(each) for each in events[place + 1 :]]
            motives = asked != "possible" and (index, event) not in self.excused
            told = [*rest, *later]
            flaw = self._event(
                index, place, state, event, told, rest, effort, asked=asked, motives=motives
            )
            if flaw is None and not gap.allows(self.willing(state, event)):
                flaw = self._lacks(index, place, "not theirs", state)
            after = self.supposed(state, event)
            if flaw is None and after is None:
                flaw = self._lacks(index, place, "contradiction", state)
            if flaw is not None or after is None:
                return state, flaw
            state = after
        if index in self.tolerated:
            return state, None
        if gap.until is not None and not self._holds(state, gap.until):
            missing = parts(gap.until)
            return state, self._lacks(index, len(events), "expectation", state, missing)
        return state, None

    @staticmethod
    def _lacks(
        index: int, place: int, kind: Kind, state: int, wanted: tuple[Wanted, ...] = ()
    ) -> Flaw:
        return Flaw(index, place, kind, None, None, state, (wanted,) if wanted else ())

    def _holds(self, state: int, expr: str) -> bool:
        return self.engine.evaluate(state, expr, []) is True

    def willing(self, state: int, event: int) -> list[int]:
        """Who must will the event that is meant."""
        return self.engine.willing(state, self.run.meant(event))

    def can_put_in(self, gap: Opening, state: int, event: int) -> bool:
        """Whether a possible event may happen in a gap, as those see it too who must will it."""
        willing, meant = self.willing(state, event), self.run.meant(event)
        minds = (self.engine.believed(state, person) for person in willing)
        return gap.allows(willing) and all(self.engine.possible(mind, meant) for mind in minds)

    def unmeant(self, event: int) -> bool:
        """Whether nobody means the event: an accident, or an outcome that is a slip."""
        action = self.run.world.actions[self.engine.event_of(event)[0]]
        return action.meant is not None or action.mode != "chosen"

    def outcomes(self, state: int, event: int) -> Iterator[int]:
        """How else an event may come out that is possible in a state."""
        meant = self.run.meant(event)
        base, _ = self.engine.event_of(meant)
        for index, action in enumerate(self.run.world.actions):
            if index != base and action.meant is None:
                continue
            any_: list[int | None] = [None] * len(action.params)
            for each in self.engine.candidates(state, index, any_):
                if each != event and self.run.meant(each) == meant:
                    yield each

    def variants(self, state: int, event: int, index: int) -> Iterator[int]:
        """The same with somebody or something else in it that the telling speaks of soon after an item, where that is possible; not with
        others who act."""
        action, args = self.engine.event_of(event)
        acting = self.willing(state, event)
        soon = (at for at, _ in self.script.soon(index))
        events = (step for at in soon for step in self.script.tellings[at])
        spoken = {atom for each in events for atom in self.engine.event_of(each)[1]}
        for place, arg in enumerate(args):
            if arg not in acting and arg not in spoken:
                others: list[int | None] = [*args[:place], None, *args[place + 1 :]]
                for each in self.engine.candidates(state, action, others):
                    if self.engine.event_of(each)[1][place] in spoken:
                        yield each

    def cost(self, event: int) -> int:
        """What an event weighs."""
        action = self.run.world.problem["actions"][self.engine.event_of(event)[0]]
        return JOURNEY if action.get("journey") else EVENT

    def after(self, state: int, event: int) -> int:
        """The state after an event that happens whatever stands against it; the same if it cannot take place at all."""
        after = self.supposed(state, event)
        return state if after is None else after

    def supposed(self, state: int, event: int) -> int | None:
        """The same; none if it cannot take place."""
        after = supposed(self.engine, state, event)
        if after is not None and after > state:
            self._came.setdefault(after, (state, event))
        return after

    def came(self, state: int) -> tuple[int, list[int]]:
        """How a state came about: from which state on, by which events."""
        events = []
        while state in self._came:
            state, event = self._came[state]
            events.append(event)
        return state, events[::-1]

    def told(self, state: int, beat: Beat) -> int:
        """The state after a beat that happens whatever stands against it."""
        event = self.told_event(state, beat)
        return state if event is None else self.after(state, event)

    def told_event(self, state: int, beat: Beat) -> int | None:
        """What a beat tells in a state."""
        return understand(self.run.world, self.engine, state, beat.told.sentence).event

    def hindered(self, state: int, index: int, effort: int) -> int:
        """How much is missing of what is told shortly after an item, from the state before the item on, if nothing else happens and all
        that is told does: conditions that do not hold, and, for what comes soonest, motives."""
        count = told = 0
        for later in range(index, min(index + _SOON, len(self.items))):
            item = self.items[later]
            if isinstance(item, Expected):
                count += later > index and not self._holds(state, item.expr)
            elif isinstance(item, Beat) and (event := self.told_event(state, item)) is not None:
                if later > index:
                    told += 1
                    failing = len(self.engine.failing(state, event))
                    count += failing
                    if told <= SOONEST:
                        count += self._unwilled(later, state, event, effort) if not failing else 0
                        count += self._thwarted(later, state)
                state = self.after(state, event)
        return count

    def _unwilled(self, index: int, state: int, event: int, effort: int) -> int:
        """How far somebody is from a motive for a beat: 1 if he would have one if he knew the truth, else 2."""
        item = self.items[index]
        allowed = item.allowed if isinstance(item, Beat) else frozenset()
        told = self.script.after(index)
        flaw = self._event(index, 0, state, event, told, (), effort, allowed, "verdicts")
        return 0 if flaw is None else 1 + (self.mended(state, flaw) == "no")

    def _thwarted(self, index: int, state: int) -> int:
        """How many conditions of what is claimed that persons have in mind with a beat do not hold, if it goes as they mean it to."""
        count = 0
        for _, plan in self.script.claimed(index):
            then = state
            for place, step in enumerate(plan):
                count += len(self.engine.failing(then, step)) if place else 0
                then = self.after(then, step)
        return count

    @staticmethod
    def bound(wanted: Sequence[Wanted]) -> str:
        """Conditions as one, without variables."""
        parts = [bound(json.loads(expr), args) for _, expr, args in wanted]
        return json.dumps(parts[0] if len(parts) == 1 else {"and": parts})

    def missing(self, state: int, flaw: Flaw, wanted: Sequence[Wanted]) -> int:
        """How many of the conditions that a flaw names are missing in a state; where an event is impossible, how many of all of its."""
        if flaw.kind == "impossible" and flaw.event is not None:
            meant = self.run.meant(flaw.event)
            failing = len(self.engine.failing(state, flaw.event))
            for person in self.engine.willing(state, meant):
                failing += len(self.engine.failing(self.engine.believed(state, person), meant))
            return failing
        return self.lacking(state, wanted)

    def lacking(self, state: int, wanted: Sequence[Wanted]) -> int:
        """How many of some conditions are missing in a state."""
        count = 0
        for chain, expr, args in wanted:
            mind = state
            for person in chain:
                mind = self.engine.believed(mind, person)
            count += self.engine.evaluate(mind, expr, list(args)) is not True
        return count

    def met(self, flaw: Flaw) -> Iterator[Wanted]:
        """Of the parts of what is expected those that are so where it fails."""
        for wanted in flaw.missing[0] if flaw.missing else ():
            if self.missing(flaw.state, flaw, (wanted,)) == 0:
                yield wanted

    def concerned(self, mind: int, person: int, wanted: Sequence[Wanted]) -> bool:
        """Whether a want that counts with the person, who takes the world to be `mind`, reads a fact that is wanted in truth."""
        engine = self.engine
        facts = self.read(mind, [each for each in wanted if not each[0]])
        wants = self.run.world.problem["wants"]
        for index, params, _, _ in engine.wants(mind, person):
            want = [
                json.dumps(wants[index][part])
                for part in ("during", "what")
                if wants[index].get(part)
            ]
            counts = len(want) == 1 or engine.evaluate(mind, want[0], list(params)) is True
            if counts and facts & self.read(mind, [((), expr, tuple(params)) for expr in want]):
                return True
        return False

    def read(self, state: int, wanted: Sequence[Wanted]) -> set[int]:
        """The fluents that conditions read in truth."""
        reads = (self.engine.reads(state, expr, list(args)) for _, expr, args in wanted)
        return {fluent for each in reads for within, fluent in each if not within}

    def mended(
        self, state: int, flaw: Flaw, effort: int = _GLANCE
    ) -> Literal["yes", "untold", "no"]:
        """Whether somebody without a motive has one in this state, or would if the person knew the truth; by a short look."""
        if flaw.kind != "unmotivated" or flaw.event is None or flaw.person is None:
            return "yes"
        told = self.script.after(flaw.item)
        meant = self.run.meant(flaw.event)
        mind = self.engine.believed(state, flaw.person)
        for here in (mind, state):
            for claim in self.script.claims_of(flaw.item, flaw.person):
                motive = self.reasons.of(here, flaw.person, meant, told, effort, *claim)
                if motive["verdict"] == "found":
                    return "yes" if here == mind else "untold"
        return "no"

    def gives(self, state: int, flaw: Flaw, rest: Sequence[int]) -> bool:
        """Whether everybody who must will what somebody had no motive for has one in this state; by a short look, which is as much longer
        as what is claimed. `rest`: what is put in after it."""
        assert flaw.event is not None
        told, meant = [*rest, *self.script.after(flaw.item)], self.run.meant(flaw.event)
        for person in self.engine.willing(state, meant):
            mind = self.engine.believed(state, person)
            scripts = self.script.along(flaw.item, person, meant, rest)
            if not any(
                self.reasons.of(mind, person, meant, told, SHORT * (1 + len(by)), by, to, scripts)[
                    "verdict"
                ]
                == "found"
                for by, to in self.script.claims_of(flaw.item, person)
            ):
                return False
        return True

    def giving(self, index: int, mind: int, person: int, event: int) -> list[tuple[Wanted, ...]]:
        """What would give somebody, who takes the world to be `mind`, a motive for a beat."""
        told = self.script.after(index)
        return self.lacks.giving(self._question(index, mind, person, event, told, _GLANCE))

    def _question(
        self, index: int, state: int, person: int, event: int, told: Sequence[int], effort: int
    ) -> Question:
        """What is asked of the motive that somebody lacks for an event at an item."""
        claims = self.script.claims_of(index, person)
        plans = [(event, *waypoints) for waypoints, _ in claims if waypoints]
        near = self.script.before(index) if isinstance(self.items[index], Beat) else None
        ahead = self.script.after(index, _AHEAD)
        return Question(state, person, event, plans, told, ahead, near, effort)

    def plans(self, state: int, event: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The motives that were found for an event there: each person's plan."""
        meant = self.run.meant(event)
        for person in self.engine.willing(state, meant):
            plan = self.reasons.found(self.engine.believed(state, person), person, meant)
            if plan is not None:
                yield person, plan

    # ------------------------------------------------------------- one event

    def _event(
        self,
        item: int,
        place: int,
        state: int,
        event: int,
        told: Sequence[int],
        rest: Sequence[int],
        effort: int,
        allowed: frozenset[str] = frozenset(),
        asked: Asked = "all",
        motives: bool = True,
    ) -> Flaw | None:
        """What keeps an event from happening there: a condition in truth, or in the mind of somebody who must will it; a motive, if there
        must be `motives`.
        What the check would say of it and an `allow` accepts is no flaw; why an impossible event happens, the check does not ask."""
        engine = self.engine
        meant = self.run.meant(event)
        missing = list(self.lacks.failing((), state, event))
        if missing and "impossible-event" in allowed:
            return None
        willing = engine.willing(state, meant)
        so = {(expr, args) for _, expr, args in missing}  # who is there when it comes true knows it
        claimed = dict.fromkeys(self.run.person(each.person) for each in self.script.because(item))
        accepted = {
            person: bool(allowed & (_CLAIM_CODES if person in claimed else _NO_MOTIVE_CODES))
            for person in willing
        }
        for person in willing:
            if accepted[person]:
                continue
            mind = engine.believed(state, person)
            missing += [
                each for each in self.lacks.failing((person,), mind, meant) if each[1:] not in so
            ]
        if missing:
            return Flaw(item, place, "impossible", event, None, state, (tuple(missing),))
        if not motives:
            return None
        beat, ahead = isinstance(self.items[item], Beat), self.script.after(item, _AHEAD)
        thorough = beat and asked in ("all", "motives")
        if beat:
            effort = max(effort, _TOLD)
        for person in willing:
            claims, mind = self.script.claims_of(item, person), engine.believed(state, person)
            scripts = self.script.along(item, person, meant, rest)
            verdicts: set[Verdict] = set()
            if self.close and not beat:
                motive = self.reasons.leading(mind, person, meant, told, effort, scripts)
                verdicts.add(motive["verdict"])
                claims = []
            for claim in claims:
                likely = ahead if thorough else told
                motive = self.reasons.of(mind, person, meant, likely, effort, *claim, scripts)
                if motive["verdict"] == "undecided" and thorough:
                    motive = self.reasons.again(mind, person, meant, told, effort, *claim)
                verdicts.add(motive["verdict"])
                if "found" in verdicts:
                    break
            told_of = beat and person not in claimed
            if told_of and self.close and "undecided" in verdicts and thorough:
                verdicts |= self._on_the_way(state, person, meant, ahead)
            decided = "undecided" not in verdicts
            if "found" not in verdicts and not (
                accepted[person] or (not decided and "undecided-motive" in allowed)
            ):
                lacking = list(self._others_will(item, state, meant, willing))
                needed: tuple[Wanted, ...] = ()
                if asked == "all":
                    question = self._question(item, state, person, meant, told, effort)
                    lacking += self.lacks.of(question)
                    needed = self.lacks.needed(mind, person, question.claimed)
                return Flaw(
                    item,
                    place,
                    "unmotivated",
                    event,
                    person,
                    state,
                    tuple(lacking),
                    decided,
                    needed,
                )
        for claimant in claimed:
            theirs = claimant is not None and self.lacks.willed(state, claimant, meant)
            if theirs and not allowed & _CLAIM_CODES:
                return Flaw(item, place, "unmotivated", event, claimant, state, ((theirs,),))
        return None

    def _on_the_way(self, state: int, person: int, event: int, told: Sequence[int]) -> set[Verdict]:
        """Whether somebody has a motive for an event in what he is told to do later: plans that come by that are looked for."""
        mind = self.engine.believed(state, person)
        own = (each for each in told if each != event and person in self.engine.willing(mind, each))
        verdicts: set[Verdict] = set()
        for each in islice(dict.fromkeys(own), _OWN):
            motive = self.reasons.of(mind, person, event, (), _ON_THE_WAY, (each,))
            verdicts.add(motive["verdict"])
            if motive["verdict"] == "found":
                self.reasons.keep(mind, person, event, motive)
                break
        return verdicts

    def _others_will(
        self, index: int, state: int, event: int, willing: Sequence[int]
    ) -> Iterator[tuple[Wanted, ...]]:
        """For each of those of whom it is claimed that they have something in mind with one of the next beats, but who need not will
        an event: what would make it theirs to will."""
        persons = {
            self.run.person(each.person): None
            for beat in [index, *(at for at, _ in self.script.soon(index))]
            for each in self.script.because(beat)
        }
        for person in persons:
            if person is not None and person not in willing:
                theirs = self.lacks.willed(state, person, event)
                if theirs is not None:
                    yield (theirs,)


def parts(expr: str) -> tuple[Wanted, ...]:
    """What an expectation asks for in truth, one by one."""
    whole = json.loads(expr)
    each = whole["and"] if isinstance(whole, dict) and "and" in whole else [whole]
    return tuple(((), json.dumps(part), ()) for part in each)

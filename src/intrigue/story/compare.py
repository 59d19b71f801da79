"""Two runs of one telling beside each other: what breaks in the second, who knows less, who has another plan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from intrigue.grounding.names import is_unknown
from intrigue.language import tree
from intrigue.story.checks.expectations import failures
from intrigue.story.death import dead_in
from intrigue.story.motives import Motives, Question, events_of
from intrigue.story.run import Expected, Run, Step
from intrigue.story.verdicts import Verdict, rests_on

if TYPE_CHECKING:
    from intrigue._engine import Motive, MotiveTree

_MOST = 12
"""How many changes of a sort are printed; plain data has them all."""

NOTHING_BREAKS = "  nothing breaks"

_SEARCHED = ("lost", "open", "would", "would not", "plans")
"""Expectations that take a search."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """An event that can no longer happen: the conditions that do not hold, in words."""

    number: int
    event: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A person's motive that is not what it was. `plan`: the other plan that serves now; empty if none was found, which is
    certain if `lost`, and undecided if not."""

    number: int
    event: str
    person: str
    before: tuple[str, ...]
    plan: tuple[str, ...]
    lost: bool


@dataclass(frozen=True, slots=True)
class Belief:
    """What somebody takes a fact to be when the story ends, with the cut and without. `knew`: it was the truth."""

    person: str
    fact: str
    before: str
    after: str
    knew: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise in the second run. All numbers are those of the first."""

    impossible: tuple[Impossible, ...]
    motives: tuple[Reason, ...]
    expectations: tuple[str, ...]
    beliefs: tuple[Belief, ...]
    facts: tuple[tuple[str, str, str], ...]
    """Facts that are otherwise at the end: the fact, its value as told, its value now."""

    endings_closed: tuple[str, ...]
    endings_opened: tuple[str, ...]
    limits: str

    @property
    def lost(self) -> list[Reason]:
        """Motives that are gone, or that were not found again."""
        return [each for each in self.motives if not each.plan]

    @property
    def endings(self) -> int:
        """How many endings are closed or opened."""
        return len(self.endings_closed) + len(self.endings_opened)

    @property
    def weight(self) -> int:
        """How much breaks: events, motives, expectations, endings."""
        return len(self.impossible) + len(self.lost) + len(self.expectations) + self.endings

    def lines(self) -> list[str]:
        """In words, each indented."""
        lines: list[str] = []
        if not self.weight and not self.motives:
            lines.append(NOTHING_BREAKS)
        lines += [
            f"  impossible: event {each.number}, {each.event}: {'; '.join(each.conditions)}"
            for each in self.impossible
        ]
        for each in self.motives:
            if each.plan:
                lines.append(
                    f"  another plan: event {each.number}, {each.event}: {each.person}: {'; '.join(each.plan)}"
                )
            else:
                gone = "no motive" if each.lost else "no motive found (undecided)"
                lines.append(
                    f"  {gone}: event {each.number}, {each.event}: {each.person}, who had in mind: {'; '.join(each.before)}"
                )
        lines += [
            f"  fails: expect {each}{f' ({times} times)' if times > 1 else ''}"
            for each, times in Counter(self.expectations).items()
        ]
        lines += [f"  ending closed: {each}" for each in self.endings_closed]
        lines += [f"  ending opened: {each}" for each in self.endings_opened]
        lines += _some(
            [
                f"  {each.person} no longer {'knows' if each.knew else 'believes'} that {each.fact} is {each.before}"
                if each.after == "unknown"
                else f"  {each.person} takes {each.fact} to be {each.after} instead of {each.before}"
                for each in self.beliefs
            ],
            "  and {} other beliefs",
        )
        lines += _some(
            [
                f"  at the end {fact} is {now} instead of {before}"
                for fact, before, now in self.facts
            ],
            "  and {} other facts",
        )
        lines.append(f"  (motives within {self.limits})")
        return lines

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "weight": self.weight,
            "impossible": [
                {"number": each.number, "event": each.event, "conditions": list(each.conditions)}
                for each in self.impossible
            ],
            "motives": [
                {
                    "number": each.number,
                    "event": each.event,
                    "person": each.person,
                    "before": list(each.before),
                    "plan": list(each.plan),
                    "lost": each.lost,
                }
                for each in self.motives
            ],
            "expectations": list(self.expectations),
            "beliefs": [
                {
                    "person": b.person,
                    "fact": b.fact,
                    "before": b.before,
                    "after": b.after,
                    "knew": b.knew,
                }
                for b in self.beliefs
            ],
            "facts": [
                {"fact": f, "before": before, "after": after} for f, before, after in self.facts
            ],
            "endings_closed": list(self.endings_closed),
            "endings_opened": list(self.endings_opened),
            "limits": self.limits,
        }


@dataclass(frozen=True, slots=True)
class Doubt:
    """A told event that somebody wills whose mind before it is another one in the second run: whether there is still a motive is to be
    asked."""

    verdict: Verdict
    before: Step
    now: Step
    question: Question


@dataclass
class Comparison:
    """Compares others with one run, whose verdicts are all asked for. `motives`: where new questions are asked; `quick`: no
    expectations that take a search; who had a plan that rests on nothing that is otherwise is taken to have it still."""

    run: Run
    motives: Motives
    quick: bool = False
    _held: dict[int, bool] = field(default_factory=dict)
    _rests: dict[tuple[int, int], list[tuple[tuple[int, ...], frozenset[int]]] | None] = field(
        default_factory=dict
    )
    """What plans rest on, by event and person, in the minds at the end of chains; None: that could not be found out."""

    def __post_init__(self) -> None:
        for step in self.run.steps:
            self.run.verdicts(step)

    def changes(
        self,
        again: Run,
        scenes: Sequence[tree.Scene] = (),
        doubts: Sequence[Doubt] | None = None,
    ) -> Changes:
        """What is otherwise in another run, which tells some of the same sentences, in the same engine.
        `scenes`: those that it leaves out altogether; `doubts`: its own, if they are known."""
        again.motives = self.motives
        pairs = self._pairs(again)
        return Changes(
            tuple(
                self._impossible(again, before, now)
                for before, now in pairs
                if now.failing and not before.failing
            ),
            tuple(self._reasons(again, self.doubts(again) if doubts is None else doubts)),
            tuple(self._expectations(again, scenes)),
            tuple(self._beliefs(again)),
            tuple(self._facts(again)),
            *self._endings(again),
            str(self.motives.limits),
        )

    def _pairs(self, again: Run) -> list[tuple[Step, Step]]:
        """The steps of both runs that tell the same and meet other states."""
        old = {id(step.told): step for step in self.run.steps}
        return [
            (old[id(step.told)], step)
            for step in again.steps
            if id(step.told) in old and step.before != old[id(step.told)].before
        ]

    def _impossible(self, again: Run, before: Step, now: Step) -> Impossible:
        texts = tuple(
            again.names.filled_in(now.action.needs[index].span, now.action.params, list(now.args))
            for index in now.failing
        )
        return Impossible(before.number, again.words(now), texts)

    def doubts(self, again: Run) -> list[Doubt]:
        """Whose motives are to be asked for again: those of whom the mind before the event is another one."""
        return [
            doubt
            for before, now in self._pairs(again)
            if not now.failing
            for doubt in self._doubts(again, before, now)
        ]

    def _doubts(self, again: Run, before: Step, now: Step) -> Iterator[Doubt]:
        for verdict in self.run.verdicts(before):
            person = verdict.person
            mind = again.engine.believed(now.before, person)
            same = mind == again.engine.believed(before.before, person)
            if same or verdict.kind != "found" or person not in now.willing:
                continue
            if self.quick and self._rests_on_the_same(verdict, before, now):
                continue
            plan = tuple(part["event"] for part in verdict.motive["plan"])
            yield Doubt(verdict, before, now, Question(mind, person, now.meant, told=plan))

    def _reasons(self, again: Run, doubts: Sequence[Doubt]) -> Iterator[Reason]:
        """Those whose motive is no longer the same."""
        for doubt in doubts:
            motive = self.motives.answer(doubt.question)
            if motive["verdict"] == "found" and _same(motive, doubt.verdict.motive):
                continue
            yield Reason(
                doubt.before.number,
                again.words(doubt.now),
                again.world.atoms[doubt.verdict.person].name,
                tuple(again.sentence(event) for event in doubt.question.told),
                tuple(again.sentence(part["event"]) for part in motive["plan"]),
                motive["verdict"] == "none",
            )

    def _rests_on_the_same(self, verdict: Verdict, before: Step, now: Step) -> bool:
        """Whether nothing is otherwise that the person's plan was found to rest on, in the own mind and in those of others whose
        part in it the person foresaw."""
        from intrigue._engine import TriggerLoopError

        engine = self.run.engine
        key = (before.number, verdict.person)
        if key not in self._rests:
            mind = engine.believed(before.before, verdict.person)
            chain: tuple[int, ...] = (verdict.person,)
            try:
                self._rests[key] = list(self._resting(verdict.motive["plan"], mind, chain))
            except TriggerLoopError:  # in minds that the plan itself never looks into
                self._rests[key] = None
        rests = self._rests[key]
        if rests is None:
            return False
        for chain, fluents in rests:
            old, new = before.before, now.before
            for person in chain:
                old, new = engine.believed(old, person), engine.believed(new, person)
            if not fluents.isdisjoint(engine.changed(old, new)):
                return False
        return True

    def _resting(
        self, plan: Sequence[MotiveTree], mind: int, chain: tuple[int, ...]
    ) -> Iterator[tuple[tuple[int, ...], frozenset[int]]]:
        """What a plan rests on in the mind at the end of a chain: conditions, effects, wants, what follows by itself; and
        what the plans of others in it rest on."""
        run, engine = self.run, self.run.engine
        person = chain[-1]
        fluents = set(rests_on(run, plan, mind, person))
        shared = (want.reads for want in run.world.wants if want.form == "shares")
        for fluent in run.fluents_of(frozenset().union(*shared)):
            if person in engine.fluent_of(fluent)[1]:
                fluents.add(fluent)
        for part in plan:
            for index, args in engine.fired(mind, part["event"], person):
                when = json.dumps(run.world.problem["triggers"][index]["when"])
                reads = engine.reads(mind, when, args)
                fluents.update(fluent for inner, fluent in reads if not inner)
            for other, nested in part["others"].items():
                yield from self._resting(nested, engine.believed(mind, other), (*chain, other))
            mind = engine.after(mind, part["event"], person)
        yield chain, frozenset(fluents)

    def _expectations(self, again: Run, scenes: Sequence[tree.Scene]) -> list[str]:
        """Expectations that held and fail now; those of a scene that is left out are left out with it."""
        found = []
        moments = {id(expected.expect): expected.moment for expected in again.expected}
        for expected in self.run.expected:
            moment = moments.get(id(expected.expect))
            if moment is None or expected.scene in scenes:
                continue
            if self.quick and expected.expect.form in _SEARCHED:
                continue
            if again.states[moment] == self.run.states[expected.moment]:
                continue
            if self._holds(expected) and failures(again, replace(expected, moment=moment)):
                span = expected.expect.span
                said = span.source.text[span.start : span.end].removeprefix("expect")
                found.append(" ".join(said.split()))
        return found

    def _holds(self, expected: Expected) -> bool:
        """Whether an expectation held in the first run; asked once."""
        key = id(expected)
        if key not in self._held:
            self._held[key] = not failures(self.run, expected)
        return self._held[key]

    def _beliefs(self, again: Run) -> list[Belief]:
        """Who takes what to be otherwise at the end; of the living, since the dead take nothing to be so."""
        engine, names = again.engine, again.names
        end, now = self.run.states[-1], again.states[-1]
        found = []
        for person in again.world.persons:
            one, other = engine.believed(end, person), engine.believed(now, person)
            if one == other or dead_in(self.run, end, person) or dead_in(again, now, person):
                continue
            for fluent in engine.changed(one, other):
                value, instead = engine.value(one, fluent), engine.value(other, fluent)
                if is_unknown(value):
                    continue
                found.append(
                    Belief(
                        again.world.atoms[person].name,
                        names.fluent(fluent),
                        names.value_of(fluent, value),
                        "unknown" if is_unknown(instead) else names.value_of(fluent, instead),
                        value == engine.value(end, fluent),
                    )
                )
        return found

    def _facts(self, again: Run) -> list[tuple[str, str, str]]:
        engine, names = again.engine, again.names
        end, now = self.run.states[-1], again.states[-1]
        return [
            (
                names.fluent(fluent),
                names.value_of(fluent, engine.value(end, fluent)),
                names.value_of(fluent, engine.value(now, fluent)),
            )
            for fluent in engine.changed(end, now)
        ]

    def _endings(self, again: Run) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The endings that held when the story ended and do not now, and the reverse."""
        closed, opened = [], []
        for name, expr, _ in self.run.world.endings:
            asked = json.dumps(expr)
            was = self.run.engine.evaluate(self.run.states[-1], asked, []) is True
            now = again.engine.evaluate(again.states[-1], asked, []) is True
            if was and not now:
                closed.append(name)
            if now and not was:
                opened.append(name)
        return tuple(closed), tuple(opened)


def _same(one: Motive, other: Motive) -> bool:
    return list(events_of(one["plan"])) == list(events_of(other["plan"]))


def _some(lines: Sequence[str], more: str) -> list[str]:
    rest = len(lines) - _MOST
    return [*lines[:_MOST], *([more.format(rest)] if rest > 0 else [])]

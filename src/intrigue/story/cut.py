"""What breaks if an event or a scene is left out: the rest is played again, and only what meets other states is asked again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from intrigue.language import tree
from intrigue.story.checks.expectations import failures
from intrigue.story.moments import steps_at
from intrigue.story.motives import events_of
from intrigue.story.replay import replay
from intrigue.story.run import Expected, Run, Step

if TYPE_CHECKING:
    from intrigue._engine import Motive
    from intrigue.story.check import Progress

_MOST = 12
"""How many changes of a sort are printed; plain data has them all."""

_SEARCHED = ("lost", "open", "would", "would not", "plans")
"""Expectations that take a search: asked again only where one event or scene is cut."""

QUICK = 300
"""Events tried for one motive when everything is cut in turn: the plan held before and its like, rarely more."""


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
class Cut:
    """The story without some events. All numbers are those of the story as told."""

    what: str
    events: tuple[int, ...]
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
    def weight(self) -> int:
        """How much breaks: events, motives, expectations, endings."""
        endings = len(self.endings_closed) + len(self.endings_opened)
        return len(self.impossible) + len(self.lost) + len(self.expectations) + endings

    def __str__(self) -> str:
        lines = [f"Without {self.what}:"]
        if not self.weight and not self.motives:
            lines.append("  nothing breaks")
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
        lines += [f"  fails: expect {each}" for each in self.expectations]
        lines += [f"  ending closed: {each}" for each in self.endings_closed]
        lines += [f"  ending opened: {each}" for each in self.endings_opened]
        lines += _some(
            [
                f"  {each.person} no longer {'learns' if each.knew else 'believes'} that {each.fact} is {each.before}"
                f" ({'does not know it' if each.after == 'unknown' else f'takes it to be {each.after}'})"
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
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "what": self.what,
            "events": list(self.events),
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
class Weights:
    """All scenes or events, each cut once, in the order of the telling."""

    cuts: tuple[Cut, ...]

    def __str__(self) -> str:
        head = (
            "weight",
            "impossible",
            "motives lost",
            "other plans",
            "expectations",
            "endings",
            "beliefs",
            "",
        )
        rows = [head]
        for cut in sorted(self.cuts, key=lambda cut: -cut.weight):
            rows.append(
                (
                    str(cut.weight),
                    str(len(cut.impossible)),
                    str(len(cut.lost)),
                    str(len(cut.motives) - len(cut.lost)),
                    str(len(cut.expectations)),
                    str(len(cut.endings_closed) + len(cut.endings_opened)),
                    str(len(cut.beliefs)),
                    cut.what,
                )
            )
        widths = [max(len(row[i]) for row in rows) for i in range(7)]
        lines = [
            "  ".join(
                [*(cell.rjust(width) for cell, width in zip(row, widths, strict=False)), row[7]]
            ).rstrip()
            for row in rows
        ]
        if self.cuts:
            lines.append(
                f"(motives within {self.cuts[0].limits}, looked for with little effort; "
                "expectations of plans and of what is lost or open left out)"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {"cuts": [cut.to_dict() for cut in self.cuts]}


def cut(run: Run, at: str | int) -> Cut:
    """The story without the events that `at` names (a number, `[n]`, a scene's title).

    Raises StoryError if it names none.
    """
    steps = steps_at(run, at)
    scene = next((s for s in run.scenes if s.title.casefold() == str(at).strip().casefold()), None)
    what = f"the scene {scene.title}" if scene else _named(run, steps)
    return _Cutter(run).without(steps, what, scene)


def weights(run: Run, events: bool = False, progress: Progress | None = None) -> Weights:
    """Every scene cut once, or every event."""
    cutter = _Cutter(run, quick=True)
    cuts: list[Cut] = []
    if events:
        told = sorted(run.steps, key=lambda step: step.told_at)
        for step in told:
            if progress:
                progress("cutting", len(cuts) + 1, len(told))
            cuts.append(cutter.without([step], _named(run, [step]), None))
    else:
        scenes = [scene for scene in run.scenes if run.steps_of(scene)]
        for scene in scenes:
            if progress:
                progress("cutting", len(cuts) + 1, len(scenes))
            cuts.append(cutter.without(run.steps_of(scene), f"the scene {scene.title}", scene))
    return Weights(tuple(cuts))


def _named(run: Run, steps: Sequence[Step]) -> str:
    return "; ".join(f"event {step.number}, {run.sentence(step.event)}" for step in steps)


@dataclass
class _Cutter:
    """Cuts one run in many ways. `quick`: look for motives with little effort."""

    run: Run
    quick: bool = False
    _failed: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for step in self.run.steps:
            self.run.verdicts(step)
        self.motives = self.run.motives.cheaper(QUICK) if self.quick else self.run.motives

    def without(self, steps: Sequence[Step], what: str, scene: tree.Scene | None) -> Cut:
        """Plays what is left, and compares."""
        run = self.run
        gone = {step.number for step in steps}
        first = min(gone)
        rest = [step for step in run.steps if step.number not in gone]
        again = replay(run, run.states[first - 1], rest[first - 1 :], keep=rest[: first - 1])
        again.motives = self.motives
        old = {step.told_at: step for step in run.steps}
        pairs = [(old[step.told_at], step) for step in again.steps[first - 1 :]]
        return Cut(
            what,
            tuple(sorted(gone)),
            tuple(
                self._impossible(again, before, now)
                for before, now in pairs
                if now.failing and not before.failing
            ),
            tuple(reason for before, now in pairs for reason in self._reasons(again, before, now)),
            tuple(self._expectations(again, gone, scene)),
            tuple(self._beliefs(again)),
            tuple(self._facts(again)),
            *self._endings(again),
            str(self.motives.limits),
        )

    def _impossible(self, again: Run, before: Step, now: Step) -> Impossible:
        texts = tuple(
            again.names.filled_in(now.action.needs[index].span, now.action.params, list(now.args))
            for index in now.failing
        )
        return Impossible(before.number, again.sentence(now.event), texts)

    def _reasons(self, again: Run, before: Step, now: Step) -> list[Reason]:
        """Those whose mind before the event is another one, and whose motive is no longer the same."""
        if now.failing:
            return []
        found: list[Reason] = []
        for verdict in self.run.verdicts(before):
            person = verdict.person
            mind = again.engine.believed(now.before, person)
            same = mind == again.engine.believed(before.before, person)
            if same or verdict.kind != "found" or person not in now.willing:
                continue
            plan = [part["event"] for part in verdict.motive["plan"]]
            motive = self.motives.of(mind, person, now.meant, told=plan)
            if motive["verdict"] == "found" and _same(motive, verdict.motive):
                continue
            found.append(
                Reason(
                    before.number,
                    again.sentence(now.event),
                    again.world.atoms[person].name,
                    tuple(again.sentence(event) for event in plan),
                    tuple(again.sentence(part["event"]) for part in motive["plan"]),
                    motive["verdict"] == "none",
                )
            )
        return found

    def _expectations(self, again: Run, gone: set[int], scene: tree.Scene | None) -> list[str]:
        """Expectations that held and fail now; those of a scene that is cut are cut with it."""
        found = []
        for expected in self.run.expected:
            if expected.scene is scene or (self.quick and expected.expect.form in _SEARCHED):
                continue
            moment = expected.moment - sum(number <= expected.moment for number in gone)
            if again.states[moment] == self.run.states[expected.moment]:
                continue
            if self._holds(expected) and failures(again, replace(expected, moment=moment)):
                span = expected.expect.span
                found.append(
                    " ".join(span.source.text[span.start : span.end].removeprefix("expect").split())
                )
        return found

    def _holds(self, expected: Expected) -> bool:
        if id(expected) not in self._failed:
            self._failed[id(expected)] = not failures(self.run, expected)
        return self._failed[id(expected)]

    def _beliefs(self, again: Run) -> list[Belief]:
        """Who takes what to be otherwise at the end."""
        engine, names = again.engine, again.names
        end, now = self.run.states[-1], again.states[-1]
        found = []
        for person in again.world.persons:
            one, other = engine.believed(end, person), engine.believed(now, person)
            if one == other:
                continue
            for fluent in engine.changed(one, other):
                value, instead = engine.value(one, fluent), engine.value(other, fluent)
                if value == "unknown" or (isinstance(value, tuple) and value[0] == "answer"):
                    continue
                blank = instead == "unknown" or (
                    isinstance(instead, tuple) and instead[0] == "answer"
                )
                found.append(
                    Belief(
                        again.world.atoms[person].name,
                        names.fluent(fluent),
                        names.value_of(fluent, value),
                        "unknown" if blank else names.value_of(fluent, instead),
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

"""How honest the model is: does the telling follow from its rules, or were the rules made for the
telling?

Anybody can make a story check by a want for each act, a rule for each sentence, and fate for what
is awkward. These measures show it. None is wrong by itself; together they say how much the verdict
"motivated" is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from intrigue.records import dataclass
from intrigue.story.arithmetic import affected, imagined

if TYPE_CHECKING:
    from intrigue.story.run import Run
    from intrigue.story.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Measure:
    """`part` of `whole`; `examples`: what makes up the part."""

    name: str
    meaning: str
    part: int
    whole: int
    examples: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where there is nothing to count."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Honesty:
    """The measures, in a fixed order."""

    measures: tuple[Measure, ...]

    def __str__(self) -> str:
        lines = ["How honest is the model?"]
        for measure in self.measures:
            lines.append(
                f"  {measure.share:>4.0%}  {measure.part} of {measure.whole} {measure.name}: "
                f"{measure.meaning}"
            )
            if measure.examples:
                more = len(measure.examples) - 6
                shown = "; ".join(measure.examples[:6]) + (f"; and {more} more" if more > 0 else "")
                lines.append(f"        {shown}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{m.share:.0%}</td><td>{m.part} of {m.whole} {escape(m.name)}</td>"
            f"<td>{escape(m.meaning)}</td></tr>"
            for m in self.measures
        )
        return f"<table>{rows}</table>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "measures": [
                {
                    "name": m.name,
                    "share": m.share,
                    "part": m.part,
                    "whole": m.whole,
                    "examples": list(m.examples),
                }
                for m in self.measures
            ]
        }


def honesty(runs: Sequence[Run]) -> Honesty:
    """Measures all readings of a story together."""
    measures: tuple[Callable[[Sequence[Run]], Measure], ...] = (
        _fate,
        _unmeant,
        _short_motives,
        _rules_used_once,
        _wants_of_one_act,
        _private_facts,
        _robust_motives,
    )
    return Honesty(tuple(measure(runs) for measure in measures))


def _found(runs: Sequence[Run]) -> list[tuple[Run, Verdict]]:
    return [
        (run, verdict)
        for run in runs
        for step in run.steps
        for verdict in run.verdicts(step)
        if verdict.kind == "found"
    ]


def _fate(runs: Sequence[Run]) -> Measure:
    steps = [(run, step) for run in runs for step in run.steps]
    chance = [run.words(s) for run, s in steps if s.action.mode == "fate"]
    return Measure("events are fate", "nobody chose them", len(chance), len(steps), tuple(chance))


def _unmeant(runs: Sequence[Run]) -> Measure:
    steps = [(run, step) for run in runs for step in run.steps]
    unmeant = [run.words(s) for run, s in steps if s.action.meant is not None]
    return Measure(
        "events came out as nobody meant",
        "another outcome than the one intended",
        len(unmeant),
        len(steps),
        tuple(unmeant),
    )


def _short_motives(runs: Sequence[Run]) -> Measure:
    found = _found(runs)
    short = [
        run.sentence(verdict.step.meant)
        for run, verdict in found
        if len(verdict.motive["plan"]) == 1
    ]
    return Measure(
        "motives have one event",
        "the act itself is wanted, so its want may have been made for it",
        len(short),
        len(found),
        tuple(short),
    )


def _rules_used_once(runs: Sequence[Run]) -> Measure:
    world = runs[0].world
    told: dict[int, set[int]] = {}
    for run in runs:
        for step in run.steps:
            told.setdefault(step.action.id, set()).add(id(step.told))
    once = [world.actions[action].name for action, lines in told.items() if len(lines) == 1]
    return Measure(
        "actions told are told once",
        "a rule for each sentence is no rule",
        len(once),
        len(told),
        tuple(once),
    )


def _wants_of_one_act(runs: Sequence[Run]) -> Measure:
    """Wants that gain in the motives of exactly one told sentence."""
    acts: dict[tuple[int, tuple[int, ...]], set[int]] = {}
    for run, verdict in _found(runs):
        for want in _gaining(run, verdict):
            acts.setdefault(want, set()).add(id(verdict.step.told))
    from intrigue.story.arithmetic import want_text

    once = [want_text(runs[0], *want) for want, lines in acts.items() if len(lines) == 1]
    return Measure(
        "wants serve one act only",
        "a want for each act is no character",
        len(once),
        len(acts),
        tuple(once),
    )


def _gaining(run: Run, verdict: Verdict) -> list[tuple[int, tuple[int, ...]]]:
    """The person's own wants that count more after the plan than before."""
    engine, person = run.engine, verdict.person
    mind = engine.believed(verdict.step.before, person)
    end = imagined(engine, person, mind, [part["event"] for part in verdict.motive["plan"]])
    return [want for want, gain in affected(engine, person, mind, end).items() if gain > 0]


def _private_facts(runs: Sequence[Run]) -> Measure:
    """Facts that one action writes and one other place reads: a hidden way of saying "this after
    that"."""
    world = runs[0].world
    private: list[str] = []
    for fact in world.facts:
        writers = sum(fact.id in action.writes for action in world.actions if action.meant is None)
        readers = sum(fact.id in action.reads for action in world.actions if action.meant is None)
        readers += sum(fact.id in want.reads for want in world.wants)
        if writers == 1 and readers == 1:
            private.append(fact.name)
    return Measure(
        "facts have one writer and one reader",
        "bookkeeping from one event to the next",
        len(private),
        len(world.facts),
        tuple(private),
    )


def _robust_motives(runs: Sequence[Run]) -> Measure:
    """Motives that still raise utility with any one of the wants that gain by them left out."""
    found = _found(runs)
    fragile: list[str] = []
    for run, verdict in found:
        before, after = verdict.motive["gain"]
        engine, person = run.engine, verdict.person
        mind = engine.believed(verdict.step.before, person)
        end = imagined(engine, person, mind, [part["event"] for part in verdict.motive["plan"]])
        gains = affected(engine, person, mind, end).values()
        if any(after - before - gain <= 0 for gain in gains if gain > 0):
            fragile.append(run.sentence(verdict.step.meant))
    return Measure(
        "motives hang on a single want",
        "without it there would be none",
        len(fragile),
        len(found),
        tuple(fragile),
    )

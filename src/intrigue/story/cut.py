"""What breaks if an event or a scene is left out: the rest is played again, and only what meets other states is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.story.checks.time import new_troubles
from intrigue.story.compare import NOTHING_BREAKS, Changes, Comparison, Doubt
from intrigue.story.edited import Telling
from intrigue.story.moments import named_at
from intrigue.story.replay import replay
from intrigue.story.run import Run, Step
from intrigue.story.strands import answer_all

if TYPE_CHECKING:
    from intrigue.story.check import Progress
    from intrigue.story.motives import Limits
    from intrigue.story.story import Story

QUICK = 120
"""Events tried for one motive when everything is cut in turn: the plan held before and its like, rarely more."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The story without some events: `events`, their numbers; `changes`: what is otherwise; `times`: what is said of time and cannot be
    kept any more, where that was looked at."""

    what: str
    events: tuple[int, ...]
    changes: Changes
    times: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = self.changes.lines()
        if self.times:
            lines = [line for line in lines if line != NOTHING_BREAKS]
        return "\n".join(
            [f"Without {self.what}:", *(f"  time: {each}" for each in self.times), *lines]
        )

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        said = {"what": self.what, "events": list(self.events), "times": list(self.times)}
        return {**said, **self.changes.to_dict()}


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
        for cut in sorted(self.cuts, key=lambda cut: -cut.changes.weight):
            rows.append(
                (
                    str(cut.changes.weight),
                    str(len(cut.changes.impossible)),
                    str(len(cut.changes.lost)),
                    str(len(cut.changes.motives) - len(cut.changes.lost)),
                    str(len(cut.changes.expectations)),
                    str(cut.changes.endings),
                    str(len(cut.changes.beliefs)),
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
                f"(motives within {self.cuts[0].changes.limits}, looked for with little effort; "
                "expectations of plans and of what is lost or open, and what is said of time, left out)"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {"cuts": [cut.to_dict() for cut in self.cuts]}


def cut(story: Story, run: Run, at: str | int, limits: Limits | None) -> Cut:
    """The story without the events that `at` names (a number, `[n]`, a scene's title).

    Raises StoryError if it names none.
    """
    steps, scenes = named_at(run, at)
    what = f"the scene {scenes[0].title}" if scenes else _named(run, steps)
    found = _Cutter(run, run.motives).without(steps, what, scenes)
    telling = Telling(story, run)
    for step in steps:
        telling.remove(step)
    return replace(found, times=tuple(new_troubles(run, telling.run(story, limits))))


def weights(run: Run, events: bool = False, progress: Progress | None = None) -> Weights:
    """Every scene cut once, or every event: all are played first, then all motives asked for at once."""
    cutter = _Cutter(run, run.motives.cheaper(QUICK), quick=True)
    left_out: list[tuple[Sequence[Step], str, Sequence[tree.Scene]]]
    if events:
        told = sorted(run.steps, key=lambda step: step.told_at)
        left_out = [([step], _named(run, [step]), ()) for step in told]
    else:
        scenes = [(run.steps_of(scene), scene) for scene in run.scenes]
        left_out = [(steps, f"the scene {one.title}", (one,)) for steps, one in scenes if steps]
    played: list[tuple[Run, list[Doubt]]] = []
    for steps, _, _ in left_out:
        if progress:
            progress("cutting", len(played) + 1, len(left_out))
        again = cutter.again(steps)
        played.append((again, cutter.doubts(again)))
    # Questions alike follow each other: what was found out for one holds for much of the next.
    asked = sorted(
        (doubt for _, doubts in played for doubt in doubts),
        key=lambda doubt: (doubt.question.person, doubt.before.number),
    )
    questions = [doubt.question for doubt in asked]
    answer_all(cutter.motives, questions, progress and partial(progress, "asking for motives"))
    cuts: list[Cut] = []
    for (steps, what, gone), (again, doubts) in zip(left_out, played, strict=True):
        numbers = tuple(sorted(step.number for step in steps))
        cuts.append(Cut(what, numbers, cutter.changes(again, gone, doubts)))
    return Weights(tuple(cuts))


def _named(run: Run, steps: Sequence[Step]) -> str:
    return "; ".join(f"event {step.number}, {run.words(step)}" for step in steps)


class _Cutter(Comparison):
    """Cuts one run in many ways."""

    def without(self, steps: Sequence[Step], what: str, scenes: Sequence[tree.Scene]) -> Cut:
        """Plays what is left, and compares."""
        numbers = tuple(sorted(step.number for step in steps))
        return Cut(what, numbers, self.changes(self.again(steps), scenes))

    def again(self, steps: Sequence[Step]) -> Run:
        """What is left, played."""
        run = self.run
        gone = {step.number for step in steps}
        first = min(gone)
        rest = [step for step in run.steps if step.number not in gone]
        return replay(run, run.states[first - 1], rest[first - 1 :], keep=rest[: first - 1])

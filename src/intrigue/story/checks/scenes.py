"""scene-can-go, gap-left, ending-not-reached, fate-heavy: the telling as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.language import tree
from intrigue.story.dependence import (
    Touched,
    changed_by,
    changed_deeper,
    read_by_expectation,
    read_by_step,
    read_by_wants,
)
from intrigue.story.findings import Finding
from intrigue.story.run import Run, Step

_MUCH_FATE = 0.25
"""The share of events nobody chose from which a telling is said to rest on chance."""


def scenes_that_can_go(run: Run) -> Iterator[Finding]:
    """Scenes that change nothing which a later event, motive or expectation reads, nor anything
    that somebody wants.

    A causal test, not a second telling: it never calls a scene idle on which something hangs, and
    may miss one that is.
    """
    wanted = frozenset().union(*(want.reads for want in run.world.wants))
    wanted |= frozenset(fact for _, expr, _ in run.world.endings for fact in _facts(expr))
    payoffs = run.fluents_of(wanted)
    needed = _Needed()
    wanting: set[int] = set()
    later = False
    idle: list[Finding] = []
    for scene in reversed(_by_story(run)):
        expected = [e for e in run.expected if e.scene is scene]
        steps = run.steps_of(scene)
        for expectation in expected:
            needed.by(partial(read_by_expectation, run, expectation))
        if steps and later and not _serves(run, steps, payoffs, needed):
            idle.append(
                Finding(
                    Diagnostic(
                        "scene-can-go",
                        scene.span,
                        {"scene": scene.title},
                        label="nothing later depends on what happens here",
                        repair="let something later follow from it, or cut it",
                    ),
                    scene,
                )
            )
        for step in steps:
            needed.by(partial(read_by_step, run, step))
            for person in set(step.willing) - wanting:
                wanting.add(person)
                needed.by(partial(read_by_wants, run, person))
        later = later or bool(steps)
    yield from reversed(idle)


class _Needed:
    """What is read later on; worked out as far as anybody asks, the nearest first."""

    def __init__(self) -> None:
        self._known: Touched = set()
        self._readers: list[Callable[[], Touched]] = []

    def by(self, reader: Callable[[], Touched]) -> None:
        """This reads something too."""
        self._readers.append(reader)

    def any(self, changed: Touched) -> bool:
        """Whether any of these is read."""
        found = not self._known.isdisjoint(changed)
        while self._readers and not found:
            read = self._readers.pop()()
            self._known |= read
            found = not read.isdisjoint(changed)
        return found


def _serves(run: Run, steps: Sequence[Step], payoffs: frozenset[int], needed: _Needed) -> bool:
    """Whether the events change what somebody wants, or what is read later on; what is cheap to find out comes first."""
    engine = run.engine
    if any(not payoffs.isdisjoint(engine.changed(step.before, step.after)) for step in steps):
        return True
    return any(
        needed.any(set(changed(run, step)))
        for changed in (changed_by, changed_deeper)
        for step in reversed(steps)
    )


def _by_story(run: Run) -> list[tree.Scene]:
    """The scenes in the order in which they are over in the story."""
    over: dict[int, int] = {}
    last = 0
    for scene in run.scenes:
        last = max((step.number for step in run.steps_of(scene)), default=last)
        over[id(scene)] = last
    return sorted(run.scenes, key=lambda scene: over[id(scene)])


def gaps(run: Run) -> Iterator[Finding]:
    """One finding for each `...`: a gap is a promise to tell more; and what its bounds name that does not exist."""
    for scene in run.scenes:
        for line in scene.lines:
            if isinstance(line, tree.Gap) and not line.to_tell:
                from intrigue.filling.telling import bounds  # most tellings have no gap

                for problem in bounds(run, line)[2]:
                    yield Finding(problem, scene, line)
                yield Finding(
                    Diagnostic(
                        "gap-left",
                        line.span,
                        {"scene": scene.title},
                        label="what happens here is not told",
                        notes=(Note("events after it are checked as if nothing happened here"),),
                        repair="tell the events that belong here, or let `intrigue fill` look for them",
                    ),
                    scene,
                    line,
                )


def to_be_told(run: Run) -> Iterator[Finding]:
    """One finding for each `... to be told`, with how many are left."""
    left = [
        (scene, line)
        for scene in run.scenes
        for line in scene.lines
        if isinstance(line, tree.Gap) and line.to_tell
    ]
    cited = {number: step for step in run.steps for number in step.told.citations}
    for index, (scene, line) in enumerate(left):
        numbers = ", ".join(map(str, line.citations))
        done = [number for number in line.citations if number in cited]
        yield Finding(
            Diagnostic(
                "to-be-told",
                line.span,
                {
                    "what": f"sentence {numbers}" if numbers else f"in {scene.title}",
                    "number": str(index + 1),
                    "all": str(len(left)),
                },
                label="nothing happens here yet",
                notes=tuple(
                    Note(
                        f"event {cited[number].number} cites sentence {number} already",
                        cited[number].told.sentence.span,
                    )
                    for number in done
                ),
                repair="delete this line"
                if line.citations and len(done) == len(line.citations)
                else "tell it in sentences that the actions of the world have patterns for, then delete this line",
            ),
            scene,
            line,
        )


def endings_not_reached(run: Run) -> Iterator[Finding]:
    """One finding for each ending the author has in mind, if the telling ends in none of them."""
    end = run.states[-1]
    if any(
        run.engine.evaluate(end, json.dumps(expr), []) is True for _, expr, _ in run.world.endings
    ):
        return
    for name, _, span in run.world.endings:
        yield Finding(
            Diagnostic(
                "ending-not-reached",
                span,
                {"ending": name},
                label="does not hold when the telling ends",
                repair="tell what leads there, or change the ending",
            )
        )


def fate_allows(run: Run) -> list[tree.Allow]:
    """The `allow fate-heavy` lines on events that nobody chose: these events are not counted."""
    return [
        allow
        for step in run.steps
        if _by_chance(step.action.mode, step.action.meant)
        for allow in step.told.allows
        if allow.code.text == "fate-heavy"
    ]


def fate_heavy(run: Run) -> Iterator[Finding]:
    """One finding if too many events are nobody's choice."""
    chance = [
        step
        for step in run.steps
        if _by_chance(step.action.mode, step.action.meant)
        and all(allow.code.text != "fate-heavy" for allow in step.told.allows)
    ]
    if len(run.steps) < 4 or len(chance) <= _MUCH_FATE * len(run.steps):
        return
    yield Finding(
        Diagnostic(
            "fate-heavy",
            chance[0].told.sentence.span,
            {"count": str(len(chance)), "all": str(len(run.steps))},
            label="the first of them",
            notes=tuple(
                Note(f"event {step.number}: {run.words(step)}", step.told.sentence.span)
                for step in chance[1:6]
            ),
            repair="let somebody want some of it, or say of each why it must be chance, "
            "with `allow fate-heavy: ...`",
        ),
        None,
        None,
    )


def _by_chance(mode: str, meant: int | None) -> bool:
    return mode == "fate" or meant is not None


def _facts(expr: object) -> frozenset[int]:
    from intrigue.grounding.border import facts_in

    return facts_in(expr)

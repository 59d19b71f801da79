"""All verdicts of a story, looked for in two strands at once.

What is found out about one person's motives serves that person's later ones alone, so the persons can be shared out: what some of them
willed is judged beside, in a copy of the engine on a thread of its own, what the others willed here. Who is judged where is decided by
the telling alone, whatever the machine has to offer, and the verdicts are those that come of judging one event after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intrigue.story.run import Run

_WORTHWHILE = 12
"""Fewer questions are answered sooner than a copy of the engine is made."""

_CALL_EVERY = 8
"""So many verdicts here are looked for between two looks at how far it is."""


def judge_all(
    runs: Sequence[Run],
    progress: Callable[[int, int], None] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> None:
    """Looks for every verdict of a story's readings (of one, and those before it), which are played in one engine.

    `progress` is told now and then how many there are, of how many; `meanwhile`: what else is to be done that asks for no motives,
    done while others look for them. Raises KeyboardInterrupt if interrupted.
    """
    here, beside = _shares(runs)
    motives = runs[0].motives
    count = sum(len(run.willed) for run in runs)

    def look(done: int) -> None:
        if progress is not None:
            progress(done, count)

    try:
        if beside:
            motives.begin_beside(
                run.asked(step, person).questions
                for run in runs
                for step, person in run.willed
                if person in beside
            )
        if meanwhile is not None:
            meanwhile()
        done = 0
        for run in runs:
            for step, person in run.willed:
                if person in here:
                    run.verdict(step, person)
                    done += 1
                    if done % _CALL_EVERY == 1:
                        look(done + motives.done_beside)
        motives.gather(lambda more: look(done + more))
        for run in runs:
            for step, person in run.willed:
                run.verdict(step, person)
        look(count)
    finally:
        motives.stop_beside()


def _shares(runs: Sequence[Run]) -> tuple[set[int], set[int]]:
    """Who is judged here, and who beside: about as many questions in each share, those who will most first."""
    willed = Counter(person for run in runs for _, person in run.willed)
    shares: tuple[set[int], set[int]] = (set(), set())
    if sum(willed.values()) < _WORTHWHILE or not runs[0].motives.can_begin_beside:
        return set(willed), set()
    loads = [0, 0]
    for person, count in sorted(willed.items(), key=lambda item: (-item[1], item[0])):
        # who wills most takes longest, and goes beside: there is more to do here
        lighter = 1 if loads[1] <= loads[0] else 0
        loads[lighter] += count
        shares[lighter].add(person)
    return shares

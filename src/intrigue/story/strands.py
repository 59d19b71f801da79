"""All verdicts of a story, looked for in two strands at once.

What is found out about one person's motives serves that person's later ones alone, so the persons can be shared out: what some of them
willed is judged beside, in a copy of the engine on a thread of its own, what the others willed here. Who is judged where is decided by
the telling alone, whatever the machine has to offer, and the verdicts are those that come of judging one event after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intrigue.story.motives import Motives, Question
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


def answer_all(
    motives: Motives,
    questions: Iterable[Question],
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Looks for the answers to questions that leave nothing behind, so that all are known (`Motives.answer`).

    `progress`: as above. Raises KeyboardInterrupt if interrupted.
    """
    asked = motives.new(questions)
    count = Counter(question.person for question in asked)
    here, beside = _shared_out(count, count if motives.limits.growing else motives.elsewhere)

    def look(done: int) -> None:
        if progress is not None:
            progress(done, len(asked))

    try:
        if beside:
            motives.begin_beside([each] for each in asked if each.person in beside)
        own = [each for each in asked if each.person in here]
        for done, each in enumerate(own, 1):
            motives.answer(each)
            if done % _CALL_EVERY == 1:
                look(done + motives.done_beside)
        motives.gather(lambda more: look(len(own) + more))
        for each in asked:
            motives.answer(each)
        look(len(asked))
    finally:
        motives.stop_beside()


def _shares(runs: Sequence[Run]) -> tuple[set[int], set[int]]:
    """Who is judged here, and who beside."""
    willed = Counter(person for run in runs for _, person in run.willed)
    if not runs[0].motives.can_begin_beside:
        return set(willed), set()
    return _shared_out(willed)


def _shared_out(asked: Counter[int], stay: Container[int] = ()) -> tuple[set[int], set[int]]:
    """The persons of whom so much is asked in two shares, about as many questions in each, of whom most is asked first; those who `stay`
    are in the first."""
    if asked.total() < _WORTHWHILE:
        return set(asked), set()
    shares: tuple[set[int], set[int]] = ({each for each in asked if each in stay}, set())
    loads = [sum(asked[each] for each in shares[0]), 0]
    for person, count in sorted(asked.items(), key=lambda item: (-item[1], item[0])):
        if person in shares[0]:
            continue
        # of whom most is asked takes longest, and goes beside: there is more to do here
        lighter = 1 if loads[1] <= loads[0] else 0
        loads[lighter] += count
        shares[lighter].add(person)
    return shares

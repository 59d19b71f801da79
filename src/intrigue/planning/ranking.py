"""Which of several stories are the better ones: conflict, surprise, variety, length.

Each measure is a function on any story that can be played (its first reading), told or planned. `ranked` puts stories in order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from intrigue.grounding.names import is_unknown
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.planning.planned import PlannedStory
    from intrigue.story.run import Run
    from intrigue.story.story import Story

Ranked = TypeVar("Ranked", bound="PlannedStory")


def length(story: Story) -> float:
    """How many events are told. The fewer, the better: the shortest plan is what classical planning calls optimal
    (Helmert, Do & Refanidis, IPC-6 Deterministic, 2008)."""
    return float(len(story.run().steps))


def conflict(story: Story) -> float:
    """How many plans are thwarted: how often an event that a person did not will ends the plan for which that person has acted.

    A person acts on a plan (the motive that was found); the plan ends when its rest is no longer possible, or no longer
    worth anything, by what that person then believes. Two plans of one person that end at the same event are one. This is
    conflict as a thwarted intention frame (Ware, Young, Harrison & Roberts, *A computational model of plan-based narrative
    conflict at the fabula level*, IEEE T-CIAIG 6(3), 2014, section III), counted where it comes to pass.
    """
    from intrigue.story.explain import end_of_plan

    run = story.run()
    ended: set[tuple[int, int]] = set()
    for step in run.steps:
        for verdict in run.verdicts(step):
            if verdict.kind != "found":
                continue
            end = end_of_plan(run, verdict)
            if end is not None and verdict.person not in end[0].willing:
                ended.add((verdict.person, end[0].number))
    return float(len(ended))


def surprise(story: Story) -> float:
    """How many beliefs are overturned: how often an event makes a person who took a fact to have one value take it to have
    another, or find that it cannot have that value, although the event has not changed the fact itself.

    That is belief *revision*, learning about a world that stayed as it was, against *update*, following a world that moved
    (Katsuno & Mendelzon, *On the difference between updating a knowledge base and revising it*, KR 1991). Surprise as the
    distance that beliefs move is from Ely, Frankel & Kamenica, *Suspense and surprise*, Journal of Political Economy 123(1),
    2015; as a planner's aim, from Bae & Young, *A use of flashback and foreshadowing for surprise arousal in narrative using
    a plan-based approach*, ICIDS 2008. What was merely unknown before does not count, nor what was true and is forgotten.
    """
    run = story.run()
    return float(sum(_overturned(run, step.before, step.after) for step in run.steps))


def _overturned(run: Run, before: int, after: int) -> int:
    engine = run.engine
    changed = set(engine.changed(before, after))
    count = 0
    for person in run.world.persons:
        old, new = engine.believed(before, person), engine.believed(after, person)
        if old == new:
            continue
        for fluent in engine.changed(old, new):
            held = engine.value(old, fluent)
            if fluent in changed or is_unknown(held):
                continue
            wrong = held != engine.value(before, fluent)
            count += wrong or not is_unknown(engine.value(new, fluent))
    return count


def difference(one: Story, other: Story) -> float:
    """How far apart two stories of one world are: the share of their events, order set aside, that only one of them tells.

    The Jaccard distance between sets of actions, from 0 (the same events) to 1 (none in common), as in Coman & Munoz-Avila,
    *Generating diverse plans using quantitative and qualitative plan distance metrics*, AAAI 2011, after Fox, Gerevini, Long
    & Serina, *Plan stability*, ICAPS 2006.
    """
    first, second = _events(one), _events(other)
    whole = first | second
    return 1 - len(first & second) / len(whole) if whole else 0.0


def _events(story: Story) -> set[tuple[int, tuple[int, ...]]]:
    return {(step.action.id, step.args) for step in story.run().steps}


def variety(stories: Sequence[Story]) -> list[tuple[int, float]]:
    """An order in which each story is as different as can be from all before it: places in `stories`, each with the least
    difference from those before (1 for the first, which is the shortest).

    Farthest-first traversal (Gonzalez, *Clustering to minimize the maximum intercluster distance*, Theoretical Computer
    Science 38, 1985): the first k of it are at least half as different from each other as any k could be.
    """
    if not stories:
        return []
    left = list(range(len(stories)))
    first = min(left, key=lambda i: length(stories[i]))
    order = [(first, 1.0)]
    left.remove(first)
    near = {i: difference(stories[i], stories[first]) for i in left}
    while left:
        best = max(left, key=lambda i: (near[i], -length(stories[i]), -i))
        order.append((best, near[best]))
        left.remove(best)
        for i in left:
            near[i] = min(near[i], difference(stories[i], stories[best]))
    return order


@dataclass(frozen=True, slots=True)
class Ranking:
    """A way to put stories in order: `most`: those with the highest measure first. `measure` is None for variety, which is a
    matter of the whole set."""

    name: str
    what: str
    measure: Callable[[Story], float] | None
    most: bool = True


RANKINGS = (
    Ranking("conflict", "plans thwarted, most first", conflict),
    Ranking("surprise", "beliefs overturned, most first", surprise),
    Ranking("variety", "each as different as can be from those before it", None),
    Ranking("length", "fewest events first", length, most=False),
)


def ranked(stories: Sequence[Ranked], by: str) -> list[Ranked]:
    """The stories, best first; of equals the shorter, then the one found first. Notes the measure in each story's `measures`.

    Raises ValueError for a ranking that does not exist.
    """
    ranking = next((each for each in RANKINGS if each.name == by), None)
    if ranking is None:
        raise ValueError(
            f"no ranking is called {by!r}: {', '.join(each.name for each in RANKINGS)}"
        )
    if ranking.measure is None:
        order = variety(stories)
        for place, least in order:
            stories[place].measures[by] = round(least, 3)
        return [stories[place] for place, _ in order]
    for story in stories:
        story.measures[by] = ranking.measure(story)
    sign = -1 if ranking.most else 1
    return sorted(stories, key=lambda story: (sign * story.measures[by], length(story)))

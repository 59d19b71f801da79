"""Where a story might have gone otherwise, for a reader who chooses. There are four sorts of turns:

- what somebody meant and did not come to pass, had it come out as it was meant;
- what the author says could have happened (`expect possible`, `expect PERSON would`), had it;
- the act of a scene on which the most hangs, had nobody done it;
- an ending that the author names and the telling does not come to: a shortest way to it, from the last moment at which one is found.

Each is played: it goes on as told until something is no longer possible or nobody has a motive for it any more, and says what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from intrigue.story.whatif import Change, WhatIf
from intrigue.views.chronicle import Chronicle, Event
from intrigue.views.draw.tension import openness
from intrigue.views.export.interactive import Branch
from intrigue.views.tell.clauses import clause
from intrigue.views.tell.words import denied

if TYPE_CHECKING:
    from intrigue.story.run import Run, Step
    from intrigue.story.story import Story

_SHOWN = 8
"""So many events of what then goes on are told."""
_UNDONE = 8
"""So many scenes are asked for what comes of it if their turn is not done: those whose turn the most hangs on."""
_NEAR: dict[str, Any] = {"max_events": 2, "max_motive": 4, "max_minds": 2}
_FAR: dict[str, Any] = {"max_events": 8, "max_motive": 8, "max_minds": 2}
"""Within these limits a way to an ending is looked for: in any case; for so many seconds, if somebody asks for that."""
_MOMENTS = 3
"""From so many moments: the last at which the ending is open, and the ends of the scenes before."""

Progress = Callable[[int, int], None]


def branches(
    story: Story,
    told: Chronicle,
    reading: str | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> list[Branch]:
    """The other ways, in the order in which they leave the telling. `told`: the chronicle of that reading. `progress` gets how many
    turns are looked into, of how many. `seconds`: ways to an ending that take more than two events are looked for, for so long from
    each moment; the answer then depends on the machine."""
    run = story.run(reading)
    turns = [
        *_unmeant(run, story, reading),
        *_possible(run, story, reading),
        *_undone(run, story, reading, told),
        *_endings(story, reading, told, seconds),
    ]
    found: list[Branch] = []
    seen: set[tuple[int, str]] = set()
    for done, turn in enumerate(turns):
        if progress is not None:
            progress(done, len(turns))
        branch = turn()
        if branch is not None and (branch.after, branch.choice) not in seen:
            seen.add((branch.after, branch.choice))
            found.append(branch)
    return sorted(found, key=lambda branch: branch.after)


Turn = Callable[[], Branch | None]
"""Looks into one turn; None if nothing comes of it."""


def _unmeant(run: Run, story: Story, reading: str | None) -> Iterator[Turn]:
    def turn(step: Step) -> Branch:
        other = story.whatif(step.number, Change(outcome="meant"), reading)
        meant = run.sentence(step.meant)
        onward = run.steps[step.number : other.at]
        return _branch(run, step.number - 1, f"{meant}?", meant, onward, other)

    for step in run.steps:
        if step.meant != step.event:
            yield partial(turn, step)


def _possible(run: Run, story: Story, reading: str | None) -> Iterator[Turn]:
    def turn(moment: int, sentence: str) -> Branch | None:
        other = story.whatif(moment or "start", Change(force=(sentence,)), reading)
        if any(failing for _, failing in other.inserted):
            return None
        onward = run.steps[moment : max(other.at - 1, moment)]
        return _branch(run, moment, f"{sentence}?", sentence, onward, other)

    for expected in run.expected:
        if expected.expect.form in ("possible", "would"):
            for said in expected.expect.sentences:
                sentence = " ".join(said.text.split()).rstrip(".")
                yield partial(turn, expected.moment, sentence)


def _undone(run: Run, story: Story, reading: str | None, told: Chronicle) -> Iterator[Turn]:
    def turn(event: Event) -> Branch | None:
        before = event.number - 1
        other = story.whatif(before or "start", Change(forbid=(str(event.number),)), reading)
        onward = run.steps[event.number : other.at + 1]
        if not onward:
            return None  # nothing at all goes on without it
        said = clause(told, run.sentence(run.steps[before].meant), event)
        sentence = denied(said.subject, said.predicate, many=said.subject in many)
        return _branch(run, before, f"{sentence}?", sentence, onward, other)

    many = {person.name for person in told.persons if person.group}
    hanging = Counter(link.source for link in told.links)
    chosen = [e for e in told.events if e.reasons and hanging[e.number]]
    of_scene: dict[int, Event] = {}
    for event in sorted(chosen, key=lambda e: (-hanging[e.number], e.number)):
        of_scene.setdefault(event.scene, event)
    for event in sorted(list(of_scene.values())[:_UNDONE], key=lambda e: e.number):
        yield partial(turn, event)


def _endings(
    story: Story, reading: str | None, told: Chronicle, seconds: float | None
) -> Iterator[Turn]:
    limits = _NEAR if seconds is None else {**_FAR, "seconds": seconds}
    ends = {scene.events[-1] for scene in told.scenes if scene.events}

    def turn(name: str, moments: list[int]) -> Branch | None:
        for moment in moments:
            at = moment or "start"
            plans = story.plan(name, at=at, reading=reading, shortest=True, **limits)
            if plans:
                way = tuple(min(plans.stories, key=lambda found: len(found.steps)).sentences)
                choice = f"{way[0]}?"
                return Branch(moment, choice, way, f"So it ends: {name}.")
        return None

    for ending in told.endings:
        states = openness(ending, told.moments)
        if states[-1] != "holds" and "open" in states:
            last = max(moment for moment, state in enumerate(states) if state == "open")
            earlier = [m for m in range(last - 1, -1, -1) if m in ends and states[m] == "open"]
            yield partial(turn, ending.name, [last, *earlier[: _MOMENTS - 1]])


def _branch(
    run: Run, after: int, choice: str, first: str, onward: list[Step], other: WhatIf
) -> Branch:
    sentences = [run.sentence(step.event) for step in onward]
    rest = len(sentences) - _SHOWN
    ends = [f"It goes on as told for {rest} more events."] if rest > 0 else []
    if other.broken is None:
        ends.append("All else goes on as told.")
    elif other.broken in {each.number for each in other.changes.impossible}:
        ends.append(f"Then this can no longer happen: {_sentence(run, other.broken)}.")
    else:
        lost = (each.person for each in other.changes.lost if each.number == other.broken)
        ends.append(
            f"Then there is no reason left for {next(lost)}: {_sentence(run, other.broken)}."
        )
    ends += [f"An ending opens: {name}." for name in other.changes.endings_opened]
    ends += [f"An ending is closed: {name}." for name in other.changes.endings_closed]
    return Branch(after, choice, (first, *sentences[:_SHOWN]), " ".join(ends))


def _sentence(run: Run, number: int) -> str:
    return run.sentence(run.steps[number - 1].event)

"""Where a story might have gone otherwise, for a reader who chooses. There are four sorts of turns:

- what somebody meant and did not come to pass, had it come out as it was meant;
- what the author says could have happened (`expect possible`, `expect PERSON would`), had it;
- the act of a scene on which the most hangs, had nobody done it;
- an ending that the author names and the telling does not come to: a shortest way to it by acts of the story, from the last moment from
  which there is one.

Each is played: it goes on as told until something is no longer possible or nobody has a motive for it any more, and says what.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from intrigue.english import capital
from intrigue.story.story import StoryError
from intrigue.story.understand import supposed
from intrigue.story.whatif import Change, WhatIf
from intrigue.views.chronicle import Chronicle, Event
from intrigue.views.draw.tension import openness
from intrigue.views.export.interactive import Branch
from intrigue.views.tell.clauses import clause
from intrigue.world.predicates import denied

if TYPE_CHECKING:
    from intrigue.story.motives import Motives
    from intrigue.story.run import Run, Step
    from intrigue.story.story import Story

_SHOWN = 8
"""So many events of what then goes on are told."""
_UNDONE = 8
"""So many scenes are asked for what comes of it if their turn is not done: those whose turn the most hangs on."""
_STEPS, _WIDTH, _TRIED = 2, 20, 12
"""A way to an ending has at most so many events; so many ways of one length are gone on with; so many that arrive are asked for motives."""
_EFFORT = 1_000
"""Events tried for one such motive."""
_FAR: dict[str, Any] = {"max_events": 8, "max_motive": 8, "max_minds": 2}
"""The limits of the planner, for so many seconds, if somebody asks for that."""
_MOMENTS, _PLANNED = 12, 3
"""From so many moments, the last at which the ending is open and those before it; the planner only from the first."""

Progress = Callable[[int, int], None]


def branches(
    story: Story,
    told: Chronicle,
    reading: str | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> list[Branch]:
    """The other ways, in the order in which they leave the telling. `told`: the chronicle of that reading. `progress` gets how many
    turns are looked into, of how many. `seconds`: where no way to an ending is found among the acts of the story, the planner looks
    for one among all there are, for so long from each moment; the answer then depends on the machine."""
    run = story.run(reading)
    turns = [
        *_unmeant(run, story, reading),
        *_possible(run, story, reading),
        *_undone(run, story, reading, told),
        *_endings(run, story, reading, told, seconds),
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


def _supposing(story: Story, at: int | str, change: Change, reading: str | None) -> WhatIf | None:
    """What comes of a change; None if what it tells cannot take place at all."""
    try:
        return story.whatif(at, change, reading)
    except StoryError:
        return None


def _unmeant(run: Run, story: Story, reading: str | None) -> Iterator[Turn]:
    def turn(step: Step) -> Branch | None:
        if not run.engine.possible(step.before, step.meant):
            return None  # told although it cannot happen: nothing could have come of it
        other = _supposing(story, step.number, Change(outcome="meant"), reading)
        if other is None:
            return None
        meant = run.sentence(step.meant)
        onward = run.steps[step.number : other.at]
        return _branch(run, step.number - 1, f"{meant}?", meant, onward, other)

    for step in run.steps:
        if step.meant != step.event:
            yield partial(turn, step)


def _possible(run: Run, story: Story, reading: str | None) -> Iterator[Turn]:
    def turn(moment: int, sentence: str) -> Branch | None:
        other = _supposing(story, moment or "start", Change(force=(sentence,)), reading)
        if other is None or any(failing for _, failing in other.inserted):
            return None
        onward = run.steps[moment : max(other.at - 1, moment)]
        return _branch(run, moment, f"{sentence}?", sentence, onward, other)

    for expected in run.expected:
        if expected.expect.form in ("possible", "would"):
            for said in expected.expect.sentences:
                sentence = " ".join(said.text.split()).rstrip(".")
                if sentence != _told_next(run, expected.moment):
                    yield partial(turn, expected.moment, sentence)


def _told_next(run: Run, moment: int) -> str | None:
    """What happens then in any case, which is no other way."""
    return run.sentence(run.steps[moment].event) if moment < len(run.steps) else None


def _undone(run: Run, story: Story, reading: str | None, told: Chronicle) -> Iterator[Turn]:
    def turn(event: Event) -> Branch | None:
        before = event.number - 1
        other = story.whatif(before or "start", Change(forbid=(str(event.number),)), reading)
        onward = run.steps[event.number : other.at + 1]
        if not onward:
            return None  # nothing at all goes on without it
        said = clause(told, run.sentence(run.steps[before].meant), event)
        sentence = capital(denied(said.subject, said.predicate, many=said.subject in many))
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
    run: Run, story: Story, reading: str | None, told: Chronicle, seconds: float | None
) -> Iterator[Turn]:
    asked = {name: json.dumps(expr) for name, expr, _ in run.world.endings}
    motives = run.motives.cheaper(_EFFORT)

    def turn(name: str, moments: list[int]) -> Branch | None:
        for number, moment in enumerate(moments):
            try:
                way = [run.sentence(event) for event in _way(run, asked[name], moment, motives)]
            except MemoryError:
                return None  # so long a film leaves no room to look
            if not way and seconds is not None and number < _PLANNED:
                at, limits = moment or "start", {**_FAR, "seconds": seconds}
                plans = story.plan(name, at=at, reading=reading, **limits)
                way = plans.stories[0].sentences if plans else []
            if way and way[0] != _told_next(run, moment):
                return Branch(moment, f"{way[0]}?", tuple(way), f"So it ends: {name}.")
        return None

    for ending in told.endings:
        states = openness(ending, told.moments)
        if states[-1] != "holds" and "open" in states:
            moments = [moment for moment, state in enumerate(states) if state == "open"]
            yield partial(turn, ending.name, moments[: -_MOMENTS - 1 : -1])


def _way(run: Run, asked: str, moment: int, motives: Motives) -> tuple[int, ...]:
    """The shortest row of acts that brings the condition about and that everybody has motives for; empty if none is found. Either one
    act of a sort that the story tells, whoever does it; or several of those that are told or were meant; the first is not what happens
    then anyway. Breadth first, each state once."""
    engine, start = run.engine, run.states[moment]
    chosen = [step for step in run.steps if step.action.mode != "fate"]
    told = dict.fromkeys(step.meant for step in chosen)
    sorts = dict.fromkeys(engine.event_of(step.meant)[0] for step in chosen)
    any_ = [
        act
        for sort in sorts
        for act in engine.candidates(start, sort, [None] * len(run.world.actions[sort].params))
    ]
    anyway = {step.event for step in run.steps[moment : moment + 1]}
    ways: list[tuple[tuple[int, ...], int]] = [((), start)]
    seen, tried = {start}, 0
    for length in range(_STEPS):
        longer: list[tuple[tuple[int, ...], int]] = []
        for way, state in ways:
            for act in dict.fromkeys([*told, *any_]) if length == 0 else told:
                if not engine.possible(state, act) or (length == 0 and act in anyway):
                    continue
                after = supposed(engine, state, act)
                if after is None or after in seen:
                    continue  # the rules do not say how the world would be then, or it was so before
                seen.add(after)
                if act in told:
                    longer.append(((*way, act), after))
                if tried < _TRIED and engine.evaluate(after, asked, []) is True:
                    tried += 1
                    if _willed(run, moment, (*way, act), motives):
                        return (*way, act)
        ways = longer[:_WIDTH]
    return ()


def _willed(run: Run, moment: int, way: tuple[int, ...], motives: Motives) -> bool:
    """Whether everybody who must will one of these acts has a motive for it."""
    engine, state = run.engine, run.states[moment]
    for number, act in enumerate(way):
        for person in engine.willing(state, act):
            mind = engine.believed(state, person)
            found = motives.of(mind, person, act, told=way[number:])
            if found["verdict"] != "found":
                return False
        state = engine.after(state, act)
    return True


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

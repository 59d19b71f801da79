"""What an event reads and what it changes, in the truth and in people's minds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from intrigue.story.understand import understand

if TYPE_CHECKING:
    from intrigue._engine import MotiveTree
    from intrigue.story.run import Expected, Run, Step

Touched = set[tuple[tuple[int, ...], int]]
"""Fluents, each with the chain of persons in whose mind it stands; the empty chain is the truth.
Chains are cut after one person: what Li takes Jennie to believe counts as part of Li's mind."""


def changed_by(run: Run, step: Step) -> Iterator[tuple[tuple[int, ...], int]]:
    """The fluents that differ after the event, in the truth, then in each mind."""
    engine = run.engine
    for fluent in engine.changed(step.before, step.after):
        yield (), fluent
    for person, before, after in _minds_changed(run, step.before, step.after):
        for fluent in engine.changed(before, after):
            yield (person,), fluent


def changed_deeper(run: Run, step: Step) -> Iterator[tuple[tuple[int, ...], int]]:
    """The fluents that differ after the event in what people take others to believe; this costs more to find out."""
    for person, before, after in _minds_changed(run, step.before, step.after):
        for _, theirs, now in _minds_changed(run, before, after):
            for fluent in run.engine.changed(theirs, now):
                yield (person,), fluent


def _minds_changed(run: Run, before: int, after: int) -> Iterator[tuple[int, int, int]]:
    """Whose minds are not the same in two states, and what they are."""
    for person in run.world.persons:
        minds = run.engine.believed(before, person), run.engine.believed(after, person)
        if minds[0] != minds[1]:
            yield person, *minds


def read_by_step(run: Run, step: Step) -> Touched:
    """What the event's conditions read, and what the plans behind it do."""
    read = _reads_of_needs(run, step.before, step.event, ())
    for verdict in run.verdicts(step):
        read |= _reads_of_plan(run, verdict.motive["plan"], verdict.person, step.before)
    return read


def read_by_expectation(run: Run, expected: Expected) -> Touched:
    """What an `expect` condition reads; for other forms, what the events it names need."""
    state = run.states[expected.moment]
    read: Touched = set()
    expr = run.condition(expected)
    if expr is not None:
        reads = run.engine.reads(state, json.dumps(expr), [])
        read |= {(tuple(chain[:1]), fluent) for chain, fluent in reads}
    for sentence in expected.expect.sentences:
        event = understand(run.world, run.engine, state, sentence).event
        if event is not None:
            read |= _reads_of_needs(run, state, event, ())
    return read


def _reads_of_plan(run: Run, plan: Sequence[MotiveTree], person: int, state: int) -> Touched:
    """What a plan reads in the mind of its person, and of the others whom that person counts on."""
    mind = run.engine.believed(state, person)
    read: Touched = set()
    for part in plan:
        read |= _reads_of_needs(run, mind, part["event"], (person,))
        for other, others in part["others"].items():
            inner = run.engine.believed(mind, other)
            for nested in others:
                read |= _reads_of_needs(run, inner, nested["event"], (person,))
                inner = run.engine.after(inner, nested["event"], other)
        mind = run.engine.after(mind, part["event"], person)
    return read


def read_by_wants(run: Run, person: int) -> Touched:
    """What the person's motives are for, in that person's mind."""
    wants = (want for want in run.world.wants if want.who in (None, person))
    facts = frozenset().union(*(want.reads for want in wants))
    return {((person,), fluent) for fluent in run.fluents_of(facts)}


def _reads_of_needs(run: Run, state: int, event: int, chain: tuple[int, ...]) -> Touched:
    number, args = run.engine.event_of(event)
    return {
        ((*chain, *deeper)[:1], fluent)
        for need in run.needs_of(number)
        for deeper, fluent in run.engine.reads(state, need, args)
    }

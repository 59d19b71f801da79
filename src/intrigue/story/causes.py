"""Why a condition does not hold: what it reads, the value that has, the event that last made it so,
and who knew of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.diagnostic import Note
from intrigue.story.understand import supposed

if TYPE_CHECKING:
    from intrigue.story.run import Run, Step

_MOST_NOTES = 4
_MOST_TRIED = 400
"""How many events are tried when looking for one that would repair a condition."""


def reads_that_fail(
    run: Run, state: int, expr: Any, args: Sequence[int]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """The fluents on which it rests that a condition does not hold, each once, with the chain of persons in whose mind it was read:
    what its failing parts read, and none of what holds beside them. Of alternatives all fail."""
    yield from dict.fromkeys(_reads_that_fail(run, state, expr, args))


def _reads_that_fail(
    run: Run, state: int, expr: Any, args: Sequence[int]
) -> Iterator[tuple[tuple[int, ...], int]]:
    if holds(run, state, expr, args):
        return
    parts = (expr.get("and") or expr.get("or")) if isinstance(expr, dict) else None
    for part in parts or ():
        yield from _reads_that_fail(run, state, part, args)
    if not parts:
        for chain, fluent in run.engine.reads(state, json.dumps(expr), list(args)):
            yield tuple(chain), fluent


def holds(run: Run, state: int, expr: Any, args: Sequence[int]) -> bool:
    """Whether a condition is true (neither false nor open)."""
    return run.engine.evaluate(state, json.dumps(expr), list(args)) is True


def notes_on(run: Run, moment: int, expr: Any, args: Sequence[int]) -> tuple[Note, ...]:
    """One note for each fluent on which the failing condition rests: its value, since when, and who
    knows it."""
    state = run.states[moment]
    reads = islice(reads_that_fail(run, state, expr, args), _MOST_NOTES)
    return tuple(note_on(run, moment, chain, fluent) for chain, fluent in reads)


def unimaginable(run: Run, person: int, mind: int, event: int) -> str | None:
    """Why an event cannot take place in a person's mind although its conditions hold there, in words; None if it can."""
    from intrigue._engine import EventError, TriggerLoopError

    try:
        run.engine.after(mind, event, person)
    except EventError as error:
        _, fluent, one, other = error.args
        values = f"{run.names.value_of(fluent, one)} and {run.names.value_of(fluent, other)}"
        return f"it would make {run.names.fluent(fluent)} {values} at once"
    except TriggerLoopError:
        return "what follows from it would never come to rest"
    return None


def note_on(run: Run, moment: int, chain: Sequence[int], fluent: int) -> Note:
    """The value of a fluent (in somebody's mind), the event that made it so, who knows it."""
    value = run.engine.value(run.mind(moment, chain), fluent)
    said = f"{run.names.fluent(fluent)} is {run.names.value_of(fluent, value)}"
    if chain:
        said = f"{in_the_mind(run, chain)} {said}"
    step = run.since(moment, chain, fluent)
    if step is None:
        said += ", so from the start"
    else:
        said += f", since event {step.number}: {run.words(step)}"
    if not chain:
        said += f" ({known_to(run, moment, fluent)})"
    return Note(said, step.told.sentence.span if step else None)


def in_the_mind(run: Run, chain: Sequence[int]) -> str:
    """`Li believes that Jennie believes that`."""
    return " ".join(f"{run.names.does(person, 'believes')} that" for person in chain)


def known_to(run: Run, moment: int, fluent: int) -> str:
    """Who knows the fluent's true value, in words."""
    knowing = run.knowing(moment, fluent)
    if not knowing:
        return "nobody knows it"
    if len(knowing) == len(run.world.persons):
        return "everybody knows it"
    ignorant = [person for person in run.world.persons if person not in set(knowing)]
    if len(ignorant) < len(knowing):
        return f"known to all but {listed(run, ignorant)}"
    return f"known to {listed(run, knowing)}"


def listed(run: Run, atoms: Sequence[int], most: int = 6) -> str:
    """Names with commas, cut off after `most`."""
    names = [run.world.atoms[atom].name for atom in atoms]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def possible_events(run: Run, state: int, touching: frozenset[int] | None = None) -> Iterator[int]:
    """Events that are possible in the state, by action in the order of declaration; of chosen
    actions that may change one of the facts `touching`, if given."""
    for action in run.world.actions:
        if action.meant is not None or action.mode != "chosen":
            continue
        if touching is None or touching & action.writes:
            yield from run.engine.candidates(state, action.id, [None] * len(action.params))


def facts_in_failing(run: Run, step: Step) -> frozenset[int]:
    """The facts that the step's failing conditions read."""
    return frozenset(
        run.engine.fluent_of(fluent)[0]
        for index in step.failing
        for _, fluent in run.engine.reads(
            step.before, json.dumps(step.action.needs[index].expr), list(step.args)
        )
    )


def one_event_before(run: Run, step: Step) -> int | None:
    """A chosen event, possible just before the step, after which the step would be possible."""
    facts = facts_in_failing(run, step)
    for event in islice(possible_events(run, step.before, facts), _MOST_TRIED):
        after = supposed(run.engine, step.before, event)
        if after is not None and run.engine.possible(after, step.event):
            return event
    return None


def one_event_to_inform(run: Run, step: Step, person: int, fluents: Sequence[int]) -> int | None:
    """A chosen event, possible just before the step, which is still possible after it and then is done by a person who knows the true
    values of the fluents; if the person must will it, one that the person takes to be possible.
    """
    engine = run.engine
    for event in islice(possible_events(run, step.before), _MOST_TRIED):
        own = person in engine.willing(step.before, event)
        if own and not engine.possible(engine.believed(step.before, person), event):
            continue
        after = supposed(engine, step.before, event)
        if after is None or not engine.possible(after, step.meant):
            continue
        mind = engine.believed(after, person)
        if all(engine.value(mind, f) == engine.value(step.before, f) for f in fluents):
            return event
    return None

"""Where a claimed plan breaks, step by step, in the mind of whoever is said to have it; and what somebody wants and has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.diagnostic import Note
from intrigue.english import signed
from intrigue.story.arithmetic import changes, gain_and_loss, imagined, unmet, want_text
from intrigue.story.causes import reads_that_fail, unimaginable
from intrigue.story.understand import supposed
from intrigue.world.patterns import agreeing

if TYPE_CHECKING:
    from intrigue.story.run import Run
    from intrigue.story.verdicts import Verdict

_TAILS = 8
"""Of so many events every part is tried when a step is left out; of more, only all of them."""
_MOST = 4
"""How many wants, or values of facts, are told."""
_MINDS = 2
"""How deep it is looked whether an act changes what somebody believes: two is what others believe of one another."""


def breaks(run: Run, verdict: Verdict) -> tuple[Note, ...]:
    """Why the plan that is claimed is none: the first step that cannot be, or that somebody else would not take; else that it
    ends no better, or does as well with less."""
    engine, person = run.engine, verdict.person
    if not verdict.claimed:
        return ()
    mind = engine.believed(verdict.step.before, person)
    events: list[int] = []
    for number, (state, event, possible) in enumerate(_steps(run, verdict), 1):
        if not possible:
            return tuple(_obstacles(run, (person,), state, event, number))
        other = _unwilling(run, person, state, event) if number > 1 else None
        if other is not None:
            own = engine.believed(state, other)
            if not _can_be(run, other, own, event):
                return tuple(_obstacles(run, (person, other), own, event, number))
            none = run.motives.of(own, other, event)["verdict"] == "none"
            found = "has no" if none else "was not found to have a"
            said = f"step {number}, {run.sentence(event)}: as {run.names.does(person, 'sees')} it,"
            notes = [Note(f"{said} {run.world.atoms[other].name} {found} reason for it")]
            return (*notes, *open_wants(run, own, other))
        events.append(event)
    if verdict.claim is not None and verdict.claim.brings is not None:
        return ()
    state = imagined(engine, person, mind, events)
    gain = changes(run, person, mind, state)
    if (engine.utility(state, person) or 0.0) <= (engine.utility(mind, person) or 0.0):
        said = f"each step is possible, but it ends no better for {run.world.atoms[person].name}"
        notes = [Note(f"{said}: {gain_and_loss(gain)}")]
        notes += [Note(f"{signed(part.amount)}  {part.want}") for part in gain[:_MOST]]
        return (*notes, *(() if gain else open_wants(run, mind, person)))
    idle = _idle(run, person, mind, events)
    if idle is not None:
        out, kept = ("; ".join(map(run.sentence, part)) for part in idle)
        now = changes(run, person, mind, imagined(engine, person, mind, idle[1]))
        serves = ", ".join(f"{signed(part.amount)} {part.want}" for part in now[:_MOST])
        return (
            Note(f"it ends as well without this: {out}"),
            Note(f"what remains is enough: {kept or 'nothing'}{f' ({serves})' if serves else ''}"),
        )
    return (Note("each step is possible and it ends better; more must happen in between, or less"),)


def _steps(run: Run, verdict: Verdict) -> Iterator[tuple[int, int, bool]]:
    """A claimed plan step by step in the mind of its person: the state before, the event, and whether it can be; up to the first
    that cannot."""
    engine = run.engine
    state = engine.believed(verdict.step.before, verdict.person)
    for options in ((verdict.step.meant,), *verdict.claimed):
        event = next((e for e in options if _can_be(run, verdict.person, state, e)), None)
        if event is None:
            yield state, min(options, key=lambda e: len(engine.failing(state, e))), False
            return
        yield state, event, True
        state = engine.after(state, event, verdict.person)


def _can_be(run: Run, person: int, mind: int, event: int) -> bool:
    """Whether an event can take place as a person sees it."""
    return (
        run.engine.possible(mind, event) and supposed(run.engine, mind, event, person) is not None
    )


def _unwilling(run: Run, person: int, state: int, event: int) -> int | None:
    """Somebody else who must will an event of the person's plan and, as far as was looked, would not."""
    for other in run.engine.willing(state, event):
        own = run.engine.believed(state, other)
        if other != person and run.motives.of(own, other, event)["verdict"] != "found":
            return other
    return None


def open_wants(run: Run, mind: int, person: int) -> list[Note]:
    """What the person wants and, as far as the person believes, has not: what a plan could be for."""
    own: list[str] = []
    for index, args, _ in unmet(run, mind, person):
        # what is wanted of this person alone comes before what is wanted of everybody
        want = want_text(run, index, args).removeprefix("wants ")
        own.insert(0 if not args else len(own), want)
    many = person in run.world.tables.groups
    lacks = f"{run.names.does(person, 'wants')} and {agreeing('has', plural=many)} not"
    if not own:
        return [Note(f"there is nothing that {lacks}")]
    more = f", and {len(own) - _MOST} more" if len(own) > _MOST else ""
    return [Note(f"what {lacks}: {'; '.join(own[:_MOST])}{more}")]


def effects_in(run: Run, verdict: Verdict) -> list[Note]:
    """What the act itself changes, as the person sees it, and which of the person's wants that touches."""
    engine, person = run.engine, verdict.person
    mind = engine.believed(verdict.step.before, person)
    hindered = unimaginable(run, person, mind, verdict.step.meant)
    if hindered is not None:
        return [Note(f"as {run.names.does(person, 'sees')} it, {hindered}")]
    after = engine.after(mind, verdict.step.meant, person)
    changed = engine.changed(mind, after)
    facts = {engine.fluent_of(fluent)[0] for fluent in changed}
    wants = [
        want
        for want in run.world.wants
        if want.who in (None, person) and want.form != "shares" and want.reads & facts
    ]
    said = [
        f"{run.names.fluent(f)} = {run.names.value_of(f, engine.value(after, f))}" for f in changed
    ]
    name = run.world.atoms[person].name
    notes = []
    if said:
        more = f", and {len(said) - _MOST} more" if len(said) > _MOST else ""
        notes.append(
            Note(
                f"what it changes, as {run.names.does(person, 'sees')} it: {', '.join(said[:_MOST])}{more}"
            )
        )
    elif _same(run, mind, after, _MINDS):
        notes.append(Note(f"by itself it changes nothing, as {run.names.does(person, 'sees')} it"))
    else:
        notes.append(Note("by itself it changes only what somebody believes"))
    if said and not wants:
        notes.append(Note(f"no want of {name} speaks of any of that"))
    return notes


def _same(run: Run, one: int, other: int, minds: int) -> bool:
    """Whether two states agree in their facts, and in what everybody in them believes, so many minds deep."""
    engine = run.engine
    if one == other:
        return True
    if engine.changed(one, other):
        return False
    return minds == 0 or all(
        _same(run, engine.believed(one, each), engine.believed(other, each), minds - 1)
        for each in run.world.persons
    )


def _obstacles(
    run: Run, chain: Sequence[int], state: int, event: int, number: int
) -> Iterator[Note]:
    """The conditions of an event that fail in a mind, with the values there of what they read; what else keeps it from taking place
    there, if none does."""
    engine = run.engine
    action, args = engine.event_of(event)
    where = " that ".join(run.names.does(person, "takes it") for person in chain)
    which = "the act itself" if number == 1 else f"step {number}"
    failing = engine.failing(state, event)
    if not failing:
        hindered = unimaginable(run, chain[-1], state, event)
        yield Note(f"{which}, {run.sentence(event)}: {where} that {hindered}")
    for index in failing:
        need = run.world.actions[action].needs[index]
        said = run.names.filled_in(need.span, run.world.actions[action].params, args)
        yield Note(
            f"{which}, {run.sentence(event)}: {where} that by then this does not hold: {said}",
            need.span,
        )
        yield from _values(run, state, need.expr, args)


def _values(run: Run, state: int, expr: Any, args: Sequence[int]) -> Iterator[Note]:
    for chain, fluent in islice(reads_that_fail(run, state, expr, args), _MOST):
        mind = state
        for person in chain:
            mind = run.engine.believed(mind, person)
        value = run.names.value_of(fluent, run.engine.value(mind, fluent))
        who = "".join(f"{run.names.does(person, 'believes')} that " for person in chain)
        yield Note(f"there {who}{run.names.fluent(fluent)} is {value}")


def leaner(run: Run, verdict: Verdict) -> str:
    """How to mend a claimed plan in which a step is idle: the claim that stays without it, or no such act; empty if none is."""
    if not verdict.claimed:
        return ""
    person = verdict.person
    steps = list(_steps(run, verdict))
    if not all(possible for _, _, possible in steps):
        return ""
    events = [event for _, event, _ in steps]
    idle = _idle(run, person, steps[0][0], events)
    if idle is None:
        return ""
    name = run.world.atoms[person].name
    if idle[0][0] == events[0]:
        ends = [steps[0][0], imagined(run.engine, person, steps[0][0], events)]
        before, after = (run.engine.utility(end, person) or 0.0 for end in ends)
        refused = any(_unwilling(run, person, state, event) for state, event, _ in steps[1:])
        if refused or after <= before:
            return ""
        return f"leave it out, or let it serve something that {run.names.does(person, 'wants')}"
    rest = "; ".join(run.sentence(event) for event in idle[1][1:])
    return f"claim only what it takes: `{f'because {name}: {rest}' if rest else 'no `because` at all'}`"


def _idle(
    run: Run, person: int, mind: int, events: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """An event that can be left out, perhaps with some that come after it and need it, and those that remain, as many as may be: each
    possible, and a reason for whoever else must will it, and it ends as well (docs/semantics.md, section 8, rule 5)."""
    engine = run.engine
    goal = engine.utility(imagined(engine, person, mind, events), person) or 0.0
    for out in range(len(events)):
        before, after = events[:out], events[out + 1 :]
        for size in range(len(after), -1, -1) if len(after) <= _TAILS else (len(after),):
            for rest in combinations(range(len(after)), size):
                kept = (*before, *(after[i] for i in rest))
                if _as_good(run, person, mind, kept, out, goal):
                    gone = (after[i] for i in range(len(after)) if i not in rest)
                    return (events[out], *gone), kept
    return None


def _as_good(
    run: Run, person: int, mind: int, kept: Sequence[int], untouched: int, goal: float
) -> bool:
    """Whether the events can be, and end at least so well. `untouched`: so many at the beginning stand in the plan as they do here."""
    engine = run.engine
    if not kept and goal > (engine.utility(mind, person) or 0.0):
        return False
    state = mind
    for number, event in enumerate(kept):
        after = supposed(engine, state, event, person)
        if after is None or not engine.possible(state, event):
            return False
        if number and number >= untouched and _unwilling(run, person, state, event) is not None:
            return False
        state = after
    return (engine.utility(state, person) or 0.0) >= goal

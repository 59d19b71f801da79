"""failed-expectation: what the author expects at a moment is not so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain as joined
from itertools import islice, product

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.language import tree
from intrigue.story.arithmetic import changes, gain_and_loss
from intrigue.story.causes import note_on, notes_on, possible_events, unimaginable
from intrigue.story.findings import Finding
from intrigue.story.run import Expected, Run
from intrigue.story.understand import MOST_GUESSES, Understood, fillings, lacking, understand
from intrigue.story.verdicts import MOST_FILLINGS, narrowed

_SEARCHES = 12
"""The effort of so many searches for a motive goes into a plan of which the author names a part."""
_MOST_SHORT = 100
"""So many of the shortest searches count as a whole one: whatever is looked for takes its time."""

Failure = tuple[str, tuple[Note, ...], str]
"""Label, notes, repair."""


_LONGER = "look longer, with `--effort`, or for shorter plans, with `--max-events`"


class _Undecided(Exception):
    """A limit stopped the search on which the expectation depends. args: (what stopped it, how to mend that)."""


class _NotUnderstood(Exception):
    """A sentence or condition of the expectation means nothing. args: (diagnostics,)."""


def failed_expectations(run: Run) -> Iterator[Finding]:
    """One finding for each `expect` line that fails, cannot be understood, or cannot be decided
    within the limits."""
    for expected in run.expected:
        for diagnostic in failures(run, expected):
            yield Finding(diagnostic, expected.scene, expected.expect)


def failures(run: Run, expected: Expected) -> list[Diagnostic]:
    """What is wrong with one `expect` line; nothing if it holds."""
    expect = expected.expect
    text = " ".join(expect.span.source.text[expect.span.start : expect.span.end].split())
    try:
        failure = _FORMS[expect.form](run, expected)
    except _NotUnderstood as error:
        return list(error.args[0])
    except _Undecided as error:
        return [
            Diagnostic(
                "undecided-expectation",
                expect.span,
                {"expectation": text, "stopped": error.args[0], "limits": str(run.motives.limits)},
                label="neither shown nor excluded",
                repair=error.args[1],
            )
        ]
    if failure is None:
        return []
    label, notes, repair = failure
    return [
        Diagnostic(
            "failed-expectation",
            expect.span,
            {"expectation": text},
            label=label,
            notes=notes,
            repair=repair,
        )
    ]


def _holds(run: Run, expected: Expected) -> Failure | None:
    expr = _condition(run, expected)
    value = run.engine.evaluate(run.states[expected.moment], json.dumps(expr), [])
    if value is True:
        return None
    label = "is not so" if value is False else "is not certain"
    return (
        label,
        (*notes_on(run, expected.moment, expr, []), *_in_truth(run, expected.moment, expr)),
        "tell before it what makes it so, or expect what is",
    )


def _in_truth(run: Run, moment: int, expr: object) -> Iterator[Note]:
    """What is so, where the expectation is about what somebody takes to be so."""
    reads = run.engine.reads(run.states[moment], json.dumps(expr), [])
    told = {fluent for chain, fluent in reads if not chain}
    for fluent in dict.fromkeys(fluent for chain, fluent in reads if chain and fluent not in told):
        yield note_on(run, moment, (), fluent)


def _possible(run: Run, expected: Expected) -> Failure | None:
    understood = _event(run, expected, expected.expect.sentences[0])
    if understood.possible:
        return None
    return (
        "cannot happen here",
        _obstacles(run, expected, understood),
        "tell before it what makes it possible",
    )


def _impossible(run: Run, expected: Expected) -> Failure | None:
    understood = _event(run, expected, expected.expect.sentences[0])
    if not understood.possible:
        return None
    assert understood.event is not None
    return (
        "can happen here",
        (Note(f"all conditions hold of: {run.sentence(understood.event)}"),),
        "tell before it what prevents it, or let the action need what is missing",
    )


def _would(run: Run, expected: Expected) -> Failure | None:
    understood, person, plan = _motive(run, expected)
    if plan is not None:
        return None
    name = run.world.atoms[person].name
    if not _wills(run, expected, understood, person):
        return (
            f"{run.names.does(person, 'has')} no say in it",
            (Note("the action's `will` does not name this person"),),
            "expect it of the person who must will the event",
        )
    if not understood.possible:
        return f"{name} could not do this here", _obstacles(run, expected, understood), ""
    assert understood.event is not None
    mind, meant = run.mind(expected.moment, (person,)), run.meant(understood.event)
    hindered = unimaginable(run, person, mind, meant)
    if hindered is not None:
        does, sees = (run.names.does(person, verb) for verb in ("does", "sees"))
        notes = (Note(f"as {sees} it, {hindered}"),)
        return f"{does} not believe that it is possible", notes, ""
    parts = changes(run, person, mind, run.engine.after(mind, meant, person))
    return (
        f"nothing in it for {name}",
        (
            Note(f"no motive within {run.motives.limits}"),
            Note(f"by the act itself, as {name} sees it: {gain_and_loss(parts)}"),
        ),
        f"let something earlier give {name} a reason",
    )


def _would_not(run: Run, expected: Expected) -> Failure | None:
    _, person, plan = _motive(run, expected)
    if plan is None:
        return None
    name = run.world.atoms[person].name
    return (
        f"{name} would",
        (Note(f"the plan: {'; '.join(run.sentence(event) for event in plan)}"),),
        f"take away the reason that {name} has, or what makes it possible",
    )


def _plans(run: Run, expected: Expected) -> Failure | None:
    """A plan that goes through the events: one that begins with the first of them, else with any
    other event."""
    person = _person(run, expected)
    mind = run.mind(expected.moment, (person,))
    choices = [_all_events(run, sentence) for sentence in expected.expect.sentences]
    untried = any(len(events) == MOST_GUESSES for events in choices)
    choices = narrowed(run, mind, person, mind, choices)
    told = run.told_after(expected.moment)
    undecided: str | None = None
    effort = run.motives.limits.effort
    left = _SEARCHES * effort
    for first, waypoints in _beginnings(run, mind, person, choices):
        if left <= 0:
            undecided = undecided or "events examined"
            break
        motive = run.motives.of(mind, person, first, waypoints=waypoints, told=told)
        if motive["verdict"] == "found":
            return None
        if motive["verdict"] == "undecided":
            undecided = motive["stopped_by"] or "a limit"
        left -= max(motive["examined"] + motive["looked_into"], effort // _MOST_SHORT, 1)
    if undecided:
        raise _Undecided(undecided, _LONGER)
    if untried or any(len(events) > MOST_FILLINGS for events in choices):
        repair = "say what its words leave out, in the words of another pattern of the action"
        raise _Undecided("more meanings of a sentence than are tried", repair)
    name = run.world.atoms[person].name
    return (
        f"{run.names.does(person, 'has')} no plan that goes this way",
        (Note(f"none within {run.motives.limits}"),),
        f"let {name} learn what makes the plan possible, or want what it brings",
    )


def _beginnings(
    run: Run, mind: int, person: int, choices: Sequence[Sequence[int]]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """How a plan through events can begin, and what it goes through then: with the first of them, else with another event that is the
    person's to will, likely ones first."""
    for events in product(*choices):
        yield events[0], events[1:]
    likely = run.engine.likely(mind, person)
    others = dict.fromkeys(joined(likely, possible_events(run, mind)))
    own = [
        event
        for event in others
        if run.meant(event) == event and person in run.engine.willing(mind, event)
    ]
    for events in product(*choices):
        yield from ((event, events) for event in own if event != events[0])


def _lost(run: Run, expected: Expected) -> Failure | None:
    expr = _condition(run, expected)
    if not run.engine.reachable(run.states[expected.moment], json.dumps(expr), []):
        return None
    return "may still come about", (Note("it is not shown that no event can bring it about"),), ""


def _open(run: Run, expected: Expected) -> Failure | None:
    expr = _condition(run, expected)
    if run.engine.reachable(run.states[expected.moment], json.dumps(expr), []):
        return None
    return (
        "is lost",
        (
            Note("no sequence of events, accidents included, can bring it about any more"),
            *notes_on(run, expected.moment, expr, []),
        ),
        "take back the event that closed this way, or add an action that opens it again",
    )


_FORMS: dict[str, Callable[[Run, Expected], Failure | None]] = {
    "holds": _holds,
    "possible": _possible,
    "impossible": _impossible,
    "would": _would,
    "would not": _would_not,
    "plans": _plans,
    "lost": _lost,
    "open": _open,
}


def _condition(run: Run, expected: Expected) -> object:
    from intrigue.world.conditions import resolve

    assert expected.expect.condition is not None
    expr, problems = resolve(run.world, expected.expect.condition)
    if problems:
        raise _NotUnderstood(problems)
    return expr


def _event(run: Run, expected: Expected, sentence: tree.SentenceText) -> Understood:
    understood = understand(run.world, run.engine, run.states[expected.moment], sentence)
    if understood.event is None:
        raise _NotUnderstood([understood.problem])
    return understood


def _all_events(run: Run, sentence: tree.SentenceText) -> list[int]:
    """Every event that the sentence could tell, possible or not, as those who will it mean it: nobody plans a slip."""
    from intrigue.world.sentences import match, unknown_sentence

    readings = match(run.world, sentence.text)
    if not readings:
        raise _NotUnderstood([unknown_sentence(run.world, sentence)])
    events = (
        run.meant(event)
        for reading in readings
        for event in fillings(run.world, run.engine, reading.action, reading.args)
    )
    found = list(dict.fromkeys(islice(events, MOST_GUESSES)))
    if not found:
        raise _NotUnderstood([lacking(run.world, sentence, readings[0])])
    return found


def _person(run: Run, expected: Expected) -> int:
    name = expected.expect.person
    assert name is not None
    person = run.person(name)
    if person is None:
        raise _NotUnderstood(
            [
                Diagnostic(
                    "unknown-name",
                    name.span,
                    {"sort": "person", "name": name.text},
                    label="nobody is called so",
                )
            ]
        )
    return person


def _motive(run: Run, expected: Expected) -> tuple[Understood, int, list[int] | None]:
    """The event expected, the person, and the plan that the person has for it as it is meant, if any: none for what others do alone."""
    person = _person(run, expected)
    understood = _event(run, expected, expected.expect.sentences[0])
    assert understood.event is not None
    if not understood.possible or not _wills(run, expected, understood, person):
        return understood, person, None
    mind = run.mind(expected.moment, (person,))
    told = run.told_after(expected.moment)
    motive = run.motives.of(mind, person, run.meant(understood.event), told=told)
    if motive["verdict"] == "undecided":
        raise _Undecided(motive["stopped_by"] or "a limit", _LONGER)
    plan = [part["event"] for part in motive["plan"]] if motive["verdict"] == "found" else None
    return understood, person, plan


def _wills(run: Run, expected: Expected, understood: Understood, person: int) -> bool:
    """Whether the event is the person's to will at all."""
    assert understood.event is not None
    meant = run.meant(understood.event)
    return person in run.engine.willing(run.states[expected.moment], meant)


def _obstacles(run: Run, expected: Expected, understood: Understood) -> tuple[Note, ...]:
    """The conditions of the event that fail, with what they read."""
    assert understood.event is not None
    number, args = run.engine.event_of(understood.event)
    notes: list[Note] = []
    for index in run.engine.failing(run.states[expected.moment], understood.event):
        condition = run.world.actions[number].needs[index]
        said = run.names.filled_in(condition.span, run.world.actions[number].params, args)
        notes.append(Note(f"this does not hold: {said}", condition.span))
        notes.extend(notes_on(run, expected.moment, condition.expr, args))
    return tuple(notes)

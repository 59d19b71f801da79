"""unmotivated-event, uninformed-act, undecided-motive, false-motive: would this person do that,
knowing what he knows?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.english import signed
from intrigue.language import tree
from intrigue.story.arithmetic import changes, gain_and_loss
from intrigue.story.breaks import breaks, effects_in, leaner, open_wants
from intrigue.story.causes import (
    in_the_mind,
    note_on,
    one_event_to_inform,
    reads_that_fail,
    unimaginable,
)
from intrigue.story.findings import Finding
from intrigue.story.run import Run, Step
from intrigue.story.verdicts import MOST_FILLINGS, Verdict, differences


def motives(run: Run) -> Iterator[Finding]:
    """One finding for each willing person without a (proved) motive, and for each claim about
    somebody who wills nothing."""
    for step in run.steps:
        willing = set(step.willing)
        for because in step.told.because:
            person = run.person(because.person)
            if person is None or person not in willing:
                yield _finding(step, _idle_claim(run, step, because))
        if step.failing:
            continue
        for verdict in run.verdicts(step):
            if verdict.kind == "none":
                yield _finding(step, _unmotivated(run, verdict))
            elif verdict.kind == "uninformed":
                yield _finding(step, _uninformed(run, verdict))
            elif verdict.kind == "undecided":
                yield _finding(step, _undecided(run, verdict))
            elif verdict.problems:
                yield from (_finding(step, problem) for problem in verdict.problems)
            elif verdict.kind == "false claim":
                yield _finding(step, _false_claim(run, verdict))


def _finding(step: Step, diagnostic: Diagnostic) -> Finding:
    return Finding(diagnostic, step.scene, step.told)


def _blanks(run: Run, verdict: Verdict) -> dict[str, str]:
    return {
        "person": run.world.atoms[verdict.person].name,
        "event": run.sentence(verdict.step.meant),
        "limits": str(run.motives.limits),
    }


def _unmotivated(run: Run, verdict: Verdict) -> Diagnostic:
    step, person = verdict.step, verdict.person
    engine, name = run.engine, run.world.atoms[person].name
    mind = engine.believed(step.before, person)
    notes: list[Note] = []
    if not engine.possible(mind, step.meant):
        number, args = engine.event_of(step.meant)
        notes.append(Note(f"{run.names.does(person, 'does')} not believe that it is possible:"))
        for index in engine.failing(mind, step.meant):
            condition = run.world.actions[number].needs[index]
            said = run.names.filled_in(condition.span, run.world.actions[number].params, args)
            notes.append(
                Note(
                    f"as {run.names.does(person, 'sees')} it, this does not hold: {said}",
                    condition.span,
                )
            )
            notes.extend(_in_mind(run, step, person, condition.expr, args))
        repair = f"let {name} learn before that it is possible"
    elif (hindered := unimaginable(run, person, mind, step.meant)) is not None:
        notes.append(Note(f"{run.names.does(person, 'does')} not believe that it is possible:"))
        notes.append(Note(f"as {run.names.does(person, 'sees')} it, {hindered}"))
        repair = f"let {name} learn before that it is possible"
    else:
        parts = changes(run, person, mind, engine.after(mind, step.meant, person))
        notes.append(Note(f"none within {run.motives.limits}"))
        notes.append(
            Note(
                f"by the act itself, as {run.names.does(person, 'sees')} it: {gain_and_loss(parts)}"
            )
        )
        notes.extend(Note(f"{signed(part.amount)}  {part.want}") for part in parts)
        if not parts:
            notes.extend(effects_in(run, verdict))
        notes.extend(open_wants(run, mind, person))
        repair = (
            f"give {name} a want that the event serves, or let something earlier (a threat, "
            f"a debt, an order) give a reason; or say what for, with `because {name}: ...`"
        )
    return Diagnostic(
        "unmotivated-event",
        step.told.sentence.span,
        _blanks(run, verdict),
        label=f"nothing in it for {name}",
        notes=tuple(notes),
        repair=repair,
    )


def _in_mind(run: Run, step: Step, person: int, expr: object, args: list[int]) -> Iterator[Note]:
    """What the person takes the fluents of a condition to be."""
    mind = run.engine.believed(step.before, person)
    for chain, fluent in islice(reads_that_fail(run, mind, expr, args), 3):
        yield note_on(run, step.number - 1, (person, *chain), fluent)


def _uninformed(run: Run, verdict: Verdict) -> Diagnostic:
    name = run.world.atoms[verdict.person].name
    notes, repair = _unknown_to(run, verdict)
    return Diagnostic(
        "uninformed-act",
        verdict.step.told.sentence.span,
        _blanks(run, verdict),
        label=f"{name} cannot know why",
        notes=notes,
        repair=repair,
    )


def _unknown_to(run: Run, verdict: Verdict) -> tuple[tuple[Note, ...], str]:
    """What there is to know that would give a motive, and how the person could learn it."""
    step, person = verdict.step, verdict.person
    assert verdict.truth is not None
    name = run.world.atoms[person].name
    plan = verdict.truth["plan"]
    wrong = differences(run, step, plan, step.before, person)
    notes = [
        Note(f"to somebody who knew the truth it would be: {_told(run, verdict)}"),
    ]
    for difference in wrong:
        value = run.names.value_of(difference.fluent, difference.believed)
        others = in_the_mind(run, difference.chain)
        notes.append(
            Note(
                f"{run.names.does(person, 'takes')} it that {others} "
                f"{run.names.fluent(difference.fluent)} is {value}"
                if others
                else f"{run.names.does(person, 'takes')} {run.names.fluent(difference.fluent)} to be {value}"
            )
        )
        notes.append(note_on(run, step.number - 1, difference.chain, difference.fluent))
    own = [difference.fluent for difference in wrong if not difference.chain]
    informing = one_event_to_inform(run, step, person, own) if own else None
    if informing is not None:
        return tuple(notes), f"let {name} learn it before, for example: {run.sentence(informing)}"
    if wrong:
        return tuple(notes), f"tell before it how {name} learns of it"
    return tuple(notes), f"say what {name} does it for, with `because {name}: ...`"


def _told(run: Run, verdict: Verdict) -> str:
    """The plan that the truth would give, as sentences."""
    assert verdict.truth is not None
    return "; ".join(run.sentence(part["event"]) for part in verdict.truth["plan"])


def _undecided(run: Run, verdict: Verdict) -> Diagnostic:
    name = run.world.atoms[verdict.person].name
    stopped = verdict.motive["stopped_by"] or "a limit"
    examined = verdict.motive["examined"]
    notes: tuple[Note, ...] = (Note(f"stopped by: {stopped}, after {examined} events examined"),)
    if verdict.motive["verdict"] == "none":
        stopped = f"only {MOST_FILLINGS} plans that the claim can mean were tried"
        notes = (Note(stopped), *breaks(run, verdict))
        repair = (
            "say in the claim what it leaves out, in the words of another pattern of the action"
        )
    elif verdict.claim is not None:
        notes += breaks(run, verdict)
        other = f"claim another plan of {name}, or look longer, with `--effort`"
        repair = leaner(run, verdict) or other
    else:
        mind = run.engine.believed(verdict.step.before, verdict.person)
        wanted = open_wants(run, mind, verdict.person)
        notes += (*effects_in(run, verdict), *wanted)
        repair = f"say what for, with `because {name}: ...`, or look longer, with `--effort`"
        if not any(": " in note.text for note in wanted):
            repair = f"give {name} a want that the event serves"
    if verdict.truth is not None:
        unknown, repair = _unknown_to(run, verdict)
        notes += unknown
    return Diagnostic(
        "undecided-motive",
        verdict.step.told.sentence.span,
        _blanks(run, verdict) | {"stopped": stopped},
        label=f"no motive found for {name}, none excluded",
        notes=notes,
        repair=repair,
    )


def _false_claim(run: Run, verdict: Verdict) -> Diagnostic:
    assert verdict.claim is not None
    name = run.world.atoms[verdict.person].name
    notes = [
        Note(f"no plan of {name} goes this way within {run.motives.limits}"),
        *breaks(run, verdict),
    ]
    mind = run.engine.believed(verdict.step.before, verdict.person)
    other = run.motives.of(mind, verdict.person, verdict.step.meant)
    if other["verdict"] == "found":
        plan = "; ".join(run.sentence(part["event"]) for part in other["plan"])
        notes.append(Note(f"there is another motive: {plan}"))
        repair = "claim this motive, or leave the claim out and let it be found"
    else:
        better = f"claim what {name} can believe to work, and to end better"
        repair = leaner(run, verdict) or better
    return Diagnostic(
        "false-motive",
        verdict.claim.span,
        _blanks(run, verdict),
        label="this does not explain it",
        notes=tuple(notes),
        repair=repair,
    )


def _idle_claim(run: Run, step: Step, because: tree.Because) -> Diagnostic:
    willing = [run.world.atoms[person].name for person in step.willing]
    who = f"only {', '.join(willing)}" if willing else "nobody"
    return Diagnostic(
        "false-motive",
        because.span,
        {
            "person": because.person.text,
            "event": run.words(step),
            "limits": str(run.motives.limits),
        },
        label=f"{because.person.text} need not will this event",
        notes=(Note(f"{who} must will it"),),
        repair="drop the claim, or claim it of a person who wills the event",
    )

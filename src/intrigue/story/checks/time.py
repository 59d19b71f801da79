"""impossible-time, deadline-missed, two-places-at-once, idle-time-mark: what is said of time cannot be, or says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from intrigue.diagnostics.catalogue import headline
from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.story.blocks import idle
from intrigue.story.findings import Finding
from intrigue.story.run import Run
from intrigue.story.times import Pointless, Refused, day_words, moment_words, timing, words

_MOST_NOTES = 12
"""How many parts of a contradiction are told."""


def times(run: Run) -> Iterator[Finding]:
    """What contradicts itself, deadlines missed, what speaks of nothing."""
    blocks = run.layout.blocks
    if not (
        any(block.says for block in blocks.blocks)
        or any(told.times for _, told in blocks.lines)
        or any(step.action.deadlines for step in run.steps)
    ):
        return
    found = timing(run)
    scenes = {id(line): scene for scene in run.scenes for line in scene.lines}
    for each in found.pointless:
        why = "what it speaks of is not told"
        if isinstance(each, Pointless):
            span = each.when.span
            yield idle(
                _text(span.source.text[span.start : span.end]), span, why, each.scene, each.line
            )
        else:
            yield idle(each.text, each.span, why, scenes[id(each)], each)
    for missed in found.missed:
        span = missed.when.span
        yield Finding(
            Diagnostic(
                "deadline-missed",
                span,
                {"deadline": missed.text},
                label="does not come true in what is told",
                repair="tell what makes it true, in time",
            ),
            missed.step.scene,
            missed.step.told,
        )
    for unborn in found.unborn:
        span = unborn.step.told.sentence.span
        name = run.world.atoms[unborn.person].name
        happens = moment_words(found.schedule, found.schedule.starts[unborn.step.told_at - 1])
        yield Finding(
            Diagnostic(
                "impossible-time",
                span,
                {"text": run.words(unborn.step)},
                label=f"{name} is not born yet",
                notes=(
                    Note(f"{name} is born on {day_words(unborn.born)} or later"),
                    Note(f"this happens on {happens}, by what is told of time"),
                ),
                repair="correct the birth, or say how much later this happens",
            ),
            unborn.step.scene,
            unborn.step.told,
        )
    for refused in found.refused:
        yield Finding(_contradiction(refused), refused.scene, refused.line)


def _contradiction(refused: Refused) -> Diagnostic:
    """The chain of bounds that cannot all be kept."""
    found = refused.contradiction
    others = [
        bound
        for bound, least in found.chain
        if bound is not found.bound and (abs(least) > 1e-9 or bound.sort == "person")
    ]
    persons = [bound for bound in others if bound.sort == "person"]
    span = found.bound.span
    written = _text(span.source.text[span.start : span.end]) if span else ""
    text = found.bound.text or written
    notes = [Note(bound.says, bound.span) for bound in others[:_MOST_NOTES]]
    if len(others) > _MOST_NOTES:
        notes.append(Note(f"and {len(others) - _MOST_NOTES} more"))
    by = f"by {words(found.excess)}" if found.excess > 1 / 30 else "by the order of the events"
    notes.insert(0, Note(f"{found.bound.says}; this and the following miss each other {by}:"))
    blanks = {"text": text}
    if found.bound.sort == "deadline":
        code, label = "deadline-missed", f"{words(found.excess)} too late"
        blanks = {"deadline": text}
        repair = "let less happen in between, or more of it `meanwhile`; or give more time"
    elif persons:
        code, label = "two-places-at-once", "who is in the one cannot be in the other"
        blanks = {"person": persons[0].says.split(" is in ")[0]}
        repair = "tell the one after the other, or let somebody else do it"
    else:
        code, label = "impossible-time", "contradicts what is told otherwise"
        repair = "change one of the times in the chain"
    return Diagnostic(code, span, blanks, label=label, notes=tuple(notes), repair=repair)


def _text(written: str) -> str:
    return " ".join(written.split())


def new_troubles(run: Run, again: Run) -> Iterator[str]:
    """What is said of time and cannot be kept in the second telling, though it could in the first: in words, with by how much."""
    before = set(_troubles(run))
    yield from (each for each in _troubles(again) if each not in before)


def _troubles(run: Run) -> Iterator[str]:
    for found in times(run):
        said = headline(found.diagnostic)
        yield f"{said[:1].lower()}{said[1:]} ({found.diagnostic.label})"

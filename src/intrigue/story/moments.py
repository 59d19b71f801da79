"""A moment of a telling, as people name it: `14`, `start`, `end`, `[7]`, a scene's title, a sentence, a line of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.diagnostics.suggest import nearest
from intrigue.language.digits import counted
from intrigue.language.names import key
from intrigue.story.story import StoryError

if TYPE_CHECKING:
    from intrigue.story.run import Run, Step


def steps_at(run: Run, at: str | int) -> list[Step]:
    """The events that `at` names: one by its number, those citing a sentence `[n]`, those of a scene, that on a line
    (`x.story:40`, `line 40`), or those that a sentence tells.

    Raises StoryError if there are none.
    """
    text = str(at).strip()
    if text.isdecimal():
        steps = [step for step in run.steps if step.number == counted(text)]
    elif cited := re.fullmatch(r"\[(\d+)\]", text):
        number = counted(cited[1])
        steps = [step for step in run.steps if number in step.told.citations]
        # what only a scene cites is told by all its events
        steps = steps or [step for step in run.steps if number in step.scene.citations]
    elif line := re.fullmatch(r"(?:.*:|line\s+)(\d+)", text, re.IGNORECASE):
        steps = [step for step in run.steps if _line(step) == counted(line[1])]
    else:
        titles = {key(scene.title).casefold(): scene for scene in run.scenes}
        scene = titles.get(key(text).casefold())
        steps = run.steps_of(scene) if scene else _told(run, text)
    if not steps:
        raise StoryError([_unknown(run, text)])
    return steps


def _line(step: Step) -> int:
    """The line of the story that tells it."""
    span = step.told.sentence.span
    return span.source.text.count("\n", 0, span.start) + 1


def _told(run: Run, text: str) -> list[Step]:
    """The events that a sentence tells: those told in these words, or, where there are none, in others."""
    from intrigue.world.sentences import match

    words = _words(text)
    if same := [step for step in run.steps if _words(step.told.sentence.text) == words]:
        return same
    readings = match(run.world, text.rstrip(".!。"))
    return [
        step
        for step in run.steps
        if any(
            reading.action == step.action.id
            and all(a in (None, b) for a, b in zip(reading.args, step.args, strict=True))
            for reading in readings
        )
    ]


def _words(sentence: str) -> str:
    return key(sentence.rstrip(" .!。")).casefold()


def moment(run: Run, at: str | int | None) -> int:
    """How many events have happened at a moment: after the last event that `at` names; None and
    `end` are the end.

    Raises StoryError if there is no such moment.
    """
    text = "end" if at is None else str(at).strip()
    if text.casefold() == "end":
        return len(run.steps)
    if text.casefold() in ("start", "0"):
        return 0
    return steps_at(run, text)[-1].number


def _unknown(run: Run, text: str) -> Diagnostic:
    titles = [scene.title for scene in run.scenes]
    wanted = key(text).casefold()
    within = (title for title in titles if wanted and wanted in title.casefold())
    like = next(within, nearest(text, titles))
    return Diagnostic(
        "unknown-moment",
        None,
        {"moment": text},
        repair=f"did you mean the scene `{like}`?"
        if like
        else f"an event's number (1 to {len(run.steps)}), `[n]` for a sentence of the source "
        "that is cited, a scene's title, a sentence as it is told, `line n`, `start` or `end`",
    )

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
    from intrigue.language import tree
    from intrigue.story.run import Run, Step


def steps_at(run: Run, at: str | int) -> list[Step]:
    """The events that `at` names: one by its number, those citing a sentence `[n]`, those of a scene, that on a line
    (`x.story:40`, `line 40`), or those that a sentence tells.

    Raises StoryError if there are none.
    """
    return named_at(run, at)[0]


def named_at(run: Run, at: str | int) -> tuple[list[Step], list[tree.Scene]]:
    """The same, and the scenes if they are named by their title, which several may have."""
    text = str(at).strip()
    scenes: list[tree.Scene] = []
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
        title = key(text).casefold()
        scenes = [scene for scene in run.scenes if key(scene.title).casefold() == title]
        steps = [step for step in run.steps if step.scene in scenes] or _told(run, text)
    if not steps:
        raise StoryError([_unknown(run, text, bool(scenes))])
    return steps, scenes


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


def is_end(at: str | int | None) -> bool:
    """Whether that is the end of the story, at which everything has been told."""
    return at is None or str(at).strip().casefold() == "end"


def moment(run: Run, at: str | int | None) -> int:
    """How many events have happened at a moment: after the last event that `at` names; None and
    `end` are the end.

    Raises StoryError if there is no such moment.
    """
    if is_end(at):
        return len(run.steps)
    text = str(at).strip()
    if text.casefold() in ("start", "0"):
        return 0
    return steps_at(run, text)[-1].number


def _unknown(run: Run, text: str, scene: bool) -> Diagnostic:
    """What there is instead; `scene`: it is the title of one."""
    titles = [each.title for each in run.scenes]
    wanted = key(text).casefold()
    within = (title for title in titles if wanted and wanted in title.casefold())
    like = next(within, nearest(text, titles))
    repair = (
        f"an event's number (1 to {len(run.steps)}), `[n]` for a sentence of the source that is cited, "
        "a scene's title, a sentence as it is told, `line n`"
    )
    elsewhere = (
        scene.reading.text
        for scene in run.world.telling
        if scene.reading and scene not in run.scenes and key(scene.title).casefold() == wanted
    )
    other = next(elsewhere, None)
    if other is not None:
        repair = f"that scene belongs to the reading {other}: `--reading {other}`"
    elif not run.steps:
        repair = "no event is told: there are only `start` and `end`"
    elif scene:
        repair = "nothing happens in this scene: name another, or an event"
    elif wanted in ("start", "end", "0"):
        repair = f"here an event is meant: {repair}"
    elif like:
        repair = f"did you mean the scene `{like}`?"
    else:
        repair += ", `start` or `end`"
    return Diagnostic("unknown-moment", None, {"moment": text}, repair=repair)

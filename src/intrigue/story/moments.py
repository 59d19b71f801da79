"""A moment of a telling, as people name it: `14`, `start`, `end`, `[7]`, a scene's title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.diagnostics.suggest import nearest
from intrigue.story.story import StoryError

if TYPE_CHECKING:
    from intrigue.story.run import Run, Step


def steps_at(run: Run, at: str | int) -> list[Step]:
    """The events that `at` names: one by its number, those citing a sentence `[n]`, or those of a
    scene.

    Raises StoryError if there are none.
    """
    text = str(at).strip()
    if text.isdecimal():
        steps = [step for step in run.steps if step.number == int(text)]
    elif cited := re.fullmatch(r"\[(\d+)\]", text):
        number = int(cited[1])
        steps = [step for step in run.steps if number in step.told.citations]
        # what only a scene cites is told by all its events
        steps = steps or [step for step in run.steps if number in step.scene.citations]
    else:
        titles = {scene.title.casefold(): scene for scene in run.scenes}
        scene = titles.get(text.casefold())
        steps = run.steps_of(scene) if scene else []
    if not steps:
        raise StoryError([_unknown(run, text)])
    return steps


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
    like = nearest(text, titles)
    return Diagnostic(
        "unknown-moment",
        None,
        {"moment": text},
        repair=f"did you mean the scene `{like}`?"
        if like
        else f"an event's number (1 to {len(run.steps)}), `[n]` for a sentence of the source "
        "that is cited, a scene's title, `start` or `end`",
    )

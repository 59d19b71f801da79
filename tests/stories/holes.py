"""A film told without the line that answers a question of its source, and what `check` asks then."""

from __future__ import annotations

import shutil
from pathlib import Path

import intrigue
from intrigue.diagnostics.catalogue import severity
from intrigue.diagnostics.diagnostic import Severity

STORIES = Path(__file__).parents[2] / "stories"

NO_MOTIVE = ("unmotivated-event", "uninformed-act", "undecided-motive")
"""How surely there is none depends on how far is looked; the question to the author is the same."""


def excerpt(
    folder: Path, film: str, mended_by: str, until: str, instead: str = ""
) -> intrigue.Story:
    """The film up to the scene `until`, without the one line that begins so; `instead`: what the line becomes."""
    told = (STORIES / f"{film}.story").read_text(encoding="utf-8").splitlines()
    end = next(i for i, line in enumerate(told) if line.startswith(f"scene {until} "))
    (at,) = (i for i, line in enumerate(told[:end]) if line.lstrip().startswith(mended_by.lstrip()))
    after = at + 1
    while told[after].startswith("    "):  # what hangs under the sentence goes with it
        after += 1
    lines = [*told[:at], *filter(None, [instead]), *told[after:end]]
    shutil.copy(STORIES / f"{film}.txt", folder)
    path = folder / "excerpt.story"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return intrigue.load(path)


def asked(story: intrigue.Story) -> list[tuple[str, str]]:
    """Errors and warnings that are not allowed: the code, or that there is no motive, and the text that is underlined."""
    return [
        (
            "no motive" if d.code in NO_MOTIVE else d.code,
            d.span.source.text[d.span.start : d.span.end],
        )
        for d in story.check().diagnostics
        if d.span and severity(d.code) != Severity.ADVICE and not d.allowed
    ]

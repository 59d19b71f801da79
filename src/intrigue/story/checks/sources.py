"""missing-source, empty-source, no-such-sentence: the document that the story cites."""

from __future__ import annotations

from collections.abc import Iterator

from intrigue.story.findings import Finding
from intrigue.story.run import Run
from intrigue.story.story import StoryError
from intrigue.story.trace import trace


def citations(run: Run) -> Iterator[Finding]:
    """One finding if the source cannot be read; else one for each citation of a sentence that it does not have."""
    if run.world.source_document is None:
        return
    try:
        found = trace(run).problems
    except StoryError as error:
        found = error.diagnostics
    yield from map(Finding, found)

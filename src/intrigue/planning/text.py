"""A story written down with another telling: the text of its file, some sentences kept, others added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from intrigue.language.lines import Line, first_word, line_end, read_lines

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Source


def retold_text(
    source: Source,
    kept: Collection[int],
    dropped: Collection[int],
    title: str,
    sentences: Sequence[str],
    cast: Sequence[str] = (),
) -> str:
    """The text of a story file with another telling.

    `kept`, `dropped`: offsets of the told sentences that stay and that go, each with what hangs under
    it; what stands between them in a scene (marks of time, expectations) stays up to the last one
    kept. Scenes of which nothing stays go. `cast`: lines to add to the cast.
    Then a scene called `title` follows with `sentences`, if there are any.
    """
    text = source.text
    top, _ = read_lines(source)
    ends = [*(_line_start(text, line.start) for line in top[1:]), len(text)]
    pieces: list[str] = []
    at = 0
    for line, end in zip(top, ends, strict=True):
        if first_word(text, line.start, line.end) == "scene":
            pieces += [text[at : _line_start(text, line.start)], _scene(text, line, kept, dropped)]
            at = end
    pieces.append(text[at:])
    parts = ["".join(pieces).rstrip()]
    if cast:
        parts.append("\n".join(["cast", *(f"  {line}" for line in cast)]))
    if sentences:
        parts.append("\n".join([f"scene {title}", *(f"  {each}." for each in sentences)]))
    return "\n\n".join(parts) + "\n"


def _scene(text: str, scene: Line, kept: Collection[int], dropped: Collection[int]) -> str:
    """What stays of a scene: nothing, or its lines up to the last sentence that is kept."""
    last = max((i for i, child in enumerate(scene.children) if child.start in kept), default=None)
    if last is None:
        return ""
    lines = [text[_line_start(text, scene.start) : line_end(text, scene.end)]]
    for child in scene.children[: last + 1]:
        if child.start not in dropped:
            block = text[_line_start(text, child.start) : line_end(text, child.end_of_block)]
            lines.append(block)
    return "\n".join(lines) + "\n\n"


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1

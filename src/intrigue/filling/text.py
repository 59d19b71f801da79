"""A filling written into the author's text: gap lines give way to sentences, everything else stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from intrigue.language.lines import citation_start, content

if TYPE_CHECKING:
    from intrigue.filling.telling import Opening
    from intrigue.story.story import Story


def filled_text(
    story: Story, gaps: Sequence[Opening], rows: Sequence[Sequence[str]], keep: Collection[int]
) -> str:
    """The text of the story with sentences in the place of its gap lines; a sentence may have lines of its own below it. What a gap
    line cites goes to its first sentence, and so does its comment. `keep`: gaps that stay open behind what was put in."""
    text = story.world.files[-1].span.source.text
    edits: list[tuple[int, int, str]] = []
    for gap, sentences in zip(gaps, rows, strict=True):
        at = gap.gap.span.start
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        indent = text[start:at]
        told = "\n".join(_lines(sentence, indent) for sentence in sentences)
        if gap.number in keep:
            edits.append((start, start, f"{told}\n" if told else ""))
            continue
        tail = _tail(text, start, end)
        if told:
            first, _, rest = told.partition("\n")
            edits.append((start, end, f"{first}{tail}" + (f"\n{rest}" if rest else "")))
        elif tail.strip().startswith("#"):
            edits.append((start, end, f"{indent}{tail.strip()}"))
        else:
            edits.append((start, min(end + 1, len(text)), ""))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text.rstrip("\n") + "\n"


def _lines(sentence: str, indent: str) -> str:
    """A sentence as a line of a scene, with what stands below it."""
    head, *below = sentence.split("\n")
    return "\n".join([f"{indent}{head}.", *(f"{indent}  {line}" for line in below)])


def _tail(text: str, start: int, end: int) -> str:
    """What stands behind the content of a line: citation and comment, with the spaces before them."""
    first, last = content(text, start, end)
    cited = citation_start(text, first, last)
    said = text[first:cited].rstrip()
    return text[first + len(said) : end].rstrip()

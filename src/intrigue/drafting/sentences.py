"""A synopsis as sentences in paragraphs, whether it has one sentence a line, one paragraph a line, or lines broken anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intrigue.drafting import words
from intrigue.records import dataclass

_SHORT = (
    r"(\b(?:Mr|Mrs|Ms|Dr|St|Sgt|Lt|Col|Gen|Capt|Cpl|Pvt|Prof|Rev|Hon|Sr|Jr|No|Mt|Fr|Insp|Det|Supt|vs|etc|approx|cf|e\.g|i\.e)"
    r"|\b[A-Z])\."
)
"""A full stop that ends no sentence, with the word before it."""
_ABBREVIATION = re.compile(_SHORT + "$")
_END = re.compile(r"(?:[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*(?:[^\W_a-z]|\d))|[。！？]+[”’」』）]*)")
_THE_END = re.compile(r"\W*(?:the end|fin|finis)\W*", re.IGNORECASE)
_TITLE = re.compile(r"[^\W_a-z](?:[\w ,:&'’–-]*\w)?")
_TITLE_WORDS = 8
_CLOSED = re.compile(r"[.!?…。！？:;][\"'”’)\]」』）]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, counted from 1. `paragraph` counts from 0."""

    number: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Synopsis:
    """`one_a_line`: the document has one sentence on each line that is not blank, as sources of stories have, and nothing else.
    `title`: what stands above the text, empty if it has none."""

    sentences: tuple[Sentence, ...]
    one_a_line: bool
    title: str = ""


def split(text: str) -> Synopsis:
    """Finds the sentences of a synopsis and its paragraphs; its title, and that it ends, are none of them."""
    paragraphs = [
        [" ".join(line.split()) for line in block.split("\n") if line.strip()]
        for block in re.split(r"\n[^\S\n]*\n", text)
    ]
    paragraphs = [lines for lines in paragraphs if lines]
    title = _title(paragraphs)
    if title:
        paragraphs = [lines for lines in (paragraphs[0][1:], *paragraphs[1:]) if lines]
    lines = [line for block in paragraphs for line in block]
    # lines that stop in the middle of a sentence are broken by an editor, not by the author
    broken = sum(not _CLOSED.search(line) for block in paragraphs for line in block[:-1])
    joined = broken * 2 > max(1, len(lines) - len(paragraphs))
    found: list[tuple[str, int]] = []
    several = False
    for number, block in enumerate(paragraphs):
        units = [" ".join(block)] if joined else block
        parts = [_sentences(unit) for unit in units]
        several = several or joined or any(len(part) > 1 for part in parts)
        found += [(sentence, number) for part in parts for sentence in part]
    most_single = not joined and len(found) <= 1.34 * len(lines) and len(lines) > 1
    if several and most_single:
        # here and there a line holds two sentences: the line is still what the author counts
        found = [(line, number) for number, block in enumerate(paragraphs) for line in block]
    ends = len(found) > 1 and _THE_END.fullmatch(found[-1][0]) is not None
    one_a_line = not joined and len(found) == len(lines) and not title and not ends
    if ends:
        found.pop()
    return Synopsis(
        tuple(Sentence(i, sentence, paragraph) for i, (sentence, paragraph) in enumerate(found, 1)),
        one_a_line,
        title,
    )


def _title(paragraphs: Sequence[Sequence[str]]) -> str:
    """The first line, if it is short, has no full stop where others have, and stands alone or has capitals as titles have them."""
    lines = [line for block in paragraphs for line in block]
    if not any(map(_CLOSED.search, lines[1:])):
        return ""
    first = lines[0]
    said = first.split()
    if _TITLE.fullmatch(first) is None or len(said) > _TITLE_WORDS:
        return ""
    small = words.FUNCTION | words.PARTICLES
    capital = all(not word[0].islower() or word in small for word in said)
    return first if capital or len(paragraphs[0]) == 1 else ""


def without_short_stops(text: str) -> str:
    """Without the full stops that end no sentence: `Mr Is` for `Mr. Is`."""
    return re.sub(_SHORT, r"\1", text)


def _sentences(text: str) -> list[str]:
    """The sentences of one stretch of text."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        said = text[start : end.end()]
        if _ABBREVIATION.search(said):
            continue
        found.append(said.strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]

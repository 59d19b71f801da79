"""Offsets to lines and columns, and how wide text is on a terminal."""

from __future__ import annotations

import unicodedata

from intrigue.diagnostics.diagnostic import Span
from intrigue.records import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span begins and ends: lines and columns from 1, columns in characters, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def place(span: Span) -> Place:
    """The lines and columns of a span."""
    text = span.source.text
    line = text.count("\n", 0, span.start) + 1
    line_start = text.rfind("\n", 0, span.start) + 1
    end_line = line + text.count("\n", span.start, span.end)
    end_start = text.rfind("\n", 0, span.end) + 1
    return Place(
        str(span.source.path),
        line,
        span.start - line_start + 1,
        end_line,
        span.end - end_start + 1,
    )


def line_text(span: Span) -> tuple[str, int]:
    """The line in which a span begins, and the offset at which that line begins."""
    text = span.source.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    return text[start : len(text) if end < 0 else end], start


def one_line(span: Span) -> str:
    """What stands there, on one line."""
    return " ".join(span.source.text[span.start : span.end].split())


def shown(character: str) -> str:
    """A character as it may be sent to a terminal: nothing that steers it, tabs as four spaces."""
    if character == "\t":
        return "    "
    if character.isprintable() or unicodedata.category(character) in ("Zs", "Cf"):
        # Marks that turn the direction of writing could make a line read as another one.
        return (
            ""
            if character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
            else character
        )
    return "\ufffd"


def width(text: str) -> int:
    """The columns that a text takes on a terminal: two for wide (CJK) characters, none for combining marks."""
    if text.isascii():
        return len(text)
    total = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            continue
        total += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return total

"""Small things that every sentence of the program may need."""

from __future__ import annotations


def capital(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


def number_of(count: int, noun: str) -> str:
    """So many of something: `1 event`, `2 events`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

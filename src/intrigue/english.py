"""Small things that every sentence of the program may need."""

from __future__ import annotations


def capital(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


def number_of(count: int, noun: str) -> str:
    """So many of something: `1 event`, `2 events`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def digits(value: float) -> str:
    """A number as the language writes it: all digits of a whole one, twelve of any other, since adding up leaves some behind these."""
    return str(int(value)) if float(value).is_integer() else f"{value:.12g}"


def signed(value: float) -> str:
    """`+4` or `-0.5`: a difference."""
    return f"{'-' if value < 0 else '+'}{digits(abs(value))}"

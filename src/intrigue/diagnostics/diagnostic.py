"""A mistake is a value. Its wording comes from the catalogue: one Markdown file a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from intrigue.records import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read: its path as the user named it, and its text."""

    path: Path
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one source: offsets into its text, end exclusive."""

    source: Source
    start: int
    end: int


class Severity(StrEnum):
    """How bad it is: errors fail a check, warnings ask for an `allow`, advice is only said."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Note:
    """Something said below the headline, perhaps about another place."""

    text: str = field(repr=False)
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` names a file of the catalogue, whose template makes the headline from `blanks`.
    `label` is written beside the underlined span. `allowed` is the author's reason, if accepted on purpose.
    """

    code: str
    span: Span | None
    blanks: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    notes: tuple[Note, ...] = ()
    repair: str = ""
    allowed: str | None = None

    def __str__(self) -> str:
        from intrigue.diagnostics.render import text

        return text(self)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"

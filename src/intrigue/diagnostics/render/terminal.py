"""Diagnostics for people: headline, place, the line with its underlining, notes, what would mend it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from intrigue.diagnostics.catalogue import entry, headline, severity
from intrigue.diagnostics.diagnostic import Diagnostic, Severity, Span
from intrigue.diagnostics.position import line_text, place, shown, width
from intrigue.english import number_of

LINE_WIDTH = 100
"""Source lines wider than this are shown in part."""

_WINDOW = 5 * LINE_WIDTH
"""How much of a line on either side is looked at; more would be cut off."""

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "allowed": "2",
    "frame": "34",
    "strong": "1",
}


def coloured(stream: TextIO) -> bool:
    """Whether to write colours to a stream: only to a terminal that has them, and not against `NO_COLOR`."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def text(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """One diagnostic as a block of lines, without a line end after the last."""
    return "\n".join(_Block(diagnostic, colour).lines())


def closing(diagnostics: Iterable[Diagnostic]) -> str:
    """What was found, counted: `2 errors, 1 warning, 3 advice`; what was allowed apart."""
    counts = dict.fromkeys(Severity, 0)
    allowed = 0
    for diagnostic in diagnostics:
        if diagnostic.allowed is not None:
            allowed += 1
        else:
            counts[severity(diagnostic.code)] += 1
    parts = []
    if counts[Severity.ERROR]:
        parts.append(number_of(counts[Severity.ERROR], "error"))
    if counts[Severity.WARNING]:
        parts.append(number_of(counts[Severity.WARNING], "warning"))
    if counts[Severity.ADVICE]:
        parts.append(f"{counts[Severity.ADVICE]} advice")
    if not parts:
        parts.append("nothing found")
    if allowed:
        parts.append(f"{allowed} allowed")
    return ", ".join(parts)


class _Block:
    """The lines of one diagnostic."""

    def __init__(self, diagnostic: Diagnostic, colour: bool) -> None:
        self.diagnostic = diagnostic
        self.colour = colour
        spans = [diagnostic.span, *(note.span for note in diagnostic.notes)]
        numbers = [place(span).line for span in spans if span is not None]
        self.gutter = len(str(max(numbers, default=1)))

    def lines(self) -> list[str]:
        """Everything there is to say."""
        diagnostic = self.diagnostic
        level = str(severity(diagnostic.code))
        style = level
        if diagnostic.allowed is not None:
            level, style = f"allowed {level}", "allowed"
        head = self._paint(f"{level}[{diagnostic.code}]", style)
        lines = [f"{head}: {self._paint(_clean(headline(diagnostic)), 'strong')}"]
        if diagnostic.span is not None:
            lines += self._excerpt(diagnostic.span, diagnostic.label, "^", style)
        for note in diagnostic.notes:
            lines += self._remark("note", note.text)
            if note.span is not None:
                lines += self._excerpt(note.span, "", "-", "frame")
        if diagnostic.repair:
            lines += self._remark("repair", diagnostic.repair)
        if diagnostic.allowed is not None:
            lines += self._remark("allowed", diagnostic.allowed)
        elif entry(diagnostic.code).allowable and level != Severity.ADVICE:
            lines += self._remark("if on purpose", f"`allow {diagnostic.code}: REASON`")
        return lines

    def _remark(self, word: str, said: str) -> list[str]:
        first, *rest = _clean_lines(said)
        indent = " " * self.gutter
        lines = [
            f"{indent} {self._paint('=', 'frame')} {self._paint(f'{word}:', 'strong')} {first}"
        ]
        return lines + [f"{indent}     {line}" for line in rest]

    def _excerpt(self, span: Span, label: str, mark: str, style: str) -> list[str]:
        """`--> file:line:column` and the line with the span underlined; nothing to underline in an empty file."""
        where = place(span)
        indent = " " * self.gutter
        bar = self._paint("|", "frame")
        lines = [
            f"{indent}{self._paint('-->', 'frame')} {_clean(where.file)}:{where.line}:{where.column}"
        ]
        source, start = line_text(span)
        if not source.strip():
            return lines
        first = span.start - start
        last = min(max(span.end - start, first), len(source.rstrip()))
        before, marked, after = (
            "".join(map(shown, part))
            for part in (
                source[max(0, first - _WINDOW) : first],
                source[first : min(last, first + _WINDOW)],
                source[last : last + _WINDOW].rstrip(),
            )
        )
        before, marked, after = _cropped(before, marked, after)
        underline = mark * max(1, width(marked))
        if where.end_line > where.line:
            underline += "..."
        line = f"{before}{marked}{after}"
        number = self._paint(str(where.line).rjust(self.gutter), "frame")
        lines.append(f"{indent} {bar}")
        lines.append(f"{number} {bar} {line}")
        said = f"{underline} {_clean(label)}".rstrip()
        lines.append(f"{indent} {bar} {' ' * width(before)}{self._paint(said, style)}")
        return lines

    def _paint(self, words: str, style: str) -> str:
        return f"\033[{_STYLES[style]}m{words}\033[0m" if self.colour else words


def _clean(said: str) -> str:
    return "".join(map(shown, " ".join(said.split("\n"))))


def _clean_lines(said: str) -> list[str]:
    return ["".join(map(shown, line)) for line in said.split("\n")] or [""]


def _cropped(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """A line cut down to `LINE_WIDTH` around what is marked, `…` standing for what was cut off."""
    if width(before) + width(marked) + width(after) <= LINE_WIDTH:
        return before, marked, after
    if width(marked) > LINE_WIDTH // 2:
        marked = marked[: LINE_WIDTH // 3] + "…"
        after = ""
    room = LINE_WIDTH - width(marked)
    if width(before) > room // 2:
        lead = before[: len(before) - len(before.lstrip())][:8]
        before = lead + "…" + before[len(before) - room // 4 :]
    if width(before) + width(marked) + width(after) > LINE_WIDTH:
        after = after[: max(0, (LINE_WIDTH - width(before) - width(marked)) // 2)] + "…"
    return before, marked, after

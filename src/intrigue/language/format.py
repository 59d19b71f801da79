"""The formatter: one way to lay out a file. Lines stay where their author broke them; comments and citations are kept.

Two spaces a level, four more where a line goes on; single spaces inside lines, by the rules for
each sign; what is said of neighbouring facts, and the citations of one section, in one column; a
blank line between sections. Formatting twice is formatting once, and the tree stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from intrigue.diagnostics.catalogue import severity
from intrigue.diagnostics.diagnostic import Diagnostic, Severity, Source
from intrigue.diagnostics.position import width
from intrigue.language.lines import (
    Line,
    citation_start,
    comment_start,
    content,
    first_word,
    indentation,
    physical_lines,
    read_lines,
)
from intrigue.language.names import KEYWORDS
from intrigue.language.parse import parse
from intrigue.language.tokens import END, Cursor
from intrigue.records import dataclass

STEP = 2
"""Spaces a level."""

GOES_ON = 4
"""Spaces more where a line goes on in the next."""

CITATION_COLUMN = 72
"""Citations stand in one column, but no further right than this; behind longer lines they follow after two spaces."""

FACT_COLUMN = 44
"""The same for what is said of facts (who sees them, phrases)."""

_STOP = "\0"
"""Stands in a row where the column of a fact begins; no text holds it."""

_RAW_SECTIONS = frozenset(("world", "story", "include", "in", "source", "rules", "allow", "scene"))
_RAW_EXPECT = re.compile(
    r"expect\s+(?:(?:possible|impossible)\s*:|[^(){}=<>:;!]+?\s(?:would|plans)(?:[\s:]|$))"
)
_OPENS_VALUE = (
    frozenset(["(", ",", ";", ":", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "|"])
    | KEYWORDS
)

_SOFT = frozenset(
    (
        *("secretly", "hopes", "show", "shows", "share", "shares", "tell", "tells", "learn"),
        *("learns", "forget", "forgets", "who", "at", "by", "to", "from", "whether", "that"),
        *("holding", "until", "needs", "makes", "will", "when", "expect", "secret", "wants"),
        "suffers",
    )
)
"""Words that a bracket may follow without being their arguments: the space before it stays."""


class Unformattable(Exception):
    """A file with errors keeps its layout. `diagnostics` says what is wrong."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} mistakes")
        self.diagnostics = diagnostics


def format(source: Source) -> str:
    """The text of a file in its one layout.

    Raises Unformattable if the file has errors of syntax.
    """
    _, found = parse(source)
    errors = [each for each in found if severity(each.code) is Severity.ERROR]
    if errors:
        raise Unformattable(errors)
    return _Layout(source).text()


@dataclass(slots=True)
class _Row:
    """One physical line to write. `section` counts the sections; a row of nothing but a comment has no content."""

    indent: int
    content: str
    citation: str
    comment: str
    section: int
    opens: bool = False  # the first line of a section
    block: bool = False  # of a section with lines below it


class _Layout:
    """Lays out one file without mistakes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.cursor = Cursor(source, [])
        top, _ = read_lines(source)
        self.columns: dict[int, int] = {}
        self.raw: set[int] = set()
        self.facts: set[int] = set()
        self.sections: dict[int, bool] = {}
        for line in top:
            word = first_word(source.text, line.start, line.end)
            self.sections[line.start] = bool(line.children)
            self._place(line, 0, word in _RAW_SECTIONS, word == "scene")
            if word == "facts":
                self.facts.update(child.start for child in line.children)

    def _place(self, line: Line, level: int, raw: bool, telling: bool) -> None:
        """Note the column of every stretch of a line and of those below it; `raw`: text whose signs are not looked at."""
        for index, (start, _) in enumerate(line.parts):
            self.columns[start] = level * STEP + (GOES_ON if index else 0)
            if raw:
                self.raw.add(start)
        for child in line.children:
            below = raw
            if telling:
                text = self.source.text[child.start : child.end]
                below = not text.startswith("expect") or _RAW_EXPECT.match(text) is not None
            self._place(child, level + 1, below, telling)

    def text(self) -> str:
        """The whole file."""
        rows = self._rows()
        _align_facts(rows)
        lines: list[str] = []
        columns = self._citation_columns(rows)
        for index, row in enumerate(rows):
            if row is None:
                if lines and lines[-1]:
                    lines.append("")
                continue
            if row.opens and lines and self._apart(rows, index):
                self._separate(lines)
            line = " " * row.indent + row.content
            if row.citation:
                gap = max(2, columns[row.section] - width(line)) if row.content else 0
                line += " " * gap + row.citation
            if row.comment:
                line += ("  " if row.content or row.citation else "") + row.comment
            lines.append(line)
        while lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines) + "\n" if lines else ""

    @staticmethod
    def _apart(rows: list[_Row | None], index: int) -> bool:
        """Whether a section must stand apart from the one before it: one of the two has lines below its head."""
        row = rows[index]
        assert row is not None  # only asked of a row that opens a section
        if row.block:
            return True
        for before in reversed(rows[:index]):
            if before is not None and before.opens:
                return before.block
        return False

    @staticmethod
    def _separate(lines: list[str]) -> None:
        """A blank line before the section to come, above the comments at the margin that belong to it."""
        at = len(lines)
        while at > 0 and lines[at - 1].startswith("#"):
            at -= 1
        if at > 0 and lines[at - 1]:
            lines.insert(at, "")

    @staticmethod
    def _citation_columns(rows: list[_Row | None]) -> dict[int, int]:
        """For each section the column of its citations."""
        columns: dict[int, int] = {}
        for row in rows:
            if row is not None and row.citation and row.content:
                end = row.indent + width(row.content) + 2
                if end <= CITATION_COLUMN:
                    columns[row.section] = max(columns.get(row.section, 0), end)
                else:
                    columns.setdefault(row.section, 0)
        return columns

    # ----------------------------------------------------------------- rows

    def _rows(self) -> list[_Row | None]:
        """Every physical line; None for a blank one."""
        rows: list[_Row | None] = []
        comments: list[
            tuple[int, int]
        ] = []  # rows of comments alone whose column is not known yet, and their indentation
        text = self.source.text
        section = 0
        column = 0
        for start, end in physical_lines(text):
            first, last = content(text, start, end)
            at = comment_start(text, start, end)
            comment = text[at:end].rstrip() if at is not None else ""
            if first == last:
                if at is not None:
                    comments.append((len(rows), indentation(text, start, at)))
                    rows.append(_Row(0, "", "", comment, section))
                else:
                    rows.append(None)
                continue
            cited = citation_start(text, first, last)
            citation = _citation(text[cited:last])
            if cited == first:
                row = _Row(column + GOES_ON, "", citation, comment, section)
            else:
                opens = first in self.sections
                section += opens
                block = self.sections.get(first, False)
                own = self.columns[first]
                self._settle(rows, comments, column, own, indentation(text, start, first))
                column = own
                said = self._laid_out(first, cited)
                row = _Row(column, said, citation, comment, section, opens, block)
            rows.append(row)
        self._settle(rows, comments, column, 0, 0)
        return rows

    @staticmethod
    def _settle(
        rows: list[_Row | None],
        comments: list[tuple[int, int]],
        before: int,
        after: int,
        indent: int,
    ) -> None:
        """Give comments the column of the line after them; of the deeper neighbour, if they stood further in than that line."""
        for index, own in comments:
            row = rows[index]
            assert row is not None  # it holds a comment
            if own > 0:
                row.indent = max(before, after) if own > indent else after
        comments.clear()

    def _laid_out(self, start: int, end: int) -> str:
        """The content between two offsets with its proper spaces."""
        if start in self.raw:
            return " ".join(self.source.text[start:end].split())
        cursor = self.cursor
        cursor.load_stretch(start, end)
        pieces = list(self._spaced(cursor))
        if start in self.facts:
            _mark_stops(cursor, pieces)
        return "".join(pieces)

    def _spaced(self, cursor: Cursor) -> Iterator[str]:
        """Each token with the space before it."""
        kinds, texts = cursor.kinds, cursor.texts
        unary = False
        for index, kind in enumerate(kinds):
            if kind == END:
                return
            before = kinds[index - 1] if index else ""
            source = self.source.text[cursor.starts[index] : cursor.ends[index]]
            gap = " " if index and self._space(cursor, index, before, unary) else ""
            unary = kind == "-" and (not before or before in _OPENS_VALUE)
            yield gap + (source if kind in ("string", "word", "number") else texts[index])

    @staticmethod
    def _space(cursor: Cursor, index: int, before: str, unary: bool) -> bool:
        """Whether a space stands before a token."""
        kind = cursor.kinds[index]
        if kind in (",", ";", ":", ")") or before == "(" or unary:
            return False
        if kind == "(" and before in ("word", "string", "count"):
            soft = before == "word" and cursor.texts[index - 1] in _SOFT
            return soft and cursor.starts[index] > cursor.ends[index - 1]
        slash = index if kind == "/" else index - 1
        around = cursor.texts[slash - 1], cursor.texts[slash + 1]
        return "/" not in (kind, before) or around != ("yes", "no")


def _mark_stops(cursor: Cursor, pieces: list[str]) -> None:
    """Put a stop before the first clause of a fact, and two spaces before each further one."""
    brackets = 0
    stop = _STOP
    for index, kind in enumerate(cursor.kinds):
        brackets += (kind == "(") - (kind == ")")
        text, after = cursor.texts[index], cursor.texts[index + 1 : index + 2]
        clause = (
            kind == "string"
            or (text in ("visible", "known") and after == ["to"])
            or (text == "promise" and after != ["("])
        )
        if clause and index and brackets == 0 and cursor.kinds[index - 1] != ",":
            pieces[index] = stop + pieces[index].lstrip()
            stop = "  "


def _align_facts(rows: list[_Row | None]) -> None:
    """Replace the stops of neighbouring facts by as many spaces as put what follows into one column."""
    group: list[_Row] = []
    for row in [*rows, None]:
        if row is not None and not row.opens:
            if _STOP in row.content:
                group.append(row)
            continue
        heads = [row.indent + width(row.content.split(_STOP)[0]) + 2 for row in group]
        column = max((head for head in heads if head <= FACT_COLUMN), default=0)
        for fact, head in zip(group, heads, strict=True):
            fact.content = fact.content.replace(_STOP, " " * (2 + max(0, column - head)))
        group.clear()


def _citation(text: str) -> str:
    """`[1-3, 5]` with its proper spaces."""
    bare = re.sub(r"\s+", "", text).replace("–", "-")
    return bare.replace(",", ", ").replace("][", "] [")

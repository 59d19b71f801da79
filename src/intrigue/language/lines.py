"""Text to logical lines: comments and citations taken off, continued lines joined, deeper lines hung below shallower ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Source, Span
from intrigue.language.digits import counted
from intrigue.language.times import points_at_citation
from intrigue.records import dataclass

MAX_NESTING = 12
"""Levels of indentation below the margin."""

MAX_CITED = 100_000
"""The highest sentence number that can be cited."""

TAB_WIDTH = 4

_COMMENT = re.compile(r'"[^"\n]*"|“[^”\n]*”|(#)')
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”')
_CITED = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?$")
_FIRST_WORD = re.compile(r"[^\W\d][\w-]*(?![\w'’-])")
_OPEN_END = re.compile(
    r"(?:[,;(=<>≠≤≥+*/|]|(?<!\S)-|(?<![\w'’.-])(?:and|or|not|then|(?<!or )else|where|while|is|in|knows|believes))$"
)
_CLAUSE = re.compile(
    r"(?:needs|makes|will|fate|reaction|seen\s+(?:by|as)|heard\s+by|takes|within\s+\d|journey|or\s+else|when"
    r"|because|allow|expect)(?![\w(])"
)
_LONGEST_OPEN_END = len("believes")
_PLAIN_SECTIONS = frozenset(("world", "story", "include", "in", "source", "rules", "allow"))
"""Sections whose lines are text to the end and never go on in the next line by themselves."""


def line_end(text: str, at: int) -> int:
    """Where the line ends in which an offset is."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


@dataclass(slots=True)
class Line:
    """One logical line: where its content stands (one stretch a physical line), what it cites, and the lines below it."""

    indent: int
    parts: list[tuple[int, int]]
    citations: list[int]
    children: list[Line] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its content begins, as an offset in the text."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where its content ends, as an offset in the text."""
        return self.parts[-1][1]

    def descendants(self) -> Iterator[Line]:
        """All lines below this one, from top to bottom."""
        for child in self.children:
            yield child
            yield from child.descendants()

    @property
    def end_of_block(self) -> int:
        """Where the last line that belongs to this one ends."""
        line = self
        while line.children:
            line = line.children[-1]
        return line.end


def first_word(text: str, start: int, end: int) -> str:
    """The word with which a line's content begins; empty if it begins with something else."""
    found = _FIRST_WORD.match(text, start, end)
    return found.group() if found else ""


def content(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of a physical line without indentation, comment and space at its end; empty for a blank line."""
    comment = comment_start(text, start, end)
    stripped = text[start : end if comment is None else comment].rstrip()
    first = len(stripped) - len(stripped.lstrip())
    return start + first, start + len(stripped)


def comment_start(text: str, start: int, end: int) -> int | None:
    """Where the comment of a physical line begins, if it has one."""
    if text.find("#", start, end) < 0:
        return None
    for found in _COMMENT.finditer(text, start, end):
        if found.group(1):
            return found.start()
    return None


def citation_start(text: str, start: int, end: int) -> int:
    """Where the citations at the end of a line's content begin; `end` if there are none.

    What a line about time speaks of is no citation: `within 1 hour of [28]`.
    """
    whole, after_first = end, end
    while end > start and text[end - 1] == "]":
        opening = text.rfind("[", start, end)
        if opening < 0 or text.find("]", opening, end) < end - 1:
            break
        after_first = text.find("]", opening, whole) + 1
        end = opening
        while end > start and text[end - 1].isspace():
            end -= 1
    return after_first if end < whole and points_at_citation(text, start, end) else end


def indentation(text: str, start: int, end: int) -> int:
    """The width of the space between two offsets, tabs counting as four."""
    return end - start + text.count("\t", start, end) * (TAB_WIDTH - 1)


def physical_lines(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of all lines, without their ends."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        yield start, end
        start = end + 1


def goes_on(text: str, start: int, end: int, section: str) -> bool:
    """Whether this content by its own last sign goes on in the next line."""
    if section in _PLAIN_SECTIONS:
        return False
    if section == "scene" and not text.startswith("expect", start, end):
        return text.endswith((",", ";"), start, end)
    found = _OPEN_END.search(text, max(start, end - _LONGEST_OPEN_END), end)
    if found is None or found[0] != "in":
        return found is not None
    # Behind a comma it is no operator: `the cell: place, in`.
    before = text[start : found.start()].rstrip()
    return before != "" and before[-1] not in ",:"


def open_brackets(text: str, start: int, end: int) -> int:
    """Opening brackets less closing ones, those in quotes not counted."""
    if text.find("(", start, end) < 0 and text.find(")", start, end) < 0:
        return 0
    part = text[start:end]
    if '"' in part or "“" in part:
        part = _QUOTED.sub("", part)
    return part.count("(") - part.count(")")


def read_lines(source: Source) -> tuple[list[Line], list[Diagnostic]]:
    """The lines at the margin, each with those that belong to it. Mistakes of indentation and citation are reported."""
    text = source.text
    found: list[Diagnostic] = []
    top: list[Line] = []
    stack: list[Line] = []
    section = ""
    line: Line | None = None
    brackets = 0
    open_end = False
    for line_start, line_end in physical_lines(text):
        start, end = content(text, line_start, line_end)
        if start == end:
            continue
        indent = indentation(text, line_start, start)
        cited_from = citation_start(text, start, end)
        cited: list[int] = []
        if cited_from < end:
            cited = _read_citations(source, cited_from, end, found)
            end = cited_from
            if start == end:
                # A citation that stands alone belongs to the line above it.
                if line is not None:
                    line.citations += cited
                continue
        if line is not None and _joins(text, start, end, indent, line.indent, open_end, brackets):
            line.parts.append((start, end))
            line.citations += cited
        else:
            if indent == 0:
                section = first_word(text, start, end)
            brackets = 0
            line = Line(indent, [(start, end)], cited)
            _hang(source, line, top, stack, found)
        brackets += open_brackets(text, start, end)
        open_end = goes_on(text, start, end, section)
    return top, found


def _joins(
    text: str, start: int, end: int, indent: int, above: int, open_end: bool, brackets: int
) -> bool:
    """Whether content that is indented by `indent` continues the line above it.

    A clause on the same level does not, whatever sign the line above was left with.
    """
    if indent > above:
        return open_end or brackets > 0
    if indent == 0 or indent < above:
        return False
    if text[start] == ")":
        return brackets > 0
    return open_end and not _CLAUSE.match(text, start, end)


def _hang(
    source: Source, line: Line, top: list[Line], stack: list[Line], found: list[Diagnostic]
) -> None:
    """Put a new line under the nearest line above it that is less indented."""
    popped: Line | None = None
    while stack and stack[-1].indent >= line.indent:
        popped = stack.pop()
    span = Span(source, line.start, line.end)
    if not stack and line.indent > 0:
        found.append(
            Diagnostic(
                "bad-indentation",
                span,
                {"problem": "belongs to no section"},
                "nothing at the margin above it",
            )
        )
    elif stack and popped is not None and popped.indent > line.indent:
        found.append(
            Diagnostic(
                "bad-indentation",
                span,
                {"problem": "stands between two levels"},
                f"{line.indent} spaces in",
                (
                    Note(
                        f"The line above it on this level is {popped.indent} spaces in.",
                        Span(source, popped.start, popped.end),
                    ),
                ),
                f"indent it by {popped.indent} or by {stack[-1].indent} spaces",
            )
        )
        line.indent = popped.indent
    if len(stack) > MAX_NESTING:
        found.append(
            Diagnostic(
                "nested-too-deep",
                span,
                {"what": "Lines are", "limit": str(MAX_NESTING)},
                "one level too many",
            )
        )
        stack.pop()
    if stack:
        stack[-1].children.append(line)
    elif line.indent == 0:
        top.append(line)
    stack.append(line)


def _read_citations(source: Source, start: int, end: int, found: list[Diagnostic]) -> list[int]:
    """The sentence numbers of `[4]`, `[4-6]`, `[4, 9]`, one group or several."""
    numbers: list[int] = []
    position = start
    for group in source.text[start:end].split("]"):
        inner = group.strip().removeprefix("[")
        span = Span(source, position + len(group) - len(group.lstrip()), position + len(group) + 1)
        position += len(group) + 1
        if not group.strip():
            continue
        for item in inner.split(","):
            read = _CITED.match(item.strip())
            first = counted(read.group(1)) if read else 0
            last = counted(read.group(2) or read.group(1)) if read else 0
            if 1 <= first <= last <= MAX_CITED:
                numbers.extend(range(first, last + 1))
            else:
                found.append(
                    Diagnostic(
                        "bad-citation", span, {"text": item.strip()}, "not a sentence number"
                    )
                )
    return numbers


def raw_text(source: Source, parts: Iterable[tuple[int, int]]) -> str:
    """The text of a line as one line, with single spaces."""
    return " ".join(" ".join(source.text[start:end].split()) for start, end in parts)

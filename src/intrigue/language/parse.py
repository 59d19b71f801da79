"""A whole file: its title, and its sections one after the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Source, Span
from intrigue.diagnostics.suggest import nearest
from intrigue.language.lines import Line, first_word, read_lines
from intrigue.language.telling import TellingParser
from intrigue.language.tokens import Mistake, text_after
from intrigue.language.tree import File, Include, Name

_STORY_ONLY = frozenset(("in", "source", "cast", "start", "ending", "endings", "scene", "allow"))
_TITLES = ("world", "story")
MAX_FINDINGS = 200
"""How many mistakes of one file are reported one by one."""

_DECLARING = ("kinds", "facts", "define", "cast")
_LISTS = ("kinds", "facts", "define", "wants", "cast", "start", "endings")
_WORD = re.compile(r"[\w'’.-]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
"""Signs that no editor shows: whoever has them in a file has not put them there."""
SECTIONS = (
    *("world", "story", "include", "in", "source", "rules", "kinds", "facts", "define"),
    *(
        "action",
        "trigger",
        "infer",
        "wants",
        "cast",
        "start",
        "ending",
        "endings",
        "scene",
        "allow",
    ),
)
"""The words that open a section, at the margin."""
RULE_BOOKS = frozenset(("of sabre",))
"""What may stand behind `rules`, in small letters."""


def parse(source: Source) -> tuple[File, list[Diagnostic]]:
    """Read a file. Whatever could be read stands in the tree, whatever could not is reported. Never raises on any text.

    Diagnostics come in the order of the text.
    """
    lines, found = read_lines(source)
    reader = _FileParser(source, found)
    if hidden := _CONTROL.search(source.text):
        reader.report(
            "unexpected-character",
            Span(source, hidden.start(), hidden.end()),
            {"character": f"U+{ord(hidden[0]):04X}"},
            "a control character, which cannot be seen",
            "delete it",
        )
    file = reader.file(lines)
    return file, found


class _FileParser(TellingParser):
    """Collects the sections of one file."""

    def __init__(self, source: Source, found: list[Diagnostic]) -> None:
        super().__init__(source, found)
        self.form = "story" if source.path.suffix == ".story" else "world"
        self.title: str | None = None
        self.title_span = Span(source, 0, 0)
        self.source_document: Include | None = None
        self.lists: dict[str, list[Any]] = {
            name: []
            for name in (
                *("includes", "rules", "kinds", "facts", "definitions", "actions", "triggers"),
                *("wants", "cast", "start", "endings", "scenes", "allows"),
            )
        }

    def file(self, lines: list[Line]) -> File:
        if not lines and not self.found:
            self.report("empty-file", Span(self.source, 0, 0), {"path": str(self.source.path)})
            self.title = ""
        for line in lines:
            try:
                self._section(line)
            except Mistake:
                continue
        if self.title is None:
            span = (
                Span(self.source, lines[0].start, lines[0].end)
                if lines
                else Span(self.source, 0, 0)
            )
            self.report(
                "missing-title",
                span,
                {"form": self.form},
                "no title before this",
                f"begin with `{self.form} NAME`",
            )
        elif self.form == "story" and lines and not self.lists["scenes"] and not self.found:
            self.report(
                "no-scenes",
                self.title_span,
                {"title": self.title or "The story"},
                "tells nothing yet",
            )
        self.found.sort(key=lambda each: each.span.start if each.span else 0)
        unread = self._unread(lines)
        if len(self.found) > MAX_FINDINGS:
            count = str(len(self.found))
            last = self.found[MAX_FINDINGS - 1].span
            del self.found[MAX_FINDINGS:]
            self.found.append(
                Diagnostic("too-many-mistakes", last, {"count": count}, "the rest is not shown")
            )
        return File(
            self.form,
            self.title or "",
            self.title_span,
            source_document=self.source_document,
            unread=unread,
            **{name: tuple(items) for name, items in self.lists.items()},
        )

    def _unread(self, lines: list[Line]) -> frozenset[str]:
        """The words of the lines on which a declaration has a mistake; of a whole section if its first word is unknown."""
        words: set[str] = set()
        starts = [line.start for line in lines]
        line_end = 0
        for each in self.found:
            at = bisect_right(starts, each.span.start) - 1 if each.span else -1
            if at < 0 or each.span is None or each.code == "no-scenes":
                continue
            section = lines[at]
            opened = first_word(self.source.text, section.start, section.end)
            if each.code == "unknown-section":
                words |= self._words(section.start, section.end_of_block)
            elif (
                opened in _DECLARING
                or each.span.start <= section.end
                or each.code in ("bad-pattern", "unclosed-quote", "unknown-clause")
            ):
                if each.span.start < line_end:
                    continue  # another mistake on the same line
                line_start = self.source.text.rfind("\n", 0, each.span.start) + 1
                line_end = self.source.text.find("\n", each.span.start)
                line_end = line_end if line_end >= 0 else len(self.source.text)
                words |= self._words(line_start, line_end)
        return frozenset(words)

    def _words(self, start: int, end: int) -> set[str]:
        return set(_WORD.findall(self.source.text[start:end]))

    def _section(self, line: Line) -> None:
        text = self.source.text
        word = first_word(text, line.start, line.end)
        if word not in SECTIONS:
            self._unknown_section(line, word)
            return
        after = line.start + len(word)
        span = Span(self.source, line.start, after)
        if self.title is None and word not in _TITLES:
            # Said once, for the first section; the form is then known from the file's ending.
            self.title = ""
            self.report(
                "missing-title",
                span,
                {"form": self.form},
                "no title before this",
                f"begin with `{self.form} NAME`",
            )
        if word in _STORY_ONLY and self.form == "world":
            self.report(
                "misplaced-section",
                span,
                {"section": word},
                "not in a world",
                "move it into a story",
            )
        if word in _TITLES:
            self._title(line, word, after)
        elif word in ("include", "in"):
            target = self._target(line, after, "file")
            self.lists["includes"].append(target)
        elif word == "source":
            target = self._target(line, after, "file")
            if self.source_document is not None:
                note = Note("It stands here first.", self.source_document.span)
                self.found.append(
                    Diagnostic(
                        "duplicate-clause", span, {"clause": "`source`"}, "once more", (note,)
                    )
                )
            self.source_document = self.source_document or target
        elif word == "rules":
            self._rules(line, after)
        elif word in _LISTS:
            self._nothing_more(line, after)
            self._list(word, line)
        elif word == "action":
            self.lists["actions"].append(self.action(line, after))
        elif word in ("trigger", "infer"):
            self.lists["triggers"].append(self.trigger(line, after, minds_only=word == "infer"))
        elif word == "ending":
            self.lists["endings"].append(self.ending(line, after))
        elif word == "scene":
            self.lists["scenes"].append(self.scene(line, after))
        else:
            self.lists["allows"] += self.allow(line, after)

    def _list(self, word: str, section: Line) -> None:
        """A section that holds one declaration a line."""
        one: dict[str, tuple[str, Callable[[Line], Any]]] = {
            "facts": ("facts", self.fact_line),
            "define": ("definitions", self.definition_line),
            "cast": ("cast", self.cast_line),
            "start": ("start", self.start_line),
            "endings": ("endings", self.ending_line),
        }
        many: dict[str, Callable[[Line], list[Any]]] = {
            "kinds": self.kind_line,
            "wants": self.want_line,
        }
        for line in section.children:
            try:
                if word in many:
                    self.lists[word] += many[word](line)
                else:
                    name, read = one[word]
                    self.lists[name].append(read(line))
            except Mistake:
                continue

    def _nothing_more(self, line: Line, after: int) -> None:
        """Report what stands behind the word of a section that holds lines; the lines are read all the same."""
        rest, span = text_after(self.source, line, after)
        if rest:
            blanks = {"expected": "the end of the line", "found": f"`{rest}`"}
            repair = "take it out" if rest == ":" else "indent it on a line of its own"
            self.report("unexpected-token", span, blanks, "", repair)

    def _title(self, line: Line, word: str, after: int) -> None:
        title, span = text_after(self.source, line, after)
        if self.title:
            note = Note("The first title stands here.", self.title_span)
            self.found.append(
                Diagnostic("duplicate-title", span, {"title": title}, "a second title", (note,))
            )
            return
        self.form = word
        self.title = title
        self.title_span = Span(self.source, line.start, line.end)
        if not title:
            self.report("missing-name", self.title_span, {"what": word}, "has no name")
            self.title = "untitled"
        self.childless(line, "the title")

    def _target(self, line: Line, after: int, what: str) -> Include:
        target, span = text_after(self.source, line, after)
        self.childless(line, "this line")
        if not target:
            self.fail(
                "missing-name",
                Span(self.source, line.start, line.end),
                {"what": what},
                "names no file",
            )
        return Include(target.strip('"“”'), span)

    def _rules(self, line: Line, after: int) -> None:
        """`rules of Sabre`: whose rules hold instead of the language's own."""
        text, span = text_after(self.source, line, after)
        self.childless(line, "this line")
        if text.lower() not in RULE_BOOKS:
            self.report(
                "unknown-rules",
                span if text else Span(self.source, line.start, line.end),
                {"rules": text or "nothing"},
                "no such rules",
                f"write `rules {next(iter(RULE_BOOKS))}`, or leave the line out",
            )
            return
        self.lists["rules"].append(Name(text, span))

    def _unknown_section(self, line: Line, word: str) -> None:
        end = line.start + max(len(word), 1)
        close = nearest(word, SECTIONS)
        self.report(
            "unknown-section",
            Span(self.source, line.start, end),
            {"word": word or self.source.text[line.start : line.end]},
            "opens no section",
            f"write `{close}`" if close else "indent it, if it belongs to the section above",
        )

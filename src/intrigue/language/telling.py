"""Scenes: sentences kept as text, with what hangs under them, and the lines that are no sentences."""

from __future__ import annotations

import re

from intrigue.diagnostics.diagnostic import Span
from intrigue.diagnostics.suggest import nearest
from intrigue.language.digits import counted
from intrigue.language.lines import Line, citation_start, content
from intrigue.language.opening import OpeningParser
from intrigue.language.times import (
    forms_of_time,
    looks_like_time,
    read_clause,
    read_mark,
    speaks_of_time,
)
from intrigue.language.tokens import Mistake, text_after
from intrigue.language.tree import (
    Allow,
    Because,
    Expect,
    Expression,
    Gap,
    Name,
    Scene,
    SentenceText,
    TimeMark,
    Told,
    When,
)

_READING = re.compile(r",\s*reading\s+(\S.*)$")
_WORD = re.compile(r"(because|allow|expect)(?=\s|$)")
_GAP = re.compile(r"(?:\.\.\.+|…)(\s*to be told\.?$)?")
MOST_IN_A_GAP = 100
"""So many events one gap may take."""
_COUNT = re.compile(
    r"(?:(?P<bound>at most|at least)\s+(?P<n>\d+)|(?P<from>\d+)(?:\s*(?:to|-|–)\s*(?P<to>\d+))?)(?:\s+events?)?(?=\s|,|$)"
)
_BY = re.compile(r"by\s+(?P<names>.+?)(?=\s+until\s|$)")
_UNTIL = re.compile(r"until(?=\s|$)")
_EXPECT_FORM = re.compile(r"(possible|impossible|lost|open)\s*:\s*")
_EXPECT_PERSON = re.compile(r"([^(){}=<>:;!]+?)\s+(would(?:\s+not)?|plans)(?:\s*:\s*|\s+|$)")
_BECAUSE = re.compile(r"([^(){}=<>:;!]+?)(?:\s*(:)\s*|\s+(wants)(?=\s|$))")
_ALLOW = re.compile(r"\s*([^\s:]*)\s*(:?)\s*")
_QUOTED_OR_BREAK = re.compile(r'"[^"\n]*"|“[^”\n]*”|([();])')


class TellingParser(OpeningParser):
    """Reads scenes."""

    def scene(self, line: Line, start: int) -> Scene:
        """`scene TITLE, reading NAME [n]` and the lines below it."""
        title, span = text_after(self.source, line, start)
        reading: Name | None = None
        found = _READING.search(title)
        if found:
            reading = self.text_name(found.group(1), span)
            title = title[: found.start()].rstrip()
        if not title:
            self.report(
                "missing-name",
                Span(self.source, line.start, line.end),
                {"what": "scene"},
                "has no title",
            )
        lines: list[Told | Expect | Gap | TimeMark] = []
        allows: list[Allow] = []
        for child in line.children:
            self._scene_line(child, lines, allows)
        return Scene(
            title,
            reading,
            tuple(line.citations),
            tuple(lines),
            tuple(allows),
            Span(self.source, line.start, line.end),
        )

    def _scene_line(
        self, line: Line, lines: list[Told | Expect | Gap | TimeMark], allows: list[Allow]
    ) -> None:
        text, span = text_after(self.source, line, line.start)
        word = _WORD.match(text)
        if word is None:
            if gap := _GAP.match(text):
                self._gap(line, text, span, gap, lines)
            elif says := read_mark(text, span):
                lines.append(self._mark(line, text, span, says))
            elif looks_like_time(text):
                self._unknown_time(text, span)
            else:
                self._told(line, lines)
        elif word.group() == "expect":
            self._expect(line, lines)
        elif word.group() == "allow":
            allows += self.allow(line, line.start + word.end())
        else:
            self.report(
                "misplaced-clause",
                Span(self.source, line.start, line.start + word.end()),
                {"clause": "because", "what": "a scene"},
                "belongs under a sentence",
                "indent it deeper than the sentence that it explains",
            )

    def _gap(
        self,
        line: Line,
        text: str,
        span: Span,
        dots: re.Match[str],
        lines: list[Told | Expect | Gap | TimeMark],
    ) -> None:
        """`...` with what is said of the events that belong there: how many, by whom, until what holds."""
        self.childless(line, "a gap")
        least, most = 0, None
        by: tuple[Name, ...] = ()
        until: Expression | None = None
        at = dots.end()
        while dots[1] is None and (rest := text[at:].lstrip(" \t,")).rstrip("."):
            at = len(text) - len(rest)
            if count := _COUNT.match(rest):
                least, most = _bounds(count)
                at += count.end()
            elif who := _BY.match(rest):
                names = re.split(r"\s*,\s*|\s+and\s+", who["names"].strip(" ,."))
                by = tuple(self.text_name(name, span) for name in names if name)
                at += who.end()
            elif word := _UNTIL.match(rest):
                start = self.source.text.index(rest, line.start) + word.end()
                try:
                    self.load(line, start)
                    until = self.conjunction()
                except Mistake:
                    return
                break
            else:
                self._unknown_bound(rest, span)
                return
        if most is not None and (most < least or most == 0):
            what = "at least one event" if most == 0 else f"a number from {least} on"
            self.report(
                "unexpected-token",
                span,
                {"expected": f"{what} as the most that a gap takes", "found": f"`{text}`"},
                "nothing can be put in here" if most == 0 else "the least is more than the most",
                "leave the gap out, or let it take an event"
                if most == 0
                else f"write `... {most} to {least} events`",
            )
            return
        if max(least, most or 0) > MOST_IN_A_GAP:
            self.report(
                "unexpected-token",
                span,
                {
                    "expected": f"at most {MOST_IN_A_GAP} events in one gap",
                    "found": f"`{text}`",
                },
                "nobody could fill this",
                "say fewer, or tell something in between and leave several gaps",
            )
            return
        citations = tuple(line.citations)
        lines.append(Gap(text, span, dots[1] is not None, citations, least, most, by, until))

    def _unknown_bound(self, text: str, span: Span) -> None:
        self.report(
            "unexpected-token",
            span,
            {"expected": "what belongs in the gap", "found": f"`{text}`"},
            "what is to happen here?",
            "write for example `...`, `... 1 to 4 events`, `... at most 3`, `... by Li, Tsang`, `... until CONDITION`, `... to be told`",
        )

    def _mark(self, line: Line, text: str, span: Span, says: tuple[When, ...]) -> TimeMark:
        """A mark of time with what is allowed under it."""
        allows: list[Allow] = []
        for child in line.children:
            word = _WORD.match(self.source.text, child.start, child.end)
            if word and word.group() == "allow":
                allows += self.allow(child, word.end())
            else:
                self.report(
                    "bad-indentation",
                    Span(self.source, child.start, child.end),
                    {"problem": "stands under a mark of time, which takes no lines below it"},
                    "too far in",
                )
        return TimeMark(text, tuple(line.citations), span, says, tuple(allows))

    def _unknown_time(self, text: str, span: Span) -> None:
        self.report(
            "unknown-time",
            span,
            {"text": text},
            "which time?",
            forms_of_time(text),
        )

    def childless(self, line: Line, what: str) -> None:
        """Report lines below a line that takes none."""
        for child in line.children:
            self.report(
                "bad-indentation",
                Span(self.source, child.start, child.end),
                {"problem": f"stands under {what}, which takes no lines below it"},
                "too far in",
            )

    # ------------------------------------------------------------ sentences

    def _told(self, line: Line, lines: list[Told | Expect | Gap | TimeMark]) -> None:
        sentence = self.sentence(line.start, line.end)
        because: list[Because] = []
        allows: list[Allow] = []
        times: list[When] = []
        following: list[Told | Expect | Gap | TimeMark] = []
        for child in line.children:
            text = self.source.text
            word = _WORD.match(text, child.start, child.end)
            if word is None:
                self._below(child, times)
            elif word.group() == "because":
                try:
                    because.append(self._because(child, word.end()))
                except Mistake:
                    continue
            elif word.group() == "allow":
                allows += self.allow(child, word.end())
            else:
                self._expect(child, following)
        citations = tuple(self.cited(line))
        lines.append(
            Told(sentence, citations, tuple(because), tuple(allows), sentence.span, tuple(times))
        )
        lines += following

    def _below(self, line: Line, times: list[When]) -> None:
        """A line about time under a sentence; anything else is reported."""
        text, span = text_after(self.source, line, line.start)
        when = read_clause(text, span)
        if when is not None:
            if when.form == "until":
                try:
                    self.load(line, self.source.text.index(":", line.start) + 1)
                    when = When(when.form, when.least, when.most, "", self.conjunction(), when.span)
                except Mistake:
                    return
            times.append(when)
        elif says := read_mark(text, span):
            times += says
        elif looks_like_time(text) or speaks_of_time(text):
            self._unknown_time(text, span)
        else:
            self._unknown_below(line)

    def _unknown_below(self, line: Line) -> None:
        """Report a line under a sentence that is none of those that may stand there."""
        word = self.source.text[line.start : line.end].split()[0]
        close = nearest(word, ("because", "allow", "expect", "takes", "within"))
        self.report(
            "unknown-clause",
            Span(self.source, line.start, line.start + len(word)),
            {"word": word, "what": "a sentence"},
            "not a clause",
            f"write `{close}`"
            if close
            else "if it is another sentence, indent it like the one above; a sentence stands on one line",
        )

    def sentence(self, start: int, end: int) -> SentenceText:
        """The text between two offsets as a sentence: single spaces, no full stop."""
        text = self.source.text
        while start < end and text[start].isspace():
            start += 1
        raw = text[start:end].rstrip()
        if "\n" in raw:
            raw = "\n".join(self._bare_lines(start, start + len(raw)))
        stripped = raw.rstrip(".。!！").rstrip() if not raw.endswith("...") else raw
        words = " ".join(stripped.split())
        last = start + (len(stripped) if "\n" not in raw else len(text[start:end].rstrip()))
        return SentenceText(words, Span(self.source, start, last))

    def _bare_lines(self, start: int, end: int) -> list[str]:
        """The lines of a sentence that runs over several, without comments and citations."""
        bare = []
        for first in self._line_starts(start, end):
            last = self.source.text.find("\n", first, end)
            begin, stop = content(self.source.text, first, end if last < 0 else last)
            bare.append(self.source.text[begin : citation_start(self.source.text, begin, stop)])
        return bare

    def _line_starts(self, start: int, end: int) -> list[int]:
        starts = [start]
        while (found := self.source.text.find("\n", starts[-1], end)) >= 0:
            starts.append(found + 1)
        return starts

    def sentences(self, start: int, end: int) -> tuple[SentenceText, ...]:
        """Sentences between `;` (those in quotes and brackets do not count)."""
        found: list[SentenceText] = []
        brackets = 0
        first = start
        for match in _QUOTED_OR_BREAK.finditer(self.source.text, start, end):
            sign = match.group(1)
            if sign == "(":
                brackets += 1
            elif sign == ")":
                brackets = max(0, brackets - 1)
            elif sign == ";" and brackets == 0:
                found.append(self.sentence(first, match.start()))
                first = match.end()
        found.append(self.sentence(first, end))
        return tuple(sentence for sentence in found if sentence.text)

    def _because(self, line: Line, start: int) -> Because:
        """`because PERSON: SENTENCE; SENTENCE` or `because PERSON wants φ`."""
        text = self.source.text
        end = line.children[-1].end_of_block if line.children else line.end
        while start < end and text[start].isspace():
            start += 1
        whole = Span(self.source, line.start, end)
        found = _BECAUSE.match(text, start, line.end)
        if found is None:
            self.fail(
                "unexpected-token",
                Span(self.source, start, line.end),
                {
                    "expected": "`because PERSON: SENTENCE; ..` or `because PERSON wants CONDITION`",
                    "found": "something else",
                },
                "who, and why?",
            )
        person = Name(
            self._unquoted(found.group(1)), Span(self.source, start, start + len(found.group(1)))
        )
        if found.group(2):
            waypoints = self.sentences(found.end(), end)
            if not waypoints:
                self.fail("empty-clause", whole, {"clause": "because"}, "nothing follows")
            return Because(person, waypoints, None, whole)
        self.load(line, found.end())
        return Because(person, (), self.conjunction(), whole)

    @staticmethod
    def _unquoted(text: str) -> str:
        return " ".join(text.strip('"“”').split())

    def text_name(self, text: str, within: Span) -> Name:
        """A name found in a line's text, with its place."""
        at = self.source.text.find(text, within.start, within.end)
        start = at if at >= 0 else within.start
        return Name(
            self._unquoted(text),
            Span(self.source, start, start + len(text) if at >= 0 else within.end),
        )

    # --------------------------------------------------------- expectations

    def _expect(self, line: Line, lines: list[Told | Expect | Gap | TimeMark]) -> None:
        """`expect ..` in all its forms; below it, `allow`. Several conditions make several expectations."""
        allows: list[Allow] = []
        more: list[Line] = []
        for child in line.children:
            word = _WORD.match(self.source.text, child.start, child.end)
            if word and word.group() == "allow":
                allows += self.allow(child, word.end())
            else:
                more.append(child)
        body = Line(line.indent, line.parts, line.citations, more)
        try:
            lines += self._expectations(body, tuple(self.cited(line)), tuple(allows))
        except Mistake:
            return

    def _expectations(
        self, line: Line, citations: tuple[int, ...], allows: tuple[Allow, ...]
    ) -> list[Expect]:
        text = self.source.text
        start = line.start + len("expect")
        end = line.end_of_block
        while start < end and text[start].isspace():
            start += 1
        whole = Span(self.source, line.start, end)
        form = _EXPECT_FORM.match(text, start, end)
        person = None if form else _EXPECT_PERSON.match(text, start, end)
        if form and form.group(1) in ("lost", "open"):
            self.load(line, form.end())
            condition = self.conjunction()
            return [Expect(form.group(1), None, condition, (), citations, allows, whole)]
        if form or person:
            found = form or person
            assert found is not None  # one of the two matched
            kind = " ".join(found.group(1 if form else 2).split())
            many = kind == "plans"
            sentences = (
                self.sentences(found.end(), end) if many else (self.sentence(found.end(), end),)
            )
            if not sentences or not sentences[0].text:
                self.fail(
                    "empty-clause",
                    whole,
                    {"clause": f"expect {kind}" if form else kind},
                    "no sentence follows",
                )
            who = None
            if person:
                who = Name(
                    self._unquoted(person.group(1)),
                    Span(self.source, start, start + len(person.group(1))),
                )
            return [Expect(kind, who, None, sentences, citations, allows, whole)]
        self.load(line, start)
        before = len(self.found)
        conditions: list[Expression] = self.conditions()
        if not conditions and len(self.found) == before:
            self.report("empty-clause", whole, {"clause": "expect"}, "nothing follows")
        self.finish()
        return [
            Expect("holds", None, each, (), citations, allows, each.span) for each in conditions
        ]

    # --------------------------------------------------------------- allow

    def allow(self, line: Line, start: int) -> list[Allow]:
        """`allow CODE: REASON`; the reason may go on below."""
        end = line.end_of_block
        found = _ALLOW.match(self.source.text, start, end)
        assert found is not None  # every part of it may be empty
        code = found.group(1)
        span = Span(self.source, found.start(1), found.end(1))
        whole = Span(self.source, line.start, end)
        reason, _ = text_after(
            self.source,
            Line(
                line.indent,
                [*line.parts, *(part for child in line.descendants() for part in child.parts)],
                [],
            ),
            found.end(),
        )
        if not code:
            self.report(
                "empty-clause",
                whole,
                {"clause": "allow"},
                "allow what?",
                "write `allow CODE: REASON`",
            )
            return []
        if not found.group(2) or not reason:
            self.report(
                "missing-reason",
                whole,
                {"code": code},
                "why?",
                f"write `allow {code}: ` and your reason"
                if code[-1].isalnum()
                else "write a line for each code: `allow CODE: REASON`",
            )
            return []
        return [Allow(Name(code, span), reason, whole)]


def _bounds(count: re.Match[str]) -> tuple[int, int | None]:
    """The least and the largest number of events that a gap names."""
    if count["bound"]:
        number = counted(count["n"])
        return (number, None) if count["bound"] == "at least" else (0, number)
    least = counted(count["from"])
    return least, counted(count["to"]) if count["to"] else least

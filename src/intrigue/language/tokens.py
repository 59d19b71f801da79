"""Lines to tokens, and the cursor over tokens that all parsers share: looking, taking, naming, reporting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NoReturn, TypeVar

from intrigue.diagnostics.diagnostic import Diagnostic, Source, Span
from intrigue.language.lines import Line, raw_text
from intrigue.language.names import KEYWORDS
from intrigue.language.tree import Name

Item = TypeVar("Item")

LETTER = (
    r"\w\u0300-\u036f\u0483-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u1fff\u200c\u200d\u2c00-\u2dff"
    r"\u3040-\ud7ff\uf900-\ufdff\ufe70-\ufefe\U00010000-\U000e0fff"
)
"""Letters, digits and the marks that scripts put on letters, for a character class."""


@cache
def _token(plain: bool) -> re.Pattern[str]:
    """What a token looks like. `plain`: in a text of ASCII alone, where so large a class of letters need not be compiled."""
    letter, apostrophe, dot = (r"\w", "'", "") if plain else (LETTER, "'’", "·")
    return re.compile(
        r"\s*(?:"
        rf"(?P<number>\d+(?:\.\d+)?(?![{letter}]))"
        rf"|(?P<word>[{letter}](?:[{letter}{apostrophe}.{dot}-]*[{letter}{apostrophe}.])?)"
        r'|(?P<string>"[^"\n]*"|“[^”\n]*”)'
        r"|(?P<sign>!=|<=|>=|==|[-+*/=<>(),:;|≠≤≥])"
        r"|(?P<other>\S)"
        r")"
    )


_SORTS = ("", "number", "word", "string", "sign", "other")
"""The sorts of tokens, in the order in which `_token` tries them."""
_WORD, _STRING, _SIGN = map(_SORTS.index, ("word", "string", "sign"))

_SIGNS = {"≠": "!=", "≤": "<=", "≥": ">="}
_MEANT = {
    "，": ",",
    "、": ",",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "＝": "=",
    "−": "-",
    "–": "-",
    "—": "-",
    "{": "(",
    "}": ")",
    "[": "(",
    "]": ")",
    "!": "not",
    "&": "and",
    "×": "x",
    "“": '"',
    "”": '"',
}
"""What was probably meant by a character that means nothing here."""

_NEVER_FIRST = frozenset(
    (
        *("and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "*", "/", "in", "is"),
        *("knows", "believes", "does", "then", "while", "where", ")"),
    )
)
"""Tokens that cannot begin an item: a deeper line that begins so continues the item above it."""

_IN_NAMES = KEYWORDS - {"is", "knows", "believes", "does", "then", "else", "known", "unknown"}
"""Keywords that may well stand in a name of the author's."""

END = "end"
NEWLINE = "newline"


class Mistake(Exception):
    """A syntax error that has been reported; caught where reading can go on."""


class Cursor:
    """Tokens of a stretch of text, in parallel lists, with a place among them.

    A token's kind is the sign or keyword itself, or `word`, `number`, `string`, `newline`, `other`, `end`.
    `text` of a `newline` is as many spaces as the line that follows is indented.
    """

    def __init__(self, source: Source, found: list[Diagnostic]) -> None:
        self.source = source
        self.found = found
        self.kinds: list[str] = []
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.at = 0
        self.depth = 0
        self.stops: frozenset[str] = frozenset()

    # ------------------------------------------------------------ filling

    def load(
        self, line: Line, start: int | None = None, *, children: bool = True, breaks: bool = True
    ) -> None:
        """Take the tokens of a line, from offset `start`, and of the lines below it; `breaks`: with newlines between."""
        self._reset()
        self._scan_line(line, line.start if start is None else start)
        if children:
            for child in line.descendants():
                if breaks:
                    before = len(self.kinds)
                    self._push(NEWLINE, " " * child.indent, child.start, child.start)
                    self._scan_line(child, child.start)
                    if self._continues(before + 1):
                        del (
                            self.kinds[before],
                            self.texts[before],
                            self.starts[before],
                            self.ends[before],
                        )
                else:
                    self._scan_line(child, child.start)
        self._finish(line.parts[0][1])

    def load_stretch(self, start: int, end: int) -> None:
        """Take the tokens of a stretch of the text."""
        self._reset()
        self._scan(start, end)
        self._finish(start)

    def _reset(self) -> None:
        self.kinds, self.texts, self.starts, self.ends = [], [], [], []
        self.at = 0
        self.depth = 0
        self.stops = frozenset()

    def _continues(self, index: int) -> bool:
        if index >= len(self.kinds):
            return False
        kind = self.kinds[index]
        following = self.kinds[index + 1] if index + 1 < len(self.kinds) else END
        if kind == "else":
            return following != ":"
        return kind in _NEVER_FIRST and not (kind == "or" and following == "else")

    def _push(self, kind: str, text: str, start: int, end: int) -> None:
        self.kinds.append(kind)
        self.texts.append(text)
        self.starts.append(start)
        self.ends.append(end)

    def _finish(self, start: int) -> None:
        end = self.ends[-1] if self.ends else start
        self._push(END, "", end, end)

    def _scan_line(self, line: Line, start: int) -> None:
        for part_start, part_end in line.parts:
            if part_end > start:
                self._scan(max(part_start, start), part_end)

    def _scan(self, start: int, end: int) -> None:
        kinds, texts, starts, ends = self.kinds, self.texts, self.starts, self.ends
        whole = self.source.text
        for match in _token(whole.isascii()).finditer(whole, start, end):
            sort = match.lastindex
            assert sort is not None  # every alternative is a group
            first, last = match.span(sort)
            text = whole[first:last]
            if sort == _WORD:
                # `where(` without a space is the fact called `where`, not the keyword.
                fact = text == "where" and whole.startswith("(", last)
                kinds.append(text if text in KEYWORDS and not fact else "word")
            elif sort == _SIGN:
                text = _SIGNS.get(text, text)
                kinds.append(text)
            else:
                kinds.append(_SORTS[sort])
                if sort == _STRING:
                    text = text[1:-1]
            texts.append(text)
            starts.append(first)
            ends.append(last)

    # ------------------------------------------------------------ looking

    @property
    def kind(self) -> str:
        """The kind of the token here."""
        return self.kinds[self.at]

    @property
    def text(self) -> str:
        """The text of the token here."""
        return self.texts[self.at]

    def next_kind(self, ahead: int = 1) -> str:
        """The kind of a token further on."""
        return self.kinds[min(self.at + ahead, len(self.kinds) - 1)]

    def next_text(self, ahead: int = 1) -> str:
        """The text of a token further on."""
        return self.texts[min(self.at + ahead, len(self.texts) - 1)]

    def is_word(self, *words: str) -> bool:
        """Whether one of these soft words stands here."""
        return self.kinds[self.at] == "word" and self.texts[self.at] in words

    def calls(self) -> bool:
        """Whether a bracket opens directly behind this token, without a space: then a soft word is a fact's name."""
        return self.next_kind() == "(" and self.starts[self.at + 1] == self.ends[self.at]

    def span(self, start: int, end: int | None = None) -> Span:
        """From an offset to another, or to the end of the last token taken."""
        if end is None:
            end = max(start, self.ends[self.at - 1]) if self.at else start
        return Span(self.source, start, end)

    def here(self) -> Span:
        """The token at the cursor; at the end, the last one."""
        at = self.at
        if self.kinds[at] in (END, NEWLINE) and at > 0:
            return Span(self.source, self.ends[at - 1], self.ends[at - 1])
        return Span(self.source, self.starts[at], self.ends[at])

    # ------------------------------------------------------------- taking

    def accept(self, kind: str) -> bool:
        """Take a token of this kind if it stands here."""
        if self.kinds[self.at] == kind:
            self.at += 1
            return True
        return False

    def accept_word(self, *words: str) -> bool:
        """Take one of these soft words if it stands here."""
        if self.is_word(*words):
            self.at += 1
            return True
        return False

    def expect(self, kind: str, expected: str = "") -> None:
        """Take a token of this kind, or report what stands in its place."""
        if self.kinds[self.at] != kind:
            self.unexpected(expected or f"`{kind}`")
        self.at += 1

    def expect_word(self, word: str) -> None:
        """Take this soft word, or report what stands in its place."""
        if not self.accept_word(word):
            self.unexpected(f"`{word}`")

    def close(self, opened: int) -> None:
        """Take the `)` that belongs to the `(` at offset `opened`."""
        if self.kinds[self.at] == ")":
            self.at += 1
        elif self.kinds[self.at] in (END, NEWLINE):
            self.report(
                "unclosed-bracket",
                Span(self.source, opened, opened + 1),
                label="never closed",
                repair="add `)`",
            )
        else:
            self.unexpected("`,` or `)`")

    def name(self, expected: str = "a name") -> Name:
        """A name: words up to the next keyword, sign, or word that ends names here; or one in quotes."""
        at = self.at
        kinds, texts, stops = self.kinds, self.texts, self.stops
        if kinds[at] == "word" and texts[at] not in stops:
            last = at + 1
            while kinds[last] == "number" or (kinds[last] == "word" and texts[last] not in stops):
                last += 1
            self.at = last
            span = Span(self.source, self.starts[at], self.ends[last - 1])
            return Name(texts[at] if last - at == 1 else " ".join(texts[at:last]), span)
        if kinds[at] != "string":
            self.unexpected(expected)
        text = " ".join(texts[at].split())
        if not text:
            blanks = {"expected": expected, "found": "empty quotes"}
            self.fail("unexpected-token", self.here(), blanks)
        self.at += 1
        return Name(text, Span(self.source, self.starts[at], self.ends[at]))

    # ---------------------------------------------------------- reporting

    def report(
        self,
        code: str,
        span: Span,
        blanks: dict[str, str] | None = None,
        label: str = "",
        repair: str = "",
    ) -> None:
        """Adds a finding; reading goes on."""
        self.found.append(Diagnostic(code, span, blanks or {}, label, (), repair))

    def fail(
        self,
        code: str,
        span: Span,
        blanks: dict[str, str] | None = None,
        label: str = "",
        repair: str = "",
    ) -> NoReturn:
        """Report, and give up what is being read."""
        self.report(code, span, blanks, label, repair)
        raise Mistake

    def unexpected(self, expected: str, repair: str = "") -> NoReturn:
        """Report what stands here instead of what should; `repair` is what was probably meant."""
        kind, text = self.kinds[self.at], self.texts[self.at]
        span = self.here()
        if kind == "other":
            if text in '"“':
                self.fail(
                    "unclosed-quote", span, {}, "never closed", "close the quotes in the same line"
                )
            meant = _MEANT.get(text)
            self.fail(
                "unexpected-character",
                span,
                {"character": text},
                "means nothing here",
                f"write `{meant}`" if meant else "",
            )
        if kind == ")":
            self.fail(
                "unopened-bracket", span, {}, "closes nothing" if expected != "`,` or `)`" else ""
            )
        if not repair and kind == "==":
            repair = "write `=`"
        elif (
            not repair and kind in _IN_NAMES and (expected.endswith("name") or self._follows_name())
        ):
            repair = f"a name that holds the word `{kind}` goes in double quotes"
        elif not repair and kind == "number" and "name" in expected.split():
            repair = f'a name that is a number goes in double quotes: `"{text}"`'
        described = {
            END: "the end of the line",
            NEWLINE: "the end of the line",
            "string": "text in quotes",
        }.get(kind)
        self.fail(
            "unexpected-token",
            span,
            {"expected": expected, "found": described or f"`{text}`"},
            "",
            repair,
        )

    def _follows_name(self) -> bool:
        return self.at > 0 and self.kinds[self.at - 1] == "word"

    def finish(self, expected: str = "the end of the line") -> None:
        """Report anything that is left."""
        if self.kinds[self.at] != END:
            self.unexpected(expected)

    # -------------------------------------------------------------- lists

    def items(
        self,
        read: Callable[[], Item],
        separators: Sequence[str] = (",", NEWLINE),
        *,
        until: Iterable[str] = (),
    ) -> list[Item]:
        """Items between separators up to the end (or a token of `until`); after a mistake, reading goes on with the next item."""
        results: list[Item] = []
        ends = {END, *until}
        depth = self.depth
        while self.kinds[self.at] in separators and self.kinds[self.at] == NEWLINE:
            self.at += 1
        while self.kinds[self.at] not in ends:
            first = self.at
            try:
                results.append(read())
                if self.kinds[self.at] not in separators and self.kinds[self.at] not in ends:
                    self.unexpected(self._between(separators), self.comma_missing(separators))
            except Mistake:
                self.depth = depth
                self.skip(first, separators, ends)
            while self.kinds[self.at] in separators:
                taken = self.kinds[self.at]
                self.at += 1
                if (
                    taken != NEWLINE
                    and self.kinds[self.at] in separators
                    and self.kinds[self.at] != NEWLINE
                ):
                    self.report(
                        "unexpected-token",
                        self.here(),
                        {"expected": "something", "found": f"`{self.text}`"},
                        f"nothing stands between the two `{self.text}`",
                    )
        return results

    def skip(self, first: int, separators: Sequence[str], ends: Iterable[str]) -> None:
        """Go to the separator or end that follows the item which began at token `first`."""
        mistake = self.at
        brackets = 0
        at = first
        while self.kinds[at] != END:
            kind = self.kinds[at]
            if kind == "(":
                brackets += 1
            elif kind == ")":
                brackets = max(0, brackets - 1)
            elif (
                at >= mistake
                and at > first
                and (kind == NEWLINE or (brackets == 0 and (kind in separators or kind in ends)))
            ):
                break
            at += 1
        self.at = at

    def comma_missing(self, separators: Sequence[str] = (",",)) -> str:
        """What would mend it, where another item seems to begin without a separator before it."""
        begins = self.kinds[self.at] in ("word", "string", "not") and self.at > 0
        return "put a comma before it" if begins and "," in separators else ""

    @staticmethod
    def _between(separators: Sequence[str]) -> str:
        signs = [f"`{sign}`" for sign in separators if sign != NEWLINE]
        return " or ".join([*signs, "the end of the line"])


def text_after(source: Source, line: Line, start: int) -> tuple[str, Span]:
    """What stands in a line from an offset on, as one line of text, and where."""
    parts = [(max(first, start), last) for first, last in line.parts if last > start]
    text = raw_text(source, parts)
    first = parts[0][0] if parts else line.end
    first += len(source.text[first : line.end]) - len(source.text[first : line.end].lstrip())
    return text, Span(source, first, max(first, line.end))

"""Text to tokens whose brackets match.

Sabre's tokens: symbols stand alone whatever the blanks around them, a name runs to the next
symbol or blank, and a minus that touches a digit always belongs to the number.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import NamedTuple

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Source, Span
from intrigue.records import dataclass

DEFINITION_WORDS = frozenset({"type", "entity", "property", "action", "trigger", "utility"})

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<open_comment>/\*.*)
      | (?P<number>-?(?:\d+\.?\d*|\.\d+))
      | (?P<symbol>[=!<>]=|[(){}\[\],;:*/+\-&|!=<>?])
      | (?P<name>[^\W\d_][^\s(){}\[\],;:*/+\-&|!=<>]*)
      | (?P<stray>[^\s(){}\[\],;:*/+\-&|!=<>]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSING = {"(": ")", "{": "}", "[": "]"}


class Token(NamedTuple):
    """One token: its kind (`number`, `name` or `symbol`), its text and its offsets in the
    source."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Findings:
    """Everything found wrong with one source so far."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)
    _known: set[tuple[str, int, int]] = field(default_factory=set)

    def add(
        self,
        code: str,
        start: int,
        end: int,
        *,
        label: str = "",
        repair: str = "",
        earlier: tuple[str, int, int] | None = None,
        **blanks: str,
    ) -> None:
        """Record one finding, once for each place. `earlier` points at another place: what to say there, and its
        offsets."""
        if (code, start, end) in self._known:
            return
        self._known.add((code, start, end))
        notes: tuple[Note, ...] = ()
        if earlier is not None:
            notes = (Note(earlier[0], Span(self.source, earlier[1], earlier[2])),)
        span = Span(self.source, start, end)
        self.found.append(Diagnostic(code, span, blanks, label=label, notes=notes, repair=repair))

    def sorted(self) -> list[Diagnostic]:
        """All findings in the order of the text."""
        return sorted(self.found, key=lambda one: one.span.start if one.span else 0)


def tokenise(text: str, findings: Findings) -> list[Token]:
    """The tokens of the text. Brackets match and every definition ends in `;`, mended where they
    did not."""
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "skip":
            continue
        token = Token(kind, match.group(), match.start(), match.end())
        if kind == "open_comment":
            findings.add("sabre-comment", token.start, token.start + 2)
        elif kind == "stray":
            findings.add("sabre-character", token.start, token.end, found=token.text)
        else:
            tokens.append(token)
    return _balance(text, tokens, findings)


def _balance(text: str, tokens: list[Token], findings: Findings) -> list[Token]:
    """Close what was left open, drop what closes nothing, end definitions; each mending is a
    finding."""
    balanced: list[Token] = []
    pending: list[Token] = []

    def close_to(depth: int, at: int) -> None:
        while len(pending) > depth:
            opener = pending.pop()
            wanted = _CLOSING[opener.text]
            findings.add(
                "sabre-bracket", opener.start, opener.end, found=opener.text, wanted=wanted
            )
            balanced.append(Token("symbol", wanted, at, at))

    def end_definition(last: Token) -> None:
        findings.add("sabre-semicolon", last.start, last.end, repair="add `;`")
        balanced.append(Token("symbol", ";", last.end, last.end))

    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if balanced and _begins_definition(text, token, following):
            unclosed = bool(pending)
            close_to(0, balanced[-1].end)
            last = balanced[-1]
            if unclosed:
                balanced.append(Token("symbol", ";", last.end, last.end))
            elif last.kind != "symbol" or last.text in (")", "}", "?"):
                end_definition(last)
        elif balanced and not pending and balanced[-1].text == "}" and token.text != ";":
            end_definition(balanced[-1])
        if token.text == ";":  # never in round brackets, between definitions or parts only
            depth = len(pending)
            while depth and pending[depth - 1].text != "{":
                depth -= 1
            close_to(depth, balanced[-1].end if balanced else 0)
        if token.kind == "symbol" and token.text in _CLOSING:
            pending.append(token)
        elif token.kind == "symbol" and token.text in (")", "}", "]"):
            depth = len(pending)
            while depth and _CLOSING[pending[depth - 1].text] != token.text:
                depth -= 1
            if not depth:
                findings.add("sabre-bracket-stray", token.start, token.end, found=token.text)
                continue
            close_to(depth, token.start)
            pending.pop()
        balanced.append(token)
    close_to(0, len(text))
    return balanced


def _begins_definition(text: str, token: Token, following: Token | None) -> bool:
    """Does a definition surely begin here: a definition's word at the margin, followed by what
    it names?"""
    if token.text not in DEFINITION_WORDS or following is None:
        return False
    if token.start and text[token.start - 1] != "\n":
        return False
    return following.text == "(" if token.text == "utility" else following.kind == "name"

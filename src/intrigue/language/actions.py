"""Actions with their outcomes, triggers and inferences: a head line and clauses below it."""

from __future__ import annotations

import re
from dataclasses import field
from typing import NoReturn

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Span
from intrigue.diagnostics.suggest import nearest
from intrigue.language.expressions import SUM
from intrigue.language.lines import Line
from intrigue.language.rules import RuleParser
from intrigue.language.times import MINUTES
from intrigue.language.tokens import END, NEWLINE, Item, Mistake
from intrigue.language.tree import (
    ActionDeclaration,
    Call,
    Deadline,
    Duration,
    Effect,
    Expression,
    Name,
    Need,
    OutcomeDeclaration,
    Parameter,
    Pattern,
    SeenClause,
    TriggerDeclaration,
    WillClause,
)
from intrigue.records import dataclass

_ACTION = (
    *("needs", "makes", "will", "fate", "reaction", "seen by", "seen as", "heard by"),
    *("takes", "within", "journey", "or else"),
)
_OUTCOME = ("needs", "makes", "seen by", "seen as", "heard by")
_TRIGGER = ("when", "makes")
_MEANT = {
    **dict.fromkeys(("wants", "wills", "willed", "agent", "actor", "by"), "will"),
    **dict.fromkeys(("requires", "precondition", "preconditions", "if", "pre"), "needs"),
    **dict.fromkeys(("effect", "effects", "causes", "then", "sets", "does"), "makes"),
    **dict.fromkeys(("observed", "observers", "witnessed", "visible"), "seen by"),
    **dict.fromkeys(("lasts", "duration", "time"), "takes"),
    **dict.fromkeys(("accident", "chance"), "fate"),
    "else": "or else",
}
"""What was probably meant by a word that is near to no clause in its letters."""

_ONCE = frozenset(("makes", "will", "fate", "reaction", "takes", "journey", "when"))
_MODES = ("will", "fate", "reaction")

_CLAUSE = re.compile(r"(or\s+else|seen\s+by|seen\s+as|heard\s+by|[^\W\d][\w-]*)(?![\w'’-])")
_MISPLACED = re.compile(
    r"(?:needs|makes|seen\s+by|seen\s+as|heard\s+by|or\s+else|will|takes\s+\d.*)\s+[^\s(]"
)


@dataclass(slots=True)
class _Clauses:
    """What the clauses of one declaration have held so far, and where each stood first."""

    first: dict[str, Span] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    when: list[Expression] = field(default_factory=list)
    makes: tuple[Effect, ...] = ()
    mode: str = ""
    will: tuple[WillClause, ...] = ()
    seen: list[SeenClause] = field(default_factory=list)
    takes: Duration | None = None
    within: list[Deadline] = field(default_factory=list)
    outcomes: list[OutcomeDeclaration] = field(default_factory=list)


class ActionParser(RuleParser):
    """Reads declarations that have clauses."""

    def action(self, line: Line, start: int) -> ActionDeclaration:
        """An action; `start` is the offset behind the word `action`."""
        name, params = self._head(line, start, "an action")
        had = self._clauses(line, _ACTION, "an action")
        return ActionDeclaration(
            name,
            params,
            tuple(had.patterns),
            tuple(had.needs),
            had.makes,
            had.mode,
            had.will,
            tuple(had.seen),
            had.takes,
            "journey" in had.first,
            tuple(had.outcomes),
            self.block(line),
            tuple(had.within),
        )

    def _outcome(self, line: Line, start: int) -> OutcomeDeclaration:
        """`or else NAME(more: kind)` with its clauses."""
        name, params = self._head(line, start, "an outcome")
        had = self._clauses(line, _OUTCOME, "an outcome")
        return OutcomeDeclaration(
            name,
            params,
            tuple(had.patterns),
            tuple(had.needs),
            had.makes,
            tuple(had.seen),
            self.block(line),
        )

    def trigger(self, line: Line, start: int, *, minds_only: bool) -> TriggerDeclaration:
        """A trigger or an inference."""
        what = "an inference" if minds_only else "a trigger"
        name, params = self._head(line, start, what)
        had = self._clauses(line, _TRIGGER, what)
        for word in _TRIGGER:
            if word not in had.first:
                self.report(
                    "missing-clause",
                    name.span,
                    {"what": what.capitalize(), "clause": word},
                    f"has no `{word}`",
                )
        return TriggerDeclaration(
            name, params, tuple(had.when), had.makes, minds_only, self.block(line)
        )

    def block(self, line: Line) -> Span:
        """A line and all that belongs to it."""
        return Span(self.source, line.start, line.end_of_block)

    # -------------------------------------------------------------- the frame

    def _head(self, line: Line, start: int, what: str) -> tuple[Name, tuple[Parameter, ...]]:
        """Name and parameters. A head that cannot be read does not keep the clauses from being read."""
        self.load(line, start, children=False)
        name = Name("", self.span(line.start, line.end))
        params: tuple[Parameter, ...] = ()
        try:
            name = self.name(f"the name of {what}")
            params = self.parameters()
            if self.kind == ":":
                blanks = {"expected": "the end of the line", "found": "`:`"}
                self.fail("unexpected-token", self.here(), blanks, repair="take it out")
            self.finish("the end of the line")
        except Mistake:
            pass
        return name, params

    def _clauses(self, line: Line, allowed: tuple[str, ...], what: str) -> _Clauses:
        had = _Clauses()
        for child in line.children:
            try:
                self._clause(child, allowed, what, had)
            except Mistake:
                continue
        return had

    def _clause(self, line: Line, allowed: tuple[str, ...], what: str, had: _Clauses) -> None:
        """One clause; `allowed` are those that `what` has."""
        text = self.source.text
        if text[line.start] in '"“':
            self.load(line, breaks=False)
            had.patterns += self.items(self._pattern, (",",))
            return
        found = _CLAUSE.match(text, line.start, line.end)
        word = " ".join(found.group(1).split()) if found else ""
        if found is None or word not in allowed:
            self._unknown_clause(line, word, allowed, what)
        span = Span(self.source, line.start, found.end())
        key = "will" if word in _MODES else word
        if word in _ONCE and key in had.first:
            self._twice(
                span,
                had.first[key],
                "`will`, `fate` or `reaction`" if key == "will" else f"`{word}`",
            )
        had.first.setdefault(key, span)
        for child in line.children:
            if word != "or else" and _MISPLACED.match(text, child.start, child.end):
                self.report(
                    "bad-indentation",
                    Span(self.source, child.start, child.end),
                    {"problem": f"looks like a clause but belongs to `{word}` above it"},
                    "too far in",
                    f"indent it like `{word}`",
                )
                raise Mistake
        if word == "or else":
            had.outcomes.append(self._outcome(line, found.end()))
            return
        self.load(line, found.end())
        if word in _MODES:
            had.mode = word
            had.will = self._will() if word == "will" else ()
        elif word == "needs":
            had.needs += self._some(span, self.items(self._need))
        elif word == "when":
            had.when += self._some(span, self.conditions())
        elif word == "makes":
            had.makes = tuple(self._some(span, list(self.effects())))
        elif word == "takes":
            had.takes = self.duration()
        elif word == "within":
            duration = self.duration()
            self.expect(":", "`:` and what must be so by then")
            had.within.append(Deadline(duration.minutes, self.conjunction(), span))
        elif word != "journey":
            had.seen.append(self._seen(word))
        self.finish()

    def _some(self, span: Span, items: list[Item]) -> list[Item]:
        """The items, of which there must be some."""
        if not items and len(self.kinds) == 1:
            word = self.source.text[span.start : span.end]
            self.report("empty-clause", span, {"clause": word}, "nothing follows")
        return items

    def _twice(self, span: Span, first: Span, clause: str) -> NoReturn:
        note = Note("It stands here first.", first)
        self.found.append(
            Diagnostic("duplicate-clause", span, {"clause": clause}, "once more", (note,))
        )
        raise Mistake

    def _unknown_clause(
        self, line: Line, word: str, allowed: tuple[str, ...], what: str
    ) -> NoReturn:
        end = line.start + max(len(word), 1)
        if word in ("seen", "heard"):
            self.fail(
                "unexpected-token",
                Span(self.source, line.start, end),
                {"expected": f"`{word} by`", "found": f"`{word}`"},
                "by whom?",
            )
        if word in _ACTION + _TRIGGER:
            self.fail(
                "misplaced-clause",
                Span(self.source, line.start, end),
                {"clause": word, "what": what},
                f"{what} has none",
            )
        close = _MEANT.get(word) or nearest(word, allowed)
        if "{" in self.source.text[line.start : line.end] or not word:
            repair = "put a sentence in double quotes"
        elif close in allowed:
            repair = f"write `{close}`"
        else:
            repair = "one of: " + ", ".join(allowed) + ", or a sentence in quotes"
        self.fail(
            "unknown-clause",
            Span(self.source, line.start, end),
            {"word": word or self.source.text[line.start], "what": what},
            "not a clause",
            repair,
        )

    # ------------------------------------------------------------ the clauses

    def _pattern(self) -> Pattern:
        if self.kind != "string":
            self.unexpected("a sentence in quotes")
        return self.pattern()

    def _need(self) -> Need:
        """`φ`, `secretly φ`, `hopes φ`."""
        start = self.starts[self.at]
        secret = hope = False
        while (
            self.is_word("secretly", "hopes")
            and not self.calls()
            and self.next_kind() not in ("=", ",", END, NEWLINE)
        ):
            secret = secret or self.text == "secretly"
            hope = hope or self.text == "hopes"
            self.at += 1
        return Need(self.expression(), secret, hope, self.span(start))

    def _will(self) -> tuple[WillClause, ...]:
        """`p, q`, `commander(p)`, `p if φ`; a condition holds for the persons before it on its line."""
        clauses: list[WillClause] = []
        while self.kind != END:
            start = self.starts[self.at]
            who = [self.binary(SUM)]
            when: Expression | None = None
            while self.kind in (",", "and"):
                self.at += 1
                self.accept(NEWLINE)
                if self.kind != END:
                    who.append(self.binary(SUM))
            if self.accept("if"):
                when = self.expression()
            clauses.append(WillClause(tuple(who), when, self.span(start)))
            if self.kind not in (",", NEWLINE, END):
                self.unexpected("`,`, `if` or the end of the line")
            while self.kind in (",", NEWLINE):
                self.at += 1
        if not clauses:
            self.unexpected("a person")
        return tuple(clauses)

    def _seen(self, word: str) -> SeenClause:
        """`seen by WHO`, `seen as OTHER(args) by WHO`, `heard by WHO: EFFECTS`, from behind the first two words."""
        start = self.starts[self.at]
        call: Call | None = None
        if word == "seen as":
            self.stops = frozenset(("by",))
            other = self.name("the name of an action")
            call = self.call(other) if self.kind == "(" else Call(other, (), other.span)
            self.expect_word("by")
        observers = tuple(self.observers())
        if word != "heard by":
            return SeenClause(observers, call, None, self.span(start))
        self.expect(":", "`:` and what is learnt by hearing")
        effects = self.effects()
        if not effects:
            self.unexpected("an effect")
        return SeenClause(observers, None, effects, self.span(start))

    def duration(self) -> Duration:
        """`5 minutes`, `1 hour 30 minutes`."""
        start = self.starts[self.at]
        minutes = 0.0
        while True:
            if self.kind != "number":
                self.unexpected("a number and a unit of time, as in `5 minutes`")
            amount = self.number().value
            unit = self.text.removesuffix("s")
            if self.kind != "word" or unit not in MINUTES:
                self.unexpected(
                    "a unit of time: seconds, minutes, hours, days, weeks, months, years"
                )
            self.at += 1
            minutes += amount * MINUTES[unit]
            self.accept("and")
            if self.kind != "number":
                return Duration(minutes, self.span(start))

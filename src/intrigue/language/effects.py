"""Effects: what an event, an outcome or a trigger makes so."""

from __future__ import annotations

from typing import NoReturn

from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.language.expressions import SUM, ExpressionParser
from intrigue.language.tokens import END, NEWLINE, Mistake
from intrigue.language.tree import (
    Assign,
    BelievesEffect,
    Call,
    Effect,
    EveryEffect,
    Expression,
    IfEffect,
    Learns,
    Literal,
    Name,
    Shares,
    Shows,
)

_VERBS = frozenset(
    (
        "shows",
        "show",
        "share",
        "shares",
        "tells",
        "tell",
        "learns",
        "learn",
        "forgets",
        "forget",
        "from",
    )
)
_UNLIMITED = 1_000_000


class EffectParser(ExpressionParser):
    """Reads effects at the cursor.

    Effects stand between commas or lines. The lines below an `if` or `every` that begins its own line belong to it; one that
    stands behind its clause word (`makes if ..`) owns the lines below only if nothing follows its colon.
    """

    def effects(self) -> tuple[Effect, ...]:
        """All effects up to the end."""
        self.stops = _VERBS
        return tuple(self._effects(0, _UNLIMITED))

    def _effects(self, block: int, own_line: int) -> list[Effect]:
        """Effects on this line and on following lines indented by at least `block`.

        `own_line`: the indentation of the line on which reading begins; deeper lines belong to an `if` that begins it.
        """
        results: list[Effect] = []
        depth = self.depth
        while True:
            if self.kind == NEWLINE:
                if len(self.text) < block:
                    return results
                own_line = len(self.text)
                self.at += 1
            if self.kind in (END, "else"):
                if (
                    self.kind == "else"
                    and self.next_kind() == ":"
                    and results
                    and isinstance(results[-1], IfEffect)
                ):
                    last = results[-1]
                    if not last.otherwise:
                        results[-1] = self._otherwise(last, own_line)
                        continue
                if self.kind == "else" and block == 0:
                    first = self.at
                    try:
                        self.unexpected("an effect")
                    except Mistake:
                        self.skip(first, (",", NEWLINE), (END,))
                    continue
                return results
            first = self.at
            try:
                results.append(self.effect(own_line))
                if self.kind not in (",", NEWLINE, END, "else"):
                    self.unexpected("`,` or the end of the line", self.comma_missing())
            except Mistake:
                self.depth = depth
                self.skip(first, (",", NEWLINE), (END,))
            while self.kind == ",":
                self.at += 1
                if self.kind == ",":
                    self.report(
                        "unexpected-token",
                        self.here(),
                        {"expected": "an effect", "found": "`,`"},
                        "nothing stands between the two `,`",
                    )

    def _body(self, own_line: int) -> tuple[Effect, ...]:
        """The effects behind a colon: inline and on deeper lines, or all on lines below."""
        before = len(self.found)
        self.depth += 1
        if self.depth > 40:
            self.fail(
                "nested-too-deep",
                self.here(),
                {"what": "Effects are", "limit": "40"},
                "one level too many",
            )
        if self.kind == NEWLINE and (len(self.text) > own_line or own_line == _UNLIMITED):
            effects = self._effects(len(self.text), len(self.text))
        else:
            effects = self._effects(own_line + 1, own_line)
        self.depth -= 1
        if not effects:
            if len(self.found) == before:
                self.unexpected("an effect")
            raise Mistake
        return tuple(effects)

    def _otherwise(self, effect: IfEffect, own_line: int) -> IfEffect:
        self.at += 2
        try:
            body = self._body(own_line)
        except Mistake:
            self.skip(self.at, (",", NEWLINE), (END,))
            body = ()
        return IfEffect(effect.test, effect.then, body, self.span(effect.span.start))

    # -------------------------------------------------------------- one effect

    def effect(self, own_line: int = _UNLIMITED) -> Effect:
        """One effect."""
        start = self.starts[self.at]
        kind = self.kind
        if kind == "if":
            self.at += 1
            test = self.expression()
            self.expect(":", "`:` and the effects")
            return IfEffect(test, self._body(own_line), (), self.span(start))
        if kind == "every":
            self.at += 1
            variable, of = self.binding()
            where = self.expression() if self.accept("where") else None
            self.expect(":", "`:` and the effects")
            return EveryEffect(variable, of, where, self._body(own_line), self.span(start))
        if kind == "not":
            self.at += 1
            place = self.place(self.binary(SUM))
            return Assign(place, Literal("no", self.span(start)), self.span(start))
        if self.is_word("shows", "show") and not self.calls():
            self.at += 1
            return self._shows(start)
        subject = self.binary(SUM)
        if self.accept("="):
            place = self.place(subject)
            return Assign(place, self.expression(), self.span(start))
        if self.kind == "and" or self.is_word("share", "shares"):
            return self._shares(subject, start)
        if self.accept_word("tells", "tell"):
            return self._tells(subject, start)
        if self.accept_word("learns", "learn"):
            place = self.place(self.binary(SUM))
            source = self.binary(SUM) if self.accept_word("from") else None
            return Learns(subject, place, source, self.span(start))
        if self.accept_word("forgets", "forget"):
            place = self.place(self.binary(SUM))
            return BelievesEffect(
                (subject,), place, Literal("unknown", self.span(start)), self.span(start)
            )
        if self.kind == "believes":
            return self._believes(subject, start)
        if self.kind == "knows":
            self.fail(
                "unexpected-token",
                self.here(),
                {"expected": "an effect", "found": "`knows`"},
                "`knows` is a condition",
                "write `learns`, `believes` or `share`",
            )
        if self.kind == "is":
            self.unexpected("`=`", "write `fact(..) = value`, or `fact(..)` for yes")
        place = self.place(subject)
        if isinstance(place, Name):
            return Assign(place, None, self.span(start))
        return Assign(place, Literal("yes", self.span(start)), self.span(start))

    def place(self, expression: Expression) -> Call | Name:
        """What an effect can change: a fact with arguments, or a name (a claim, a question, a fact without arguments)."""
        if not isinstance(expression, Call | Name):
            self._no_place(expression)
        return expression

    def _no_place(self, expression: Expression) -> NoReturn:
        self.fail(
            "unexpected-token",
            expression.span,
            {
                "expected": "a fact",
                "found": f"`{self.source.text[expression.span.start : expression.span.end]}`",
            },
            "only a fact can change",
        )

    def content(self) -> tuple[Call | Name, Expression | None]:
        """What is told, shared, believed: `f(x) = v`, `f(x)`, `not f(x)`, or a claim (value None)."""
        start = self.starts[self.at]
        if self.accept("not"):
            return self.place(self.binary(SUM)), Literal("no", self.span(start))
        place = self.place(self.binary(SUM))
        if self.accept("="):
            return place, self.expression()
        if isinstance(place, Name):
            return place, None
        return place, Literal("yes", place.span)

    def _shows(self, start: int) -> Shows:
        """`shows F, G`: places up to something that is no mere place."""
        places: list[Expression] = [self.place(self.binary(SUM))]
        while self.kind == ",":
            before = self.at
            self.at += 1
            if self.kind not in ("word", "string") or self.is_word(*_VERBS):
                self.at = before
                break
            place = self.binary(SUM)
            if self.kind not in (",", NEWLINE, END, "else"):
                self.at = before
                break
            places.append(self.place(place))
        return Shows(tuple(places), self.span(start))

    def _shares(self, first: Expression, start: int) -> Shares:
        """`a and b share φ`."""
        among = [first]
        while self.accept("and") or self.accept(","):
            among.append(self.binary(SUM))
        if not self.accept_word("share", "shares"):
            self.unexpected("`share`")
        return self._shared(tuple(among), None, start)

    def _tells(self, speaker: Expression, start: int) -> Shares:
        """`a tells b and c φ`: hearers are names; what is told begins at the first fact, `not`, or name that follows."""
        among = [speaker, self._hearer()]
        while self.accept("and"):
            among.append(self._hearer())
        self.accept_word("that")
        return self._shared(tuple(among), speaker, start)

    def _hearer(self) -> Expression:
        """One hearer: a call such as `boss(p)`, or one word (a parameter), or a name in quotes."""
        at = self.at
        if self.kind == "word" and self.next_kind() not in ("(",):
            self.at += 1
            return Name(self.texts[at], self.span(self.starts[at]))
        return self.primary()

    def _shared(
        self, among: tuple[Expression, ...], speaker: Expression | None, start: int
    ) -> Shares:
        if self.accept_word("whether"):
            place = self.place(self.binary(SUM))
            return Shares(among, speaker, place, None, True, self.span(start))
        denied = self.kind == "not"
        place, value = self.content()
        bare = isinstance(place, Call) and not denied and self.ends[self.at - 1] == place.span.end
        return Shares(among, speaker, place, value, bare, self.span(start))

    def _believes(self, subject: Expression, start: int) -> BelievesEffect:
        """`a believes b believes f(x) = v`."""
        path = [subject]
        while self.accept("believes"):
            self.accept_word("that")
            if self.kind == "not":
                break
            inner = self.binary(SUM)
            if self.kind == "believes":
                path.append(inner)
                continue
            place = self.place(inner)
            if self.accept("="):
                value: Expression | None = self.expression()
            else:
                value = None if isinstance(place, Name) else Literal("yes", place.span)
            return BelievesEffect(tuple(path), place, value, self.span(start))
        place, value = self.content()
        return BelievesEffect(tuple(path), place, value, self.span(start))


def parse_effects(
    source: Source, start: int = 0, end: int | None = None
) -> tuple[tuple[Effect, ...], list[Diagnostic]]:
    """Read the text between two offsets as effects. Never raises."""
    found: list[Diagnostic] = []
    parser = EffectParser(source, found)
    parser.load_stretch(start, len(source.text) if end is None else end)
    return parser.effects(), found

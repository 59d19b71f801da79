"""What a story starts from: wants, cast, opening situation, endings."""

from __future__ import annotations

import re

from intrigue.diagnostics.diagnostic import Span
from intrigue.language.actions import ActionParser
from intrigue.language.expressions import SUM
from intrigue.language.lines import Line
from intrigue.language.names import key
from intrigue.language.times import born
from intrigue.language.tokens import END, NEWLINE
from intrigue.language.tree import (
    Call,
    CastDeclaration,
    CastProperty,
    Ending,
    Expression,
    Literal,
    Name,
    Number,
    Parameter,
    StartLine,
    WantDeclaration,
)

WEIGHT = "weight"
_WEIGHT = re.compile(r"[x×](-?\d{1,12}(?:\.\d{1,12})?)$")
_BEFORE_WEIGHT = frozenset(("word", "number", "string", ")", "unknown"))
_AFTER_WEIGHT = frozenset((END, NEWLINE, ";", ",", "while"))
_FORMS = frozenset(("wants", "suffers", "shares"))
_START_STOPS = frozenset(("others",))
_VERBS_OF_CONDITIONS = {
    word: f"put a name that holds the word `{word}` in double quotes"
    for word in ("is", "knows", "believes", "does")
}
"""Words with which a condition goes on, and what to do with a name that holds one."""


class OpeningParser(ActionParser):
    """Reads the lines of `wants`, `cast`, `start` and `ending`."""

    # ---------------------------------------------------------------- wants

    def want_line(self, line: Line) -> list[WantDeclaration]:
        """`PERSON: WANT; WANT`, `PERSON wants|suffers until|shares ..`, `each p: kind, ..: ..`."""
        self.load(line)
        self._mark_weights()
        self.stops = _FORMS
        citations = tuple(self.cited(line))
        params = self._each() if self.is_word("each") and self.next_kind(2) == ":" else ()
        who = self.binary(SUM)
        if not self.accept(":") and not self.is_word(*_FORMS):
            self.unexpected("`:`, `wants`, `suffers until` or `shares`")

        def want() -> WantDeclaration:
            return self._want(params, who, citations)

        wants = self.items(want, (";", NEWLINE))
        if not wants and self.kinds[self.at - 1] == ":":
            self.unexpected("what is wanted")
        return wants

    def _mark_weights(self) -> None:
        """Make weights (`x5`) tokens of their own: such words behind a condition and before what may follow one."""
        for index in range(1, len(self.texts) - 1):
            if (
                _WEIGHT.match(self.texts[index])
                and self.kinds[index - 1] in _BEFORE_WEIGHT
                and self.kinds[index + 1] in _AFTER_WEIGHT
            ):
                self.kinds[index] = WEIGHT

    def _each(self) -> tuple[Parameter, ...]:
        """`each p: kind, q: kind:`."""
        self.at += 1
        params: list[Parameter] = []
        while True:
            name = self.name("the name of a variable")
            self.expect(":", "`:` and a kind")
            params.append(Parameter(name, self.kinds_list()))
            if not self.accept(","):
                break
        self.expect(":", "`:` and what each of them wants")
        return tuple(params)

    def _want(
        self, params: tuple[Parameter, ...], who: Expression, citations: tuple[int, ...]
    ) -> WantDeclaration:
        """`φ xW while C`, `suffers until φ xW while C`, `wants [to know] φ ..`, `shares q ..`."""
        start = self.starts[self.at]
        form = "wants"
        if self.accept_word("suffers"):
            form = "suffers"
            self.expect_word("until")
        elif self.accept_word("shares"):
            form = "shares"
        else:
            self.accept_word("wants")
        to_know = form == "wants" and self.is_word("to") and self.next_text() == "know"
        if to_know:
            self.at += 2
        what = self.binary(SUM) if form == "shares" else self.expression()
        weight = 1.0
        during: Expression | None = None
        weighed = False
        while True:
            if self.kind == WEIGHT and not weighed:
                found = _WEIGHT.match(self.text)
                assert found is not None  # only such tokens are marked
                weight = float(found.group(1))
                weighed = True
                self.at += 1
            elif self.kind == "while" and during is None:
                self.at += 1
                during = self.expression()
            else:
                break
        if self.kind not in (";", NEWLINE, END):
            repair = "put `;` between two wants, `and` between two conditions"
            expected = "`x` and a weight, `while`, `;` or the end of the line"
            self.unexpected(expected, repair if self.kind == "," else "")
        return WantDeclaration(
            params, who, form, what, to_know, weight, during, citations, self.span(start)
        )

    # ----------------------------------------------------------------- cast

    def cast_line(self, line: Line) -> CastDeclaration:
        """`NAMES: KINDS and properties`, and `aka NAMES` below it."""
        aliases: list[Name] = []
        others: list[Line] = []
        for child in line.children:
            if (
                self.source.text.startswith("aka", child.start, child.end)
                and not self.source.text[child.start + 3 : child.start + 4].strip()
            ):
                self.load(child, child.start + 3, breaks=False)
                aliases += self.items(lambda: self.name("another name"))
            else:
                others.append(child)
        head = Line(line.indent, line.parts, line.citations, others)
        self.load(head)
        start = self.starts[self.at]
        names = [self.name("a name")]
        while self.accept(","):
            names.append(self.name("a name"))
        if self.kind == "and":
            self.fail(
                "unexpected-token",
                self.here(),
                {"expected": "`:`", "found": "`and`"},
                "in the middle of a name?",
                "put a name that holds `and` in double quotes, or use a comma between two names",
            )
        if self.kind in _VERBS_OF_CONDITIONS:
            write = f"write `{names[-1].text}: KIND`, or " if self.kind == "is" else ""
            self.unexpected("`:` and a kind", write + _VERBS_OF_CONDITIONS[self.kind])
        self.expect(":", "`:` and a kind")
        before = len(self.found)
        kinds: list[Name] = []
        properties: list[CastProperty] = []
        meant: list[Expression] = []

        def item() -> None:
            self._property(kinds, properties, meant)

        self.items(item)
        if not kinds and len(self.found) == before:
            self.report("missing-kind", names[0].span, {"name": names[0].text}, "what is it?")
        return CastDeclaration(
            tuple(names),
            tuple(kinds),
            tuple(properties),
            tuple(aliases),
            meant[0] if meant else None,
            tuple(self.cited(line)),
            self.span(start),
        )

    def _property(
        self, kinds: list[Name], properties: list[CastProperty], meant: list[Expression]
    ) -> None:
        """One item of a cast line, put where it belongs."""
        start = self.starts[self.at]
        after = self.next_kind()
        if self.is_word("at") and after in ("word", "string"):
            self.at += 1
            place = self.binary(SUM)
            properties.append(CastProperty("at", None, place, self.span(start)))
        elif self.is_word("holding") and after in ("word", "string"):
            self.at += 1
            while True:
                thing = self.binary(SUM)
                properties.append(CastProperty("holding", None, thing, self.span(start)))
                if not self.accept("and"):
                    break
                start = self.starts[self.at]
        elif self.is_word("group") and self.next_text() == "of" and self.next_kind(2) == "number":
            self.at += 2
            size: Number = self.number()
            properties.append(CastProperty("group", None, size, self.span(start)))
        elif (self.is_word("born") or self.is_word("aged")) and after == "number":
            properties.append(self._age(start))
        elif self.accept("not"):
            name = self.name("a yes/no fact")
            span = self.span(start)
            properties.append(CastProperty("fact", name, Literal("no", span), span))
        elif self.kind == "in" and after in ("word", "string"):
            self.unexpected("a kind or a property", "write `at` and a place")
        else:
            name = self.bare("a kind or a property")
            if not self.accept("="):
                kinds.append(name)
            elif key(name.text) in ("claim", "question"):
                kinds.append(name)
                meant.append(self.expression())
            else:
                properties.append(CastProperty("fact", name, self.binary(SUM), self.span(start)))

    def _age(self, start: int) -> CastProperty:
        """`born 1961`, `born 3 March 1961`, `aged 28`: as a name that holds what was written."""
        word = self.text
        self.at += 1
        first = self.starts[self.at]
        self.number()
        if word == "born" and self.kind == "word":
            self.at += 1
            self.number()
        span = self.span(first)
        written = " ".join(self.source.text[span.start : span.end].split())
        if word == "born" and not born(written):
            self.fail(
                "unknown-time",
                span,
                {"text": written},
                "which day?",
                "write `born 1961` or `born 3 March 1961`",
            )
        return CastProperty(word, Name(written, span), None, self.span(start))

    # ---------------------------------------------------------------- start

    def start_line(self, line: Line) -> StartLine:
        """`F = v`, `secret F = v known to A, B; others believe w`, `X believes Y believes F = v`."""
        self.load(line, breaks=False)
        citations = tuple(self.cited(line))
        start = self.starts[self.at]
        if self.is_word("secret") and self.next_kind() in ("word", "not", "string"):
            return self._secret(start, citations)
        path: list[Expression] = []
        value: Expression
        while True:
            if self.kind == "not":
                self.at += 1
                place, value = self.place(self.binary(SUM)), Literal("no", self.span(start))
                break
            subject = self.binary(SUM)
            if self.accept("believes"):
                path.append(subject)
                if self.is_word("that") and self.next_kind() in ("word", "not", "string"):
                    self.at += 1
                continue
            place, value = self._set(subject)
            break
        if self.kind in ("knows", "does"):
            self.unexpected(
                "`=` or `believes`", "write `secret F = v known to ..`, or `.. believes F = v`"
            )
        self.finish("`=`, `believes` or the end of the line")
        return StartLine(
            "belief" if path else "holds",
            tuple(path),
            place,
            value,
            (),
            None,
            citations,
            self.span(start),
        )

    def _set(self, subject: Expression) -> tuple[Call | Name, Expression]:
        """The rest of `F = v`; without value, yes."""
        place = self.place(subject)
        if self.accept("="):
            return place, self.expression()
        return place, Literal("yes", place.span)

    def _secret(self, start: int, citations: tuple[int, ...]) -> StartLine:
        self.at += 1
        self.stops = _START_STOPS
        value: Expression
        if self.accept("not"):
            place, value = self.place(self.binary(SUM)), Literal("no", self.span(start))
        else:
            place, value = self._set(self.binary(SUM))
        known: list[Expression] = []
        if self.accept("known"):
            self.expect_word("to")
            if not (self.is_word("nobody") and self.next_kind() in (END, ";", ",")):
                known.append(self.binary(SUM))
                while self.kind in (",", "and") and self.next_text() != "others":
                    self.at += 1
                    known.append(self.binary(SUM))
            else:
                self.at += 1
        else:
            self.unexpected("`known to` and who knows it")
        others: Expression | None = None
        if self.accept(";") or self.accept(","):
            self.expect_word("others")
            if not self.accept_word("believe") and not self.accept("believes"):
                self.unexpected("`believe`")
            others = self.binary(SUM)
            if isinstance(others, Literal) and others.word == "unknown":
                others = None
        self.finish("`;` and `others believe`, or the end of the line")
        return StartLine(
            "secret", (), place, value, tuple(known), others, citations, self.span(start)
        )

    # -------------------------------------------------------------- endings

    def ending(self, line: Line, start: int) -> Ending:
        """`ending NAME: CONDITION`; conditions may go on below."""
        self.load(line, start)
        name = self.name("the name of the ending")
        if self.kind in _VERBS_OF_CONDITIONS:
            self.unexpected("`:` and the condition", _VERBS_OF_CONDITIONS[self.kind])
        self.expect(":", "`:` and the condition")
        return Ending(name, self.conjunction(), Span(self.source, line.start, line.end_of_block))

    def ending_line(self, line: Line) -> Ending:
        """`NAME: CONDITION`, a line of `endings`."""
        return self.ending(line, line.start)

    def cited(self, line: Line) -> list[int]:
        """What a line and all below it cite, each once, in order."""
        numbers = dict.fromkeys(line.citations)
        for child in line.descendants():
            numbers.update(dict.fromkeys(child.citations))
        return list(numbers)

"""Kinds, facts and definitions; and what actions share with them: patterns and observers."""

from __future__ import annotations

import re

from intrigue.language.effects import EffectParser
from intrigue.language.expressions import SUM
from intrigue.language.lines import Line
from intrigue.language.tokens import END, NEWLINE
from intrigue.language.tree import (
    Definition,
    Expression,
    FactDeclaration,
    KindDeclaration,
    Name,
    Observers,
    Pattern,
)

_FACT_STOPS = frozenset(("visible", "promise", "who", '"'))
"""What ends a name in a fact: what is in quotes there is a phrase."""
_BLANK = re.compile(r"\{([^{}\"]*)\}")


class RuleParser(EffectParser):
    """Reads the lines of the sections that hold rules."""

    # ---------------------------------------------------------------- kinds

    def kind_line(self, line: Line) -> list[KindDeclaration]:
        """`gun: weapon`, `cop, gangster: person`, `health = fit < dead`, `sight = clear | blind`; several with `;`."""
        self.load(line, breaks=False)
        return self.items(self._kind, (";",))

    def _kind(self) -> KindDeclaration:
        start = self.starts[self.at]
        names = [self.name("the name of a kind")]
        while self.accept(","):
            names.append(self.name("the name of a kind"))
        if self.accept(":"):
            parents = [self.bare("a kind")]
            while self.accept(","):
                parents.append(self.bare("a kind"))
            return KindDeclaration(tuple(names), tuple(parents), (), False, self.span(start))
        if len(names) == 1 and self.accept("="):
            members = [self._member()]
            ordered = self.kind == "<"
            sign = "<" if ordered else "|"
            while self.kind in ("<", "|", ","):
                if self.kind != sign:
                    self.unexpected(f"`{sign}` again")
                self.at += 1
                members.append(self._member())
            return KindDeclaration(tuple(names), (), tuple(members), ordered, self.span(start))
        if self.kind not in (END, ";"):
            self.unexpected("`:` and the parent kind, or `=` and the members")
        return KindDeclaration(tuple(names), (), (), False, self.span(start))

    def bare(self, expected: str) -> Name:
        """A name, or the word `in` alone: where one is in such a place."""
        if self.kind == "in" and self.next_kind() in (",", ";", NEWLINE, END):
            self.at += 1
            return Name("in", self.span(self.starts[self.at - 1]))
        return self.name(expected)

    def _member(self) -> Name:
        if self.kind == "number":
            self.at += 1
            return Name(self.texts[self.at - 1], self.span(self.starts[self.at - 1]))
        return self.name("a member of the set")

    # ---------------------------------------------------------------- facts

    def fact_line(self, line: Line) -> FactDeclaration:
        """`NAME(args): range = default`, then `visible to ..`, `known to ..`, `promise` and phrases in any order."""
        self.load(line, breaks=False)
        self.stops = _FACT_STOPS
        start = self.starts[self.at]
        name = self.name("the name of a fact")
        params = self.parameters(kinds_alone=True)
        values: tuple[Name, ...] = ()
        default: Expression | None = None
        if self.accept(":"):
            if self.is_word("yes") and self.next_kind() == "/" and self.next_text(2) == "no":
                self.at += 3
            else:
                values = self.kinds_list()
        if self.accept("="):
            default = self.binary(SUM)
        visible: list[Observers] = []
        known: list[Expression] = []
        phrases: list[Pattern] = []
        promise = False
        while self.kind != END:
            if self.kind == "string":
                phrases.append(self.pattern())
            elif self.accept_word("promise"):
                promise = True
            elif self.accept_word("visible"):
                self.expect_word("to")
                visible += self.observers()
            elif self.accept("known"):
                self.expect_word("to")
                known.append(self.binary(SUM))
                while self.kind == "," and self.next_kind() == "word":
                    self.at += 1
                    known.append(self.binary(SUM))
            elif not self.accept(","):
                self.unexpected(
                    "`visible to`, `known to`, `promise`, a phrase in quotes or the end of the line"
                )
        return FactDeclaration(
            name,
            params,
            values,
            default,
            tuple(visible),
            tuple(known),
            tuple(phrases),
            promise,
            self.span(start),
        )

    def definition_line(self, line: Line) -> Definition:
        """`able(p: person) = health(p) <= wounded and awake(p)`."""
        self.load(line)
        start = self.starts[self.at]
        name = self.name("the name of a derived fact")
        params = self.parameters()
        self.expect("=")
        body = self.conjunction()
        return Definition(name, params, body, self.span(start))

    # ------------------------------------------------------------- patterns

    def pattern(self) -> Pattern:
        """A sentence in quotes with `{blanks}`."""
        start, end = self.starts[self.at], self.ends[self.at]
        span = self.span(start, end)
        self.at += 1
        text = self.source.text[start + 1 : end - 1]
        parts: list[str | Name] = []
        last = 0
        for blank in _BLANK.finditer(text):
            if blank.start() > last:
                parts.append(text[last : blank.start()])
            inner = blank.group(1)
            name = " ".join(inner.split())
            if not name:
                self.fail(
                    "bad-pattern",
                    self.span(start + 1 + blank.start(), start + 1 + blank.end()),
                    {"problem": "has an empty blank"},
                )
            first = start + 1 + blank.start(1) + len(inner) - len(inner.lstrip())
            parts.append(Name(name, self.span(first, first + len(inner.strip()))))
            last = blank.end()
        parts.append(text[last:])
        if not parts[-1]:
            parts.pop()
        if not text.strip():
            self.fail("bad-pattern", span, {"problem": "says nothing"})
        for part in parts:
            if isinstance(part, str) and ("{" in part or "}" in part):
                self.fail("bad-pattern", span, {"problem": "has a brace without its partner"})
        return Pattern(tuple(parts), span)

    # ------------------------------------------------------------ observers

    def observers(self) -> list[Observers]:
        """`anyone [at PLACE] [who φ]`, `nobody`, or persons; several with commas."""
        outer = self.stops
        self.stops = outer | {"who", "by"}
        results: list[Observers] = []
        persons: list[Expression] = []

        def gather() -> None:
            if persons:
                span = self.span(persons[0].span.start, persons[-1].span.end)
                results.append(Observers("persons", None, None, tuple(persons), span))
                persons.clear()

        while True:
            start = self.starts[self.at]
            if self.accept_word("anyone"):
                gather()
                place = self.binary(SUM) if self.accept_word("at") else None
                condition = self.expression() if self.accept_word("who") else None
                results.append(Observers("anyone", place, condition, (), self.span(start)))
            elif self.is_word("nobody") and (
                self.next_kind() not in ("word", "number") or self.next_text() in self.stops
            ):
                gather()
                self.at += 1
                results.append(Observers("nobody", None, None, (), self.span(start)))
            elif self.is_word("everyone", "everybody", "anybody", "all") and not self.calls():
                self.unexpected("an observer", "write `anyone`")
            else:
                persons.append(self.binary(SUM))
            following = self.next_kind()
            if self.kind not in (",", NEWLINE) or following == "string" or self._clause_of_fact():
                break
            self.at += 1
        gather()
        self.stops = outer
        return results

    def _clause_of_fact(self) -> bool:
        """Whether what follows the comma is another clause of a fact."""
        text, after = self.next_text(), self.next_text(2)
        return (text in ("visible", "known") and after == "to") or (
            text == "promise" and self.next_kind(2) != "("
        )

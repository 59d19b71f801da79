"""Expressions, by precedence climbing.

Loosest to tightest: `if then else`, `or`, `and`, `not`, modals, comparisons, `+ -`, `* /`, unary `-`, calls and names.
`any`, `every` and the right side of a modal take what follows: the first up to the next comma or closing bracket, the
second up to the next `and` or `or`.
"""

from __future__ import annotations

import math

from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.language.names import LITERALS
from intrigue.language.tokens import END, NEWLINE, Cursor, Mistake
from intrigue.language.tree import (
    Asked,
    Binary,
    Call,
    Conditional,
    Expression,
    KindTest,
    Literal,
    Membership,
    Modal,
    Name,
    Number,
    Parameter,
    Quantified,
    Unary,
)

MAX_DEPTH = 80
"""How deeply expressions nest, brackets and chains of one operator counted. Keeps every later walk over the tree safe."""

OR, AND, NOT, MODAL, COMPARISON, SUM, PRODUCT = range(1, 8)

_LEVELS = {
    "or": OR,
    "and": AND,
    "knows": MODAL,
    "believes": MODAL,
    "does": MODAL,
    "=": COMPARISON,
    "!=": COMPARISON,
    "<": COMPARISON,
    "<=": COMPARISON,
    ">": COMPARISON,
    ">=": COMPARISON,
    "in": COMPARISON,
    "not": COMPARISON,  # `not in`
    "is": COMPARISON,
    "+": SUM,
    "-": SUM,
    "*": PRODUCT,
    "/": PRODUCT,
}
_PREFIXES = frozenset(["not", "maybe", "known", "unknown", "any", "every", "count", "-", "(", "if"])
_ASKING = frozenset(["who", "whom", "where", "what"])
_ARTICLES_OF_KINDS = ("a", "an", "A", "An")


class ExpressionParser(Cursor):
    """Reads expressions at the cursor."""

    def expression(self) -> Expression:
        """A whole expression, up to a token that cannot continue it."""
        return self.binary(OR)

    def conditions(self, until: tuple[str, ...] = ()) -> list[Expression]:
        """Conditions between commas and lines, up to the end; mistakes are reported and passed over."""
        return self.items(self.expression, until=until)

    def conjunction(self) -> Expression:
        """Conditions between commas and lines, to the end, all of which must hold.

        Raises Mistake if none could be read.
        """
        before = len(self.found)
        conditions = self.conditions()
        if not conditions:
            if len(self.found) == before:
                self.unexpected("a condition")
            raise Mistake
        return self.all_of(conditions)

    def all_of(self, conditions: list[Expression]) -> Expression:
        """One expression that is true if all of these (at least one) are; nested evenly, so that long lists stay flat."""
        while len(conditions) > 1:
            pairs = [
                Binary("and", left, right, self.span(left.span.start, right.span.end))
                for left, right in zip(conditions[::2], conditions[1::2], strict=False)
            ]
            conditions = pairs + conditions[len(pairs) * 2 :]
        return conditions[0]

    # -------------------------------------------------------------- levels

    def binary(self, floor: int) -> Expression:
        """An expression whose operators bind at least as tightly as `floor`."""
        self.depth += 1
        depth = self.depth
        if depth > MAX_DEPTH:
            self.fail(
                "nested-too-deep",
                self.here(),
                {"what": "Expressions are", "limit": str(MAX_DEPTH)},
                "one level too many",
                "name a part of it under `define`",
            )
        start = self.starts[self.at]
        left = self.prefixed(floor) if self.kinds[self.at] in _PREFIXES else self.primary()
        while True:
            operator = self.kinds[self.at]
            level = _LEVELS.get(operator, 0)
            if level < floor or (operator == "or" and self.next_kind() == "else"):
                break
            if operator == "not" and self.next_kind() != "in":
                break
            self.depth += 1  # a chain nests to the left
            if self.depth > MAX_DEPTH:
                self.fail(
                    "nested-too-deep",
                    self.here(),
                    {"what": "Expressions are", "limit": str(MAX_DEPTH)},
                    "one operator too many",
                    "name a part of it under `define`, or use commas, `in (..)`, `any`",
                )
            if level == COMPARISON:
                if (
                    isinstance(left, Binary)
                    and _LEVELS[left.op] == COMPARISON
                    and self.ends[self.at - 1] == left.span.end
                ):
                    self.fail(
                        "unexpected-token",
                        self.here(),
                        {"expected": "`and`, `or` or the end", "found": f"`{self.text}`"},
                        "a second comparison",
                        "compare two and two, with `and` between",
                    )
                left = self.comparison(left, start)
            elif level == MODAL:
                left = self.modal(left, start)
            else:
                self.at += 1
                left = Binary(operator, left, self.binary(level + 1), self.span(start))
        self.depth = depth - 1
        return left

    def prefixed(self, floor: int) -> Expression:
        """An expression that begins with a word or sign that needs something after it."""
        start = self.starts[self.at]
        kind = self.kinds[self.at]
        if kind == "(":
            self.at += 1
            inner = self.expression()
            self.close(start)
            return inner
        if kind == "-":
            self.at += 1
            return Unary("-", self.binary(PRODUCT + 1), self.span(start))
        if kind == "count":
            if self.next_kind() == "(":
                return self.counted("count")
            self.at += 1
            self.unexpected("`(`")
        if kind == "unknown" and (floor > NOT or self.next_kind() not in ("word", "string")):
            # As a value it is `unknown` itself; only as a condition does `unknown F` ask about F.
            self.at += 1
            return Literal("unknown", self.span(start))
        if floor > NOT and kind in ("not", "any", "every", "maybe"):
            blanks = {"expected": "a value", "found": f"`{kind}`"}
            self.fail("unexpected-token", self.here(), blanks, "put it in brackets")
        if kind == "if":
            return self.conditional()
        if kind in ("any", "every"):
            return self.quantified()
        self.at += 1
        operand = self.binary(NOT) if kind in ("not", "maybe") else self.binary(PRODUCT + 1)
        return Unary(kind, operand, self.span(start))

    def conditional(self) -> Conditional:
        """`if a then b else c`."""
        start = self.starts[self.at]
        self.at += 1
        test = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return Conditional(test, then, self.expression(), self.span(start))

    def comparison(self, left: Expression, start: int) -> Expression:
        """What follows `left`: `= v`, `in (a, b)`, `is a KIND`, ..."""
        operator = self.kinds[self.at]
        self.at += 1
        if operator == "not" or operator == "in":
            if operator == "not":
                self.at += 1
            elif isinstance(left, Name) and self.kinds[self.at] in ("word", "string"):
                return self.phrase(start)  # `Wong Hoi has Jennie in his power`
            opened = self.starts[self.at]
            self.expect("(", "`(` and the values, as in `in (a, b)`")
            options = [self.binary(SUM)]
            while self.accept(","):
                options.append(self.binary(SUM))
            self.close(opened)
            return Membership(left, tuple(options), operator == "not", self.span(start))
        if operator == "is":
            negated = self.accept("not")
            if self.kinds[self.at] in ("in", "with", "known") and isinstance(left, Name):
                said = self.phrase(start)  # `Nico is in custody`
                words = said.text.replace(" is not ", " is ", 1)
                said = Name(words, said.span)
                return Unary("not", said, said.span) if negated else said
            article = self.kinds[self.at] == "word" and self.texts[self.at] in _ARTICLES_OF_KINDS
            if (
                article
                and self.next_kind() in ("word", "string")
                and self.next_text() not in self.stops
            ):
                self.at += 1
                return KindTest(left, self.name("a kind"), negated, self.span(start))
            return Binary("!=" if negated else "=", left, self.binary(SUM), self.span(start))
        return Binary(operator, left, self.binary(SUM), self.span(start))

    def phrase(self, start: int) -> Name:
        """Words of the language may stand inside the phrase of a fact: all from `start` up to a sign, or a word that goes on
        with something else."""
        while self.kinds[self.at] in ("word", "number", "string", "in", "with", "known", "is") and (
            self.kinds[self.at] != "word" or self.texts[self.at] not in self.stops
        ):
            self.at += 1
        span = self.span(start)
        return Name(" ".join(self.source.text[span.start : span.end].split()), span)

    def modal(self, left: Expression, start: int) -> Expression:
        """`p knows [that|whether] φ`, `p knows who blinded q`, `p believes [that] φ`, and the same with `does not`."""
        if (
            isinstance(left, Binary | Membership | KindTest)
            and self.ends[self.at - 1] == left.span.end
        ):
            self.fail(
                "unexpected-token",
                self.here(),
                {"expected": "`and`, `or` or the end", "found": f"`{self.text}`"},
                "only a person knows and believes",
            )
        negated = self.kinds[self.at] == "does"
        if negated:
            self.at += 1
            self.expect("not")
            if not self.is_word("know", "believe"):
                if not isinstance(left, Name) or self.kinds[self.at] not in ("word", "string"):
                    self.unexpected("`know` or `believe`")
                said = self.phrase(start)  # `Nico does not trust Rook`
                words = said.text.replace(" does not ", " ", 1)
                return Unary("not", Name(words, said.span), said.span)
            verb = self.text + "s"
        else:
            verb = self.kind
        self.at += 1
        if verb == "knows" and self.accept_word("whether"):
            verb = "knows whether"
        elif self.is_word("that") and self.next_kind() not in ("(", ",", "=", ")", END, NEWLINE):
            self.at += 1
        asks = verb == "knows" and self.text.casefold() in _ASKING
        asked = asks and self.next_kind() in ("word", "string", "is")
        what = self.asked() if asked else self.binary(NOT)
        return Modal(left, verb, what, negated, self.span(start))

    def asked(self) -> Asked:
        """`who blinded Jennie`, behind `knows`."""
        start = self.starts[self.at]
        self.at += 1
        words = self.phrase(start)
        return Asked(words.text, words.span)

    # --------------------------------------------------------------- atoms

    def primary(self) -> Expression:
        """A number, a value, a name, or a call."""
        at = self.at
        kind = self.kinds[at]
        if kind == "word":
            text = self.texts[at]
            if self.kinds[at + 1] == "(":
                if (
                    text in ("sum", "product")
                    and self.next_kind(2) == "word"
                    and ":" in self.kinds[at + 3 : at + 9]
                ):
                    return self.counted(text)
            elif text in LITERALS and self.kinds[at + 1] not in ("word", "number"):
                self.at += 1
                return Literal(LITERALS[text], self.span(self.starts[at]))
        elif kind == "number":
            return self.number()
        name = self.name("a value or a condition")
        if self.kinds[self.at] == "(":
            return self.call(name)
        follows = self.kinds[self.at]
        stop = '"' if follows == "string" else self.texts[self.at]
        if follows in ("word", "string") and stop not in self.stops:
            return self.phrase(self.starts[at])  # `"Bonnie and Clyde" has the pearls`
        if name.text in LITERALS and kind == "word":
            return Literal(LITERALS[name.text], name.span)
        return name

    def number(self) -> Number:
        """A number of up to 10 to the power 15."""
        text = self.text
        value = float(text) if len(text) <= 300 else math.inf
        if not value <= 1e15:
            self.fail("number-too-large", self.here(), {}, "more than 1 000 000 000 000 000")
        self.at += 1
        return Number(value, self.span(self.starts[self.at - 1]))

    def call(self, name: Name) -> Call:
        """The arguments of `name`, from `(` to `)`."""
        opened = self.starts[self.at]
        self.at += 1
        args: list[Expression] = []
        if self.kinds[self.at] != ")":
            args.append(self.expression())
            while self.accept(","):
                args.append(self.expression())
        self.close(opened)
        return Call(name, tuple(args), self.span(name.span.start))

    # -------------------------------------------------------------- binders

    def quantified(self) -> Quantified:
        """`any p: k where φ`, `every p: k where φ`, `every p: k where φ: ψ`."""
        start = self.starts[self.at]
        word = self.kind
        self.at += 1
        variable, kind = self.binding()
        where: Expression | None = None
        if self.accept("where"):
            where = self.expression()
        if word == "any":
            if where is None:
                self.unexpected("`where`")
            return Quantified(word, variable, kind, where, None, self.span(start))
        if self.accept(":"):
            return Quantified(word, variable, kind, where, self.expression(), self.span(start))
        if where is None:
            self.unexpected("`where` or `:`")
        return Quantified(word, variable, kind, None, where, self.span(start))

    def binding(self) -> tuple[Name, Name]:
        """`variable: kind`."""
        variable = self.name("the name of a variable")
        self.expect(":", "`:` and a kind")
        return variable, self.name("a kind")

    def counted(self, word: str) -> Quantified:
        """`count(p: k where φ)`, `sum(p: k where φ: expr)`, `product(..)`; the condition may be left out."""
        start = self.starts[self.at]
        opened = self.starts[self.at + 1]
        self.at += 2
        variable, kind = self.binding()
        where = self.expression() if self.accept("where") else None
        body: Expression | None = None
        if word != "count":
            self.expect(":", "`:` and what to add up or multiply")
            body = self.expression()
        self.close(opened)
        return Quantified(word, variable, kind, where, body, self.span(start))

    def parameters(self, *, kinds_alone: bool = False) -> tuple[Parameter, ...]:
        """`(p: kind, q: kind or kind)`; with `kinds_alone` also `(kind)`, which names its variable after the kind."""
        opened = self.starts[self.at]
        if not self.accept("("):
            return ()
        parameters: list[Parameter] = []
        while self.kinds[self.at] != ")" and self.kinds[self.at] not in (END, NEWLINE):
            name = self.name(
                "the name of a parameter" if not kinds_alone else "a kind or a parameter"
            )
            if self.accept(":"):
                parameters.append(Parameter(name, self.kinds_list()))
            elif kinds_alone and self.kinds[self.at] in (",", ")", END, NEWLINE):
                parameters.append(Parameter(name, (name,)))
            elif kinds_alone and self.kinds[self.at] == "or":
                self.fail(
                    "unexpected-token",
                    self.here(),
                    {"expected": "`:`", "found": "`or`"},
                    "an argument of several kinds needs a name",
                    "write `holder: person or place`",
                )
            else:
                words = name.text.split()
                repair = f"write `{words[-1]}: {words[0]}`" if len(words) == 2 else ""
                self.unexpected("`:` and a kind", repair or f"write `{name.text}: person`")
            if not self.accept(","):
                break
        self.close(opened)
        return tuple(parameters)

    def kinds_list(self) -> tuple[Name, ...]:
        """`kind or kind`."""
        kinds = [self.name("a kind")]
        if self.kind == "/":
            self.unexpected("`or`", "write `or` between two kinds")
        while self.kinds[self.at] == "or" and self.next_kind() != "else":
            self.at += 1
            kinds.append(self.name("a kind"))
        return tuple(kinds)


def parse_expression(
    source: Source, start: int = 0, end: int | None = None
) -> tuple[Expression | None, list[Diagnostic]]:
    """Read the text between two offsets as one expression; commas mean *and*. None if it has mistakes. Never raises."""
    found: list[Diagnostic] = []
    parser = ExpressionParser(source, found)
    parser.load_stretch(start, len(source.text) if end is None else end)
    try:
        expression = parser.conjunction()
    except Mistake:
        return None, found
    return (None, found) if found else (expression, found)

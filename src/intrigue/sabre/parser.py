"""Tokens to tree.

An expression is a span of tokens, read by the first rule that fits all of it; rules that come
first bind loosest:

     1 `( e )`   2 a literal or name   3 `f(args)`   4 `believes(c, e)`   5 `e & e`   6 `e | e`
     7 `! e`   8 `if(b) e [elseif(b) e]* [else e]`   9 `forall(x : t) e`, `exists(x : t) e`
    10 `f = e`   11 to 16 `==` `!=` `>=` `<=` `>` `<`   17 `e : t`
    18 `product(x : t) e`, `sum(x : t) e`   19 to 22 `*` `/` `+` `-`

Brackets are opaque; `&` and `|` split everywhere, the other operators at their first place only.
So arithmetic is upside down (`10 + 2 * 3` is 36) and associates to the right, and an `if`
without `else` takes one conjunct.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from intrigue.sabre.tokens import Findings, Token, tokenise
from intrigue.sabre.tree import (
    Arithmetic,
    Assign,
    Believes,
    Broken,
    Call,
    Compare,
    Definition,
    EntityDefinition,
    EventDefinition,
    If,
    Initial,
    Junction,
    Literal,
    Name,
    Node,
    Not,
    Parameter,
    PropertyDefinition,
    Quantified,
    TypeDefinition,
    TypeTest,
    UtilityDefinition,
)

DEEPEST = 40
"""How deep expressions may nest: the border's JSON may be nested about three times as deep."""

_COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")
_ARITHMETIC = ("*", "/", "+", "-")
_CONTROL = frozenset({"if", "elseif", "else", "forall", "exists", "sum", "product"})
_PARTS = ("precondition", "effect", "consenting", "observing")


def parse(text: str, findings: Findings) -> list[Definition]:
    """All definitions of the text that can be read; what cannot be read is reported."""
    return list(_Parser(tokenise(text, findings), findings).definitions())


def parse_formula(text: str, findings: Findings) -> Node:
    """The text as one expression."""
    tokens = tokenise(text, findings)
    if not tokens:
        findings.add("sabre-syntax", 0, len(text), wanted="an expression", found="nothing")
        return Broken(0, len(text))
    return _Parser(tokens, findings).expression(0, len(tokens), 0)


class _Parser:
    def __init__(self, tokens: list[Token], findings: Findings) -> None:
        self.tokens = tokens
        self.findings = findings
        self.closing: dict[int, int] = {}
        opened: list[int] = []
        for position, token in enumerate(tokens):
            if token.kind == "symbol" and token.text in ("(", "{", "["):
                opened.append(position)
            elif token.kind == "symbol" and token.text in (")", "}", "]"):
                self.closing[opened.pop()] = position

    # --- definitions

    def definitions(self) -> Iterator[Definition]:
        for first, last in self.split(0, len(self.tokens), ";"):
            if first == last:
                continue
            definition = self.definition(first, last)
            if definition is not None:
                yield definition

    def definition(self, first: int, last: int) -> Definition | None:
        word = self.tokens[first].text
        named = first + 1 < last and self.tokens[first + 1].kind == "name"
        if word in ("type", "entity") and named:
            return self.type_or_entity(word, first, last)
        if word == "property" and named:
            return self.property(first, last)
        if word in ("action", "trigger") and named:
            return self.event(word, first, last)
        if word == "utility" and self.opens(first + 1, last, "("):
            return self.utility(first, last)
        return Initial(*self.offsets(first, last), self.expression(first, last, 0))

    def type_or_entity(self, word: str, first: int, last: int) -> Definition | None:
        name = self.tokens[first + 1]
        above: list[Token] = []
        if first + 2 < last:
            if self.tokens[first + 2].text != ":":
                self.unreadable(first + 2, last, f"`:` or `;` after `{word} {name.text}`")
                return None
            for one, end in self.split(first + 3, last, ","):
                if end - one != 1 or self.tokens[one].kind != "name":
                    self.unreadable(one, end, "the name of a type", near=first + 2)
                    return None
                above.append(self.tokens[one])
        make = TypeDefinition if word == "type" else EntityDefinition
        return make(*self.offsets(first, last), name, tuple(above))

    def property(self, first: int, last: int) -> PropertyDefinition | None:
        name = self.tokens[first + 1]
        if not self.opens(first + 2, last, "("):
            self.unreadable(first + 2, last, "`(` after the name of a property", first + 1)
            return None
        close = self.closing[first + 2]
        parameters = self.parameters(first + 3, close)
        colon = close + 1 < last and self.tokens[close + 1].text == ":"
        if not colon or close + 3 != last or self.tokens[close + 2].kind != "name":
            self.unreadable(close + 1, last, "`: ` and one type after a property", close)
            return None
        if parameters is None:
            return None
        offsets = self.offsets(first, last)
        return PropertyDefinition(*offsets, name, parameters, self.tokens[close + 2])

    def parameters(self, first: int, last: int) -> tuple[Parameter, ...] | None:
        """The parameters between brackets; None if one of them cannot be read."""
        read = []
        for one, end in self.split(first, last, ",") if first < last else ():
            read.append(self.parameter(one, end, first - 1))
        return None if None in read else tuple(one for one in read if one is not None)

    def parameter(self, first: int, last: int, near: int) -> Parameter | None:
        offsets = self.offsets(first, last)
        if last - first == 1:
            constant = self.leaf(first)
            if constant is not None and not (
                isinstance(constant, Literal) and constant.value is None
            ):
                return Parameter(*offsets, None, None, constant)
        if last - first == 3:
            name, colon, kind = self.tokens[first:last]
            if name.kind == "name" and colon.text == ":" and kind.kind == "name":
                return Parameter(*offsets, name.text, kind, None)
        self.unreadable(first, last, "`variable : type` or a constant", near)
        return None

    def event(self, word: str, first: int, last: int) -> EventDefinition | None:
        name = self.tokens[first + 1]
        if not self.opens(first + 2, last, "("):
            self.unreadable(first + 2, last, f"`(` after the name of the {word}", first + 1)
            return None
        close = self.closing[first + 2]
        parameters = self.parameters(first + 3, close)
        if not self.opens(close + 1, last, "{") or self.closing[close + 1] + 1 != last:
            self.unreadable(close + 1, last, f"one `{{ ... }}` for the {word}", close)
            return None
        parts: dict[str, Node] = {}
        consenting: tuple[Token, ...] = ()
        observer: Parameter | None = None
        for one, end in self.split(close + 2, self.closing[close + 1], ";"):
            if one == end:
                continue
            part = self.tokens[one]
            known = _PARTS if word == "action" else _PARTS[:2]
            body = one + 1
            if part.text == "observing" and word == "action":
                if self.opens(body, end, "("):
                    inside = self.parameters(body + 1, self.closing[body])
                    body = self.closing[body] + 1
                    if inside is None:
                        continue
                    if len(inside) != 1 or inside[0].variable is None:
                        self.unreadable(one + 1, body, "one observer, `(o : character)`")
                        continue
                    observer = inside[0]
                else:
                    self.unreadable(body, end, "`(o : character)` after `observing`", one)
                    continue
            if part.text not in known or body >= end or self.tokens[body].text != ":":
                listed = ", ".join(f"`{each}:`" for each in known)
                self.unreadable(one, end, f"a part of the {word} ({listed})")
                continue
            if part.text == "consenting":
                consenting = self.consenting(body + 1, end)
            else:
                parts[part.text] = self.expression(body + 1, end, body)
        if parameters is None:
            return None
        return EventDefinition(
            *self.offsets(first, last),
            word,
            name,
            parameters,
            parts.get("precondition"),
            parts.get("effect"),
            consenting,
            observer,
            parts.get("observing"),
        )

    def consenting(self, first: int, last: int) -> tuple[Token, ...]:
        named = []
        for one, end in self.split(first, last, ",") if first < last else ():
            if end - one == 1 and self.tokens[one].kind == "name":
                named.append(self.tokens[one])
            else:
                self.unreadable(one, end, "a parameter or a character who consents", first - 1)
        return tuple(named)

    def utility(self, first: int, last: int) -> UtilityDefinition | None:
        close = self.closing[first + 1]
        who = self.tokens[first + 2 : close]
        if len(who) > 1 or (who and who[0].kind != "name"):
            self.unreadable(first + 2, close, "one character, or nobody for the author")
            return None
        if close + 1 >= last or self.tokens[close + 1].text != ":":
            self.unreadable(close + 1, last, "`:` after `utility(...)`", close)
            return None
        value = self.expression(close + 2, last, close + 1)
        return UtilityDefinition(*self.offsets(first, last), who[0] if who else None, value)

    # --- expressions

    def expression(self, first: int, last: int, near: int, depth: int = 0) -> Node:
        """The expression of the tokens from `first` to before `last`; `near` is shown if there
        is none."""
        if first >= last:
            self.unreadable(first, last, "an expression", near)
            return self.broken(near, near + 1)
        if self.tokens[last - 1].start == self.tokens[last - 1].end:
            return self.broken(first, last)  # a bracket was left open, as was reported
        if depth > DEEPEST:
            self.findings.add("sabre-deep", *self.offsets(first, last), limit=str(DEEPEST))
            return self.broken(first, last)
        offsets = self.offsets(first, last)
        token = self.tokens[first]
        bracket = self.opens(first, last, "(")
        if bracket and self.closing[first] == last - 1:  # 1
            return self.expression(first + 1, last - 1, first, depth + 1)
        if last - first == 1:  # 2
            return self.leaf(first) or self.stuck(first, last)
        called = token.kind == "name" and self.opens(first + 1, last, "(")
        if called and self.closing[first + 1] == last - 1 and token.text not in _CONTROL:  # 3, 4
            return self.call(first, last, depth)
        tops = list(self.tops(first, last))
        symbols: dict[str, int] = {}
        for position in tops:
            if self.tokens[position].kind == "symbol":
                symbols.setdefault(self.tokens[position].text, position)
        for symbol in ("&", "|"):  # 5, 6
            if symbol in symbols:
                parts = [
                    self.expression(one, end, max(one - 1, first), depth + 1)
                    for one, end in self.split(first, last, symbol)
                ]
                return Junction(*offsets, symbol, tuple(parts))
        if token.text == "!":  # 7
            return Not(*offsets, self.expression(first + 1, last, first, depth + 1))
        if token.text == "if" and called:  # 8
            conditional = self.conditional(first, last, tops, depth)
            if conditional is not None:
                return conditional
        if token.text in ("forall", "exists") and called:  # 9
            return self.quantified(first, last, depth)
        if "=" in symbols:  # 10
            at = symbols["="]
            place = self.expression(first, at, at, depth + 1)
            return Assign(*offsets, place, self.expression(at + 1, last, at, depth + 1))
        for symbol in _COMPARISONS:  # 11 to 16
            if symbol in symbols:
                at = symbols[symbol]
                left = self.expression(first, at, at, depth + 1)
                right = self.expression(at + 1, last, at, depth + 1)
                return Compare(*offsets, symbol, left, right)
        if ":" in symbols:  # 17
            at = symbols[":"]
            body = self.expression(first, at, at, depth + 1)
            if at + 2 != last or self.tokens[at + 1].kind != "name":
                self.unreadable(at + 1, last, "the name of a type", at)
                return self.broken(first, last)
            return TypeTest(*offsets, body, self.tokens[at + 1])
        if token.text in ("product", "sum") and called:  # 18
            return self.quantified(first, last, depth)
        for symbol in _ARITHMETIC:  # 19 to 22
            if symbol in symbols:
                at = symbols[symbol]
                if symbol == "-" and at == first:
                    self.findings.add("sabre-unary-minus", *self.offsets(first, first + 1))
                    return self.broken(first, last)
                left = self.expression(first, at, at, depth + 1)
                right = self.expression(at + 1, last, at, depth + 1)
                return Arithmetic(*offsets, symbol, left, right)
        return self.stuck(first, last)

    def leaf(self, position: int) -> Name | Literal | None:
        token = self.tokens[position]
        offsets = (token.start, token.end)
        if token.kind == "number":
            return Literal(*offsets, float(token.text))
        if token.text == "?":
            return Literal(*offsets, None)
        if token.text in ("True", "False"):
            return Literal(*offsets, token.text == "True")
        if token.kind == "name" and token.text not in _CONTROL:
            return Name(*offsets, token.text)
        return None

    def call(self, first: int, last: int, depth: int) -> Node:
        name = self.tokens[first].text
        spans = list(self.split(first + 2, last - 1, ",")) if first + 2 < last - 1 else []
        if name == "believes":
            who = self.leaf(spans[0][0]) if spans and spans[0][1] - spans[0][0] == 1 else None
            if len(spans) != 2 or not isinstance(who, Name):
                self.unreadable(first, last, "`believes(who, what)`")
                return self.broken(first, last)
            body = self.expression(*spans[1], spans[0][1], depth + 1)
            return Believes(*self.offsets(first, last), who, body)
        args = []
        for one, end in spans:
            arg = self.leaf(one) if end - one == 1 else None
            if arg is None:
                self.unreadable(one, end, "a variable or a constant as argument", first + 1)
                return self.broken(first, last)
            args.append(arg)
        return Call(*self.offsets(first, last), name, tuple(args))

    def conditional(self, first: int, last: int, tops: list[int], depth: int) -> Node | None:
        """The span as one `if`; None if its words do not fit (`else` twice), so that a later
        rule may."""
        words = [position for position in tops if self.tokens[position].text in ("elseif", "else")]
        for position in words[:-1]:
            if self.tokens[position].text == "else":
                return None
        branches = []
        otherwise: Node | None = None
        for begin, end in zip([first, *words], [*words, last], strict=True):
            if self.tokens[begin].text == "else":
                otherwise = self.branch(begin + 1, end, begin, depth)
                continue
            if not self.opens(begin + 1, end, "("):
                self.unreadable(begin + 1, end, "a condition in brackets", begin)
                return self.broken(first, last)
            close = self.closing[begin + 1]
            condition = self.expression(begin + 2, close, begin + 1, depth + 1)
            branches.append((condition, self.branch(close + 1, end, close, depth)))
        return If(*self.offsets(first, last), tuple(branches), otherwise)

    def branch(self, first: int, last: int, near: int, depth: int) -> Node:
        if first < last and self.tokens[first].text == "if":
            self.findings.add(
                "sabre-nested-if",
                *self.offsets(first, last),
                repair="write `elseif`, or put the inner `if` in brackets",
            )
            return self.broken(first, last)
        return self.expression(first, last, near, depth + 1)

    def quantified(self, first: int, last: int, depth: int) -> Node:
        close = self.closing[first + 1]
        variable = self.parameter(first + 2, close, first + 1)
        if variable is None:
            return self.broken(first, last)
        if variable.variable is None or variable.type is None:
            self.unreadable(first + 2, close, "`variable : type`", first + 1)
            return self.broken(first, last)
        body = self.expression(close + 1, last, close, depth + 1)
        offsets = self.offsets(first, last)
        name = self.tokens[first + 2]
        return Quantified(*offsets, self.tokens[first].text, name, variable.type, body)

    # --- spans and mistakes

    def opens(self, position: int, last: int, symbol: str) -> bool:
        return position < last and self.tokens[position].text == symbol

    def tops(self, first: int, last: int) -> Iterator[int]:
        """Positions in the span that lie in no bracket of the span."""
        position = first
        while position < last:
            yield position
            position = self.closing.get(position, position) + 1

    def split(self, first: int, last: int, symbol: str) -> Iterator[tuple[int, int]]:
        """The stretches between the symbols that lie in no bracket."""
        begin = first
        for position in self.tops(first, last):
            if self.tokens[position].text == symbol:
                yield begin, position
                begin = position + 1
        yield begin, last

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the source of a span of tokens; of its first token if it is empty."""
        first = min(first, len(self.tokens) - 1)
        return self.tokens[first].start, self.tokens[max(first, last - 1)].end

    def broken(self, first: int, last: int) -> Broken:
        return Broken(*self.offsets(first, last))

    def unreadable(self, first: int, last: int, wanted: str, near: int | None = None) -> None:
        """Report that something else was wanted in this span, or, if it is empty, after token
        `near`."""
        if first >= last and near is not None:
            start, end = self.offsets(near, near + 1)
            found = "nothing"
        else:
            start, end = self.offsets(first, last)
            found = self.excerpt(start, end)
        self.findings.add("sabre-syntax", start, end, wanted=wanted, found=found)

    def excerpt(self, start: int, end: int) -> str:
        text = " ".join(self.findings.source.text[start:end].split())
        return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}...`"

    def stuck(self, first: int, last: int) -> Broken:
        """No rule reads this span: say why, if it is one of the usual reasons."""
        tokens = self.tokens[first:last]
        for before, token in pairwise(tokens):
            value = before.kind in ("name", "number") or before.text in (")", "?")
            if token.kind == "number" and token.text.startswith("-") and value:
                repair = f"put a blank after the minus: `- {token.text[1:]}`"
                self.findings.add(
                    "sabre-minus", token.start, token.end, found=token.text, repair=repair
                )
                return self.broken(first, last)
        texts = [self.tokens[position].text for position in self.tops(first, last)]
        if texts.count("else") > 1 or (texts[0] in ("else", "elseif")):
            self.findings.add(
                "sabre-nested-if",
                *self.offsets(first, last),
                repair="write `elseif`, or put the inner `if` in brackets",
            )
        else:
            self.unreadable(first, last, "an expression")
        return self.broken(first, last)

"""Ground expressions: what remains when every variable has been replaced by what it stands for.

Reading is two-valued, the peer's way: `?` equals itself only, and is neither less nor more than
anything (`<=` and `>=` hold between two of them). Negations stand at the leaves.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from benchmarks.judge.towers import Tower, Value

Place = tuple[tuple[int, ...], int]
"""A fluent at the end of a chain of minds."""


Range = frozenset[Value] | None
"""What a value could be; None: anything."""

BOTH = frozenset[Value]({True, False})
ONLY_TRUE, ONLY_FALSE = frozenset[Value]({True}), frozenset[Value]({False})
MOST_VALUES = 64
"""What could have more values than these could have any."""


class Expression:
    """Something that has a value in a state."""

    def read(self, at: Tower) -> Value:
        """The value in the state."""
        raise NotImplementedError

    def could(self, ranges: Sequence[Range]) -> Range:
        """At least every value that it has in a state whose fluents have values in these ranges, whatever is believed there."""
        raise NotImplementedError


def _combined(function: Callable[..., Value], *ranges: Range) -> Range:
    """What comes of all combinations."""
    if None in ranges:
        return None
    found = {
        function(*values) for values in product(*(each for each in ranges if each is not None))
    }
    return frozenset(found) if len(found) <= MOST_VALUES else None


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A value."""

    value: Value

    def read(self, at: Tower) -> Value:
        return self.value

    def could(self, ranges: Sequence[Range]) -> Range:
        return frozenset({self.value})


TRUE, FALSE = Constant(True), Constant(False)


@dataclass(frozen=True, slots=True)
class Fact(Expression):
    """A fluent, or, `wanted` being False, the denial of a yes/no fluent."""

    fluent: int
    wanted: bool = True

    def read(self, at: Tower) -> Value:
        value = at.values[self.fluent]
        return value if self.wanted else not value

    def could(self, ranges: Sequence[Range]) -> Range:
        found = ranges[self.fluent]
        return found if self.wanted else _combined(operator.not_, found)


@dataclass(frozen=True, slots=True)
class Believed(Expression):
    """What the body comes to in a person's mind."""

    person: int
    body: Expression

    def read(self, at: Tower) -> Value:
        return self.body.read(at.minds[self.person])

    def could(self, ranges: Sequence[Range]) -> Range:
        return None


@dataclass(frozen=True, slots=True)
class All(Expression):
    """Every part holds."""

    parts: tuple[Expression, ...]

    def read(self, at: Tower) -> Value:
        for part in self.parts:  # noqa: SIM110 (a third of the judge's time)
            if not part.read(at):
                return False
        return True

    def could(self, ranges: Sequence[Range]) -> Range:
        surely = True
        for part in self.parts:
            could = part.could(ranges)
            if could is not None and True not in could:
                return ONLY_FALSE
            surely = surely and could == ONLY_TRUE
        return ONLY_TRUE if surely else BOTH


@dataclass(frozen=True, slots=True)
class Some(Expression):
    """Some part holds."""

    parts: tuple[Expression, ...]

    def read(self, at: Tower) -> Value:
        return any(part.read(at) for part in self.parts)

    def could(self, ranges: Sequence[Range]) -> Range:
        never = True
        for part in self.parts:
            could = part.could(ranges)
            if could is not None and False not in could:
                return ONLY_TRUE
            never = never and could == ONLY_FALSE
        return ONLY_FALSE if never else BOTH


@dataclass(frozen=True, slots=True)
class Fails(Expression):
    """The body does not hold. (Not the same as that its denial holds, where something is `?`.)"""

    body: Expression

    def read(self, at: Tower) -> Value:
        return not self.body.read(at)

    def could(self, ranges: Sequence[Range]) -> Range:
        return _combined(operator.not_, self.body.could(ranges))


@dataclass(frozen=True, slots=True)
class Choice(Expression):
    """`if(when) then else otherwise`; `denial` is what is denied where `when` does not hold."""

    when: Expression
    denial: Expression
    then: Expression
    otherwise: Expression

    def read(self, at: Tower) -> Value:
        return (self.then if self.when.read(at) else self.otherwise).read(at)

    def could(self, ranges: Sequence[Range]) -> Range:
        when = self.when.could(ranges)
        found: frozenset[Value] = frozenset()
        for truth, branch in ((True, self.then), (False, self.otherwise)):
            if when is None or truth in when:
                values = branch.could(ranges)
                if values is None:
                    return None
                found |= values
        return found


@dataclass(frozen=True, slots=True)
class Member(Expression):
    """The body is (or is not) one of these entities. `?` is none."""

    body: Expression
    names: frozenset[str]
    wanted: bool

    def read(self, at: Tower) -> Value:
        return (self.body.read(at) in self.names) == self.wanted

    def could(self, ranges: Sequence[Range]) -> Range:
        return _combined(
            lambda value: (value in self.names) == self.wanted, self.body.could(ranges)
        )


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """`==`, `!=`, `<`, `<=`, `>` or `>=`."""

    symbol: str
    left: Expression
    right: Expression

    def read(self, at: Tower) -> Value:
        return self.compared(self.left.read(at), self.right.read(at))

    def could(self, ranges: Sequence[Range]) -> Range:
        left, right = self.left.could(ranges), self.right.could(ranges)
        if left is None or right is None:
            return BOTH
        if self.symbol not in ("==", "!="):
            return _combined(self.compared, left, right)
        if left.isdisjoint(right):
            return ONLY_FALSE if self.symbol == "==" else ONLY_TRUE
        if len(left) == len(right) == 1:
            return ONLY_TRUE if self.symbol == "==" else ONLY_FALSE
        return BOTH

    def compared(self, left: Value, right: Value) -> bool:
        """How two values compare."""
        if self.symbol == "==":
            return left == right
        if self.symbol == "!=":
            return left != right
        if left is None or right is None:
            return left is right and self.symbol in ("<=", ">=")
        return _ORDER[self.symbol](left, right)


_ARITHMETIC: dict[str, Callable[[Any, Any], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Arithmetic(Expression):
    """`+`, `-`, `*` or `/`."""

    symbol: str
    left: Expression
    right: Expression

    def read(self, at: Tower) -> Value:
        return self.computed(self.left.read(at), self.right.read(at))

    def could(self, ranges: Sequence[Range]) -> Range:
        try:
            return _combined(self.computed, self.left.could(ranges), self.right.could(ranges))
        except ZeroDivisionError:
            return None

    def computed(self, left: Value, right: Value) -> Value:
        """What comes of two values."""
        if left is None or right is None:
            return None
        return _ARITHMETIC[self.symbol](left, right)


# --- made simple where something is a constant


def every(parts: list[Expression]) -> Expression:
    """All of the parts."""
    left = [part for part in parts if part != TRUE]
    if FALSE in left:
        return FALSE
    return left[0] if len(left) == 1 else All(tuple(left)) if left else TRUE


def some(parts: list[Expression]) -> Expression:
    """Any of the parts."""
    left = [part for part in parts if part != FALSE]
    if TRUE in left:
        return TRUE
    return left[0] if len(left) == 1 else Some(tuple(left)) if left else FALSE


def folded(expression: Comparison | Arithmetic | Member) -> Expression:
    """The expression, or its value if it reads no state."""
    sides = (
        (expression.body,)
        if isinstance(expression, Member)
        else (expression.left, expression.right)
    )
    if all(isinstance(side, Constant) for side in sides):
        return Constant(expression.read(Tower(())))
    return expression


def choice(
    when: Expression, denial: Expression, then: Expression, otherwise: Expression
) -> Expression:
    """A conditional."""
    if isinstance(when, Constant):
        return then if when.value else otherwise
    return Choice(when, denial, then, otherwise)


def believed(person: int, body: Expression) -> Expression:
    """What somebody believes: a constant is one in every mind."""
    return body if isinstance(body, Constant) else Believed(person, body)


# --- surprise


def corrections(
    needs: Expression, source: Tower, mind: Tower, chain: tuple[int, ...] = ()
) -> Iterator[tuple[Place, Value]]:
    """What is corrected in a mind that holds for impossible what happens in `source`.

    Every literal of every clause, of the disjunctive normal form, that is true in the source and
    false in the mind: an equation sets its fluents to their values in the source, anything else
    makes them `?`. A clause of a conjunction is true exactly if the clauses of its parts are,
    so nothing has to be multiplied out.
    """
    match needs:
        case All(parts):
            for part in parts:
                yield from corrections(part, source, mind, chain)
        case Some(parts):
            for part in parts:
                if part.read(source):
                    yield from corrections(part, source, mind, chain)
        case Choice(when, denial, then, otherwise):
            holds = bool(when.read(source))
            yield from corrections(when if holds else denial, source, mind, chain)
            yield from corrections(then if holds else otherwise, source, mind, chain)
        case Believed(person, body):
            inner = (source.minds[person], mind.minds[person], (*chain, person))
            yield from corrections(body, *inner)
        case Comparison("==", left, right) if not isinstance(left.read(source), float):
            for side in (left, right):  # one equation with the common value for each side
                yield from _literal(side, source, mind, chain, True)
        case Comparison(symbol, left, _) if not needs.read(mind):
            equation = symbol == "==" or isinstance(left.read(source), bool)
            for side in (needs.left, needs.right):
                yield from _corrected(side, source, chain, equation)
        case Member(body, _, wanted):
            yield from _literal(body, source, mind, chain, wanted)
        case Fact():
            yield from _literal(needs, source, mind, chain, True)
        case _:
            return


def _literal(
    side: Expression, source: Tower, mind: Tower, chain: tuple[int, ...], equation: bool
) -> Iterator[tuple[Place, Value]]:
    if side.read(source) != side.read(mind):
        yield from _corrected(side, source, chain, equation)


def _corrected(
    side: Expression, source: Tower, chain: tuple[int, ...], equation: bool
) -> Iterator[tuple[Place, Value]]:
    """Every fluent of one side of a literal."""
    match side:
        case Fact(fluent):
            value = source.values[fluent]
            yield (chain, fluent), value if equation else None
        case Believed(person, body):
            yield from _corrected(body, source.minds[person], (*chain, person), equation)
        case Arithmetic(_, left, right):
            yield from _corrected(left, source, chain, equation)
            yield from _corrected(right, source, chain, equation)
        case _:
            return

"""A utility as a sum of wants: what is worth how much, while what else holds."""

from __future__ import annotations

from collections.abc import Collection

from intrigue.grounding.border import FALSE, TRUE, ZERO, Expr, negation
from intrigue.records import dataclass

ONE: Expr = {"const": {"number": 1.0}}


@dataclass(frozen=True, slots=True)
class Term:
    """`what` is worth the number `amount` while all of `during` hold; without `what`, the amount itself counts."""

    what: Expr | None
    amount: Expr
    during: tuple[Expr, ...]


def terms_of(utility: Expr, numbers: Collection[int], whole_numbers: bool) -> list[Term]:
    """The wants that add up to a utility, yes/no read as 1 and 0.

    `numbers`: the facts whose values are numbers. `whole_numbers`: no number is a fraction, so that sums may be taken apart.
    """
    if utility == ZERO:
        return []
    if not _is_number(utility, numbers):
        return [Term(utility, ONE, ())]
    terms: list[Term] = []
    _collect(utility, (), numbers, whole_numbers, terms)
    return terms


def _collect(
    expr: Expr,
    during: tuple[Expr, ...],
    numbers: Collection[int],
    whole: bool,
    terms: list[Term],
) -> None:
    if "if" in expr:
        test, then, otherwise = expr["if"]
        if otherwise == ZERO and _is_number(then, numbers):
            _collect(then, (*during, test), numbers, whole, terms)
            return
        if then == ZERO and _certain(test):
            _collect(otherwise, (*during, opposite(test)), numbers, whole, terms)
            return
    if "add" in expr and whole:
        for part in expr["add"]:
            _collect(part, during, numbers, whole, terms)
        return
    if "const" in expr and isinstance(expr["const"], dict) and "number" in expr["const"]:
        if expr == ZERO:
            return
        if during:
            terms.append(Term(during[-1], expr, during[:-1]))
            return
    terms.append(Term(None, expr, during))


def _is_number(expr: Expr, numbers: Collection[int]) -> bool:
    """Whether an expression is a number, and no condition."""
    ((tag, body),) = expr.items()
    if tag == "const":
        return isinstance(body, dict) and "number" in body
    if tag == "if":
        return _is_number(body[1], numbers) or _is_number(body[2], numbers)
    if tag == "believes":
        return _is_number(body[1], numbers)
    if tag == "fact":
        return body[0] in numbers
    return tag in ("add", "sub", "mul", "div", "sum", "product")


def _certain(test: Expr) -> bool:
    """Whether the opposite of a condition holds exactly where it does not: not so of `<` with an unknown."""
    ((tag, body),) = test.items()
    if tag in ("and", "or"):
        return all(_certain(part) for part in body)
    if tag in ("any", "all", "believes"):
        return _certain(body[1])
    if tag == "not":
        return _certain(body)
    return tag in ("fact", "eq", "ne", "is_in", "const")


def opposite(test: Expr) -> Expr:
    """A condition negated, the negation at its leaves."""
    ((tag, body),) = test.items()
    if tag in ("and", "or"):
        return {"or" if tag == "and" else "and": [opposite(part) for part in body]}
    if tag in ("eq", "ne"):
        return {"ne" if tag == "eq" else "eq": body}
    if tag in ("any", "all"):
        return {"all" if tag == "any" else "any": [body[0], opposite(body[1])]}
    if tag == "believes":
        return {"believes": [body[0], opposite(body[1])]}
    if test in (TRUE, FALSE):
        return FALSE if test == TRUE else TRUE
    return negation(test)

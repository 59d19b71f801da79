"""The words of the border: how an expression or an effect is written for the engine.

One function a shape of `crates/engine/src/problem.rs`, in its external tagging. Everything is plain JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Expr = Any
Effect = dict[str, Any]

NONE = 0
"""The atom `none`: nobody, nothing, nowhere."""

UNKNOWN: Expr = {"const": "unknown"}
TRUE: Expr = {"const": {"bool": True}}
FALSE: Expr = {"const": {"bool": False}}
ZERO: Expr = {"const": {"number": 0.0}}


def atom(number: int) -> Expr:
    """A person, place, thing or value, by its number."""
    return {"const": {"atom": number}}


def number(value: float) -> Expr:
    """A number."""
    return {"const": {"number": float(value)}}


def var(depth: int) -> Expr:
    """A variable, by its depth: 0 is the outermost."""
    return {"var": depth}


def fact(number: int, args: Iterable[Expr]) -> Expr:
    """A fluent: a fact, by its number, of these arguments."""
    return {"fact": [number, list(args)]}


def negation(expr: Expr) -> Expr:
    """The contrary; of a negation what it denies."""
    if isinstance(expr, dict) and "not" in expr:
        return expr["not"]
    return {"not": expr}


def conjunction(parts: list[Expr]) -> Expr:
    """All of the parts; nested conjunctions are laid flat, and a part that is plainly true is left out."""
    return _flat("and", parts, TRUE)


def disjunction(parts: list[Expr]) -> Expr:
    """Some of the parts; the empty one is false."""
    return _flat("or", parts, FALSE)


def _flat(word: str, parts: list[Expr], neutral: Expr) -> Expr:
    flat: list[Expr] = []
    for part in parts:
        if word in part:
            flat.extend(part[word])
        elif part != neutral:
            flat.append(part)
    if not flat:
        return neutral
    return flat[0] if len(flat) == 1 else {word: flat}


def equal(left: Expr, right: Expr) -> Expr:
    """That two values are the same."""
    return {"eq": [left, right]}


def certain(condition: Expr) -> Expr:
    """True where the condition is true, else false: never open."""
    return {"not": {"maybe": negation(condition)}}


def constant_of(expr: Expr) -> Any | None:
    """The border value of a constant expression, or None if it is not constant."""
    return expr.get("const") if isinstance(expr, dict) else None


def atom_of(expr: Expr) -> int | None:
    """The atom that a constant expression names, or None."""
    constant = constant_of(expr)
    return constant["atom"] if isinstance(constant, dict) and "atom" in constant else None


def bound(expr: Any, args: Sequence[int]) -> Any:
    """An expression of the border with its first variables filled in."""
    if isinstance(expr, list):
        return [bound(each, args) for each in expr]
    if not isinstance(expr, dict):
        return expr
    if set(expr) == {"var"}:
        at = expr["var"]
        return {"const": {"atom": args[at]}} if at < len(args) else {"var": at - len(args)}
    return {tag: bound(body, args) for tag, body in expr.items()}


def leaving_out(member: int, expr: Any, depth: int) -> Any:
    """The expression with one member left out of every set that it goes through. `depth`: how many variables are bound around it."""
    if isinstance(expr, list):
        return [leaving_out(member, each, depth) for each in expr]
    if not isinstance(expr, dict):
        return expr
    tag, body = next(iter(expr.items()))
    if tag not in ("any", "all", "count", "sum", "product"):
        return {tag: leaving_out(member, body, depth)}
    members, inner = body[0], leaving_out(member, body[1], depth + 1)
    is_it = equal(var(depth), atom(member))
    if tag == "all":
        return {tag: [members, disjunction([is_it, inner])]}
    if tag in ("any", "count"):
        return {tag: [members, conjunction([negation(is_it), inner])]}
    neutral = number(0) if tag == "sum" else number(1)
    return {tag: [members, {"if": [is_it, neutral, inner]}]}


def walk(expr: Any) -> Iterator[dict[str, Any]]:
    """Every tagged object inside an expression, an effect, or a list of them."""
    stack = [expr]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            stack.extend(reversed(node))


def atoms_in(expr: Any) -> set[int]:
    """The atoms that stand in an expression, an effect, or a list of them as constants."""
    found: set[int] = set()
    stack = [expr]
    while stack:
        node = stack.pop()
        if type(node) is list or type(node) is tuple:
            stack += node
        elif type(node) is dict:
            for tag, body in node.items():
                if tag == "const":
                    if type(body) is dict and "atom" in body:
                        found.add(body["atom"])
                elif tag != "var":
                    stack.append(body)
    return found


def facts_in(expr: Any, topics: frozenset[int] = frozenset()) -> frozenset[int]:
    """The facts that an expression mentions; what a claim or question may be about counts as `topics`."""
    found: set[int] = set()
    stack = [expr]
    while stack:
        node = stack.pop()
        if type(node) is list:
            stack += node
        elif type(node) is dict:
            for tag, body in node.items():
                if tag == "fact":
                    found.add(body[0])
                    stack += body[1]
                elif tag == "topic":
                    found |= topics
                elif tag not in ("const", "var"):
                    stack.append(body)
    return frozenset(found)

"""Expressions as the border's JSON, with every name resolved and every type checked.

Negation is pushed to the leaves, as the peer does before it evaluates: `!(n > 0)` is `n <= 0`,
which an unknown n does not meet. Quantifiers over the truth values are unfolded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intrigue.records import dataclass
from intrigue.sabre.declarations import (
    BOOLEAN,
    MOST_UNFOLDED,
    NUMBER,
    Argument,
    Constant,
    Kind,
    Table,
)
from intrigue.sabre.tokens import Findings
from intrigue.sabre.tree import (
    Arithmetic,
    Assign,
    Believes,
    Broken,
    Call,
    Compare,
    If,
    Junction,
    Literal,
    Name,
    Node,
    Not,
    Quantified,
    TypeTest,
)

Json = Any
"""A piece of the border's JSON."""

UNKNOWN: Kind = frozenset()
"""The kind of `?`: any type but boolean."""

TRUE: Json = {"const": {"bool": True}}
FALSE: Json = {"const": {"bool": False}}
ZERO: Json = {"const": {"number": 0.0}}

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
DUAL = {"forall": "exists", "exists": "forall", "&": "|", "|": "&"}
_BORDER = {"&": "and", "|": "or", "exists": "any", "forall": "all", "+": "add", "-": "sub"}
_BORDER |= {"*": "mul", "/": "div", "sum": "sum", "product": "product", "==": "eq", "!=": "ne"}


@dataclass(frozen=True, slots=True)
class Scope:
    """Variables in sight: what each is at the border, and what it may stand for."""

    variables: Mapping[str, tuple[Json, Argument]]
    count: int
    unfolded: int = 0
    """How many variables are truth values, each of which doubles what it stands in."""

    def bind(self, name: str, json: Json, argument: Argument, *, adds: bool) -> Scope:
        """The scope with one more variable; `adds` if the border knows it as one, too."""
        variables = {**self.variables, name: (json, argument)}
        return Scope(variables, self.count + adds, self.unfolded + (not adds))


class Expressions:
    """What lowers expressions: it knows the declarations and numbers the sets."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.table = table
        self.findings = findings
        self.atoms = {name: atom + 1 for atom, name in enumerate(table.entities)}
        self.sets: dict[str, int] = {}
        self.set_members: list[Json] = []
        self.facts: dict[tuple[int, tuple[bool, ...]], int] = {}

    def set(self, type: str) -> int:
        """The number of a type's extension."""
        if type not in self.sets:
            self.sets[type] = len(self.set_members)
            members = [self.atoms[name] for name in self.table.members(type)]
            self.set_members.append({"name": type, "members": members})
        return self.sets[type]

    def name(self, node: Name, scope: Scope) -> tuple[Json, Argument] | None:
        """A variable or an entity; None, and a finding, if it is neither."""
        if node.name in scope.variables:
            return scope.variables[node.name]
        if node.name in self.table.entities:
            atom = {"const": {"atom": self.atoms[node.name]}}
            return atom, self.table.argument(node.name)
        self.table.unknown(node.name, node.start, node.end, scope.variables)
        return None

    def person(self, node: Name, scope: Scope) -> Json:
        """A name as a character; nobody, and a finding, if it is none."""
        found = self.name(node, scope)
        if found is None:
            return {"const": {"atom": 0}}
        if "character" not in found[1].kind:
            self.mismatch(node, "a character", found[1].kind)
        return found[0]

    def call(self, node: Call, scope: Scope) -> tuple[Json, str] | None:
        """The fluent that a call means, and its type; None, and a finding, if it means none."""
        args: list[tuple[Json, Argument]] = []
        wrong = False
        for arg in node.args:
            if isinstance(arg, Name):
                found = self.name(arg, scope)
                wrong |= found is None
                if found is not None:
                    args.append(found)
            elif arg.value is None:
                self.findings.add(
                    "sabre-syntax", arg.start, arg.end, wanted="a known argument", found="`?`"
                )
                wrong = True
            else:
                args.append(({"const": _literal(arg.value)}, self.table.argument(arg.value)))
        if wrong:
            return None
        arguments = [argument for _, argument in args]
        fact = self.table.resolve(node.name, arguments, node.start, node.end)
        if fact is None:
            return None
        choice = []
        passed = []
        for slot, (json, _) in zip(fact.slots, args, strict=True):
            if slot.type == "boolean":
                choice.append(json["const"]["bool"])
            elif slot.type is not None:
                passed.append(json)
        return {"fact": [self.facts[id(fact), tuple(choice)], passed]}, fact.type

    def bind(self, scope: Scope, variable: str, type: str) -> Scope:
        """The scope with a variable of a type more, which the border counts."""
        argument = Argument(self.table.kind(type), None)
        return scope.bind(variable, {"var": scope.count}, argument, adds=True)

    # --- values and conditions

    def formula(self, node: Node, scope: Scope, negated: bool = False) -> Json:
        """A condition, negated or not, with the negation at its leaves."""
        match node:
            case Broken():
                return TRUE
            case Literal(value=bool(value)):
                return FALSE if value == negated else TRUE
            case Believes(who=who, body=body):
                return {"believes": [self.person(who, scope), self.formula(body, scope, negated)]}
            case Junction(symbol=symbol, parts=parts):
                word = _BORDER[DUAL[symbol] if negated else symbol]
                return {word: [self.formula(part, scope, negated) for part in parts]}
            case Not(body=body):
                return self.formula(body, scope, not negated)
            case If():
                otherwise = FALSE if negated else TRUE
                if node.otherwise is not None:
                    otherwise = self.formula(node.otherwise, scope, negated)
                for condition, body in reversed(node.branches):
                    test = self.formula(condition, scope)
                    otherwise = {"if": [test, self.formula(body, scope, negated), otherwise]}
                return otherwise
            case Quantified(word="forall" | "exists" as word):
                word = DUAL[word] if negated else word

                def body_of(inner: Scope) -> Json:
                    return self.formula(node.body, inner, negated)

                return self.quantified(node, scope, word, body_of)
            case Compare():
                return self.compare(node, scope, negated)
            case TypeTest(body=body, type=token):
                value, kind = self.value(body, scope)
                type = self.table.type(token, variable=True)
                if kind is not None and (kind in (BOOLEAN, NUMBER) or type == "boolean"):
                    self.mismatch(body, "an entity", kind)
                if type is None:
                    return TRUE
                return _negate({"is_in": [value, self.set(type)]}, negated)
            case Assign():
                repair = "write `==` to compare"
                self.findings.add("sabre-equals", node.start, node.end, repair=repair)
                return TRUE
            case _:
                value, kind = self.value(node, scope)
                if not fits(kind, "boolean"):
                    self.mismatch(node, "a condition", kind)
                    return TRUE
                return _negate(value, negated)

    def value(self, node: Node, scope: Scope) -> tuple[Json, Kind | None]:
        """An expression of any type, and its kind: None if that cannot be said because of a
        mistake."""
        match node:
            case Broken():
                return TRUE, None
            case Literal(value=value):
                if value is None:
                    return {"const": "unknown"}, UNKNOWN
                return {"const": _literal(value)}, self.table.argument(value).kind
            case Name():
                found = self.name(node, scope)
                return (TRUE, None) if found is None else (found[0], found[1].kind)
            case Call():
                fluent = self.call(node, scope)
                return (TRUE, None) if fluent is None else (fluent[0], self.table.kind(fluent[1]))
            case Believes(who=who, body=body):
                value, kind = self.value(body, scope)
                return {"believes": [self.person(who, scope), value]}, kind
            case If():
                return self.conditional(node, scope)
            case Quantified(word="sum" | "product" as word):
                return self.quantified(
                    node, scope, word, lambda inner: self.number(node.body, inner)
                ), NUMBER
            case Arithmetic(symbol=symbol):
                left = self.number(node.left, scope)
                right = self.number(node.right, scope)
                if symbol == "/" and right == ZERO:
                    self.findings.add("sabre-zero", node.right.start, node.right.end)
                if symbol in ("*", "/") and left == ZERO:
                    return ZERO, NUMBER  # the peer folds this whatever stands on the right, `?` too
                return {_BORDER[symbol]: [left, right]}, NUMBER
            case _:
                return self.formula(node, scope), BOOLEAN

    def number(self, node: Node, scope: Scope) -> Json:
        """A value that must be a number."""
        value, kind = self.value(node, scope)
        if not fits(kind, "number"):
            self.mismatch(node, "a number", kind)
        return value

    def conditional(self, node: If, scope: Scope) -> tuple[Json, Kind | None]:
        """An `if` with a value. Only a condition may do without `else`: it is true then."""
        branches = [
            (self.formula(condition, scope), *self.value(body, scope))
            for condition, body in node.branches
        ]
        bodies = [
            (body, kind) for (_, body), (_, _, kind) in zip(node.branches, branches, strict=True)
        ]
        if node.otherwise is not None:
            otherwise, last = self.value(node.otherwise, scope)
            bodies.append((node.otherwise, last))
        else:
            otherwise = TRUE
            for _, found in bodies:
                if found is not None and found != BOOLEAN:
                    self.findings.add("sabre-else", node.start, node.end, repair="add `else`")
                    return TRUE, None
        kind: Kind | None = UNKNOWN
        for body, found in bodies:
            if found is None or kind is None:
                kind = None
            elif kind == UNKNOWN:
                kind = found
            elif found != UNKNOWN:
                if not kind & found:
                    self.mismatch(body, described(kind), found)
                    kind = None
                else:
                    kind &= found
        for condition, value, _ in reversed(branches):
            otherwise = {"if": [condition, value, otherwise]}
        return otherwise, kind

    def quantified(self, node: Quantified, scope: Scope, word: str, body_of: Any) -> Json:
        """A quantifier or a sum over a type; over the truth values it is unfolded."""
        type = self.table.type(node.type, variable=True)
        if type is None:
            return TRUE
        variable = node.variable.text
        if type != "boolean":
            return {_BORDER[word]: [self.set(type), body_of(self.bind(scope, variable, type))]}
        bodies = [body_of(inner) for inner in self.truths(node, variable, scope)]
        if not bodies:
            return TRUE
        unfolded = {"forall": "and", "exists": "or"}
        if word in unfolded:
            return {unfolded[word]: bodies}
        return {"add" if word == "sum" else "mul": bodies}

    def truths(self, node: Node, variable: str, scope: Scope) -> list[Scope]:
        """The scope with the variable false, and with it true; none, and a finding, where that is too much."""
        if scope.unfolded == MOST_UNFOLDED:
            self.findings.add("sabre-booleans", node.start, node.end, limit=str(MOST_UNFOLDED))
            return []
        argument = Argument(BOOLEAN, None)
        return [scope.bind(variable, literal, argument, adds=False) for literal in (FALSE, TRUE)]

    def compare(self, node: Compare, scope: Scope, negated: bool) -> Json:
        """A comparison, negated or not."""
        symbol = _OPPOSITE[node.symbol] if negated else node.symbol
        left, left_kind = self.value(node.left, scope)
        right, right_kind = self.value(node.right, scope)
        if left_kind is None or right_kind is None:
            return TRUE
        if symbol in ("==", "!="):
            if BOOLEAN in (left_kind, right_kind):
                if left_kind != right_kind:
                    other = node.right if left_kind == BOOLEAN else node.left
                    self.mismatch(other, "a condition", right_kind & left_kind or left_kind)
                    return TRUE
                for literal, value in ((left, right), (right, left)):
                    if literal in (TRUE, FALSE):
                        return _negate(value, (literal == FALSE) != (symbol == "!="))
            elif NUMBER in (left_kind, right_kind) and not (
                fits(left_kind, "number") and fits(right_kind, "number")
            ):
                other, kind = node.right, right_kind
                if left_kind != NUMBER:
                    other, kind = node.left, left_kind
                self.mismatch(other, "a number", kind)
            return _compared(_BORDER[symbol], left, right)
        for side, kind in ((node.left, left_kind), (node.right, right_kind)):
            if not fits(kind, "number"):
                self.mismatch(side, "a number", kind)
        if symbol in (">", ">="):
            left, right = right, left
        return _compared("lt" if symbol in ("<", ">") else "le", left, right, None)

    def mismatch(self, node: Node, wanted: str, found: Kind | None) -> None:
        """Reports that something else was wanted here."""
        self.findings.add("sabre-kind", node.start, node.end, wanted=wanted, found=described(found))


def _compared(word: str, left: Json, right: Json, *more: Json) -> Json:
    """A comparison; of what somebody believes with a constant or variable, as believed by that person."""
    if "believes" in left and ("const" in right or "var" in right):
        who, inner = left["believes"]
        return {"believes": [who, _compared(word, inner, right, *more)]}
    if "believes" in right and ("const" in left or "var" in left):
        who, inner = right["believes"]
        return {"believes": [who, _compared(word, left, inner, *more)]}
    return {word: [left, right, *more]}


def _negate(json: Json, negated: bool) -> Json:
    """A leaf, negated or not. (Beliefs and conditionals hand the negation on to their leaves.)"""
    if not negated:
        return json
    if json in (TRUE, FALSE):
        return FALSE if json == TRUE else TRUE
    return {"not": json}


def fits(kind: Kind | None, type: str) -> bool:
    """May a value of this kind stand where the type is wanted? `?` may, except for a boolean."""
    return kind is None or type in kind or (kind == UNKNOWN and type != "boolean")


def described(kind: Kind | None, type: str | None = None) -> str:
    """A kind in words, for a finding."""
    if kind is None:
        return "something else"
    if kind == UNKNOWN:
        return "`?`"
    if kind == BOOLEAN:
        return "a condition"
    if kind == NUMBER:
        return "a number"
    narrow = type or " and ".join(sorted(kind - {"entity"})) or "entity"
    return f"a value of type {narrow}"


def _literal(value: Constant) -> Json:
    return {"bool": value} if isinstance(value, bool) else {"number": value}

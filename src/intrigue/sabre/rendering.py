"""Expressions and effects of the border in the words of our language.

The inverse of `intrigue.world.expressions` and `intrigue.world.effects`, for what the reader of Sabre's syntax makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from intrigue.grounding.border import FALSE, TRUE, Expr
from intrigue.language.names import key
from intrigue.records import dataclass

_QUANTIFIER, _OR, _AND, _NOT, _MODAL, _COMPARED, _SUM, _PRODUCT, _ATOMIC = range(9)
"""How tightly what is said binds; quantifiers and `if` take all that follows."""

_INFIX = {
    "or": (_OR, " or "),
    "and": (_AND, " and "),
    "eq": (_COMPARED, " = "),
    "ne": (_COMPARED, " != "),
    "lt": (_COMPARED, " < "),
    "le": (_COMPARED, " <= "),
    "add": (_SUM, " + "),
    "sub": (_SUM, " - "),
    "mul": (_PRODUCT, " * "),
    "div": (_PRODUCT, " / "),
}
_MIRRORED = {"lt": " > ", "le": " >= "}
_UNKNOWN = {"const": "unknown"}


def number_word(value: float) -> str:
    """A number with all its digits."""
    from decimal import Decimal

    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


@dataclass(slots=True)
class Words:
    """What the numbers of a problem are called. `kinds`: of a set, one or several; `taken`: names that no variable may have."""

    atoms: list[str] = field(default_factory=list)
    kinds: list[list[str]] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    # ------------------------------------------------------------ conditions

    def conditions(self, expr: Expr, names: Sequence[str]) -> list[str]:
        """The parts of a conjunction, each as an item of a list; none if it is plainly true."""
        parts = expr.get("and", [expr])
        return [self.say(part, names) for part in parts if part != TRUE]

    def say(self, expr: Expr, names: Sequence[str], tight: int = _QUANTIFIER) -> str:
        """An expression; `names` are its variables by depth. In brackets where it binds less tightly than `tight`."""
        ((tag, body),) = expr.items()
        own, said = self._shape(tag, body, names)
        return f"({said})" if own < tight else said

    def _shape(self, tag: str, body: Any, names: Sequence[str]) -> tuple[int, str]:
        if tag == "const":
            return self._constant(body)
        if tag == "var":
            return _ATOMIC, names[body]
        if tag == "fact":
            fact, args = body
            return _ATOMIC, f"{self.facts[fact]}({', '.join(self.say(a, names) for a in args)})"
        if tag in _INFIX:
            return self._infix(tag, body, names)
        if tag == "not":
            if "is_in" in body:
                of, kind = body["is_in"]
                return self._kinds(of, kind, names, negated=True)
            return _NOT, f"not {self.say(body, names, _NOT)}"
        if tag == "believes":
            who, what = body
            return _MODAL, f"{self.say(who, names, _ATOMIC)} believes {self.say(what, names, _NOT)}"
        if tag == "is_in":
            return self._kinds(body[0], body[1], names, negated=False)
        if tag == "if":
            test, then, otherwise = (self.say(part, names, _OR) for part in body)
            if "if" in body[2]:
                otherwise = self.say(body[2], names)
            return _QUANTIFIER, f"if {test} then {then} else {otherwise}"
        return self._bound(tag, body, names)

    def _infix(self, tag: str, body: Any, names: Sequence[str]) -> tuple[int, str]:
        level, sign = _INFIX[tag]
        if tag in ("and", "or"):
            if len(body) == 1:
                ((inner, parts),) = body[0].items()
                return self._shape(inner, parts, names)
            if not body:
                return _ATOMIC, "yes" if tag == "and" else "no"
            return level, sign.join(self.say(part, names, level + 1) for part in body)
        left, right = body[:2]
        if tag in ("eq", "ne") and _UNKNOWN in (left, right):
            other = left if right == _UNKNOWN else right
            if "const" in other:
                return _ATOMIC, "yes" if (other == _UNKNOWN) == (tag == "eq") else "no"
            if tag == "eq" and "fact" not in other:  # `unknown` takes facts only
                return _NOT, f"not known {self.say(other, names, _ATOMIC)}"
            word = "unknown" if tag == "eq" else "known"
            return _COMPARED, f"{word} {self.say(other, names, _ATOMIC)}"
        if tag in _MIRRORED and "const" in left and "const" not in right:
            left, right, sign = right, left, _MIRRORED[tag]
        return level, sign.join(self.say(part, names, level + 1) for part in (left, right))

    def _constant(self, value: Any) -> tuple[int, str]:
        if value == "unknown":
            return _ATOMIC, "unknown"
        if "atom" in value:
            return _ATOMIC, self.atoms[value["atom"]]
        if "bool" in value:
            return _ATOMIC, "yes" if value["bool"] else "no"
        said = number_word(value["number"])
        return (_COMPARED + 1 if said.startswith("-") else _ATOMIC), said

    def _kinds(
        self, of: Expr, kind: int, names: Sequence[str], *, negated: bool
    ) -> tuple[int, str]:
        """`x is a cop`, of any of the kinds that make up a set."""
        subject = self.say(of, names, _SUM)
        word = "is not" if negated else "is"
        parts = [
            f"{subject} {word} {'an' if name[0] in 'aeiou' else 'a'} {name}"
            for name in self.kinds[kind]
        ]
        if len(parts) == 1:
            return _COMPARED, parts[0]
        return (_AND, " and ".join(parts)) if negated else (_OR, " or ".join(parts))

    def _bound(self, tag: str, body: Any, names: Sequence[str]) -> tuple[int, str]:
        kind, inner = body
        variable = self.variable(kind, names)
        said = self.say(inner, [*names, variable])
        binder = f"{variable}: {self.kinds[kind][0]}"
        if tag in ("any", "all"):
            return _QUANTIFIER, f"{'any' if tag == 'any' else 'every'} {binder} where {said}"
        return _ATOMIC, f"{tag}({binder}: {said})"

    def variable(self, kind: int, names: Sequence[str]) -> str:
        """A new name for a member of a set: its first letter, or the next one that is free."""
        used = {key(each) for each in names} | self.taken
        first = self.kinds[kind][0][:1].lower()
        letters: list[str] = [first, *"xyzuvw"]
        for letter in letters:
            if letter.isalpha() and letter not in used:
                return letter
        count = 2
        while f"{first}{count}" in used:
            count += 1
        return f"{first}{count}"

    # --------------------------------------------------------------- effects

    def effects(self, effects: Sequence[Any], names: Sequence[str], indent: str = "") -> list[str]:
        """Effects, one a line; what belongs to an `if` or `every` stands below it, further in."""
        lines: list[str] = []
        for effect in effects:
            ((tag, body),) = effect.items()
            if tag == "set":
                lines.append(indent + self._assigned(body[0], body[1], names))
            elif tag == "believe":
                chain = "".join(
                    f"{self.say(who, names, _ATOMIC)} believes " for who in body["path"]
                )
                lines.append(indent + chain + self._assigned(body["place"], body["value"], names))
            elif tag == "each":
                kind, where, inner = body
                variable = self.variable(kind, names)
                below = [*names, variable]
                limit = "" if where == TRUE else f" where {self.say(where, below)}"
                lines.append(f"{indent}every {variable}: {self.kinds[kind][0]}{limit}:")
                lines += self.effects(inner, below, indent + "  ")
            else:
                lines += self._conditional(body[0], body[1], body[2], names, indent)
        return lines

    def _conditional(
        self, test: Expr, then: Any, otherwise: Any, names: Sequence[str], indent: str
    ) -> list[str]:
        if test == TRUE:
            return self.effects(then, names, indent)
        said = self.say(test, names, _OR)
        if not then:  # the language wants something behind `if`
            negated = self.say({"not": test}, names, _OR)
            return [
                f"{indent}if {negated}:",
                *self.effects(otherwise, names, indent + "  "),
            ]
        lines = [f"{indent}if {said}:", *self.effects(then, names, indent + "  ")]
        if otherwise:
            lines += [f"{indent}else:", *self.effects(otherwise, names, indent + "  ")]
        return lines

    def _assigned(self, place: Expr, value: Expr, names: Sequence[str]) -> str:
        said = self.say(place, names)
        if value == TRUE:
            return said
        if value == FALSE:
            return f"not {said}"
        return f"{said} = {self.say(value, names, _SUM)}"

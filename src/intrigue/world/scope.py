"""The variables that an expression may name.

The border numbers variables by depth: an action's parameters come first, then each binder adds one. A definition is
written out where it is used, so its parameters mean expressions, which are lowered there anew, at the depth of their use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.records import dataclass
from intrigue.world.model import Parameter
from intrigue.world.types import Type


@dataclass(frozen=True, slots=True)
class Given:
    """A variable with a value of its own: a parameter, what a binder binds, or `self`."""

    expr: Expr
    type: Type


@dataclass(frozen=True, slots=True)
class Meaning:
    """A parameter of a definition: the expression put in its place, with the variables of the place where it stood.

    `within`: the definitions that were being written out there. `lowered`: the expression at the depth of that place.
    """

    expression: tree.Expression
    scope: Scope
    type: Type
    within: tuple[str, ...]
    lowered: tuple[Expr, Type]


@dataclass(frozen=True, slots=True)
class Scope:
    """Variables by name, and how many the border has bound so far."""

    names: Mapping[str, Given | Meaning]
    depth: int

    def bind(self, name: str, type: Type) -> Scope:
        """With one more bound variable."""
        return Scope({**self.names, key(name): Given({"var": self.depth}, type)}, self.depth + 1)

    def give(self, name: str, expr: Expr, type: Type) -> Scope:
        """With a name for a value."""
        return Scope({**self.names, key(name): Given(expr, type)}, self.depth)

    def at(self, depth: int) -> Scope:
        """The same names, read below more binders."""
        return self if depth == self.depth else Scope(self.names, depth)


EMPTY = Scope({}, 0)


def scope_of(params: Sequence[Parameter], kinds: Sequence[frozenset[int]]) -> Scope:
    """The scope of an action's parameters (of two with one name the first counts)."""
    names: dict[str, Given | Meaning] = {}
    for depth, (parameter, kind) in enumerate(zip(params, kinds, strict=True)):
        names.setdefault(key(parameter.name), Given({"var": depth}, kind))
    return Scope(names, len(params))

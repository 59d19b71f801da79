"""What a problem file says, before any name is looked up. Every node keeps its offsets in the
source."""

from __future__ import annotations

from intrigue.language import tree
from intrigue.language.tree import node
from intrigue.sabre.tokens import Token


@node
class Node(tree.Node):
    """A stretch of the source."""

    start: int
    end: int


@node
class Broken(Node):
    """What could not be read, and was already reported."""


@node
class Name(Node):
    """A variable or an entity."""

    name: str


@node
class Literal(Node):
    """`True`, `False`, a number, or None for `?`."""

    value: bool | float | None


@node
class Call(Node):
    """`f(args)`."""

    name: str
    args: tuple[Name | Literal, ...]


@node
class Believes(Node):
    """`believes(who, body)`."""

    who: Name
    body: Node


@node
class Junction(Node):
    """`a & b ...` or `a | b ...`."""

    symbol: str
    parts: tuple[Node, ...]


@node
class Not(Node):
    """`! e`."""

    body: Node


@node
class If(Node):
    """`if(b) e [elseif(b) e]* [else e]`: the branches in order, and what else."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None


@node
class Quantified(Node):
    """`forall`, `exists`, `sum` or `product` over a variable."""

    word: str
    variable: Token
    type: Token
    body: Node


@node
class Assign(Node):
    """`f = e`."""

    place: Node
    value: Node


@node
class Compare(Node):
    """`==`, `!=`, `>=`, `<=`, `>` or `<`."""

    symbol: str
    left: Node
    right: Node


@node
class TypeTest(Node):
    """`e : t`."""

    body: Node
    type: Token


@node
class Arithmetic(Node):
    """`*`, `/`, `+` or `-`."""

    symbol: str
    left: Node
    right: Node


@node
class Parameter(Node):
    """`x : t` (a variable) or a constant."""

    variable: str | None
    type: Token | None
    constant: Name | Literal | None


@node
class TypeDefinition(Node):
    """`type t : p1, p2`."""

    name: Token
    parents: tuple[Token, ...]


@node
class EntityDefinition(Node):
    """`entity e : t1, t2`."""

    name: Token
    types: tuple[Token, ...]


@node
class PropertyDefinition(Node):
    """`property f(...) : t`."""

    name: Token
    parameters: tuple[Parameter, ...]
    type: Token


@node
class EventDefinition(Node):
    """An action or a trigger. Of parts given twice, the last is kept."""

    word: str
    name: Token
    parameters: tuple[Parameter, ...]
    precondition: Node | None
    effect: Node | None
    consenting: tuple[Token, ...]
    observer: Parameter | None
    observing: Node | None


@node
class UtilityDefinition(Node):
    """`utility(): e` (the author's) or `utility(C): e`."""

    who: Token | None
    value: Node


@node
class Initial(Node):
    """A line of the initial state: an effect."""

    effect: Node


Definition = (
    TypeDefinition
    | EntityDefinition
    | PropertyDefinition
    | EventDefinition
    | UtilityDefinition
    | Initial
)

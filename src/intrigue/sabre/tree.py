"""What a problem file says, before any name is looked up. Every node keeps its offsets in the
source."""

from __future__ import annotations

from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.sabre.tokens import Token


@dataclass(frozen=True, slots=True)
class Node(tree.Node):
    """A stretch of the source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Broken(Node):
    """What could not be read, and was already reported."""


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or an entity."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """`True`, `False`, a number, or None for `?`."""

    value: bool | float | None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`f(args)`."""

    name: str
    args: tuple[Name | Literal, ...]


@dataclass(frozen=True, slots=True)
class Believes(Node):
    """`believes(who, body)`."""

    who: Name
    body: Node


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """`a & b ...` or `a | b ...`."""

    symbol: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`! e`."""

    body: Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if(b) e [elseif(b) e]* [else e]`: the branches in order, and what else."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`forall`, `exists`, `sum` or `product` over a variable."""

    word: str
    variable: Token
    type: Token
    body: Node


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """`f = e`."""

    place: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`==`, `!=`, `>=`, `<=`, `>` or `<`."""

    symbol: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class TypeTest(Node):
    """`e : t`."""

    body: Node
    type: Token


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`*`, `/`, `+` or `-`."""

    symbol: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """`x : t` (a variable) or a constant."""

    variable: str | None
    type: Token | None
    constant: Name | Literal | None


@dataclass(frozen=True, slots=True)
class TypeDefinition(Node):
    """`type t : p1, p2`."""

    name: Token
    parents: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class EntityDefinition(Node):
    """`entity e : t1, t2`."""

    name: Token
    types: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class PropertyDefinition(Node):
    """`property f(...) : t`."""

    name: Token
    parameters: tuple[Parameter, ...]
    type: Token


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class UtilityDefinition(Node):
    """`utility(): e` (the author's) or `utility(C): e`."""

    who: Token | None
    value: Node


@dataclass(frozen=True, slots=True)
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

"""The checked model: every name resolved, every type known. What grounding and the story stages work on.

Expressions are already those of the border (`grounding.problem`): plain JSON-able values with numbers for names, because
nothing between here and the engine needs another form. What people must read again (conditions, effects) keeps its span and its text.

The stages after this one use, besides the model: `intrigue.world.check(files)`;
`intrigue.world.conditions.resolve(world, expression, self=None) -> (Expr | None, list[Diagnostic])` for the conditions of a telling
and of questions (`self`: the atom meant by the word); `intrigue.world.sentences`: `match(world, text) -> list[Reading]`,
`tell(world, action, args) -> str` and `unknown_sentence(world, sentence: tree.SentenceText) -> Diagnostic`; and
`intrigue.grounding.names.Names(world, engine)` with `fluent(number) -> str` and `value(Value) -> str`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.diagnostic import Span
from intrigue.language import tree
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.world.tables import Tables

Expr = Any
"""An expression of the border, as JSON: `{"Fact": ..}` in the engine's `Expr`, in serde's snake_case external tagging,
e.g. `{"eq": [{"fact": [3, [{"var": 0}]]}, {"const": {"atom": 7}}]}`, `{"const": "unknown"}`, `{"const": {"bool": true}}`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`members` are atoms. `ordered`: a closed set whose members stand lowest first. `closed`: a closed set."""

    id: int
    name: str
    parents: tuple[int, ...]
    members: tuple[int, ...]
    closed: bool
    ordered: bool
    span: Span | None


@dataclass(frozen=True, slots=True)
class Atom:
    """A person, place, thing, member of a closed set, claim or question; atom 0 is `none`. `kinds`: all kinds it belongs to."""

    id: int
    name: str
    aliases: tuple[str, ...]
    kinds: tuple[int, ...]
    span: Span | None
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank of a fact, an action or an `each` line. `kind`: its number."""

    name: str
    kind: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern: strings and parameter indexes; -1 stands for a fact's value."""

    parts: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """`range`: "bool", "number" or {"set": kind}."""

    id: int
    name: str
    params: tuple[Parameter, ...]
    range: Any
    default: Any
    phrases: tuple[Phrase, ...]
    promise: bool
    visible: bool
    inner: bool
    span: Span | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of an action with its text, for messages."""

    expr: Expr
    hidden: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """What must have come true so many minutes after an action, over its parameters."""

    minutes: float
    expr: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Action:
    """An action or an outcome (`meant` is then the action meant, whose parameters come first). `minutes`: how long it takes."""

    id: int
    name: str
    params: tuple[Parameter, ...]
    patterns: tuple[Phrase, ...]
    needs: tuple[Condition, ...]
    mode: str  # "chosen" | "fate" | "reaction"
    meant: int | None
    journey: bool
    minutes: float
    span: Span
    writes: frozenset[int]  # facts it may change
    reads: frozenset[int]  # facts its conditions and conditional effects read
    deadlines: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Want:
    """`index` is its place in the problem's `wants` (or `shares`, if form is "shares"). `params`: of an `each` line; `conditions`: where
    stands what is wanted, and while what is so."""

    index: int
    form: str
    who: int | None  # an atom, or None for an `each` line
    expr: Expr
    reads: frozenset[int]
    weight: float
    span: Span
    citations: tuple[int, ...]
    params: tuple[Parameter, ...]
    conditions: tuple[Span, ...]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """The whole checked model: rules, cast and start of one story, or a world alone.

    `start_lines` stand beside the lines of the problem's `start`, one for one. `tables`: names to what they mean, for what
    is read later: questions, conditions, sentences.
    """

    title: str
    kinds: tuple[Kind, ...]
    atoms: tuple[Atom, ...]
    persons: tuple[int, ...]
    facts: tuple[Fact, ...]
    actions: tuple[Action, ...]
    triggers: tuple[str, ...]  # names, in order
    trigger_spans: tuple[Span, ...]
    wants: tuple[Want, ...]
    claims: Mapping[
        int, tuple[int, tuple[int, ...], Any]
    ]  # atom -> fact, args, value (None: a question)
    endings: tuple[tuple[str, Expr, Span], ...]
    start_lines: tuple[tree.StartLine | tree.CastProperty, ...]
    problem: Mapping[str, Any]  # the border, ready for `json.dumps`
    telling: tuple[tree.Scene, ...]
    allows: tuple[tree.Allow, ...]
    source_document: tree.Include | None
    files: tuple[tree.File, ...]
    tables: Tables

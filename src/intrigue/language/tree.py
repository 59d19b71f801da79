"""What the parser makes of a file: a syntax tree with spans, no name resolved yet."""

from __future__ import annotations

from dataclasses import dataclass

from intrigue.diagnostics.diagnostic import Span

# ---------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Name:
    """A name of one or more words, as written (articles kept): a variable, a member, a fact without arguments."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class Literal:
    """`yes`, `no`, `none` (in any of its words), `unknown`."""

    word: str  # "yes" | "no" | "none" | "unknown"
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """`f(a, b)`: a fact, a derived fact, `next`, `previous`."""

    name: Name
    args: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """`and or = != < <= > >= + - * /`."""

    op: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    """`not`, `-`, `maybe`, `known`, `unknown` (the last as in `unknown F`)."""

    op: str
    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Membership:
    """`x in (a, b)`; `negated` for `not in`."""

    item: Expression
    options: tuple[Expression, ...]
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class KindTest:
    """`x is a cop`."""

    item: Expression
    kind: Name
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Modal:
    """`p knows φ`, `p believes φ`, `p knows whether φ`; `negated` for `does not`."""

    person: Expression
    verb: str  # "knows" | "believes" | "knows whether"
    what: Expression
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Conditional:
    test: Expression
    then: Expression
    otherwise: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Quantified:
    """`any|every|count|sum  variable: kind where condition: body`.

    `any p: k where φ` has `body` None. `every p: k where φ: ψ`: `where` φ, `body` ψ. `every p: k where φ`: `where` None, `body` φ.
    """

    word: str  # "any" | "every" | "count" | "sum"
    variable: Name
    kind: Name
    where: Expression | None
    body: Expression | None
    span: Span


Expression = (
    Name
    | Number
    | Literal
    | Call
    | Binary
    | Unary
    | Membership
    | KindTest
    | Modal
    | Conditional
    | Quantified
)

# -------------------------------------------------------------------- effects


@dataclass(frozen=True, slots=True)
class Assign:
    """`f(x) = v`; `f(x)` has value `yes`, `not f(x)` has value `no`. `place` may be a claim's name (then `value` is None: as claimed)."""

    place: Call | Name
    value: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Shows:
    places: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Shares:
    """`a and b share φ`; `among` includes the speaker.

    `f(x) = v`, `not f(x)`: `value`. A claim: `value` None, as claimed. A bare `f(x)`: `value` yes and `truth`: yes for a
    yes/no fact, its true value for any other. `whether f(x)`: `value` None and `truth`: its true value, whichever fact.
    """

    among: tuple[Expression, ...]
    speaker: Expression | None
    place: Call | Name
    value: Expression | None
    truth: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Learns:
    who: Expression
    place: Expression
    source: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class BelievesEffect:
    """`a believes b believes f(x) = v`; `a forgets F` has value `unknown`."""

    path: tuple[Expression, ...]
    place: Call | Name
    value: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class IfEffect:
    test: Expression
    then: tuple[Effect, ...]
    otherwise: tuple[Effect, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class EveryEffect:
    variable: Name
    kind: Name
    where: Expression | None
    effects: tuple[Effect, ...]
    span: Span


Effect = Assign | Shows | Shares | Learns | BelievesEffect | IfEffect | EveryEffect

# --------------------------------------------------------------- declarations


@dataclass(frozen=True, slots=True)
class KindDeclaration:
    """`names: parents`, or a closed set (`members`, `ordered`)."""

    names: tuple[Name, ...]
    parents: tuple[Name, ...]
    members: tuple[Name, ...]
    ordered: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    name: Name
    kind: tuple[Name, ...]  # several: `person or place`


@dataclass(frozen=True, slots=True)
class Observers:
    """`anyone [at PLACE] [who φ]`, `nobody`, or persons."""

    word: str  # "anyone" | "nobody" | "persons"
    place: Expression | None
    condition: Expression | None
    persons: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence pattern: text and `{parameter}` blanks, in order."""

    parts: tuple[str | Name, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    name: Name
    params: tuple[Parameter, ...]
    range: tuple[Name, ...]  # empty: yes/no
    default: Expression | None
    visible: tuple[Observers, ...]
    known_to: tuple[Expression, ...]
    phrases: tuple[Pattern, ...]
    promise: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    name: Name
    params: tuple[Parameter, ...]
    body: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Need:
    condition: Expression
    secret: bool
    hope: bool
    span: Span


@dataclass(frozen=True, slots=True)
class WillClause:
    who: tuple[Expression, ...]
    when: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class SeenClause:
    """`seen by` (`call`, `effects` None), `seen as CALL by`, `heard by ...: EFFECTS`."""

    observers: tuple[Observers, ...]
    call: Call | None
    effects: tuple[Effect, ...] | None
    span: Span


@dataclass(frozen=True, slots=True)
class OutcomeDeclaration:
    name: Name
    params: tuple[Parameter, ...]
    patterns: tuple[Pattern, ...]
    needs: tuple[Need, ...]
    makes: tuple[Effect, ...]
    seen: tuple[SeenClause, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ActionDeclaration:
    name: Name
    params: tuple[Parameter, ...]
    patterns: tuple[Pattern, ...]
    needs: tuple[Need, ...]
    makes: tuple[Effect, ...]
    mode: str  # "will" | "fate" | "reaction" | "" (missing: an error for the checker)
    will: tuple[WillClause, ...]
    seen: tuple[SeenClause, ...]
    takes: Duration | None
    journey: bool
    outcomes: tuple[OutcomeDeclaration, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Duration:
    """Minutes."""

    minutes: float
    span: Span


@dataclass(frozen=True, slots=True)
class TriggerDeclaration:
    name: Name
    params: tuple[Parameter, ...]
    when: tuple[Expression, ...]
    makes: tuple[Effect, ...]
    minds_only: bool
    span: Span


@dataclass(frozen=True, slots=True)
class WantDeclaration:
    """One want. `form`: "wants" | "suffers" | "shares". `who` is an expression over `params` (an `each` line) or a name."""

    params: tuple[Parameter, ...]
    who: Expression
    form: str
    what: Expression  # for "shares": the person whose wants count
    to_know: bool
    weight: float
    during: Expression | None
    citations: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class CastProperty:
    """`at P`, `holding T` (one property a thing), `group of N`, `NAME = value`."""

    word: str  # "at" | "holding" | "group" | "fact"
    name: Name | None
    value: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class CastDeclaration:
    """`names: kinds, properties`. `stands_for`: the condition or fact of a `claim = ..` / `question = ..`.

    `kinds` holds every bare name; one that is no kind is a yes/no fact that holds of these. A denied one (`not armed`) is a
    property with the value `no`.
    """

    names: tuple[Name, ...]
    kinds: tuple[Name, ...]
    properties: tuple[CastProperty, ...]
    aliases: tuple[Name, ...]
    stands_for: Expression | None
    citations: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class StartLine:
    """`form`: "holds" (F = v), "secret", "belief" (path not empty)."""

    form: str
    path: tuple[Expression, ...]
    place: Call | Name
    value: Expression
    known: tuple[Expression, ...]
    others: Expression | None  # None: unknown
    citations: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Ending:
    name: Name
    condition: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Allow:
    code: Name
    reason: str
    span: Span


# -------------------------------------------------------------------- telling


@dataclass(frozen=True, slots=True)
class Because:
    """`because P: S; S` (waypoints) or `because P wants φ`."""

    person: Name
    waypoints: tuple[SentenceText, ...]
    brings: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A sentence as written, without full stop, citation and indentation."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the telling with what hangs under it."""

    sentence: SentenceText
    citations: tuple[int, ...]
    because: tuple[Because, ...]
    allows: tuple[Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Expect:
    """`form`: "holds" | "possible" | "impossible" | "would" | "would not" | "plans" | "lost" | "open"."""

    form: str
    person: Name | None
    condition: Expression | None
    sentences: tuple[SentenceText, ...]
    citations: tuple[int, ...]
    allows: tuple[Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Gap:
    """`...`"""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A line about time, kept as written: `meanwhile`, `earlier`, `later: 2 hours`, `on the next day`."""

    text: str
    citations: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Scene:
    title: str
    reading: Name | None
    citations: tuple[int, ...]
    lines: tuple[Told | Expect | Gap | TimeMark, ...]
    allows: tuple[Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Include:
    """`include X` or `in X`."""

    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class File:
    """One parsed file. Lists keep the order of the text; a file with mistakes holds all that could be read."""

    form: str  # "world" | "story"
    title: str
    span: Span
    includes: tuple[Include, ...] = ()
    source_document: Include | None = None
    kinds: tuple[KindDeclaration, ...] = ()
    facts: tuple[FactDeclaration, ...] = ()
    definitions: tuple[Definition, ...] = ()
    actions: tuple[ActionDeclaration, ...] = ()
    triggers: tuple[TriggerDeclaration, ...] = ()
    wants: tuple[WantDeclaration, ...] = ()
    cast: tuple[CastDeclaration, ...] = ()
    start: tuple[StartLine, ...] = ()
    endings: tuple[Ending, ...] = ()
    scenes: tuple[Scene, ...] = ()
    allows: tuple[Allow, ...] = ()
    unread: frozenset[str] = frozenset()
    """Words of declarations that could not be read: what is unknown may have been declared there."""

"""What the parser makes of a file: a syntax tree with spans, no name resolved yet."""

from __future__ import annotations

from intrigue.diagnostics.diagnostic import Span
from intrigue.records import dataclass


class Node:
    """What all parts of a tree are."""

    __slots__: tuple[str, ...] = ()


# ---------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name of one or more words, as written (articles kept): a variable, a member, a fact without arguments."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Number(Node):
    """`3`, `0.5`."""

    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """`yes`, `no`, `none` (in any of its words), `unknown`."""

    word: str  # "yes" | "no" | "none" | "unknown"
    span: Span


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`f(a, b)`: a fact, a derived fact, `next`, `previous`."""

    name: Name
    args: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`and or = != < <= > >= + - * /`."""

    op: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`not`, `-`, `maybe`, `known`, `unknown` (the last as in `unknown F`)."""

    op: str
    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`x in (a, b)`; `negated` for `not in`."""

    item: Expression
    options: tuple[Expression, ...]
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class KindTest(Node):
    """`x is a cop`."""

    item: Expression
    kind: Name
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Modal(Node):
    """`p knows φ`, `p believes φ`, `p knows whether φ`; `negated` for `does not`."""

    person: Expression
    verb: str  # "knows" | "believes" | "knows whether"
    what: Expression
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Asked(Node):
    """What a fact's phrase asks for: `who blinded Jennie`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if test then a else b`, as a value."""

    test: Expression
    then: Expression
    otherwise: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`any|every|count|sum|product  variable: kind where condition: body`.

    `any p: k where φ` has `body` None. `every p: k where φ: ψ`: `where` φ, `body` ψ. `every p: k where φ`: `where` None, `body` φ.
    """

    word: str  # "any" | "every" | "count" | "sum" | "product"
    variable: Name
    kind: Name
    where: Expression | None
    body: Expression | None
    span: Span


_Plain = Name | Number | Literal | Call
Expression = (
    _Plain | Binary | Unary | Membership | KindTest | Modal | Asked | Conditional | Quantified
)

# -------------------------------------------------------------------- effects


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """`f(x) = v`; `f(x)` has value `yes`, `not f(x)` has value `no`. `place` may be a claim's name (then `value` is None: as claimed)."""

    place: Call | Name
    value: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Shows(Node):
    """`shows f(x), g(y)`: who sees the event sees these too."""

    places: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Shares(Node):
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
class Learns(Node):
    """`who learns place [from source]`."""

    who: Expression
    place: Expression
    source: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class BelievesEffect(Node):
    """`a believes b believes f(x) = v`; `a forgets F` has value `unknown`."""

    path: tuple[Expression, ...]
    place: Call | Name
    value: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class IfEffect(Node):
    """`if test: effects else: effects`."""

    test: Expression
    then: tuple[Effect, ...]
    otherwise: tuple[Effect, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class EveryEffect(Node):
    """`every variable: kind [where φ]: effects`."""

    variable: Name
    kind: Name
    where: Expression | None
    effects: tuple[Effect, ...]
    span: Span


Effect = Assign | Shows | Shares | Learns | BelievesEffect | IfEffect | EveryEffect

# --------------------------------------------------------------- declarations


@dataclass(frozen=True, slots=True)
class KindDeclaration(Node):
    """`names: parents`, or a closed set (`members`, `ordered`). Among the parents may be a preposition (`cell: place, in`)."""

    names: tuple[Name, ...]
    parents: tuple[Name, ...]
    members: tuple[Name, ...]
    ordered: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """`name: kind`, of an action, a fact, an `each` line."""

    name: Name
    kind: tuple[Name, ...]  # several: `person or place`


@dataclass(frozen=True, slots=True)
class Observers(Node):
    """`anyone [at PLACE] [who φ]`, `nobody`, or persons."""

    word: str  # "anyone" | "nobody" | "persons"
    place: Expression | None
    condition: Expression | None
    persons: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Pattern(Node):
    """A sentence pattern: text and `{parameter}` blanks, in order."""

    parts: tuple[str | Name, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class FactDeclaration(Node):
    """`name(params): range = default`, who sees it, who knows it, and its phrases."""

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
class Definition(Node):
    """`name(params) = body`: a condition or value by a name of its own."""

    name: Name
    params: tuple[Parameter, ...]
    body: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Need(Node):
    """`needs [secretly|hopes] φ`."""

    condition: Expression
    secret: bool
    hope: bool
    span: Span


@dataclass(frozen=True, slots=True)
class WillClause(Node):
    """`will a, b [if φ]`."""

    who: tuple[Expression, ...]
    when: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class SeenClause(Node):
    """`seen by` (`call`, `effects` None), `seen as CALL by`, `heard by ...: EFFECTS`."""

    observers: tuple[Observers, ...]
    call: Call | None
    effects: tuple[Effect, ...] | None
    span: Span


@dataclass(frozen=True, slots=True)
class OutcomeDeclaration(Node):
    """`or else name(params)`: what else may come of an act."""

    name: Name
    params: tuple[Parameter, ...]
    patterns: tuple[Pattern, ...]
    needs: tuple[Need, ...]
    makes: tuple[Effect, ...]
    seen: tuple[SeenClause, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ActionDeclaration(Node):
    """`action name(params)` with its clauses."""

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
    within: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Duration(Node):
    """Minutes."""

    minutes: float
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline(Node):
    """`within 1 hour: φ`: so many minutes after the event φ has come true."""

    minutes: float
    condition: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class TriggerDeclaration(Node):
    """`trigger name(params)`: what follows by itself where `when` holds."""

    name: Name
    params: tuple[Parameter, ...]
    when: tuple[Expression, ...]
    makes: tuple[Effect, ...]
    minds_only: bool
    span: Span


@dataclass(frozen=True, slots=True)
class WantDeclaration(Node):
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
class CastProperty(Node):
    """`at P`, `holding T` (one property a thing), `group of N`, `NAME = value`; `born 1961`, `aged 28` with the rest as `name`."""

    word: str  # "at" | "holding" | "group" | "fact" | "born" | "aged"
    name: Name | None
    value: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class CastDeclaration(Node):
    """`names: kinds, properties`. `stands_for`: the condition or fact of a `claim = ..` / `question = ..`.

    `kinds` holds every bare name; one that is no kind is a pronoun, a preposition (`in`), or a yes/no fact that holds of
    these. A denied one (`not armed`) is a property with the value `no`.
    """

    names: tuple[Name, ...]
    kinds: tuple[Name, ...]
    properties: tuple[CastProperty, ...]
    aliases: tuple[Name, ...]
    stands_for: Expression | None
    citations: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class StartLine(Node):
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
class Ending(Node):
    """`ending NAME: φ`."""

    name: Name
    condition: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Allow(Node):
    """`allow CODE: REASON`."""

    code: Name
    reason: str
    span: Span


# -------------------------------------------------------------------- telling


@dataclass(frozen=True, slots=True)
class Because(Node):
    """`because P: S; S` (waypoints) or `because P wants φ`."""

    person: Name
    waypoints: tuple[SentenceText, ...]
    brings: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class SentenceText(Node):
    """A sentence as written, without full stop, citation and indentation."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Length(Node):
    """A length of time as it is told: whole months of the calendar, of which a year has twelve, and minutes."""

    months: int = 0
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class When(Node):
    """One thing said of time, in minutes: at least `least`, at most `most` (None: no limit).

    `form`, of a mark between sentences or a line under one: "meanwhile", "now", "earlier", "later", "next day", "same day",
    "clock" (minutes since midnight), "date" (minutes since the day before 1 January of the year 1), "before", "after", "within".
    Under a sentence only: "takes", "until" (`within 1 hour: φ`, with `condition`).
    `point`: what it is relative to: `[28]`, the title of a scene; empty: what was told last.
    `length`, of what is so long before or after something: the length that is told.
    `part`, of the same or the next day: the part of it that is told, from when to when in minutes since its midnight.
    """

    form: str
    least: float
    most: float | None
    point: str
    condition: Expression | None
    span: Span
    length: Length = Length()
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Told(Node):
    """A sentence of the telling with what hangs under it."""

    sentence: SentenceText
    citations: tuple[int, ...]
    because: tuple[Because, ...]
    allows: tuple[Allow, ...]
    span: Span
    times: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Expect(Node):
    """`form`: "holds" | "possible" | "impossible" | "would" | "would not" | "plans" | "lost" | "open"."""

    form: str
    person: Name | None
    condition: Expression | None
    sentences: tuple[SentenceText, ...]
    citations: tuple[int, ...]
    allows: tuple[Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Gap(Node):
    """`...`, or `... to be told [4]` (`to_tell`), which stands for sentences of the source.

    What may be said of the events that belong there: how many (`least`, `most`; None: as many as it takes), `by` whom, `until`
    which condition holds.
    """

    text: str
    span: Span
    to_tell: bool = False
    citations: tuple[int, ...] = ()
    least: int = 0
    most: int | None = None
    by: tuple[Name, ...] = ()
    until: Expression | None = None


@dataclass(frozen=True, slots=True)
class TimeMark(Node):
    """A line about time: `meanwhile`, `earlier`, `later: 2 hours`, `on the next day, at 9:00`. `text`: as written."""

    text: str
    citations: tuple[int, ...]
    span: Span
    says: tuple[When, ...] = ()
    allows: tuple[Allow, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene(Node):
    """`scene TITLE [citations]` with its lines, in the order of the telling."""

    title: str
    reading: Name | None
    citations: tuple[int, ...]
    lines: tuple[Told | Expect | Gap | TimeMark, ...]
    allows: tuple[Allow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Include(Node):
    """`include X` or `in X`."""

    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class File(Node):
    """One parsed file. Lists keep the order of the text; a file with mistakes holds all that could be read."""

    form: str  # "world" | "story"
    title: str
    span: Span
    includes: tuple[Include, ...] = ()
    source_document: Include | None = None
    rules: tuple[Name, ...] = ()
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

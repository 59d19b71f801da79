"""`rules of Sabre`: what of the language has a meaning under them, and how their utilities are made of wants.

The lowering of expressions, defaults and opening lines asks `Tables.sabre` where the two rule books differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from intrigue.diagnostics.diagnostic import Span
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world.expressions import Expressions
from intrigue.world.kinds import declare_parameters
from intrigue.world.scope import EMPTY
from intrigue.world.tables import PERSON, Tables
from intrigue.world.types import BOOL

AUTHOR = "author"
"""Who wants what the end of the story is worth."""
MOST_WANTS = 20_000
"""How many wants the `each` lines of a story may come to."""


def check_rules(files: Sequence[tree.File], tables: Tables) -> None:
    """Reports everything in the files that the rules of Sabre do not have."""
    for file in files:
        parts = (file.facts, file.definitions, file.actions, file.triggers, file.wants)
        for each in _nodes((*parts, file.cast, file.start, file.endings)):
            for what, span in _foreign(each):
                tables.report.add(
                    "not-in-sabre", span, label="not under the rules of this story", what=what
                )


def _nodes(part: object) -> Iterator[tree.Node]:
    """Every node of a tree."""
    if isinstance(part, tuple):
        for each in part:
            yield from _nodes(each)
    elif isinstance(part, tree.Node):
        yield part
        for name in part.__slots__:
            yield from _nodes(getattr(part, name))


def _foreign(node: tree.Node) -> Iterator[tuple[str, Span]]:
    """What of a node itself, not of its parts, the rules do not have."""
    match node:
        case tree.FactDeclaration():
            if node.visible:
                yield "`visible to`", node.visible[0].span
            if node.known_to:
                yield "`known to`", node.known_to[0].span
        case tree.Shows():
            yield "`shows`", node.span
        case tree.Shares():
            yield "telling and sharing", node.span
        case tree.Learns():
            yield "`learns`", node.span
        case tree.SeenClause(call=None, effects=None):
            pass
        case tree.SeenClause():
            yield "`seen as` and `heard by`", node.span
        case tree.Need(secret=True) | tree.Need(hope=True):
            yield "`secretly`" if node.secret else "`hopes`", node.span
        case tree.Modal(verb="knows" | "knows whether"):
            yield "`knows`", node.span
        case tree.Unary(op="maybe"):
            yield "`maybe`", node.span
        case tree.TriggerDeclaration(minds_only=True):
            yield "`infer`", node.name.span
        case tree.ActionDeclaration():
            if node.mode == "reaction":
                yield "`reaction`", node.name.span
            if node.journey:
                yield "`journey`", node.name.span
            for outcome in node.outcomes:
                yield "`or else`", outcome.name.span
        case tree.StartLine(form="secret"):
            yield "`secret`", node.span
        case tree.WantDeclaration(form="shares"):
            yield "`shares`", node.span
        case tree.CastDeclaration() if node.stands_for is not None:
            yield "claims and questions", node.span
        case tree.Parameter():
            for kind in node.kind:
                if key(kind.text) in ("claim", "question"):
                    yield "claims and questions", kind.span


def is_author(want: tree.WantDeclaration, tables: Tables) -> bool:
    """Whether the want is the author's: `author wants φ`, where nobody in the cast is called so."""
    return (
        tables.sabre
        and isinstance(want.who, tree.Name)
        and key(want.who.text) == AUTHOR
        and AUTHOR not in tables.atom_named
    )


class Utilities:
    """One expression a person, and one for the author: the sum of the wants."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.tables = expressions.tables
        self._terms: dict[int | None, list[tuple[tree.WantDeclaration, Expr, bool]]] = {}
        self._count = 0

    def add(self, want: tree.WantDeclaration) -> None:
        """One want, once for each way to fill an `each` line. Its mistakes have been reported where wants are read."""
        params, kinds = declare_parameters(want.params, self.tables)
        members = self.tables.members()
        if any(parameter.kind < 0 for parameter in params):
            return
        for filling in product(*(members[parameter.kind] for parameter in params)):
            self._count += 1
            if self._count > MOST_WANTS:
                limit = f"more than {MOST_WANTS} wants"
                self.expressions.report.add(
                    "definition-too-large", want.span, label=limit, name="`each`"
                )
                return
            scope = EMPTY
            for parameter, atom, kind in zip(params, filling, kinds, strict=True):
                scope = scope.give(parameter.name, border.atom(atom), kind)
            who: int | None = None
            if not is_author(want, self.tables):
                person, kind_of_person = self.expressions.value(want.who, scope)
                who = border.atom_of(person)
                if who is None:
                    continue
                scope = scope.give("self", person, kind_of_person)
            what, found = self.expressions.content(want.what, scope)
            if want.to_know:
                what, found = {"ne": [what, border.UNKNOWN]}, BOOL
            during = None
            if want.during is not None:
                during = self.expressions.condition(want.during, scope)
            self._terms.setdefault(who, []).append(
                (want, *self._term(want, what, found == BOOL, during))
            )

    def _term(
        self, want: tree.WantDeclaration, what: Expr, yes_no: bool, during: Expr | None
    ) -> tuple[Expr, bool]:
        """What one want adds, and whether it is still a plain condition."""
        if yes_no and want.form == "wants" and want.weight == 1 and during is None:
            return what, True
        amount = border.number(want.weight)
        if want.form == "suffers":
            lacking = [*([] if during is None else [during]), border.negation(what)]
            missed = border.number(-want.weight)
            return {"if": [border.conjunction(lacking), missed, border.ZERO]}, False
        if yes_no:
            met = [*([] if during is None else [during]), what]
            return {"if": [border.conjunction(met), amount, border.ZERO]}, False
        worth = what if want.weight == 1 else {"mul": [amount, what]}
        return worth if during is None else {"if": [during, worth, border.ZERO]}, False

    def lowered(self) -> list[dict[str, Any]]:
        """The utilities of the border: the author's, then one for each person."""
        return [
            {"who": who, "what": self._sum(self._terms.get(who, []))}
            for who in (None, *self.tables.members()[PERSON])
        ]

    @staticmethod
    def _sum(terms: Sequence[tuple[tree.WantDeclaration, Expr, bool]]) -> Expr:
        if not terms:
            return border.ZERO
        if len(terms) == 1:
            return terms[0][1]
        *first, last = (
            {"if": [expr, border.number(1), border.ZERO]} if plain else expr
            for _, expr, plain in terms
        )
        total = last
        for each in reversed(first):
            total = {"add": [each, total]}
        return total

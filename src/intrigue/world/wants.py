"""Who wants what."""

from __future__ import annotations

from typing import Any

from intrigue.english import digits
from intrigue.grounding import border
from intrigue.grounding.border import facts_in
from intrigue.language import tree
from intrigue.world.expressions import Expressions
from intrigue.world.kinds import declare_parameters
from intrigue.world.model import Want
from intrigue.world.sabre_rules import is_author
from intrigue.world.scope import Scope, scope_of
from intrigue.world.tables import PERSON
from intrigue.world.types import ANY, BOOL, NUMBER


class Wants:
    """Lowers wants and shares; `wants` and `shares` are lists of the border."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.wants: list[dict[str, Any]] = []
        self.shares: list[dict[str, Any]] = []
        self.checked: list[Want] = []
        self._topics = frozenset(claim[0] for claim in expressions.tables.claims.values())

    def add(self, want: tree.WantDeclaration) -> None:
        """One want."""
        expressions = self.expressions
        params, kinds = declare_parameters(want.params, expressions.tables)
        scope = scope_of(params, kinds)
        if is_author(want, expressions.tables):
            self._what(want, scope)
            if want.during is not None:
                expressions.condition(want.during, scope)
            return
        who, kind = expressions.value(want.who, scope)
        expressions.expect(kind, frozenset({PERSON}), want.who.span)
        scope = scope.give("self", who, kind)
        if want.weight <= 0:
            expressions.report.add(
                "weight-not-positive",
                want.span,
                label="worth nothing, or less",
                repair="drop the want, or want the contrary",
                weight=digits(want.weight),
            )
        during = None if want.during is None else expressions.condition(want.during, scope)
        line: dict[str, Any] = {
            "params": [parameter.kind for parameter in params],
            "who": who,
            "weight": want.weight,
            "during": during,
        }
        if want.form == "shares":
            line["of"] = what = expressions.person(want.what, scope)
            index, into = len(self.shares), self.shares
        else:
            line["what"] = what = self._what(want, scope)
            line["suffers"] = want.form == "suffers"
            index, into = len(self.wants), self.wants
        into.append(line)
        self.checked.append(
            Want(
                index,
                want.form,
                border.atom_of(who),
                what,
                facts_in([what, during], self._topics),
                want.weight,
                want.span,
                want.citations,
                tuple(params),
                tuple(part.span for part in (want.what, want.during) if part is not None),
            )
        )

    def _what(self, want: tree.WantDeclaration, scope: Scope) -> Any:
        """A condition or a number; of `to know F`, that F is known."""
        if want.to_know:
            return self.expressions.condition(tree.Unary("known", want.what, want.what.span), scope)
        expr, found = self.expressions.content(want.what, scope)
        if found not in (BOOL, NUMBER, ANY):
            self.expressions.expect(found, BOOL, want.what.span)
        return expr

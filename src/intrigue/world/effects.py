"""Effects of the tree to effects of the border."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intrigue.diagnostics.diagnostic import Note, Span
from intrigue.grounding import border
from intrigue.grounding.border import Effect, Expr
from intrigue.language import tree
from intrigue.world.expressions import Expressions
from intrigue.world.kinds import find_kind
from intrigue.world.scope import Scope
from intrigue.world.types import BOOL, NOBODY, NUMBER, Type, fits, is_claim

EVENT = frozenset(
    {
        tree.Assign,
        tree.Shows,
        tree.Shares,
        tree.Learns,
        tree.BelievesEffect,
        tree.IfEffect,
        tree.EveryEffect,
    }
)
"""What an action may do."""
TRIGGER = EVENT - {tree.Shows, tree.Shares}
"""What may happen by itself: nobody sees it, so it shows and shares nothing."""
GLIMPSE = frozenset({tree.Assign, tree.Shows, tree.IfEffect, tree.EveryEffect})
"""What who hears or sees only a part may take from it."""

DEEPEST = 6
"""How deep `if` and `every` may nest in effects."""

_WORDS: dict[type, str] = {
    tree.Shows: "`shows`",
    tree.Shares: "telling and sharing",
    tree.Learns: "`learns`",
    tree.BelievesEffect: "`believes`",
}


class Effects:
    """Lowers effects with the help of `Expressions`."""

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.tables = expressions.tables
        self.report = expressions.report
        self._deep = 0

    def lower(
        self, effects: Iterable[tree.Effect], scope: Scope, allowed: frozenset[type], where: str
    ) -> list[Effect]:
        """All effects that can be read; `where` names the clause for messages about what is not `allowed` there."""
        lowered: list[Effect] = []
        self._deep += 1
        for effect in effects:
            if self._deep > DEEPEST + 1:
                self.report.add(
                    "nested-too-deep",
                    effect.span,
                    label="one level too many",
                    repair="join the conditions with `and`, or name them under `define`",
                    what="Effects are",
                    limit=str(DEEPEST),
                )
                break
            if type(effect) not in allowed:
                self.report.add(
                    "misplaced-effect",
                    effect.span,
                    label=f"not in {where}",
                    repair="set a fact there, and let an action or an `infer` rule do the rest",
                    effect=_WORDS[type(effect)],
                    where=where,
                )
                continue
            one = self._one(effect, scope, allowed, where)
            if one is not None:
                lowered.append(one)
        self._deep -= 1
        return lowered

    def _one(
        self, effect: tree.Effect, scope: Scope, allowed: frozenset[type], where: str
    ) -> Effect | None:
        match effect:
            case tree.Assign():
                pair = self.assignment(effect.place, effect.value, scope, effect.span)
                return {"set": list(pair)} if pair else None
            case tree.Shows():
                return self._shows(effect, scope)
            case tree.Shares():
                return self._shares(effect, scope)
            case tree.Learns():
                return self._learns(effect, scope)
            case tree.BelievesEffect():
                path = [self.expressions.person(p, scope) for p in effect.path]
                pair = self.assignment(effect.place, effect.value, scope, effect.span)
                return (
                    {"believe": {"path": path, "place": pair[0], "value": pair[1]}}
                    if pair
                    else None
                )
            case tree.IfEffect():
                test = self.expressions.condition(effect.test, scope)
                then = self.lower(effect.then, scope, allowed, where)
                return {"when": [test, then, self.lower(effect.otherwise, scope, allowed, where)]}
            case tree.EveryEffect():
                kind = find_kind(effect.kind, self.tables)
                members = frozenset({kind.id}) if kind else NOBODY
                inner = scope.bind(effect.variable.text, members)
                test = (
                    border.TRUE
                    if effect.where is None
                    else self.expressions.condition(effect.where, inner)
                )
                return {
                    "each": [
                        kind.id if kind else 0,
                        test,
                        self.lower(effect.effects, inner, allowed, where),
                    ]
                }

    def assignment(
        self, place: tree.Expression, value: tree.Expression | None, scope: Scope, span: Span
    ) -> tuple[Expr, Expr] | None:
        """A place and the value put there. A claim without a value puts what it claims; a yes/no fact, yes."""
        target = self.expressions.place(place, scope)
        bare = value is None or (isinstance(value, tree.Literal) and value.word in ("yes", "no"))
        if target is not None and bare and isinstance(place, tree.Name):
            named, found = self.expressions.value(place, scope)
            if is_claim(found, self.tables):
                claimed = self.expressions.claimed(named)
                denied = isinstance(value, tree.Literal) and value.word == "no"
                return target[0], border.negation(claimed) if denied else claimed
        if value is None:
            value = tree.Literal("yes", span)
        if target is None:
            self.expressions.value(value, scope)
            return None
        return target[0], self._fitting(value, target[1], place, scope)

    def _fitting(
        self, value: tree.Expression, range_: Type, place: tree.Expression, scope: Scope
    ) -> Expr:
        """A value that the place can take."""
        if range_ == NUMBER:
            return self.expressions.number(value, scope)
        expr, found = self.expressions.value(value, scope)
        if isinstance(range_, str) or not fits(found, range_, self.tables):
            expr, found = self.expressions.content_of((expr, found))
        if not fits(found, range_, self.tables):
            note = Note("the value of this fact", place.span)
            self.expressions.expect(found, range_, value.span, note=note)
        return expr

    def _shows(self, effect: tree.Shows, scope: Scope) -> Effect | None:
        places = [self.expressions.place(place, scope) for place in effect.places]
        shown: list[Effect] = [{"show": place[0]} for place in places if place is not None]
        if len(shown) == 1:
            return shown[0]
        return {"when": [border.TRUE, shown, []]}

    def _shares(self, effect: tree.Shares, scope: Scope) -> Effect | None:
        among = [self.expressions.person(p, scope) for p in effect.among]
        speaker = None if effect.speaker is None else self.expressions.person(effect.speaker, scope)
        target = self.expressions.place(effect.place, scope)
        if target is None:
            return None
        place, value = target[0], None
        bare = effect.value is None or effect.truth
        if not bare or self._stands_for_itself(effect, target[1], scope):
            pair = self.assignment(effect.place, effect.value, scope, effect.span)
            value = pair[1] if pair else None
        share: dict[str, Any] = {"among": among, "speaker": speaker, "place": place, "value": value}
        return {"share": share}

    def _stands_for_itself(self, effect: tree.Shares, range_: Type, scope: Scope) -> bool:
        """Whether what is shared says its value by itself: a claim, or a bare yes/no fact."""
        if effect.truth:
            return effect.value is not None and range_ == BOOL
        return range_ == BOOL or is_claim(
            self.expressions.value(effect.place, scope)[1], self.tables
        )

    def _learns(self, effect: tree.Learns, scope: Scope) -> Effect | None:
        who = self.expressions.person(effect.who, scope)
        source = None if effect.source is None else self.expressions.person(effect.source, scope)
        target = self.expressions.place(effect.place, scope)
        return (
            None if target is None else {"learn": {"who": who, "place": target[0], "from": source}}
        )

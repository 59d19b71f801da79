"""Expressions of the tree to expressions of the border: names resolved, types checked, definitions written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from intrigue.diagnostics.diagnostic import Note, Span
from intrigue.diagnostics.position import one_line
from intrigue.english import number_of
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world.kinds import find_kind
from intrigue.world.modals import modal
from intrigue.world.said import asked, ending_meant, or_said, phrase_like, said
from intrigue.world.scope import EMPTY, Meaning, Scope
from intrigue.world.tables import PERSON, FactSignature, Tables
from intrigue.world.types import (
    ANY,
    BOOL,
    NOBODY,
    NUMBER,
    Type,
    fits,
    in_words,
    is_claim,
    is_question,
    ordered_kind,
)

Typed = tuple[Expr, Type]

DEEPEST = 30
"""How deep an expression may be once all definitions are written out.

A reader of JSON takes 128 levels; an expression needs at most three a level, and `effects.DEEPEST` effects around it the rest.
"""
MOST_WRITTEN_OUT = 5_000
"""How many uses of definitions one expression may come to."""

_FAILED: Typed = (border.UNKNOWN, ANY)


class Expressions:
    """Lowers expressions over one set of tables. Mistakes go to the tables' report."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.report = tables.report
        self._deep = 0
        self._written_out = 0
        self._overflowing = False
        self._open: list[str] = []  # definitions being written out

    # ---------------------------------------------------------------- entry

    def value(self, expression: tree.Expression, scope: Scope = EMPTY) -> Typed:
        """The expression and its type; where it has mistakes, an unknown of any type."""
        if self._deep == 0:
            self._written_out, self._overflowing = 0, False
        if self._deep >= DEEPEST:
            self._too_large(expression.span, f"deeper than {DEEPEST} levels")
            return _FAILED
        self._deep += 1
        try:
            return self._LOWER[type(expression)](self, expression, scope)
        finally:
            self._deep -= 1

    def condition(self, expression: tree.Expression, scope: Scope = EMPTY) -> Expr:
        """The expression as a condition; a claim stands for what it claims."""
        expr, found = self.value(expression, scope)
        expr, found = self._so(expr, found)
        if is_question(found, self.tables):
            return self.topic(expr)
        compare = (
            "compare it with a value" if found == NUMBER or isinstance(found, frozenset) else ""
        )
        self.expect(found, BOOL, expression.span, repair=compare)
        return expr

    def number(self, expression: tree.Expression, scope: Scope = EMPTY) -> Expr:
        """The expression as a number; a question stands for what it asks for."""
        expr, found = self.content(expression, scope)
        if found not in (NUMBER, ANY):
            self.report.add(
                "number-expected",
                expression.span,
                label=f"this is {in_words(found, self.tables)}",
                found=in_words(found, self.tables),
            )
        return expr

    def member(
        self, expression: tree.Expression, kinds: frozenset[int], scope: Scope = EMPTY
    ) -> Expr:
        """The expression as a member of one of the kinds."""
        expr, found = self.value(expression, scope)
        self.expect(found, kinds, expression.span)
        return expr

    def person(self, expression: tree.Expression, scope: Scope = EMPTY) -> Expr:
        """The expression as a person."""
        return self.member(expression, frozenset({PERSON}), scope)

    def content(self, expression: tree.Expression, scope: Scope = EMPTY) -> Typed:
        """The expression's value, where a claim stands for a condition and a question for the value that it asks for."""
        return self.content_of(self.value(expression, scope))

    def content_of(self, side: Typed) -> Typed:
        """The same of an expression that has been lowered."""
        expr, found = self._so(*side)
        if not is_question(found, self.tables):
            return expr, found
        return self.topic(expr), self._topic_type(expr)

    def place(self, expression: tree.Expression, scope: Scope = EMPTY) -> Typed | None:
        """What can be assigned, shown or learned: a fact with its arguments, or what a claim or question is about."""
        if isinstance(expression, tree.Call | tree.Name):
            expr, found = self.value(expression, scope)
            if is_claim(found, self.tables) or is_question(found, self.tables):
                return self.topic(expr), self._topic_type(expr)
            if expr == border.UNKNOWN and found == ANY:
                return None  # reported already
            if "fact" in expr:
                return expr, found
        self.report.add(
            "not-a-fact",
            expression.span,
            label="only a declared fact has a value of its own",
            repair="change the facts on which it rests",
            text=one_line(expression.span),
        )
        return None

    def topic(self, expr: Expr) -> Expr:
        """The fluent that a claim or question is about."""
        claim = self._known_claim(expr)
        if claim is None:
            return {"topic": expr}
        return border.fact(claim[0], (border.atom(a) for a in claim[1]))

    def claimed(self, expr: Expr) -> Expr:
        """The value that a claim claims."""
        claim = self._known_claim(expr)
        return {"claimed": expr} if claim is None else {"const": claim[2]}

    def expect(
        self,
        found: Type,
        expected: Type,
        span: Span,
        *,
        note: Note | None = None,
        repair: str = "",
    ) -> bool:
        """Reports a value of the wrong sort."""
        if fits(found, expected, self.tables):
            return True
        wanted, got = in_words(expected, self.tables), in_words(found, self.tables)
        self.report.add(
            "type-mismatch",
            span,
            label=f"this is {got}",
            notes=(note,) if note else (),
            repair=repair,
            expected=wanted,
            found=got,
        )
        return False

    # --------------------------------------------------------------- claims

    def _so(self, expr: Expr, found: Type) -> Typed:
        """A claim becomes the condition that it is so."""
        if is_claim(found, self.tables):
            return border.equal(self.topic(expr), self.claimed(expr)), BOOL
        return expr, found

    def _known_claim(self, expr: Expr) -> tuple[int, tuple[int, ...], Any] | None:
        atom = border.atom_of(expr)
        return None if atom is None else self.tables.claims.get(atom)

    def _topic_type(self, expr: Expr) -> Type:
        claim = self._known_claim(expr)
        return ANY if claim is None else self.tables.facts[claim[0]].range

    # ------------------------------------------------------- names and calls

    def name(self, name: tree.Name, scope: Scope) -> Typed:
        """What a name stands for: a variable, an atom, a fact without arguments, or what a phrase says."""
        word = key(name.text)
        variable = scope.names.get(word)
        if isinstance(variable, Meaning):
            return self._written(variable, scope)
        if variable is not None:
            return variable.expr, variable.type
        atom = self.tables.atom_named.get(word)
        if atom is not None:
            return border.atom(atom.id), atom.kinds
        if word in self.tables.fact_named or word in self.tables.definition_named:
            return self._apply(name, (), name.span, scope)
        phrase = said(self, name.text, name.span, scope)
        if phrase is not None:
            return phrase
        notes = ending_meant(self.tables.endings, name.text) or phrase_like(self, name.text)
        self.tables.unknown_name(name, "person, thing or value", self._names(scope), notes=notes)
        return _FAILED

    def _names(self, scope: Scope) -> list[str]:
        return [
            *scope.names,
            *(atom.name for atom in self.tables.atom_named.values()),
            *self.tables.fact_named,
            *self.tables.definition_named,
        ]

    def _call(self, call: tree.Call, scope: Scope) -> Typed:
        word = key(call.name.text)
        if word in ("next", "previous") and word not in self.tables.fact_named:
            return self._step(word, call, scope)
        return self._apply(call.name, call.args, call.span, scope)

    def _apply(
        self, name: tree.Name, args: Sequence[tree.Expression], span: Span, scope: Scope
    ) -> Typed:
        word = key(name.text)
        fact = self.tables.fact_named.get(word)
        if fact is not None:
            declared = fact.declaration.name.span if fact.declaration else None
            self._arity(name, args, fact.params, span, declared)
            lowered = [
                self._argument(arg, kinds, fact.params[i].name, fact, scope)
                for i, (arg, kinds) in enumerate(zip(args, fact.kinds, strict=False))
            ]
            if len(args) != len(fact.params):
                return _FAILED
            return border.fact(fact.id, lowered), fact.range
        definition = self.tables.definition_named.get(word)
        if definition is not None:
            return self._write_out(word, definition, name, args, span, scope)
        # `Ann vowed Bo that (not jailed(Cid))`: a phrase with a claim in brackets
        phrase = said(self, one_line(span), span, scope)
        if phrase is not None:
            return phrase
        for arg in args:
            self.value(arg, scope)
        self.tables.unknown_name(
            name,
            "fact",
            (*self.tables.fact_named, *self.tables.definition_named, "next", "previous"),
        )
        return _FAILED

    def _arity(
        self,
        name: tree.Name,
        args: Sequence[Any],
        params: Sequence[Any],
        span: Span,
        declared: Span | None,
    ) -> None:
        if len(args) == len(params):
            return
        expected = ", ".join(p.name for p in params)
        notes: tuple[Note, ...] = (Note("declared here", declared),) if declared else ()
        if not args and key(name.text) in map(key, self.tables.endings):
            notes += ending_meant(self.tables.endings, name.text)
        self.report.add(
            "wrong-arity",
            span,
            label=f"{number_of(len(args), 'argument')} here",
            notes=notes,
            repair=f"write `{name.text}({expected})`",
            name=name.text,
            expected=number_of(len(params), "argument"),
            found=str(len(args)),
        )

    def _argument(
        self,
        arg: tree.Expression,
        kinds: frozenset[int],
        name: str,
        fact: FactSignature,
        scope: Scope,
    ) -> Expr:
        expr, found = self.value(arg, scope)
        if fits(found, kinds, self.tables):
            return expr
        from intrigue.world.claims import claim_meant, intern, mark

        declared = fact.declaration.name.span if fact.declaration else None
        note = Note(f"`{fact.name}` says so of `{name}`", declared)
        # `promised(Ann, (dead(Bo)))`: a condition stands for a claim; once the world is complete, for one that it has
        content = claim_meant(expr, self.tables.roots(kinds), self.tables)
        if content is not None:
            if not self.tables.complete or mark(content) in self.tables.claim_of:
                return border.atom(intern(content, self.tables))
            note = Note("it stands for a claim, but nothing in the story claims or asks this")
        self.expect(found, kinds, arg.span, note=note)
        return expr

    # ---------------------------------------------------------- definitions

    def _write_out(
        self,
        word: str,
        definition: tree.Definition,
        name: tree.Name,
        args: Sequence[tree.Expression],
        span: Span,
        scope: Scope,
    ) -> Typed:
        params, kinds = self.tables.definition_params[word]
        self._arity(name, args, params, span, definition.name.span)
        lowered = [self.value(arg, scope) for arg in args]
        for (_, found), arg, kind, parameter in zip(lowered, args, kinds, params, strict=False):
            if not fits(found, kind, self.tables):
                says = f"`{definition.name.text}` says so of `{parameter.name}`"
                self.expect(found, kind, arg.span, note=Note(says, definition.name.span))
        if word in self._open or len(args) != len(params):
            return _FAILED  # a circle is reported where definitions are checked
        self._written_out += 1
        if self._written_out > MOST_WRITTEN_OUT:
            self._too_large(span, f"more than {MOST_WRITTEN_OUT} definitions in one")
            return _FAILED
        meanings = {
            key(parameter.name): Meaning(arg, scope, kind, tuple(self._open), expr)
            for arg, kind, parameter, expr in zip(args, kinds, params, lowered, strict=True)
        }
        self._open.append(word)
        try:
            return self.value(definition.body, Scope(meanings, scope.depth))
        finally:
            self._open.pop()

    def _written(self, variable: Meaning, scope: Scope) -> Typed:
        """What stands for a definition's parameter, which may well use the same definition again."""
        if scope.depth == variable.scope.depth:
            expr, found = variable.lowered
        else:
            open_, self._open = self._open, list(variable.within)
            try:
                expr, found = self.value(variable.expression, variable.scope.at(scope.depth))
            finally:
                self._open = open_
        return expr, variable.type if found != NOBODY and found != ANY else found

    def _too_large(self, span: Span, why: str) -> None:
        """Reports it once for each whole expression."""
        if not self._overflowing:
            self._overflowing = True
            self.report.add(
                "definition-too-large",
                span,
                label=f"{why}, once definitions are written out",
                repair="keep a part of it as a fact that a trigger sets",
                name=one_line(span),
            )

    # ------------------------------------------------------------ operators

    def _binary(self, e: tree.Binary, scope: Scope) -> Typed:
        op = e.op
        if op in ("and", "or"):
            parts = [self.condition(part, scope) for part in _chain(e, op)]
            return (border.conjunction(parts) if op == "and" else border.disjunction(parts)), BOOL
        if op in ("=", "!="):
            between = e.left.span.source.text[e.left.span.end : e.right.span.start]
            if between.split()[:1] != ["is"]:
                return self._equality(e, scope), BOOL
            denied = op == "!="
            text = one_line(e.span)
            if denied:
                text = " is ".join(re.split(r"\bis\s+not\b", text, maxsplit=1)).replace("  ", " ")
            expr, found = or_said(
                self, text, e.span, scope, lambda: (self._equality(e, scope), NUMBER)
            )
            # a comparison is lowered with its denial in it, a phrase is not
            return (border.negation(expr) if denied and found == BOOL else expr), BOOL
        if op in ("<", "<=", ">", ">="):
            return self._order(e, scope), BOOL
        word = {"+": "add", "-": "sub", "*": "mul", "/": "div"}[op]
        return {word: [self.number(e.left, scope), self.number(e.right, scope)]}, NUMBER

    def _equality(self, e: tree.Binary, scope: Scope) -> Expr:
        for side, other in ((e.left, e.right), (e.right, e.left)):
            if isinstance(side, tree.Literal) and side.word == "unknown":
                text = one_line(other.span)
                self.report.add(
                    "unknown-compared",
                    side.span,
                    label="nothing is equal to an unknown for certain",
                    repair=f"write `{'known' if e.op == '!=' else 'unknown'} {text}`",
                    text=text,
                )
        left, right = self._sides(e.left, e.right, scope)
        self._comparable(left[1], right[1], e)
        return {"eq" if e.op == "=" else "ne": [left[0], right[0]]}

    def _sides(
        self, left: tree.Expression, right: tree.Expression, scope: Scope
    ) -> tuple[Typed, Typed]:
        """Both sides of a comparison. Claims with claims are compared as such, else by what they are about."""
        a, b = self.value(left, scope), self.value(right, scope)
        if fits(a[1], b[1], self.tables) and ANY not in (a[1], b[1]):
            return a, b
        return self.content_of(a), self.content_of(b)

    def _comparable(self, left: Type, right: Type, e: tree.Binary) -> None:
        if not fits(right, left, self.tables):
            note = Note(f"it is compared with {in_words(left, self.tables)}", e.left.span)
            self.expect(right, left, e.right.span, note=note)

    def _order(self, e: tree.Binary, scope: Scope) -> Expr:
        left, right = self._sides(e.left, e.right, scope)
        kind = None
        if left[1] not in (NUMBER, ANY) or right[1] not in (NUMBER, ANY):
            kind = ordered_kind(left[1], right[1], self.tables)
            if kind is None and isinstance(left[1], frozenset) != isinstance(right[1], frozenset):
                self._comparable(left[1], right[1], e)
            elif kind is None:
                self._not_ordered(e.span, left[1], f"`{e.op}`")
        word = "lt" if e.op in ("<", ">") else "le"
        a, b = (left[0], right[0]) if e.op in ("<", "<=") else (right[0], left[0])
        return {word: [a, b, kind]}

    def _not_ordered(self, span: Span, found: Type, word: str) -> None:
        self.report.add(
            "not-ordered",
            span,
            label=f"this is {in_words(found, self.tables)}",
            repair="declare the set in order, as in `health = dead < wounded < fit`",
            word=word,
        )

    def _step(self, word: str, call: tree.Call, scope: Scope) -> Typed:
        if len(call.args) != 1:
            self.report.add(
                "wrong-arity",
                call.span,
                label=f"{number_of(len(call.args), 'argument')} here",
                name=word,
                expected=number_of(1, "argument"),
                found=str(len(call.args)),
            )
            return _FAILED
        expr, found = self.content(call.args[0], scope)
        if found == ANY:
            return _FAILED
        kind = ordered_kind(found, found, self.tables)
        if kind is None:
            self._not_ordered(call.args[0].span, found, f"`{word}`")
            return _FAILED
        return {"next" if word == "next" else "prev": [expr, kind]}, frozenset({kind})

    def _unary(self, e: tree.Unary, scope: Scope) -> Typed:
        if e.op == "-":
            if isinstance(e.operand, tree.Number):
                return border.number(-e.operand.value), NUMBER
            return {"sub": [border.ZERO, self.number(e.operand, scope)]}, NUMBER
        if e.op in ("known", "unknown"):
            expr, found = self.value(e.operand, scope)
            if is_claim(found, self.tables) or is_question(found, self.tables):
                expr = self.topic(expr)
            if self.tables.sabre:
                return {"ne" if e.op == "known" else "eq": [expr, border.UNKNOWN]}, BOOL
            known = {"known": expr}
            return (known if e.op == "known" else border.negation(known)), BOOL
        condition = self.condition(e.operand, scope)
        return (border.negation(condition) if e.op == "not" else {"maybe": condition}), BOOL

    def _membership(self, e: tree.Membership, scope: Scope) -> Typed:
        """`x in (a, b)`: x is a, or x is b."""
        parts = []
        for option in e.options:
            pair = tree.Binary("=", e.item, option, option.span)
            parts.append(self._equality(pair, scope))
        expr = border.disjunction(parts)
        return (border.negation(expr) if e.negated else expr), BOOL

    def _kind_test(self, e: tree.KindTest, scope: Scope) -> Typed:
        text = one_line(e.span).replace(" is not a", " is a", 1)
        expr, found = or_said(self, text, e.span, scope, lambda: (self._is_in(e, scope), NUMBER))
        return (border.negation(expr) if e.negated and found == BOOL else expr), BOOL

    def _is_in(self, e: tree.KindTest, scope: Scope) -> Expr:
        expr, found = self.value(e.item, scope)
        if isinstance(found, str) and found != ANY:
            self.expect(found, NOBODY, e.item.span)
        kind = find_kind(e.kind, self.tables)
        if kind is None:
            return _FAILED[0]
        test = {"is_in": [expr, kind.id]}
        return border.negation(test) if e.negated else test

    def _asked(self, e: tree.Asked, scope: Scope) -> Typed:
        place = asked(self, e.text, e.span, scope)
        return self.name(tree.Name(e.text, e.span), scope) if place is None else place

    def _conditional(self, e: tree.Conditional, scope: Scope) -> Typed:
        test = self.condition(e.test, scope)
        then, otherwise = self._sides(e.then, e.otherwise, scope)
        self.expect(otherwise[1], then[1], e.otherwise.span, note=Note("as here", e.then.span))
        found = otherwise[1] if then[1] in (ANY, NOBODY) else then[1]
        if isinstance(found, frozenset) and isinstance(otherwise[1], frozenset):
            found |= otherwise[1]
        return {"if": [test, then[0], otherwise[0]]}, found

    # -------------------------------------------------------------- binders

    def _quantified(self, e: tree.Quantified, scope: Scope) -> Typed:
        kind = find_kind(e.kind, self.tables)
        inner = scope.bind(e.variable.text, frozenset({kind.id}) if kind else NOBODY)
        where = border.TRUE if e.where is None else self.condition(e.where, inner)
        number = kind.id if kind else 0
        if e.word == "count":
            return {"count": [number, where]}, NUMBER
        if e.word == "any":
            return {"any": [number, where]}, BOOL
        if e.word in ("sum", "product"):
            assert e.body is not None
            term = self.number(e.body, inner)
            if e.where is not None:
                neutral = border.ZERO if e.word == "sum" else border.number(1)
                term = {"if": [border.certain(where), term, neutral]}
            return {e.word: [number, term]}, NUMBER
        body = border.TRUE if e.body is None else self.condition(e.body, inner)
        if e.where is not None:
            body = border.disjunction([border.negation(where), body])
        return {"all": [number, body]}, BOOL

    # ------------------------------------------------------------ constants

    def _number(self, e: tree.Number, scope: Scope) -> Typed:
        return border.number(e.value), NUMBER

    def _literal(self, e: tree.Literal, scope: Scope) -> Typed:
        return _LITERALS[e.word]

    _LOWER: ClassVar[dict[type, Callable[[Any, Any, Scope], Typed]]] = {
        tree.Name: name,
        tree.Number: _number,
        tree.Literal: _literal,
        tree.Call: _call,
        tree.Binary: _binary,
        tree.Unary: _unary,
        tree.Membership: _membership,
        tree.KindTest: _kind_test,
        tree.Modal: modal,
        tree.Asked: _asked,
        tree.Conditional: _conditional,
        tree.Quantified: _quantified,
    }


_LITERALS: dict[str, Typed] = {
    "yes": (border.TRUE, BOOL),
    "no": (border.FALSE, BOOL),
    "none": (border.atom(border.NONE), NOBODY),
    "unknown": (border.UNKNOWN, ANY),
}


def _chain(e: tree.Expression, op: str) -> list[tree.Expression]:
    """The parts of `a and b and c`, however they nest."""
    parts: list[tree.Expression] = []
    stack: list[tree.Expression] = [e]
    while stack:
        part = stack.pop()
        if isinstance(part, tree.Binary) and part.op == op:
            stack += (part.right, part.left)
        else:
            parts.append(part)
    return parts

"""Conditions in the words of facts: `Calder is dead`, `Mara knows that Nico is at the docks`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.diagnostic import Note, Span
from intrigue.diagnostics.suggest import nearest
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world.types import BOOL, Type

if TYPE_CHECKING:
    from intrigue.world.expressions import Expressions
    from intrigue.world.scope import Scope

Typed = tuple[Expr, Type]


def said(expressions: Expressions, text: str, span: Span, scope: Scope) -> Typed | None:
    """A condition in the words of a fact's phrase, as `Calder is dead`; None if no phrase says this."""
    read: dict[str, tuple[int, Expr]] = {}
    for fact, args, value, filling in _phrased(expressions, text, span, scope, asked=False):
        place = border.fact(fact, args)
        if "atom" in value:
            expr = border.equal(place, filling(value["atom"]))
        elif "number" in value:
            expr = border.equal(place, border.number(value["number"]))
        else:
            expr = place
        read[str(expr)] = (fact, expr)
    found = _only(expressions, text, span, list(read.values()))
    return None if found is None else (found[1], BOOL)


def asked(expressions: Expressions, text: str, span: Span, scope: Scope) -> Typed | None:
    """What is asked for in the words of a fact's phrase, as `who blinded Jennie`: the fact with its arguments; None if no phrase asks
    this."""
    read: dict[str, tuple[int, Expr]] = {}
    for fact, args, _, _ in _phrased(expressions, text, span, scope, asked=True):
        expr = border.fact(fact, args)
        read[str(expr)] = (fact, expr)
    found = _only(expressions, text, span, list(read.values()))
    return None if found is None else (found[1], expressions.tables.facts[found[0]].range)


def _phrased(
    expressions: Expressions, text: str, span: Span, scope: Scope, *, asked: bool
) -> Iterator[tuple[int, list[Expr], Any, Callable[[int], Expr]]]:
    """The facts whose phrases say or ask this, each with its arguments and the value that is said; and what makes an expression of that."""
    if " " not in text or not expressions.tables.atoms:
        return
    variables = {
        name: given.type for name, given in scope.names.items() if isinstance(given.type, frozenset)
    }
    phrases = _phrases(expressions)
    reader = phrases.with_variables(variables) if variables else phrases
    named = list(variables)

    def filling(atom: int) -> Expr:
        if atom >= 0:
            return border.atom(atom)
        return expressions.name(tree.Name(named[atom], span), scope)[0]

    for fact, args, value in reader.questions(text) if asked else reader.conditions(text):
        yield fact, [filling(arg) for arg in args], value, filling


def _only(
    expressions: Expressions, text: str, span: Span, read: Sequence[tuple[int, Expr]]
) -> tuple[int, Expr] | None:
    """The one way in which words can be read, by fact; if there are several the first, and that is reported."""
    if len(read) > 1:
        facts = list(dict.fromkeys(expressions.tables.facts[fact].name for fact, _ in read))
        expressions.report.add(
            "ambiguous-condition",
            span,
            label=f"could be said of {len(read)} different things",
            notes=tuple(Note(f"it could be about: {name}") for name in facts),
            repair=f"write it with the name of the fact, as in `{facts[0]}(...) = ...`",
            text=text,
        )
    return read[0] if read else None


def _phrases(expressions: Expressions) -> Any:
    from intrigue.world.phrases import Phrases

    known, number = expressions.tables.phrases, len(expressions.tables.atoms)
    if number not in known:
        known.clear()
        known[number] = Phrases(expressions.tables)
    return known[number]


def phrase_like(expressions: Expressions, text: str) -> tuple[Note, ...]:
    """The phrase that shares most words with what somebody wrote."""
    if " " not in text:
        return ()
    if text.startswith("to "):
        return (
            Note("what is wanted is something that can be so, as `Calder is dead`"),
            Note("what somebody is going to do stands behind a colon: `because Nico: SENTENCE`"),
        )
    phrase = _phrases(expressions).nearest(text)
    return (Note(f"the nearest phrase of a fact: {phrase}"),) if phrase else ()


def ending_meant(endings: Mapping[str, str], text: str) -> tuple[Note, ...]:
    """That somebody wrote the name of an ending where a condition belongs, or something near it. `endings`: their conditions, by name."""
    words = key(text.removeprefix("ending "))
    keyed = {key(name): name for name in endings}
    named = keyed.get(words)
    near = None if named else nearest(words, keyed)
    like = named or (keyed[near] if near else None)
    if like is None:
        return ()
    says = f"`{like}` is the name of an ending" if named else f"there is an ending `{like}`"
    return (
        Note(f"{says}; what must be so for it: {' '.join(endings[like].split())}"),
        Note("here stands a condition; `intrigue endings` says which endings are open or lost"),
    )


def or_said(
    expressions: Expressions,
    text: str,
    span: Span,
    scope: Scope,
    lower: Callable[[], Typed],
) -> Typed:
    """What `lower` makes of it, if it makes no mistake; else what a phrase says in these words."""
    before = expressions.report.mark()
    typed = lower()
    if expressions.report.mark() == before:
        return typed
    mistakes = expressions.report.back_to(before)
    phrase = said(expressions, text, span, scope)
    if phrase is not None:
        return phrase
    expressions.report.again(mistakes)
    return typed

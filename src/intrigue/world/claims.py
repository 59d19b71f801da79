"""Claims and questions: atoms that stand for `fact(args) = value`, or for `fact(args)` alone."""

from __future__ import annotations

from typing import Any

from intrigue.english import digits
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world.expressions import Expressions
from intrigue.world.scope import EMPTY, Scope
from intrigue.world.tables import CLAIM, QUESTION, Atom, Tables

Content = tuple[int, tuple[int, ...], Any]
"""Fact, arguments, claimed value at the border (None: a question)."""


def mark(content: Content) -> tuple[int, tuple[int, ...], str]:
    """What makes two claims the same."""
    fact, args, value = content
    return fact, args, repr(value)


def intern(content: Content, tables: Tables, *, name: tree.Name | None = None) -> int:
    """The atom that stands for this; a new one if there is none yet. A second name is an alias."""
    known = tables.claim_of.get(mark(content))
    if known is not None:
        if name is not None:
            tables.atoms[known].aliases.append(name.text)
            tables.atom_named[key(name.text)] = tables.atoms[known]
        return known
    kind = frozenset({QUESTION if content[2] is None else CLAIM})
    text = name.text if name else in_brackets(content, tables)
    atom = tables.add_atom(text, name.span if name else None, kind, named=name is not None)
    tables.claims[atom.id] = content
    tables.claim_of[mark(content)] = atom.id
    return atom.id


def name_claims(cast: list[tree.CastDeclaration], expressions: Expressions) -> None:
    """Enters what the cast calls `claim = φ` or `question = F`."""
    for declaration in cast:
        if declaration.stands_for is None:
            continue
        question = any(key(kind.text) == "question" for kind in declaration.kinds)
        content = content_of(declaration.stands_for, expressions, question=question)
        for name in declaration.names:
            old = expressions.tables.atom_named.get(key(name.text))
            if old is not None:
                expressions.tables.clash(name, old.span, "a name already")
            elif content is not None:
                atom: Atom = expressions.tables.atoms[
                    intern(content, expressions.tables, name=name)
                ]
                atom.aliases += [alias.text for alias in declaration.aliases]
                atom.citations = declaration.citations
                for alias in declaration.aliases:
                    expressions.tables.atom_named.setdefault(key(alias.text), atom)


def content_of(
    expression: tree.Expression, expressions: Expressions, *, question: bool, scope: Scope = EMPTY
) -> Content | None:
    """What an expression claims or asks. None, and a message, if it is not of the form of a claim."""
    before = len(expressions.report.found)
    expr, _ = expressions.content(expression, scope)
    if len(expressions.report.found) > before:
        return None
    content = _asked(expr) if question else _claimed(expr, expressions.tables)
    if content is None:
        word = "question" if question else "claim"
        form = "fact(..)" if question else "fact(..) = value"
        expressions.report.add(
            "not-a-claim",
            expression.span,
            label=f"a {word} has the form `{form}`",
            repair="name one fact, with persons, places and things filled in",
            what=word,
        )
    return content


def claim_meant(expr: Expr, roots: frozenset[int], tables: Tables) -> Content | None:
    """What an expression claims or asks where something of these families is meant; None if neither."""
    content = _claimed(expr, tables) if CLAIM in roots else None
    return _asked(expr) if content is None and QUESTION in roots else content


def _asked(expr: Expr) -> Content | None:
    if "fact" not in expr:
        return None
    fact, args = expr["fact"]
    atoms = [border.atom_of(arg) for arg in args]
    return None if None in atoms else (fact, tuple(a for a in atoms if a is not None), None)


def _claimed(expr: Expr, tables: Tables) -> Content | None:
    denied = "not" in expr
    inner = expr["not"] if denied else expr
    question = _asked(inner)
    if question is not None:
        return (
            (question[0], question[1], {"bool": not denied})
            if tables.facts[question[0]].range == "bool"
            else None
        )
    if denied or "eq" not in expr:
        return None
    for place, value in (expr["eq"], reversed(expr["eq"])):
        question, constant = _asked(place), border.constant_of(value)
        if question is not None and constant is not None and constant != "unknown":
            return question[0], question[1], constant
    return None


def ask_what_is_claimed(tables: Tables) -> None:
    """What is claimed can be asked about too, if there is any action or fact that takes questions."""
    kinds = [taker.kinds for taker in tables.actions] + [taker.kinds for taker in tables.facts]
    if any(QUESTION in kind for taken in kinds for kind in taken):
        for fact, args, value in list(tables.claims.values()):
            if value is not None:
                intern((fact, args, None), tables)


def in_brackets(content: Content, tables: Tables) -> str:
    """The claim as an expression in brackets: `(blinded_by(Jennie) = Ah Jong)`."""
    fact, args, value = content
    text = f"{tables.facts[fact].name}({', '.join(tables.atoms[a].name for a in args)})"
    if value is None or value == {"bool": True}:
        return f"({text})"
    if value == {"bool": False}:
        return f"(not {text})"
    shown = tables.atoms[value["atom"]].name if "atom" in value else digits(value["number"])
    return f"({text} = {shown})"


def wanted_questions(file: tree.File, expressions: Expressions) -> None:
    """Whoever wants to know something makes a question of it, if it names no variable."""
    for want in file.wants:
        if want.to_know and not want.params:
            person, kind = expressions.value(want.who)
            scope = EMPTY.give("self", person, kind)
            found = expressions.content(want.what, scope)[0]
            content = _asked(found)
            if content is not None:
                intern(content, expressions.tables)

"""Facts and definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from intrigue.diagnostics.diagnostic import Note
from intrigue.grounding import border
from intrigue.grounding.border import Expr
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world import model
from intrigue.world.expressions import Expressions
from intrigue.world.kinds import declare_parameters, kinds_of
from intrigue.world.model import Parameter, Phrase
from intrigue.world.observers import observed
from intrigue.world.scope import Scope, scope_of
from intrigue.world.tables import PERSON, FactSignature, Tables
from intrigue.world.types import BOOL, NUMBER

SIZE = "size"
_NUMBER_KINDS = ("number",)
_BOOL_KINDS = ("yes/no", "bool", "truth")


def declare_facts(files: Sequence[tree.File], tables: Tables) -> None:
    """Enters all facts and definitions by their names."""
    for declaration in (fact for file in files for fact in file.facts):
        if _is_new(declaration.name, tables):
            params, kinds = declare_parameters(declaration.params, tables)
            phrases = phrases_of(declaration.phrases, params, tables, value=True)
            range_ = _range(declaration, tables)
            fact = FactSignature(
                len(tables.facts),
                declaration.name.text,
                params,
                kinds,
                range_,
                phrases,
                declaration,
            )
            tables.facts.append(fact)
            tables.fact_named[key(fact.name)] = fact
    for definition in (d for file in files for d in file.definitions):
        if _is_new(definition.name, tables):
            name = key(definition.name.text)
            tables.definition_named[name] = definition
            tables.definition_params[name] = declare_parameters(definition.params, tables)
    if (
        _mentions_size(files)
        and SIZE not in tables.fact_named
        and SIZE not in tables.definition_named
    ):
        person = frozenset({PERSON})
        size = FactSignature(
            len(tables.facts), SIZE, (Parameter("person", PERSON),), (person,), NUMBER, (), None
        )
        tables.facts.append(size)
        tables.fact_named[SIZE] = size


def _mentions_size(files: Sequence[tree.File]) -> bool:
    """Whether `size(person)`, which is built in, is used at all."""
    groups = (p.word == "group" for file in files for line in file.cast for p in line.properties)
    sources = {id(file.span.source): file.span.source for file in files}.values()
    return any(groups) or any(re.search(r"\bsize\s*\(", s.text) for s in sources)


def _is_new(name: tree.Name, tables: Tables) -> bool:
    word = key(name.text)
    if word in tables.fact_named:
        first = tables.fact_named[word].declaration
        tables.clash(name, first.name.span if first else None, "a fact already")
    elif word in tables.definition_named:
        tables.clash(name, tables.definition_named[word].name.span, "a definition already")
    else:
        return True
    return False


def _range(declaration: tree.FactDeclaration, tables: Tables) -> str | frozenset[int]:
    words = [key(name.text) for name in declaration.range]
    if not words or words[0] in _BOOL_KINDS:
        return BOOL
    if words[0] in _NUMBER_KINDS and "number" not in tables.kind_named:
        return NUMBER
    return kinds_of(declaration.range, tables)


def phrases_of(
    patterns: Sequence[tree.Pattern],
    params: Sequence[Parameter],
    tables: Tables,
    *,
    value: bool = False,
) -> tuple[Phrase, ...]:
    """Sentence patterns with numbers for their blanks: parameters, and -1 for a fact's `{value}`."""
    places = {key(p.name): i for i, p in reversed(list(enumerate(params)))}
    if value:
        places.setdefault("value", -1)
    phrases = []
    for pattern in patterns:
        parts: list[str | int] = []
        for part in pattern.parts:
            if isinstance(part, str):
                parts.append(part)
            elif (place := places.get(key(part.text))) is not None:
                parts.append(place)
            else:
                tables.unknown_name(part, "parameter", places, code="unknown-parameter")
        phrases.append(Phrase(tuple(parts)))
    return tuple(phrases)


def check_definitions(expressions: Expressions) -> None:
    """Reads every definition once for its own sake, and reports circles."""
    tables = expressions.tables
    uses = {
        name: [w for w in _called(definition) if w in tables.definition_named]
        for name, definition in tables.definition_named.items()
    }
    circular = _circles(uses)
    for name, definition in tables.definition_named.items():
        params, kinds = tables.definition_params[name]
        if name in circular:
            others = [tables.definition_named[n].name for n in circular[name]]
            expressions.report.add(
                "definition-cycle",
                definition.name.span,
                label="rests on itself in the end",
                notes=[Note("through this one", other.span) for other in others[1:]],
                repair="make one of them a fact that a trigger keeps",
                circle=" rests on ".join([*(other.text for other in others), others[0].text]),
            )
        expressions.value(definition.body, scope_of(params, kinds))


def _called(definition: tree.Definition) -> list[str]:
    """The names that a definition's body uses, as they are looked up; its own parameters are none."""
    own = {key(parameter.name.text) for parameter in definition.params}
    found: list[str] = []
    stack: list[Any] = [definition.body]
    while stack:
        node = stack.pop()
        if isinstance(node, tree.Name):
            if key(node.text) not in own:
                found.append(key(node.text))
        elif isinstance(node, tuple):
            stack.extend(node)
        elif isinstance(node, tree.Call):
            found.append(key(node.name.text))
            stack.extend(node.args)
        elif hasattr(node, "__dataclass_fields__"):
            other = ("span", "kind", "variable")
            stack.extend(getattr(node, f) for f in node.__dataclass_fields__ if f not in other)
    return list(dict.fromkeys(found))


def _circles(uses: dict[str, list[str]]) -> dict[str, list[str]]:
    """For one member of each circle of uses, the circle."""
    circles: dict[str, list[str]] = {}
    done: set[str] = set()
    for first in uses:
        path: list[str] = [] if first in done else [first]
        ahead = [iter(uses[first])]
        while path:
            other = next(ahead[-1], None)
            if other is None:
                done.add(path.pop())
                ahead.pop()
            elif other in path:
                circles.setdefault(other, path[path.index(other) :])
            elif other not in done:
                path.append(other)
                ahead.append(iter(uses[other]))
    return circles


def finish_facts(expressions: Expressions) -> tuple[list[model.Fact], list[dict[str, Any]]]:
    """The facts with their defaults, and the lines that say which show themselves."""
    facts: list[model.Fact] = []
    visible: list[dict[str, Any]] = []
    for fact in expressions.tables.facts:
        declaration = fact.declaration
        lines: list[Expr] = []
        if declaration is not None:
            scope = scope_of(fact.params, fact.kinds)
            lines += [observed((who,), scope, expressions) for who in declaration.visible]
            for person in declaration.known_to:
                lines.append(
                    border.equal(border.var(scope.depth), expressions.person(person, scope))
                )
        visible += [{"fact": fact.id, "when": line} for line in lines]
        facts.append(
            model.Fact(
                fact.id,
                fact.name,
                fact.params,
                _border_range(fact, expressions.tables),
                _default(fact, expressions),
                fact.phrases,
                bool(declaration and declaration.promise),
                bool(declaration and declaration.visible),
                bool(declaration and declaration.known_to),
                declaration.name.span if declaration else None,
            )
        )
    return facts, visible


def _border_range(fact: FactSignature, tables: Tables) -> Any:
    return fact.range if isinstance(fact.range, str) else {"set": tables.set_of(fact.range)}


def _default(fact: FactSignature, expressions: Expressions) -> Any:
    """Where nothing is said: no, 0, nobody; of a closed set the first member."""
    if fact.declaration is None:
        return {"number": 1.0}
    given = fact.declaration.default
    if given is not None:
        expr, found = expressions.content(given, Scope({}, 0))
        expressions.expect(found, fact.range, given.span)
        constant = border.constant_of(expr)
        if constant is None:
            expressions.report.add(
                "not-constant",
                given.span,
                label="this has another value at another time",
                repair="set it under `start`",
                what="a default",
            )
        return constant
    if fact.range == BOOL:
        return {"bool": False}
    if fact.range == NUMBER:
        return {"number": 0.0}
    assert isinstance(fact.range, frozenset)
    if expressions.tables.sabre:
        return "unknown"
    kinds = [expressions.tables.kinds[k] for k in fact.range]
    if len(kinds) == 1 and kinds[0].closed and kinds[0].members:
        return {"atom": kinds[0].members[0]}
    return {"atom": border.NONE}

"""A problem file made ground: fluents, events, triggers and utilities, from the syntax tree.

Of the package only the reader up to the tree and the table of declarations is used; what the
words mean is said again here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

from benchmarks.judge.expressions import (
    FALSE,
    TRUE,
    Arithmetic,
    Comparison,
    Constant,
    Expression,
    Fact,
    Fails,
    Member,
    Place,
    believed,
    choice,
    every,
    folded,
    some,
)
from benchmarks.judge.towers import Value
from intrigue.diagnostics.diagnostic import Source
from intrigue.sabre import read
from intrigue.sabre import tree as t
from intrigue.sabre.declarations import BOOLEAN, Argument, Property, Slot, declare
from intrigue.sabre.parser import parse
from intrigue.sabre.tokens import Findings

AUTHOR = None
Scope = dict[str, tuple[bool | str, Argument]]
"""What the variables in sight stand for, and their declared types."""

_DENIED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class NotSaid(Exception):
    """The file cannot be judged: it is no problem, or uses what no rule gives a meaning."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The place takes the value, if the condition holds before."""

    when: Expression
    place: Place
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """A ground action or trigger."""

    name: str
    needs: Expression
    effects: tuple[Effect, ...]
    willing: tuple[int, ...] = ()
    sees: tuple[Expression, ...] = ()
    """For each person: whether that person observes it."""


class Problem:
    """One problem file. Persons are numbered from 0, in order of declaration."""

    def __init__(self, text: str, name: str = "problem") -> None:
        source = Source(Path(name), text)
        if found := read(source)[2]:
            raise NotSaid(f"{name}: {len(found)} mistakes, first: {found[0].code}")
        findings = Findings(source)
        self.definitions = parse(text, findings)
        self.table = declare(self.definitions, findings)
        self.persons = self.table.members("character")
        self.number = {person: number for number, person in enumerate(self.persons)}
        self.rank = {entity: rank for rank, entity in enumerate(self.table.entities)}
        self.fluents: dict[tuple[int, tuple[bool | float | str, ...]], int] = {}
        self.fluent_names: list[str] = []
        self.defaults: list[Value] = []
        for overloads in self.table.properties.values():
            for one in overloads:
                for args in product(*(self.domain(slot) for slot in one.slots)):
                    self.fluents[id(one), args] = len(self.defaults)
                    self.fluent_names.append(written(one.name, args))
                    defaults: dict[str, Value] = {"boolean": False, "number": 0.0}
                    self.defaults.append(defaults.get(one.type))

    def domain(self, slot: Slot) -> Sequence[bool | float | str]:
        """What a parameter may stand for."""
        if slot.constant is not None:
            return [slot.constant]
        assert slot.type is not None
        return (False, True) if slot.type == "boolean" else self.table.members(slot.type)

    def argument(self, type: str) -> Argument:
        """What is known of a variable of the type, whatever it stands for."""
        return Argument(self.table.kind(type), None)

    # --- definitions

    @cached_property
    def events(self) -> dict[str, Event]:
        """All ground actions that can ever happen and change anything, by name."""
        return {event.name: event for event in self._ground("action") if event.effects}

    @cached_property
    def triggers(self) -> list[Event]:
        """All ground triggers, in order of declaration, then of their parameters."""
        return [event for event in self._ground("trigger") if event.effects]

    def _ground(self, word: str) -> Iterator[Event]:
        for definition in self.definitions:
            if not isinstance(definition, t.EventDefinition) or definition.word != word:
                continue
            slots = self.table.slots(definition.parameters)
            assert slots is not None
            for args in product(*(self.domain(slot) for slot in slots)):
                scope: Scope = {}
                for slot, arg in zip(slots, args, strict=True):
                    if slot.variable is not None and slot.type is not None:
                        assert not isinstance(arg, float)
                        scope[slot.variable] = (arg, self.argument(slot.type))
                needs: Expression = TRUE
                if definition.precondition is not None:
                    needs = self.condition(definition.precondition, scope)
                if needs == FALSE:
                    continue
                effects: list[Effect] = []
                if definition.effect is not None:
                    effects = list(self.effects(definition.effect, scope, TRUE, ()))
                willing = {self.person(token.text, scope): None for token in definition.consenting}
                sees = tuple(self.observing(definition, scope, person) for person in self.persons)
                name = written(definition.name.text, args)
                yield Event(name, needs, tuple(effects), tuple(willing), sees)

    def observing(self, definition: t.EventDefinition, scope: Scope, person: str) -> Expression:
        """Whether a person observes: where nothing is said, everybody does."""
        observer = definition.observer
        if observer is None or definition.observing is None:
            return TRUE
        assert observer.variable is not None and observer.type is not None
        type = observer.type.text
        if person not in self.table.members(type):
            return FALSE
        inner: Scope = {**scope, observer.variable: (person, self.argument(type))}
        return self.condition(definition.observing, inner)

    @cached_property
    def start(self) -> list[list[Effect]]:
        """The lines of the start, in order."""
        return [
            list(self.effects(definition.effect, {}, TRUE, ()))
            for definition in self.definitions
            if isinstance(definition, t.Initial)
        ]

    @cached_property
    def utilities(self) -> dict[int | None, Expression]:
        """What a state is worth to everybody, the author (None) included."""
        found: dict[int | None, Expression] = dict.fromkeys(
            (AUTHOR, *range(len(self.persons))), Constant(0.0)
        )
        for definition in self.definitions:
            if isinstance(definition, t.UtilityDefinition):
                who = AUTHOR if definition.who is None else self.number[definition.who.text]
                found[who] = self.value(definition.value, {})
        return found

    # --- expressions

    def person(self, name: str, scope: Scope) -> int:
        """The person that a variable or name stands for."""
        value = scope[name][0] if name in scope else name
        assert isinstance(value, str)
        return self.number[value]

    def fluent(self, call: t.Call, scope: Scope) -> int:
        """The fluent that a call means, by the declared types of what is passed."""
        arguments: list[Argument] = []
        values: list[bool | float | str] = []
        for arg in call.args:
            if isinstance(arg, t.Literal):
                assert arg.value is not None
                values.append(arg.value)
                arguments.append(self.table.argument(arg.value))
            elif arg.name in scope:
                value, argument = scope[arg.name]
                values.append(value)
                arguments.append(argument)
            else:
                values.append(arg.name)
                arguments.append(self.table.argument(arg.name))
        found: Property | None = self.table.resolve(call.name, arguments, call.start, call.end)
        assert found is not None
        return self.fluents[id(found), tuple(values)]

    def condition(self, node: t.Node, scope: Scope, denied: bool = False) -> Expression:
        """A condition, or its denial, with denials at the leaves."""
        match node:
            case t.Literal(value=bool(value)):
                return Constant(value != denied)
            case t.Name(name=name):  # a variable that is a truth value
                return Constant(bool(scope[name][0]) != denied)
            case t.Call():
                return Fact(self.fluent(node, scope), not denied)
            case t.Believes(who=who, body=body):
                person = self.person(who.name, scope)
                return believed(person, self.condition(body, scope, denied))
            case t.Junction(symbol=symbol, parts=parts):
                join = every if (symbol == "&") != denied else some
                return join([self.condition(part, scope, denied) for part in parts])
            case t.Not(body=body):
                return self.condition(body, scope, not denied)
            case t.Quantified(word="forall" | "exists" as word, body=body):
                join = every if (word == "forall") != denied else some
                return join([self.condition(body, one, denied) for one in self.each(node, scope)])
            case t.If():
                last: Expression = Constant(not denied)
                return self.conditional(
                    node, scope, last, lambda body: self.condition(body, scope, denied)
                )
            case t.Compare(symbol=symbol, left=left, right=right):
                symbol = _DENIED[symbol] if denied else symbol
                sides = (self.value(left, scope), self.value(right, scope))
                for constant, other in (sides, sides[::-1]):
                    if isinstance(constant, Constant) and isinstance(constant.value, bool):
                        same = (symbol == "==") == constant.value
                        return self.condition(left if other is sides[0] else right, scope, not same)
                return folded(Comparison(symbol, *sides))
            case t.TypeTest(body=body, type=token):
                names = frozenset(self.table.members(token.text))
                return folded(Member(self.value(body, scope), names, not denied))
            case _:
                raise NotSaid(f"no condition: {node}")

    def value(self, node: t.Node, scope: Scope) -> Expression:
        """An expression of any type."""
        match node:
            case t.Literal(value=value):
                return Constant(value)
            case t.Name(name=name):
                return Constant(scope[name][0] if name in scope else name)
            case t.Believes(who=who, body=body):
                return believed(self.person(who.name, scope), self.value(body, scope))
            case t.If():
                return self.conditional(node, scope, TRUE, lambda body: self.value(body, scope))
            case t.Quantified(word="sum" | "product" as word, body=body):
                bodies = [self.value(body, one) for one in self.each(node, scope)]
                total: Expression = Constant(0.0 if word == "sum" else 1.0)
                for position, one in enumerate(bodies):
                    symbol = "+" if word == "sum" else "*"
                    total = folded(Arithmetic(symbol, total, one)) if position else one
                return total
            case t.Arithmetic(symbol=symbol, left=left, right=right):
                first = self.value(left, scope)
                if symbol in ("*", "/") and first == Constant(0.0):
                    return first  # whatever stands on the right, `?` too
                return folded(Arithmetic(symbol, first, self.value(right, scope)))
            case _:
                return self.condition(node, scope)

    def conditional(
        self,
        node: t.If,
        scope: Scope,
        otherwise: Expression,
        body_of: Callable[[t.Node], Expression],
    ) -> Expression:
        """An `if`, from its last branch to its first."""
        if node.otherwise is not None:
            otherwise = body_of(node.otherwise)
        for when, body in reversed(node.branches):
            tests = self.condition(when, scope), self.condition(when, scope, True)
            otherwise = choice(*tests, body_of(body), otherwise)
        return otherwise

    def each(self, node: t.Quantified, scope: Scope) -> Iterator[Scope]:
        """The scope with the variable of a quantifier standing for one thing after the other."""
        type = node.type.text
        argument = Argument(BOOLEAN, None) if type == "boolean" else self.argument(type)
        members = (False, True) if type == "boolean" else self.table.members(type)
        for member in members:
            yield {**scope, node.variable.text: (member, argument)}

    # --- effects

    def effects(
        self,
        node: t.Node,
        scope: Scope,
        when: Expression,
        path: tuple[int, ...],
        denied: bool = False,
    ) -> Iterator[Effect]:
        """An effect at the end of a path of minds; conditions and values are read there."""

        def there(expression: Expression) -> Expression:
            for person in reversed(path):
                expression = believed(person, expression)
            return expression

        def put(place: t.Node, value: Expression) -> Iterator[Effect]:
            chain = path
            while isinstance(place, t.Believes):
                chain = (*chain, self.person(place.who.name, scope))
                place = place.body
            assert isinstance(place, t.Call)
            if when != FALSE:
                yield Effect(when, (chain, self.fluent(place, scope)), there(value))

        match node:
            case t.Not(body=body):
                yield from self.effects(body, scope, when, path, not denied)
            case t.Junction(parts=parts):
                for part in parts:
                    yield from self.effects(part, scope, when, path, denied)
            case t.Believes(who=who, body=body) if not isinstance(body, t.Call):
                inner = (*path, self.person(who.name, scope))
                yield from self.effects(body, scope, when, inner, denied)
            case t.Call() | t.Believes():
                yield from put(node, Constant(not denied))
            case t.Assign(place=place, value=value):
                yield from put(place, self.value(value, scope))
            case t.Compare(symbol=symbol, left=left, right=right):
                opposite = (symbol == "!=") != denied
                result = self.condition(right, scope, True) if opposite else None
                yield from put(left, result or self.value(right, scope))
            case t.If():
                before = when
                for test, body in node.branches:
                    here = there(self.condition(test, scope))
                    yield from self.effects(body, scope, every([before, here]), path, denied)
                    fails = FALSE if here == TRUE else TRUE if here == FALSE else Fails(here)
                    before = every([before, fails])
                if node.otherwise is not None:
                    yield from self.effects(node.otherwise, scope, before, path, denied)
            case t.Quantified(body=body):
                for one in self.each(node, scope):
                    yield from self.effects(body, one, when, path, denied)
            case _:
                raise NotSaid(f"no effect: {node}")

    def order(self, value: Value) -> tuple[int, float]:
        """The peer's order of values: of two that one place is to take, the smaller wins."""
        if isinstance(value, bool):
            return 0, value
        if value is None:
            return 1, 0
        return (2, value) if isinstance(value, float) else (3, self.rank[value])


def written(name: str, args: Sequence[bool | float | str]) -> str:
    """A ground name: `walk(Tom, Home, Market)`."""
    texts = (f"{arg:g}" if isinstance(arg, float) else str(arg) for arg in args)
    return f"{name}({', '.join(texts)})"

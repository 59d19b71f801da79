"""Section 2: expressions are three-valued. `None` is "no value", and for a condition "open"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import prod

from .towers import Tower
from .world import NONE, Binding, Fluent, Json, Value, World, only

Trail = list[tuple[tuple[int, ...], int]]
"""What was read, in order: the chain of persons in whose mind, and the fluent."""

CONDITIONS = frozenset(
    {"and", "or", "not", "eq", "ne", "lt", "le", "is_in", "any", "all", "knows", "known", "maybe"}
)


def truth(value: Value | None) -> bool | None:
    return value if isinstance(value, bool) else None


def is_blank(value: Value | None) -> bool:
    return isinstance(value, tuple) and value[0] != "atom"


def is_unknown(value: Value | None) -> bool:
    return isinstance(value, tuple) and value[0] == "unknown"


def same(left: Value | None, right: Value | None) -> bool | None:
    if left is None or right is None:
        return None
    if left == right and type(left) is type(right):
        return True
    return None if is_blank(left) or is_blank(right) else False


def settled(parts: Iterable[bool | None], by: bool) -> bool | None:
    """`or` (settled by a true part) and `and` (by a false one); later parts are not read."""
    seen_open = False
    for part in parts:
        if part is by:
            return by
        seen_open = seen_open or part is None
    return None if seen_open else not by


class Reading:
    """Reads expressions in towers of one world. With a `trail`, notes which fluents are read."""

    def __init__(self, world: World, trail: Trail | None = None) -> None:
        self.world = world
        self.trail = trail

    def holds(self, at: Tower, expr: Json | None, binding: Binding) -> bool:
        return expr is None or self.value(at, expr, binding) is True

    def person(self, at: Tower, expr: Json, binding: Binding) -> int | None:
        """The person that `expr` names here, if any."""
        value = self.value(at, expr, binding)
        return (
            value[1]
            if isinstance(value, tuple) and value[0] == "atom" and value[1] in self.world.persons
            else None
        )

    def fluent(
        self, at: Tower, place: Json, binding: Binding, chain: tuple[int, ...] = ()
    ) -> int | None:
        """The fluent that a place names here, if any."""
        tag, body = only(place)
        if tag == "topic":
            match self.value(at, body, binding, chain):
                case ("atom", atom) if atom in self.world.claims:
                    claim = self.world.claims[atom]
                    return self.world.number.get(Fluent(claim["fact"], tuple(claim["args"])))
            return None
        fact, args = body
        atoms = []
        for value in [self.value(at, arg, binding, chain) for arg in args]:
            if not isinstance(value, tuple) or value[0] != "atom" or value[1] == NONE:
                return None
            atoms.append(value[1])
        return self.world.number.get(Fluent(fact, tuple(atoms)))

    def value(
        self, at: Tower, expr: Json, binding: Binding, chain: tuple[int, ...] = ()
    ) -> Value | None:
        tag, body = only(expr)

        def here(part: Json, *member: int) -> Value | None:
            return self.value(at, part, binding + member, chain)

        def members(kind: int, part: Json) -> Iterable[Value | None]:
            return (here(part, member) for member in self.world.sets[kind])

        match tag:
            case "const":
                return None if body == "unknown" else self.world.constant(body, -1)
            case "var":
                return ("atom", binding[body])
            case "fact" | "topic":
                fluent = self.fluent(at, expr, binding, chain)
                if fluent is None:
                    return None
                if self.trail is not None:
                    self.trail.append((chain, fluent))
                return at.values[fluent]
            case "claimed":
                return self._claimed(here(body))
            case "and":
                return settled((truth(here(part)) for part in body), by=False)
            case "or":
                return settled((truth(here(part)) for part in body), by=True)
            case "all":
                return settled(map(truth, members(*body)), by=False)
            case "any":
                return settled(map(truth, members(*body)), by=True)
            case "not":
                return negated(truth(here(body)))
            case "eq":
                return same(here(body[0]), here(body[1]))
            case "ne":
                return negated(same(here(body[0]), here(body[1])))
            case "lt":
                return self._ordered(here(body[0]), here(body[1]), body[2], lambda a, b: a < b)
            case "le":
                return self._ordered(here(body[0]), here(body[1]), body[2], lambda a, b: a <= b)
            case "add" | "sub" | "mul" | "div":
                return arithmetic(tag, here(body[0]), here(body[1]))
            case "next":
                return self._step(here(body[0]), body[1], +1)
            case "prev":
                return self._step(here(body[0]), body[1], -1)
            case "if":
                condition = truth(here(body[0]))
                return None if condition is None else here(body[1] if condition else body[2])
            case "is_in":
                member = here(body[0])
                if member is None or is_blank(member):
                    return None
                return isinstance(member, tuple) and member[1] in self.world.sets[body[1]]
            case "count":
                return float(sum(each is True for each in members(*body)))
            case "sum" | "product":
                numbers = list(members(*body))
                if not all(isinstance(each, float) for each in numbers):
                    return None
                return float((sum if tag == "sum" else prod)(numbers))  # type: ignore[arg-type]
            case "believes" | "knows":
                return self._modal(tag, at, body, binding, chain)
            case "known":
                found = here(body)
                return found is not None and not is_unknown(found)
            case "maybe":
                return truth(here(body)) is not False
        raise ValueError(f"no expression: {tag}")

    def _modal(
        self, tag: str, at: Tower, body: Json, binding: Binding, chain: tuple[int, ...]
    ) -> Value | None:
        who = self.value(at, body[0], binding, chain)
        if not isinstance(who, tuple) or who[0] != "atom" or who[1] not in self.world.persons:
            return None
        person = who[1]
        if tag == "believes":
            return self.value(at.minds[person], body[1], binding, (*chain, person))
        here = self.value(at, body[1], binding, chain)
        there = self.value(at.minds[person], body[1], binding, (*chain, person))
        if self._is_condition(at, body[1], binding):
            return truth(here) if there is True else False
        return False if there is None or is_unknown(there) else same(here, there)

    def _is_condition(self, at: Tower, expr: Json, binding: Binding) -> bool:
        tag, body = only(expr)
        match tag:
            case "fact":
                return bool(self.world.facts[body[0]]["range"] == "bool")
            case "topic":
                fluent = Reading(self.world).fluent(at, expr, binding)
                return (
                    fluent is not None
                    and self.world.facts[self.world.fluents[fluent].fact]["range"] == "bool"
                )
            case "const":
                return only(body)[0] == "bool"
            case "if":
                return self._is_condition(at, body[1], binding)
            case "believes":
                return self._is_condition(at, body[1], binding)
        return tag in CONDITIONS

    def _claimed(self, claim: Value | None) -> Value | None:
        match claim:
            case ("atom", atom) if atom in self.world.claims:
                content = self.world.claims[atom]
                fluent = self.world.number.get(Fluent(content["fact"], tuple(content["args"])))
                if content.get("value") is not None and fluent is not None:
                    return self.world.constant(content["value"], fluent)
        return None

    def _rank(self, value: Value | None, kind: int | None) -> float | None:
        if kind is None:
            return value if isinstance(value, float) else None
        if isinstance(value, tuple) and value[0] == "atom" and value[1] in self.world.sets[kind]:
            return self.world.sets[kind].index(value[1])
        return None

    def _ordered(
        self,
        left: Value | None,
        right: Value | None,
        kind: int | None,
        test: Callable[[float, float], bool],
    ) -> bool | None:
        low, high = self._rank(left, kind), self._rank(right, kind)
        return None if low is None or high is None else test(low, high)

    def _step(self, value: Value | None, kind: int, by: int) -> Value | None:
        rank = self._rank(value, kind)
        if rank is None:
            return None
        members = self.world.sets[kind]
        return ("atom", members[min(max(int(rank) + by, 0), len(members) - 1)])


def negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def arithmetic(tag: str, left: Value | None, right: Value | None) -> float | None:
    if not isinstance(left, float) or not isinstance(right, float):
        return None
    match tag:
        case "add":
            return left + right
        case "sub":
            return left - right
        case "mul":
            return left * right
    return None if right == 0 else left / right

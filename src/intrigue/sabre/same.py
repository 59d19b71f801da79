"""Whether a world says the same as the problem it was made of: both as borders, compared part by part.

The facts, actions and triggers of the two stand in the same order; atoms and sets have other numbers. What may differ is how
things are put: nested conjunctions, negations, the order of alternatives, utilities as one expression or as wants.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from intrigue.grounding.border import FALSE, TRUE, Expr
from intrigue.language.names import key
from intrigue.sabre.opening import depth_of, settings_of
from intrigue.sabre.problem import Problem
from intrigue.sabre.utility import opposite, terms_of
from intrigue.world.model import World

UNKNOWN: Expr = {"const": "unknown"}
_MOST_CLAUSES = 200
"""How many alternatives a condition is multiplied out to."""
_MOST_CHAINS = 3_000
"""How many chains of believers are compared."""


def difference(problem: Problem, world: World, atoms: Sequence[str]) -> str | None:
    """What differs first between a problem and the world that should say the same; None if nothing does.

    `atoms`: what the world calls the problem's atoms, as an expression would.
    """
    here = _Side(problem.border, {number: number for number in range(len(atoms))})
    named = world.tables.atom_named
    numbers = {named[key(name.strip('"'))].id: i for i, name in enumerate(atoms) if i}
    there = _Side(world.problem, {0: 0, **numbers})
    whole = problem.whole_numbers
    pairs = zip(here.parts(problem, whole), there.parts(problem, whole), strict=False)
    for (what, one), (_, other) in pairs:
        if one != other:
            return what
    if here.size() != there.size():
        return "the number of facts, actions or triggers"
    return None if _same_opening(here, there) else "the opening situation"


class _Side:
    """One of the two borders; `atoms`: its atoms to the problem's."""

    def __init__(self, border: Mapping[str, Any], atoms: Mapping[int, int]) -> None:
        self.border = border
        self.atoms = atoms
        self.sets = [
            tuple(atoms.get(member, -1) for member in each["members"]) for each in border["sets"]
        ]

    def size(self) -> list[int]:
        return [len(self.border[part]) for part in ("facts", "actions", "triggers")]

    def parts(self, problem: Problem, whole: bool) -> Iterator[tuple[str, Any]]:
        """Everything but the opening, each part with what it is called, in one form for both sides."""
        names = problem.names
        yield "who has a mind", [self.atoms.get(person) for person in self.border["persons"]]
        for fact, label in zip(self.border["facts"], names.facts, strict=False):
            span = fact["range"]
            members = self.sets[span["set"]] if isinstance(span, dict) else span
            yield (
                f"the property `{label.name}`",
                ([self.sets[each] for each in fact["args"]], members, fact["default"]),
            )
        for action, label in zip(self.border["actions"], names.actions, strict=False):
            whose = f"the action `{label.name}`"
            yield f"{whose}: its parameters", [self.sets[each] for each in action["params"]]
            needs = {"and": [need["expr"] for need in action["needs"]]}
            yield f"{whose}: its precondition", self.form(needs)
            yield f"{whose}: its effect", self.effects(action["effects"])
            willing = [self.form(will["who"]) for will in action["will"]]
            yield f"{whose}: who consents", (action["mode"], willing)
            seen = {"or": [line["when"] for line in action["sees"]]}
            yield f"{whose}: who observes", self.clauses(seen)
        for trigger, label in zip(self.border["triggers"], names.triggers, strict=False):
            whose = f"the trigger `{label.name}`"
            yield f"{whose}: its parameters", [self.sets[each] for each in trigger["params"]]
            yield f"{whose}: its precondition", self.form(trigger["when"])
            yield f"{whose}: its effect", self.effects(trigger["effects"])
        for utility in sorted(self.border["utilities"], key=self._whose):
            who = self._whose(utility)
            terms = terms_of(utility["what"], problem.number_facts, whole)
            yield (
                f"the utility of {names.atoms[who] if who else 'the author'}",
                [
                    (
                        sorted(
                            json.dumps(part)
                            for each in (*term.during, *([] if term.what is None else [term.what]))
                            for part in self.conjuncts(each)
                        ),
                        self.form(term.amount),
                    )
                    for term in terms
                ],
            )

    def _whose(self, utility: Mapping[str, Any]) -> int:
        """The person of a utility in the problem's numbers, 0 for the author."""
        return 0 if utility["who"] is None else self.atoms.get(utility["who"], -1)

    # ----------------------------------------------------------- expressions

    def form(self, expr: Expr) -> Any:
        """An expression in a form that does not depend on how it was put, as plain JSON."""
        ((tag, body),) = expr.items()
        if tag == "const":
            if isinstance(body, dict) and "atom" in body:
                return ["atom", self.atoms.get(body["atom"], -1)]
            return ["const", body]
        if tag == "var":
            return ["var", body]
        if tag == "fact":
            return ["fact", body[0], [self.form(arg) for arg in body[1]]]
        if tag == "not":
            turned = opposite(body)
            return ["not", self.form(body)] if turned == expr else self.form(turned)
        if tag in ("and", "or"):
            return self._junction(tag, body)
        if tag in ("any", "all", "sum", "product"):
            return [tag, self.sets[body[0]], self.form(body[1])]
        if tag == "is_in":
            return ["is_in", self.form(body[0]), sorted(self.sets[body[1]])]
        parts = [self.form(part) for part in body if isinstance(part, dict)]
        if tag in ("eq", "ne") and parts[0] == ["const", "unknown"]:
            parts.reverse()
        return [tag, *parts]

    def _junction(self, tag: str, body: Sequence[Expr]) -> Any:
        """`and`, `or`: nested ones laid flat, what says nothing left out, kinds of one thing joined."""
        neutral = self.form(TRUE if tag == "and" else FALSE)
        flat: list[Any] = []
        for part in body:
            said = self.form(part)
            flat += said[1] if said[0] == tag else [] if said == neutral else [said]
        kinds: dict[str, Any] = {}
        joined: list[Any] = []
        for part in flat:
            test: Any = part if tag == "or" else part[1] if part[0] == "not" else None
            if test is not None and test[0] == "is_in":
                known = kinds.setdefault(json.dumps(test[1]), test)
                if known is not test:
                    known[2] = sorted({*known[2], *test[2]})
                    continue
            joined.append(part)
        if not joined:
            return neutral
        return joined[0] if len(joined) == 1 else [tag, joined]

    def conjuncts(self, expr: Expr) -> list[Any]:
        said = self.form(expr)
        return list(said[1]) if said[0] == "and" else [said]

    def clauses(self, expr: Expr) -> Any:
        """A condition as a set of alternatives, each a set of what must hold together."""
        found = self._clauses(self.form(expr))
        return [sorted(each) for each in sorted(found, key=sorted)]

    def _clauses(self, form: Any) -> set[frozenset[str]]:
        if form[0] == "or":
            return set().union(*(self._clauses(part) for part in form[1]))
        if form[0] == "and":
            choices = [self._clauses(part) for part in form[1]]
            count = 1
            for choice in choices:
                count *= len(choice)
            if count <= _MOST_CLAUSES:
                return {frozenset().union(*each) for each in product(*choices)}
        if form == self.form(FALSE):
            return set()
        return {frozenset()} if form == self.form(TRUE) else {frozenset({json.dumps(form)})}

    # --------------------------------------------------------------- effects

    def effects(self, effects: Sequence[Any]) -> list[Any]:
        """Effects, bundles laid flat."""
        result: list[Any] = []
        for effect in effects:
            ((tag, body),) = effect.items()
            if tag == "set":
                result.append(["set", *(self.form(part) for part in body)])
            elif tag == "believe":
                path = [self.form(person) for person in body["path"]]
                result.append(["believe", path, self.form(body["place"]), self.form(body["value"])])
            elif tag == "each":
                result.append(
                    ["each", self.sets[body[0]], self.form(body[1]), self.effects(body[2])]
                )
            elif body[0] == TRUE:
                result += self.effects(body[1])
            else:
                test, then, *otherwise = body
                below = [self.effects(each) for each in (then, *otherwise)]
                result.append(["when", self.form(test), *below])
        return result


def _same_opening(here: _Side, there: _Side) -> bool:
    """Whether both open in the same situation."""
    one, other = (_settings(side) for side in (here, there))
    if one is not None and one == other:
        return True
    depth = max(depth_of(side.border) for side in (here, there))
    return _played(here, depth) == _played(there, depth)


def _settings(side: _Side) -> list[str] | None:
    """What the opening lines set, if each of them gives another fluent one value; else None."""
    settings = settings_of(side.border)
    if settings is None:
        return None
    return sorted(
        json.dumps([[side.form(each) for each in path], side.form(place), side.form(value)])
        for path, place, value in settings
    )


def _played(side: _Side, depth: int) -> list[Any]:
    """All values at the opening, true and believed as deep as that."""
    from intrigue.seam import require_engine

    require_engine()
    from intrigue._engine import Engine

    engine = Engine(json.dumps({**side.border, "triggers": []}))
    persons = sorted(side.border["persons"], key=lambda person: side.atoms.get(person, -1))
    found: list[Any] = []
    for length in range(depth + 1):
        if len(persons) ** length > _MOST_CHAINS:
            found.append("too many minds")
            break
        for path in product(persons, repeat=length):
            state = engine.start()
            for person in path:
                state = engine.believed(state, person)
            found.append(
                [
                    ("atom", side.atoms.get(value[1], -1)) if isinstance(value, tuple) else value
                    for value in engine.values(state)
                ]
            )
    return found

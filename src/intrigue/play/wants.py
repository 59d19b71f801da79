"""What somebody wants and, as far as that person believes, has not: the weightiest first, each as a condition to bring about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from intrigue.grounding.border import bound
from intrigue.records import dataclass
from intrigue.story.arithmetic import unmet

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run


_NOBODY = {"const": {"atom": 0}}


@dataclass(frozen=True, slots=True)
class Lack:
    """A want that is not met. `weight`: what meeting it is worth; `condition`: for the engine, with all names filled in."""

    weight: float
    condition: str
    _run: Run
    _mind: int

    @property
    def words(self) -> str:
        """What is wanted, by the phrases of the world where they say it."""
        return said(self._run, self._mind, json.loads(self.condition))


def lacks(run: Run, mind: int, person: int) -> list[Lack]:
    """The wants of the person, who takes the world to be `mind`, that count and are not met. Shares of others' wants, and wants for more of
    a number, are left out."""
    found: dict[str, Lack] = {}
    for index, args, weight in unmet(run, mind, person):
        written = json.dumps(bound(run.world.problem["wants"][index]["what"], args))
        before = found.get(written)
        worth = weight + (before.weight if before else 0.0)
        found[written] = Lack(worth, written, run, mind)
    return sorted(found.values(), key=lambda lack: -lack.weight)


def served(run: Run, mind: int, end: int, person: int) -> list[Lack]:
    """What the person lacks in one state and no longer in another."""
    return [
        lack
        for lack in lacks(run, mind, person)
        if run.engine.evaluate(end, lack.condition, []) is True
    ]


def said(run: Run, mind: int, expr: Any) -> str:
    """A condition in the phrases of the world, where they say it; else as it is written. Who is meant by `boss(Li)` is read in `mind`."""
    return _in_words(run, mind, expr) or run.names.describe(expr)


def _in_words(run: Run, mind: int, expr: Any) -> str:
    """A condition in the phrases of the world; empty if they do not say it."""
    ((tag, body),) = expr.items()
    words = ""
    if tag in ("eq", "ne") and "const" in body[1]:
        ((kind, value),) = body[1]["const"].items()
        fluent = _fluent(run, mind, body[0])
        if tag == "eq":
            words = _so(run, fluent, ("atom", value) if kind == "atom" else value)
        elif body[1] == _NOBODY:
            words = _so(run, fluent, None)
        else:
            so = _in_words(run, mind, {"eq": body})
            words = so and f"not: {so}"
    elif tag == "eq":
        words = _together(run, mind, body)
    elif tag == "fact":
        words = _so(run, _fluent(run, mind, expr), True)
    elif tag == "not" and "fact" in body:
        words = _so(run, _fluent(run, mind, body), False)
    elif tag == "known" and (asked := _question(run, mind, body)):
        words = f"it is known {asked}"
    elif tag == "knows" and (who := _atom(run, mind, body[0])):
        asked = _question(run, mind, body[1])
        words = asked and f"{run.names.does(who, 'knows')} {asked}"
    elif tag == "believes" and (who := _atom(run, mind, body[0])):
        held = _in_words(run, run.engine.believed(mind, who), body[1])
        words = (
            held and f"{run.names.does(who, 'believes')} that {held.replace('not: ', 'not ', 1)}"
        )
    return words


def obstacle(run: Run, mind: int, expr: Any) -> tuple[bool, list[str]]:
    """A condition that does not hold, in the phrases of the world, its alternatives singly; none where they do not say it. First whether
    the words are of what is so and ought not to be (`Li is dead`, where he must not be), rather than of what is not so."""
    ((tag, body),) = expr.items()
    if tag == "maybe":  # what is not known does not stand in the way, so it is known
        return obstacle(run, mind, body)
    if tag == "or":
        parts = [obstacle(run, mind, part) for part in body]
        whole = all(words and not so for so, words in parts)
        return False, [each for _, words in parts for each in words] if whole else []
    if tag == "and":
        failing = [
            part for part in body if run.engine.evaluate(mind, json.dumps(part), []) is not True
        ]
        return obstacle(run, mind, failing[0]) if failing else (False, [])
    if tag == "ne" and body[0] == body[1] and (who := _atom(run, mind, body[0])):
        return True, [f"it is {run.names.atom(who)} both times"]
    so = tag == "not" or (tag == "ne" and body[1] != _NOBODY)
    if tag == "not":
        expr = body
    elif so:
        expr = {"eq": body}
    ((tag, body),) = expr.items()
    if tag == "eq" and "const" not in body[1] and not _together(run, mind, body):
        who = _atom(run, mind, body[1])
        expr = {"eq": [body[0], {"const": {"atom": who}}]} if who else expr
    words = _at(run, mind, expr) or said(run, mind, expr)
    return so, [] if "(" in words or words == run.names.describe(expr) else [words]


def _at(run: Run, mind: int, expr: Any) -> str:
    """That somebody is in a place."""
    ((tag, body),) = expr.items()
    fluent = _fluent(run, mind, body[0]) if tag == "eq" and "const" in body[1] else None
    place = None if fluent is None else _atom(run, mind, body[1])
    if fluent is None or place is None:
        return ""
    fact, args = run.engine.fluent_of(fluent)
    if run.world.facts[fact].name != "where":
        return ""
    before = run.world.tables.prepositions.get(place, "at")
    return f"{run.names.does(args[0], 'is')} {before} {run.names.atom(place)}"


def _together(run: Run, mind: int, sides: Any) -> str:
    """That two persons are in one place."""
    found = [
        run.engine.fluent_of(each)
        for side in sides
        if (each := _fluent(run, mind, side)) is not None
    ]
    if len(found) != 2 or any(run.world.facts[fact].name != "where" for fact, _ in found):
        return ""
    (_, one), (_, other) = found
    return f"{run.names.does(one[0], 'is')} with {run.names.atom(other[0])}"


def _atom(run: Run, mind: int, expr: Any) -> int | None:
    """The person, place or thing that an expression stands for."""
    value = run.engine.evaluate(mind, json.dumps(expr), [])
    return value[1] if isinstance(value, tuple) and value[0] == "atom" and value[1] else None


def _fluent(run: Run, mind: int, expr: Any) -> int | None:
    """The fluent that an expression is, if it is one."""
    if "fact" not in expr:
        return None
    fact, parts = expr["fact"]
    args = [_atom(run, mind, part) for part in parts]
    known = [arg for arg in args if arg is not None]
    return run.engine.fluent(fact, known) if len(known) == len(args) else None


def _so(run: Run, fluent: int | None, value: Value | None) -> str:
    """That a fluent has a value (None: any) in words; empty if the world has none."""
    if fluent is None:
        return ""
    if value is None:
        nobody = run.names.value_of(fluent, ("atom", 0))
        value = f"some{nobody.removeprefix('no')}"
    words = run.names.is_so(fluent, value)
    return "" if "(" in words else words


def _question(run: Run, mind: int, expr: Any) -> str:
    """A fact as a question, `who killed Lam`; empty if the world has no words for it."""
    from intrigue.world.sentences import tell_question

    fluent = _fluent(run, mind, expr)
    if fluent is None:
        return ""
    fact, args = run.engine.fluent_of(fluent)
    asked = tell_question(run.world, fact, args)
    return f"whether {asked}" if asked and run.world.facts[fact].range == "bool" else asked

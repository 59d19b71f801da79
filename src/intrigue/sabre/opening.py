"""The opening lines of a problem as plain settings: this fluent, in this mind, has this value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from intrigue.grounding.border import TRUE, Expr, walk

Setting = tuple[list[Expr], Expr, Expr]
"""A chain of believers (empty: the truth), a fluent, a value."""

_MOST_CHAINS = 3_000
"""How many chains of believers an opening is written out for."""


def settings_of(border: Mapping[str, Any]) -> list[Setting] | None:
    """What each line sets, if all are constants and no two speak of one fluent in one mind; else None: then order matters."""
    sets = [each["members"] for each in border["sets"]]
    flat = [each for line in border["start"] for each in _unbundled(line["impose"], sets, 0)]
    if not all(_is_plain(each) for each in flat):
        return None
    settings = [_setting(each) for each in flat]
    marks = {json.dumps([path, place]) for path, place, _ in settings}
    return settings if len(marks) == len(settings) else None


def written_out(border: Mapping[str, Any]) -> list[Setting]:
    """The opening as it turns out, fluent by fluent: first what is so, then, for longer and longer chains of believers, where
    the last of them differs from what is believed without him (which is what an unset belief is)."""
    from intrigue.seam import require_engine

    require_engine()
    from intrigue._engine import Engine

    engine = Engine(json.dumps({**border, "triggers": []}))
    fluents = [engine.fluent_of(number) for number in range(engine.fluent_count())]
    settings: list[Setting] = []

    def note(path: tuple[int, ...], values: list[Any], before: list[Any]) -> None:
        for (fact, args), value, old in zip(fluents, values, before, strict=True):
            if value != old:
                place = {"fact": [fact, [{"const": {"atom": arg}} for arg in args]]}
                chain = [{"const": {"atom": person}} for person in path]
                settings.append((chain, place, {"const": _border_value(value)}))

    start = engine.start()
    note((), engine.values(start), [_default(border["facts"][fact]) for fact, _ in fluents])
    for length in range(1, depth_of(border) + 1):
        if len(border["persons"]) ** length > _MOST_CHAINS:
            break  # what is lost here shows where problem and world are compared
        for path in product(border["persons"], repeat=length):
            states = [start]
            for person in path:
                states.append(engine.believed(states[-1], person))
            note(path, engine.values(states[-1]), engine.values(states[-2]))
    return settings


def depth_of(border: Mapping[str, Any]) -> int:
    """How many minds deep the opening lines reach."""
    paths = (node["believe"]["path"] for node in walk(border["start"]) if "believe" in node)
    return max(map(len, paths), default=0)


def _unbundled(effect: Any, sets: Sequence[Sequence[int]], bound: int) -> Iterator[Any]:
    """The effects in a bundle that one line of the problem made, each for every member of a type if it is so meant.

    `bound`: the number of variables around it.
    """
    if "when" in effect and effect["when"][0] == TRUE:
        for each in effect["when"][1]:
            yield from _unbundled(each, sets, bound)
    elif "each" in effect and effect["each"][1] == TRUE:
        kind, _, inner = effect["each"]
        for member in sets[kind]:
            for each in inner:
                yield from _unbundled(_filled(each, bound, member), sets, bound + 1)
    else:
        yield effect


def _filled(part: Any, variable: int, atom: int) -> Any:
    """An effect or expression with an atom in the place of a variable."""
    if isinstance(part, list):
        return [_filled(each, variable, atom) for each in part]
    if not isinstance(part, dict):
        return part
    if part == {"var": variable}:
        return {"const": {"atom": atom}}
    return {tag: _filled(body, variable, atom) for tag, body in part.items()}


def _setting(effect: Any) -> Setting:
    if "set" in effect:
        place, value = effect["set"]
        return [], place, value
    body = effect["believe"]
    return body["path"], body["place"], body["value"]


def _is_plain(effect: Any) -> bool:
    if "set" not in effect and "believe" not in effect:
        return False
    path, place, value = _setting(effect)
    return all("const" in each for each in (*path, *place["fact"][1], value))


def _default(fact: Any) -> Any:
    default = fact["default"]
    return default if isinstance(default, str) else next(iter(default.values()))


def _border_value(value: Any) -> Any:
    """A value of the engine as the border writes it."""
    if isinstance(value, bool):
        return {"bool": value}
    if isinstance(value, tuple):
        return {"atom": value[1]}
    return value if isinstance(value, str) else {"number": value}

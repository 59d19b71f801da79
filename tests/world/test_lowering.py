"""Rules in, rules as the engine gets them out: `lowering/NAME.txt` says in words what the border says in numbers.

After a change that is meant, `pytest tests/world --accept` writes the new texts; read them before committing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intrigue.grounding.names import Names
from intrigue.language import load
from intrigue.world import check
from intrigue.world.model import World

FOLDER = Path(__file__).parent / "lowering"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.story")), ids=lambda path: path.stem)
def test_rules_are_lowered(path: Path, request: pytest.FixtureRequest) -> None:
    files, problems = load(path)
    world, found = check(files)
    assert [each for each in (*problems, *found) if each.code != "no-scenes"] == []
    assert world is not None
    said = "\n".join(in_words(world)) + "\n"
    expected = path.with_suffix(".txt")
    if request.config.getoption("--accept"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


def in_words(world: World) -> Iterator[str]:
    """The problem, line by line."""
    problem, names = world.problem, Names(world)
    for group in problem["sets"]:
        yield f"set {group['name']}: {', '.join(map(names.atom, group['members']))}"
    for fact, row in zip(problem["facts"], world.facts, strict=True):
        head = ", ".join(p.name for p in row.params)
        default = names.describe({"const": fact["default"]})
        yield f"fact {fact['name']}({head}): {_range(fact['range'], names)} = {default}"
    for line in problem["visible"]:
        observer = [*(p.name for p in world.facts[line["fact"]].params), "they"]
        when = names.describe(line["when"], observer)
        yield f"visible {world.facts[line['fact']].name} to they if {when}"
    for claim in problem["claims"]:
        value = "?" if claim["value"] is None else names.describe({"const": claim["value"]})
        yield f"claim {names.atom(claim['atom'])}: {names.of_fact(claim['fact'], claim['args'])} = {value}"
    for action, checked in zip(problem["actions"], world.actions, strict=True):
        yield ""
        yield from _action(action, [p.name for p in checked.params], names)
    for trigger in problem["triggers"]:
        yield ""
        params = [names.world.kinds[k].name + str(i) for i, k in enumerate(trigger["params"])]
        yield f"{'infer' if trigger['minds_only'] else 'trigger'} {trigger['name']}({', '.join(params)})"
        yield f"  when {names.describe(trigger['when'], params)}"
        yield from _effects(trigger["effects"], params, names, "  ")
    yield ""
    for want in problem["wants"]:
        params = [names.world.kinds[k].name + str(i) for i, k in enumerate(want["params"])]
        verb = "suffers until" if want["suffers"] else "wants"
        yield (
            f"{names.describe(want['who'], params)} {verb} {names.describe(want['what'], params)}"
            + _tail(want, params, names)
        )
    for share in problem["shares"]:
        params = [names.world.kinds[k].name + str(i) for i, k in enumerate(share["params"])]
        who, other = (names.describe(share[key], params) for key in ("who", "of"))
        yield f"{who} shares {other}{_tail(share, params, names)}"
    for line in problem["start"]:
        ((form, body),) = line.items()
        said = f"{names.describe(body['place'])} = {names.describe(body['value'])}"
        path = " > ".join(names.describe(p) for p in body.get("path", ()))
        known = ", ".join(names.describe(p) for p in body.get("known", ()))
        others = f", others {names.describe({'const': body['others']})}" if "others" in body else ""
        yield " ".join(
            part
            for part in (form, path, said, f"known to {known}{others}" if known else "")
            if part
        )
    for name, condition, _ in world.endings:
        yield f"ending {name}: {names.describe(condition)}"


def _range(range_: Any, names: Names) -> str:
    return range_ if isinstance(range_, str) else names.world.kinds[range_["set"]].name


def _tail(want: dict[str, Any], params: list[str], names: Names) -> str:
    during = "" if want["during"] is None else f" while {names.describe(want['during'], params)}"
    return f" x{want['weight']:g}{during}"


def _action(action: dict[str, Any], params: list[str], names: Names) -> Iterator[str]:
    kinds = [names.world.kinds[k].name for k in action["params"]]
    head = ", ".join(f"{p}: {k}" for p, k in zip(params, kinds, strict=True))
    yield f"action {action['name']}({head}) {action['mode']}{' journey' * action['journey']}"
    if action["meant"] is not None:
        yield f"  meant: {names.world.actions[action['meant']].name}"
    for need in action["needs"]:
        yield f"  needs {'secretly ' * need['hidden']}{names.describe(need['expr'], params)}"
    yield from _effects(action["effects"], params, names, "  ")
    for will in action["will"]:
        when = "" if will["when"] is None else f" if {names.describe(will['when'], params)}"
        yield f"  will {names.describe(will['who'], params)}{when}"
    observer = [*params, "they"]
    for line in action["sees"]:
        yield f"  seen by they if {names.describe(line['when'], observer)}"
        seen = line["as"]
        if seen != "itself" and "other" in seen:
            number, args = seen["other"]
            said = ", ".join(names.describe(arg, observer) for arg in args)
            yield f"    as {names.world.actions[number].name}({said})"
        elif seen != "itself":
            yield from _effects(seen["partly"], observer, names, "    part: ")


def _effects(
    effects: list[dict[str, Any]], words: list[str], names: Names, lead: str
) -> Iterator[str]:
    def say(expr: Any) -> str:
        return "its true value" if expr is None else names.describe(expr, words)

    for effect in effects:
        ((tag, body),) = effect.items()
        if tag == "set":
            yield f"{lead}set {say(body[0])} := {say(body[1])}"
        elif tag == "show":
            yield f"{lead}show {say(body)}"
        elif tag == "when":
            yield f"{lead}when {say(body[0])}"
            yield from _effects(body[1], words, names, lead + "  ")
            if body[2]:
                yield f"{lead}otherwise"
                yield from _effects(body[2], words, names, lead + "  ")
        elif tag == "each":
            letter = f"v{len(words)}"
            inner = [*words, letter]
            yield f"{lead}each {letter}: {names.world.kinds[body[0]].name} where {names.describe(body[1], inner)}"
            yield from _effects(body[2], inner, names, lead + "  ")
        elif tag == "share":
            among = ", ".join(map(say, body["among"]))
            speaker = "" if body["speaker"] is None else f" speaker {say(body['speaker'])}"
            yield f"{lead}share among {among}{speaker}: {say(body['place'])} = {say(body['value'])}"
        elif tag == "learn":
            source = "" if body["from"] is None else f" from {say(body['from'])}"
            yield f"{lead}learn {say(body['who'])}: {say(body['place'])}{source}"
        else:
            path = " > ".join(map(say, body["path"]))
            yield f"{lead}believe {path}: {say(body['place'])} = {say(body['value'])}"

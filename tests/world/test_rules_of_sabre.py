"""`rules of Sabre`: what has a meaning under them, what has another, and what has none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intrigue._engine import Engine
from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.language.parse import parse
from intrigue.world import check
from intrigue.world.model import World

BASE = """story s
rules of Sabre
kinds
  mood = calm | wary
facts
  where(person): place
  mood(person): mood
  paid(person): number
  armed(person)
cast
  Kit, Ann: person
  the inn: place
"""


def made(more: str) -> tuple[World | None, list[Diagnostic]]:
    file, found = parse(Source(Path("s.story"), BASE + more))
    world, problems = check([file])
    return world, [each for each in (*found, *problems) if each.code != "no-scenes"]


def world(more: str) -> World:
    found, problems = made(more)
    assert found is not None, [(each.code, each.blanks) for each in problems]
    return found


def evaluated(text: str, more: str = "") -> Any:
    from intrigue.language.expressions import parse_expression
    from intrigue.world.conditions import resolve

    of = world(more)
    expression, _ = parse_expression(Source(Path("x"), text))
    assert expression is not None
    condition, problems = resolve(of, expression)
    assert not problems
    engine = Engine(json.dumps(of.problem))
    return engine.evaluate(engine.start(), json.dumps(condition), [])


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("facts\n  seen(person) visible to anyone\n", "`visible to`"),
        ("facts\n  loved(p: person) known to p\n", "`known to`"),
        ("action a(p: person)\n  makes shows where(p)\n  will p\n", "`shows`"),
        ("action a(p: person, q: person)\n  makes p and q share armed(p)\n  will p\n", "telling and sharing"),
        ("action a(p: person)\n  makes p learns armed(p)\n  will p\n", "`learns`"),
        ("action a(p: person)\n  makes armed(p)\n  will p\n  heard by anyone: armed(p)\n", "`seen as` and `heard by`"),
        ("action a(p: person)\n  needs secretly armed(p)\n  makes not armed(p)\n  will p\n", "`secretly`"),
        ("action a(p: person)\n  needs hopes armed(p)\n  makes not armed(p)\n  will p\n", "`hopes`"),
        ("action a(p: person)\n  makes armed(p)\n  reaction\n", "`reaction`"),
        ("action a(p: person)\n  makes armed(p)\n  will p\n  journey\n", "`journey`"),
        ("action a(p: person)\n  makes armed(p)\n  will p\n  or else b\n    makes not armed(p)\n", "`or else`"),
        ("action a(p: person, c: claim)\n  makes armed(p)\n  will p\n", "claims and questions"),
        ("infer a(p: person)\n  when armed(p)\n  makes not armed(p)\n", "`infer`"),
        ("wants\n  Kit: Kit knows armed(Ann)\n", "`knows`"),
        ("wants\n  Kit: maybe armed(Ann)\n", "`maybe`"),
        ("wants\n  Kit shares Ann\n", "`shares`"),
        ("start\n  secret armed(Kit) known to Kit\n", "`secret`"),
        ("cast\n  the word: claim = armed(Kit)\n", "claims and questions"),
    ],
)  # fmt: skip
def test_what_the_rules_do_not_have_is_a_mistake(more: str, what: str) -> None:
    _, problems = made(more)
    assert {each.blanks["what"] for each in problems if each.code == "not-in-sabre"} == {what}


def test_only_sabre_is_known() -> None:
    file, found = parse(Source(Path("s.story"), "story s\nrules of Chess\nscene t\n"))
    assert [each.code for each in found] == ["unknown-rules"]
    assert not file.rules


def test_what_is_not_said_is_unknown_and_unknowns_are_equal() -> None:
    assert evaluated("unknown where(Kit)") is True
    assert evaluated("known where(Kit)") is False
    assert evaluated("where(Kit) = where(Ann)") is True
    assert evaluated("where(Kit) = the inn") is False
    assert evaluated("paid(Kit) = 0 and not armed(Kit)") is True


def test_beliefs_of_the_own_beliefs_are_beliefs_like_others() -> None:
    start = "start\n  Kit believes Kit believes armed(Ann)\n"
    assert evaluated("Kit believes armed(Ann)", start) is False
    assert evaluated("Kit believes Kit believes armed(Ann)", start) is True


def utility(more: str, who: str | None) -> float | None:
    of = world(more)
    engine = Engine(json.dumps(of.problem))
    person = None if who is None else of.tables.atom_named[who].id
    return engine.utility(engine.start(), person)


def test_wants_add_up_to_one_number() -> None:
    wants = """wants
  Kit: armed(Kit); paid(Kit) x2 while armed(Kit)
  Kit suffers until armed(Ann) x3
  each p: person: p wants where(p) = the inn x5
  author: armed(Kit) x7
start
  armed(Kit)
  paid(Kit) = 4
  where(Ann) = the inn
"""
    assert utility(wants, "kit") == 1 + 8 - 3
    assert utility(wants, "ann") == 5
    assert utility(wants, None) == 7


def test_a_number_that_is_unknown_makes_the_whole_unknown() -> None:
    assert (
        utility("wants\n  Kit: paid(Kit); armed(Kit)\nstart\n  paid(Kit) = unknown\n", "kit")
        is None
    )


def test_somebody_may_be_called_author() -> None:
    more = "cast\n  Author: person\nwants\n  Author: armed(Author) x2\nstart\n  armed(Author)\n"
    assert utility(more, "author") == 2
    assert utility(more, None) == 0

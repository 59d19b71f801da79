"""Sentences to events and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intrigue.diagnostics.diagnostic import Source
from intrigue.language.expressions import parse_expression
from intrigue.world.conditions import resolve
from intrigue.world.model import World
from intrigue.world.sentences import match, tell

from .texts import world

RULES = """story Sayings
kinds
  cop, gangster: person
  gun: thing
facts
  where(person): place            "{person} is at {value}"
  holder(thing): person or place
  blinded_by(p: person): person   "{value} blinded {p}"
  loves(p: person, q: person)     "{p} loves {q}"
  debt(p: person): number         "{p} owes {value} dollars"
  mood(p: person): place
action shoot(shooter: person, victim: person, gun: gun)
  "{shooter} shoots {victim}"
  "{shooter} shoots {victim} with {gun}"
  will shooter
  or else miss
    "{shooter} shoots at {victim} and misses"
action arrest(cop: cop, gangster: gangster)
  "{cop} arrests {gangster}"
  will cop
action free(gangster: gangster, cop: cop)
  "{gangster} arrests {cop}"
  will gangster
action say(a: person, b: person, c: claim)
  "{a} tells {b} that {c}"
  makes a tells b c
  will a
action ask(a: person, b: person, q: question)
  "{a} asks {b} {q}"
  "{a} asks {b} whether {q}"
  makes a learns q from b
  will a, b
action go(p: person, to: place)
  "{p} goes to the {to}"
  "{p}開往{to}"
  makes where(p) = to
  will p
action wait(p: person)
  will p
action meet(p: person, q: person)
  "{p} and {q} meet"
  "{p} is {q}'s guest"
  will p, q
cast
  Ah Jong: gangster, holding the pistol
    aka the assassin, 阿莊
  Ah: person
  Li: cop
  Li Ying: gangster
  the twins: cop, group of 2
  the church, the church hall, 教堂: place
  the pistol: gun
  the pistol case: thing
  the rumour: claim = loves(Ah, Li)
  the riddle: question = mood(Li)
scene One
  Ah tells Li that Ah Jong blinded Ah.
  Ah tells Li Ah Jong loves Li.
  Ah tells Li that not Li loves Ah.
  Ah tells Li (mood(Li) = the church).
  Ah tells Li that nobody blinded Li.
  Ah tells Li that Li owes 30 dollars.
  Ah asks Li (where(Ah Jong)).
  Ah asks Li whether Ah loves Li.
"""

MADE = world(RULES)


def read(text: str) -> set[str]:
    """The readings of a sentence, as calls; `?` for what is left out."""
    return {
        f"{MADE.actions[action].name}({', '.join('?' if a is None else MADE.atoms[a].name for a in args)})"
        for action, args in match(MADE, text)
    }


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Ah Jong shoots Li", "shoot(Ah Jong, Li, ?)"),
        ("Ah Jong shoots Li with the pistol", "shoot(Ah Jong, Li, the pistol)"),
        ("The assassin shoots Li Ying with a pistol", "shoot(Ah Jong, Li Ying, the pistol)"),
        ("ah Jong shoots the twins", "shoot(Ah Jong, the twins, ?)"),
        ("The twins shoot Li", "shoot(the twins, Li, ?)"),
        ("Li shoots at Ah and misses", "shoot or else miss(Li, Ah, ?)"),
        ("Ah Jong goes to the church hall", "go(Ah Jong, the church hall)"),
        ('Ah Jong, goes to "the church"!', "go(Ah Jong, the church)"),
        ("Ah - Jong goes to the church", ""),
        ("阿莊開往教堂", "go(Ah Jong, 教堂)"),
        ("Ah Jong is Li Ying’s guest", "meet(Ah Jong, Li Ying)"),
        ("Wait(Li)", "wait(Li)"),
        ("shoot(Li, Ah, pistol)", "shoot(Li, Ah, the pistol)"),
        ("Ah Jong shoots the church", ""),
        ("Li shoots", ""),
        ("", ""),
    ],
)
def test_a_sentence_tells_an_event(sentence: str, event: str) -> None:
    assert read(sentence) == ({event} if event else set())


def test_kinds_decide_between_patterns() -> None:
    assert read("Li arrests Ah Jong") == {"arrest(Li, Ah Jong)"}
    assert read("Ah Jong arrests Li") == {"free(Ah Jong, Li)"}


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("that Ah Jong blinded Ah", "blinded_by(Ah) = Ah Jong"),
        ("(blinded_by(Ah) = the assassin)", "blinded_by(Ah) = Ah Jong"),
        ("that the assassin loves Li", "loves(Ah Jong, Li)"),
        ("not Li loves Ah", "not loves(Li, Ah)"),
        ("that (not loves(Li, Ah))", "not loves(Li, Ah)"),
        ("the rumour", "loves(Ah, Li)"),
        ("that Ah loves Li", "loves(Ah, Li)"),
        ("that nobody blinded Li", "blinded_by(Li) = nobody"),
        ("that Li owes 30 dollars", "debt(Li) = 30"),
        ("(mood(Li) = the church)", "mood(Li) = the church"),
    ],
)
def test_claims_in_words_and_in_brackets(said: str, claimed: str) -> None:
    ((action, args),) = match(MADE, f"Ah tells Li {said}")
    assert MADE.actions[action].name == "say"
    assert args[2] is not None
    fact, arguments, value = MADE.claims[args[2]]
    assert meaning(claimed) in (
        {"eq": [_fact(fact, arguments), {"const": value}]},
        _fact(fact, arguments) if value == {"bool": True} else None,
        {"not": _fact(fact, arguments)} if value == {"bool": False} else None,
    )


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("(where(Ah Jong))", "where(Ah Jong)"),
        ("Ah Jong is at ?", "where(Ah Jong)"),
        ("whether Ah loves Li", "loves(Ah, Li)"),
        ("the riddle", "mood(Li)"),
        ("? blinded Ah", "blinded_by(Ah)"),
    ],
)
def test_questions(asked: str, about: str) -> None:
    ((action, args),) = match(MADE, f"Ah asks Li {asked}")
    assert MADE.actions[action].name == "ask"
    assert args[2] is not None
    fact, arguments, value = MADE.claims[args[2]]
    assert value is None
    assert meaning(about) == _fact(fact, arguments)


def test_a_claim_that_nobody_in_the_story_tells_is_not_understood() -> None:
    assert read("Ah tells Li that Li loves Ah Jong") == set()


def test_claims_count_once() -> None:
    contents = [repr(content) for content in MADE.claims.values()]
    assert len(contents) == len(set(contents))


def test_what_is_claimed_can_be_asked() -> None:
    asked = [content[:2] for content in MADE.claims.values() if content[2] is None]
    assert all(content[:2] in asked for content in MADE.claims.values())


def meaning(text: str) -> Any:
    """A condition of the test's world at the border."""
    from pathlib import Path

    expression, mistakes = parse_expression(Source(Path("test"), text))
    assert expression is not None, mistakes
    expr, problems = resolve(MADE, expression)
    if problems:  # not a condition: a question
        from intrigue.world.conditions import resolve_value

        expr, _, problems = resolve_value(MADE, expression)
    assert problems == []
    return expr


def _fact(fact: int, args: tuple[int, ...]) -> dict[str, Any]:
    return {"fact": [fact, [{"const": {"atom": a}} for a in args]]}


@st.composite
def events(draw: st.DrawFn, made: World = MADE) -> tuple[int, tuple[int, ...]]:
    """An event of the test's world."""
    action = draw(st.sampled_from(made.actions))
    args = [
        draw(st.sampled_from(made.kinds[parameter.kind].members)) for parameter in action.params
    ]
    return action.id, tuple(args)


def test_many_take_the_verb_in_the_plural() -> None:
    twins, li = (MADE.tables.atom_named[name].id for name in ("twins", "li"))
    actions = {action.name: action.id for action in MADE.actions}
    assert (
        tell(MADE, actions["shoot or else miss"], (twins, li, None))
        == "The twins shoot at Li and miss"
    )
    assert tell(MADE, actions["meet"], (twins, li)) == "The twins and Li meet"
    assert tell(MADE, actions["go"], (twins, MADE.tables.atom_named["church"].id)) == (
        "The twins go to the church"
    )


@given(events())
@settings(max_examples=300, deadline=None)
def test_what_is_told_is_understood(event: tuple[int, tuple[int, ...]]) -> None:
    action, args = event
    sentence = tell(MADE, action, args)
    assert sentence[0] == sentence[0].upper()
    told = set().union(
        *(
            {p for p in phrase.parts if isinstance(p, int)}
            for phrase in MADE.actions[action].patterns
        )
    ) or set(range(len(args)))
    expected = tuple(arg if i in told else None for i, arg in enumerate(args))
    assert (action, expected) in [tuple(reading) for reading in match(MADE, sentence)]
    assert sentence.count("the the") == 0


@given(st.text(max_size=60) | st.lists(st.sampled_from(RULES.split()), max_size=12).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_has_readings_or_a_reason(text: str) -> None:
    from pathlib import Path

    from intrigue.diagnostics.diagnostic import Span
    from intrigue.language import tree
    from intrigue.world.sentences import unknown_sentence

    if not match(MADE, text):
        source = Source(Path("test"), text)
        sentence = tree.SentenceText(text, Span(source, 0, len(text)))
        assert unknown_sentence(MADE, sentence).code == "unknown-sentence"

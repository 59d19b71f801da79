"""What is lowered means what the language says: small stories, run by the engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from intrigue.diagnostics.diagnostic import Source
from intrigue.language.expressions import parse_expression
from intrigue.world.conditions import resolve
from intrigue.world.sentences import match

from .texts import world

if TYPE_CHECKING:
    from intrigue._engine import Value

engine = pytest.importorskip("intrigue._engine")

RULES = """story Gossip
kinds
  health = dead < wounded < fit
facts
  where(person): place          visible to anyone at where(person)
  health(person): health = fit
  loves(p: person, q: person)   "{p} loves {q}"
  killer(person): person        "{value} killed {person}"
  money(person): number
define
  able(p: person) = health(p) > dead and not broke(p)
  broke(p: person) = money(p) < 0
  pals(p: person, q: person) = any r: person where loves(r, p) and loves(r, q)
action say(a: person, b: person, c: claim)
  "{a} tells {b} that {c}"
  makes a tells b c
  will a
action own_up(a: person, b: person, c: claim)
  "{a} owns up to {b} that {c}"
  needs c
  makes a and b share c
  will a
action ask(a: person, b: person, q: question)
  "{a} asks {b} {q}"
  needs b knows q
  makes a learns q from b
  will a, b
action hurt(a: person, b: person)
  "{a} hurts {b}"
  makes health(b) = previous(health(b))
    if health(b) = wounded: killer(b) = a
    else: every p: person where loves(p, b): money(p) = money(p) - 1
  will a
  seen by anyone at where(b) who they != b, b
  heard by Eve: health(b) = dead
action forget(a: person)
  "{a} forgets Ann"
  makes a forgets where(Ann), a believes Ann believes money(a) = 3
  reaction
cast
  Ann: person, at the mill, money = 2
  Ben: person, at the mill
  Cas: person, at the bridge
  Eve: person, at the bridge
  the mill, the bridge: place
start
  secret killer(Cas) = Ben known to Ben
  loves(Ann, Ben)
  loves(Ann, Cas)
scene One
  Ben owns up to Ann that Ben killed Cas.
  Ann asks Ben ? killed Cas.
  Ann tells Eve that not Ann loves Ben.
  Ben tells Ann that nobody killed Cas.
"""


@pytest.fixture(name="play")
def _play() -> Play:
    return Play()


class Play:
    """The story above, told sentence by sentence."""

    def __init__(self) -> None:
        self.world = world(RULES)
        self.engine = engine.Engine(json.dumps(self.world.problem))
        self.state = self.engine.start()

    def tell(self, sentence: str) -> None:
        """Tells an event, which must be possible."""
        ((action, args),) = match(self.world, sentence)
        event = self.engine.event(action, args)
        assert self.engine.possible(self.state, event), sentence
        self.state = self.engine.after(self.state, event)

    def possible(self, sentence: str) -> bool:
        ((action, args),) = match(self.world, sentence)
        return bool(self.engine.possible(self.state, self.engine.event(action, args)))

    def ask(self, text: str) -> Value | None:
        """The value of a condition now; None if it is open."""
        expression, _ = parse_expression(Source(Path("test"), text))
        assert expression is not None
        expr, problems = resolve(self.world, expression)
        assert problems == []
        found: Value | None = self.engine.evaluate(self.state, json.dumps(expr), [])
        return found


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ("able(Ann) and not broke(Ann)", True),
        ("pals(Ben, Cas)", True),
        ("pals(Ann, Cas)", False),
        ("every p: person where p is a person: health(p) = fit", True),
        ("count(p: person where where(p) = the mill) = 2", True),
        ("sum(p: person where where(p) = the mill: money(p) + 1) = 4", True),
        ("Ann knows where(Ben) and Ann knows where(Ben) = the mill", True),
        ("Ann knows killer(Cas)", False),
        ("Ben knows killer(Cas), Ann does not know killer(Cas)", True),
        ("Ann knows Ben knows where(Ann)", True),
        ("Ann believes unknown killer(Cas)", True),
        ("Ann believes killer(Cas) = Ben", None),
        ("maybe (Ann believes killer(Cas) = Ben)", True),
        ("killer(Ann) = nobody", True),
        ("if money(Ann) > 1 then loves(Ann, Ben) else no", True),
        ("health(Ann) in (dead, fit), health(Ann) not in (dead, wounded)", True),
        ("next(health(Ann)) = fit and previous(fit) = wounded", True),
        ("-money(Ann) * 2 / 4 = 0 - 1", True),
    ],
)
def test_conditions(play: Play, condition: str, value: Value | None) -> None:
    assert play.ask(condition) == value


def test_who_owns_up_must_speak_the_truth_and_both_know_it(play: Play) -> None:
    play.tell("Ben owns up to Ann that Ben killed Cas")
    assert play.ask("Ann knows killer(Cas) = Ben, Ben knows Ann knows killer(Cas) = Ben") is True
    assert play.ask("Cas knows killer(Cas)") is False
    assert not play.possible("Ben owns up to Ann that nobody killed Cas")


def test_a_lie_is_believed_by_the_hearer_alone(play: Play) -> None:
    play.tell("Ben tells Ann that nobody killed Cas")
    assert play.ask("Ann believes killer(Cas) = nobody, Ben believes killer(Cas) = Ben") is True
    play.tell("Ann tells Eve that not Ann loves Ben")
    assert play.ask("not Eve believes loves(Ann, Ben)") is True
    assert play.ask("Ann believes loves(Ann, Ben)") is True


def test_a_question_is_answered_with_what_the_other_believes(play: Play) -> None:
    assert not play.possible("Ben asks Ann ? killed Cas")
    play.tell("Ann asks Ben ? killed Cas")
    assert play.ask("Ann knows killer(Cas), Ben knows Ann knows killer(Cas)") is True


def test_effects_read_the_state_before(play: Play) -> None:
    play.tell("Ben hurts Cas")
    assert play.ask("health(Cas) = wounded, money(Ann) = 1, killer(Cas) = Ben") is True
    assert play.ask("Eve believes health(Cas) = wounded, Cas knows health(Cas) = wounded") is True
    assert play.ask("Ann believes health(Cas) = fit") is True
    play.tell("Ben hurts Cas")
    assert play.ask("health(Cas) = dead, money(Ann) = 1") is True


def test_who_hears_takes_from_it_what_is_said_there(play: Play) -> None:
    play.tell("Cas hurts Ann")
    assert play.ask("health(Ann) = wounded, Eve believes health(Ann) = dead") is True
    assert play.ask("Ben believes health(Ann) = wounded, Cas believes health(Ann) = fit") is True


def test_minds_can_be_changed(play: Play) -> None:
    play.tell("Cas forgets Ann")
    assert play.ask("unknown where(Ann)") is False
    assert play.ask("Cas believes unknown where(Ann)") is True
    assert play.ask("Cas believes Ann believes money(Cas) = 3, Cas believes money(Cas) = 0") is True

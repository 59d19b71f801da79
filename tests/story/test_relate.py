"""Two persons over time, on the story of a stolen portrait."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue
from intrigue.story.relate import Item

PORTRAIT = Path(__file__).parent / "cases" / "two_orders.story"


def test_what_an_event_changes_between_two() -> None:
    found = intrigue.load(PORTRAIT).relate("Ada", "ben")
    assert found.persons == ("Ada", "Ben")
    assert [turn.number for turn in found.turns] == [0, 1, 2, 3]
    blames = found.turns[2]
    assert Item("belief", "Ben", "blames(Ada) is nobody") in blames.new
    learns = found.turns[3]
    assert Item("between", "", "blames(Ada) is Ben") in learns.new
    assert Item("of the other", "Ada", "Ben: blames(Ada) is nobody") in learns.new
    assert found.end == tuple(item for item in found.end if item not in learns.gone)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "Bem"), ("Ada", "Ada"), ("the portrait", "Ada")]
)
def test_only_two_persons_can_be_related(one: str, other: str) -> None:
    with pytest.raises(intrigue.StoryError):
        intrigue.load(PORTRAIT).relate(one, other)


def test_the_dead_take_nothing_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "dead.story"
    path.write_text(
        "story Dead\nfacts\n  where(person): place  visible to anyone at where(person)\n  dead(person)\n"
        'action go(p: person, to: place)\n  "{p} goes to {to}"\n  makes where(p) = to\n  will p\n'
        '  seen by anyone at where(p)\naction die(p: person)\n  "{p} dies"\n  makes dead(p)\n  fate\n'
        "  seen by anyone\ncast\n  Ann, Bo: person, at the inn\n  the inn, the pier: place\n"
        "scene One\n  Ann goes to the pier.\n  Bo dies.\n  Ann goes to the inn.\n"
    )
    turns = intrigue.load(path).relate("Ann", "Bo").turns
    assert not [item for turn in turns[2:] for item in turn.new if item.who == "Bo"]
    assert not [item for turn in turns[2:] for item in turn.gone if item.who == "Bo"]


def test_what_is_taken_not_to_be_so_is_said_as_in_english(tmp_path: Path) -> None:
    path = tmp_path / "trust.story"
    path.write_text(
        'story Trust\nfacts\n  trusts(p: person, q: person)  "{p} trusts {q}"\n'
        "cast\n  Pilar, Tomas: person\nstart\n"
        "  secret trusts(Pilar, Tomas) known to Pilar; others believe no\n"
    )
    assert str(intrigue.load(path).relate("Pilar", "Tomas")).splitlines()[2:] == [
        "      + Pilar trusts Tomas",
        "      + Pilar takes it that for Tomas: Pilar does not trust Tomas",
        "      + Tomas takes it that Pilar does not trust Tomas",
    ]


NAMED = """story Named
facts
  rich(p: person)  "{p} is rich"
  sees(p: person)  "{p} sees"
  vow(p: person, q: person, c: claim)  promise  "{p} has sworn to {q} that {c}"
action swear(a: person, b: person, c: claim)
  "{a} swears to {b} that {c}"
  makes vow(a, b, c)
  fate
cast
  Dov: person
  Clea: person, she
  the fortune of Clea: claim = rich(Clea)
  she cannot see: claim = not sees(Clea)
scene One
  Dov swears to Clea that Clea is rich.
  Dov swears to Clea that she cannot see.
"""


def test_what_a_named_claim_says_is_told_behind_that(tmp_path: Path) -> None:
    """Nobody swears that the fortune; a name that is a clause itself is told as it stands."""
    path = tmp_path / "named.story"
    path.write_text(NAMED)
    story = intrigue.load(path)
    run = story.run()
    assert [run.sentence(step.event) for step in run.steps] == [
        "Dov swears to Clea that Clea is rich",
        "Dov swears to Clea that she cannot see",
    ]
    promised = [item.says for item in story.relate("Dov", "Clea").end]
    assert promised == [
        "Dov has sworn to Clea that Clea is rich",
        "Dov has sworn to Clea that she cannot see",
    ]


def test_a_claim_without_a_name_is_related_in_words_too(tmp_path: Path) -> None:
    path = tmp_path / "unnamed.story"
    path.write_text(NAMED.replace("  the fortune of Clea: claim = rich(Clea)\n", ""))
    promised = [item.says for item in intrigue.load(path).relate("Dov", "Clea").end]
    assert "Dov has sworn to Clea that Clea is rich" in promised


def test_several_take_and_want() -> None:
    killer = Path(__file__).parents[2] / "stories" / "the_killer.story"
    told = str(intrigue.load(killer).relate("the thugs", "Ah Jong"))
    assert "the thugs take it that" in told
    assert "the thugs suffer until attacker(the thugs) = nobody" in told
    assert "thugs takes" not in told

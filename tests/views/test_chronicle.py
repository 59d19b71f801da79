"""What pictures and exports are made of: a told story as plain data."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import intrigue
from intrigue.views import chronicle as module
from intrigue.views.chronicle import Chronicle, Link, Spell, Take, chronicle
from intrigue.views.matters import histories

LETTER = Path(__file__).parent.parent / "story" / "cases" / "the_letter.story"


@pytest.fixture(scope="module")
def letter() -> Chronicle:
    """Kit goes to the house, steals Wah's letter and reads it; Wah kills him."""
    return chronicle(intrigue.load(LETTER).run())


def test_it_has_the_published_form(letter: Chronicle) -> None:
    schema = json.loads(Path(module.__file__).with_name("chronicle.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json.dumps(letter.to_dict())), schema)


def test_events_and_scenes(letter: Chronicle) -> None:
    assert [(scene.title, scene.events) for scene in letter.scenes] == [
        ("Dawn", (1, 2, 3)),
        ("Noon", (4,)),
    ]
    stealing = letter.events[1]
    assert stealing.sentence == "Kit steals the letter"
    assert stealing.place == "the house"
    assert [reason.plan for reason in stealing.reasons] == [
        ("Kit steals the letter", "Kit reads the letter")
    ]
    assert [change.fact for change in stealing.changes] == [
        "holder(the letter)",
        "thief(the letter)",
    ]
    assert [witness.person for witness in stealing.witnesses] == ["Kit"]


def test_where_they_are(letter: Chronicle) -> None:
    assert dict(letter.whereabouts) == {
        "Kit": (Spell(0, "the inn"), Spell(1, "the house")),
        "Wah": (Spell(0, "the house"),),
    }


def test_who_takes_what_for_true_since_when(letter: Chronicle) -> None:
    (thief,) = (matter for matter in letter.matters if matter.label == "thief(the letter)")
    assert thief.theme  # the story expects something of it
    assert thief.truth == (Spell(0, "nobody"), Spell(2, "Kit"))
    (wah,) = (take for take in thief.takes if take.chain == ("Wah",))
    assert wah.spells == (Spell(0, "nobody", "knows"), Spell(2, "nobody", "wrong"))


def test_the_dead_believe_nothing(letter: Chronicle) -> None:
    """Wah kills Kit in the fourth event."""
    assert {person.name: person.died for person in letter.persons} == {"Kit": 4, "Wah": None}
    takes = [take for matter in letter.matters for take in matter.takes if "Kit" in take.chain]
    assert takes and all(take.spells[-1] == Spell(4, "", "dead") for take in takes)


def test_who_dies_shares_the_history_of_those_who_live_on() -> None:
    """Of the dead it is not said that they learnt what came later, as long as there is somebody who did not."""
    knows, wrong = Spell(0, "a", "knows"), Spell(2, "a", "wrong")
    learns = Take(("Ada",), (knows, wrong, Spell(5, "b", "knows")))
    never = Take(("Ben",), (knows, wrong))
    early = Take(("Cora",), (knows, wrong, Spell(3, "", "dead")))
    late = Take(("Dan",), (knows, wrong, Spell(5, "b", "knows"), Spell(7, "", "dead")))
    assert histories([early, learns, never, late]) == [[never, early], [learns, late]]


def test_what_hangs_on_what(letter: Chronicle) -> None:
    assert Link("enables", 1, 2, ("where(Kit)",)) in letter.links
    assert Link("enables", 2, 3, ("holder(the letter)",)) in letter.links
    assert Link("enables", 1, 4, ("where(Kit)",)) in letter.links


def test_what_everybody_wants(letter: Chronicle) -> None:
    (reading,) = (aim for aim in letter.aims if aim.person == "Kit")
    assert reading.amounts == ((0, 0.0), (3, 2.0))


def test_a_plan_says_what_it_takes_to_be_so(letter: Chronicle) -> None:
    (going,) = letter.events[0].reasons
    assert ("holder(the letter) is Wah", None) in going.beliefs


def test_an_ending_says_since_when_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "letter.story"
    endings = "ending Kept: holder(the letter) = Wah\nending Flown: where(Kit) = the inn\n"
    path.write_text(LETTER.read_text() + "\n" + endings)
    kept, flown = chronicle(intrigue.load(path).run()).endings
    assert (kept.holds, kept.lost) == (((0, True), (2, False)), None)  # Wah may take it back
    assert (flown.holds, flown.lost) == (((0, True), (1, False)), 4)  # Kit is dead

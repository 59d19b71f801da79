"""Pictures: what is on them, and that their lines are well laid."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

import intrigue
from intrigue.views.chronicle import Chronicle, chronicle
from intrigue.views.draw import page, picture
from intrigue.views.draw.layout import lay_out, naive, stays_of
from intrigue.views.draw.tension import doomed_plans, irony, open_wants
from intrigue.views.draw.why import loose_ends
from intrigue.views.pictures import PICTURES

LETTER = Path(__file__).parent.parent / "story" / "cases" / "the_letter.story"
FILM = Path(__file__).parent.parent.parent / "stories" / "the_killer.story"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def letter() -> Chronicle:
    return chronicle(intrigue.load(LETTER).run())


@pytest.fixture(scope="module")
def film() -> Chronicle:
    return chronicle(intrigue.load(FILM).run())


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_an_svg_file(letter: Chronicle, name: str) -> None:
    root = ElementTree.fromstring(picture(letter, name))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"


def test_the_storyline_tells_every_event(letter: Chronicle) -> None:
    root = ElementTree.fromstring(picture(letter, "storyline"))
    events = [g for g in root.iter(f"{SVG}g") if (g.get("class") or "").startswith("event")]
    assert [event.get("aria-label") for event in events] == [
        "1. Kit goes to the house. Kit means to go on: Kit steals the letter; Kit reads the letter.",
        "2. Kit steals the letter. Kit means to go on: Kit reads the letter.",
        "3. Kit reads the letter.",
        "4. Wah kills Kit. Wah: no motive was found.",
    ]


def test_a_line_ends_with_death(letter: Chronicle) -> None:
    kit, wah = stays_of(letter)
    assert [(stay.place, stay.first, stay.last) for stay in kit] == [
        ("the inn", 0, 0),
        ("the house", 1, 4),
    ]
    assert [(stay.place, stay.first, stay.last) for stay in wah] == [("the house", 0, 4)]


def test_nobody_shares_a_lane_and_few_lines_cross(film: Chronicle) -> None:
    layout = lay_out(film)
    for moment in range(layout.moments):
        there = [
            layout.lane(stay)
            for line in layout.stays
            for stay in line
            if stay.first <= moment <= stay.last
        ]
        assert len(there) == len(set(there))
    plain = naive(film)
    assert layout.crossings() < plain.crossings() / 2
    assert layout.bends() < plain.bends()


def test_what_could_be_cut(letter: Chronicle) -> None:
    assert loose_ends(letter) == [3]  # nothing hangs on the reading of the letter


def test_measures(letter: Chronicle) -> None:
    assert open_wants(letter, "Kit") == [2, 2, 2, 0, 0]
    assert doomed_plans(letter) == [0, 0, 0, 0, 0]  # Kit does what he planned
    assert irony(letter) == [0, 0, 1, 1, 1]  # Wah does not know the thief


def test_the_page_is_one_file(letter: Chronicle) -> None:
    made = page(letter)
    assert "http://" not in made.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in made
    assert "src=" not in made


def test_the_page_of_a_film_is_small(film: Chronicle) -> None:
    assert len(page(film).encode()) < 1_500_000

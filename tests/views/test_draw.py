"""Pictures: what is on them, and that their lines are well laid."""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
import resvg_py
from benchmarks.storyline import bends
from click.testing import CliRunner

import intrigue
from intrigue.cli import cli
from intrigue.views.chronicle import Chronicle, Ending, chronicle
from intrigue.views.draw import page, to_png, why
from intrigue.views.draw.audience import surprises
from intrigue.views.draw.layout import lay_out, naive, stays_of
from intrigue.views.draw.relations import unknown
from intrigue.views.draw.tension import doomed_plans, irony, open_wants, openness
from intrigue.views.draw.why import loose_ends
from intrigue.views.pictures import PICTURES
from intrigue.views.tell import beats

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
    root = ElementTree.fromstring(PICTURES[name].make(letter))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") in ("img", "list")
    assert root.get("aria-label")


def test_a_png_is_drawn_with_its_text(letter: Chronicle) -> None:
    svg = PICTURES["tension"].make(letter)
    mute = re.sub("<text.*?</text>", "", svg)
    drawn = to_png(svg)
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert drawn != to_png(mute)


def test_without_a_font_no_png_is_drawn(
    letter: Chronicle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fontless = partial(resvg_py.svg_to_bytes, skip_system_fonts=True)
    monkeypatch.setattr(resvg_py, "svg_to_bytes", fontless)
    out = tmp_path / "lines.png"
    ran = CliRunner().invoke(cli, ["draw", str(LETTER), "--only", "storyline", "--out", str(out)])
    assert ran.exit_code != 0
    assert "no font was found" in ran.output
    assert not out.exists()


def test_what_hangs_on_what_has_a_key(letter: Chronicle) -> None:
    for says in ("makes it possible", "is why somebody wants it"):
        assert f">{says}<" in PICTURES["why"].make(letter)
        assert f">{says}<" not in why.bare(letter)


def test_the_storyline_tells_every_event(letter: Chronicle) -> None:
    root = ElementTree.fromstring(PICTURES["storyline"].make(letter))
    events = [g for g in root.iter(f"{SVG}g") if (g.get("class") or "").startswith("event")]
    assert [event.findtext(f"{SVG}title") for event in events] == [
        "1. Kit goes to the house. Kit means to go on: Kit steals the letter; Kit reads the letter.",
        "2. Kit steals the letter. Kit means to go on: Kit reads the letter.",
        "3. Kit reads the letter.",
        "4. Wah kills Kit. Wah: no motive was found.",
    ]


def test_to_whom_a_tie_is_not_known(film: Chronicle) -> None:
    """Who blinded Jennie: of those who live after event 48, four know."""
    (tie,) = (tie for tie in film.ties if tie.says == "Ah Jong blinded Jennie")
    (_, unaware) = [each for each in unknown(film, tie) if each[0] <= 48][-1]
    living = {p.name for p in film.persons if p.died is None or p.died > 48}
    knowing = living - {film.persons[number].name for number in unaware}
    assert knowing == {"Ah Jong", "Jennie", "Li", "the thugs"}


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
    assert bends(layout) < bends(plain)


def test_what_could_be_cut(letter: Chronicle) -> None:
    assert loose_ends(letter) == [3]  # nothing hangs on the reading of the letter


def test_measures(letter: Chronicle) -> None:
    assert open_wants(letter, "Kit") == [2, 2, 2, 0, 0]
    assert doomed_plans(letter) == [0, 0, 0, 0, 0]  # Kit does what he planned
    assert irony(letter) == [0, 0, 1, 1, 1]  # Wah does not know the thief


def test_to_the_dead_nothing_is_open() -> None:
    """Wah is robbed of what he wants to keep, and killed."""
    text = LETTER.read_text().replace("wants\n", "wants\n  Wah: holder(the letter) = Wah x2\n")
    story = intrigue.loads(
        text.replace("  Wah kills Kit.", "  Kit kills Wah.\n  Kit goes to the inn.")
    )
    told = chronicle(story.run())
    assert open_wants(told, "Wah") == [0, 0, 2, 2, 0, 0]
    assert "Wah (-2)" in beats(told)
    assert "better for Wah" not in beats(told)


def test_the_audience_in_the_order_of_the_telling() -> None:
    """Ada blames Cora, and only Ben knows why not; then a flashback tells that it was Ben."""
    told = chronicle(intrigue.load(LETTER.parent / "two_orders.story").run())
    counted = [(each.irony, each.mystery, len(each.surprises)) for each in told.watched]
    assert counted == [(0, 0, 0), (1, 2, 0), (2, 0, 2), (1, 0, 0)]
    assert surprises(told) == [
        (
            "Ben steals the portrait",
            (
                "holder(the portrait) is Ben, taken to be Ada",
                "thief(the portrait) is Ben, taken to be nobody",
            ),
        )
    ]
    root = ElementTree.fromstring(PICTURES["audience"].make(told))
    said = [title.text for title in root.iter(f"{SVG}title")]
    assert "mystery: from 0 to 0, at most 2" in said


SECRET = """story The secret
facts
  dead(person)
  thief(thing): person
action die(p: person)
  "{p} dies"
  makes dead(p)
  fate
action sing(p: person)
  "{p} sings"
  fate
cast
  Ada, Cid: person
  the ring: thing
start
  secret thief(the ring) = Cid known to Cid
scene One
  Ada sings.
"""


def test_no_secret_of_the_dead_is_a_mystery(tmp_path: Path) -> None:
    """Whether Cid dies or is dead from the start: nobody is left who knows it."""
    path = tmp_path / "secret.story"
    path.write_text(SECRET.replace("  Ada sings.\n", "  Cid dies.\n  Ada sings.\n"))
    dies = chronicle(intrigue.load(path).run())
    assert [each.mystery for each in dies.watched] == [1, 0, 0]
    path.write_text(SECRET.replace("start\n", "start\n  dead(Cid)\n"))
    dead = chronicle(intrigue.load(path).run())
    assert [each.mystery for each in dead.watched] == [0, 0]


def test_an_ending_is_open_until_it_holds_or_is_lost(letter: Chronicle) -> None:
    told = replace(
        letter,
        endings=(Ending("Read", ((0, False), (3, True)), None), Ending("Gone", ((0, False),), 2)),
    )
    read, gone = (openness(ending, told.moments) for ending in told.endings)
    assert read == ["open", "open", "open", "holds", "holds"]
    assert gone == ["open", "open", "lost", "lost", "lost"]
    root = ElementTree.fromstring(PICTURES["tension"].make(told))
    said = [title.text for title in root.iter(f"{SVG}title")]
    assert "lost (proved), since event 2" in said


def test_what_is_folded_away_is_packed_into_the_page(film: Chronicle) -> None:
    made = page(film)
    packed = made.split('<script type="text/plain" id="told">')[1].split("<")[0]
    data = json.loads(gzip.decompress(base64.b64decode(packed)))
    assert len(data["folded"]) == made.count("data-folded=")
    assert all(svg.startswith("<svg") for svg in data["folded"])
    assert [event["number"] for event in data["events"]] == [event.number for event in film.events]


def test_the_page_is_one_file(letter: Chronicle) -> None:
    made = page(letter)
    assert "http://" not in made.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in made
    assert "src=" not in made


def test_the_page_of_a_film_is_small(film: Chronicle) -> None:
    assert len(page(film).encode()) < 1_500_000

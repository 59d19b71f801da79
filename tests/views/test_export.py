"""A told story in the forms of other tools, read back as those tools read it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

import intrigue
from intrigue.cli import cli
from intrigue.views.chronicle import Chronicle, chronicle
from intrigue.views.export import FORMS
from intrigue.views.export.branches import branches
from intrigue.views.export.interactive import Branch, ink, twee
from intrigue.views.extras import MissingExtra

LETTER = Path(__file__).parent.parent / "story" / "cases" / "the_letter.story"


@pytest.fixture(scope="module")
def letter() -> Chronicle:
    return chronicle(intrigue.load(LETTER).run())


def text(letter: Chronicle, form: str) -> str:
    return FORMS[form].make(letter).decode()


def test_events_as_a_table(letter: Chronicle) -> None:
    rows = list(csv.DictReader(io.StringIO(text(letter, "events-csv"))))
    assert [row["sentence"] for row in rows] == [
        "Kit goes to the house",
        "Kit steals the letter",
        "Kit reads the letter",
        "Wah kills Kit",
    ]
    assert rows[1]["changes"] == "holder(the letter) = Kit; thief(the letter) = Kit"


def test_beliefs_as_a_table(letter: Chronicle) -> None:
    rows = csv.DictReader(io.StringIO(text(letter, "beliefs-csv")))
    wah = [row for row in rows if row["fact"] == "thief(the letter)" and row["mind"] == "Wah"]
    assert [(row["since"], row["until"], row["value"], row["state"]) for row in wah] == [
        ("0", "2", "nobody", "knows"),
        ("2", "", "nobody", "wrong"),
    ]


def test_a_flowchart(letter: Chronicle) -> None:
    assert text(letter, "mermaid").splitlines()[:8] == [
        "flowchart TD",
        '  subgraph s1["Dawn"]',
        '    e1["1. Kit goes to the house"]',
        '    e2["2. Kit steals the letter"]',
        '    e3["3. Kit reads the letter"]',
        "  end",
        '  subgraph s2["Noon"]',
        '    e4["4. Wah kills Kit"]',
    ]


def test_graphs_have_a_node_an_event_and_an_edge_a_link(letter: Chronicle) -> None:
    graph = ElementTree.fromstring(text(letter, "graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(list(graph.iter(f"{space}node"))) == len(letter.events)
    assert len(list(graph.iter(f"{space}edge"))) == len(letter.links)
    assert text(letter, "dot").count(" -> ") == len(letter.links)


def test_parquet_needs_an_extra(letter: Chronicle) -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        with pytest.raises(MissingExtra):
            FORMS["events-parquet"].make(letter)
    else:
        assert FORMS["events-parquet"].make(letter)[:4] == b"PAR1"


def test_the_verb(tmp_path: Path) -> None:
    out = tmp_path / "letter.json"
    run = CliRunner().invoke
    assert run(cli, ["export", str(LETTER), "--to", "json", "--out", str(out)]).exit_code == 0
    assert json.loads(out.read_text())["title"] == "The Letter"
    assert json.loads(run(cli, ["export", "--schema"]).output)["title"].startswith("Intrigue")
    nowhere = tmp_path / "no" / "folder.json"
    assert run(cli, ["export", str(LETTER), "--to", "json", "--out", str(nowhere)]).exit_code != 0


BULLET = """story Bullet
kinds
  health = fit < dead
facts
  health(person): health
action shoot(p: person, q: person)
  "{p} shoots {q}"
  needs health(p) = fit, health(q) = fit, p != q
  makes health(q) = dead
  will p
  or else miss
    "{p} shoots at {q} and misses"
action thank(p: person, q: person)
  "{p} thanks {q}"
  needs health(p) = fit, health(q) = fit
  will p
wants
  Kit: health(Wah) = dead
  Wah: health(Wah) = fit
cast
  Kit, Wah, Ng: person
scene Noon
  Wah thanks Ng.
  Kit shoots at Wah and misses.
  Wah thanks Kit.
"""


def test_a_reader_may_choose_what_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "bullet.story"
    path.write_text(BULLET)
    story = intrigue.load(path)
    told = chronicle(story.run())
    (branch,) = branches(story, told)
    assert branch.after == 1
    assert branch.told == ("Kit shoots Wah",)
    assert branch.ends == "Then this can no longer happen: Wah thanks Kit."
    assert "[[Kit shoots Wah?->What if: Kit shoots Wah?]]" in twee(told, [branch])
    assert "+ [Kit shoots Wah?] -> s_what_if_kit_shoots_wah" in ink(told, [branch])


TURNS = """story Turns
facts
  side(person): side
  whole()
  sung(person)
kinds
  side = near | far
action cross(p: person)
  "{p} crosses the bridge"
  needs whole(), side(p) = near
  makes side(p) = far
  will p
action burn(p: person)
  "{p} burns the bridge"
  needs whole(), side(p) = near
  makes not whole()
  will p
action sing(p: person)
  "{p} sings"
  needs side(p) = far
  makes sung(p)
  will p
cast
  Ada, Ben, Cy: person
start
  whole()
wants
  Ada: sung(Ada)
  Ben: not whole()
  Cy: side(Cy) = far
endings
  Song: sung(Ada) and whole()
  Ashes: not whole()
scene The bridge
  Ada crosses the bridge.
  expect possible: Ben crosses the bridge
scene The fire
  Ben burns the bridge.
  Ada sings.
"""


def test_a_reader_may_choose_another_ending_and_what_was_not_done(tmp_path: Path) -> None:
    path = tmp_path / "turns.story"
    path.write_text(TURNS)
    story = intrigue.load(path)
    told = chronicle(story.run())
    found = branches(story, told)
    assert [(each.after, each.told, each.ends) for each in found] == [
        (
            0,
            ("Ada does not cross the bridge", "Ben burns the bridge"),
            "Then this can no longer happen: Ada sings.",
        ),
        (
            1,
            ("Ben crosses the bridge",),
            "Then this can no longer happen: Ben burns the bridge.",
        ),
        (1, ("Ada sings",), "So it ends: Song."),
    ]
    made = twee(told, found)
    for each in found:  # each is offered once, also where two ways leave at one moment
        assert made.count(f"[[{each.choice}->") == 1
    assert made.count("//The end.//") == len(found) + 1


def test_what_happens_anyway_is_no_other_way(tmp_path: Path) -> None:
    """The song is sung in the telling, too; only later the bridge burns, so that it ends otherwise."""
    path = tmp_path / "turns.story"
    path.write_text(
        TURNS.replace(
            "  Ben burns the bridge.\n  Ada sings.\n", "  Ada sings.\n  Ben burns the bridge.\n"
        )
    )
    story = intrigue.load(path)
    found = branches(story, chronicle(story.run()))
    assert (1, "Ada sings?") not in [(each.after, each.choice) for each in found]
    assert "So it ends: Song." not in [each.ends for each in found]


def test_signs_that_mean_something_elsewhere_are_only_read() -> None:
    plain = Branch(1, "a [b] -> {c} | <d>?", ("x {y} | z # // <>",), "")
    told = chronicle(intrigue.load(LETTER).run())
    (choice,) = (line for line in ink(told, [plain]).splitlines() if line.startswith("+ [a"))
    assert choice == "+ [a \\[b\\] -\\> \\{c\\} \\| \\<d\\>?] -> s_what_if_a_b_c_d"
    assert ":: What if: a b - c  d? {" in twee(told, [plain])


HUES = """story Hues
facts
  hue(p: person): number = 0
action paint(p: person, q: person)
  "{p} paints {q}"
  makes hue(p) = 1, hue(q) = 2
  fate
  or else spill
    "{p} spills the paint over {q}"
    makes hue(q) = 3
cast
  Ann, Bob: person
scene One
  Ann spills the paint over Ann.
  Bob spills the paint over Ann.
"""


def test_what_cannot_take_place_at_all_is_no_other_way() -> None:
    """Ann cannot be painted in two colours by her own hand; by Bob's in one, as he meant to."""
    story = intrigue.loads(HUES)
    found = branches(story, chronicle(story.run()))
    assert [branch.choice for branch in found] == ["Bob paints Ann?"]

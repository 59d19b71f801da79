"""From a synopsis to a skeleton that loads, counts what is to be told, and is counted down."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intrigue
from intrigue.diagnostics.diagnostic import Source
from intrigue.drafting.draft import draft
from intrigue.drafting.names import find
from intrigue.drafting.sentences import split
from intrigue.language.format import format

WRAPPED = """In the winter of 1911 a ship leaves Bergen under
Captain Halvorsen. His cook, an old man named
Jens, is hiding a stowaway. Dr. Lund knows it.

Near Cape Farewell the ship strikes ice. "Now!" cries
Jens. Halvorsen goes down with
the ship.
"""


def test_a_skeleton(tmp_path: Path) -> None:
    path = tmp_path / "the_winter.txt"
    path.write_text(
        "Captain Halvorsen sails.\nJens, his cook, kills Halvorsen.\n", encoding="utf-8"
    )
    made = draft(path)
    assert [(each.name, each.sentences) for each in made.persons] == [
        ("Halvorsen", [1, 2]),
        ("Jens", [2]),
    ]
    assert made.text == (
        "story The Winter\n"
        "source the_winter.txt\n"
        "\n"
        "# include a world here, for what can be done: `in heroic_bloodshed`\n"
        "\n"
        "cast\n"
        "  Halvorsen: person  # [1, 2]\n"
        "    aka Captain Halvorsen\n"
        "  Jens: person  # [2]\n"
        "\n"
        "scene 1 Captain Halvorsen sails\n"
        "  # [1] Captain Halvorsen sails.\n"
        "  ... to be told  [1]\n"
        "  # [2] Jens, his cook, kills Halvorsen.\n"
        "  ... to be told  [2]\n"
    )


def test_a_title_ends_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "pier.txt"
    path.write_text("Mr. Is meets Dr. J. O'Hara. She dies.\n", encoding="utf-8")
    assert "scene 1 Mr Is meets Dr J O'Hara\n" in draft(path).text


@pytest.mark.parametrize("break_", ["\n\n", "\n"])
def test_a_title_is_that_of_the_story_and_the_end_is_not_told(tmp_path: Path, break_: str) -> None:
    path = tmp_path / "draft_2.txt"
    path.write_text(f"The Widow of Lisbon{break_}Inspector Vaz sails. She dies.\n\nThe end.\n")
    made = draft(path)
    assert made.text.startswith("story The Widow of Lisbon\n")
    assert [s.text for s in made.synopsis.sentences] == ["Inspector Vaz sails.", "She dies."]


def test_with_a_title_the_sentences_are_counted_without_it(tmp_path: Path) -> None:
    path = tmp_path / "ship.txt"
    path.write_text("How it went\n\nCaptain Halvorsen sails.\nThe ship sinks.\n")
    made = draft(path)
    assert (made.title, made.numbered) == (
        "How it went",
        "Captain Halvorsen sails.\nThe ship sinks.\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Captain Halvorsen sails\nThe ship sinks.\n",  # a sentence like the others
        "Kit waits\n\nWah leaves\n",
        "Kit waits.\n\nWah leaves.\n",
        "A Hong Kong assassin, Ah Jong, is on his last\njob. He blinds Jennie.\n",
        "The end.\n",
    ],
)
def test_what_is_no_title(tmp_path: Path, text: str) -> None:
    path = tmp_path / "untold.txt"
    path.write_text(text)
    made = draft(path)
    assert made.title == "Untold"
    assert " ".join(s.text for s in made.synopsis.sentences) == " ".join(text.split())


def test_a_scene_is_called_as_its_first_sentence_begins(tmp_path: Path) -> None:
    """What is cut off does not end with `to`."""
    path = tmp_path / "watch.txt"
    path.write_text("Dr. Wen hires Mrs. Harker to watch Reyes.\n")
    assert "scene 1 Dr Wen hires Mrs Harker\n" in draft(path).text


def test_what_is_to_be_told_is_counted_down(tmp_path: Path) -> None:
    path = tmp_path / "ship.txt"
    path.write_text("Captain Halvorsen sails.\nThe ship sinks.\n", encoding="utf-8")
    story = tmp_path / "ship.story"
    text = draft(path).text
    story.write_text(text, encoding="utf-8")
    loaded = intrigue.load(story)
    assert [d.code for d in loaded.check().diagnostics].count("to-be-told") == 2
    assert len(loaded.trace().missing) == 2
    told = text.replace(
        "  ... to be told  [1]\n", "  Halvorsen sails.  [1]\n  ... to be told [1]\n"
    )
    told += '\naction sail(p: person)\n  "{p} sails"\n  fate\n'
    story.write_text(told, encoding="utf-8")
    left = [d for d in intrigue.load(story).check().diagnostics if d.code == "to-be-told"]
    assert left[0].repair == "delete this line"
    assert len(left) == 2


def test_broken_lines_are_joined_and_paragraphs_make_scenes(tmp_path: Path) -> None:
    found = split(WRAPPED)
    assert [s.text for s in found.sentences][:3] == [
        "In the winter of 1911 a ship leaves Bergen under Captain Halvorsen.",
        "His cook, an old man named Jens, is hiding a stowaway.",
        "Dr. Lund knows it.",
    ]
    assert not found.one_a_line
    path = tmp_path / "ice.txt"
    path.write_text(WRAPPED.replace("\n", "\r\n"), encoding="utf-8", newline="")
    made = draft(path)
    assert [[s.number for s in scene] for scene in made.scenes] == [[1, 2, 3], [4, 5, 6]]
    assert made.numbered is not None
    assert made.numbered.splitlines()[2] == "Dr. Lund knows it."


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\xff\xfe\x00K", b"Kit waits.\x00\x01"])
def test_what_is_no_synopsis_is_said(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(intrigue.StoryError) as error:
        draft(path)
    assert str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError):
        draft(tmp_path / "none.txt")
    with pytest.raises(intrigue.StoryError):
        draft(tmp_path)


@given(st.text(max_size=300))
def test_any_text_makes_a_skeleton_that_is_read(text: str) -> None:
    from intrigue.drafting.draft import skeleton

    found = split(text)
    if not found.sentences:
        return
    source = Source(Path("x.story"), skeleton("Any", None, found, find(found.sentences)))
    assert format(source)

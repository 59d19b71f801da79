"""The document that a story retells: found or not, cited rightly or not."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue

STORY = """story The Walk
source the_walk.txt

facts
  where(person): place  visible to anyone

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to
  will p

wants
  Kit: where(Kit) = the road; where(Kit) = the sea x2

cast
  Kit: person, at the inn   [1]
  the inn, the road, the sea: place

scene Dawn                  [2-3]
  Kit goes to the road.     [3]
  Kit goes to the sea.
"""


def walk(
    folder: Path, story: str = STORY, source: str | None = "Kit is at the inn.\nDawn.\nKit goes.\n"
) -> intrigue.Story:
    if source is not None:
        (folder / "the_walk.txt").write_text(source)
    path = folder / "the_walk.story"
    path.write_text(story)
    return intrigue.load(path)


def said(story: intrigue.Story) -> list[tuple[str, str]]:
    return [
        (d.code, d.repair)
        for d in story.check().diagnostics
        if "source" in d.code or "sentence" in d.code
    ]


def test_check_says_nothing_of_a_source_that_is_there(tmp_path: Path) -> None:
    assert said(walk(tmp_path)) == []


def test_check_says_that_the_source_is_missing_and_what_was_meant(tmp_path: Path) -> None:
    story = walk(tmp_path, STORY.replace("the_walk.txt", "the_wlak.txt"))
    assert said(story) == [("missing-source", "did you mean the_walk.txt?")]
    assert story.check().ok  # a warning: the story itself is checked


def test_check_says_that_a_citation_is_out_of_range(tmp_path: Path) -> None:
    story = walk(tmp_path, STORY.replace("the sea.\n", "the sea.  [99]\n"))
    (found,) = [d for d in story.check().diagnostics if d.code == "no-such-sentence"]
    assert found.blanks == {"number": "99", "count": "3"}


def test_an_empty_source_is_one_finding(tmp_path: Path) -> None:
    story = walk(tmp_path, source="\n\n")
    assert [code for code, _ in said(story)] == ["empty-source"]
    with pytest.raises(intrigue.StoryError) as refused:
        story.trace()
    assert [d.code for d in refused.value.diagnostics] == ["empty-source"]


def test_another_source_that_is_not_there_is_guessed_too(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        walk(tmp_path).trace(tmp_path / "the_walks.txt")
    assert [d.repair for d in refused.value.diagnostics] == ["did you mean the_walk.txt?"]


def test_what_only_a_scene_cites_is_told_by_the_scene(tmp_path: Path) -> None:
    story = walk(tmp_path)
    trace = story.trace()
    assert trace.missing == []
    assert [(c.sort, c.text) for c in trace.sentences[1].citations] == [("scene", "scene Dawn")]
    assert [c.sort for c in trace.sentences[2].citations] == ["event"]
    assert [each.number for each in story.explain("[2]")] == [1, 2]
    assert [each.number for each in story.explain("[3]")] == [1]

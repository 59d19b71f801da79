"""Scenes: a text in, sentences and what hangs under them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from intrigue.diagnostics.diagnostic import Source
from intrigue.language.parse import parse
from intrigue.language.tree import Expect, Gap, TimeMark, Told
from language.texts import plain, story

TEXT = """\
story The Killer
scene The nightclub [1]
  Ah Jong   shoots Lam with the pistol.                      [1]
    because Ah Jong: Ah Jong reports to Wong Hoi; Wong Hoi pays Ah Jong   [2]
    because "Sgt. Tsang" wants jailed(Ah Jong), alive(self)
  By accident the muzzle flash blinds Jennie, who sings   # the premise
    allow fate-heavy: it is the premise
    expect blinded_by(Jennie) = Ah Jong, Jennie does not know blinded_by(Jennie)  [3-4]
  ...
  meanwhile
  later: 2 hours
  On the next day.
  Two weeks later
  Later Li comes.
  Li tells Jennie (blinded_by(Jennie) = Ah Jong)
  allow idle: an interlude
scene The murder, reading official
  expect Jennie would not Jennie forgives Ah Jong
  expect Li would Li arrests Ah Jong.
  expect possible: Li arrests Ah Jong
  expect impossible: Lam sings
  expect Ah Jong plans: Ah Jong pays Jennie; Jennie sees
  expect lost: sight(Jennie) = clear
  expect open: alive(Ah Jong), alive(Li)
    allow undecided-expectation: too far off
"""


def test_a_scene() -> None:
    scene, _ = story(TEXT).scenes
    assert (scene.title, scene.reading, scene.citations) == ("The nightclub", None, (1,))
    assert [type(line).__name__ for line in scene.lines] == [
        *("Told", "Told", "Expect", "Expect", "Gap"),
        *("TimeMark", "TimeMark", "TimeMark", "TimeMark", "Told", "Told"),
    ]
    shoots, blinds, one, two, gap, *times, comes, tells = scene.lines
    assert isinstance(shoots, Told)
    assert shoots.sentence.text == "Ah Jong shoots Lam with the pistol"
    assert shoots.citations == (1, 2)
    planned, wanted = shoots.because
    assert [each.text for each in planned.waypoints] == [
        "Ah Jong reports to Wong Hoi",
        "Wong Hoi pays Ah Jong",
    ]
    assert (wanted.person.text, plain(wanted.brings)) == (
        "Sgt. Tsang",
        "[jailed(Ah Jong) and alive(self)]",
    )
    assert isinstance(blinds, Told)
    assert blinds.sentence.text == "By accident the muzzle flash blinds Jennie, who sings"
    assert [(a.code.text, a.reason) for a in blinds.allows] == [("fate-heavy", "it is the premise")]
    assert isinstance(one, Expect)
    assert isinstance(two, Expect)
    assert plain(one.condition) == "[blinded_by(Jennie) = Ah Jong]"
    assert plain(two.condition) == "[Jennie not knows blinded_by(Jennie)]"
    assert two.citations == (3, 4)
    assert isinstance(gap, Gap)
    assert [each.text for each in times if isinstance(each, TimeMark)] == [
        "meanwhile",
        "later: 2 hours",
        "On the next day.",
        "Two weeks later",
    ]
    assert isinstance(comes, Told)
    assert isinstance(tells, Told)
    assert tells.sentence.text == "Li tells Jennie (blinded_by(Jennie) = Ah Jong)"
    assert [a.code.text for a in scene.allows] == ["idle"]


def test_expectations() -> None:
    _, scene = story(TEXT).scenes
    assert (scene.title, scene.reading and scene.reading.text) == ("The murder", "official")
    lines = [line for line in scene.lines if isinstance(line, Expect)]
    assert [
        (line.form, line.person and line.person.text, [each.text for each in line.sentences])
        for line in lines[:5]
    ] == [
        ("would not", "Jennie", ["Jennie forgives Ah Jong"]),
        ("would", "Li", ["Li arrests Ah Jong"]),
        ("possible", None, ["Li arrests Ah Jong"]),
        ("impossible", None, ["Lam sings"]),
        ("plans", "Ah Jong", ["Ah Jong pays Jennie", "Jennie sees"]),
    ]
    lost, still_open = lines[5:]
    assert (lost.form, plain(lost.condition)) == ("lost", "[sight(Jennie) = clear]")
    assert (still_open.form, plain(still_open.condition)) == (
        "open",
        "[alive(Ah Jong) and alive(Li)]",
    )
    assert [a.code.text for a in still_open.allows] == ["undecided-expectation"]


def test_a_sentence_knows_its_place() -> None:
    file = story("story s\nscene A\n  Kit waits.  [1]\n    because Kit: Kit leaves; Kit sings .\n")
    (told,) = file.scenes[0].lines
    assert isinstance(told, Told)
    span = told.sentence.span
    assert span.source.text[span.start : span.end] == "Kit waits"
    places = [each.span for each in told.because[0].waypoints]
    assert [p.source.text[p.start : p.end] for p in places] == ["Kit leaves", "Kit sings"]


def test_a_sentence_may_go_on_after_a_comma() -> None:
    file = story("story s\nscene A\n  Kit,   # our hero\n    alone, waits.\n")
    (told,) = file.scenes[0].lines
    assert isinstance(told, Told)
    assert told.sentence.text == "Kit, alone, waits"


def test_a_gap_may_say_what_belongs_in_it() -> None:
    scene = story(
        "story Gaps\nscene One\n  ... 1 to 4 events\n"
        "  ... at most 3 by Li, Ah Jong until holder(the bag) = Li, not wanted(Li)  [4]\n"
        "  ... 2 events\n  ... at least 2 by Li\n"
    ).scenes[0]
    gaps = [line for line in scene.lines if isinstance(line, Gap)]
    assert [(gap.least, gap.most) for gap in gaps] == [(1, 4), (0, 3), (2, 2), (2, None)]
    assert [[name.text for name in gap.by] for gap in gaps] == [[], ["Li", "Ah Jong"], [], ["Li"]]
    assert [gap.until is not None for gap in gaps] == [False, True, False, False]
    assert gaps[1].citations == (4,)


@pytest.mark.parametrize(
    "bound", ["... soon", "... 4 to 1 events", "... until", "... at most", "... 1000000 events"]
)
def test_what_a_gap_says_must_mean_something(bound: str) -> None:
    _, found = parse(Source(Path("gaps.story"), f"story Gaps\nscene One\n  {bound}\n"))
    assert [each.code for each in found] == ["unexpected-token"]

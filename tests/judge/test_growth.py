"""Worlds that grow: the story that they are made for is one, and the shortest; what is drawn is a picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.growth.__main__ import measure, write
from benchmarks.growth.plot import chart
from benchmarks.growth.worlds import Size, world
from benchmarks.judge.plans import Judge, Limits, Step, Undecided
from benchmarks.judge.problem import Problem
from benchmarks.sabre.solve import Job, solve

SIZES = [
    Size(persons=2, places=3, minds=0, length=2),
    Size(persons=2, places=3, minds=1, length=3),
    Size(persons=3, places=2, minds=2, length=4),
    Size(persons=4, places=3, minds=3, length=5),
    Size(persons=6, places=5, minds=1, length=6),
]


def story(size: Size) -> list[Step]:
    digs = size.length - 2 - (size.minds > 0)
    events = ["walk(P0, L0, L1)", *(f"dig(S{n}, S{n + 1})" for n in range(digs))]
    events += ["allow()", "take()"] if size.minds else ["take()"]
    return [Step(event) for event in events]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_story_that_a_world_is_made_for(size: Size) -> None:
    limits = Limits(size.length, size.motive, size.depth)
    told = story(size)
    assert Judge(Problem(world(size)), limits).story(told, 1).valid
    assert not Judge(Problem(world(size)), limits).story(told[1:], 1).valid
    shallow = Limits(size.length, size.motive, size.depth - 1)
    assert not Judge(Problem(world(size)), shallow).story(told, 1).valid


def test_errands_of_others(tmp_path: Path) -> None:
    size = Size(persons=4, places=5, minds=1, length=3, errands=2)
    (tmp_path / "world.txt").write_text(world(size))
    limits = Limits(size.events, size.motive, size.depth)
    file = str(tmp_path / "world.txt")
    job = Job(file, size.goal, limits.events, limits.motive, limits.minds, 30, 450, True, 1, 1)
    answer = solve(job)
    assert (len(answer["stories"][0]), answer["shortest"]) == (size.events, True)
    told = [Step(event) for event in answer["stories"][0]]
    assert Judge(Problem(world(size)), limits).story(told, size.goal).valid


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_in_vain_nobody_has_a_reason(size: Size) -> None:
    judge = Judge(Problem(world(size, vain=True)), Limits(size.length, size.motive, size.depth))
    walk = judge.problem.events["walk(P0, L0, L1)"]
    try:
        assert not judge.motivated(0, walk, judge.states.start().minds[0], size.motive)
    except Undecided:
        pytest.fail("too large for the judge")


def test_sizes_that_make_no_sense() -> None:
    for wrong in (
        {"persons": 1, "minds": 1},
        {"places": 1},
        {"length": 1},
        {"minds": 1, "length": 2},
    ):
        with pytest.raises(ValueError, match=r"too few|a story has"):
            Size(**{"persons": 2, "minds": 0, "length": 3, **wrong})


def test_a_world_is_measured() -> None:
    measured = measure(Size(persons=2, places=3, minds=1, length=3), 10)
    assert all(measured.done.values())
    assert all(seconds > 0 for seconds in measured.seconds.values())


def test_a_chart_is_a_picture() -> None:
    series = {
        "one & all": [(2, 0.001, True), (4, 0.2, True)],
        "other": [(2, 0.5, True), (4, 3.0, False)],
    }
    picture = ElementTree.fromstring(chart("Seconds over <size>", "size", series))
    space = "{http://www.w3.org/2000/svg}"
    assert len(picture.findall(f"{space}polyline")) == 2
    hollow = [one for one in picture.findall(f"{space}circle") if one.get("fill") == "white"]
    assert len(hollow) == 1
    texts = {one.text for one in picture.findall(f"{space}text")}
    assert {"Seconds over <size>", "one & all", "1 ms", "10 s"} <= texts


def test_numbers_are_put_between_the_marks_of_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- end of measured -->\nafter\n")
    write(page, "new")
    assert page.read_text() == "before\n<!-- measured -->\nnew\n<!-- end of measured -->\nafter\n"
    page.write_text("no marks")
    with pytest.raises(SystemExit, match="lacks the marks"):
        write(page, "new")

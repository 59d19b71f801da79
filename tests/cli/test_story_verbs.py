"""The verbs that take a story apart: cut, whatif, relate, endings, draft, and what `ask` says of time and the audience."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.test_cli import run

STORY = Path(__file__).parent.parent / "story"
CELLAR = str(STORY / "the_cellar.story")
PORTRAIT = str(STORY / "cases" / "two_orders.story")


def test_cut() -> None:
    done = run("cut", CELLAR, "The song")
    assert (done.returncode, done.stdout) == (
        0,
        "Without the scene The song:\n  nothing breaks\n  (motives within 8 events and 4 minds)\n",
    )
    table = run("cut", CELLAR, "--events").stdout.splitlines()
    assert table[0].split() == [
        *("weight", "impossible", "motives", "lost", "other", "plans"),
        *("expectations", "endings", "beliefs"),
    ]
    assert len(table) == 6
    assert json.loads(run("cut", CELLAR, "1", "--format", "json").stdout)["events"] == [1]


def test_whatif() -> None:
    done = run(
        "whatif", CELLAR, "--at", "1", "--set", "holder(the key) = Ben", "--continue", "Found"
    )
    assert done.returncode == 0
    assert "first break: event 3, Ada unlocks the cellar with the key" in done.stdout
    assert "1. Ada takes the key" in done.stdout
    breaks = run("whatif", CELLAR, "--at", "1", "--forbid", "3", "--format", "json")
    assert breaks.returncode == 1
    assert json.loads(breaks.stdout)["first_break"].startswith("event 4,")


def test_where_the_ending_is_reached_anyway_there_is_nothing_to_plan() -> None:
    asked = ("whatif", CELLAR, "--at", "1", "--believe", "Ben: found(Ada)", "--continue", "Found")
    done = run(*asked)
    assert done.returncode == 0
    assert "  all that is told can go on\n" in done.stdout
    assert done.stdout.endswith("\nand from there:\nIt is so already: Found\n")
    data = json.loads(run(*asked, "--format", "json").stdout)
    assert data["continued"] == {"goal": "Found", "verdict": "reached", "stories": []}


def test_whatif_needs_something_to_change() -> None:
    done = run("whatif", CELLAR, "--at", "1")
    assert done.returncode == 2
    assert "change something: force, forbid, set, believe, instead, outcome" in done.stderr


def test_relate() -> None:
    done = run("relate", PORTRAIT, "Ada", "Ben")
    assert "   3  Ada finds the portrait gone\n      + blames(Ada) is Ben\n" in done.stdout
    data = json.loads(run("relate", PORTRAIT, "Ada", "Ben", "--format", "json").stdout)
    assert data["persons"] == ["Ada", "Ben"]


def test_endings() -> None:
    assert run("endings", CELLAR).stdout.splitlines()[1] == "Found: it is so"
    data = json.loads(run("endings", CELLAR, "--at", "3", "--format", "json").stdout)
    assert data["endings"][0]["way"] == ["Ada searches the cellar"]


def test_endings_keep_to_the_memory_that_they_are_given() -> None:
    assert "Found: can be reached" in run("endings", CELLAR, "--at", "3", "--memory", "64").stdout
    assert run("endings", CELLAR, "--memory", "1").returncode == 2


def test_what_is_written_is_said_with_its_size(tmp_path: Path) -> None:
    page, prose = tmp_path / "cellar.html", tmp_path / "cellar.md"
    drawn = run("draw", CELLAR, "--out", str(page))
    assert (drawn.stdout, drawn.returncode) == ("", 0)
    assert drawn.stderr == f"written: {page} ({page.stat().st_size / 1000:,.0f} kB)\n"
    told = run("tell", CELLAR, "--out", str(prose))
    assert told.stderr == f"written: {prose} ({prose.stat().st_size} bytes)\n"
    exported = run("export", CELLAR, "--to", "dot", "--out", str(tmp_path / "x.dot"))
    assert exported.stderr.startswith(f"written: {tmp_path / 'x.dot'} (")


def test_an_ending_where_a_condition_belongs(tmp_path: Path) -> None:
    story = tmp_path / "x.story"
    debt = STORY.parent / "play" / "the_debt_collector.story"
    story.write_text(debt.read_text() + "  expect ending The debt settled\n")
    out = run("check", str(story)).stdout
    assert "`The debt settled` is the name of an ending; what must be so for it: health(" in out
    story.write_text(
        debt.read_text() + "ending health: where(Milo) = the pier\nscene x\n  expect health\n"
    )
    both = run("check", str(story)).stdout
    assert "health takes 1 argument, not 0" in both
    assert (
        "`health` is the name of an ending; what must be so for it: where(Milo) = the pier" in both
    )
    near = run("plan", CELLAR, "--goal", "Fuond").stderr
    assert "did you mean the ending `Found`?" in near
    assert "the endings of this story: Found, Open" in near


def test_ask_says_in_its_help_that_times_are_of_events() -> None:
    assert "With --times these events themselves" in " ".join(run("help", "ask").stdout.split())
    done = run("ask", PORTRAIT, "--times", "--at", "start")
    assert (done.returncode, "here an event is meant" in done.stderr) == (2, True)


def test_ask_for_times_and_the_audience() -> None:
    assert "Ben steals the portrait" in run("ask", PORTRAIT, "--times").stdout
    shown = json.loads(run("ask", PORTRAIT, "--audience", "--at", "2", "--format", "json").stdout)
    assert shown["mystery"][0]["who"] == ["Ben"]


def test_draft(tmp_path: Path) -> None:
    synopsis = tmp_path / "winter.txt"
    synopsis.write_text(
        "Captain Holt sails. He meets Jens.\n\nHolt kills Jens.\n", encoding="utf-8"
    )
    story = tmp_path / "holt.story"
    done = run("draft", str(synopsis), "-o", str(story))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{story}: 2 persons, 2 scenes, 3 sentences to be told\n"
    assert (tmp_path / "holt.txt").read_text(encoding="utf-8").count("\n") == 3
    assert run("draft", str(synopsis), "-o", str(story)).returncode == 2
    assert "3 warnings" in run("check", str(story)).stdout


@pytest.mark.parametrize(
    "args",
    [
        ("cut", CELLAR, "99"),
        ("cut", CELLAR, "1", "--events"),
        ("whatif", CELLAR, "--at", "1"),
        ("whatif", CELLAR, "--set", "open(the cellar)"),
        ("whatif", CELLAR, "--at", "1", "--outcome", "miss"),
        ("whatif", CELLAR, "--at", "1", "--set", "open(the celar)"),
        ("relate", CELLAR, "Ada", "Bem"),
        ("endings", PORTRAIT),
        ("endings", CELLAR, "--at", "99"),
        ("draft", "no such file.txt"),
    ],
)
def test_what_cannot_be_done_is_said(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2, done.stdout
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_draft_is_never_written_over_its_synopsis(tmp_path: Path) -> None:
    synopsis = tmp_path / "syn.txt"
    synopsis.write_text(told := "Vera met Anton. Anton left her.\n")
    for output in ("syn.txt", "syn.story", "other.txt"):
        done = run("draft", "syn.txt", "-o", output, "--overwrite", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), output
        assert [path.name for path in tmp_path.iterdir()] == ["syn.txt"]
        assert synopsis.read_text() == told


@pytest.mark.parametrize("verb", ["cut", "endings", "relate"])
def test_what_cannot_be_asked_is_said_in_the_format_that_was_asked_for(verb: str) -> None:
    asked = {"cut": ["99"], "endings": ["--at", "99"], "relate": ["Zorro", "Ada"]}[verb]
    done = run(verb, CELLAR, *asked, "--format", "json")
    assert (done.returncode, done.stderr) == (2, "")
    (finding,) = json.loads(done.stdout)["diagnostics"]
    assert finding["code"] in ("unknown-moment", "unknown-name")

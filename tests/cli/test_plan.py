"""`intrigue plan` as a user meets it: text, JSON, exit statuses, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.test_cli import run

CASES = Path(__file__).parent.parent
CELLAR = str(CASES / "planning" / "cases" / "the_cellar.story")
FERRY = str(CASES / "sabre" / "cases" / "the_ferry.txt")


def test_a_story_is_told_with_everybodys_motives_and_how_sure_it_is() -> None:
    done = run("plan", FERRY, "--goal", "2")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "1. Smuggler pays Silver Coin to Ferryman"
    assert lines[1].startswith("     Smuggler (1 -> 3): holder(Crate) = Near Bank or")
    assert lines[2] == "       | Smuggler unloads Crate at Near Bank"
    assert lines[-1].startswith("found: 1 story")
    assert done.stderr == ""  # no progress where there is no terminal


def test_none_within_the_limits_is_1_and_says_the_limits() -> None:
    done = run("plan", FERRY, "--goal", "2", "--max-events", "2")
    assert done.returncode == 1
    assert "none exists within 2 events, motives of 8 events and 4 minds" in done.stdout


def test_stopped_is_1_and_says_by_what() -> None:
    done = run("plan", CELLAR, "--goal", "Both drink", "--seconds", "0")
    assert done.returncode == 1
    assert "undecided: the time was up" in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ("plan",),
        ("plan", "no such.story"),
        ("plan", CELLAR),
        ("plan", CELLAR, "--goal", "thirsty(Ada)"),
        ("plan", CELLAR, "--goal", "wher(Ada)"),
        ("plan", CELLAR, "--goal", "Ada drinks", "--from", "99"),
        ("plan", CELLAR, "--goal", "Ada drinks", "--search", "sideways"),
        ("plan", CELLAR, "--goal", "Ada drinks", "--rank", "beauty"),
        ("plan", CELLAR, "--goal", "Ada drinks", "--max-events", "0"),
        ("plan", str(CASES / "sabre" / "cases" / "the_ferry.world")),
    ],
)
def test_bad_usage_is_2_and_no_traceback(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_json_holds_the_verdict_the_trees_and_the_text() -> None:
    done = run("plan", CELLAR, "--goal", "Ada drinks", "--rank", "conflict", "--format", "json")
    data = json.loads(done.stdout)
    assert data["verdict"] == "found"
    assert data["stopped_by"] is None
    (story,) = data["stories"]
    assert story["events"][-1]["sentence"].startswith("Ada drinks")
    assert story["events"][-1]["motives"][0]["person"] == "Ada"
    assert story["measures"] == {"conflict": 0}
    assert "ending Ada drinks" in story["text"]


def test_a_saved_story_is_a_story(tmp_path: Path) -> None:
    path = tmp_path / "new.story"
    done = run("plan", FERRY, "--goal", "2", "--save", str(path))
    assert done.stdout.splitlines()[-1] == f"written: {path}"
    checked = run("check", str(path))
    assert checked.returncode == 0
    assert "4 of 4 motives found" in checked.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_the_search_and_says_so() -> None:
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "intrigue", "plan", FERRY, "--goal", "3"),
            *("--max-events", "40", "--max-motive", "30"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    time.sleep(3)
    if process.poll() is not None:
        pytest.skip("it was faster than Ctrl-C")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert "Traceback" not in err
    assert process.returncode == 1, (out, err)
    assert "it was interrupted" in out


def test_a_search_that_does_not_exist_is_answered_with_the_list() -> None:
    done = run("plan", CELLAR, "--goal", "Both drink", "--search", "x")
    assert (done.returncode, done.stdout) == (2, "")
    assert 'no search "x"; there are: growing, repair, shortest' in done.stderr


def test_a_reading_that_does_not_exist_cannot_be_planned_on() -> None:
    done = run("plan", CELLAR, "--goal", "Both drink", "--reading", "zzz")
    assert done.returncode == 2
    assert "error[unknown-reading]" in done.stderr

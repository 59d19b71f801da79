"""`intrigue fill` as a user meets it: text, JSON, files, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.test_cli import run

CELLAR = Path(__file__).parents[1] / "filling" / "the_cellar.story"


def test_the_story_goes_to_standard_output_and_how_it_ended_to_the_other() -> None:
    done = run("fill", str(CELLAR))
    assert done.returncode == 0, done.stderr
    assert (
        "  Ada buys the iron key from Bo with the penny.  [2]  # how she gets in\n" in done.stdout
    )
    assert done.stdout.endswith("  expect holder(the penny) = Bo\n")
    assert done.stderr.startswith("filled: 2 events put into 2 gaps (")


def test_a_file_is_written_for_each_way(tmp_path: Path) -> None:
    out = tmp_path / "way.story"
    done = run("fill", str(CELLAR), "-n", "2", "--out", str(out))
    assert done.returncode == 0, done.stderr
    written = [path.read_text() for path in sorted(tmp_path.iterdir())]
    assert len(written) == len(set(written)) == 2
    assert run("check", str(out)).returncode == 0


def test_no_way_is_written_over_the_story(tmp_path: Path) -> None:
    story = tmp_path / "way-2.story"
    story.write_text(CELLAR.read_text())
    done = run("fill", str(story), "-n", "3", "--out", str(tmp_path / "way.story"))
    assert done.returncode == 2
    assert "way-2.story is the file that is read: write the fillings to another" in done.stderr
    assert story.read_text() == CELLAR.read_text()


def test_what_is_missing_is_said_and_the_gap_stays(tmp_path: Path) -> None:
    story = tmp_path / "cellar.story"
    story.write_text(
        CELLAR.read_text().replace("  ...  [2]", "  ... at most 1 until not thirsty(Ada)  [2]")
    )
    done = run("fill", str(story), "--format", "json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["verdict"] == "undecided"
    missing = found["fillings"][0]["missing"][0]
    assert missing["what"] == "its end"
    assert missing["why"] == ["what it is to last until is not so"]
    assert "... at most 1 until not thirsty(Ada)" in found["fillings"][0]["text"]


def test_a_story_without_gaps_cannot_be_filled(tmp_path: Path) -> None:
    story = tmp_path / "cellar.story"
    story.write_text(CELLAR.read_text().replace("...", "# nothing"))
    done = run("fill", str(story))
    assert done.returncode == 2
    assert "There is no gap in The Cellar, half told" in done.stderr


def test_a_gap_that_names_what_there_is_not_is_not_filled(tmp_path: Path) -> None:
    story = tmp_path / "cellar.story"
    told = CELLAR.read_text().replace("  ...  [2]", "  ... by Zorro until flurb(Ada)  [2]")
    story.write_text(told)
    done = run("fill", str(story))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "error[unknown-name]: There is no person called Zorro" in done.stderr
    assert "error[unknown-name]: There is no fact called flurb" in done.stderr


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e300", "-1"])
def test_a_time_that_is_none_is_refused(seconds: str) -> None:
    done = run("fill", str(CELLAR), "--seconds", seconds)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--seconds" in done.stderr


def test_that_a_file_cannot_be_written_is_said_before_the_search(tmp_path: Path) -> None:
    done = run("fill", str(CELLAR), "--out", str(tmp_path / "nowhere" / "x.story"))
    assert done.returncode == 2
    assert "there is no folder" in done.stderr
    assert "fillings played" not in done.stderr


def test_the_ends_of_lines_stay_as_they_are(tmp_path: Path) -> None:
    story, out = tmp_path / "dos.story", tmp_path / "whole.story"
    story.write_bytes(b"\xef\xbb\xbf" + CELLAR.read_bytes().replace(b"\n", b"\r\n"))
    assert run("fill", str(story), "--out", str(out)).returncode == 0
    written = out.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfstory ")
    assert written.count(b"\n") == written.count(b"\r\n") > 10

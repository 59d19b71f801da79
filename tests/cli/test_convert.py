"""`intrigue convert` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

from cli.test_cli import run

CASES = Path(__file__).parent.parent / "sabre" / "cases"
FERRY = CASES / "the_ferry.txt"


def test_it_writes_two_files_that_can_be_checked_and_formatted(tmp_path: Path) -> None:
    done = run("convert", str(FERRY), "--into", str(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    written = [tmp_path / "new" / f"the_ferry{ending}" for ending in (".world", ".story")]
    assert done.stdout == "".join(f"wrote {path}\n" for path in written)
    for path in written:
        assert path.read_text() == (CASES / path.name).read_text()
    assert run("fmt", "--check", *map(str, written)).returncode == 0
    assert "Customs House" in run("ask", str(written[1]), "where(Officer)").stdout


def test_it_does_not_overwrite_unless_told(tmp_path: Path) -> None:
    (tmp_path / "the_ferry.story").write_text("mine")
    done = run("convert", str(FERRY), "--into", str(tmp_path))
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert (tmp_path / "the_ferry.story").read_text() == "mine"
    assert run("convert", str(FERRY), "--into", str(tmp_path), "--force").returncode == 0


def test_it_never_writes_over_the_problem_itself(tmp_path: Path) -> None:
    problem = tmp_path / "ferry.story"
    problem.write_text(FERRY.read_text())
    done = run("convert", str(problem), "--force")
    assert done.returncode == 2
    assert f"{problem} is the file that is read: write what is made of it to another" in done.stderr
    assert problem.read_text() == FERRY.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["ferry.story"]


def test_it_prints_instead_of_writing(tmp_path: Path) -> None:
    done = run("convert", str(FERRY), "--print", cwd=tmp_path)
    assert done.stdout.startswith("world The ferry\n")
    assert "story The ferry\nin the_ferry\n" in done.stdout
    assert not list(tmp_path.iterdir())


def test_json_holds_both_texts() -> None:
    data = json.loads(run("convert", str(FERRY), "--print", "--format", "json").stdout)
    assert data["title"] == "The ferry"
    assert data["story"] == (CASES / "the_ferry.story").read_text()


def test_mistakes_are_shown_in_their_place(tmp_path: Path) -> None:
    problem = tmp_path / "wrong.txt"
    problem.write_text("entity A : character;\nalive(A);\n")
    done = run("convert", str(problem))
    assert done.returncode == 1
    assert "error[sabre-property-unknown]" in done.stderr
    assert "wrong.txt:2:1" in done.stderr
    assert run("convert", str(tmp_path / "none.txt")).returncode == 2
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\xff\xfe\x00")
    assert run("convert", str(binary)).returncode == 2


def test_a_story_is_no_problem_to_convert() -> None:
    done = run("convert", str(CASES / "the_ferry.story"))
    assert done.returncode == 1
    assert done.stderr.count("error[") == 1
    assert "This is a story in our own language already, and a planning problem" in done.stderr
    assert "`intrigue check`" in done.stderr
    world = run("convert", str(CASES / "the_ferry.world"))
    assert "This is a world in our own language already" in world.stderr


def test_a_story_that_is_named_as_a_problem_is_told_its_name(tmp_path: Path) -> None:
    story = tmp_path / "mine.txt"
    story.write_text("# my first\nstory The Bridge\ncast\n  Kit: person\nscene Dawn\n  Kit nods.\n")
    done = run("check", str(story))
    assert "error[not-a-problem]" in done.stdout
    assert "give the file a name that ends in `.story`" in done.stdout

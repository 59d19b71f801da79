"""The command line as a user meets it: arguments in; text and an exit status out."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

CASES = Path(__file__).parent.parent / "story" / "cases"
LETTER = str(CASES / "the_letter.story")
CLEAN = str(CASES / "the_debt.story")


def run(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "intrigue", *args],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=60,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )


def test_a_story_without_mistakes_ends_with_0() -> None:
    done = run("check", CLEAN)
    assert done.returncode == 0, done.stdout
    assert "2 of 2 motives found" in done.stdout


def test_a_story_with_mistakes_ends_with_1() -> None:
    done = run("check", LETTER)
    assert done.returncode == 1
    assert "error[uninformed-act]" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 error, 1 advice"


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("check", "no such.story"),
        ("check", LETTER, "--max-events", "0"),
        ("ask", LETTER),
        ("ask", LETTER, "where(Kit)", "--who-knows", "where(Kit)"),
        ("ask", LETTER, "wher(Kit)"),
        ("ask", LETTER, "where(Kit)", "--at", "99"),
        ("explain", LETTER, "0"),
        ("explain", LETTER, "1", "--reading", "official"),
        ("trace", LETTER),
        ("explain-code", "unmotivated-evnt"),
        ("help", "chekc"),
        ("frobnicate",),
        ("draw", LETTER, "--out", "letter.txt"),
        ("draw", LETTER, "--out", "letter.svg"),
        ("draw", LETTER, "--out", "letter.html", "--only", "why"),
        ("draw", LETTER, "--out", "no such folder/letter.html"),
        ("draw", "worlds/bodies.world", "--out", "world.html"),
        ("tell", LETTER, "--as", "Nobody"),
        ("tell", LETTER, "--to", "beats", "--as", "Kit"),
        ("export", LETTER, "--to", "json", "--branches"),
        ("export", LETTER, "--to", "twee", "--seconds", "3"),
    ],
)
def test_what_cannot_run_ends_with_2_and_says_why(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_syntax_error_ends_with_1(tmp_path: Path) -> None:
    story = tmp_path / "broken.story"
    story.write_text("story Broken\ncast\n  Kit person\nscene One\n  Kit waits\n")
    done = run("check", str(story))
    assert done.returncode == 1
    assert f"{story}:3" in done.stdout


def test_json_tells_places_and_severities() -> None:
    data = json.loads(run("check", LETTER, "--format", "json").stdout)
    assert data["ok"] is False
    first = data["diagnostics"][0]
    assert (first["code"], first["severity"]) == ("uninformed-act", "error")
    assert first["line"] == 69
    assert first["file"].endswith("the_letter.story")


def test_sarif_and_github_formats() -> None:
    sarif = json.loads(run("check", LETTER, "--format", "sarif").stdout)
    assert sarif["runs"][0]["results"][0]["ruleId"] == "uninformed-act"
    assert run("check", LETTER, "--format", "github").stdout.startswith("::error file=")


def test_a_report_is_one_page_without_outside_parts(tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    run("check", LETTER, "--report", str(page))
    html = page.read_text(encoding="utf-8")
    assert "Wah cannot know why" in html
    assert "Who knows what, since when" in html
    assert "src=" not in html
    assert "http" not in html.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_a_report_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    done = run("check", LETTER, "--report", str(tmp_path / "missing" / "out.html"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_explain_shows_plan_and_arithmetic() -> None:
    out = run("explain", LETTER, "1").stdout
    assert "3. Kit reads the letter" in out
    assert "utility 0 -> 2 (gain 2, loss 0)" in out


def test_ask_at_a_moment() -> None:
    assert run("ask", LETTER, "where(Kit)", "--at", "start").stdout.startswith("the inn")
    assert run("ask", LETTER, "where(Kit)", "--at", "Dawn").stdout.startswith("the house")
    assert run("ask", LETTER, "Wah believes thief(the letter) = nobody").stdout.startswith("yes")


def test_ask_who_knows() -> None:
    out = run("ask", LETTER, "--who-knows", "thief(the letter)").stdout
    assert "Kit  dead, since event 4: Wah kills Kit" in out
    assert "Wah  believes otherwise (nobody), since event 2: Kit steals the letter, which" in out


def test_explain_code_lists_and_explains() -> None:
    assert "unmotivated-event" in run("explain-code").stdout
    assert "```story" in run("explain-code", "unmotivated-event").stdout


def test_help_teaches_with_examples() -> None:
    for verb in ("check", "explain", "ask", "trace", "fmt", "explain-code"):
        assert f"intrigue {verb}" in run("help", verb).stdout


def test_fmt_rewrites_and_checks(tmp_path: Path) -> None:
    story = tmp_path / "x.story"
    story.write_text("story X\ncast\n    Kit:person\nscene One\n    ...\n")
    assert run("fmt", "--check", str(story)).returncode == 1
    assert run("fmt", str(story)).returncode == 0
    assert "  Kit: person" in story.read_text()
    assert run("fmt", "--check", str(story)).returncode == 0


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f'"{sys.executable}" -m intrigue explain-code | head -1'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("tell", LETTER), 0),
        (("check", LETTER), 1),
        (("export", LETTER, "--to", "json"), 0),
        (("plan", LETTER, "--goal", "read_by(the letter, Kit)"), 0),
        (("trace", LETTER), 2),
    ],
)
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_to_close_an_output_changes_no_exit_status(
    args: tuple[str, ...], status: int, closed: str
) -> None:
    command = shlex.join([sys.executable, "-m", "intrigue", *args])
    done = subprocess.run(
        ["bash", "-c", f"{command} {closed}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("plan", "my.story", "--goal", "read_by(the letter, Kit)", "--save", "my.story"),
        ("play", "my.story", "--as", "Kit", "--save", "./my.story"),
        ("check", "my.story", "--report", "link.story"),
        ("tell", "my.story", "--out", "my.story"),
        ("export", "my.story", "--to", "json", "--out", "my.story"),
    ],
)
def test_what_is_made_of_a_story_is_not_written_over_it(
    args: tuple[str, ...], tmp_path: Path
) -> None:
    story = tmp_path / "my.story"
    story.write_text(Path(LETTER).read_text())
    (tmp_path / "link.story").symlink_to(story)
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert f"{Path(args[-1])} is the file that is read: write" in done.stderr
    assert story.read_text() == Path(LETTER).read_text()


@pytest.mark.parametrize("args", [("tell", LETTER), ("export", LETTER, "--to", "json")])
def test_a_full_disk_is_said(args: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "intrigue", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, "Error: No space left on device\n")


def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    story = tmp_path / "endless.story"
    story.write_text(ENDLESS)
    process = subprocess.Popen(
        [sys.executable, "-m", "intrigue", "check", str(story), "--max-events", "20"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)
    process.send_signal(2)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors


def test_an_interrupt_while_it_is_still_loading() -> None:
    """As soon as the command line's library is looked for, somebody presses the keys."""
    code = """
import os, runpy, signal, sys
class Hook:
    def find_spec(self, name, *_):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Hook())
runpy.run_module("intrigue", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


ENDLESS = (
    """story Endless
facts
  lit(thing)
  rich(person)
action press(p: person, t: thing, u: thing)
  "{p} presses {t} and {u}"
  needs t != u
  makes
    if lit(t): not lit(t)
    if not lit(t): lit(t)
    if lit(u): not lit(u)
    if not lit(u): lit(u)
    if lit(L1) and lit(L2) and lit(L3) and lit(L4) and lit(L5) and lit(L6) and lit(L7) and lit(L8) and not lit(L9): rich(p)
  will p
cast
  A, B: person
  L1, L2, L3, L4, L5, L6, L7, L8, L9: thing
wants
  A: rich(A)
scene One
"""
    + "".join(f"  A presses L{i} and L9.\n  A presses L{i} and L{i + 1}.\n" for i in range(1, 8))
    * 4_000
)


UNICODE = """story Names
facts
  met(p: person, q: person)   "{p} met {q}"
action greet(p: person, q: person)
  "{p} greets {q}"
  makes met(p, q)
  fate
cast
  李小龍, José, Zoé 🎬: person
scene 一
  李小龍 greets José.
"""


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_an_output_that_has_not_all_signs_gets_the_numbers_of_the_others(
    encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "names.story").write_text(UNICODE, encoding="utf-8")

    def said(*args: str) -> str:
        command = [sys.executable, "-m", "intrigue", *args]
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode(encoding)

    assert "greets Jos" in said("tell", "names.story")
    asked = json.loads(said("ask", "names.story", "李小龍 = Zoé 🎬", "--format", "json"))
    assert asked["question"] == "李小龍 = Zoé 🎬"
    assert json.loads(said("check", "names.story", "--format", "sarif"))["runs"]


def test_a_file_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.story"
    Path(os.fsdecode(path)).write_text("stor x\n")
    done = run("check", os.fsdecode(path), "--format", "sarif")
    assert done.returncode == 1
    assert "caf%E9.story" in done.stdout
    Path(os.fsdecode(path)).write_text("story X\nscene A\n")
    done = run("check", os.fsdecode(path), "--report", str(tmp_path / "report.html"))
    assert done.returncode == 0, done.stderr


def test_where_output_is_for_what_is_made_findings_go_to_the_other(tmp_path: Path) -> None:
    path = tmp_path / "broken.story"
    path.write_text("stor x\n")
    for verb in (["export", "--to", "json"], ["tell"], ["play", "--as", "X", "--format", "jsonl"]):
        done = run(verb[0], str(path), *verb[1:])
        assert done.returncode == 1
        assert done.stdout == ""
        assert "`stor` opens no section" in done.stderr

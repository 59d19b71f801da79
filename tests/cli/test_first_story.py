"""The walk-through is walked: its stories are written, its commands run, and what it shows is what is printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import intrigue
from cli.test_cli import run

PAGE = Path(__file__).parents[2] / "docs" / "first_story.md"
BLOCK = re.compile(
    r"(?:^<!-- without: (.*?) -->\n)?^```(story|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
SECONDS = re.compile(r"\d+\.\d\d s")


def steps() -> list[tuple[str, str, str]]:
    """Each command of the page with the story as it stands there, and what it prints."""
    found: list[tuple[str, str, str]] = []
    story = ""
    for without, form, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if form == "story":
            story = text
            continue
        told = story
        if without:
            assert story.count(f"  {without}") == 1
            told = re.sub(rf"(wants\n)?  {without}\.?\n", "", story)
        command, _, printed = text.partition("\n")
        found.append((told, command.removeprefix("$ intrigue "), printed))
    return found


@pytest.mark.parametrize(("story", "command", "printed"), steps())
def test_a_step(
    story: str, command: str, printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    Path("collector.story").write_text(story, encoding="utf-8")
    lines = SECONDS.sub("0.00 s", run(*words).stdout).splitlines()
    at = 0
    for part in re.split(r"^\.\.\.\n", SECONDS.sub("0.00 s", printed), flags=re.MULTILINE):
        wanted = part.splitlines()
        places = [i for i in range(at, len(lines)) if lines[i : i + len(wanted)] == wanted]
        assert places, f"{part}\nis not in\n" + "\n".join(lines)
        assert at or places[0] == 0
        at = places[0] + len(wanted)
    if not printed.endswith("...\n"):
        assert at == len(lines)


def test_the_story_of_the_readme_runs(tmp_path: Path) -> None:
    readme = (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    (story,) = re.findall(r"^    story .*?(?=^`)", readme, re.MULTILINE | re.DOTALL)
    path = tmp_path / "mine.story"
    path.write_text(re.sub(r"^    ", "", story, flags=re.MULTILINE), encoding="utf-8")
    assert intrigue.load(path).check().diagnostics == ()


def test_what_the_readme_says_of_a_cut_film_is_so(tmp_path: Path) -> None:
    """But for the lines of source that it leaves out, and the end of a long list of persons."""
    root = PAGE.parents[1]
    readme = (root / "README.md").read_text(encoding="utf-8")
    shown = readme[
        readme.index("    error[impossible-event]") : readme.index("(shortened: the lines")
    ]
    film = (root / "stories" / "the_killer.story").read_text(encoding="utf-8")
    told = [line for line in film.splitlines(keepends=True) if "sneaks to the villa" not in line]
    path = tmp_path / "the_killer.story"
    path.write_text("".join(told), encoding="utf-8")
    printed = str(intrigue.load(path).check()).replace(str(path), path.name)
    at = 0
    for line in shown.splitlines():
        wanted = line.strip().partition("(known to")[0]
        assert wanted in printed[at:], wanted
        at = printed.index(wanted, at)


def test_the_rule_of_ones_own_is_one(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    (rule,) = re.findall(r"^    (action .*?\n)\n", page, re.MULTILINE | re.DOTALL)
    story = steps()[0][0] + "\n" + rule.replace("\n    ", "\n")
    path = tmp_path / "own.story"
    path.write_text(story + "\nscene Later\n  Vera drinks to Milo.\n", encoding="utf-8")
    assert intrigue.load(path).run().findings == []

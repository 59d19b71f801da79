"""Games at the prompt, as files: the command, then what is typed (behind `> `) and answered; `pytest --accept` writes them anew."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from intrigue.cli import cli

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.txt"))
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "playing.md"
GAME = re.compile(r"```console\n\$ intrigue (play [^\n]*)\n(.*?)```", re.DOTALL)


def played(command: str, shown: str) -> str:
    """What the game prints that has the same lines typed in it."""
    typed = [line[2:] for line in shown.splitlines() if line.startswith("> ")]
    lines = "".join(f"{line}\n" for line in typed)
    result = CliRunner().invoke(cli, shlex.split(command), input=lines)
    assert result.exception is None, result.output
    return result.output


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_game(
    case: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(HERE)
    command, _, expected = case.read_text(encoding="utf-8").partition("\n")
    output = played(command, expected)
    if request.config.getoption("--accept"):
        case.write_text(f"{command}\n{output}", encoding="utf-8")
        return
    assert output == expected


def test_the_games_that_the_page_shows(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(ROOT)
    page = PAGE.read_text(encoding="utf-8")

    def fresh(game: re.Match[str]) -> str:
        output = played(game[1], game[2]).rstrip()
        return f"```console\n$ intrigue {game[1]}\n{output}\n```"

    again = GAME.sub(fresh, page)
    if request.config.getoption("--accept"):
        PAGE.write_text(again, encoding="utf-8")
        return
    assert again == page

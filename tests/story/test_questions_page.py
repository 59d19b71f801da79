"""`docs/questions.md` shows what the program prints; `pytest --accept` writes it anew."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from intrigue.cli import cli

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "questions.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
MEASURED = re.compile(r" \(\d+ states in [\d.]+ s\)")


def printed(command: str) -> str:
    """What a line of the page prints; how long it took is left out."""
    done = CliRunner().invoke(cli, shlex.split(command.removeprefix("$ intrigue ")))
    assert done.exception is None, done.output
    return MEASURED.sub("", done.output).rstrip() + "\n"


def test_its_examples_print_what_it_shows(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    text = PAGE.read_text(encoding="utf-8")

    def shown(block: re.Match[str]) -> str:
        command = block[1].splitlines()[0]
        return f"```console\n{command}\n{printed(command)}```"

    fresh = BLOCK.sub(shown, text)
    if request.config.getoption("--accept"):
        PAGE.write_text(fresh, encoding="utf-8")
    assert fresh == text or request.config.getoption("--accept")

"""Games at the prompt, as files: the command, then what is typed (behind `> `) and answered."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from intrigue.cli import cli

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_game(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    command, _, expected = case.read_text(encoding="utf-8").partition("\n")
    typed = [line[2:] for line in expected.splitlines() if line.startswith("> ")]
    result = CliRunner().invoke(
        cli, shlex.split(command), input="".join(f"{line}\n" for line in typed)
    )
    assert result.output == expected

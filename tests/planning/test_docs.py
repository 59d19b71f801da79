"""`docs/planning.md` shows what the program prints; `pytest --accept` writes it anew."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "planning.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
MEASURED = re.compile(r"\(\d+ states in [\d.]+ s\)")


def printed(command: str) -> str:
    """What a line of the page prints; how long it took is left out."""
    words = command.removeprefix("$ ").replace("intrigue ", f"{sys.executable} -m intrigue ", 1)
    done = subprocess.run(
        words, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert not done.stderr
    return MEASURED.sub("", done.stdout).rstrip() + "\n"


def test_its_examples_print_what_it_shows(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text(encoding="utf-8")

    def shown(block: re.Match[str]) -> str:
        commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "\n".join(f"{each}\n{printed(each)}" for each in commands) + "```"

    fresh = BLOCK.sub(shown, text)
    if request.config.getoption("--accept"):
        PAGE.write_text(fresh, encoding="utf-8")
    assert fresh == text or request.config.getoption("--accept")


def test_its_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(block, names)
    assert names["found"]

"""Worlds and stories in, diagnostics out: `cases/NAME.txt` holds what the checker must say of `cases/NAME.world` or `.story`.

After a change that is meant, `pytest tests/world --accept` writes the new texts; read them before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from intrigue.diagnostics.render import closing, text
from intrigue.language import load
from intrigue.world import check

CASES = Path(__file__).parent / "cases"


def _all() -> list[Path]:
    return sorted(path for path in CASES.iterdir() if path.suffix in (".story", ".world"))


@pytest.mark.parametrize("path", _all(), ids=lambda path: path.name)
def test_the_checker_says_what_is_wrong(
    path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    files, problems = load(path.name)
    _, found = check(files)
    said = [*problems, *found]
    printed = "\n\n".join([*map(text, said), closing(said)]) + "\n"
    expected = path.with_suffix(".txt")
    if request.config.getoption("--accept"):
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")

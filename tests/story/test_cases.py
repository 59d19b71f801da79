"""Stories in, diagnostics out: each `cases/NAME.story` is checked, and `cases/NAME.txt` holds what must be printed.

After a change that is meant, `pytest tests/story --accept` writes the new texts; read them before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue
from intrigue.diagnostics.render import closing, text

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.story")))
def test_a_story_is_checked_as_its_text_says(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    expected = CASES / f"{name}.txt"
    try:
        diagnostics = intrigue.load(f"{name}.story").check().diagnostics
    except intrigue.StoryError as error:
        diagnostics = error.diagnostics
    printed = "\n\n".join([*map(text, diagnostics), closing(diagnostics)]) + "\n"
    if request.config.getoption("--accept"):
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")

"""`docs/language.md` is true: its examples are read, its table lists the sections, its word list is the parser's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intrigue.language.names import KEYWORDS
from intrigue.language.parse import SECTIONS
from language.texts import mistakes

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
HEADING_OR_EXAMPLE = re.compile(r"^#+ (.*)$|((?:^    .*\n|^\n(?=    ))+)", re.MULTILINE)
FRAMES = {"facts": "facts\n{}", "effects": "action act(p: person)\n  fate\n{}"}
"""What goes around examples that are only a part of a section, by the heading above them."""


def examples() -> list[tuple[str, str]]:
    """The heading above each indented block, and the block as a whole section."""
    found = []
    heading = ""
    for match in HEADING_OR_EXAMPLE.finditer(PAGE):
        if match[1]:
            heading = match[1]
        elif match[2].strip():
            lines = [line[4:] for line in match[2].strip("\n").split("\n")]
            text = "\n".join(lines) + "\n"
            if text.split(None, 1)[0] not in SECTIONS:
                text = FRAMES[heading].format("".join(f"  {line}\n" for line in lines))
            found.append((heading, text))
    return found


@pytest.mark.parametrize(("heading", "text"), examples(), ids=[each[0] for each in examples()])
def test_its_examples_are_read(heading: str, text: str) -> None:
    found = [code for _, code in mistakes(f"story s\n{text}")]
    assert found in ([], ["no-scenes"])


def test_it_has_an_example_for_each_part() -> None:
    assert [heading for heading, _ in examples()] == [
        *("facts", "actions", "effects", "triggers and inferences"),
        *("wants", "cast", "start", "telling", "time"),
    ]


def test_its_table_lists_the_sections() -> None:
    cells = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    words = [word for cell in cells for word in re.findall(r"`([a-z]+)", cell)]
    assert tuple(words) == SECTIONS


def test_its_words_are_those_that_end_a_name() -> None:
    listed = re.search(r"Words of the language \(`([^`]*)`", PAGE)
    assert listed is not None
    assert set(listed[1].split()) == KEYWORDS

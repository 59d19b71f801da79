"""The first film, asked what its viewers know: who knew what when, why they did it, and what might have been."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import intrigue
from intrigue.diagnostics.diagnostic import Severity

STORIES = Path(__file__).parent.parent.parent / "stories"


@pytest.fixture(scope="module")
def film() -> intrigue.Story:
    return intrigue.load(STORIES / "the_killer.story")


def otherwise(tmp_path: Path, *changes: tuple[str, str]) -> intrigue.Story:
    """The film with some of its lines told otherwise."""
    text = (STORIES / "the_killer.story").read_text(encoding="utf-8")
    for told, instead in changes:
        assert text.count(told) == 1, told
        text = text.replace(told, instead)
    shutil.copy(STORIES / "the_killer.txt", tmp_path)
    path = tmp_path / "the_killer.story"
    path.write_text(text, encoding="utf-8")
    return intrigue.load(path)


def test_nothing_is_wrong_with_it(film: intrigue.Story) -> None:
    report = film.check()
    assert not report.counted(Severity.ERROR), str(report)
    assert not report.counted(Severity.WARNING), str(report)


def test_every_sentence_of_its_source_is_told(film: intrigue.Story) -> None:
    assert film.trace().missing == []


@pytest.mark.parametrize(
    ("question", "moment", "answer"),
    [
        ("Ah Jong knows blinded_by(Jennie)", "[2]", "yes"),
        ("Jennie knows blinded_by(Jennie)", "[2]", "no"),
        ("Jennie knows (Ah Jong knows blinded_by(Jennie) = Ah Jong)", "[2]", "no"),
        ("Jennie knows blinded_by(Jennie) = Ah Jong", "[13]", "yes"),
        ("Li knows (Jennie knows blinded_by(Jennie) = Ah Jong)", "[13]", "yes"),
        ("Ah Jong knows (Jennie knows blinded_by(Jennie) = Ah Jong)", "[13]", "no"),
    ],
)
def test_who_knows_who_blinded_jennie(
    film: intrigue.Story, question: str, moment: str, answer: str
) -> None:
    assert film.ask(question, moment).value == answer

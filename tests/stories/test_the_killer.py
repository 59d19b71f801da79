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


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Ah Jong believes contents(the suitcase)", "money"),
        ("contents(the suitcase)", "paper"),
        ("Fung Sei knows contents(the suitcase) = paper", "yes"),
        ("Wong Hoi knows contents(the suitcase) = paper", "yes"),
        ("Fung Sei knows (Ah Jong believes contents(the suitcase) = money)", "yes"),
    ],
)
def test_what_the_suitcase_holds_before_it_is_opened(
    film: intrigue.Story, question: str, answer: str
) -> None:
    opening = next(
        step.number
        for step in film.run().steps
        if film.run().sentence(step.event) == "Ah Jong opens the suitcase"
    )
    assert film.ask(question, opening - 1).value == answer


@pytest.mark.parametrize(
    ("person", "event"),
    [
        ("Ah Jong", "Fung Sei hires Ah Jong to kill the target"),
        ("Ah Jong", "Ah Jong brings the child to the hospital"),
        ("Wong Hoi", "Wong Hoi hires the hitmen to kill Ah Jong"),
        ("Li", "Li shoots Wong Hoi"),
    ],
)
def test_they_have_their_reasons(film: intrigue.Story, person: str, event: str) -> None:
    run = film.run()
    step = next(step for step in run.steps if run.sentence(step.event) == event)
    kinds = {film.world.atoms[verdict.person].name: verdict.kind for verdict in run.verdicts(step)}
    assert kinds[person] == "found"


def test_his_eyes_could_have_been_hers(tmp_path: Path) -> None:
    """Two bullets elsewhere, and the promise might have been kept."""
    missed = otherwise(
        tmp_path,
        ("Wong Hoi hits Ah Jong in the eyes.", "Wong Hoi shoots Ah Jong."),
        ("Ah Jong dies of the wounds.", "# He is dead at once."),
        ("expect lost: eyes(Ah Jong) = sound", "expect open: new_eyes(Jennie) = Ah Jong"),
    )
    run = missed.run()
    assert not run.findings
    shot = next(s.number for s in run.steps if run.sentence(s.event) == "Wong Hoi shoots Ah Jong")
    assert missed.ask("eyes(Ah Jong) = sound", shot).value == "yes"

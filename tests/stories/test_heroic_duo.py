"""The third film, asked what its viewers know; and the holes of its source, found where what mends them is left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import intrigue
from intrigue.story.motives import Limits

STORIES = Path(__file__).parent.parent.parent / "stories"
STORY = STORIES / "heroic_duo.story"


@pytest.fixture(scope="module")
def film() -> intrigue.Story:
    return intrigue.load(STORY)


def head() -> str:
    """The cast, the wants and the opening, without the telling."""
    text = STORY.read_text(encoding="utf-8")
    return text[: text.index("\nscene ")]


def excerpt(tmp_path: Path, telling: str, *changes: tuple[str, str]) -> intrigue.Story:
    """The film's cast and opening, with a telling of its own."""
    text = head()
    for told, instead in changes:
        assert text.count(told) == 1, told
        text = text.replace(told, instead)
    shutil.copy(STORIES / "heroic_duo.txt", tmp_path)
    path = tmp_path / "excerpt.story"
    path.write_text(f"{text}\n\n{telling}", encoding="utf-8")
    return intrigue.load(path)


COURSE = {"impossible-event", "dead-or-absent-actor", "deadline-missed", "failed-expectation"}


def codes(story: intrigue.Story) -> list[str]:
    """What cannot happen in it, comes too late or is not as expected; motives apart, so hardly any are looked for."""
    report = story.check(Limits(effort=1))
    return [d.code for d in report.diagnostics if d.code in COURSE]


def test_every_sentence_of_its_source_is_told(film: intrigue.Story) -> None:
    assert film.trace().missing == []


def test_it_can_happen_and_is_as_expected(film: intrigue.Story) -> None:
    assert codes(film) == []


def moment(film: intrigue.Story, sentence: str) -> int:
    """The number of the event that is told so."""
    run = film.run()
    return next(step.number for step in run.steps if run.sentence(step.event) == sentence)


@pytest.mark.parametrize(
    ("question", "after", "answer"),
    [
        # the police have the wrong man
        ("killed_by(Wong)", "The officer arrests Jack", "Mandy"),
        ("Ken believes killed_by(Wong)", "The officer arrests Jack", "Jack"),
        ("the officer believes killed_by(Wong)", "The officer arrests Jack", "Jack"),
        # the officer acts by another's will, and nobody at the station knows it
        ("mind(the officer)", "The officer takes the file", "the patron"),
        ("Ken believes mind(the officer)", "The officer takes the file", "the officer"),
        (
            "Ken knows entranced(the officer)",
            "Ken investigates what happened to the officer",
            "yes",
        ),
        # the cry for help is in Ken's hands long before he reads it
        ("holder(the drawing)", "Ken studies the drawing and sees only a picture", "Ken"),
        ("contents(the drawing)", "Ken studies the drawing and sees only a picture", "plea"),
        (
            "Ken knows contents(the drawing)",
            "Ken studies the drawing and sees only a picture",
            "no",
        ),
        ("Ken knows contents(the drawing)", "Ken opens the drawing", "yes"),
        # the patron mourns for a living man, and finds it out at Mandy's door
        ("health(Jack)", "The patron weeps over Jack", "fit"),
        ("the patron believes health(Jack)", "The patron weeps over Jack", "dead"),
        ("the patron believes health(Jack)", "Jack sneaks to the lair", "dead"),
        ("the patron knows health(Jack)", "Jack tries in vain to set Mandy free", "yes"),
    ],
)
def test_who_knows_what(film: intrigue.Story, question: str, after: str, answer: str) -> None:
    assert film.ask(question, moment(film, after)).value == answer


def test_who_comes_after_the_hour_comes_too_late(tmp_path: Path) -> None:
    text = STORY.read_text(encoding="utf-8")
    told = "Ken drives Jack to the shore."
    i = text.index(told)
    assert "takes 5 minutes" in text[i : i + 300]
    text = text[:i] + text[i:].replace("takes 5 minutes", "takes 50 minutes", 1)
    shutil.copy(STORIES / "heroic_duo.txt", tmp_path)
    path = tmp_path / "heroic_duo.story"
    path.write_text(text, encoding="utf-8")
    assert "deadline-missed" in codes(intrigue.load(path))


def test_nobody_is_killed_twice(tmp_path: Path) -> None:
    """[4] says that the chief killed the friend of the house, [6] that Mandy did."""
    story = excerpt(
        tmp_path,
        "scene The friend\n  The patron shoots Wong.  [4]\n  Wong goes to the house.  [6]\n  Mandy stabs Wong.  [6]\n",
    )
    assert set(codes(story)) & {"dead-or-absent-actor", "impossible-event"}


def test_nobody_is_recruited_who_has_not_been_met(tmp_path: Path) -> None:
    """[2] has him recruited before the visit of [12]."""
    story = excerpt(
        tmp_path, "scene The case\n  Ken recruits Jack and takes him to the station.  [2]\n"
    )
    assert codes(story) == ["impossible-event"]


def test_what_has_been_stolen_cannot_be_stolen_again(tmp_path: Path) -> None:
    """[21] and [27] are two thefts: of one thing there is only one."""
    story = excerpt(
        tmp_path,
        "scene Twice\n  Jack goes to the hall.\n  Jack takes the stone.  [21]\n  Jack takes the stone.  [27]\n",
    )
    assert codes(story) == ["impossible-event"]


def test_who_is_still_held_is_not_in_the_fight(tmp_path: Path) -> None:
    """Between [32], where Brenda is caught, and [35], where she is hit, somebody must let her go."""
    story = excerpt(
        tmp_path,
        "scene The lair\n  Brenda sneaks to the villa.\n  The henchmen seize Brenda.  [32]\n"
        "  The henchmen shoot and wound Brenda.       [35]\n",
    )
    assert codes(story) == ["impossible-event"]


def test_where_nobody_listens_he_would_have_said_it(tmp_path: Path) -> None:
    """The picture of [14] needs the patron's men in prison: without them he can simply speak, as in [16]."""
    telling = (
        "scene The lever\n  The henchmen sneak to the house.\n  The henchmen seize Mandy.\n"
        "  The patron demands the jewels of Jack in exchange for Mandy.  [9]\n"
        "  Jack goes to the station.\n  The convicts go to the station.\n"
        "  expect {}: Jack tells Ken (buyer(Jack) = the patron)\n"
    )
    assert codes(excerpt(tmp_path, telling.format("impossible"))) == []
    alone = telling.replace("  The convicts go to the station.\n", "")
    assert codes(excerpt(tmp_path, alone.format("possible"))) == []


def test_a_bullet_in_the_heart_leaves_time_to_run(tmp_path: Path) -> None:
    """[34] and [38]: who is merely killed runs no more."""
    shot = (
        "scene The shot\n  The henchmen sneak to the house.\n  The henchmen {}.  [34]\n"
        "  The henchmen return to the villa.\n  Jack goes to the flat.  [38]\n"
    )
    assert codes(excerpt(tmp_path, shot.format("hit Jack in the heart"))) == []
    assert codes(excerpt(tmp_path, shot.format("shoot Jack"))) != []

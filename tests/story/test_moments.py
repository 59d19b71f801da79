"""Moments by all the names that people give them; questions that take a search; what follows from a sentence nobody understands."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue
from intrigue.diagnostics.diagnostic import Severity

STORY = """story The Pier
facts
  where(person): place  visible to anyone at where(person)  "{person} is at {value}"
  dead(person)          visible to anyone at where(person)  "{person} is dead"

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to, not dead(p)
  makes where(p) = to
  will p
  seen by anyone at where(p)

action shoot(p: person, q: person)
  "{p} shoots {q}"
  needs where(p) = where(q), p != q, not dead(p), not dead(q)
  makes dead(q)
  will p

wants
  Milo: dead(Anton)
  Vera suffers until not dead(Anton)

cast
  Vera, Milo: person, at the bar
  Anton: person, at the pier
  the bar, the pier: place

scene The bar
  Milo goes to the pier.    [1]

scene The pier              [2]
  Milo shoots Anton.
"""


@pytest.fixture()
def pier(tmp_path: Path) -> intrigue.Story:
    return load(tmp_path, STORY)


def load(folder: Path, text: str) -> intrigue.Story:
    path = folder / "the_pier.story"
    path.write_text(text)
    return intrigue.load(path)


@pytest.mark.parametrize(
    "moment",
    [
        "2",
        2,
        "[2]",
        "The pier",
        "Pier",
        "a pier",
        "Milo shoots Anton",
        "milo shoot Anton.",
        "line 32",
        "the_pier.story:32",
    ],
)
def test_one_moment_by_all_its_names(pier: intrigue.Story, moment: str | int) -> None:
    assert [each.number for each in pier.explain(moment)] == [2]


def test_a_moment_that_is_none_is_guessed(pier: intrigue.Story) -> None:
    with pytest.raises(intrigue.StoryError, match="did you mean the scene `The pier`"):
        pier.explain("pie")


AGAIN = """
scene The pier
  Milo goes to the bar.
  expect Milo is at the bar

scene The night
  expect Anton is dead
"""


def test_a_title_that_several_scenes_have_means_all_of_them(tmp_path: Path) -> None:
    story = load(tmp_path, STORY + AGAIN)
    assert [each.number for each in story.explain("the pier")] == [2, 3]
    cut = story.cut("The pier")
    assert cut.events == (2, 3)
    assert cut.changes.expectations == ("Anton is dead",)  # its own go with it


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("The night", "nothing happens in this scene"),
        ("start", "here an event is meant: an event's number (1 to 3)"),
        ("dusk", "`line n`, `start` or `end`"),
    ],
)
def test_what_is_no_event_is_told_from_what_is_no_moment(
    tmp_path: Path, at: str, said: str
) -> None:
    story = load(tmp_path, STORY + AGAIN)
    with pytest.raises(intrigue.StoryError) as refused:
        story.explain(at)
    assert said in refused.value.diagnostics[0].repair


def test_two_endings_are_not_called_the_same(tmp_path: Path) -> None:
    endings = "ending The end: Anton is dead\nending End: Vera is dead\n"
    with pytest.raises(intrigue.StoryError, match="End is the name of another ending"):
        load(tmp_path, STORY + endings).check()


def test_an_ending_may_be_called_by_a_number(tmp_path: Path) -> None:
    story = load(tmp_path, STORY + 'ending "1984": Anton is dead\n')
    (ending,) = story.endings("start").endings
    assert ending.way == ("Milo goes to the pier", "Milo shoots Anton")


@pytest.mark.parametrize(
    ("question", "at", "answer", "reason"),
    [
        (
            "possible: Milo shoots Anton",
            "start",
            "no",
            "this does not hold: where(Milo) = where(Anton)",
        ),
        ("possible: Milo shoots Anton", 1, "yes", "all conditions hold of: Milo shoots Anton"),
        ("impossible: Vera shoots Anton", 1, "yes", "cannot happen here"),
        ("Milo would Milo shoots Anton", 1, "yes", "the plan: Milo shoots Anton"),
        (
            "Vera would Vera goes to the pier",
            "start",
            "no",
            "no motive within 8 events and 4 minds",
        ),
        ("Milo would shoot Anton", 1, "yes", "the plan: Milo shoots Anton"),
        ("Vera would not go to the pier", "start", "yes", "no motive within 8 events and 4 minds"),
        ("Milo plans: Milo shoots Anton", "start", "yes", ""),
        ("Milo plans: go to the pier; shoot Anton", "start", "yes", ""),
        ("lost: Anton is at the bar", "end", "yes", ""),
        ("open: Anton is at the bar", "end", "no", ""),
    ],
)
def test_whatever_can_be_expected_can_be_asked(
    pier: intrigue.Story, question: str, at: str | int, answer: str, reason: str
) -> None:
    found = pier.ask(question, at)
    assert found.value == answer
    assert reason in "; ".join(found.because)


def test_what_is_expected_of_somebody_may_be_told_without_the_subject(tmp_path: Path) -> None:
    expected = """  expect Milo would shoot Anton
  expect Milo would not shoot Vera
  expect Milo would Milo shoots Anton
  Milo shoots Anton"""
    report = load(tmp_path, STORY.replace("  Milo shoots Anton", expected)).check()
    assert report.counts["expectations_held"] == report.counts["expectations"] == 3
    told = STORY.replace("  Milo shoots Anton", "  expect Milo would dance\n  Milo shoots Anton")
    assert "unknown-sentence" in [d.code for d in load(tmp_path, told).check().diagnostics]


def test_a_phrase_with_would_in_it_is_a_condition(tmp_path: Path) -> None:
    phrase = 'facts\n  loyal(p: person, q: person)  "{p} would die for {q}"\n'
    opening = "start\n  loyal(Milo, Vera)\n\nscene The bar"
    text = STORY.replace("facts\n", phrase).replace("scene The bar", opening)
    story = load(tmp_path, text)
    assert story.ask("Milo would die for Vera").value == "yes"
    assert story.ask("Vera knows that Milo would die for Vera").value == "yes"
    assert story.ask("Vera would die for Milo").value == "no"
    assert story.ask("Milo would Milo shoots Anton", at=1).value == "yes"


@pytest.mark.parametrize("question", ["", "?", "is", "does", "is ?"])
def test_an_empty_question_is_none(pier: intrigue.Story, question: str) -> None:
    with pytest.raises(intrigue.StoryError):
        pier.ask(question)


def test_two_questions_are_none(pier: intrigue.Story) -> None:
    with pytest.raises(intrigue.StoryError):
        pier.ask("possible: Milo shoots Anton, Vera is dead")


def test_an_expectation_of_a_belief_that_fails_says_the_truth_too(tmp_path: Path) -> None:
    story = load(tmp_path, STORY + "  expect Vera believes that Anton is dead\n")
    (found,) = [d for d in story.check().diagnostics if d.code == "failed-expectation"]
    assert [note.text for note in found.notes] == [
        "Vera believes that dead(Anton) is no, so from the start",
        "dead(Anton) is yes, since event 2: Milo shoots Anton (known to all but Vera)",
    ]


def test_what_may_follow_from_a_sentence_that_nobody_understands_says_so(tmp_path: Path) -> None:
    story = load(tmp_path, STORY.replace("Milo goes to", "Milo gose to"))
    (found,) = [d for d in story.check().diagnostics if d.code == "impossible-event"]
    assert found.notes[-1].text == (
        "this may follow from line 29, which is not understood or not played"
    )


def test_the_report_counts(pier: intrigue.Story) -> None:
    counts = pier.check().to_dict()
    assert (counts["events"], counts["motives"], counts["motives_found"]) == (2, 2, 2)
    assert (counts["expectations"], counts["expectations_held"]) == (0, 0)


def test_an_include_that_is_not_there_is_the_only_finding(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        load(tmp_path, STORY.replace("Pier\n", "Pier\nin heroic bloodshad\n", 1))
    assert [d.code for d in refused.value.diagnostics] == ["include-not-found"]


LAMP = """story The Lamp
facts
  broken(thing) = yes
  switched(thing)
  lit(thing)

action mend(p: person, l: thing)
  "{p} mends {l}"
  makes not broken(l)
  will p

action switch(p: person, l: thing)
  "{p} switches {l} on"
  needs not broken(l)
  makes switched(l)
  will p

trigger glow(l: thing)
  when switched(l), not lit(l)
  makes lit(l)

trigger fail(l: thing)
  when broken(l), lit(l)
  makes not lit(l)

wants
  Ann: lit(the lamp)

cast
  Ann: person
  the lamp: thing

scene Night
  Ann mends the lamp.
  Ann switches the lamp on.
"""


def test_what_cannot_happen_is_that_and_no_circle_of_triggers(tmp_path: Path) -> None:
    told = load(tmp_path, LAMP)
    assert told.check().ok
    (cut,) = told.cut(1).changes.impossible
    assert (cut.number, cut.event, cut.conditions) == (
        2,
        "Ann switches the lamp on",
        ("not broken(the lamp)",),
    )
    again = load(tmp_path, LAMP.replace("  Ann mends the lamp.\n", ""))
    errors = [d.code for d in again.check().counted(Severity.ERROR)]
    assert errors == ["impossible-event"]

"""Conditions told in the words of facts: `Calder is dead`, `Mara knows that Nico is at the docks`."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue
from intrigue.world.sentences import match

STORY = """story The Docks

kinds
  health = fit < dead
  gun: thing

facts
  where(person): place          visible to anyone at where(person)   "{person} is at {value}"
  health(p: person): health     "{p} is {value}"
  holder(thing): person         "{value} has {thing} in his hands"
  trusts(p: person, q: person)  "{p} trusts {q}"
  friend(p: person, q: person)  "{p} is a friend of {q}"
  shots(gun): number = 6        "{gun} holds {value} shots"

action shoot(p: person, q: person, g: gun)
  "{p} shoots {q} with {g}"
  needs p has g in his hands, not q is dead
  makes health(q) = dead
  will p
  seen by anyone at where(p)

action ask(p: person, q: person, what: question)
  "{p} asks {q} {what}"
  makes p learns what from q
  will p

wants
  Mara: Calder is dead x2 while Mara is at the docks

cast
  Mara, Calder, Nico: person, at the docks
  the docks, the inn: place
  the pistol: gun, holder = Mara

start
  trusts(Mara, Nico)

scene One
  expect Calder is fit, the pistol holds 6 shots, Mara is not at the inn
  Mara shoots Calder with the pistol.
  expect Nico knows that Calder is dead, not Nico is dead
"""


def ask(folder: Path, question: str) -> str:
    return load(folder).ask(question).value


def load(folder: Path, text: str = STORY) -> intrigue.Story:
    path = folder / "x.story"
    path.write_text(text)
    return intrigue.load(path)


def test_rules_wants_and_expectations_may_be_told_in_phrases(tmp_path: Path) -> None:
    report = load(tmp_path).check()
    assert report.ok, str(report)
    assert "1 of 1 motive found, 5 of 5 expectations held" in report.summary


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Calder is dead", "yes"),
        ("Calder is not dead", "no"),
        ("not Calder is fit", "yes"),
        ("Nico is at the docks and Calder is dead", "yes"),
        ("Nico is not at the docks", "no"),
        ("Mara has the pistol in his hands", "yes"),
        ("Nico trusts Mara", "no"),
        ("Nico does not trust Mara", "yes"),
        ("Mara is a friend of Nico", "no"),
        ("Mara is not a friend of Nico", "yes"),
        ("Mara is a person", "yes"),
        ("the pistol holds 6 shots", "yes"),
        ("Mara knows that Nico knows Calder is dead", "yes"),
        ("Mara does not believe that Calder is fit", "yes"),
        ("nobody has the pistol in his hands", "no"),
        ("nobody knows that Calder is fit", "yes"),
        ("not nobody knows that Calder is dead", "yes"),
        ("Nobody believes Nico has the pistol in his hands", "yes"),
        ("everybody knows Calder is dead and Mara is at the docks", "yes"),
        ("Does everybody know where Nico is?", "yes"),
        ("everybody knows that nobody knows that Nico is dead", "yes"),
        ("everyone does not believe that Calder is fit", "yes"),
        ("any p: person where p is dead and p is at the docks", "yes"),
        ("count(p: person where p is dead)", "1"),
        ("if Calder is dead then 1 else 2", "1"),
        ("Calder is dead?", "yes"),
        ("Is Calder dead?", "yes"),
        ("is Nico at the inn", "no"),
        ("Has Mara the pistol in his hands?", "yes"),
        ("Does Nico trust Mara?", "no"),
        ("where Nico is", "the docks"),
        ("Where is Nico?", "the docks"),
        ("Does Mara know where Nico is?", "yes"),
        ("Who has the pistol in his hands?", "Mara"),
        ("what Calder is?", "dead"),
    ],
)
def test_questions_in_the_words_of_facts(tmp_path: Path, question: str, answer: str) -> None:
    assert ask(tmp_path, question) == answer


def test_what_nobody_and_everybody_knows_may_be_said_in_rules_and_expectations(
    tmp_path: Path,
) -> None:
    text = STORY.replace(
        "\nwants\n",
        """
define
  famous(p: person, q: person) = everybody knows p trusts q
  hidden(p: person, q: person) = nobody knows p trusts q

wants
""",
    ).replace(
        "start\n", "start\n  secret trusts(Nico, Mara) known to nobody; others believe no\n", 1
    )
    text += """  expect nobody knows that Nico trusts Mara, hidden(Nico, Mara), not famous(Nico, Mara)
  expect everybody knows that Mara trusts Nico, famous(Mara, Nico), not hidden(Mara, Nico)
"""
    report = load(tmp_path, text).check()
    assert report.counts["expectations_held"] == report.counts["expectations"] == 11


def test_who_is_called_everybody_is_no_other(tmp_path: Path) -> None:
    text = STORY.replace("Nico: person", "Nico, Everybody: person")
    assert ask(tmp_path, "everybody believes Mara has the pistol in his hands") == "yes"
    story = load(tmp_path, text)
    assert story.ask("Everybody knows that Everybody is at the docks").because == (
        "where(Everybody) is the docks, so from the start (everybody knows it)",
        "Everybody believes that where(Everybody) is the docks, so from the start",
    )


def test_what_no_phrase_says_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        ask(tmp_path, "Nico trusted Mara")
    assert [d.code for d in refused.value.diagnostics] == ["unknown-name"]
    with pytest.raises(intrigue.StoryError) as refused:
        ask(tmp_path, "Nico is in the docks")
    assert "the nearest phrase of a fact: {person} is at {value}" in str(refused.value)


def test_a_question_in_another_order_is_told_how_to_ask(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError, match="in their order: `where Li is`"):
        ask(tmp_path, "where the gun of Nico is?")


def test_what_two_facts_may_say_is_refused(tmp_path: Path) -> None:
    both = STORY.replace(
        "  shots(gun)", '  likes(p: person, q: person)   "{p} trusts {q}"\n  shots(gun)'
    )
    with pytest.raises(intrigue.StoryError) as refused:
        load(tmp_path, both).ask("Mara trusts Nico")
    (found,) = refused.value.diagnostics
    assert found.code == "ambiguous-condition"
    assert [note.text for note in found.notes] == [
        "it could be about: trusts",
        "it could be about: likes",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "where Calder is",
        "who has the pistol in his hands",
        "what Calder is",
        "whether Mara trusts Nico",
    ],
)
def test_questions_are_asked_in_the_words_of_facts(tmp_path: Path, question: str) -> None:
    told = f"Nico asks Mara {question}"
    run = load(tmp_path, STORY + f"  {told}\n").run()
    assert not run.findings
    assert run.sentence(run.steps[-1].event) == told


TALK = STORY.replace(
    "\naction ask(",
    """
action tell(p: person, q: person, c: claim)
  "{p} tells {q} {c}"
  makes p tells q c
  will p

action warn(p: person, q: person, c: claim)
  "{p} warns {q}: {c}"
  makes p tells q c
  will p

facts
  swore(p: person, c: claim)  "{p} swore {c}"

action ask(""",
)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Nico tells Mara Calder is dead", "Nico tells Mara that Calder is dead"),
        ("Nico tells Mara that Calder is dead", "Nico tells Mara that Calder is dead"),
        ("Nico tells Mara not Mara trusts Nico", "Nico tells Mara that not Mara trusts Nico"),
        (
            "Nico tells Mara Calder swore Mara trusts Nico",
            "Nico tells Mara that Calder swore that Mara trusts Nico",
        ),
        ("Nico warns Mara: Calder is dead", "Nico warns Mara: Calder is dead"),
    ],
)
def test_what_is_claimed_in_words_has_that_before_it_and_is_read_back(
    tmp_path: Path, told: str, said: str
) -> None:
    run = load(tmp_path, TALK + f"  {told}\n").run()
    assert not run.findings
    assert run.sentence(run.steps[-1].event) == said
    assert match(run.world, said) == match(run.world, told)


def test_a_condition_in_words_that_fails_is_told_with_the_names_filled_in(tmp_path: Path) -> None:
    story = load(tmp_path, STORY + "  Nico shoots Mara with the pistol.\n")
    (found,) = [d for d in story.check().diagnostics if d.code == "impossible-event"]
    assert found.notes[0].text == "this does not hold: Nico has the pistol in his hands"


def test_what_somebody_wants_to_do_is_no_state(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        load(
            tmp_path,
            STORY + "  Mara shoots Nico with the pistol.\n    because Mara wants to betray Nico\n",
        )
    (found,) = refused.value.diagnostics
    assert found.notes[1].text == (
        "what somebody is going to do stands behind a colon: `because Nico: SENTENCE`"
    )


FERRY = (
    STORY.replace("  gun: thing\n", "  gun: thing\n  cabin: place, in\n")
    .replace("  the docks, the inn: place\n", "  the docks: place, on\n  the inn: cabin\n")
    .replace("at the docks\n\ncast", "on the docks\n\ncast")
)


def test_a_place_has_a_preposition_of_its_own_or_that_of_its_kind(tmp_path: Path) -> None:
    story = load(tmp_path, FERRY)
    assert (
        story.ask("Mara is on the docks").value == story.ask("Mara is at the docks").value == "yes"
    )
    assert story.ask("Mara is in the inn").value == "no"
    run = story.run()
    where = run.engine.fluent(0, [run.world.tables.atom_named["mara"].id])
    place = run.engine.value(run.states[-1], where)
    assert run.names.is_so(where, place) == "Mara is on the docks"


def test_another_preposition_than_its_own_does_not_fit(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError, match=r"There is no .* called on the inn"):
        load(tmp_path, FERRY).ask("Mara is on the inn")


@pytest.mark.parametrize(
    "mistake", ["  gun: thing, in\n", "  gun: thing\n\ncast\n  Eve: person, in\n"]
)
def test_only_places_have_one(tmp_path: Path, mistake: str) -> None:
    with pytest.raises(intrigue.StoryError, match=r"There is no kind called in\b"):
        load(tmp_path, STORY.replace("  gun: thing\n", mistake))


VOWS = """story The Vow
facts
  jailed(p: person)                       "{p} is in jail"
  vowed(p: person, q: person, c: claim)   "{p} vowed {q} that {c}"
action vow(p: person, q: person, c: claim)
  "{p} vows {q} that {c}"
  makes vowed(p, q, c)
  fate
cast
  Ann, Bo, Cid: person
scene One
  Ann vows Bo that Cid is not in jail.
"""


@pytest.mark.parametrize(
    "expected",
    [
        "not Ann vowed Bo that (jailed(Cid))",
        "not Ann vowed Bo that Cid is in jail",
        "Ann vowed Bo that Cid is not in jail",
        "any p: person where p vowed Bo that Cid is not in jail",
        "not any p: person where p vowed Bo that Bo is in jail",
    ],
)
def test_an_expectation_may_speak_of_a_claim_that_nobody_tells(expected: str) -> None:
    report = intrigue.loads(f"{VOWS}  expect {expected}\n").check()
    assert report.counts["expectations_held"] == 1


def test_a_question_keeps_a_preposition_but_where_it_says_it_itself() -> None:
    story = VOWS.replace(
        "facts\n",
        'facts\n  holder(t: thing): person  "{t} is with {value}"\n  home(p: person): place  "{p} lives in {value}"\n',
    ).replace(
        "  Ann, Bo, Cid: person\n",
        "  Ann, Bo, Cid: person, home = Rome\n  the cup: thing, holder = Bo\n  Rome: place\n",
    )
    told = intrigue.loads(story)
    assert told.ask("whom the cup is with").value == "Bo"
    assert told.ask("where Ann lives").value == "Rome"
    with pytest.raises(intrigue.StoryError):
        told.ask("whom the cup is")

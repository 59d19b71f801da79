"""Retellings: read back, they tell the story; as one person lived it, they tell no more than that person knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import intrigue
from intrigue.cli import cli
from intrigue.views import tell
from intrigue.views.chronicle import Chronicle, Member, chronicle
from intrigue.views.tell.clauses import passages
from intrigue.views.tell.prose import Prose
from intrigue.views.tell.words import infinitive, introduction, retensed
from intrigue.world.sentences import match

LETTER = Path(__file__).parent.parent / "story" / "cases" / "the_letter.story"
FILM = Path(__file__).parent.parent.parent / "stories" / "the_killer.story"


@pytest.fixture(scope="module")
def letter() -> Chronicle:
    return chronicle(intrigue.load(LETTER).run())


@pytest.fixture(scope="module")
def film() -> intrigue.Story:
    return intrigue.load(FILM)


def test_prose(letter: Chronicle) -> None:
    assert tell.markdown(letter) == (
        "# The Letter\n\n## Dawn\n\n"
        "Kit goes to the house, steals the letter, and reads it.\n\n"
        "## Noon\n\nAt the house, Wah kills Kit.\n"
    )


def test_as_one_lived_it(letter: Chronicle) -> None:
    """Wah sees Kit come and read, not steal."""
    assert "steals" not in tell.markdown(letter, "Wah")
    assert "Kit goes to the house and reads the letter." not in tell.markdown(letter)


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_a_retelling_reads_back(film: intrigue.Story, seed: int) -> None:
    """Every clause, with names for its pronouns, is a sentence of the story, and none is missing."""
    told = chronicle(film.run())
    members = (*told.persons, *told.things)
    names = {call: m for m in members for call in (m.name, *m.aliases)}
    introduced = sorted((f", {introduction(p)}," for p in told.persons if introduction(p)), key=len)
    called = re.compile("|".join(map(re.escape, sorted(names, key=lambda name: -len(name)))))
    prose = Prose(told, seed)
    expected: list[str] = []
    read: list[str] = []
    for passage in passages(told):
        expected += [each.text for each in passage.clauses]
        subject = ""
        for sentence in re.split(r"(?<=\.) ", prose.paragraph(passage)):
            for added in introduced:
                sentence = sentence.replace(added, "")
            sentence = re.sub(r", to .*", "", sentence.rstrip("."))
            sentence = re.sub(r"^(Then|After that|At [^,]*,) ", "", sentence)
            sentence = sentence[:1].lower() + sentence[1:]
            head = next(
                (n for n in names if f"{sentence} ".casefold().startswith(f"{n} ".casefold())), ""
            )
            before, subject = subject, head or subject
            rest = sentence[len(head) :].strip() if head else sentence.partition(" ")[2]

            both = re.match(rf"and ({called.pattern}) ", rest)
            subjects = [subject, *([both[1]] if both else [])]
            rest = rest[both.end() :] if both else rest

            rest = named(rest, before, subjects, names)
            if both:
                read += [f"{each} {singular(rest)}" for each in subjects]
            else:
                read += clauses(film, subject, rest)
    assert [each.casefold() for each in read] == [each.casefold() for each in expected]


def named(said: str, before: str, subjects: list[str], names: dict[str, Member]) -> str:
    """With a name for each pronoun: who was named last before it and is called so, in the sentence or as the subject of the one before."""
    called = re.compile("|".join(map(re.escape, sorted(names, key=lambda name: -len(name)))))
    meant = {"him": "he", "her": "she", "it": "it", "them": "they"}

    def whom(pronoun: re.Match[str]) -> str:
        for name in [*reversed(called.findall(said[: pronoun.start()])), before]:
            if name and _called(names[name]) == meant[pronoun[0]] and name not in subjects:
                return str(name)
        return pronoun[0]

    return re.sub(r"\b(him|her|it|them)\b(?! (new|own|journey|song))", whom, said)


def _called(member: Member) -> str:
    if member.pronoun or "person" in member.kinds:
        return member.pronoun
    return "they" if re.search(r"[^s]s$", member.name) else "it"


def singular(predicate: str) -> str:
    verb, _, rest = predicate.partition(" ")
    return f"{verb}{'es' if verb.endswith('ss') else 's'} {rest}"


def clauses(film: intrigue.Story, subject: str, rest: str) -> list[str]:
    """The predicates of a sentence, each with its subject: what is a sentence as it stands is not cut."""
    if match(film.world, f"{subject} {rest}"):
        return [f"{subject} {rest}"]
    return [f"{subject} {part}" for part in re.split(r", and |, | and ", rest)]


def test_other_seeds_word_it_otherwise(film: intrigue.Story) -> None:
    told = chronicle(film.run())
    assert tell.markdown(told, seed=1) == tell.markdown(told, seed=1) != tell.markdown(told, seed=2)


def test_nobody_is_introduced_twice(film: intrigue.Story) -> None:
    told = chronicle(film.run())
    made = tell.markdown(told)
    for person in told.persons:
        if introduction(person):
            assert made.count(f"{person.name}, {introduction(person)},") <= 1


def test_verbs() -> None:
    assert infinitive("takes the bag and goes to the church") == "take the bag and go to the church"
    assert retensed("watches Lam", lambda verb: verb.upper()) == "WATCHES Lam"


def test_a_skeleton_in_fountain(letter: Chronicle) -> None:
    assert tell.fountain(letter).splitlines()[:9] == [
        "Title: The Letter",
        "Draft: skeleton",
        "",
        "",
        "# Dawn",
        "",
        ".THE HOUSE #1-1#",
        "",
        "KIT goes to the house.",
    ]


def test_an_outline_and_beats(letter: Chronicle) -> None:
    assert tell.outline(letter).splitlines()[2] == (
        "1. **Dawn** (the house). Kit goes to the house. *Kit*"
    )
    assert "- Kit reads the letter: better for Kit (+2)" in tell.beats(letter)


def test_the_verb() -> None:
    run = CliRunner().invoke
    wrong = run(cli, ["tell", str(LETTER), "--as", "Kitt"], standalone_mode=False)
    assert "nobody is called Kitt; did you mean Kit?" in str(wrong.exception)
    assert run(cli, ["tell", str(LETTER), "--as", "kit"]).output.startswith(
        "# The Letter, as Kit lived it"
    )

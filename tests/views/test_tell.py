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
from intrigue.views.tell.words import everywhere, introduction
from intrigue.world.predicates import infinitive, retensed
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
        "## Noon\n\nWah kills Kit.\n"
    )


def test_as_one_lived_it(letter: Chronicle) -> None:
    """Wah sees Kit come and read, not steal."""
    assert "steals" not in tell.markdown(letter, "Wah")
    assert "Kit goes to the house and reads the letter." not in tell.markdown(letter)


def test_a_retelling_and_a_game_say_the_same_of_what_somebody_saw(film: intrigue.Story) -> None:
    """Jennie is blinded by a shot from the dark: she learns that, and who comes, in both."""
    told = tell.markdown(chronicle(film.run()), "Jennie")
    assert "Jennie, the singer, learns that Lam is dead, that her sight is blind, and that" in told
    assert "Ah Jong comes, beats them, and brings Jennie to the apartment." in told
    lines = film.play("Jennie", at=2).scene.lines
    assert {"You learn that Lam is dead", "You learn that your sight is blind"} <= set(lines)
    assert "Ah Jong comes" in film.play("Jennie", at=5).scene.lines


@pytest.fixture(scope="module", params=["the_killer", "the_photographer"])
def told_film(request: pytest.FixtureRequest) -> tuple[intrigue.Story, Chronicle]:
    story = intrigue.load(FILM.with_stem(request.param))
    return story, chronicle(story.run())


@pytest.mark.parametrize("seed", range(8))
def test_a_retelling_reads_back(told_film: tuple[intrigue.Story, Chronicle], seed: int) -> None:
    """Every clause, with names for its pronouns, is a sentence of the story, and none is missing."""
    story, told = told_film
    reader = Reader(story, told)
    prose = Prose(told, seed)
    for passage in passages(told):
        expected = [match(story.world, each.text) for each in passage.clauses]
        read: list[str] = []
        subject = ""
        for sentence in re.split(r"(?<=\.) ", prose.paragraph(passage)):
            clauses, subject = reader.read(sentence, subject)
            read += clauses
        assert [match(story.world, each) for each in read] == expected, read


class Reader:
    """Takes prose apart into the sentences that it was made of, by what the language of the story understands."""

    def __init__(self, story: intrigue.Story, told: Chronicle) -> None:
        self.world = story.world
        members = (*told.persons, *told.things)
        self.members = {call: m for m in members for call in (m.name, *m.aliases)}
        names = "|".join(map(re.escape, sorted(self.members, key=lambda name: -len(name))))
        self.name = re.compile(rf"\b(?:{names})\b")
        leads = {event.lead for event in told.events} - {""}
        self.leads = "|".join(map(re.escape, leads)) or "(?!)"
        added = {introduction(person) for person in told.persons} - {""}
        said = "|".join(map(re.escape, sorted(added, key=lambda each: -len(each))))
        self.introduced = re.compile(rf", (?:{said})(?=,|$)") if said else re.compile("(?!)")

    def read(self, sentence: str, before: str) -> tuple[list[str], str]:
        """The clauses, and the subject of the sentence for the next one; `before`: that of the sentence before."""
        said = re.sub(rf"^(?:{self.leads}), (?=\S)", "", sentence.rstrip("."), flags=re.IGNORECASE)
        said = re.sub(r"^(?:Then|Again|(?:At|In|On) [^,]*,) ", "", said, flags=re.IGNORECASE)
        said = re.sub(self.introduced.pattern + ",?", "", said)
        first = re.match(r"(he|she|it|they)\b", said, re.IGNORECASE)
        subject = before if first else self.at_the_beginning(said)
        rest = said[len(first[0] if first else subject) :].strip()
        others: list[str] = []
        while also := re.match(rf"(?:,? ?and|,) ({self.name.pattern})\b", rest):
            others.append(also[1])
            rest = rest[also.end() :].strip()
        if also := re.search(rf", and so (?:do|does) ({self.name.pattern})$", rest):
            others, rest = [also[1]], rest[: also.start()]
        for aim in [None, *reversed(list(re.finditer(r", to (?=[a-z])", rest)))]:
            plain = self.named(rest[: aim.start()] if aim else rest, before, [subject, *others])
            if plain.endswith(" each other"):
                there = plain.removesuffix("each other")
                return [f"{subject} {there}{others[0]}", f"{others[0]} {there}{subject}"], ""
            if others:
                every = [f"{each} {plain}" for each in (subject, *others)]
                if all(match(self.world, each) for each in every):
                    return every, ""
            elif found := self.clauses(subject, plain):
                return found, subject
        raise AssertionError(f"nobody understands: {sentence}")

    def at_the_beginning(self, said: str) -> str:
        found = self.name.match(said) or self.name.match(said[:1].lower() + said[1:])
        return found[0] if found else ""

    def clauses(self, subject: str, rest: str) -> list[str] | None:
        """The sentences that a predicate was made of; None if it cannot be told."""
        if match(self.world, f"{subject} {rest}".strip()):
            return [f"{subject} {rest}".strip()]
        for who in re.finditer(rf"({self.name.pattern}), who ", rest):
            one = self.clauses(subject, rest[: who.end(1)])
            other = self.clauses(who[1], rest[who.end() :])
            if one and other:
                return [*one, *other]
        for cut in re.finditer(r", and |, | and ", rest):
            head, tail = rest[: cut.start()], rest[cut.end() :]
            one = self.clauses(subject, head)
            other = one and (self.clauses(subject, tail) or self.shared(subject, one[-1], tail))
            if one and other:
                return [*one, *other]
        verbs = re.match(r"(\w+)((?:, \w+)*),? and (\w+)( .+)", rest)
        one_name = self.name.pattern
        names = re.search(rf"({one_name})((?:, {one_name})*),? and ({one_name})", rest)
        for found, before, after in ((verbs, "", verbs and verbs[4]), (names, None, None)):
            if found is None:
                continue
            several = [found[1], *found[2].split(", ")[1:], found[3]]
            before = rest[: found.start()] if before is None else before
            after = rest[found.end() :] if after is None else after
            every = [f"{subject} {before}{each}{after}" for each in several]
            if all(match(self.world, each) for each in every):
                return every
        return None

    def shared(self, subject: str, before: str, tail: str) -> list[str] | None:
        """What is told with the beginning of the clause before it: another name, another thing, another claim."""
        words = before.removeprefix(f"{subject} ").split(" ")
        for length in range(len(words) - 1, 0, -1):
            found = self.clauses(subject, " ".join([*words[:length], tail]))
            if found and (tail.startswith(("that ", "her ")) or self.name.match(tail)):
                return found
        return None

    def named(self, said: str, before: str, subjects: list[str]) -> str:
        """With a name for each pronoun: who was named last before it and is called so, in the sentence or as the subject of the one
        before; the subject of the sentence where nobody else is."""
        meant = {"him": "he", "her": "she", "it": "it", "them": "they", "he": "he", "she": "she"}
        meant |= {"his": "he"}

        def whom(pronoun: re.Match[str]) -> str:
            for name in [*reversed(self.name.findall(said[: pronoun.start()])), before, *subjects]:
                own = name in subjects and not pronoun.string[: pronoun.start()].endswith("that ")
                if name and _called(self.members[name]) == meant[pronoun[0]] and not own:
                    return str(name)
            return str(pronoun[0])

        return re.sub(r"\b(him|her|it|them|he|she)\b(?! (new|own|journey|song))", whom, said)


def _called(member: Member) -> str:
    if member.pronoun or "person" in member.kinds:
        return member.pronoun
    return "they" if re.search(r"[^s]s$", member.name) else "it"


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


@pytest.mark.parametrize(
    ("now", "many", "then"),
    [
        ("lies to Ada that the box holds money", False, "lied to Ada that the box held money"),
        ("asks Ada where the box is", False, "asked Ada where the box was"),
        ("tells Ada that Ben stabbed Cora", False, "told Ada that Ben stabbed Cora"),
        ("tries to seize Ada, who fights back", False, "tried to seize Ada, who fought back"),
        ("shoots Ada, and the flash blinds Ben", False, "shot Ada, and the flash blinded Ben"),
        ("shoot and wound Ada", True, "shot and wounded Ada"),
        (
            "ask Ada where Ben is and hear nothing",
            True,
            "asked Ada where Ben was and heard nothing",
        ),
        ("takes his hat and the gloves", False, "took his hat and the gloves"),
        ("sends the guards to fetch Ada", False, "sent the guards to fetch Ada"),
    ],
)
def test_all_verbs_of_a_sentence_are_in_the_past(now: str, many: bool, then: str) -> None:
    forms = {
        "lies": "lied",
        "holds": "held",
        "asks": "asked",
        "is": "was",
        "tells": "told",
        "tries": "tried",
        "fights": "fought",
        "shoots": "shot",
        "blinds": "blinded",
        "shoot": "shot",
        "wound": "wounded",
        "ask": "asked",
        "hear": "heard",
        "takes": "took",
        "sends": "sent",
    }
    names = re.compile(r"\b(?:Ada|Ben|Cora|the box|the guards|the gloves)\b")
    verb = lambda word: forms[word]  # noqa: E731
    assert everywhere(now, verb, names, begins=True, many=many) == then


def test_a_sentence_without_a_person_is_in_the_past_too() -> None:
    names = re.compile(r"\bthe lair\b")
    said = everywhere(
        "The lair explodes", lambda verb: verb[:-1] + "d", names, begins=False, many=False
    )
    assert said == "The lair exploded"


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


def test_an_outline_of_a_world_without_places_has_no_empty_brackets(tmp_path: Path) -> None:
    path = tmp_path / "x.story"
    path.write_text(
        'story Night\naction sing(p: person)\n  "{p} sings"\n  fate\n'
        'action fall()\n  "Night falls"\n  fate\ncast\n  Ada: person\n'
        "scene One\n  Ada sings.\nscene Two\n  Night falls.\n",
        encoding="utf-8",
    )
    assert tell.outline(chronicle(intrigue.load(path).run())) == (
        "# Night: outline\n\n1. **One**. Ada sings. *Ada*\n2. **Two**. Night falls.\n"
    )


LEAPS = """story Leaps
cast
  Ada, Ben: person
facts
  where(person): place
action go(p: person, to: place)
  "{p} goes to {to}"
  makes where(p) = to
  fate
cast
  the inn, the pier: place
scene Morning
  on 1 May 1950, at 9:00
  Ada goes to the inn.   [1]
  Ben goes to the inn.
  later: 2 hours
  Ada goes to the pier.
  meanwhile: [1]
  Ben goes to the pier.
scene The night before
  two hours earlier
  Ben goes to the pier.
  Ben goes to the inn.
  now
  the next day
  Ada goes to the inn.
"""


@pytest.fixture()
def leaps(tmp_path: Path) -> Chronicle:
    path = tmp_path / "leaps.story"
    path.write_text(LEAPS, encoding="utf-8")
    return chronicle(intrigue.load(path).run())


def test_a_line_of_time_leads_the_sentence_below_it(leaps: Chronicle) -> None:
    """What is told before it and after it does not become one sentence; what points at an event is not for who reads."""
    assert tell.markdown(leaps) == (
        "# Leaps\n\n## Morning\n\n"
        "On 1 May 1950, at 9:00, Ada and Ben go to the inn. "
        "2 hours later, Ada goes to the pier. Meanwhile, Ben goes to the pier.\n\n"
        "## The night before\n\n"
        "Two hours earlier, Ben goes to the pier and the inn. Now, the next day, Ada goes to the inn.\n"
    )
    assert "later" not in tell.markdown(leaps, "Ada")


def test_a_line_of_time_stands_in_a_heading_and_in_the_outline(leaps: Chronicle) -> None:
    headings = [line for line in tell.fountain(leaps).splitlines() if line.startswith(".")]
    assert headings[:2] == [
        ".THE INN - ON 1 MAY 1950, AT 9:00 #1-1#",
        ".THE PIER - 2 HOURS LATER #1-6#",
    ]
    assert (
        tell.outline(leaps)
        .splitlines()[3]
        .startswith("2. **The night before** (two hours earlier; the pier, the inn). ")
    )


def test_beats_say_of_each_event_what_it_brings(tmp_path: Path) -> None:
    path = tmp_path / "x.story"
    path.write_text(
        "story Thieves\nfacts\n  holder(thing): person\n"
        'action steal(p: person, t: thing)\n  "{p} steals {t}"\n  makes holder(t) = p\n  will p\n'
        'action lose(p: person, t: thing)\n  "{p} loses {t}"\n  makes holder(t) = nobody\n  fate\n'
        "cast\n  Ann, Bo: person\n  the pearls, the ring: thing\n"
        "wants\n  each t: thing, p: person: p wants holder(t) = p x3\n"
        "scene One\n  Ann steals the pearls.\n  Bo steals the ring.\n  Bo loses the ring.\n"
        "  Ann steals the ring.\n",
        encoding="utf-8",
    )
    assert tell.beats(chronicle(intrigue.load(path).run())) == (
        "# Thieves: beats\n\n## 1. One\n\n"
        "- Ann steals the pearls: better for Ann (+3)\n"
        "- Ann steals the ring: better for Ann (+3)\n"
    )


def test_the_quotes_of_a_name_are_not_retold(tmp_path: Path) -> None:
    path = tmp_path / "x.story"
    path.write_text(
        'story Quotes\naction rob(p: person, q: person)\n  "{p} robs {q}"\n  fate\n'
        'cast\n  "Bonnie and Clyde": person\n    aka "the boy in red"\n  Bo: person\n'
        'scene One\n  "Bonnie and Clyde" robs Bo.\nscene Two\n  Bo robs “Bonnie and Clyde”.\n',
        encoding="utf-8",
    )
    told = chronicle(intrigue.load(path).run())
    assert "Bonnie and Clyde, the boy in red, robs Bo." in tell.markdown(told)
    assert tell.markdown(told).endswith("Bo robs Bonnie and Clyde.\n")
    lived = tell.markdown(told, "Bonnie and Clyde")
    assert "Bonnie and Clyde, the boy in red, robs Bo." in lived
    assert "BONNIE AND CLYDE robs BO." in tell.fountain(told)


def test_the_verb() -> None:
    run = CliRunner().invoke
    wrong = run(cli, ["tell", str(LETTER), "--as", "Kitt"], standalone_mode=False)
    assert "nobody is called Kitt; did you mean Kit?" in str(wrong.exception)
    assert run(cli, ["tell", str(LETTER), "--as", "kit"]).output.startswith(
        "# The Letter, as Kit lived it"
    )


def test_a_place_is_told_with_its_own_preposition(tmp_path: Path) -> None:
    path = tmp_path / "x.story"
    path.write_text(
        "story The pier\nin heroic bloodshed\n\nkinds\n  cell: place, in\n\n"
        "cast\n  Vera: gangster, at the pier, armed\n  Ann: person, at the pier\n  Bo: person, at the vault\n"
        "  Cy: gangster, at the vault, armed\n  the pier: place, on\n  the vault: cell\n\n"
        "scene One\n  Vera shoots Ann.\n  Cy shoots Bo.\n",
        encoding="utf-8",
    )
    prose = tell.markdown(chronicle(intrigue.load(path).run()))
    assert (
        "On the pier, Vera, a gangster, shoots Ann. In the vault, Cy, a gangster, shoots Bo."
        in prose
    )


BOND = """story The Bond
kinds
  paper: thing
facts
  genuine(paper) = yes  "{paper} is genuine"
  forged(paper)         "{paper} is forged"
  sold(paper)           "{paper} is sold"
action examine(p: person, x: paper)
  "{p} examines {x}"
  makes shows genuine(x), shows forged(x)
  will p
  seen by p
action sell(p: person, x: paper)
  "{p} sells {x}"
  makes sold(x)
  will p
  seen by p
action take_back(p: person, x: paper)
  "{p} takes {x} back"
  makes not sold(x)
  will p
  seen by p
cast
  Odile, Bruno: person
  the bond: paper
start
  START
scene One
  Odile examines the bond.
scene Two
  Odile examines the bond.
"""


@pytest.mark.parametrize(
    ("start", "learns"),
    [
        (
            "secret genuine(the bond) = no known to Bruno; others believe yes",
            "the bond is not genuine",
        ),
        ("secret genuine(the bond) = no known to Bruno", "the bond is not genuine"),
        (
            "secret forged(the bond) = no known to Bruno; others believe yes",
            "the bond is not forged",
        ),
        ("secret forged(the bond) = no known to Bruno", "the bond is not forged"),
    ],
)
def test_what_proves_false_is_told_once(tmp_path: Path, start: str, learns: str) -> None:
    """By whoever took it to be so, or did not know; in a game too."""
    path = tmp_path / "bond.story"
    path.write_text(BOND.replace("START", start))
    told = chronicle(intrigue.load(path).run())
    assert tell.markdown(told, "Odile") == (
        "# The Bond, as Odile lived it\n\n"
        f"## One\n\nOdile examines the bond and learns that {learns}.\n\n"
        "## Two\n\nOdile examines the bond.\n"
    )
    assert tell.beats(told) == (
        f"# The Bond: beats\n\n## 1. One\n\n- now known to Odile: {learns}\n\n"
        "## 2. Two\n\n- nothing turns\n"
    )
    scene = intrigue.load(path).play("Odile").do("examine the bond")
    assert scene.lines == ("You examine the bond", f"You learn that {learns}")


def test_that_something_is_no_longer_so_is_no_beat(tmp_path: Path) -> None:
    """Odile has known all along whether the bond is sold, and nobody has found out anything."""
    path = tmp_path / "bond.story"
    made = BOND.partition("scene One")[0].replace("START", "secret sold(the bond) known to Odile")
    path.write_text(made + "scene One\n  Odile takes the bond back.\n")
    told = chronicle(intrigue.load(path).run())
    assert tell.beats(told) == "# The Bond: beats\n\n## 1. One\n\n- nothing turns\n"


def test_a_beat_is_what_is_so_when_the_scene_ends(tmp_path: Path) -> None:
    """What Milo was made to believe, and then saw to be otherwise, is not what he believes now."""
    path = tmp_path / "both.story"
    path.write_text(BOTH)
    said = tell.beats(chronicle(intrigue.load(path).run()))
    assert said == (
        "# Both Ways: beats\n\n"
        "## 1. The pay\n\n- now known to Milo: the briefcase holds paper\n\n"
        "## 2. Another\n\n- nothing turns\n"
    )


BOTH = """story Both Ways
kinds
  stuff: thing
  case: thing
facts
  contents(case): stuff  "{case} holds {value}"
action lie(a: person, b: person, c: claim)
  "{a} lies to {b} that {c}"
  makes a tells b c
  will a
action open(p: person, c: case)
  "{p} opens {c}"
  makes shows contents(c)
  will p
  seen by p
cast
  Vera, Milo: person
  money, paper: stuff
  the briefcase: case
start
  secret contents(the briefcase) = paper known to Vera
scene The pay
  Vera lies to Milo that the briefcase holds money.
  Milo opens the briefcase.
scene Another
  Vera lies to Milo that the briefcase holds money.
  Milo opens the briefcase.
"""

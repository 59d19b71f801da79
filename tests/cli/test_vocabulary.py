"""`intrigue vocabulary`: what a world lets one say."""

from __future__ import annotations

import json

from cli.test_cli import CLEAN, LETTER, run


def test_without_a_world_it_lists_those_that_are_shipped() -> None:
    out = run("vocabulary").stdout
    assert "\nhazards           Fire, want of air, wounds that leave minutes; tears\n" in out
    assert "\nheroic bloodshed  Killers with a conscience, policemen who admire them, " in out


def test_all_that_a_story_can_say() -> None:
    out = run("vocabulary", LETTER).stdout
    assert "  {p} steals {t}\n       p: person, t: thing; chosen by p\n" in out
    assert "\nfacts\n" in out
    assert "  thief(" in out


def test_a_word_finds_what_begins_so() -> None:
    out = run("vocabulary", "heroic bloodshed", "lies", "--only", "sentences").stdout
    assert out == (
        "sentences\n talk.world\n   {a} lies to {b} that {c}\n"
        "       a: fighter, b: person, c: claim; chosen by a\n"
        "       needs free(a), aware(b), a != b, a is not a cop, reaches(a, b), a believes maybe not c, "
        "b believes maybe c\n"
        "       makes a tells b c\n"
    )
    assert run("vocabulary", CLEAN, "zebra").stdout == "nothing of the kind\n"
    elsewhere = run("vocabulary", "heroic bloodshed", "undercover").stdout
    assert elsewhere == "nothing of the kind\nthese shipped worlds speak of it: undercover\n"


def test_what_an_act_needs_can_be_looked_up() -> None:
    """The key to shooting an armed man: who asks for it finds what it is, and what needs it."""
    out = run("vocabulary", "heroic bloodshed", "surprise").stdout
    assert "   surprise(a: person, v: person) = hidden(a) or not armed(v) or engaged(v)" in out
    shoot = out.index("{shooter} shoots {victim}\n")
    assert "(surprise(shooter, victim) and not wary(victim))\n" in out[shoot:]


def test_what_brings_something_about_can_be_looked_up() -> None:
    out = run("vocabulary", "heroic bloodshed", "covered", "--only", "sentences").stdout
    assert "{shooter} shoots {victim}\n" in out
    assert "if shooter is a cop: covered(victim)\n" in out


def test_what_somebody_of_a_kind_can_be_in() -> None:
    told = json.loads(
        run("vocabulary", "heroic bloodshed", "--kind", "case", "--format", "json").stdout
    )
    names = {entry["name"] for entry in told["entries"] if entry["sort"] == "sentences"}
    assert "open" in names  # only cases are opened
    assert "give" in names  # as any thing
    assert "corner" not in names  # that is for persons


def test_a_kind_or_world_that_is_not_there() -> None:
    wrong = run("vocabulary", LETTER, "--kind", "persom")
    assert (wrong.returncode, "did you mean 'person'?" in wrong.stderr) == (2, True)
    assert run("vocabulary", "no such world").returncode == 2
    assert (
        "no shipped world of that name; did you mean 'hazards'?"
        in run("vocabulary", "hazzards").stderr
    )
    assert "`intrigue vocabulary` lists the worlds" in run("vocabulary", "air").stderr

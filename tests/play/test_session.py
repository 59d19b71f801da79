"""Games played from Python: what is done, what follows, and what is written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import intrigue
from intrigue.cli import cli
from intrigue.play import Session
from intrigue.story.story import StoryError

HERE = Path(__file__).parent
DEBT = HERE / "the_debt_collector.story"
CELLAR = HERE.parent / "story" / "the_cellar.story"


def game(person: str, seed: int = 0, at: int | None = None) -> Session:
    return intrigue.load(DEBT).play(person, seed=seed, at=at)


def test_what_matters_comes_first() -> None:
    first, second, *_ = game("Vera").choices()
    assert (first.text, first.sort, first.serves) == ("go to the pier", "aim", "Anton is dead")
    assert second.sentence == "Vera sneaks to the pier"


def test_a_hint_says_the_plan_and_what_it_is_for() -> None:
    hint = game("Vera", at=2).hint()
    assert str(hint) == "Vera goes to the pier; Vera shoots Anton.\n  for: Anton is dead"
    assert str(game("Anton").hint()) == "no plan"


def test_who_has_a_motive_of_his_own_does_not_wait_for_the_player() -> None:
    """Vera would rather hire Milo; when he does nothing, she goes herself."""
    session = game("Milo")
    assert session.wait().lines == ("Vera is out of sight",)
    scene = session.wait()
    assert (scene.around, scene.ending) == (
        "You are at the bar, armed.",
        "The end: The debt settled.",
    )
    assert session.ended and session.choices() == []
    with pytest.raises(ValueError, match="over"):
        session.wait()


def test_what_is_asked_of_the_player_is_offered_and_may_be_done() -> None:
    session = game("Vera")
    session.wait()
    offer = session.choices()[0]
    assert (offer.sort, offer.text) == ("offer", "hire Milo to kill Anton")
    assert session.do(offer).lines[0] == "You hire Milo to kill Anton"


def test_another_seed_other_luck() -> None:
    told = set()
    for seed in range(6):
        session = game("Milo", seed)
        session.do("go to the pier")
        told.add(session.do("shoot Anton").lines[0])
    assert "You shoot Anton" in told and len(told) > 1


def test_the_same_game_is_played_the_same() -> None:
    def played() -> list[str]:
        session = game("Anton", 3)
        return [str(session.wait()) for _ in range(3)]

    assert played() == played()


def test_what_is_taken_back_has_not_happened() -> None:
    session = game("Vera")
    before = session.to_dict()
    session.do("go to the pier")
    session.undo()
    assert session.to_dict() == before
    with pytest.raises(ValueError, match="nothing has been done"):
        session.undo()


def test_a_sentence_must_mean_one_thing() -> None:
    with pytest.raises(ValueError, match="none of the choices"):
        game("Vera").do("sing")
    with pytest.raises(ValueError, match="4 of the choices"):
        game("Vera").do("pier")


KEY = """story The key
facts
  holder(thing): person
action give(p: person, q: person, t: thing)
  "{p} gives {t} to {q}"
  needs holder(t) = p, p != q
  makes holder(t) = q
  will p, q
  seen by anyone
cast
  Ann, Bob: person
  the key, the coin: thing
wants
  Bob: holder(the key) = Bob; holder(the coin) = Bob x2
start
  holder(the key) = Bob
  holder(the coin) = Ann
scene Nothing
  Ann gives the coin to Bob.
"""


def test_a_refusal_takes_no_time(tmp_path: Path) -> None:
    story = tmp_path / "key.story"
    story.write_text(KEY)
    session = intrigue.load(story).play("Ann")
    scene = session.do("let Bob give the key to you")
    assert (scene.turn, scene.lines) == (0, ("Bob will not",))
    assert session.do("give coin").lines == ("You give the coin to Bob",)


def test_nobody_finds_anything_more_to_do() -> None:
    session = intrigue.load(CELLAR).play("Ben")
    session.wait()
    while not session.ended:
        session.wait()
    assert session.scene.ending in ("The end: Found.", "The end: Open.")


def test_a_game_begins_where_the_story_has_come_to() -> None:
    session = game("Anton", at=2)
    assert session.scene.around == "You are at the pier with Milo (armed)."
    assert "Milo comes" in session.scene.lines


def test_a_game_is_a_story_that_stands_the_check() -> None:
    session = game("Milo", at=1)
    session.do("go to the pier")
    session.do("shoot Anton")
    report = session.story().check()
    assert report.ok, [d.code for d in report.diagnostics]
    assert "# > shoot Anton" in session.to_text()
    assert "scene The job" in session.to_text() and "scene As Milo" in session.to_text()


def test_a_game_is_played_again_from_what_was_written(tmp_path: Path) -> None:
    saved = tmp_path / "game.story"
    run = CliRunner().invoke
    how = ["play", str(DEBT), "--as", "Vera", "--seed", "2", "--save", str(saved)]
    first = run(cli, how, input="wait\nhint\n1\nundo\nwait\n")
    assert first.exit_code == 0
    written = saved.read_text()
    # by whom, from where and with which luck is in it
    again = run(cli, ["play", str(DEBT), "--save", str(saved), "--replay", str(saved)], input="")
    assert again.exit_code == 0
    assert saved.read_text() == written
    assert again.output.splitlines()[-6:] == first.output.splitlines()[-6:]
    checked = run(cli, ["check", str(saved)])
    assert checked.exit_code == 0, checked.output


def test_a_program_plays() -> None:
    result = CliRunner().invoke(
        cli, ["play", str(DEBT), "--as", "Vera", "--format", "jsonl"], input="wait\n1\nquit\n"
    )
    turns = [json.loads(line) for line in result.output.splitlines()]
    assert [turn["turn"] for turn in turns] == [0, 1, 2]
    assert turns[1]["choices"][0]["sort"] == "offer"
    assert turns[2]["scene"][0] == "You hire Milo to kill Anton"


ALONE = """story Alone
facts
  rich(p: person)  "{p} is rich"
  dead(p: person)  "{p} is dead"
action pay(a: person, b: person)
  "{a} pays {b}"
  makes rich(b)
  will a
  seen by anyone
action feign(a: person)
  "{a} feigns death"
  makes dead(a)
  will a
  seen by anyone
cast
  Clea, Dov: person
scene One
  Dov pays Clea.
"""


def test_a_number_is_the_same_in_what_is_said_in_the_choices_and_typed(tmp_path: Path) -> None:
    """Nobody is listed who pays himself: what comes behind it keeps its number in either format."""
    path = tmp_path / "alone.story"
    path.write_text(ALONE)
    command = ["play", str(path), "--as", "Clea"]
    words = CliRunner().invoke(cli, command, input="2\nquit\n").output
    assert "  2  feign death" in words and "You feign death." in words
    output = CliRunner().invoke(cli, [*command, "--format", "jsonl"], input="2\nquit\n").output
    first, second = (json.loads(line) for line in output.splitlines())
    assert "  2  feign death" in first["said"]
    assert [(each["number"], each["text"]) for each in first["choices"]] == [
        (None, "pay yourself"),
        (1, "pay Dov"),
        (2, "feign death"),
    ]
    assert second["scene"][0] == "You feign death"


def test_numbers_are_of_the_list_that_was_shown_last(tmp_path: Path) -> None:
    path = tmp_path / "alone.story"
    path.write_text(ALONE)
    typed = "menu feign\n1\nquit\n"
    how = ["play", str(path), "--as", "Clea", "--format", "jsonl"]
    output = CliRunner().invoke(cli, how, input=typed).output
    _, shown, done = (json.loads(line) for line in output.splitlines())
    assert [each["text"] for each in shown["choices"] if each["number"] == 1] == ["feign death"]
    assert done["scene"][0] == "You feign death"


def test_nobody_of_that_name() -> None:
    with pytest.raises(StoryError, match="did you mean Vera"):
        game("Vra")
    result = CliRunner().invoke(cli, ["play", str(DEBT), "--as", "nobody at all"])
    assert result.exit_code != 0


def test_no_such_moment() -> None:
    with pytest.raises(StoryError, match="moment"):
        game("Vera", at=99)


KILLER = HERE.parents[1] / "stories" / "the_killer.story"


def test_in_the_midst_of_a_film_the_others_go_on_by_themselves() -> None:
    """Li has come to the beach. What exactly the others do may change with the search; that they act, each for a reason that a check
    accepts, may not."""
    session = intrigue.load(KILLER).play("Li", at=20)
    assert session.scene.around == (
        "You are on the beach, hiding, armed, with Ah Jong (armed), the hitmen (dead, armed) and the child (dying)."
    )
    assert "corner Ah Jong" in [each.text for each in session.choices() if each.sort == "aim"]
    assert session.do("corner ah jong").lines[0] == "You corner Ah Jong"
    for _ in range(3):
        session.wait()
    story = session.story()
    run = story.run()
    acted = {name for step in run.steps[20:] for name in map(run.names.atom, step.willing)}
    assert len(acted) >= 3 and "Li" in acted
    assert story.check().ok


def test_one_lives_through_what_one_sees_and_no_more() -> None:
    """Jennie, blind and at home, sees nothing of what happens at the villa."""
    session = intrigue.load(KILLER).play("Jennie", at=8)
    session.wait()
    names = ("Wong Hoi", "Tsang", "squadron")
    assert not any(name in line for line in session.scene.lines for name in names)


def test_verbs_with_slips_are_understood_where_something_is_in_the_way() -> None:
    from intrigue.play.talk import Table

    table = Table(intrigue.load(KILLER).play("Li", at=20))
    assert table.answer("arest ah jong") == (
        "You arrest Ah Jong? This does not hold: you have Ah Jong at bay or Ah Jong gives himself up."
    )
    assert "Did you mean: corner Ah Jong?" in table.answer("corner ahh jong")


def test_a_deadline_of_the_telling_binds_no_player(tmp_path: Path) -> None:
    """Anton is to be dead within the hour, which the telling sees to, and a game need not."""
    story = tmp_path / "debt.story"
    told = "  Milo goes to the pier.\n    within 1 hour: health(Anton) = dead\n"
    story.write_text(DEBT.read_text().replace("  Milo goes to the pier.\n", told))
    session = intrigue.load(story).play("Milo", at=2)
    session.do("watch Anton")
    assert "allow deadline-missed" in session.to_text()
    assert session.story().check().ok


def without_endings(folder: Path) -> Path:
    """The debt collector, of which the author names no ending."""
    story = folder / "debt.story"
    lines = DEBT.read_text().splitlines(keepends=True)
    story.write_text("".join(line for line in lines if not line.startswith("ending ")))
    return story


def test_a_player_sees_what_has_become_of_himself() -> None:
    """Kit is knocked out in the den; what he could do if he were not would be a riddle otherwise."""
    session = intrigue.load(KILLER.with_name("time_for_consequences.story")).play("Kit", at=25)
    assert session.scene.around == (
        "You are at the den, not conscious, with Fai (dead) and the crew (armed)."
    )


def test_who_is_dead_is_told_so_and_may_take_it_back(tmp_path: Path) -> None:
    from intrigue.play.talk import Table

    session = intrigue.load(without_endings(tmp_path)).play("Anton", seed=3)
    table = Table(session)
    said = [table.answer("wait") for _ in range(3)]
    assert said[-1] == (
        "Vera shoots you.\nYou are at the pier with Vera (armed) and Milo (armed).\nYou are dead."
    )
    assert session.ended and session.choices() == []
    assert table.answer("wait") == "It is over: `undo`, `save FILE` or `quit`."
    assert table.answer("undo").startswith("(taken back)\nVera shoots at you and misses.")
    assert not session.ended


def test_a_program_is_told_that_it_is_dead(tmp_path: Path) -> None:
    how = ["play", str(without_endings(tmp_path)), "--as", "Anton", "--seed", "3"]
    result = CliRunner().invoke(cli, [*how, "--format", "jsonl"], input="wait\n" * 9)
    turns = [json.loads(line) for line in result.output.splitlines()]
    assert [turn["ending"] for turn in turns] == [None, None, None, "You are dead."]


def test_a_death_taken_back_is_replayed_with_the_rest(tmp_path: Path) -> None:
    story, saved = without_endings(tmp_path), tmp_path / "typed.txt"
    saved.write_text("wait\nwait\nwait\nundo\nundo\ngo to the bar\n")
    how = ["play", str(story), "--as", "Anton", "--seed", "3", "--replay", str(saved)]
    output = CliRunner().invoke(cli, how, input="").output
    assert "You are dead." in output and "> go to the bar\nYou go to the bar." in output


@pytest.mark.parametrize("act", ["shoot the child", "report to Tsang on Ah Jong"])
def test_what_is_written_allows_nothing_in_vain(act: str) -> None:
    """Whether the act has a motive is not decided at the prompt; a check, which knows what it has found out so far, may decide it."""
    session = intrigue.load(KILLER).play("Li", at=20)
    session.do(act)
    report = session.story().check()
    assert report.ok
    assert "unmotivated-event" in session.to_text(judged=False)
    assert "unused-allow" not in [each.code for each in report.diagnostics]


def test_a_claim_said_to_the_player_stays_a_clause(tmp_path: Path) -> None:
    """Whether its pattern has a `that` before it or not."""
    story = tmp_path / "talk.story"
    story.write_text(
        """story Talk
facts
  rich(person)  "{person} has money"
action lie(a: person, b: person, c: claim)
  "{a} lies to {b} {c}"
  needs a != b
  makes b believes c
  will a
action boast(a: person, b: person, c: claim)
  "{a} calls {b} poor, for {c}"
  needs a != b
  will a
cast
  Ada, Bo: person
scene One
  Ada lies to Bo that Ada has money.
"""
    )
    session = intrigue.load(story).play("Ada")
    assert {each.text for each in session.choices()} == {
        "lie to Bo that you have money",
        "call Bo poor, for you have money",
    }
    scene = session.do("lie to Bo that you have money")
    assert scene.lines[0] == "You lie to Bo that you have money"


def test_wants_are_said_in_the_phrases_of_the_world(tmp_path: Path) -> None:
    story = tmp_path / "letter.story"
    story.write_text(
        """story The letter
facts
  holder(thing): person  "{value} has {thing}"
action give(a: person, b: person, t: thing)
  "{a} gives {t} to {b}"
  needs holder(t) = a, a != b
  makes holder(t) = b
  will a
  seen by a, b
cast
  Ada, Bo, Cy: person
  the letter: thing, holder = Bo
wants
  Bo: holder(the letter) != Bo x3; Cy believes holder(the letter) = Ada x2
  Cy: holder(the letter) != Bo
scene One
  Bo gives the letter to Ada.
"""
    )
    loaded = intrigue.load(story)
    assert loaded.play("Bo").wants() == [
        "not: you have the letter x3",
        "Cy believes that Ada has the letter x2",
    ]
    assert loaded.play("Cy").wants() == ["not: Bo has the letter x1"]


def test_what_is_in_the_way_is_said_in_words() -> None:
    from intrigue.play.talk import Table

    table = Table(intrigue.load(KILLER).play("Li", at=20))
    for typed, answered in (
        ("shoot jennie", "You shoot Jennie? This does not hold: you are with Jennie."),
        ("shoot hitmen", "You shoot the hitmen? This is in the way: the hitmen are dead."),
        ("go to the beach", "You go to the beach? This is in the way: you are on the beach."),
    ):
        assert table.answer(typed) == answered


def test_a_pattern_is_shown_without_its_blanks() -> None:
    from intrigue.play.talk import Table

    table = Table(intrigue.load(KILLER).play("Li", at=20))
    assert "The nearest pattern: Li tells Jennie that ... (" in table.answer("tell jennie")


def test_a_command_says_what_it_takes() -> None:
    from intrigue.play.talk import Table

    table = Table(game("Vera"))
    assert table.answer("save") == "`save` needs a file name: `save FILE`."
    for typed in ("wait -1", "wait 0", "w soon"):
        assert "takes a whole number from 1" in table.answer(typed)
    assert table.answer("undo 99") == "`undo` takes nothing behind it: each takes one turn back."
    assert table.session.scene.turn == 0


def test_why_oneself() -> None:
    from intrigue.play.talk import Table

    table = Table(game("Vera"))
    assert table.answer("why vera") == "That is you, and you have chosen to do nothing yet."
    table.answer("go to the pier")
    assert table.answer("why vera") == (
        "That is you. The plan was: you go to the pier; you shoot Anton.\n  for: Anton is dead"
    )


def lived(folder: Path, *told: str) -> tuple[str, ...]:
    """What Anton lives through of the debt collector, told otherwise."""
    story = folder / "debt.story"
    opening = DEBT.read_text().partition("  Vera hires")[0]
    story.write_text(opening + "".join(f"  {line}.\n" for line in told))
    return intrigue.load(story).play("Anton", at=len(told)).scene.lines


def test_who_was_there_unseen_comes_before_he_acts(tmp_path: Path) -> None:
    assert lived(tmp_path, "Vera sneaks to the pier", "Vera shoots Anton") == (
        "Vera comes",
        "Vera shoots you",
    )


def test_who_leaves_unseen_is_out_of_sight_and_perhaps_not_far(tmp_path: Path) -> None:
    lines = lived(tmp_path, "Vera goes to the pier", "Vera sneaks to the bar")
    assert lines == ("Vera comes", "Vera is out of sight")


MIRROR = """story The mirror
facts
  scratched(person)  "{person} is scratched"
  busy(person)  "{person} is busy"
action scratch(p: person, q: person)
  "{p} scratches {q}"
  makes scratched(q)
  will p
  seen by anyone
action ask(p: person, q: person, r: person)
  "{p} asks {q} to scratch {r}"
  makes busy(q)
  will p
  seen by anyone
cast
  Ada, Ben: person
wants
  Ben: scratched(self)
scene The mirror
  Ada scratches Ben.
"""


def test_what_is_done_to_oneself(tmp_path: Path) -> None:
    """It is said as such, and no menu offers it unless it serves something."""
    from intrigue.play.choices import menu

    path = tmp_path / "mirror.story"
    path.write_text(MIRROR)
    story = intrigue.load(path)
    ada, ben = story.play("Ada", at="start"), story.play("Ben", at="start")
    listed = [entry.text for entry in menu(ada.choices())]
    assert "scratch Ben" in listed and "scratch yourself" not in listed
    assert ada.do("scratch yourself").lines[0] == "You scratch yourself"
    assert "scratch yourself" in [entry.text for entry in menu(ben.choices())]
    asked = [each.text for each in ada.choices() if each.sentence == "Ada asks Ben to scratch Ada"]
    assert asked == ["ask Ben to scratch you"]


def test_what_is_no_game_is_not_replayed(tmp_path: Path) -> None:
    saved = tmp_path / "saved.story"
    saved.write_bytes(b"\xff\xfe\x00")
    how = ["play", str(DEBT), "--as", "Vera", "--replay", str(saved)]
    result = CliRunner().invoke(cli, how)
    assert result.exit_code == 2
    assert "it is not text" in result.output
    huge = CliRunner().invoke(cli, ["play", str(DEBT), "--as", "Vera"], input="9" * 5_000 + "\n")
    assert huge.exit_code == 0


def test_a_hint_without_a_plan_speaks_of_what_is_starred() -> None:
    from intrigue.play.talk import Table

    table = Table(game("Milo"))
    for typed in ("sneak to the pier", "shoot Vera"):
        table.answer(typed)
    towards = "you do not have something to get off the chest"
    assert f"1* beat Anton   (towards: {towards})" in table.answer("menu")
    assert table.answer("hint").startswith("No whole plan comes to mind. What goes some way")


def test_no_game_hangs_on_the_games_before() -> None:
    from intrigue.play.talk import Table

    story = intrigue.load(DEBT)
    typed = ("fight Vera", "beat Vera", "let Vera hire you to kill Anton", "follow Vera")

    def played(person: str, lines: tuple[str, ...]) -> list[str]:
        table = Table(story.play(person))
        return [table.answer(line) for line in lines]

    first = played("Milo", typed)
    for other in ("1", "5", "8"):
        played("Vera", ("hint", other, "hint", "wait", "hint", "1", "wait", "hint"))
    assert played("Milo", typed) == first


def test_a_sentence_about_the_player_need_not_begin_with_the_player() -> None:
    voice = game("Vera").voice
    assert voice.said("By chance Vera overhears Milo") == "By chance you overhear Milo"
    assert voice.said("At the bar Milo sees Vera") == "At the bar Milo sees you"


def test_a_saved_game_is_judged_by_what_it_tells_itself() -> None:
    """What the rest of the original speaks of (a claim that only its end expects) is not in it, and may have been what left a motive
    undecided."""
    session = intrigue.load(HERE.parent / "story" / "cases" / "vows.story").play("Ann", seed=1)
    session.do("vow Cid that not Cid is in jail")
    saved = intrigue.loads(session.to_text(), DEBT)
    assert saved.check().ok
    assert [each.code for each in saved.check().diagnostics if each.code == "unused-allow"] == []

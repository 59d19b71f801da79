"""What can be asked of a story in Python: explain, ask, who knows, trace, honesty, the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import intrigue

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def letter() -> intrigue.Story:
    return intrigue.load(CASES / "the_letter.story")


@pytest.fixture(scope="module")
def debt() -> intrigue.Story:
    return intrigue.load(CASES / "the_debt.story")


def test_an_explanation_has_the_plan_the_beliefs_and_the_arithmetic(debt: intrigue.Story) -> None:
    (explanation,) = debt.explain(2)
    (why,) = explanation.whys
    assert (why.person, why.kind) == ("Wah", "found")
    assert [part.sentence for part in why.plan] == ["Wah demands payment from Kit", "Kit pays Wah"]
    assert why.plan[1].others == ()  # to Kit, paying is worth it by itself
    assert (why.before, why.after) == (0, 6)
    assert [(change.want, change.amount) for change in why.changes] == [("money(Wah) x2", 6)]
    assert all(belief.truth is None for belief in why.beliefs)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"events": 0}, "events must be at least 1, not 0"),
        ({"minds": -1}, "minds must be at least 0, not -1"),
        ({"effort": 0}, "effort must be at least 1, not 0"),
        ({"seconds": float("nan")}, "seconds must be at least 0, not nan"),
    ],
)
def test_limits_within_which_nothing_can_be_found_are_refused(
    limits: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        intrigue.Limits(**limits)


def test_an_explanation_says_which_beliefs_are_wrong(tmp_path: Path) -> None:
    story = write(tmp_path, TRAP)
    (explanation,) = story.explain("The trap")[:1]
    (why,) = explanation.whys
    wrong = [(belief.says, belief.truth) for belief in why.beliefs if belief.truth is not None]
    assert wrong == [("inside(the chest) is the gold", "the snake")]
    assert "WRONG: it is the snake" in str(explanation)


def test_an_explanation_says_where_an_earlier_plan_was_given_up(tmp_path: Path) -> None:
    story = write(tmp_path, TRAP)
    (explanation,) = story.explain("The bite")
    assert explanation.whys == ()
    taken, bitten = story.run().steps
    from intrigue.story.explain import end_of_plan

    (verdict,) = story.run().verdicts(taken)
    ended = end_of_plan(story.run(), verdict)
    assert ended is not None
    assert ended == (bitten, "no longer possible: Kit opens the chest")


def test_a_plan_is_given_up_where_its_rest_contradicts_itself(tmp_path: Path) -> None:
    story = write(
        tmp_path,
        """story The Cloth
facts
  ready(person)
  wet(person)
  hue(person): number = 0
action prepare(p: person)
  "{p} makes ready"
  makes ready(p)
  will p
action dye(p: person)
  "{p} dyes the cloth"
  needs ready(p)
  makes hue(p) = 1
    if wet(p): hue(p) = 2
  will p
action pour(p: person)
  "It pours on {p}"
  makes wet(p)
  fate
  seen by anyone
wants
  Kit: hue(Kit) = 1
cast
  Kit: person
scene Dawn
  Kit makes ready.
  It pours on Kit.
""",
    )
    prepared, poured = story.run().steps
    from intrigue.story.explain import end_of_plan

    (verdict,) = story.run().verdicts(prepared)
    ended = end_of_plan(story.run(), verdict)
    assert ended == (poured, "no longer possible: Kit dyes the cloth")


def test_an_act_that_contradicts_itself_to_its_person_is_explained_by_that() -> None:
    story = intrigue.load(CASES / "unimaginable.story")
    (explanation,) = story.explain(4)
    (why,) = explanation.whys
    assert (why.person, why.kind, why.before, why.after) == ("Wah", "none", 0, 0)
    assert why.obstacles[0] == "as Wah sees it, it would make ready(Wah) yes and no at once"


@pytest.mark.parametrize("at", ["0", "99", "[3]", "Dusk"])
def test_a_moment_without_events_is_refused(letter: intrigue.Story, at: str) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        letter.explain(at)
    assert [d.code for d in refused.value.diagnostics] == ["unknown-moment"]


@pytest.mark.parametrize(
    ("question", "at", "answer"),
    [
        ("where(Kit)", "start", "the inn"),
        ("where(Kit)", 1, "the house"),
        ("holder(the letter) = Kit", "Dawn", "yes"),
        ("Wah believes holder(the letter) = Kit", None, "yes"),
        ("Wah knows thief(the letter)", None, "no"),
        ("Wah knows who stole the letter", None, "no"),
        ("does Wah know who stole the letter?", None, "no"),
        ("any p: person where p knows who stole the letter", 3, "yes"),
        ("count(p: person where able(p))", None, "1"),
    ],
)
def test_questions(
    letter: intrigue.Story, question: str, at: str | int | None, answer: str
) -> None:
    assert letter.ask(question, at).value == answer


def test_an_answer_says_since_when_and_who_knows(letter: intrigue.Story) -> None:
    assert letter.ask("thief(the letter)").because == (
        "thief(the letter) is Kit, since event 2: Kit steals the letter (known to Kit)",
    )


def test_who_knows(letter: intrigue.Story) -> None:
    table = letter.who_knows("thief(the letter)", at=2)
    assert [(k.person, k.state, k.since) for k in table.knowers] == [
        ("Kit", "knows", "since event 2: Kit steals the letter"),
        (
            "Wah",
            "believes otherwise",
            "since event 2: Kit steals the letter, which made untrue what was believed from the start",
        ),
    ]


def test_what_is_unknown_is_known_to_nobody(tmp_path: Path) -> None:
    story = write(
        tmp_path,
        """story The safe
facts
  code(person): number = unknown
action learn(p: person, q: person)
  "{p} learns the code of {q}"
  makes code(q) = 4
  fate
  seen by p
cast
  Ada, Ben: person
scene One
  Ada learns the code of Ada.
""",
    )
    for question in ("code(Ada)", "code(Ada) = 4", "1 / 0"):
        unknown = story.who_knows(question, at="start")
        assert [(k.person, k.state, k.since) for k in unknown.knowers] == [
            ("Ada", "does not know", "from the start"),
            ("Ben", "does not know", "from the start"),
        ]
        assert unknown.audience is False
    assert story.ask("code(Ada)", at="start").because == (
        "code(Ada) is unknown, so from the start (nobody knows it)",
    )
    found_out = story.who_knows("code(Ada)")
    assert [(k.person, k.state, k.since) for k in found_out.knowers] == [
        ("Ada", "knows", "since event 1: Ada learns the code of Ada"),
        ("Ben", "does not know", "from the start"),
    ]
    assert found_out.audience is True


def test_at_the_end_the_audience_knows_what_a_flashback_has_shown_last(tmp_path: Path) -> None:
    story = write(
        tmp_path,
        """story The ring
facts
  thief(thing): person
action steal(p: person, t: thing)
  "{p} steals {t}"
  makes thief(t) = p
  fate
  seen by p
action sing(p: person)
  "{p} sings"
  fate
cast
  Ada, Ben: person
  the ring: thing
scene The song
  Ada sings.
scene The theft
  earlier
  Ben steals the ring.
""",
    )
    end = story.who_knows("thief(the ring)", at="end")
    assert end == story.who_knows("thief(the ring)")
    assert (end.moment, end.audience) == ("at the end", True)
    song = story.who_knows("thief(the ring)", at=2)  # the last event, but told first
    assert (song.moment, song.audience) == ("after event 2: Ada sings", False)


def test_who_was_wrong_and_comes_to_be_right_knows_since_then(tmp_path: Path) -> None:
    """The world comes round to what Wah has believed all the time."""
    story = write(
        tmp_path,
        TRAP.replace("Kit: person", "Kit, Wah: person").replace(
            "start\n", "start\n  Wah believes rich(Kit)\n"
        )
        + """
action find(p: person)
  "{p} finds a coin"
  makes rich(p)
  will p
  seen by p

scene The coin
  Kit finds a coin.
""",
    )
    before, after = (
        next(k for k in story.who_knows("rich(Kit)", at).knowers if k.person == "Wah")
        for at in (1, None)
    )
    assert (before.state, before.since) == ("believes otherwise", "from the start")
    assert (after.state, after.since) == (
        "knows",
        "since event 3: Kit finds a coin, which made true what was believed from the start",
    )


def test_the_dead_know_nothing(letter: intrigue.Story) -> None:
    """Wah kills Kit in event 4: until then Kit knows who the thief is."""
    before = letter.who_knows("thief(the letter)", at=3).knowers
    after = letter.who_knows("thief(the letter)").knowers
    assert [(k.person, k.state) for k in before] == [
        ("Kit", "knows"),
        ("Wah", "believes otherwise"),
    ]
    assert [(k.person, k.state) for k in after] == [("Wah", "believes otherwise"), ("Kit", "dead")]
    assert after[1].since == "since event 4: Wah kills Kit"


def test_a_question_that_means_nothing_is_refused(letter: intrigue.Story) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        letter.ask("where(Kti)")
    assert "did you mean" in str(refused.value)


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("who knows who stole the letter?", '`--who-knows "who stole the letter"`'),
        ("When does Wah learn who stole the letter?", '`--who-knows "who stole the letter"`'),
        ("Why does Kit steal the letter?", "`intrigue explain STORY EVENT`"),
        ("who stole the ring?", "in the words of a fact's phrase"),
    ],
)
def test_what_to_ask_instead(letter: intrigue.Story, question: str, instead: str) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        letter.ask(question)
    assert instead in str(refused.value)


def test_trace_lays_the_source_beside_the_story(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text("Kit takes the chest.\n\nHe is bitten.\nHe dies.\n")
    story = write(tmp_path, TRAP.replace("cast\n", "source source.txt\n\ncast\n"))
    trace = story.trace()
    assert [sentence.number for sentence in trace.covered] == [1, 2]
    assert [sentence.text for sentence in trace.missing] == ["He dies."]
    assert [d.blanks["number"] for d in trace.problems] == ["9"]
    assert trace.rules_used_once == 1.0


def test_honesty_counts_fate_and_rules_made_for_one_sentence(debt: intrigue.Story) -> None:
    shares = {m.name: (m.part, m.whole) for m in debt.honesty().measures}
    assert shares["events are fate"] == (1, 3)
    assert shares["actions told are told once"] == (3, 3)
    assert shares["motives have one event"] == (1, 2)
    assert shares["motives hang on a single want"] == (2, 2)


def test_objects_show_themselves_in_a_notebook(letter: intrigue.Story) -> None:
    report = letter.check()
    assert "Wah cannot know why" in report._repr_html_()
    assert "<table>" in letter.who_knows("where(Kit)")._repr_html_()
    assert "utility" in letter.explain(1)[0]._repr_html_()
    assert repr(letter) == "<Story 'The Letter': 2 persons, 2 scenes>"


def test_a_story_that_cannot_be_loaded_says_why(tmp_path: Path) -> None:
    with pytest.raises(intrigue.StoryError) as refused:
        intrigue.load(tmp_path / "nowhere.story")
    assert [d.code for d in refused.value.diagnostics] == ["file-not-found"]


def test_each_reading_has_its_own_run() -> None:
    story = intrigue.load(CASES / "readings.story")
    assert story.ask("angry(Kit)", at=1, reading="official").value == "yes"
    assert story.ask("angry(Kit)", at=1, reading="private").value == "no"
    with pytest.raises(intrigue.StoryError):
        story.run("secret")


def write(folder: Path, text: str) -> intrigue.Story:
    path = folder / "x.story"
    path.write_text(text)
    return intrigue.load(path)


TRAP = """story The Trap

facts
  holder(thing): person or place  visible to anyone
  inside(t: thing): thing
  dead(person)
  rich(person)

action take(p: person, t: thing)
  "{p} takes {t}"
  needs not dead(p), holder(t) != p
  makes holder(t) = p
  will p

action open(p: person, t: thing)
  "{p} opens {t}"
  needs not dead(p), holder(t) = p
  makes if inside(t) = the gold: rich(p)
  will p

action bite(p: person)
  "A snake bites {p}"
  makes dead(p)
  fate

wants
  Kit: rich(Kit)

cast
  Kit: person
  the chest, the gold, the snake: thing

start
  inside(the chest) = the snake
  Kit believes inside(the chest) = the gold

scene The trap
  Kit takes the chest.      [1]

scene The bite
  A snake bites Kit.        [2, 9]
"""


def test_an_opening_that_never_comes_to_rest_is_an_error_of_the_story(tmp_path: Path) -> None:
    restless = """story Restless
facts
  lit()
trigger flash()
  when not lit()
  makes lit()
trigger darken()
  when lit()
  makes not lit()
scene One
  ...
"""
    with pytest.raises(intrigue.StoryError) as refused:
        write(tmp_path, restless).check()
    assert [d.code for d in refused.value.diagnostics] == ["restless-start"]


def test_the_report_shows_every_line_of_the_telling() -> None:
    page = intrigue.load(CASES / "mistakes.story").check()._repr_html_()
    for line in ("Kit and Wah take the lamp", "Kit lights the lmap", "..."):
        assert line in page
    assert page.count("left out</span>") == 3
    page = intrigue.load(CASES / "knowledge.story").check()._repr_html_()
    assert "Expected: open: rich(Kit)" in page


@pytest.mark.parametrize("name", ["the_letter", "the_debt", "minds", "readings", "time"])
def test_an_explanation_is_the_same_whatever_was_asked_before(name: str) -> None:
    """What was found out earlier helps the search on; so everybody's motives are looked for in the order of the story."""
    checked = intrigue.load(CASES / f"{name}.story")
    checked.check()
    for reading in [run.reading for run in checked.runs()]:
        for number in reversed(range(1, len(checked.run(reading).steps) + 1)):
            alone = intrigue.load(CASES / f"{name}.story")
            assert alone.explain(number, reading) == checked.explain(number, reading)


def test_what_is_printed_is_short() -> None:
    assert {"Limits", "Story", "StoryError", "load"} <= set(dir(intrigue))
    story = intrigue.load(CASES / "the_letter.story")
    run = story.run()
    assert repr(run) == "<Run of 'The Letter': 4 events>"
    assert str(run.steps[1]) == "<Step 2: Kit steals the letter>"
    assert str(story.check().diagnostics[0]).startswith("error[uninformed-act]: ")


def test_what_somebody_knows_may_be_said_with_a_question_anywhere(tmp_path: Path) -> None:
    """In expectations, and in rules with variables in them."""
    text = (CASES / "the_letter.story").read_text()
    text = text.replace("wants\n", "wants\n  Wah: Wah knows who stole the letter\n")
    text = text.replace(
        "define\n", "define\n  informed(p: person, t: thing) = p knows who stole t\n"
    )
    text = text.replace(
        "  expect Wah does not know thief(the letter) = Kit",
        "  expect Wah does not know who stole the letter, informed(Kit, the letter)",
    )
    report = write(tmp_path, text).check()
    assert report.counts["expectations_held"] == report.counts["expectations"] == 2

"""Stories with gaps in, stories without them out."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import intrigue
from intrigue.filling.aims import Aims
from intrigue.filling.fill import Missing
from intrigue.filling.flaws import Player
from intrigue.filling.hypotheses import Hypotheses, equals
from intrigue.filling.limits import Limits
from intrigue.filling.reasons import Reasons
from intrigue.filling.search import Repair
from intrigue.filling.spots import Played
from intrigue.filling.telling import items_of
from intrigue.story.story import Story, StoryError

CELLAR = (Path(__file__).parent / "the_cellar.story").read_text()
PIER = Path(__file__).parent / "the_pier.story"
RULES = CELLAR[: CELLAR.index("scene The yard")]


def story(tmp_path: Path, telling: str) -> Story:
    path = tmp_path / "told.story"
    path.write_text(RULES + telling)
    return intrigue.load(path)


def filled(tmp_path: Path, telling: str, **options: Any) -> str:
    """The telling with its gaps filled; it must stand the check."""
    found = story(tmp_path, telling).fill(**options)
    assert found.fillings[0].ok, found.summary
    return found.fillings[0].text.removeprefix(RULES)


def test_only_the_lines_of_gaps_change() -> None:
    found = intrigue.load(Path(__file__).parent / "the_cellar.story").fill()
    told = CELLAR.replace(
        "  ...  [2]  # how she gets in",
        "  Ada buys the iron key from Bo with the penny.  [2]  # how she gets in",
    ).replace("  ...\n", "  Ada goes to the cellar.\n")
    assert found.fillings[0].text == told
    assert found.verdict == "filled"
    assert found.fillings[0].report.counts["motives_found"] == 5
    assert str(found.fillings[0]) == told
    assert str(found) == f"{told}\n{found.summary}\n{found.fillings[0].report.summary}"


def test_of_a_story_with_readings_one_is_filled(tmp_path: Path) -> None:
    bought = "scene One, reading bought\n  Ada buys the iron key from Bo with the penny.\n"
    gap = "scene One, reading open\n  ...\n"
    rest = "scene Two\n  Ada unlocks the cellar with the iron key.\n"
    assert "  Ada buys the iron key" in filled(tmp_path, gap + rest, reading="open")
    with pytest.raises(StoryError) as nothing:
        story(tmp_path, bought + gap + rest).fill()
    assert "the gaps are in the reading open: `--reading open`" in str(nothing.value)


def test_a_gap_in_which_nothing_need_happen_goes(tmp_path: Path) -> None:
    bought = "scene One\n  Ada buys the iron key from Bo with the penny.\n"
    unlocked = "  Ada unlocks the cellar with the iron key.\n  Ada goes to the cellar.\n  Ada drinks the port.\n"
    assert filled(tmp_path, f"{bought}  ...\n{unlocked}") == bought + unlocked


def test_a_gap_says_until_what(tmp_path: Path) -> None:
    told = filled(tmp_path, "scene One\n  ... until thirsty(Ada) = no\n")
    assert told.splitlines()[-1] == "  Ada drinks the port."


def test_a_gap_says_by_whom(tmp_path: Path) -> None:
    bought = "scene One\n  Ada buys the iron key from Bo with the penny.\n"
    told = filled(tmp_path, f"{bought}  ... by Bo until open(the cellar)\n")
    put_in = told.removeprefix(bought).splitlines()
    assert put_in
    assert all("Bo" in line for line in put_in)


def test_a_gap_that_is_too_small_stays_and_is_named(tmp_path: Path) -> None:
    telling = "scene One\n  ... at most 1 until not thirsty(Ada)\n"
    found = story(tmp_path, telling).fill()
    assert found.verdict == "undecided"
    assert found.fillings[0].missing[0].line == RULES.count("\n") + 2
    assert found.fillings[0].text.endswith("  ... at most 1 until not thirsty(Ada)\n")


def test_what_no_event_can_bring_about_is_said_to_be_so(tmp_path: Path) -> None:
    found = story(tmp_path, "scene One\n  ...\n  expect holder(the penny) = the cellar\n").fill()
    assert found.verdict == "none"
    assert "holder(the penny) = the cellar: is not so" in found.summary


def test_no_gap_stands_before_what_is_wrong(tmp_path: Path) -> None:
    found = story(tmp_path, "scene One\n  Ada drinks the port.\n  ...\n").fill()
    assert found.verdict == "none"
    assert "no gap stands before it: Ada drinks the port" in found.summary


def test_several_fillings_are_different(tmp_path: Path) -> None:
    telling = "scene One\n  ...\n  expect open(the cellar)\n"
    found = story(tmp_path, telling).fill(count=2)
    texts = {each.text for each in found.fillings}
    assert len(texts) == 2
    assert all(each.ok for each in found.fillings)


def test_the_same_question_has_the_same_answer(tmp_path: Path) -> None:
    telling = "scene One\n  ...\n  expect not thirsty(Ada)\n"
    assert filled(tmp_path, telling) == filled(tmp_path, telling)


def test_a_story_without_gaps_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="There is no gap"):
        story(tmp_path, "scene One\n  Ada goes to the road.\n").fill()


HEAD = "scene One\n"
WALK = "scene One\n  Ada goes to the road.\n"


def test_what_the_author_accepts_is_no_flaw(tmp_path: Path) -> None:
    allowed = f"{WALK}    allow unmotivated-event: she likes it\n"
    assert filled(tmp_path, f"{allowed}  ...\n") == allowed
    scene = f"{WALK}  allow unmotivated-event: she likes it\n"
    assert filled(tmp_path, f"{scene}  ...\n") == scene
    impossible = (
        "scene One\n  Ada drinks the port.\n    allow impossible-event: it is brought to her\n"
    )
    assert filled(tmp_path, f"  {impossible}  ...\n".lstrip()) == impossible
    expected = "  expect holder(the penny) = Bo\n    allow failed-expectation: not yet\n"
    assert filled(tmp_path, f"scene One\n  ...\n{expected}") == f"scene One\n{expected}"


def test_only_what_is_allowed_is_accepted(tmp_path: Path) -> None:
    told = f"{WALK}    allow impossible-event: beside the point\n  ...\n"
    found = story(tmp_path, told).fill()
    assert found.verdict != "filled"
    assert "Ada goes to the road: no motive of Ada was found" in found.summary


def test_a_motive_that_is_undecided_proves_nothing(tmp_path: Path) -> None:
    told = story(tmp_path, f"{WALK}  ...\n")
    run = told.run()
    items = items_of(run)
    flaw = Player(run, items, set()).play([()], [run.engine.start()], 0, 1)[1]
    assert flaw is not None
    assert not flaw.decided


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ("by Zorro", "There is no person called Zorro"),
        ("until flurb(Ada)", "There is no fact called flurb"),
        ("until where(Ada)", "Expected yes or no, found a place"),
        ("5 to 2 events", "the least is more than the most"),
        ("at most 0 events", "nothing can be put in here"),
        ("0 events", "nothing can be put in here"),
    ],
)
def test_bounds_that_mean_nothing_are_errors(tmp_path: Path, bounds: str, said: str) -> None:
    with pytest.raises(StoryError) as error:
        story(tmp_path, f"scene One\n  ... {bounds}\n").fill()
    assert said in str([(str(each), each.label) for each in error.value.diagnostics])


def test_a_gap_that_is_full_goes_though_something_is_missing_after_it(tmp_path: Path) -> None:
    found = story(
        tmp_path, f"{HEAD}  ... 1 event\n  expect holder(the penny) = the cellar\n"
    ).fill()
    assert found.verdict == "none"
    assert found.fillings[0].events == 1
    assert "..." not in found.fillings[0].text.removeprefix(RULES)


@pytest.mark.parametrize("gap", ["...", "... until where(Ada) = the road", "... 1 event by Ada"])
def test_a_gap_that_has_what_it_asks_for_goes_though_a_motive_is_missing(
    tmp_path: Path, gap: str
) -> None:
    rest = "  expect where(Ada) = the road\n"
    found = story(tmp_path, f"{HEAD}  {gap}\n{rest}").fill()
    assert "Ada goes to the road: no motive of Ada was found" in found.summary
    stays = "  ...\n" if gap == "..." else ""  # this one may take more, that gives her one
    told = f"{HEAD}  Ada goes to the road.\n{stays}{rest}"
    assert found.fillings[0].text.removeprefix(RULES) == told


def test_a_gap_by_somebody_gets_an_act_of_that_person(tmp_path: Path) -> None:
    told = filled(tmp_path, f"{HEAD}  ... by Bo\n")
    put_in = told.removeprefix(HEAD).splitlines()
    assert len(put_in) == 1
    assert "Bo" in put_in[0]


def test_a_gap_by_somebody_who_would_do_nothing_stays(tmp_path: Path) -> None:
    telling = f"{HEAD}  ... by Cy\n"
    path = tmp_path / "told.story"
    path.write_text(
        RULES.replace("  Bo: person", "  Cy: person, at the road\n  Bo: person") + telling
    )
    found = intrigue.load(path).fill()
    assert found.verdict == "undecided"
    assert found.fillings[0].missing[0].what == "at least 1 event"
    assert found.fillings[0].text.endswith("  ... by Cy\n")


def test_the_check_of_the_result_decides_however_the_search_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hardly = partial(Limits, tries=1, effort=(1,))
    monkeypatch.setattr(sys.modules["intrigue.filling.fill"], "Limits", hardly)
    told = "  Ada buys the iron key from Bo with the penny.\n  ...\n"
    told += "  Ada unlocks the cellar with the iron key.\n"
    for seconds in (None, 0):
        assert filled(tmp_path, HEAD + told, seconds=seconds) == HEAD + told.replace("  ...\n", "")


def test_what_the_search_did_not_come_to_stays_open(tmp_path: Path) -> None:
    told = story(tmp_path, "scene One\n  ...\n  Ada drinks the port.\n  ... 2 events\n")
    found = told.fill(seconds=0)
    assert found.verdict == "undecided"
    assert found.stopped_by == "seconds"
    assert found.fillings[0].text.count("  ...") == 2
    assert "... 2 events: the search did not come here" in found.summary


def test_what_was_found_before_the_memory_ran_out_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (
        HEAD + "  ...\n  Ada unlocks the cellar with the iron key.\n  ...\n  Ada drinks the port.\n"
    )
    of, asked = Reasons.of, 0

    def at_most_two(*about: Any, **more: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked > 2:
            raise MemoryError
        return of(*about, **more)

    monkeypatch.setattr(Reasons, "of", at_most_two)
    found = story(tmp_path, told).fill()
    assert (found.verdict, found.stopped_by) == ("undecided", "memory")
    assert found.summary.startswith("stopped looking: the memory ran out, `--memory` gives more; ")


def test_a_pair_of_events_that_is_not_needed_is_left_out(tmp_path: Path) -> None:
    walks = "  Bo goes to the road.\n  Bo goes to the yard.\n  allow unmotivated-event: air\n"
    run = story(tmp_path, f"{HEAD}{walks}  ...\n  expect open(the cellar)\n").run()
    repair = Repair(Player(run, items_of(run), set()), Limits(leaner=8))
    lean = next(repair.found()).filling
    repair.best = None
    to_and_fro = [step.event for step in run.steps]
    repair._leaner(Played(((*to_and_fro, *lean[0]),), [], None), ())
    assert repair.best is not None
    assert repair.best.filling == lean


def test_a_plan_carried_on_may_mend_all_there_is(tmp_path: Path) -> None:
    told = "  Ada buys the iron key from Bo with the penny.\n  ...\n  Ada drinks the port.\n"
    run = story(tmp_path, HEAD + told).run()
    player = Player(run, items_of(run), set(), close=True)
    found = next(Repair(player, Limits(back=0, work=100)).found())
    assert not found.left
    assert [run.sentence(event) for event in found.filling[0]] == [
        "Ada unlocks the cellar with the iron key",
        "Ada goes to the cellar",
    ]


def test_what_somebody_must_know_is_passed_on_by_who_has_to_learn_it_first(tmp_path: Path) -> None:
    whole = (Path(__file__).parents[2] / "stories" / "the_killer.story").read_text("utf-8")
    before, _, after = whole.partition("  Li investigates what happened to Jennie.")
    visit = after[after.index("scene The visit") : after.index("  Ah Jong goes to the apartment.")]
    assert "Tsang sneaks to the apartment." in visit
    (tmp_path / "half_told.story").write_text(before + "  ...\n\n" + visit, "utf-8")
    found = intrigue.load(tmp_path / "half_told.story").fill()
    assert found, found.summary
    # Tsang waits where a man is to be found: he has it from Li, who has it from the man's friend.
    assert [each for gap in found.fillings[0].gaps for each in gap.sentences] == [
        "Li asks Jennie where Ah Jong is to be found",
        "Li reports to Tsang on Ah Jong",
    ]


WAGES = Path(__file__).parent / "wages.story"


def test_who_is_to_act_elsewhere_is_given_the_reason_to_go_there() -> None:
    found = intrigue.load(WAGES).fill()
    assert found, found.summary
    # What Bo would do about it is what Ada demands her wages for.
    assert found.fillings[0].gaps[0].sentences == (
        "Ada demands wages from Bo",
        "Bo goes to the house",
    )


def test_what_a_claimed_motive_lacks_is_seen_before_the_event_is_possible() -> None:
    run = intrigue.load(WAGES).run()
    player = Player(run, items_of(run), set(), close=True)
    _, flaw = player.play([()], [run.engine.start()], 0, 120)
    assert flaw is not None and flaw.kind == "impossible"
    ((aim,),) = Aims(player).of(flaw)
    bo, ada = (
        next(i for i, atom in enumerate(run.world.atoms) if atom.name == name)
        for name in ("Bo", "Ada")
    )
    pressed = next(
        i for i, fact in enumerate(run.world.problem["facts"]) if fact["name"] == "pressed"
    )
    fluent = run.engine.fluent(pressed, [bo])
    assert aim == equals(run, bo, fluent, ("atom", ada))  # that Ada demands her wages
    assert Aims(player).left(flaw) == 1


def test_where_no_motive_is_found_what_is_possible_is_put_in_and_the_gap_stays_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = Reasons._asked

    def hastily(
        self: Reasons, mind: int, person: int, event: int, _: int, *rest: Any, **how: Any
    ) -> Any:
        return asked(self, mind, person, event, 1, *rest, **how)

    monkeypatch.setattr(Reasons, "_asked", hastily)
    found = intrigue.load(PIER).fill()
    assert "  Kei goes to the pier.\n  ...\n  Kei beats Ming.\n" in found.fillings[0].text
    assert "Kei goes to the pier: no motive of Kei was found" in found.summary
    assert "Kei beats Ming: no motive of Kei was found" in found.summary
    assert found.verdict == "undecided"


def test_no_flaw_takes_the_time_that_others_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["intrigue.filling.fill"], "SPARED", 1e9)
    (tmp_path / "pier.story").write_text(PIER.read_text() + "  ...\n  Kei goes to the villa.\n")
    found = intrigue.load(tmp_path / "pier.story").fill(seconds=60)
    assert found.summary.startswith("stopped looking: the time was up; 1 event put into 2 gaps")
    assert "Kei beats Ming: no motive of Kei was found" in found.summary


def test_what_is_proved_to_be_unmotivated_is_not_put_in(tmp_path: Path) -> None:
    poor = tmp_path / "poor.story"
    poor.write_text("\n".join(line for line in PIER.read_text().splitlines() if "bag" not in line))
    found = intrigue.load(poor).fill()
    assert found.fillings[0].events == 0
    assert "Kei beats Ming: this does not hold: where(Kei) = where(Ming)" in found.summary


@pytest.mark.parametrize("mark", ["earlier", "the next day"])
def test_a_gap_alone_has_no_place_in_time(tmp_path: Path, mark: str) -> None:
    bought = "scene One\n  Ada buys the iron key from Bo with the penny.\n"
    with pytest.raises(StoryError) as error:
        story(tmp_path, f"{bought}scene Two\n  {mark}\n  ...\n").fill()
    assert [each.code for each in error.value.diagnostics] == ["undated-gap"]
    placed = (
        f"{bought}scene Two\n  the next day\n  ...\n  Ada unlocks the cellar with the iron key.\n"
    )
    assert "..." not in filled(tmp_path, placed)


def test_what_leaves_nothing_open_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["intrigue.filling.fill"]
    plain = module._filled
    filled: list[Any] = []

    def first_left_open(*how: Any) -> Any:
        one = plain(*how)
        open_ = (Missing(None, "something", ("is not so",), False),)
        filled.append(one if filled else replace(one, missing=open_))
        return filled[-1]

    monkeypatch.setattr(module, "_filled", first_left_open)
    found = intrigue.load(Path(__file__).parent / "the_cellar.story").fill(count=2)
    assert [each.ok for each in filled] == [False, True]
    assert [each.ok for each in found.fillings] == [True, False]
    assert found.verdict == "filled"


def test_a_fact_is_supposed_only_of_its_own_kind(tmp_path: Path) -> None:
    """Who holds the penny may be asked for a fact of persons; where nobody does, there is no such fact to suppose."""
    run = story(tmp_path, "scene One\n  ...\n  Ada goes to the road.\n").run()
    names = [fact["name"] for fact in run.world.problem["facts"]]
    atoms = [atom.name for atom in run.world.atoms]
    holder = {"fact": [names.index("holder"), [{"const": {"atom": atoms.index("the port")}}]]}
    wanted = {"fact": [names.index("thirsty"), [holder]]}
    reasons = Reasons(run)
    ways = Hypotheses(run, reasons).ways(run.engine.start(), atoms.index("Ada"), wanted, [])
    assert list(ways) == []


@pytest.mark.parametrize("gap", ["... 1 event", "... at least 1", "... by Bo", "... 1 to 2 events"])
def test_what_is_told_next_decides_what_a_gap_is_filled_with(tmp_path: Path, gap: str) -> None:
    # Bo, too, would like to unlock the cellar
    told = "  Ada unlocks the cellar with the iron key.\n"
    bought = "  Ada buys the iron key from Bo with the penny.\n"
    assert filled(tmp_path, f"scene One\n  {gap}\n{told}") == f"scene One\n{bought}{told}"


def test_of_two_gaps_in_a_row_the_first_does_not_hinder_what_is_told(tmp_path: Path) -> None:
    told = "  Ada unlocks the cellar with the iron key.\n"
    found = story(tmp_path, f"scene One\n  ... 1 event\n  ... 1 event\n{told}").fill()
    assert not found
    assert [each.what for each in found.fillings[0].missing] == ["at least 1 event"]
    assert "  Ada buys the iron key from Bo with the penny.\n" in found.fillings[0].text


@pytest.mark.parametrize(
    "wrong", [{"memory_mb": 0}, {"seconds": -1}, {"max_events": -1}, {"count": 0}, {"seed": -1}]
)
def test_what_is_no_amount_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    told = story(tmp_path, "scene One\n  ...\n  Ada unlocks the cellar with the iron key.\n")
    (name,) = wrong
    with pytest.raises(ValueError, match=f"{name} must be at least"):
        told.fill(**wrong)


def test_fill_and_plan_leave_nothing_behind_in_the_story(tmp_path: Path) -> None:
    # so no answer hangs on what was asked before it, nor lacks the memory that this took
    told = story(tmp_path, "scene One\n  ...\n  Ada unlocks the cellar with the iron key.\n")
    before = told.run().engine.statistics()
    told.fill(memory_mb=20)
    told.plan("open(the cellar)", memory_mb=20)
    assert told.run().engine.statistics() == before


def test_a_gap_is_filled_anew_where_its_first_filling_is_in_the_way(tmp_path: Path) -> None:
    # who simply drinks takes a cup that nobody has poisoned: that has to come first, in the same gap
    court = (Path(__file__).parent / "the_court.story").read_text()
    path = tmp_path / "court.story"
    path.write_text(court)
    found = intrigue.load(path).fill()
    assert found, found.summary
    assert found.fillings[0].gaps[0].sentences == (
        "The Duke takes the goblet",
        "The Duke poisons the goblet",
        "The Duke gives the goblet to the King",
    )

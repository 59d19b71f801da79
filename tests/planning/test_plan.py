"""Planning as the library's user meets it: stories that reach an ending, each one checked, each a story of its own."""

from __future__ import annotations

import inspect
import json
import math
from pathlib import Path
from typing import Any

import pytest

import intrigue
from intrigue.planning.asked import NAMES
from intrigue.planning.plan import Plans
from intrigue.planning.planned import PlannedStory
from intrigue.planning.ranking import conflict, difference, length, ranked, surprise, variety

CELLAR = Path(__file__).parent / "cases" / "the_cellar.story"
PRANK = CELLAR.with_name("the_prank.story")
KILLER = Path(__file__).parents[2] / "stories" / "the_killer.story"
FERRY = Path(__file__).parents[1] / "sabre" / "cases" / "the_ferry.txt"
SHARED = Path(__file__).parents[3] / "shared" / "benchmarks"


@pytest.fixture(scope="module")
def cellar() -> intrigue.Story:
    return intrigue.load(CELLAR)


@pytest.fixture(scope="module")
def ferry() -> intrigue.Story:
    return intrigue.load(FERRY)


def first(found: Plans) -> PlannedStory:
    assert found.verdict == "found", found.summary
    assert not found.refused
    return found.stories[0]


# --------------------------------------------------------------------- found


def test_an_ending_is_reached_by_events_that_all_have_a_motive(cellar: intrigue.Story) -> None:
    story = first(cellar.plan("Ada drinks"))
    assert cellar.run().names  # the story that was asked is as it was
    assert story.standing.ok
    assert not story.standing.undecided
    assert all(not step.failing for step in story.steps)
    assert [why.kind for reason in story.reasons for why in reason.whys].count("found") >= 1
    assert story.ask("not thirsty(Ada)").value == "yes"


def test_a_condition_will_do_as_well_as_the_title_of_an_ending(cellar: intrigue.Story) -> None:
    by_title = first(cellar.plan("ada drinks"))
    by_condition = first(cellar.plan("not thirsty(Ada)"))
    assert by_title.sentences == by_condition.sentences


def test_the_tree_shows_the_plan_of_each_and_of_those_they_count_on() -> None:
    if not (SHARED / "problems").is_dir():
        pytest.skip("needs ../shared")
    treasure = intrigue.load(SHARED / "problems" / "treasure.txt")
    story = first(treasure.plan(max_events=4, max_motive=4, max_minds=3))
    assert str(story).splitlines()[:9] == [
        "1. Hawkins rumors",
        "     Hawkins (0 -> 1): holder(Treasure) = Hawkins",
        "       | Hawkins and Silver sail",
        "       |   Silver, in order to",
        "       |     | Hawkins digs",
        "       |     |   Hawkins, in order to",
        "       |     |     | Hawkins takes Treasure",
        "       |     | Silver takes Treasure",
        "       | Hawkins digs",
    ]


def test_a_problem_in_sabres_syntax_just_works(ferry: intrigue.Story) -> None:
    story = first(ferry.plan(2))
    assert story.worth == 2
    assert story.sentences[-1] == "Smuggler unloads Crate at Far Bank"


@pytest.mark.parametrize(
    "goal",
    [
        "at(Crate) == FarBank",
        "holder(Crate) = Far Bank",
        "at(Crate) == FarBank & !(paid(Ferryman) < 1)",
    ],
)
def test_its_goal_may_be_in_either_syntax(ferry: intrigue.Story, goal: str) -> None:
    story = first(ferry.plan(goal))
    assert story.ask("holder(Crate)").value == "Far Bank"


def test_it_goes_on_from_a_moment_of_the_telling(cellar: intrigue.Story) -> None:
    story = first(cellar.plan("Ada drinks", at=2))
    assert story.begins == 2
    told = [story.run().sentence(step.event) for step in story.run().steps[:2]]
    assert told == ["Ada goes to the road", "Bo unlocks the cellar with the iron key"]
    assert "The earth shakes" not in story.sentences


def test_what_undoes_a_part_of_the_goal_is_done_if_it_must_be_and_mended() -> None:
    story = first(intrigue.load(PRANK).plan("No harm done", search="repair"))
    assert story.sentences == [
        "Ada hides",
        "Ada startles Bo, who drops the lantern",
        "Ada mends the lantern",
    ]


def test_nothing_is_proved_of_a_world_that_is_not_laid_out() -> None:
    found = intrigue.load(KILLER).plan("Both lie dead", max_events=4, search="growing")
    assert (found.verdict, found.bound) == ("undecided", 0)  # what it tried was a guess


def test_a_film_ends_otherwise_from_its_opening() -> None:
    story = first(intrigue.load(KILLER).plan("She sees again", max_events=16))
    slip = "Ah Jong shoots Lam, and the muzzle flash blinds Jennie"
    assert story.sentences[1] == slip
    assert story.sentences[-1] == "The doctor operates on Jennie"
    assert story.standing.ok
    assert all(not step.failing for step in story.steps)


def test_the_boss_has_his_way_from_the_opening() -> None:
    """He has commissioned the target's death; in the film a killer is hired for it."""
    story = first(intrigue.load(KILLER).plan("health(the target) = dead", max_events=8))
    assert story.sentences[-1] == "Fung Sei shoots the target"
    assert story.standing.ok


# ---------------------------------------------------------- a story of its own


@pytest.mark.parametrize("at", [None, 1, 2])
def test_its_text_is_a_story_that_can_be_read_again(
    cellar: intrigue.Story, at: int | None, tmp_path: Path
) -> None:
    story = first(cellar.plan("Ada drinks", at=at))
    path = tmp_path / "again.story"
    path.write_text(story.to_text(), encoding="utf-8")
    again = intrigue.load(path)
    report = again.check(story.limits)
    planned = again.run().steps[-len(story.steps) :]
    assert [again.run().sentence(step.event) for step in planned] == story.sentences
    late = [d for d in report.diagnostics if d.code in ("impossible-event", "unknown-sentence")]
    assert not late


def test_the_text_of_a_converted_problem_needs_no_other_file(
    ferry: intrigue.Story, tmp_path: Path
) -> None:
    story = first(ferry.plan(2))
    path = tmp_path / "again.story"
    path.write_text(story.to_text(), encoding="utf-8")
    again = intrigue.load(path)
    assert again.check(story.limits).ok
    assert len(again.run().steps) == len(story.steps)


def test_it_can_be_asked_explained_and_checked_like_any_other(cellar: intrigue.Story) -> None:
    story = first(cellar.plan("Ada drinks"))
    assert story.check().summary
    assert story.explain(1)[0].sentence == story.sentences[0]
    assert "<ol>" in story._repr_html_()
    assert story.sentences[0] in repr(story)
    assert json.dumps(story.to_dict())


def test_claims_that_only_motives_speak_of_are_written_into_the_cast(tmp_path: Path) -> None:
    story = first(intrigue.load(GOSSIP).plan("known_thief()"))
    text = story.to_text()
    path = tmp_path / "again.story"
    path.write_text(text, encoding="utf-8")
    assert intrigue.load(path).check(story.limits).ok, text


GOSSIP = Path(__file__).parent / "cases" / "the_gossip.story"

# ------------------------------------------------------------- how it ended


def test_what_can_never_be_is_proved_to_be_none(cellar: intrigue.Story) -> None:
    found = cellar.plan("holder(the penny) = the cellar and thirsty(Ada) and not thirsty(Ada)")
    assert found.verdict == "none"
    assert not found
    assert "none exists within" in found.summary


def test_what_needs_more_events_than_allowed_is_none_within_the_limits(
    ferry: intrigue.Story,
) -> None:
    found = ferry.plan(2, max_events=2)
    assert found.verdict == "none"
    assert "within 2 events" in found.summary


def test_a_search_that_is_stopped_says_so(cellar: intrigue.Story) -> None:
    found = cellar.plan("Both drink", seconds=0.0)
    assert found.verdict == "undecided"
    assert found.stopped_by == "seconds"
    assert "the time was up" in found.summary


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (None, "no-goal"),
        ("3", "no-goal"),
        ("thirsty(Ada)", "goal-reached"),
        ("wher(Ada) = the yard", "unknown-name"),
        ("where(Ada) =", "unexpected-token"),
    ],
)
def test_a_goal_that_makes_no_sense_is_named(
    cellar: intrigue.Story, goal: str | None, code: str
) -> None:
    with pytest.raises(intrigue.StoryError) as error:
        cellar.plan(goal)
    assert [d.code for d in error.value.diagnostics] == [code]


def test_a_goal_in_sabres_syntax_that_makes_no_sense_is_named(ferry: intrigue.Story) -> None:
    with pytest.raises(intrigue.StoryError) as error:
        ferry.plan("at(Crate) == Nowhere")
    assert [d.code for d in error.value.diagnostics] == ["sabre-name-unknown"]


@pytest.mark.parametrize("wrong", [{"search": "x"}, {"heuristic": "x"}, {"rank": "x"}])
def test_a_name_that_does_not_exist_is_a_mistake(
    cellar: intrigue.Story, wrong: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="x"):
        cellar.plan("Ada drinks", **wrong)  # type: ignore[arg-type]


def test_the_searches_that_there_are_include_the_one_that_mends(cellar: intrigue.Story) -> None:
    with pytest.raises(ValueError, match=r"there are: growing, repair, shortest$"):
        cellar.plan("Ada drinks", search="x")
    assert cellar.plan("Ada drinks", search="repair")


def test_the_search_that_mends_needs_a_condition(ferry: intrigue.Story) -> None:
    with pytest.raises(ValueError, match="for a condition, not for a worth"):
        ferry.plan(2, search="repair")


@pytest.mark.parametrize(
    ("wrong", "allowed"),
    [
        ({"memory_mb": 0}, "memory_mb must be at least 1, not 0"),
        ({"seconds": -1}, "seconds must be at least 0, not -1"),
        ({"seconds": math.nan}, "seconds must be at least 0, not nan"),
        ({"seconds": math.inf}, "seconds must be at most 1000000000, not inf"),
        ({"max_events": -1}, "max_events must be at least 0, not -1"),
        ({"max_events": 2**40}, "max_events must be at most 1000, not"),
        ({"max_motive": 0}, "max_motive must be at least 1, not 0"),
        ({"max_minds": -1}, "max_minds must be at least 0, not -1"),
        ({"seed": -1}, "seed must be at least 0, not -1"),
        ({"count": -1}, "count must be at least 1, not -1"),
        ({"threads": 0}, "threads must be at least 1, not 0"),
    ],
)
def test_what_is_no_amount_is_a_mistake(
    cellar: intrigue.Story, wrong: dict[str, Any], allowed: str
) -> None:
    with pytest.raises(ValueError, match=allowed):
        cellar.plan("Ada drinks", **wrong)


def test_what_a_search_can_be_told_is_what_plan_takes() -> None:
    taken = set(inspect.signature(intrigue.Story.plan).parameters)
    assert taken - {"self", "goal", "at", "reading"} == NAMES


def test_a_reading_that_does_not_exist_is_a_mistake(cellar: intrigue.Story) -> None:
    with pytest.raises(intrigue.StoryError) as error:
        cellar.plan("Ada drinks", reading="zzz")
    assert [d.code for d in error.value.diagnostics] == ["unknown-reading"]


def test_the_same_question_has_the_same_answer(ferry: intrigue.Story) -> None:
    one, other = (intrigue.load(FERRY).plan(2, count=3) for _ in range(2))
    assert [s.sentences for s in one.stories] == [s.sentences for s in other.stories]


# ------------------------------------------------------------------- ranking


def told(*sentences: str) -> intrigue.Story:
    """The cellar, told otherwise."""
    text = CELLAR.read_text(encoding="utf-8")
    head = text[: text.index("scene The yard")]
    lines = "".join(f"  {sentence}.\n" for sentence in sentences)
    from intrigue.diagnostics.diagnostic import Source
    from intrigue.language.parse import parse
    from intrigue.world import check

    file, found = parse(Source(CELLAR, f"{head}scene Here\n{lines}"))
    assert not found
    world, _ = check([file])
    assert world is not None
    return intrigue.Story(world)


QUIET = ("Bo unlocks the cellar with the iron key", "Bo goes to the cellar", "Bo drinks the port")
SNATCHED = ("Bo goes to the road", "Ada unlocks the cellar with the iron key")


def test_length_counts_events() -> None:
    assert length(told(*QUIET)) == 3


def test_conflict_counts_plans_that_others_thwart() -> None:
    assert conflict(told(*QUIET)) == 0
    thwarted = told(
        "Bo unlocks the cellar with the iron key",
        "Ada goes to the cellar",
        "Bo goes to the cellar",
        "Ada drinks the port",
        "Bo drinks the sherry",
    )
    assert conflict(thwarted) == 0  # there is a bottle for each
    short = told(
        "Bo unlocks the cellar with the iron key",
        "Bo goes to the cellar",
        "Ada goes to the cellar",
        "Ada drinks the port",
        "Ada drinks the sherry",
    )
    assert conflict(short) == 1


def test_surprise_counts_beliefs_that_turn_out_wrong() -> None:
    assert surprise(told(*QUIET)) == 0
    away = told(
        "Bo unlocks the cellar with the iron key",
        "Ada goes to the road",
        "Bo goes to the cellar",
        "Ada goes to the yard",  # she took Bo to be there
    )
    assert surprise(away) == 1


def test_difference_is_the_share_of_events_that_only_one_tells() -> None:
    assert difference(told(*QUIET), told(*QUIET)) == 0
    assert difference(told(*QUIET), told(QUIET[0])) == pytest.approx(2 / 3)
    assert difference(told(QUIET[0]), told("Ada goes to the road")) == 1


def test_variety_puts_next_what_is_least_like_the_rest() -> None:
    a, b, c = (
        told(*QUIET[:2]),
        told(*QUIET),
        told("Ada goes to the road", "Bo goes to the road", QUIET[0]),
    )
    assert [place for place, _ in variety([b, a, c])] == [1, 2, 0]
    assert variety([]) == []


def test_several_stories_are_all_different_and_in_order(ferry: intrigue.Story) -> None:
    found = ferry.plan(1, count=6, rank="length", seconds=20)
    events = [tuple(story.sentences) for story in found.stories]
    assert len(set(events)) == len(events)
    assert [len(each) for each in events] == sorted(len(each) for each in events)
    for rank in ("conflict", "surprise"):
        again = ranked(list(found.stories), rank)
        measures = [story.measures[rank] for story in again]
        assert measures == sorted(measures, reverse=True)


def test_every_question_can_be_asked_of_a_planned_story(ferry: intrigue.Story) -> None:
    story = first(ferry.plan(2))
    assert story.cut(1)
    assert story.weights()
    assert story.relate("Smuggler", "Ferryman")
    assert story.who_knows("paid(Ferryman)")
    assert story.audience()
    assert story.times()
    assert story.honesty()
    assert story.plan("where(Officer) = Near Bank", at=1, max_events=6, seconds=10).verdict

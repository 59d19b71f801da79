"""Why people do things, by example: each situation is a few lines of story."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

import intrigue

from .situation import Situation

REVENGE = """
facts
  alive(person) = yes
  killed(p: person, q: person)
  armed(person)
action kill(p: person, q: person)
  needs alive(p), alive(q), p != q, armed(p)
  makes not alive(q), killed(p, q)
  will p
  seen by anyone
action buy(p: person)
  needs alive(p), not armed(p)
  makes armed(p)
  will p
  seen by anyone
action sing(p: person)
  needs alive(p)
  makes armed(p) = armed(p)
  will p
  seen by anyone
action tell(p: person, q: person, c: claim)
  needs alive(p), alive(q), p != q
  makes p tells q c
  will p
  seen by p, q
wants
  each p: person, q: person: p suffers until not alive(q) while killed(q, Lam)
  Cas: not alive(Bob) x3
cast
  Ann, Bob, Cas, Lam: person
  the deed: claim = killed(Bob, Lam)
start
  not alive(Lam)
  secret killed(Bob, Lam) known to Bob, Cas; others believe no
"""


@pytest.fixture
def revenge(tmp_path: Path) -> Situation:
    return Situation(tmp_path, REVENGE)


def test_revenge_needs_to_be_known_about(revenge: Situation) -> None:
    assert revenge.why("Ann", "buy Ann").verdict == "none"


def test_revenge_by_the_shortest_way(tmp_path: Path) -> None:
    told = Situation(tmp_path, REVENGE).after("tell Cas Ann thedeed")
    answer = told.why("Ann", "buy Ann")
    assert (answer.verdict, answer.plan) == ("found", ["buy Ann", "kill Ann Bob"])
    assert answer.gain == (-1.0, 0.0)


def test_a_passing_question_leaves_nothing_behind(revenge: Situation) -> None:
    """What it found out serves no later question; what a lasting one found out serves it, too."""
    asked = [revenge.why("Cas", "tell Cas Ann thedeed", passing=True) for _ in range(2)]
    assert asked[0].examined == asked[1].examined > 0
    assert revenge.why("Cas", "tell Cas Ann thedeed").examined == asked[0].examined
    again = revenge.why("Cas", "tell Cas Ann thedeed", passing=True)
    assert (again.plan, again.examined) == (asked[0].plan, 0)


def test_what_was_found_out_about_somebody_is_forgotten(revenge: Situation) -> None:
    first = revenge.why("Cas", "tell Cas Ann thedeed")
    assert revenge.why("Cas", "tell Cas Ann thedeed").examined == 0
    revenge.forget("Ann")
    assert revenge.why("Cas", "tell Cas Ann thedeed").examined == 0
    revenge.forget("Cas")
    assert revenge.why("Cas", "tell Cas Ann thedeed") == first


def test_telling_so_that_the_other_acts(revenge: Situation) -> None:
    """Cas has no gun; Ann would have a reason, if only she knew."""
    answer = revenge.why("Cas", "tell Cas Ann thedeed")
    assert answer.verdict == "found"
    assert answer.plan == ["tell Cas Ann thedeed", "buy Ann", "kill Ann Bob"]
    assert answer.others == [
        {},
        {"Ann": ["buy Ann", "kill Ann Bob"]},
        {"Ann": ["kill Ann Bob"]},
    ]


def test_nobody_sings_without_a_reason(revenge: Situation) -> None:
    """A plan in which the song is idle is none: killing does as well without it."""
    assert revenge.after("buy Cas").why("Cas", "sing Cas").verdict == "none"


def test_who_believes_it_impossible_has_no_motive(revenge: Situation) -> None:
    assert revenge.why("Cas", "kill Cas Bob").verdict == "none"


def test_other_minds_are_followed_as_deep_as_allowed(revenge: Situation) -> None:
    """Beyond the last level only what pays at once counts: Ann's purchase does not."""
    question = ("Cas", "tell Cas Ann thedeed")
    assert revenge.why(*question, max_minds=2).verdict == "found"
    assert revenge.why(*question, max_minds=1).verdict == "none"
    armed = revenge.after("buy Ann")
    assert armed.why(*question, max_minds=1).plan == ["tell Cas Ann thedeed", "kill Ann Bob"]


def test_length_is_limited(revenge: Situation) -> None:
    question = ("Cas", "tell Cas Ann thedeed")
    assert revenge.why(*question, max_events=2).verdict == "none"
    assert revenge.why(*question, max_events=3).verdict == "found"


def test_a_search_that_is_stopped_says_so(revenge: Situation) -> None:
    answer = revenge.why("Cas", "tell Cas Ann thedeed", budget=3)
    assert (answer.verdict, answer.stopped_by) == ("undecided", "events examined")


def test_the_same_question_has_the_same_answer(revenge: Situation) -> None:
    question = ("Cas", "tell Cas Ann thedeed")
    assert revenge.why(*question).plan == revenge.why(*question).plan


def test_a_plan_known_before_is_only_verified(tmp_path: Path) -> None:
    plain, hinted = Situation(tmp_path, REVENGE), Situation(tmp_path, REVENGE)
    plan = ["tell Cas Ann thedeed", "buy Ann", "kill Ann Bob"]
    answer = hinted.why("Cas", plan[0], hints=[[hinted.event(each) for each in plan]])
    assert (answer.verdict, answer.plan) == ("found", plan)
    assert answer.examined <= plain.why("Cas", plan[0]).examined


def test_a_wrong_hint_does_no_harm(revenge: Situation) -> None:
    hint = [revenge.event(each) for each in ("tell Cas Ann thedeed", "sing Ann", "buy Ann")]
    assert revenge.why("Cas", "tell Cas Ann thedeed", hints=[hint]).plan[1] == "buy Ann"


def test_claimed_motives_go_through_their_events(revenge: Situation) -> None:
    tell = "tell Cas Ann thedeed"
    assert revenge.why("Cas", tell, via=["kill Ann Bob"]).verdict == "found"
    assert revenge.why("Cas", tell, via=["kill Ann Bob", "buy Ann"]).verdict == "none"
    assert revenge.why("Cas", tell, via=["buy Cas"]).verdict == "none"


def test_claimed_motives_bring_about_what_they_say(revenge: Situation) -> None:
    tell = "tell Cas Ann thedeed"
    dead = json.dumps({"not": revenge.fact("alive", "Bob")})
    mourned = json.dumps({"not": revenge.fact("alive", "Ann")})
    assert revenge.why("Cas", tell, brings=dead).verdict == "found"
    assert revenge.why("Cas", tell, brings=mourned).verdict == "none"


LEVER = """
facts
  captor(person): person
  free(p: person) = yes
  demanded(p: person, q: person)
  ransom(person): person
action kidnap(p: person, q: person)
  needs p != q, captor(q) = nobody, captor(p) = nobody
  makes captor(q) = p
  will p
  seen by anyone
action demand(p: person, q: person)
  needs any v: person where captor(v) = p
  makes demanded(p, q)
  will p
  seen by anyone
action pay(q: person, p: person)
  needs demanded(p, q), ransom(q) = nobody
  makes ransom(q) = p
  will q
  seen by anyone
action release(p: person, v: person, q: person)
  needs captor(v) = p, ransom(q) = p, demanded(p, q)
  makes captor(v) = nobody, not demanded(p, q)
  will p
  seen by anyone
wants
  Boss: ransom(Ann) = Boss x4
  Boss suffers until captor(Kim) = nobody while ransom(Ann) = Boss
  Ann suffers until captor(Kim) = nobody x5
  Ann: ransom(Ann) = nobody
cast
  Boss, Ann, Kim: person
"""


def test_a_lever(tmp_path: Path) -> None:
    """Ann pays because she thinks that Kim will be released then; the boss counts on it."""
    lever = Situation(tmp_path, LEVER)
    answer = lever.why("Boss", "kidnap Boss Kim")
    assert answer.verdict == "found"
    assert answer.plan[:3] == ["kidnap Boss Kim", "demand Boss Ann", "pay Ann Boss"]
    pays = answer.others[2]["Ann"]
    assert pays == ["pay Ann Boss", "release Boss Kim Ann"]


def test_nobody_pays_who_is_not_pressed(tmp_path: Path) -> None:
    lever = Situation(tmp_path, LEVER).after("kidnap Boss Ann", "demand Boss Ann")
    assert lever.why("Ann", "pay Ann Boss").verdict == "none"


JOURNEY = """
facts
  where(person): place
  met(p: person, q: person)
action go(p: person, to: place)
  needs where(p) != to
  makes where(p) = to
  will p
  journey
  seen by anyone
action meet(p: person, q: person)
  needs where(p) = where(q), p != q
  makes met(p, q)
  will p
  seen by anyone
action lightning(p: person, q: person)
  makes met(p, q)
  fate
  seen by anyone
wants
  Ann: met(Ann, Bob)
  Cas: met(Ann, Cas)
cast
  Ann, Bob, Cas: person
  the hall, the yard, the shed: place
start
  where(Ann) = the hall
  where(Bob) = the yard
  where(Cas) = the shed
"""


def test_journeys_do_not_count(tmp_path: Path) -> None:
    journey = Situation(tmp_path, JOURNEY)
    answer = journey.why("Ann", "go Ann theyard", max_events=1)
    assert (answer.verdict, answer.plan) == ("found", ["go Ann theyard", "meet Ann Bob"])


def test_nobody_travels_twice_at_a_stretch(tmp_path: Path) -> None:
    journey = Situation(tmp_path, JOURNEY)
    assert journey.why("Ann", "go Ann theshed", max_events=2).verdict == "none"


def test_nobody_counts_on_fate(tmp_path: Path) -> None:
    """Only lightning could make Ann meet Cas: she does not want to."""
    journey = Situation(tmp_path, JOURNEY)
    assert journey.why("Cas", "go Cas thehall", max_events=2).verdict == "none"


DEBT = """
facts
  money(person): number
  owes(p: person, q: person)
action work(p: person)
  needs money(p) < 1
  makes money(p) = money(p) + 1
  will p
  seen by anyone
action repay(p: person, q: person)
  needs owes(p, q), money(p) >= 1
  makes money(p) = money(p) - 1, money(q) = money(q) + 1, not owes(p, q)
  will p, q
  seen by anyone
wants
  each p: person, q: person: p suffers until not owes(p, q) x2 while owes(p, q)
  each p: person: p wants money(p) x0.5
cast
  Ann, Bob: person
start
  owes(Ann, Bob)
"""


def test_a_debt(tmp_path: Path) -> None:
    """Work pays by itself; with the work done, the debt is a reason to pay, and Bob likes money."""
    debt = Situation(tmp_path, DEBT)
    assert debt.why("Ann", "work Ann").plan == ["work Ann"]
    assert debt.after("work Ann").why("Ann", "repay Ann Bob").gain == (-1.5, 0.0)
    assert debt.why("Bob", "repay Ann Bob").plan == ["repay Ann Bob"]


def test_what_no_event_can_bring_about_is_lost(tmp_path: Path) -> None:
    journey = Situation(tmp_path, JOURNEY)
    reach = journey.engine.reachable
    assert reach(journey.start, json.dumps(journey.fact("met", "Ann", "Cas")), [])
    nowhere = journey.fact("where", "Ann", value="none")
    assert not reach(journey.start, json.dumps(nowhere), [])


def test_without_goals_only_what_is_told_is_tried() -> None:
    run = intrigue.load(Path(__file__).parents[2] / "stories" / "the_killer.story").run()
    step = next(s for s in run.steps if s.told.sentence.text == "The hitmen sneak to the beach")
    (hitmen,) = step.willing
    mind = run.engine.believed(step.before, hitmen)
    ask = partial(run.engine.motive, mind, hitmen, step.meant, budget=400, passing=True)
    assert ask()["verdict"] == "found"
    blind = ask(goals=0)
    assert (blind["verdict"], blind["looked_into"]) == ("undecided", 0)
    told = ask(goals=0, familiar=run.told_after(step.number))
    assert (told["verdict"], told["looked_into"]) == ("found", 0)

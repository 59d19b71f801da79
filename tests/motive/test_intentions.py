"""What people would do next, by example."""

from __future__ import annotations

from pathlib import Path

import pytest

from .situation import Situation
from .test_motives import REVENGE

LOOT = """
facts
  holder(thing): person
  open(thing)
action unlock(p: person, b: thing)
  needs holder(the key) = p
  makes open(b)
  will p
  seen by anyone
action give(p: person, q: person, t: thing)
  needs holder(t) = p, p != q
  makes holder(t) = q
  will p, q
  seen by anyone
cast
  Ann, Bob: person
  the key, the coin, the box: thing
start
  holder(the key) = Bob
  holder(the coin) = Ann
"""


@pytest.fixture
def revenge(tmp_path: Path) -> Situation:
    return Situation(tmp_path, REVENGE)


def test_one_begins_at_once(revenge: Situation) -> None:
    answer = revenge.next("Cas")
    assert (answer.verdict, answer.plan) == ("found", ["buy Cas", "kill Cas Bob"])
    assert answer.gain == (-1.0, 3.0)


def test_who_does_not_know_does_nothing(revenge: Situation) -> None:
    assert revenge.next("Ann").verdict == "none"
    assert revenge.after("tell Cas Ann thedeed").next("Ann").plan == ["buy Ann", "kill Ann Bob"]


def test_one_goes_on(revenge: Situation) -> None:
    assert revenge.after("buy Cas").next("Cas").plan == ["kill Cas Bob"]
    assert revenge.after("kill Cas Bob").next("Cas").verdict == "none"


def test_among_some_beginnings(revenge: Situation) -> None:
    """To tell Ann, who would do it, serves as well; a song serves nothing."""
    answer = revenge.next("Cas", among=["sing Cas", "tell Cas Ann thedeed"])
    assert answer.plan == ["tell Cas Ann thedeed", "buy Ann", "kill Ann Bob"]
    assert revenge.next("Cas", among=["sing Cas"]).verdict == "none"


def test_others_must_want_the_first_event_too(tmp_path: Path) -> None:
    """A motive for taking the key would be there; but Bob would not give it for nothing."""
    situation = Situation(tmp_path, LOOT + "wants\n  Ann: open(the box)\n")
    assert situation.why("Ann", "give Bob Ann thekey").verdict == "found"
    assert situation.next("Ann").verdict == "none"
    situation = Situation(tmp_path, LOOT + "wants\n  Ann: open(the box)\n  Bob: open(the box) x2\n")
    answer = situation.next("Ann")
    assert answer.plan == ["give Bob Ann thekey", "unlock Ann thebox"]
    assert answer.others[0] == {"Bob": ["give Bob Ann thekey", "unlock Ann thebox"]}


def test_one_waits_for_others_only_where_nothing_of_one_s_own_will_do(tmp_path: Path) -> None:
    """That Bob opens the box himself is shorter than to ask him for the key; Ann asks, since that she can do."""
    situation = Situation(tmp_path, LOOT + "wants\n  Ann: open(the box)\n  Bob: open(the box) x2\n")
    assert situation.next("Ann").plan[0] == "give Bob Ann thekey"
    situation = Situation(
        tmp_path,
        LOOT
        + "wants\n  Ann: open(the box)\n  Bob: open(the box)\n  Bob: holder(the key) = Bob x5\n",
    )
    assert situation.next("Ann").plan == ["unlock Bob thebox"]


def test_a_search_that_is_stopped_says_so(revenge: Situation) -> None:
    answer = revenge.next("Cas", budget=1)
    assert (answer.verdict, answer.stopped_by) == ("undecided", "events examined")


def test_minds_are_needed(revenge: Situation) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        revenge.next("Cas", max_minds=0)

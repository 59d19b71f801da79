"""What the engine's search for stories promises: found, none or undecided, and what is proved."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from intrigue._engine import HEURISTICS, SEARCHES, Engine
from intrigue.diagnostics.diagnostic import Source
from intrigue.sabre import read

TREASURE = """
entity Jim : character;  entity Silver : character;
entity Ship : place;  entity Cave : place;  entity Camp : place;
property at(c : character) : place;  property rich(c : character) : boolean;
property hungry(c : character) : boolean;  property coins(c : character) : number;
at(Jim) = Ship;  at(Silver) = Ship;  hungry(Jim);
action walk(c : character, from : place, to : place) {
  precondition: from != to & at(c) == from; effect: at(c) = to; consenting: c;
  observing(o : character): True; };
action dig(c : character) {
  precondition: at(c) == Cave & !rich(c); effect: rich(c) & coins(c) = coins(c) + 1; consenting: c;
  observing(o : character): True; };
action eat(c : character) {
  precondition: at(c) == Camp & hungry(c); effect: !hungry(c); consenting: c;
  observing(o : character): True; };
action storm() { precondition: at(Jim) == Ship; effect: at(Jim) = Camp;
  observing(o : character): True; };
utility(): if(rich(Jim)) 1 else 0;
utility(Jim): (if(rich(Jim)) 2 else 0) + (if(hungry(Jim)) 0 else 1);
utility(Silver): if(at(Jim) == Ship) 1 else 0;
"""


def engine(text: str = TREASURE) -> tuple[Engine, Any]:
    problem, names, diagnostics = read(Source(Path("treasure.txt"), text))
    assert not diagnostics
    return Engine(json.dumps(problem)), names


def told(world: Engine, names: Any, found: Any) -> list[list[str]]:
    return [
        [names.event(*world.event_of(event)) for event in story["events"]]
        for story in found["stories"]
    ]


def test_a_story_is_found() -> None:
    world, names = engine()
    found = world.plan(world.start(), worth=1)
    assert found["verdict"] == "found" and found["stopped_by"] is None
    assert told(world, names, found) == [["walk(Jim, Ship, Cave)", "dig(Jim)"]]
    assert found["stories"][0]["worth"] == 1
    assert not found["shortest"] and found["rounds"]


def test_the_shortest_is_proved() -> None:
    world, _ = engine()
    for search in [name for name, _ in SEARCHES]:
        found = world.plan(world.start(), worth=1, shortest=True, search=search)
        assert found["shortest"] and found["bound"] == len(found["stories"][0]["events"]) == 2


def test_none_within_the_limits() -> None:
    world, _ = engine()
    found = world.plan(world.start(), worth=1, max_events=1)
    assert found["verdict"] == "none" and found["bound"] == 2
    # With motives of one event Jim has no reason to walk.
    assert world.plan(world.start(), worth=1, max_motive=1)["verdict"] == "none"
    # And nobody can ever make it worth more.
    assert world.plan(world.start(), worth=2)["verdict"] == "none"


def test_a_limit_reached_is_undecided() -> None:
    world, _ = engine()
    found = world.plan(world.start(), worth=1, seconds=0)
    assert (found["verdict"], found["stopped_by"]) == ("undecided", "seconds")
    found = world.plan(world.start(), worth=1, memory_mb=0)
    assert (found["verdict"], found["stopped_by"]) == ("undecided", "memory")


def test_several_stories_are_all_different() -> None:
    world, names = engine()
    found = world.plan(world.start(), worth=1, count=20, max_events=6)
    stories = told(world, names, found)
    assert stories[0] == ["walk(Jim, Ship, Cave)", "dig(Jim)"]
    assert ["storm()", "walk(Jim, Camp, Cave)", "dig(Jim)"] in stories
    assert len({tuple(story) for story in stories}) == len(stories)
    # Nothing in any of them is idle: Silver does not walk about.
    assert not any("Silver" in event for story in stories for event in story)


def test_the_number_of_threads_and_who_asked_before_change_nothing() -> None:
    world, _ = engine()
    first = world.plan(world.start(), worth=1, count=3, shortest=True)
    for threads in (1, 2):
        again = world.plan(world.start(), worth=1, count=3, shortest=True, threads=threads)
        assert (again["stories"], again["bound"]) == (first["stories"], first["bound"])
        fresh, _ = engine()
        other = fresh.plan(fresh.start(), worth=1, count=3, shortest=True, threads=threads)
        assert len(other["stories"]) == len(first["stories"])


LOCK = """
type dial;
entity Red : dial;  entity Green : dial;  entity Blue : dial;
property turns(d : dial) : number;  property open() : boolean;
action turn(d : dial) { precondition: True; effect: turns(d) = turns(d) + 1; };
action unlock() { precondition: COMBINATION; effect: open(); };
utility(): if(open()) 1 else 0;
"""
HIDDEN = """turns(Red) == turns(Green) + 1 & turns(Green) == turns(Blue) + 1 &
    turns(Red) + turns(Blue) == turns(Green) + 17"""
NOWHERE = "turns(Red) == turns(Green) + 1 & turns(Red) == turns(Green)"


@pytest.mark.parametrize(
    ("combination", "asked", "verdict", "stopped_by"),
    [
        (HIDDEN, {"max_events": 80}, "found", None),
        (HIDDEN, {"max_events": 80, "count": 3}, "found", None),
        (HIDDEN, {"max_events": 80, "shortest": True}, "found", None),
        (HIDDEN, {"max_events": 51}, "none", None),
        (NOWHERE, {"max_events": 400, "memory_mb": 12}, "undecided", "memory"),
        (NOWHERE, {"max_events": 400, "seconds": 0.5}, "undecided", "seconds"),
    ],
)
def test_where_two_strands_search_the_answer_is_the_same_with_any_number_of_threads(
    combination: str, asked: dict[str, Any], verdict: str, stopped_by: str | None
) -> None:
    # No heuristic sees where the combination lies: thousands of states are looked at, and a second strand begins.
    answers = []
    for threads in (1, 2, 3):
        world, _ = engine(LOCK.replace("COMBINATION", combination))
        found = world.plan(world.start(), worth=1, threads=threads, **asked)
        assert (found["verdict"], found["stopped_by"]) == (verdict, stopped_by)
        assert found["examined"] > 8192 and found["rounds"]
        answers.append((found["stories"], found["bound"], found["shortest"]))
    assert answers[0] == answers[1] == answers[2]
    stories, bound, shortest = answers[0]
    assert len(stories) == (asked.get("count", 1) if verdict == "found" else 0)
    assert all(len(story["events"]) == 52 for story in stories)
    assert bound == (52 if shortest or verdict == "none" else 0)
    assert shortest == asked.get("shortest", False)


def test_a_seed_decides_between_what_is_as_good() -> None:
    world, _ = engine()
    one = world.plan(world.start(), worth=1, seed=7)
    assert one["stories"] == world.plan(world.start(), worth=1, seed=7)["stories"]


def test_only_the_events_of_an_alphabet() -> None:
    world, names = engine()
    alphabet = [
        world.event(*names.event_named(name)) for name in ("walk(Jim, Ship, Cave)", "dig(Jim)")
    ]
    assert world.plan(world.start(), worth=1, alphabet=alphabet)["verdict"] == "found"
    assert world.plan(world.start(), worth=1, alphabet=alphabet[:1])["verdict"] == "none"


def test_what_is_so_already_needs_no_events() -> None:
    world, _ = engine()
    found = world.plan(world.start(), worth=0)
    assert found["stories"][0]["events"] == [] and found["shortest"]


def test_a_mistake_says_what_there_is() -> None:
    world, _ = engine()
    with pytest.raises(ValueError, match='no search "fastest"; there are: growing'):
        world.plan(world.start(), worth=1, search="fastest")
    with pytest.raises(ValueError, match='no heuristic "oracle"; there are: '):
        world.plan(world.start(), worth=1, heuristic="oracle")
    with pytest.raises(ValueError, match="either a worth"):
        world.plan(world.start())
    assert {name for name, _ in HEURISTICS} >= {"layers", "blind"}


def test_all_heuristics_find_stories() -> None:
    world, names = engine()
    for name, _ in HEURISTICS:
        found = world.plan(world.start(), worth=1, heuristic=name)
        assert told(world, names, found), name


def test_who_presses_the_button_gets_what_there_is() -> None:
    # Many walk about for ever, and nobody ever gets rich.
    people = "\n".join(
        f"entity P{n} : character; at(P{n}) = Ship; utility(P{n}): coins(P{n});" for n in range(12)
    )
    world, _ = engine(TREASURE + people)
    threading.Timer(0.3, signal.raise_signal, (signal.SIGINT,)).start()
    found = world.plan(world.start(), worth=1, count=1000, max_events=40, max_motive=30)
    assert found["stopped_by"] == "interrupt"

"""What problem files mean, by example: precedence, unknown values, surprise, belief, motives, stories."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intrigue._engine import Engine
from intrigue.diagnostics.diagnostic import Source
from intrigue.sabre import read

SHARED = Path(__file__).parents[3] / "shared"


class World:
    """A problem in the engine, spoken to in ground names."""

    def __init__(self, text: str) -> None:
        problem, self.names, diagnostics = read(Source(Path("p.txt"), text))
        assert not diagnostics, diagnostics
        self.engine = Engine(json.dumps(problem))
        self.state = self.engine.start()

    def do(self, *events: str) -> World:
        for name in events:
            event = self.event(name)
            assert self.engine.possible(self.state, event), name
            self.state = self.engine.after(self.state, event)
        return self

    def event(self, name: str) -> int:
        found = self.names.event_named(name)
        assert found is not None, name
        return self.engine.event(*found)

    def possible(self, name: str) -> bool:
        return self.engine.possible(self.state, self.event(name))

    def mind(self, *chain: str) -> int:
        state = self.state
        for person in chain:
            state = self.engine.believed(state, self.names.atoms.index(person))
        return state

    def value(self, fluent: str, *chain: str) -> Any:
        """The value of a fluent, in truth or along a chain of minds. `?` is None."""
        found = self.names.fluent_named(fluent)
        assert found is not None, fluent
        value = self.engine.value(self.mind(*chain), self.engine.fluent(*found))
        if isinstance(value, tuple):
            return self.names.atoms[value[1]]
        return None if value == "unknown" else value

    def would(self, person: str, event: str, events: int = 4, minds: int = 2) -> bool:
        """Does the person have a motive for the event?"""
        atom = self.names.atoms.index(person)
        motive = self.engine.motive(
            self.mind(person), atom, self.event(event), max_events=events, max_minds=minds
        )
        assert motive["verdict"] != "undecided"
        return motive["verdict"] == "found"

    def plan(
        self, goal: float, events: int = 6, motive: int = 4, minds: int = 2
    ) -> list[str] | None:
        """A story whose end is worth the goal to the author; None if there is none."""
        found = self.engine.plan(
            self.state, worth=goal, max_events=events, max_motive=motive, max_minds=minds
        )
        assert found["verdict"] != "undecided"
        if found["verdict"] == "none":
            return None
        events_found = found["stories"][0]["events"]
        return [self.names.event(*self.engine.event_of(one)) for one in events_found]

    def stories(self, events: int, motive: int = 4, minds: int = 2) -> list[list[str]]:
        found = self.engine.solutions(events, max_motive=motive, max_minds=minds)
        assert found is not None
        return [[self.names.event(*self.engine.event_of(one)) for one in plan] for plan in found]


def author(expression: str, declarations: str = "") -> Any:
    world = World(f"{declarations} utility(): {expression};")
    return world.engine.utility(world.state, None)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("10 + 2 * 3", 36),
        ("10 * 2 + 3", 50),
        ("20 - 5 - 3", 18),
        ("2 + 8 / 2", 5),
        ("8 / 4 / 2", 4),
        ("5 - 3", 2),
        ("5 - -3", 8),
        ("1 + if(True) 4 else 5", 5),
        ("if(True) 4 else 5 + 1", 4),
        ("if(False) 4 else 5 + 1", 6),
        ("if(True) 2 else 0 + if(True) 2 else 0", 4),
        ("if(False) 1 elseif(True) 2 else 3", 2),
        ("sum(x : t) 1 + 1", 4),
        ("(sum(x : t) 1) + 1", 3),
        ("product(x : t) 3", 9),
        ("sum(x : nothing) 5", 0),
        ("product(x : nothing) 5", 1),
        ("sum(b : boolean) if(b) 2 else 5", 7),
    ],
)
def test_arithmetic_is_upside_down(expression: str, value: float) -> None:
    assert author(expression, "type nothing; entity A : t; entity B : t;") == value


@pytest.mark.parametrize(
    ("expression", "meaning"),
    [
        ("p() | q() & r()", lambda p, q, r: (p or q) and r),
        ("p() & q() | r()", lambda p, q, r: p and (q or r)),
        ("!p() & q()", lambda p, q, r: (not p) and q),
        ("!p() == q()", lambda p, q, r: p != q),
        ("p() == q() == r()", lambda p, q, r: p == (q == r)),
        ("if(p()) q() & r()", lambda p, q, r: (not p or q) and r),
        ("if(p()) q() else r()", lambda p, q, r: q if p else r),
        ("forall(x : t) s(x) & q()", lambda p, q, r: p and r and q),
        ("exists(x : t) s(x) | q()", lambda p, q, r: p or r or q),
        ("!exists(x : t) s(x)", lambda p, q, r: not (p or r)),
        ("!forall(x : t) !s(x)", lambda p, q, r: p or r),
        ("p() != q()", lambda p, q, r: p != q),
    ],
)
def test_how_conditions_bind(expression: str, meaning: Callable[..., bool]) -> None:
    for p, q, r in itertools.product((False, True), repeat=3):
        world = World(
            "entity A : t; entity B : t; property p() : boolean; property q() : boolean;"
            "property r() : boolean; property s(x : t) : boolean;"
            f"p() = {p}; q() = {q}; r() = {r}; s(A) = {p}; s(B) = {r}; utility(): {expression};"
        )
        assert world.engine.utility(world.state, None) == float(meaning(p, q, r)), (p, q, r)


UNKNOWN = "property n() : number; property m() : number; property k() : number; n() = ?; m() = ?;"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("n() == m()", True),
        ("n() == 0", False),
        ("n() != 0", True),
        ("n() < 1", False),
        ("n() > 0", False),
        ("!(n() > 0)", False),
        ("n() <= 0", False),
        ("n() >= k()", False),
        ("n() <= m()", True),
        ("n() < m()", False),
        ("n() + 1 == ?", True),
        ("0 * n() == 0", True),
    ],
)
def test_unknown_values(condition: str, holds: bool) -> None:
    assert author(condition, UNKNOWN) == float(holds)


def test_an_unknown_utility_is_no_number() -> None:
    assert author("n()", UNKNOWN) is None


def test_type_tests() -> None:
    people = (
        "type king : character; entity A : king; entity B : character; property p() : character;"
    )
    assert author("A : king", people) == 1
    assert author("B : king", people) == 0
    assert author("p() : character", people) == 0
    assert author("sum(c : character) if(c : king) 1 else 0", people) == 1


PEOPLE = """
entity A : character;
entity B : character;
entity X : place;
entity Y : place;
entity On : light;
property n(c : character) : number;
property gold() : number;
property at() : place;
property open() : boolean;
property light() : light;
"""


def test_effects_are_simultaneous() -> None:
    world = World(
        PEOPLE + "n(A) = 1; n(B) = 2; action swap() { effect: n(A) = n(B) & n(B) = n(A); };"
    )
    world.do("swap()")
    assert (world.value("n(A)"), world.value("n(B)")) == (2, 1)


def test_of_two_values_that_apply_together_the_smaller_wins() -> None:
    world = World(
        PEOPLE + "action a() { effect: if(!open()) gold() = 7 & if(gold() == 0) gold() = 3; };"
    )
    assert world.do("a()").value("gold()") == 3


def test_initial_beliefs_follow_the_truth_unless_they_are_set() -> None:
    world = World(PEOPLE + "n(B) = 2; believes(B, n(A)) = 4; n(A) = 6;")
    assert world.value("n(A)") == 6
    assert world.value("n(A)", "B") == 4
    assert world.value("n(A)", "A") == 6
    assert world.value("n(A)", "A", "B") == 6
    assert world.value("n(A)", "B", "A") == 4


def test_what_somebody_believes_of_the_own_beliefs_may_be_wrong() -> None:
    world = World(PEOPLE + "n(A) = 6; believes(A, believes(A, n(A) = 77));")
    assert world.value("n(A)", "A") == 6
    assert world.value("n(A)", "A", "A") == 77


def test_initial_lines_read_what_stands_before_them() -> None:
    world = World(PEOPLE + "n(A) = 2; n(B) = n(A) + 3; if(n(B) == 5) open();")
    assert world.value("n(B)") == 5
    assert world.value("open()") is True


def test_an_unseen_event_changes_no_mind() -> None:
    world = World(
        PEOPLE + "action a() { effect: gold() = 1; observing(c : character): c == A; };"
    ).do("a()")
    assert world.value("gold()") == world.value("gold()", "A") == 1
    assert world.value("gold()", "B") == world.value("gold()", "A", "B") == 0


def test_effects_are_worked_out_in_the_mind_that_sees_them() -> None:
    world = World(
        PEOPLE + "open(); believes(B, !open()); action a() { effect: if(open()) light() = On; };"
    ).do("a()")
    assert world.value("light()", "A") == "On"
    assert world.value("light()", "B") is None


def test_telling_the_truth_and_telling_nothing() -> None:
    start = PEOPLE + "gold() = 5; believes(B, gold() = 1); believes(B, n(A) = 8);"
    tells = World(
        start + "trigger t() { precondition: n(B) == 0 & believes(B, gold()) != gold();"
        "effect: believes(B, gold()) = gold(); };"
    )
    assert tells.value("gold()", "B") == 5
    idle = World(start + "action t() { effect: believes(B, gold() = gold()); };").do("t()")
    assert idle.value("gold()", "B") == 1


def test_values_of_nested_effects_are_read_where_they_stand() -> None:
    world = World(
        PEOPLE + "n(A) = 1; believes(B, n(A) = 2); believes(B, believes(A, n(A) = 3));"
        "action a() { effect: believes(B, believes(A, gold()) = n(A)); observing(c : character): False; };"
    ).do("a()")
    assert world.value("gold()", "B", "A") == 2


def test_surprise_corrects_what_was_taken_for_false() -> None:
    world = World(
        PEOPLE + "at() = X; believes(B, at() = Y); believes(B, open()); "
        "action a() { precondition: at() == X & !open(); effect: light() = On; };"
    ).do("a()")
    assert world.value("at()", "B") == "X"
    assert world.value("open()", "B") is False
    assert world.value("light()", "B") == "On"


def test_surprise_at_an_inequality_leaves_one_without_an_opinion() -> None:
    world = World(
        PEOPLE + "gold() = 5; believes(B, gold() = 0);"
        "action a() { precondition: gold() > 2; effect: gold() = gold() - 1; };"
    ).do("a()")
    assert world.value("gold()", "A") == 4
    assert world.value("gold()", "B") is None


def test_surprise_at_a_difference_leaves_one_without_an_opinion() -> None:
    world = World(
        PEOPLE + "at() = X; believes(B, at() = Y);"
        "action a() { precondition: at() != Y; effect: open(); };"
    ).do("a()")
    assert world.value("at()", "B") is None


def test_every_true_alternative_corrects() -> None:
    world = World(
        PEOPLE + "at() = X; open(); believes(B, at() = Y & !open());"
        "action a() { precondition: at() == X | open(); effect: light() = On; };"
    ).do("a()")
    assert (world.value("at()", "B"), world.value("open()", "B")) == ("X", True)


def test_who_believes_it_possible_for_a_wrong_reason_stays_wrong() -> None:
    world = World(
        PEOPLE + "at() = X; believes(B, at() = Y & open());"
        "action a() { precondition: at() == X | open(); effect: light() = On; };"
    ).do("a()")
    assert (world.value("at()", "B"), world.value("open()", "B")) == ("Y", True)


def test_triggers_run_in_every_mind_by_what_it_holds() -> None:
    world = World(
        PEOPLE + "believes(B, gold() = 9);"
        "trigger t() { precondition: gold() > 0 & !open(); effect: open(); };"
    )
    assert world.value("open()") is False
    assert world.value("open()", "B") is True
    assert world.value("open()", "A", "B") is False


def test_corrections_reach_all_minds_below() -> None:
    """What everybody sees of everybody sinks to every depth, though each mind rests by itself."""
    world = World(
        "type place; property at(c : character) : place; entity A : character; entity B : character;"
        "entity H : place; entity Y : place; at(A) = H; at(B) = Y;"
        "action go(c : character, p : place) { precondition: at(c) != p; effect: at(c) = p;"
        " observing(o : character): o == c; };"
        "trigger see(o : character, c : character, p : place) {"
        " precondition: at(o) == p & at(c) == p & believes(o, at(c)) != p;"
        " effect: believes(o, at(c)) = p; };"
    ).do("go(A, Y)")
    for chain in (["B"], ["B", "A"], ["A", "B"], ["B", "A", "B"], ["A", "B", "A", "B"]):
        assert world.value("at(A)", *chain) == "Y", chain


DESIRES = (
    PEOPLE
    + """
property done(c : character) : boolean;
utility(A): gold();
utility(B): if(done(B)) 1 else 0;
"""
)


def test_an_authors_event_is_in_nobodys_plans() -> None:
    world = World(
        DESIRES + "action rain() { effect: gold() = 1; };"
        "action wait() { effect: open(); consenting: A; };"
    )
    assert not world.would("A", "wait()")
    assert world.stories(3) == []


def test_what_pays_at_once_is_a_motive_beyond_the_depth_of_minds() -> None:
    world = World(DESIRES + "action take() { effect: gold() = 1; consenting: A; };")
    assert world.would("A", "take()", minds=0)


def test_the_first_events_partners_are_not_asked_but_later_ones_are() -> None:
    text = (
        DESIRES + "action deal() { effect: gold() = 1; consenting: A, B; };"
        "action knock() { effect: open(); consenting: A; };"
        "action sale() { precondition: open(); effect: gold() = 2; consenting: A, B; };"
    )
    assert World(text).would("A", "deal()")
    assert not World(text).would("A", "knock()")
    assert World(text.replace("gold() = 2;", "gold() = 2 & done(B);")).would("A", "knock()")


def test_nobody_joins_what_he_takes_for_impossible() -> None:
    world = World(
        DESIRES + "open(); believes(A, !open());"
        "action a() { precondition: open(); effect: gold() = 1; consenting: A; };"
    )
    assert world.possible("a()")
    assert not world.would("A", "a()")


@pytest.mark.parametrize("seen", [True, False])
def test_what_one_takes_oneself_to_believe_is_a_belief_like_any_other(seen: bool) -> None:
    """If nobody sees her learn it, she included, she does not take herself to know it."""
    world = World(
        DESIRES
        + f"action learn() {{ effect: open(); consenting: A; observing(o : character): {seen}; }};"
        "action dig() { precondition: believes(A, open()); effect: gold() = 2; consenting: A; };"
    )
    assert world.would("A", "learn()") == seen


def test_idle_is_what_ends_exactly_as_well_without_it() -> None:
    text = (
        DESIRES + "action step() { effect: open(); consenting: A; };"
        "action earn() { precondition: gold() == 0; effect: if(open()) gold() = LOW else gold() = 2;"
        " consenting: A; };"
    )
    assert not World(text.replace("LOW", "2")).would("A", "step()")
    assert World(text.replace("LOW", "1")).would("A", "step()")  # the peer minds equality only


STORY = """
utility(): gold();
action first() { precondition: gold() == 0; effect: gold() = ONE; consenting: A; };
action second() { precondition: gold() == ONE; effect: gold() = TWO; consenting: A; };
utility(A): 0 - gold();
"""


def test_a_story_is_better_than_everything_between() -> None:
    falling = PEOPLE + STORY.replace("ONE", "5").replace("TWO", "3").replace("consenting: A;", "")
    rising = PEOPLE + STORY.replace("ONE", "3").replace("TWO", "5").replace("consenting: A;", "")
    assert World(falling).stories(2) == [["first()"]]
    assert World(rising).stories(2) == [["first()"], ["first()", "second()"]]


def test_a_story_in_which_somebody_acts_without_motive_is_none() -> None:
    assert World(PEOPLE + STORY.replace("ONE", "3").replace("TWO", "5")).stories(2) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the recorded answers are not here")
@pytest.mark.parametrize("problem", ["treasure", "bribery", "macguffin", "raiders", "space"])
def test_recorded_answers_agree(problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import conformance

    monkeypatch.setattr(
        "sys.argv",
        [
            "conformance",
            str(SHARED / "conformance"),
            "--only",
            problem,
            "--problems",
            str(SHARED / "benchmarks" / "problems"),
        ],
    )
    assert conformance.main() == 0


DEBT = (
    PEOPLE
    + """
property owed() : boolean;
owed();
utility(): if(gold() == 3) 2 elseif(gold() == 1) 1 else 0;
utility(A): gold();
utility(B): if(!owed()) 1 else 0;
action earn() { precondition: gold() < 2; effect: gold() = gold() + 1; consenting: A; };
action pay() { precondition: gold() == 2; effect: gold() = 3 & !owed(); consenting: A, B; };
action whim() { effect: light() = On; consenting: B; };
action storm() { effect: open(); };
"""
)


def test_a_plan_reaches_the_goal_and_holds_nothing_idle() -> None:
    assert World(DEBT).plan(1) == ["earn()"]
    assert World(DEBT).plan(2) == ["earn()", "earn()", "pay()"]


def test_a_plan_that_does_not_exist_is_said_not_to_exist() -> None:
    assert World(DEBT).plan(3) is None
    assert World(DEBT).plan(2, events=2) is None
    unwilling = DEBT.replace("gold() = 3 & !owed();", "gold() = 3;")
    assert World(unwilling).plan(2) is None


def test_a_plan_may_need_motives_that_look_into_other_minds() -> None:
    world = World(
        PEOPLE
        + "property owed() : boolean; owed(); utility(): gold() == 3; utility(A): gold() == 3;"
        "utility(B): if(owed()) 0 else 1;"
        "action earn() { precondition: gold() == 0; effect: gold() = 2; consenting: A; };"
        "action pay() { precondition: gold() == 2; effect: gold() = 3 & !owed(); consenting: A, B; };"
    )
    assert world.plan(1, minds=0) is None
    assert world.plan(1, minds=1) == ["earn()", "pay()"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the instances are not here")
@pytest.mark.parametrize("instance", ["bribery", "secretagent", "raiders", "space_all", "treasure"])
def test_instances_are_solved_by_stories_that_stand(instance: str) -> None:
    """What the planner finds is played again: possible, motivated, and worth the goal."""
    import csv

    with (SHARED / "benchmarks" / "instances.csv").open(newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["instance"] == instance)
    world = World((SHARED / "benchmarks" / "problems" / row["problem_file"]).read_text())
    motive, minds = int(row["max_motive"]), int(row["max_minds"])
    story = world.plan(float(row["goal_utility"]), int(row["max_events"]), motive, minds)
    assert story is not None
    for name in story:
        for person in world.engine.willing(world.state, world.event(name)):
            assert world.would(world.names.atoms[person], name, motive, minds), name
        world.do(name)
    assert (world.engine.utility(world.state, None) or 0) >= float(row["goal_utility"])

"""The judge of stories: right ones pass, and each rule refuses a wrong one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from benchmarks.conformance import lines_of
from benchmarks.judge.plans import Judge, Limits, Step, Undecided, Verdict
from benchmarks.judge.problem import NotSaid, Problem
from benchmarks.judge.solutions import NotWritten, read_story
from benchmarks.judge.states import TriggerLoop

SHARED = Path(__file__).parents[3] / "shared"

DEBT = """
entity A : character;  entity B : character;  entity On : light;
property gold() : number;  property owed() : boolean;  property light() : light;
owed();
utility(): if(gold() == 3) 2 elseif(gold() == 1) 1 else 0;
utility(A): gold();
utility(B): if(owed()) 0 else 1;
action earn() { precondition: gold() < 2; effect: gold() = gold() + 1; consenting: A; };
action pay() { precondition: gold() == 2; effect: gold() = 3 & !owed(); consenting: A, B; };
action whim() { effect: light() = On; consenting: B; };
action storm() { effect: light() = On; };
"""


def judge(
    plan: str,
    goal: float = 2,
    *,
    text: str = DEBT,
    events: int = 5,
    motive: int = 4,
    minds: int = 2,
) -> Verdict:
    """The verdict on a plan, written as `read_story` reads it."""
    return Judge(Problem(text), Limits(events, motive, minds)).story(read_story(plan), goal)


PAID = "earn()\nearn()\npay()"


def test_a_right_story() -> None:
    assert judge(PAID) == Verdict(True)
    assert judge("earn()", 1) == Verdict(True)


@pytest.mark.parametrize(
    ("plan", "goal", "why"),
    [
        ("dance()", 1, "there is no event dance()"),
        ("pay()", 2, "pay() is not possible"),
        ("earn()\nearn()", 1, "the end is worth 0.0, not 1"),
        ("earn()\nstorm()", 1, "it is worth 1 after earn() already"),
        (
            f"storm()\n{PAID}",
            2,
            "instead of storm() and what follows earn(), earn(), pay() is enough",
        ),
        (f"whim()\n{PAID}", 2, "B has no motive for whim()"),
        (f"storm()\nstorm()\nstorm()\n{PAID}", 2, "6 events, but 1 to 5 are allowed"),
    ],
)
def test_wrong_stories(plan: str, goal: float, why: str) -> None:
    assert judge(plan, goal) == Verdict(False, why)


def test_a_story_must_gain() -> None:
    text = "property open() : boolean; utility(): 5; action storm() { effect: open(); };"
    assert judge("storm()", 5, text=text).reason == "it goes from 5.0 to 5.0, which is no gain"


SALE = """
entity A : character;  entity B : character;
property open() : boolean;  property gold() : number;  property done() : boolean;
utility(): gold();  utility(A): gold();  utility(B): done();
action knock() { effect: open(); consenting: A; };
action sell() { precondition: open(); effect: gold() = 1 & done(); consenting: A, B; };
action rain() { precondition: open(); effect: gold() = 2; };
"""


def test_partners_of_a_later_event_must_gain() -> None:
    sold = "knock()\nsell()"
    assert judge(sold, 1, text=SALE).valid
    selfish = judge(sold, 1, text=SALE.replace(" & done();", ";"))
    assert selfish.reason == "A has no motive for knock()"


def test_depth_of_minds() -> None:
    """The partner's reason lies one mind deeper; there, beyond the limit, only what pays at once counts."""
    assert judge("knock()\nsell()", 1, text=SALE, minds=1).valid
    assert judge("knock()\nsell()", 1, text=SALE, minds=0).valid is False
    assert judge("sell()", 1, text="open();" + SALE, minds=0).valid


def test_length_of_motives() -> None:
    assert judge("knock()\nsell()", 1, text=SALE, motive=2).valid
    assert judge("knock()\nsell()", 1, text=SALE, motive=1).reason == "A has no motive for knock()"


def test_the_authors_events_are_in_nobodys_plans() -> None:
    text = SALE.replace("action sell", "action never").replace(
        "precondition: open(); effect: gold() = 1", "precondition: gold() == 9; effect: gold() = 1"
    )
    assert judge("knock()\nrain()", 2, text=text).reason == "A has no motive for knock()"
    assert judge("rain()", 2, text="open();" + text).valid
    told = judge("knock()\n| rain()\n| goal(A, gold)\nrain()", 2, text=text)
    assert told.wrong == (
        "A has not the motive given for knock(): nobody wills rain(): it is the author's",
    )


def test_who_takes_it_for_impossible_does_not_join() -> None:
    text = "open(); believes(B, !open());" + SALE
    assert judge("sell()", 1, text=text).reason == "B takes sell() to be impossible"


def test_only_what_ends_exactly_as_well_makes_idle() -> None:
    text = """
    entity A : character;  property open() : boolean;  property gold() : number;
    utility(): gold();  utility(A): gold();
    action knock() { effect: open(); };
    action earn() { effect: if(open()) gold() = 1 else gold() = OTHERWISE; consenting: A; };
    """
    assert judge("knock()\nearn()", 1, text=text.replace("OTHERWISE", "1")).valid is False
    assert judge("knock()\nearn()", 1, text=text.replace("OTHERWISE", "2")).valid


def test_a_part_stands_only_if_its_people_would() -> None:
    """Without the promise the sale would end as well, but nobody would do it."""
    text = """
    entity A : character;  entity B : character;
    property promised() : boolean;  property gold() : number;
    utility(): gold();  utility(A): gold();  utility(B): if(promised()) gold() else 0;
    action promise() { effect: promised(); };
    action sell() { effect: gold() = 1; consenting: A, B; };
    """
    assert judge("promise()\nsell()", 1, text=text) == Verdict(True)
    assert judge(
        "promise()\nsell()", 1, text=text.replace("B): if(promised()) gold() else 0", "B): gold()")
    ).reason == ("instead of promise() and what follows sell() is enough")


def test_witnesses() -> None:
    why = "| earn()\n| pay()\n| | goal(B, paid)\n| goal(A, rich)\n"
    right = f"earn()\n{why}earn()\n| pay()\n| | goal(B, paid)\n| goal(A, rich)\npay()\n"
    assert judge(right) == Verdict(True)
    idle = judge(right.replace("| pay()", "| whim()\n| pay()", 1))
    assert (idle.valid, idle.wrong) == (
        True,
        ("A has not the motive given for earn(): B has no motive for whim()",),
    )


def test_a_search_that_is_given_up_decides_nothing() -> None:
    told = Judge(Problem(SALE), Limits(3, 3, 1), effort=0).story(read_story("knock()\nsell()"), 1)
    assert (told.valid, told.reason) == (None, "a motive of A for knock() was given up")


def test_parts_that_nobody_is_known_to_join_are_counted() -> None:
    """Would B sell unpromised, hoping that A gives it back and begs? A glance does not tell."""
    text = """
    entity A : character;  entity B : character;
    property promised() : boolean;  property gold() : number;
    utility(): gold();
    utility(A): if(promised()) gold() + 1 else gold();
    utility(B): if(promised()) gold() else 0;
    action promise() { effect: promised(); };
    action sell() { effect: gold() = 1; consenting: A, B; };
    action lose() { precondition: gold() == 1; effect: gold() = 0; consenting: A; };
    action beg() { precondition: gold() == 0; effect: promised(); consenting: A; };
    """
    plan = [Step("promise()"), Step("sell()")]
    problem, limits = Problem(text), Limits(3, 3, 1)
    assert Judge(problem, limits).story(plan, 1) == Verdict(True)
    hasty = Judge(problem, limits, share=0).story(plan, 1)
    assert (hasty.valid, hasty.given_up) == (True, ("a motive of B for sell() was given up",))


def test_triggers_that_never_rest_decide_nothing() -> None:
    text = SALE + (
        "trigger on() { precondition: gold() > 0 & open(); effect: !open(); };"
        "trigger off() { precondition: gold() > 0 & !open(); effect: open(); };"
    )
    assert judge("knock()\nsell()", 1, text=text) == Verdict(None, "triggers never rest")


def test_what_is_no_problem_is_not_judged() -> None:
    with pytest.raises(NotSaid, match="1 mistakes"):
        Problem("utility(): nothing_of_that_name();")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("walk", "line 1: `walk` is neither an event nor a goal"),
        ("walk(A)\n\n| | walk(B)", "line 3 stands too far in"),
        ("| walk(A)", "line 1 stands too far in"),
    ],
)
def test_what_is_no_story_is_said(text: str, why: str) -> None:
    with pytest.raises(NotWritten, match="^" + "".join(f"[{one}]" for one in why) + "$"):
        read_story(text)


# --- against the peer's recorded answers


needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the recorded answers are not here")
PROBLEMS = SHARED / "benchmarks" / "problems"


def instances() -> list[dict[str, str]]:
    if not SHARED.is_dir():
        return []
    with (SHARED / "benchmarks" / "instances.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@needs_shared
@pytest.mark.parametrize("row", instances(), ids=lambda row: row["instance"])
def test_published_solutions_are_valid(row: dict[str, str]) -> None:
    limits = Limits(*(int(row[part]) for part in ("max_events", "max_motive", "max_minds")))
    problem = Problem((PROBLEMS / row["problem_file"]).read_text())
    plan = read_story((SHARED / "benchmarks" / "solutions" / f"{row['instance']}.txt").read_text())
    goal = float(row["goal_utility"])
    judge = Judge(problem, limits, effort=50, share=20)
    assert judge.story(plan, goal).valid
    assert not judge.story(plan[1:], goal).valid
    assert not judge.story([plan[0], *plan], goal).valid


@needs_shared
@pytest.mark.parametrize(
    "name", ["treasure", "bribery", "macguffin", "raiders", "space", "fantasy"]
)
def test_the_peer_gives_the_same_motives(name: str) -> None:
    problem = Problem((PROBLEMS / f"{name}.txt").read_text())
    compared = 0
    for path in sorted((SHARED / "conformance").glob(f"{name}.explained.*")):
        lines = lines_of(path)
        header = next(lines)
        judge = Judge(problem, Limits(0, header["ctl"], header["el"]), effort=2000)
        for recorded in lines:
            state = judge.states.start()
            for event in recorded["path"]:
                state = judge.states.after(state, problem.events[event])
            for action in recorded["actions"]:
                event = problem.events[header["actions"][action["a"]]]
                for who, wanted in action["by"].items():
                    person = problem.number[who]
                    mind = state.minds[person]
                    if wanted == "unknown" or not recorded["complete"]:
                        continue
                    got = "impossible"
                    if event.needs.read(mind):
                        try:
                            motivated = judge.motivated(person, event, mind, header["ctl"])
                        except Undecided:
                            continue
                        got = "yes" if motivated else "no"
                    assert got == wanted, (path.name, recorded["path"], event.name, who)
                    compared += 1
    assert compared


@needs_shared
@pytest.mark.parametrize(
    "name", ["treasure", "bribery", "raiders", "space", "basketball", "secretagent"]
)
def test_the_peers_stories_are_valid(name: str) -> None:
    problem = Problem((PROBLEMS / f"{name}.txt").read_text())
    judged = 0
    for path in sorted((SHARED / "conformance").glob(f"{name}.*.solutions.jsonl")):
        lines = lines_of(path)
        header = next(lines)
        judge = Judge(problem, Limits(header["atl"], header["ctl"], header["el"]))
        for one in lines:
            try:
                goal = judge.states.utility(judge.states.start(), None) or 0
            except TriggerLoop:  # pragma: no cover
                continue
            verdict = judge.story([Step(event) for event in one["plan"]], goal)
            assert verdict.valid == ("ef_ep" in one["accepted_by"]), (path.name, one, verdict)
            judged += 1
    assert judged


@pytest.mark.parametrize(
    ("story", "goal", "status", "told"),
    [
        (PAID, "2", 0, "valid\n"),
        ("pay()", "2", 1, "not valid: pay() is not possible\n"),
        (
            "earn()\n| whim()\n| goal(A, rich)",
            "1",
            0,
            "valid\n  A has not the motive given for earn(): B has no motive for whim()\n",
        ),
    ],
)
def test_from_the_command_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    story: str,
    goal: str,
    status: int,
    told: str,
) -> None:
    from benchmarks.judge import __main__ as tool

    (tmp_path / "problem.txt").write_text(DEBT)
    (tmp_path / "story.txt").write_text(story)
    files = [str(tmp_path / "problem.txt"), str(tmp_path / "story.txt")]
    monkeypatch.setattr("sys.argv", ["judge", *files, "--goal", goal])
    assert tool.main() == status
    assert capsys.readouterr().out == told


def test_what_cannot_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from benchmarks.judge import __main__ as tool

    monkeypatch.setattr("sys.argv", ["judge", str(tmp_path / "none"), "story", "--goal", "1"])
    with pytest.raises(SystemExit) as stopped:
        tool.main()
    assert stopped.value.code == 2
    assert "No such file" in capsys.readouterr().err

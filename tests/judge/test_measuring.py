"""The benchmarks over problem files, run on small problems of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import several, threads
from benchmarks.judge.plans import Limits
from benchmarks.judge.witness import Witnesses
from benchmarks.sabre import __main__ as tool
from benchmarks.sabre import peer
from benchmarks.sabre.instances import NoInstances, instances

PROBLEM = """
entity A : character;  entity B : character;
property gold() : number;  property owed() : boolean;
owed();
utility(): if(gold() == 3) 2 elseif(gold() == 1) 1 else 0;
utility(A): gold();
utility(B): if(owed()) 0 else 1;
action earn() { precondition: gold() < 2; effect: gold() = gold() + 1; consenting: A; };
action pay() { precondition: gold() == 2; effect: gold() = 3 & !owed(); consenting: A, B; };
"""
HEAD = "instance,problem_file,goal_utility,max_events,max_motive,max_minds\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "problems").mkdir()
    (tmp_path / "problems" / "debt.txt").write_text(PROBLEM)
    (tmp_path / "instances.csv").write_text(HEAD + "some,debt.txt,1,4,4,2\nall,debt.txt,2,4,4,2\n")
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "all.txt").write_text("earn()\nearn()\npay()\ngoal(paid)\n")
    (tmp_path / "published_summary.csv").write_text(
        "Problem,Planner,Successes,Min Plan Length,Avg. Time (ms)\n"
        "all,BFS,9,4,1\nall,EFS hmax,10,4,20\nall,GFS,10,4,30\nsome,BFS,0,,\n"
    )
    return tmp_path


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    arguments = ["--problems", str(folder / "problems"), "--out", str(folder / "out"), *more]
    monkeypatch.setattr("sys.argv", ["sabre", *arguments])
    return tool.main()


def test_what_is_known_stands_beside_the_problems(folder: Path) -> None:
    some, every = instances(folder / "problems")
    assert (some.name, some.goal, some.limits) == ("some", 1, Limits(4, 4, 2))
    assert (some.known, some.best) == (None, None)
    assert (every.known, every.best, every.published) == (3, "EFS hmax", 0.02)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (HEAD, "lists nothing"),
        (HEAD + "a,none.txt,1,1,1,1\n", "2: there is no"),
        (HEAD + "a,debt.txt,much,1,1,1\n", "2: not readable"),
        ("instance\na\n", "2: not readable"),
    ],
)
def test_a_list_that_is_none(folder: Path, table: str, why: str) -> None:
    (folder / "instances.csv").write_text(table)
    with pytest.raises(NoInstances, match=why):
        instances(folder / "problems")


def test_a_run_is_written_down(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, monkeypatch) == 0
    told = capsys.readouterr().out
    assert "kept: all solved, and judged valid (2 of 2)" in told
    assert "hospital_both in 10 events (not measured)" in told
    page = (folder / "out" / "sabre.md").read_text()
    assert "    earn()\n    earn()\n    pay()" in page
    written = json.loads((folder / "out" / "sabre.json").read_text())
    assert [one["stories"] for one in written["instances"]] == [
        [["earn()"]],
        [["earn()", "earn()", "pay()"]],
    ]
    assert all(one["valid"]["valid"] and one["process"][0] > 0 for one in written["instances"])


def test_shortest(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, monkeypatch, "--shortest", "--only", "all") == 0
    assert "proved shortest" in capsys.readouterr().out
    written = json.loads((folder / "out" / "sabre-shortest.json").read_text())
    assert written["instances"][0]["stories"] == [["earn()", "earn()", "pay()"]]
    assert written["instances"][0]["shortest"] is True


def test_what_is_not_solved_is_a_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "instances.csv").write_text(HEAD + "much,debt.txt,9,4,4,2\n")
    assert run(folder, monkeypatch) == 1
    assert "MISSED: all solved, and judged valid (0 of 1)" in capsys.readouterr().out


def test_a_broken_problem_is_a_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "problems" / "debt.txt").write_text("action {")
    assert run(folder, monkeypatch, "--only", "some") == 1
    assert "failed, debt.txt: " in capsys.readouterr().out


def test_the_engines_motives_are_witnesses(folder: Path) -> None:
    path = folder / "problems" / "debt.txt"
    steps = Witnesses(path, Limits(4, 4, 2)).of(["earn()", "earn()", "pay()", "pay()"])
    assert [step.event for step in steps] == ["earn()", "earn()", "pay()", "pay()"]
    assert [one.event for one in steps[0].others["A"]] == ["earn()"]
    assert set(steps[2].others) == {"A", "B"}
    assert steps[3].others == {}  # not possible


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("BFS", ["-m", "bf", "-c", "t", "-h", "0"]),
        ("A* h+", ["-m", "bf", "-c", "t", "-h", "h+"]),
        ("EFS rp", ["-m", "ef", "-c", "t", "-h", "rp"]),
        ("GFS hmax", ["-m", "gf", "-c", "t", "-h", "hmax"]),
    ],
)
def test_the_peers_configurations(name: str, arguments: list[str]) -> None:
    assert peer.arguments(name) == arguments


def test_several_stories_are_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--problems", str(folder / "problems"), "--out", str(folder / "out")]
    monkeypatch.setattr("sys.argv", ["several", *arguments, "--only", "all", "--count", "1"])
    assert several.main() == 0
    assert "1. earn() · earn() · pay()" in (folder / "out" / "several.md").read_text()
    monkeypatch.setattr("sys.argv", ["several", *arguments, "--only", "all", "--count", "5"])
    assert several.main() == 1  # there are no five
    monkeypatch.setattr("sys.argv", ["several", *arguments])
    with pytest.raises(SystemExit):
        several.main()
    assert "no such instance: basketball_any, deerhunter_any" in capsys.readouterr().err


def test_threads_give_the_same_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--problems", str(folder / "problems"), "--out", str(folder / "out")]
    monkeypatch.setattr("sys.argv", ["threads", *arguments, "--only", "all"])
    assert threads.main() == 0
    assert "yes" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["threads", *arguments, "--only", "all", "--shuffles", "2"])
    assert threads.main() == 0
    shown = capsys.readouterr().out
    assert "all~1" in shown and "all~2" in shown and "geometric mean" in shown
    (folder / "instances.csv").write_text(HEAD + "much,debt.txt,9,4,4,2\n")
    monkeypatch.setattr("sys.argv", ["threads", *arguments, "--only", "much"])
    assert threads.main() == 1  # the same answer, but none

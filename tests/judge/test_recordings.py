"""Conformance, on a tiny recording of our own: what agrees, what differs, what cannot be read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks import conformance

PROBLEM = """
entity A : character;
property gold() : number;
utility(): gold();
utility(A): gold();
action earn() { precondition: gold() == 0; effect: gold() = 1; consenting: A; };
"""


def step(action: str | None, gold: float, possible: list[int], **flags: bool) -> dict[str, Any]:
    same: dict[str, Any] = {"b1": {"A": {}}, "b2": {"A>A": {}}}
    worth = {"u": {"": gold, "A": gold}, "ub": {"A": gold}}
    return {"action": action, "true": [gold], **same, **worth, "exec": possible, **flags}


def header(kind: str, **more: Any) -> dict[str, Any]:
    names = {"characters": ["A"], "fluents": ["gold()"], "actions": ["earn()"]}
    return {"vectors": kind, "problem": "p", **names, **more}


WALK = {"problem": "p", "seed": 0, "steps": [step(None, 0, [0]), step("earn()", 1, [])]}
MOTIVE = {"problem": "p", "seed": 0, "ctl": 1, "el": 1, "path": [], "complete": True}
MOTIVES = {**MOTIVE, "actions": [{"a": 0, "by": {"A": "yes"}}]}
STORIES = header("solutions", atl=2, ctl=1, el=1, exhausted={"ef_ep": True}, count_ef=1)
STORY = {"plan": ["earn()"], "accepted_by": ["ef_ep"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.txt").write_text(PROBLEM)
    (tmp_path / "recorded").mkdir()
    record(tmp_path, "p.walks.jsonl.gz", header("walks"), WALK)
    record(tmp_path, "p.explained.ctl1el1.jsonl.gz", header("explained"), MOTIVES)
    record(tmp_path, "p.ctl1el1atl2.solutions.jsonl", STORIES, STORY)
    return tmp_path


def record(folder: Path, name: str, *lines: Any) -> None:
    text = "".join(json.dumps(line) + "\n" for line in lines).encode()
    (folder / "recorded" / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    arguments = [str(folder / "recorded"), "--problems", str(folder), *more]
    monkeypatch.setattr("sys.argv", ["conformance", *arguments])
    return conformance.main()


def test_what_agrees(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, monkeypatch) == 0
    last = capsys.readouterr().out.splitlines()[-1].split()
    # fluents and two steps; one motive; one set of stories
    assert (last[0], last[1:3], last[5:7], last[9:11]) == (
        "all",
        ["3", "0"],
        ["1", "0"],
        ["1", "0"],
    )


@pytest.mark.parametrize(
    ("name", "lines", "told"),
    [
        (
            "p.walks.jsonl.gz",
            [header("walks"), {**WALK, "steps": [step(None, 0, [0]), step("earn()", 2, [])]}],
            "p walk 0 step 1 earn(): gold() is 1.0, recorded 2; A: gold() is 1.0, recorded 2",
        ),
        (
            "p.walks.jsonl.gz",
            [header("walks"), {**WALK, "steps": [step(None, 0, [])]}],
            "executable here only: ['earn()']",
        ),
        (
            "p.explained.ctl1el1.jsonl.gz",
            [header("explained"), {**MOTIVE, "actions": [{"a": 0, "by": {"A": "no"}}]}],
            "earn() by A: yes, recorded no",
        ),
        (
            "p.ctl1el1atl2.solutions.jsonl",
            [{**STORIES, "count_ef": 0}],
            "1 stories, recorded 0",
        ),
        ("p.walks.jsonl.gz", [], "p.walks.jsonl.gz: empty"),
        ("p.walks.jsonl.gz", [{"vectors": "dreams", "problem": "p"}], "unknown kind `dreams`"),
        ("p.walks.jsonl.gz", [header("walks"), [1]], "p.walks.jsonl.gz: not recorded as expected"),
        ("q.walks.jsonl.gz", [{**header("walks"), "problem": "q"}], "No such file"),
    ],
)
def test_what_differs_or_cannot_be_read(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    lines: list[Any],
    told: str,
) -> None:
    record(folder, name, *lines)
    assert run(folder, monkeypatch) == 1
    assert told in capsys.readouterr().out


def test_a_file_cut_short(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "recorded" / "p.walks.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])
    (folder / "recorded" / "p.ctl1el1atl2.solutions.jsonl").write_text('{"vectors": "solu')
    assert run(folder, monkeypatch) == 1
    told = capsys.readouterr().out
    assert "p.walks.jsonl.gz: Compressed file ended" in told
    assert "p.ctl1el1atl2.solutions.jsonl:1: Unterminated string" in told


def test_what_is_skipped_is_told_with_its_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doubtful = step("earn()", 9, [], trigger_order_matters=True)
    record(
        folder,
        "p.walks.jsonl.gz",
        header("walks"),
        {**WALK, "steps": [step(None, 0, [0]), doubtful]},
    )
    record(
        folder, "p.explained.ctl1el1.jsonl.gz", header("explained"), {**MOTIVES, "complete": False}
    )
    assert run(folder, monkeypatch) == 0
    told = capsys.readouterr().out
    assert "skipped 1: from a step on that was recorded as trigger_order_matters" in told
    assert "skipped 1: motive in a search that came to no end" in told


def test_nothing_to_compare_is_no_success(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, monkeypatch, "--only", "other") == 2
    assert "nothing to compare" in capsys.readouterr().err
    for path in (folder / "recorded").iterdir():
        path.unlink()
    assert run(folder, monkeypatch) == 2

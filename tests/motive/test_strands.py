"""Motives looked for in two strands: the same verdicts as one after the other, and nothing left broken when it is stopped."""

from __future__ import annotations

import json
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import intrigue
from intrigue import _engine
from intrigue._engine import Engine
from intrigue.story.motives import Limits
from intrigue.story.run import Run
from intrigue.story.strands import judge_all

if TYPE_CHECKING:
    from intrigue._engine import MotiveTree, Question

STORIES = Path(__file__).parents[2] / "stories"
FILMS = ("the_killer", "time_for_consequences", "heroic_duo")


def load(film: str) -> intrigue.Story:
    return intrigue.load(STORIES / f"{film}.story")


def plan(run: Run, tree: list[MotiveTree]) -> list[object]:
    return [
        (run.sentence(part["event"]), {p: plan(run, other) for p, other in part["others"].items()})
        for part in tree
    ]


def judged(story: intrigue.Story) -> list[tuple[object, ...]]:
    """All verdicts, asked for one by one if they are not known, with how many events each took."""
    return [
        (
            step.number,
            person,
            run.verdict(step, person).kind,
            plan(run, motive["plan"]),
            motive["gain"],
            motive["examined"],
        )
        for run in story.runs()
        for step, person in run.willed
        for motive in [run.verdict(step, person).motive]
    ]


def test_only_who_claims_something_new_is_asked_anew(tmp_path: Path) -> None:
    whole = (STORIES / "the_killer.story").read_text("utf-8")
    claim = (
        "    because Ah Jong: Ah Jong brings Jennie to the apartment; Jennie confides in Ah Jong\n"
    )
    (tmp_path / "unclaimed.story").write_text(whole.replace(claim, "", 1), "utf-8")
    before, now = intrigue.load(tmp_path / "unclaimed.story"), load("the_killer")
    judge_all(before.runs())
    ah_jong = next(atom.id for atom in now.world.atoms if atom.name == "Ah Jong")
    now.claimed(before, {ah_jong})
    assert now.run().engine is before.run().engine
    assert judged(now) == judged(load("the_killer"))


@pytest.mark.parametrize("film", FILMS)
def test_two_strands_find_what_one_finds(film: str) -> None:
    together, apart = load(film), load(film)
    judge_all(together.runs())
    assert judged(together) == judged(apart)


def test_readings_that_share_events_are_judged_as_one_after_the_other(tmp_path: Path) -> None:
    text = (STORIES / "the_killer.story").read_text(encoding="utf-8")
    scenes = [line for line in text.splitlines() if line.startswith("scene ")]
    for scene, reading in ((scenes[4], "long"), (scenes[-3], "short")):
        text = text.replace(f"{scene}\n", f"{scene}, reading {reading}\n")
    text = text.replace("source the_killer.txt", "")
    path = tmp_path / "two.story"
    path.write_text(text, encoding="utf-8")
    together, apart = intrigue.load(path), intrigue.load(path)
    assert len(together.runs()) == 2
    judge_all(together.runs())
    assert judged(together) == judged(apart)


def test_a_person_is_judged_whatever_others_did() -> None:
    """Events asked for from the last to the first: only the same person's come before."""
    backwards, forwards = load("the_killer"), load("the_killer")
    for step in reversed(backwards.run().steps):
        backwards.run().verdicts(step)
    assert judged(backwards) == judged(forwards)


def test_later_questions_rest_on_what_was_found_in_either_strand() -> None:
    together, apart = load("the_killer"), load("the_killer")
    judge_all(together.runs())
    judged(apart)
    answers = []
    for run in (together.run(), apart.run()):
        first = {person: step for step, person in reversed(run.willed)}
        moment = run.states[60]
        asked = {
            person: run.motives.of(run.engine.believed(moment, person), person, step.meant)
            for person, step in first.items()
        }
        answers.append({p: (plan(run, a["plan"]), a["examined"]) for p, a in asked.items()})
    assert answers[0] == answers[1]


def test_the_button_ends_both_strands_and_leaves_nothing_broken() -> None:
    film = load("the_killer")
    with pytest.raises(KeyboardInterrupt):
        judge_all(film.runs(), meanwhile=lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        judge_all(film.runs(), lambda *_: signal.raise_signal(signal.SIGINT))
    judge_all(film.runs())
    assert judged(film) == judged(load("the_killer"))


def test_no_second_is_left_to_either_strand() -> None:
    film = load("the_killer")
    runs = film.runs(Limits(seconds=0))
    judge_all(runs)
    verdicts = [runs[0].verdict(step, person) for step, person in runs[0].willed]
    stopped = {verdict.motive["stopped_by"] for verdict in verdicts if verdict.kind == "undecided"}
    assert stopped == {"seconds"}


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    film = load("the_killer")
    judge_all(film.runs(), lambda done, whole: told.append((done, whole)))
    assert told[-1] == (106, 106)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def first_question(run: Run) -> Question:
    step, person = run.willed[0]
    return {
        "mind": run.engine.believed(step.before, person),
        "person": person,
        "event": step.meant,
        "waypoints": [],
        "brings": None,
        "familiar": run.told_after(step.number),
        "passing": False,
        "follows": True,
    }


def test_who_gave_up_on_answers_gets_none() -> None:
    run = load("the_killer").run()
    beside = run.engine.beside([[first_question(run)]])
    assert beside is not None
    beside.stop()
    with pytest.raises(RuntimeError):
        beside.answers()


def test_a_question_that_means_nothing_is_refused_at_once() -> None:
    run = load("the_killer").run()
    asked = first_question(run)
    asked["event"] = 10**6
    with pytest.raises(ValueError, match="no event"):
        run.engine.beside([[asked]])


def test_where_the_memory_is_too_small_for_two_there_is_one_strand() -> None:
    run = load("the_killer").run()
    engine = Engine(json.dumps(run.world.problem), memory_mb=0)
    assert engine.beside([]) is None


@pytest.mark.parametrize(("film", "memory_mb"), [("the_killer", 5), ("heroic_duo", 8)])
def test_memory_that_two_must_share_costs_no_answer(
    film: str, memory_mb: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 5 MB there is room for all that The Killer takes, in 8 MB not for all that Heroic Duo does."""
    monkeypatch.setattr(_engine, "Engine", partial(Engine, memory_mb=memory_mb))
    together, apart = load(film), load(film)
    judge_all(together.runs())
    kinds = [[kind for _, _, kind, *_ in judged(story)] for story in (together, apart)]
    assert kinds[0].count("found") >= kinds[1].count("found")
    assert ("undecided" in kinds[1]) == (film == "heroic_duo")

"""The second film: who takes whom for what, who knows the donor, and what its mended holes hold up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import intrigue
from intrigue.story.motives import Limits
from intrigue.story.whatif import Change

STORIES = Path(__file__).parent.parent.parent / "stories"
NAME = "time_for_consequences"


@pytest.fixture(scope="module")
def film() -> intrigue.Story:
    return intrigue.load(STORIES / f"{NAME}.story")


def without(tmp_path: Path, *lines: str) -> intrigue.Story:
    """The film with some of its sentences left out."""
    kept = (STORIES / f"{NAME}.story").read_text(encoding="utf-8").splitlines()
    for left_out in lines:
        index = next(i for i, line in enumerate(kept) if line.strip().startswith(left_out))
        del kept[index]
        while index < len(kept) and kept[index].strip().startswith("because"):
            del kept[index]
    shutil.copy(STORIES / f"{NAME}.txt", tmp_path)
    path = tmp_path / f"{NAME}.story"
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return intrigue.load(path)


def moment(story: intrigue.Story, sentence: str) -> int:
    run = story.run()
    return next(s.number for s in run.steps if run.sentence(s.event).startswith(sentence))


def test_everything_told_can_happen_and_is_expected(film: intrigue.Story) -> None:
    assert not film.run().findings, [str(f) for f in film.run().findings]


def test_every_sentence_of_its_source_is_told(film: intrigue.Story) -> None:
    assert film.trace().missing == []


def test_who_hides_is_not_seen_to_be_free(film: intrigue.Story) -> None:
    """Chatchai has left Kit with the butchers. Would he see at the yard that nobody has the hidden Kit in his power,
    though not in whose hands he is, he would infer and see the contrary without end."""
    run = film.run()
    freed = run.steps[moment(film, "Kit breaks free of the butchers") - 1].after
    sneak = next(i for i, action in enumerate(run.world.actions) if action.name == "sneak")
    events = {run.sentence(e): e for e in run.engine.candidates(freed, sneak, [None, None])}
    there = run.engine.after(freed, events["Kit sneaks to the yard"])
    chatchai = next(atom.id for atom in run.world.atoms if atom.name == "Chatchai")
    before, after = (run.engine.believed(state, chatchai) for state in (freed, there))
    assert run.engine.changed(before, after) == []


@pytest.mark.parametrize(
    ("question", "before", "answer"),
    [
        ("the crew believes boss(Kit) = Hung", "The crew search Kit", "yes"),
        ("the crew believes boss(Kit) = Hung", "The crew seize Kit", "no"),
        ("Chatchai knows match(Sa)", "Chatchai knocks Kit out", "no"),
        ("Chatchai knows match(Sa) = Kit", "Chatchai tells Kwong", "yes"),
        ("Hung believes where(the brother)", "Hung goes to the hospital", "the hospital"),
        ("where(the brother)", "Hung goes to the hospital", "the house"),
        ("Ah-Zai knows where(the brother)", "Ah-Zai stabs", "yes"),
        ("Hung knows where(the brother)", "Ah-Zai reports to Hung", "no"),
        ("Hung knows where(the brother)", "Hung orders Ko Chun", "yes"),
    ],
)
def test_who_believes_what(film: intrigue.Story, question: str, before: str, answer: str) -> None:
    assert film.ask(question, moment(film, before) - 1).value == answer


@pytest.mark.parametrize(
    ("mended_by", "question", "before"),
    [
        ("The crew searches Kit.", "the crew believes traitor(Hung) = Kit", "The crew seize Kit"),
        ("Kit phones Wah.", "Wah knows where(Kit)", "Wah goes back on his word"),
        ("Kit searches the butchers.", "Kit knows home(Hung)", "Kit sneaks to the clinic"),
        (
            "The registry tells Anong",
            "Anong knows match(Sa)",
            "Chatchai brings Kwong to the hideout",
        ),
        ("Kwong reports to Kit", "Kit knows custody(Chatchai)", "Kit sneaks to the clinic"),
    ],
)
def test_holes_of_the_source_are_mended(
    film: intrigue.Story, tmp_path: Path, mended_by: str, question: str, before: str
) -> None:
    """What somebody knows when he acts, he does not know in a telling without the mending event."""
    assert film.ask(question, moment(film, before) - 1).value == "yes"
    holed = without(tmp_path, mended_by)
    assert holed.ask(question, moment(holed, before) - 1).value != "yes"


def test_without_the_search_his_cover_holds(film: intrigue.Story, tmp_path: Path) -> None:
    """Only when they have searched him have they a reason to seize their own man."""

    def verdict(story: intrigue.Story) -> str:
        run = story.run()
        step = next(s for s in run.steps if run.sentence(s.event).startswith("The crew seize Kit"))
        kinds = {story.world.atoms[v.person].name: v.kind for v in run.verdicts(step)}
        return kinds["the crew"]

    assert verdict(film) == "found"
    assert verdict(without(tmp_path, "The crew searches Kit.")) != "found"


@pytest.mark.parametrize(
    ("person", "does"),
    [
        ("Wah", "Wah goes back on his word to Hung"),
        ("Wah", "Wah brings the brother to the house"),
        ("Hung", "Hung orders Ah-Zai to bring the brother to the surgeon"),
    ],
)
def test_a_changed_mind_and_its_answer_have_motives(
    film: intrigue.Story, person: str, does: str
) -> None:
    run = film.run()
    step = next(s for s in run.steps if run.sentence(s.event) == does)
    found = {film.world.atoms[v.person].name: v.kind for v in run.verdicts(step)}
    assert found[person] == "found"


def test_had_kit_died_in_prison_sa_would_have_no_donor(film: intrigue.Story) -> None:
    at = moment(film, "Chatchai knocks Kit out")
    found = film.whatif(at, Change(set=("health(Kit) = dead",)), limits=Limits(effort=1))
    assert found.broken is not None
    otherwise = found.story
    assert otherwise.ask("match(Sa)").value == "Kit"  # there is no other
    run = otherwise.run()
    (marrow,) = (json.dumps(expr) for name, expr, _ in run.world.endings if name == "Marrow for Sa")
    assert film.run().engine.reachable(film.run().states[at], marrow, [])
    assert any(not run.engine.reachable(state, marrow, []) for state in run.states[at : at + 3])

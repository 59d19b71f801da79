"""Arguments of a wrong kind: refused by their names, not by something within."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import intrigue


@pytest.fixture(scope="module")
def story() -> intrigue.Story:
    return intrigue.load(Path(__file__).parent / "story" / "the_cellar.story")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda s: s.ask(None), "ask: question must be a text, not None"),
        (lambda s: s.ask("found(Ada)", at=1.5), "ask: at must be a text or a whole number or None"),
        (lambda s: s.play(None), "play: as_ must be a text, not None"),
        (lambda s: s.relate("Ada", None), "relate: other must be a text, not None"),
        (lambda s: s.check("x"), "check: limits must be a Limits or None, not 'x'"),
        (lambda s: s.whatif(1, None), "whatif: change must be a Change, not None"),
        (lambda s: intrigue.load(None), "load: path must be a text or a path, not None"),  # type: ignore[arg-type]
        (lambda s: intrigue.loads(b"story X"), "loads: text must be a text, not b'story X'"),  # type: ignore[arg-type]
        (lambda s: intrigue.Limits(events=4.5), "Limits: events must be a whole number, not 4.5"),  # type: ignore[arg-type]
        (lambda s: s.play("Ada").do(3), "do: what must be a choice or a text, not 3"),
        (lambda s: s.plan("Found", count="3"), "plan: count must be a whole number, not '3'"),
    ],
)
def test_what_is_of_a_wrong_kind_is_named(
    story: intrigue.Story, asked: Callable[[Any], object], said: str
) -> None:
    with pytest.raises(TypeError) as error:
        asked(story)
    assert str(error.value).startswith(said)


def test_what_counts_as_a_number_is_one(story: intrigue.Story) -> None:
    class Third:
        def __index__(self) -> int:
            return 3

        def __str__(self) -> str:
            return "3"

    at: Any = Third()
    assert story.ask("open(the cellar)", at).value == story.ask("open(the cellar)", 3).value


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"events": 10**20}, "events must be at most 1000"),
        ({"effort": 2**80}, "effort must be at most"),
        ({"seconds": float("inf")}, "seconds must be at most 1000000000, not inf"),
    ],
)
def test_limits_beyond_all_use_are_refused(limits: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        intrigue.Limits(**limits)


def test_an_error_can_be_sent_to_another_process() -> None:
    with pytest.raises(intrigue.StoryError) as error:
        intrigue.loads("stor x")
    sent = pickle.loads(pickle.dumps(error.value))
    assert str(sent) == str(error.value)
    assert [each.code for each in sent.diagnostics] == [
        each.code for each in error.value.diagnostics
    ]


def test_a_text_may_begin_with_a_mark_of_its_encoding() -> None:
    assert intrigue.loads("\ufeffstory X\nscene A\n").title == "X"


def test_a_game_shows_its_scene(story: intrigue.Story) -> None:
    game = story.play("Ada")
    assert str(game) == str(game.scene)
    assert repr(game) == "<Session as Ada in 'The cellar': turn 0>"

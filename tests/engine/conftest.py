"""A small world for the seam."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from intrigue._engine import Engine
from reference.sketch import Sketch


@pytest.fixture
def sketch() -> Sketch:
    """Three persons, two places, a box; people walk, look and talk."""
    new = Sketch(person="Ann Bob Cas", place="hall yard", thing="box")
    new.fact("where", "person", "place", "hall")
    new.fact("holder", "thing", "person")
    new.fact("coins", "person", "number", 2)
    new.fact("angry", "person")
    same_place = ("eq", ("where", "?0"), ("where", "?2"))
    new.action(
        "walk",
        "person place",
        needs=[("ne", ("where", "?0"), "?1")],
        makes=[("set", ("where", "?0"), "?1")],
        will=["?0"],
        sees=[(same_place, "itself")],
    )
    new.action("wait")
    return new


@pytest.fixture
def build() -> Callable[..., Engine]:
    """An engine for a sketch or for a problem of the border."""

    def engine(of: Sketch | dict[str, Any], **limits: int) -> Engine:
        return Engine(json.dumps(of if isinstance(of, dict) else of.problem()), **limits)

    return engine

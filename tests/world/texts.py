"""Helpers of the world's tests: texts in, worlds and findings out."""

from __future__ import annotations

from pathlib import Path

from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.language.parse import parse
from intrigue.world import check
from intrigue.world.model import World


def checked(text: str) -> tuple[World | None, list[Diagnostic]]:
    """The world of one text, and all that is wrong with it."""
    file, found = parse(Source(Path("test.story"), text))
    world, more = check([file])
    return world, [each for each in (*found, *more) if each.code != "no-scenes"]


def world(text: str) -> World:
    """The world of a text without mistakes."""
    made, found = checked(text)
    assert made is not None, found
    assert found == []
    return made

"""Stories that execute: `story = intrigue.load("x.story"); print(story.check())`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intrigue.seam import EngineError
    from intrigue.story.motives import Limits
    from intrigue.story.story import Story, StoryError, load, loads

__all__ = ["EngineError", "Limits", "Story", "StoryError", "load", "loads"]

_HOMES = {
    "EngineError": "intrigue.seam",
    "Limits": "intrigue.story.motives",
    "Story": "intrigue.story.story",
    "StoryError": "intrigue.story.story",
    "load": "intrigue.story.story",
    "loads": "intrigue.story.story",
}


def __dir__() -> list[str]:
    """The public names, whether they have been used or not."""
    return sorted({*__all__, *globals()})


def __getattr__(name: str) -> Any:
    """Public names are imported when first used: what needs no engine starts without it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'intrigue' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)

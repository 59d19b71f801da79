"""The engine begins here, if it is one that this program can work with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intrigue._engine import Engine

INTERFACE = 1
"""The number of the seam (`_engine.pyi`) that is spoken here."""

FIRST = 1
"""The number of engines that say none: they are from before it was asked for."""


class OtherEngineError(ImportError):
    """The engine was built from another version of the program."""


def begin(problem: Mapping[str, Any]) -> Engine:
    """An engine for a grounded problem (as `crates/engine/src/problem.rs` has it).

    Raises OtherEngineError if the engine was built from another version.
    """
    from intrigue import _engine

    spoken = getattr(_engine, "INTERFACE", FIRST)
    if spoken != INTERFACE:
        raise other_engine(f"its interface is {spoken}, here it is {INTERFACE}")
    return _engine.Engine(json.dumps(problem))


def lacks(error: AttributeError) -> bool:
    """Something was asked of the engine that it does not have: it is older than its number says."""
    from intrigue import _engine

    return error.obj is _engine or isinstance(error.obj, _engine.Engine)


def other_engine(why: str) -> OtherEngineError:
    """The error that says what to do."""
    return OtherEngineError(
        f"the engine was built from another version of the program ({why});"
        " build it again with `make setup`, or install intrigue anew"
    )

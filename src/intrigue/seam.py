"""Is the engine one that this program can work with? Asked only when something has gone wrong that looks as if it were not."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

OTHER_VERSION = (
    "the engine was built from another version of the program ({}); build it again with `make setup`,"
    " or install intrigue anew"
)
"""What is said where it is not."""


def difference() -> str | None:
    """The first thing that `_engine.pyi` promises and the engine that is installed does not have, in words; none if it has
    all of it."""
    from intrigue import _engine

    promise = Path(__file__).with_name("_engine.pyi")
    if not promise.exists():
        return None
    seam = ast.parse(promise.read_text(encoding="utf-8"))
    classes = [each for each in seam.body if isinstance(each, ast.ClassDef)]
    methods = [(owner.name, each) for owner in classes for each in owner.body]
    for owner, method in methods:
        if not isinstance(method, ast.FunctionDef) or method.name == "__init__":
            continue
        there = getattr(getattr(_engine, owner, None), method.name, None)
        if there is None:
            return f"it has no {owner}.{method.name}"
        promised = [each.arg for each in [*method.args.args, *method.args.kwonlyargs]]
        for name in promised:
            if name not in inspect.signature(there).parameters:
                return f"{owner}.{method.name} takes no `{name}`"
    return None

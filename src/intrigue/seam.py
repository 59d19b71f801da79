"""Is the engine one that this program can work with? One that was built from another version is told by what it lacks."""

from __future__ import annotations

from pathlib import Path

_SEAM = Path(__file__).with_name("_engine.pyi")
_REPAIR = "build it again with `make setup`, or install intrigue anew"


class EngineError(Exception):
    """The engine is not there, or was built from another version of the program; says what it lacks and what to do."""


def require_engine() -> None:
    """Raises EngineError if there is no engine that this program can work with."""
    try:
        import intrigue._engine as _engine
    except ModuleNotFoundError:
        raise EngineError("the engine is not built; build it with `make setup`") from None
    except ImportError as error:
        raise EngineError(f"the engine cannot be loaded ({error}); {_REPAIR}") from None
    promise = _SEAM.read_text(encoding="utf-8") if _SEAM.exists() else None
    # The engine tells the seam it was built from; another wording need not be another seam.
    if promise is not None and getattr(_engine, "SEAM", None) != promise:
        lacking = difference(promise)
        if lacking is not None:
            raise EngineError(
                f"the engine was built from another version of the program ({lacking}); {_REPAIR}"
            )


def difference(promise: str) -> str | None:
    """The first thing that the seam (the text of `_engine.pyi`) promises and the engine that is installed does not have, in
    words; none if it has all of it."""
    import ast
    import inspect

    from intrigue import _engine

    classes = [each for each in ast.parse(promise).body if isinstance(each, ast.ClassDef)]
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

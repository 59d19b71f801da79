"""What makes a view, imported when it is wanted: the tables that name all of them cost nothing to read."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def maker(path: str) -> Callable[..., Any]:
    """The function at `package.module:function` below this folder."""
    module, _, function = path.partition(":")
    made: Callable[..., Any] = getattr(import_module(f"intrigue.views.{module}"), function)
    return made

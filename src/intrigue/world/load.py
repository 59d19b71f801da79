"""A world from a file, or the reasons why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.language import tree
from intrigue.world.check import check
from intrigue.world.model import World


class WorldError(Exception):
    """A world that has mistakes. `diagnostics` say which."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(diagnostics)

    def __str__(self) -> str:
        from intrigue.diagnostics.render import text

        return "\n\n".join(map(text, self.diagnostics))


def load_world(path: Path | str) -> World:
    """The world that a `.world` or `.story` file declares, with all that it includes.

    Raises WorldError if anything in it is wrong.
    """
    from intrigue.language.load import load

    return checked(*load(path))


def checked(files: Sequence[tree.File], problems: Sequence[Diagnostic]) -> World:
    """The world of these files. Raises WorldError with the problems found so far and all others, if there are any errors."""
    from intrigue.diagnostics.catalogue import severity
    from intrigue.diagnostics.diagnostic import Severity
    from intrigue.language.load import lacking

    world, found = check(files) if files and not lacking(problems) else (None, [])
    found = [*problems, *found]
    if world is None or any(severity(each.code) is Severity.ERROR for each in found):
        raise WorldError(found)
    return world

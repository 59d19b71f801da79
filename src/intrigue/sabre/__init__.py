"""Problem files in Sabre's syntax: read, resolved, and lowered to the engine's border.

`read` is the whole door. The stages are `tokens` (text to balanced tokens), `parser` (tokens to
the tree of `tree`), `declarations` (types, entities, properties) and `lowering` (expressions,
effects and events as border JSON); `problem` is all of them. `convert` tells a problem in our own
language, `same` compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Diagnostic, Source
    from intrigue.sabre.lowering import Names


def read(source: Source) -> tuple[dict[str, Any], Names, list[Diagnostic]]:
    """Read a problem file.

    Returns the problem as the engine's border wants it (`rules` is "peer"), the names of its
    facts, actions and triggers, and everything wrong with the text, in the order of the text.
    Nothing is raised for bad input; where there is any diagnostic, the problem is incomplete and
    must not be run.
    """
    from intrigue.sabre.problem import open_problem

    problem = open_problem(source)
    return problem.border, problem.names, problem.diagnostics

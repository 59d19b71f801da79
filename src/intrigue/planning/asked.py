"""With what a search for stories may be asked: what makes no sense is refused before anything is looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from intrigue.amounts import BOUNDS, refuse_no_amounts

REPAIR = "repair"
"""The search that mends what is missing to the goal; in worlds too large to be laid out it comes first. It is not the engine's."""


NAMES = frozenset((*BOUNDS, "shortest", "search", "heuristic", "rank", "progress"))
"""What a search can be told."""


def refuse_senseless(asked: Mapping[str, Any]) -> None:
    """Raises TypeError for what is none of `NAMES`, ValueError for what is no amount, and for a search, heuristic or ranking that does
    not exist; EngineError if the engine cannot do this version's work."""
    from intrigue.seam import require_engine

    require_engine()
    from intrigue._engine import HEURISTICS, SEARCHES
    from intrigue.planning.ranking import RANKINGS

    for name in asked:
        if name not in NAMES:
            raise TypeError(f"there is no limit {name!r}; there are: {', '.join(sorted(NAMES))}")
    refuse_no_amounts(asked)
    _refuse_unknown(asked, "search", sorted([REPAIR, *(name for name, _ in SEARCHES)]))
    _refuse_unknown(asked, "heuristic", [name for name, _ in HEURISTICS])
    _refuse_unknown(asked, "rank", [each.name for each in RANKINGS])


def _refuse_unknown(asked: Mapping[str, Any], sort: str, names: Sequence[str]) -> None:
    name = asked.get(sort)
    if name is not None and name not in names:
        raise ValueError(f'no {sort} "{name}"; there are: {", ".join(names)}')

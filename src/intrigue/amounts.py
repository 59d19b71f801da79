"""How many, how long, how much memory: within which bounds a search may be told so."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

MOST = 2**53
"""The largest number that counts exactly everywhere, JSON and all."""
LONGEST = 1e9
"""The longest time, in seconds: thirty years."""

BOUNDS: dict[str, tuple[int, float]] = {
    "max_events": (0, 1000),
    "max_motive": (1, 1000),
    "max_minds": (0, 1000),
    "count": (1, MOST),
    "seconds": (0, LONGEST),
    "memory_mb": (1, MOST),
    "seed": (0, 2**64 - 1),
    "threads": (1, MOST),
}
"""By name: the least and the most that each may be."""


def refuse_no_amounts(asked: Mapping[str, Any]) -> None:
    """Raises ValueError for the first of these that is no amount of what it is called; what is None is not limited."""
    for name, (least, most) in BOUNDS.items():
        refuse_no_amount(name, asked.get(name), least, most)


def refuse_no_amount(name: str, number: float | None, least: float, most: float = inf) -> None:
    """Raises ValueError for what is not within these bounds; None is not limited."""
    if number is None:
        return
    if not number >= least:  # so is what is no number
        raise ValueError(f"{name} must be at least {least}, not {number}")
    if number > most:
        raise ValueError(f"{name} must be at most {most:.0f}, not {number}")

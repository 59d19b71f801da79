"""What the library's functions are given, where that is more than one thing."""

from __future__ import annotations

from collections.abc import Iterable


def texts(given: object, name: str, *others: type) -> tuple[str, ...]:
    """One text or several, as several; what is of one of the `others` counts as its text. Raises TypeError, with the argument's name,
    for anything else."""
    kinds = (str, *others)
    if isinstance(given, kinds):
        return (str(given),)
    several = tuple(given) if isinstance(given, Iterable) else (given,)
    for each in several:
        if not isinstance(each, kinds):
            raise TypeError(f"{name} must be a text or several, not {given!r}")
    return tuple(map(str, several))

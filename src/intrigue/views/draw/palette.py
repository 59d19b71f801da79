"""Colours and short names for persons: the same in all pictures."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from functools import lru_cache

from intrigue.views.chronicle import Member

_GOLDEN = 0.381966
"""Steps of the golden angle keep neighbours in the cast far apart on the circle of hues."""


def colour(person: int, *, dark: bool = False) -> str:
    """As `#rrggbb`, to be read on a light or a dark ground. `person`: the place in the cast, from 0."""
    hue = (0.58 + person * _GOLDEN) % 1
    light = (0.38, 0.33, 0.43)[person % 3] if not dark else (0.68, 0.74, 0.63)[person % 3]
    red, green, blue = colorsys.hls_to_rgb(hue, light, 0.62)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


@lru_cache(maxsize=8)
def initials(persons: Sequence[Member]) -> tuple[str, ...]:
    """Two signs for each person, different ones as far as two signs can be."""
    found: list[str] = []
    for person in persons:
        words = [word for word in person.name.split() if word.lower() not in ("the", "a", "an")]
        words = words or [person.name]
        choices = [words[0][0] + words[1][0]] if len(words) > 1 else []
        first = words[0]
        choices += [first[0] + sign for sign in first[1:]] or [first[0]]
        found.append(next((choice for choice in choices if choice not in found), choices[0]))
    return tuple(found)

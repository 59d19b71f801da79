"""What was probably meant: the nearest of the names that exist."""

from __future__ import annotations

from collections.abc import Iterable


def distance(left: str, right: str, limit: int) -> int:
    """Edit distance with swaps of neighbours (optimal string alignment; Damerau 1964), or `limit + 1` if it is larger."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before_last, last = last, row
    return min(last[-1], limit + 1)


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name nearest to a word, if one is near enough to be what was meant: about one mistake in three letters.

    Case does not count; of equally near names the first in the given order is taken.
    """
    if len(word) > 80:
        return None
    lower = word.lower()
    best: str | None = None
    limit = max(1, (len(word) + 1) // 3)
    for name in names:
        found = distance(lower, name.lower(), limit)
        if found <= limit and len(name) > found:
            best, limit = name, found - 1
            if limit < 0:
                break
    return best

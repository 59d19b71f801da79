"""What was probably meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intrigue.diagnostics.suggest import distance, nearest

NAMES = ["Jennie", "Ah Jong", "Li", "the nightclub", "shoots", "shouts", "李鷹"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Jenny", "Jennie"),
        ("jennie", "Jennie"),
        ("Ah Jogn", "Ah Jong"),
        ("shots", "shoots"),
        ("the nihgtclub", "the nightclub"),
        ("L", "Li"),
        ("x", None),
        ("Wong Hoi", None),
        ("", None),
        ("李", "李鷹"),
        ("Jennie" * 1000, None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, NAMES) == meant


def slow(left: str, right: str) -> int:
    """Optimal string alignment by its definition."""
    if not left or not right:
        return len(left) + len(right)
    best = min(
        slow(left[:-1], right) + 1,
        slow(left, right[:-1]) + 1,
        slow(left[:-1], right[:-1]) + (left[-1] != right[-1]),
    )
    if len(left) > 1 and len(right) > 1 and left[-1] == right[-2] and left[-2] == right[-1]:
        best = min(best, slow(left[:-2], right[:-2]) + 1)
    return best


SHORT = st.text("abc", max_size=5)


@given(SHORT, SHORT, st.integers(0, 5))
def test_distance_is_what_it_is_defined_to_be(left: str, right: str, limit: int) -> None:
    assert distance(left, right, limit) == min(slow(left, right), limit + 1)

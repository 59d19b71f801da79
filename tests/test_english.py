"""Numbers as people read them."""

from __future__ import annotations

import pytest

from intrigue.english import digits, signed


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3.0, "3"),
        (1234568.0, "1234568"),
        (999_999_999_999_999.0, "999999999999999"),
        (100000.5, "100000.5"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "-0.5"),
    ],
)
def test_a_number_is_said_whole(value: float, said: str) -> None:
    assert digits(value) == said


def test_a_difference_has_a_sign() -> None:
    assert [signed(value) for value in (4.0, -0.5, 1234568.0)] == ["+4", "-0.5", "+1234568"]

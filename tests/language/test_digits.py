"""Numbers as they are typed."""

from __future__ import annotations

import pytest

from intrigue.language.digits import counted


@pytest.mark.parametrize(
    ("digits", "number"),
    [("0", 0), ("007", 7), ("0" * 5_000 + "12", 12), ("9" * 5_000, 10**15)],
)
def test_any_number_of_digits_is_a_number(digits: str, number: int) -> None:
    assert counted(digits) == number

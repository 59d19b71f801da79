"""Numbers as they are typed."""

from __future__ import annotations

LONGEST = 15
"""So many digits are read; what is longer is larger than anything that is counted."""


def counted(digits: str) -> int:
    """The number that digits say, or one larger than all that is counted, if there are too many of them: Python reads no number of
    thousands of digits."""
    digits = digits.lstrip("0")
    return int(digits or "0") if len(digits) <= LONGEST else 10**LONGEST

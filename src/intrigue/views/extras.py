"""What only some installations have."""

from __future__ import annotations


class MissingExtra(Exception):
    """Something needs a package that is not installed. args: the package, the extra that brings it."""


class NoFont(Exception):
    """There is no font to set text in."""

"""Options that all tests share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The same cases every time, so that a red test is about the change at hand; INTRIGUE_WORLDS or a seed asks for new ones.
settings.register_profile("same", derandomize=True)
if "INTRIGUE_WORLDS" not in os.environ:
    settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="write what is printed now into the files of expected text, to be read and committed",
    )

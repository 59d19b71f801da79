"""Progress stands on standard error, on terminals only, and leaves nothing behind."""

from __future__ import annotations

import io
import sys

import pytest

from intrigue.cli import common

COUNTS = {"examined": 1200.0, "generated": 9000.0, "stories": 2.0, "bound": 4.0, "seconds": 3.0}


class Screen(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_a_long_search_is_followed_on_a_terminal(
    terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(common, "_PATIENCE", -1.0)
    with common.Progress() as progress:
        progress.search(COUNTS)
        during = screen.getvalue()
    if terminal:
        assert "1200 states, 2 found, none has fewer than 4 events" in during
        assert screen.getvalue().endswith("\r\033[K")
    else:
        assert screen.getvalue() == ""

"""A game at a terminal: the prompt, Ctrl-D and Ctrl-C, and nothing lost."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

DEBT = Path(__file__).parent / "the_debt_collector.story"


class Terminal:
    """The program at a terminal of its own."""

    def __init__(self, folder: Path, *options: str, story: Path = DEBT) -> None:
        self.leader, follower = pty.openpty()
        command = [sys.executable, "-m", "intrigue", "play", str(story), "--as", "Vera", *options]
        self.program = subprocess.Popen(
            command,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            cwd=folder,
            start_new_session=True,
            env={**os.environ, "TERM": "dumb"},
        )
        os.close(follower)
        self.seen = ""

    def until(self, words: str, seconds: float = 60) -> str:
        """What is shown up to some words."""
        end = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.leader], [], [], 0.2)[0]:
                self.seen += os.read(self.leader, 4096).decode()
        before, _, self.seen = self.seen.partition(words)
        return before

    def type(self, keys: str) -> None:
        os.write(self.leader, keys.encode())

    def interrupt(self) -> int:
        """Presses Ctrl-C as people do: again, if nothing happens. (A signal that comes between the prompt and the first look
        at the keys is seen by Python only at the next key, whatever a program does about it.)"""
        for _ in range(60):
            self.program.send_signal(signal.SIGINT)
            try:
                self.program.wait(timeout=1)
                break
            except subprocess.TimeoutExpired:
                continue
        return self.ends()

    def ends(self) -> int:
        status = self.program.wait(timeout=60)
        os.close(self.leader)
        return status


@pytest.mark.parametrize("how", ["Ctrl-D", "quit"])
def test_a_game_that_was_not_written_down_may_be_when_it_ends(tmp_path: Path, how: str) -> None:
    terminal = Terminal(tmp_path)
    terminal.until("> ")
    terminal.type("wait\n")
    terminal.until("> ")
    terminal.type("\x04" if how == "Ctrl-D" else "quit\n")
    terminal.until("Write the game to which file?")
    terminal.type("kept.story\n")
    assert terminal.ends() == 0
    assert "# > wait" in (tmp_path / "kept.story").read_text()


def test_a_game_is_not_written_over_the_story_that_is_played(tmp_path: Path) -> None:
    story = tmp_path / "own.story"
    story.write_text(DEBT.read_text())
    terminal = Terminal(tmp_path, story=story)
    terminal.until("> ")
    terminal.type("wait\n")
    terminal.until("> ")
    terminal.type("save own.story\n")
    terminal.until("own.story is the story that you play: write the game to another file.")
    terminal.until("> ")
    terminal.type("quit\n")
    terminal.until("Write the game to which file?")
    terminal.type("own.story\n")
    terminal.until("write the game to another file.")
    terminal.until("Write the game to which file?")
    terminal.type("kept.story\n")
    assert terminal.ends() == 0
    assert "# > wait" in (tmp_path / "kept.story").read_text()
    assert story.read_text() == DEBT.read_text()


def test_an_interrupted_game_is_kept(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--save", "kept.story")
    terminal.until("> ")
    terminal.type("wait\n")
    terminal.until("> ")
    assert terminal.interrupt() == 130
    assert "# > wait" in (tmp_path / "kept.story").read_text()


def test_nothing_is_asked_where_nothing_was_played(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.until("> ")
    terminal.type("\x04")
    assert terminal.ends() == 0
    assert list(tmp_path.iterdir()) == []

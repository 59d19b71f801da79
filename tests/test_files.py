"""Files are written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intrigue.files import replace


def test_what_was_there_stays_if_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = tmp_path / "mine.story"
    story.write_text("story Mine\n")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        replace(story, "story Other\n")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("mine.story", "story Mine\n")
    ]


def test_rights_and_links_stay(tmp_path: Path) -> None:
    story, link = tmp_path / "mine.story", tmp_path / "link.story"
    story.write_text("story Mine\n")
    story.chmod(0o640)
    link.symlink_to(story)
    replace(link, "story Other\n")
    assert link.is_symlink()
    assert story.read_text() == "story Other\n"
    assert story.stat().st_mode & 0o777 == 0o640


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    replace(Path(os.devnull), b"anything")
    assert Path(os.devnull).exists()
    code = (
        "import sys, pathlib, intrigue.files as f; f.replace(pathlib.Path('/dev/stdout'), 'said')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "said"

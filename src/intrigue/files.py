"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from codecs import BOM_UTF8
from pathlib import Path


def replace(path: Path, content: str | bytes) -> None:
    """Puts a file in the place of what is there, in one step once it is written. What is no plain file (a pipe, a terminal), or stands
    where no new file may, is written to.

    Raises OSError; then a plain file where new ones may stand is as it was.
    """
    # of a file's name, that is said in a text, some bytes may be none of UTF-8
    data = content.encode(errors="replace") if isinstance(content, str) else content
    there = path.exists()
    if there and not (path.is_file() and os.access(path.resolve().parent, os.W_OK)):
        path.write_bytes(data)
        return
    path = path.resolve()  # a link stays, what it leads to changes
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".intrigue-")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        new.chmod(path.stat().st_mode if there else 0o666 & ~_umask())
        new.replace(path)
    except BaseException:
        new.unlink()
        raise


def same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file that is there, links followed."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def ended_like(path: Path, text: str) -> bytes:
    """A text with the ends of lines, and the mark at the beginning, that a file has: what an author's tools expect of it. The text as it
    is, if the file cannot be read."""
    try:
        had = path.read_bytes()
    except OSError:
        return text.encode()
    if b"\r\n" in had:
        text = text.replace("\n", "\r\n")
    return (BOM_UTF8 if had.startswith(BOM_UTF8) else b"") + text.encode()


def _umask() -> int:
    """Which rights new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace(path: Path, content: str | bytes) -> None:
    """Puts a file in the place of what is there, in one step once it is written; what is no plain file (a pipe, a terminal) is written to.

    Raises OSError, and then what was there is as it was.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path = path.resolve()  # a link stays, what it leads to changes
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".intrigue-")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        new.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        new.replace(path)
    except BaseException:
        new.unlink()
        raise


def _umask() -> int:
    """Which rights new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

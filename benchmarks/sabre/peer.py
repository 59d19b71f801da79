"""The peer itself, run on the same machine by its own command line."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sabre.instances import Instance

_METHODS = {"BFS": "bf", "A*": "bf", "EFS": "ef", "GFS": "gf"}
DEFAULT = "EFS hmax"
"""What is run where no configuration is known to solve it."""
GRACE = 30.0
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


@dataclass(frozen=True, slots=True)
class PeerRun:
    """What the peer did. Times in seconds; None where it found nothing."""

    configuration: str
    search: float | None
    """What it says of its search, which leaves out reading and grounding."""
    wall: float
    solved: bool


def arguments(configuration: str) -> list[str]:
    """A configuration by its published name, as arguments: method, cost, heuristic."""
    method, _, heuristic = configuration.partition(" ")
    return ["-m", _METHODS[method], "-c", "t", "-h", heuristic or "0"]


def run(jar: Path, instance: Instance, seconds: float) -> PeerRun:
    """The best configuration on one instance, in a fresh process, for so many seconds at most. Raises `OSError`
    where there is no Java."""
    configuration = instance.best or DEFAULT
    limits = instance.limits
    command = ["java", "-Xmx9g", "-jar", str(jar), "-v", "-p", str(instance.file)]
    command += ["-g", f"{instance.goal:g}", *arguments(configuration)]
    command += ["-atl", str(limits.events), "-ctl", str(limits.motive), "-el", str(limits.minds)]
    command += ["-tl", str(int(seconds * 1000))]
    began = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + GRACE)
    except subprocess.TimeoutExpired:
        return PeerRun(configuration, None, time.perf_counter() - began, False)
    wall = time.perf_counter() - began
    if "Error" in done.stderr:
        raise OSError(done.stderr.strip().splitlines()[0])
    solved = re.search(r"^\s*solution:\s*true", done.stdout, re.MULTILINE) is not None
    took = re.search(r"^\s*time:\s*(\S+)\s*$", done.stdout, re.MULTILINE)
    parts = re.findall(r"(\d+)(h|ms|m|s)", took[1]) if took and solved else []
    search = sum(int(number) * _SECONDS[unit] for number, unit in parts) if parts else None
    return PeerRun(configuration, search, wall, solved)

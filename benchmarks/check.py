"""Checking: where the time of `intrigue check` goes.

    python -m benchmarks.check STORY [--slowest N] [--json]

Reads, plays and checks a story once in this process and says how long each part took: reading the files, setting up the engine,
playing the telling, the motives, the expectations, everything else; how much of all that is spent in the engine and how much in
Python; how many events were tried for motives; the peak of memory. Times are processor seconds, so that a busy machine
changes them little; starting Python is not among them. The exit status is 1 if the check finds an error.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from intrigue import _engine
from intrigue.story.checks.expectations import failed_expectations
from intrigue.story.motives import Limits
from intrigue.story.story import StoryError, load


@dataclass(slots=True)
class Measured:
    """What one check took. `parts` in processor seconds; `motives`: seconds, events tried, sentence."""

    story: str
    summary: str = ""
    ok: bool = False
    parts: dict[str, float] = field(default_factory=dict)
    engine: dict[str, float] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    examined: int = 0
    motives: list[tuple[float, int, str]] = field(default_factory=list)
    states: int = 0
    memory_mb: int = 0


class Watched:
    """The engine, with the time that each of its methods takes."""

    def __init__(self, engine: _engine.Engine, spent: Counter[str], calls: Counter[str]) -> None:
        self._engine, self._spent, self._calls = engine, spent, calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._engine, name)

        def timed(*args: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return method(*args, **named)
            finally:
                self._spent[name] += time.process_time() - began  # type: ignore[assignment]
                self._calls[name] += 1

        setattr(self, name, timed)
        return timed


def measure(path: Path) -> Measured:
    """Checks a story. Raises StoryError if it cannot be read."""
    found = Measured(str(path))
    spent: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    clock = time.process_time

    def part(name: str, began: float) -> float:
        now = clock()
        found.parts[name] = now - began
        return now

    now = clock()
    story = load(path)
    now = part("reading", now)
    engine = _engine.Engine

    def watched(*args: Any, **named: Any) -> Any:
        return Watched(engine(*args, **named), spent, calls)

    _engine.Engine = watched  # type: ignore[misc, assignment]
    try:
        runs = story.runs(Limits())
    finally:
        _engine.Engine = engine  # type: ignore[misc]
    now = part("setting up and playing", now)
    for run in runs:
        for step in run.steps:
            began = clock()
            for verdict in run.verdicts(step):
                examined = verdict.motive["examined"]
                found.examined += examined
                found.motives.append((clock() - began, examined, run.sentence(step.event)))
                began = clock()
    now = part("motives", now)
    for run in runs:
        list(failed_expectations(run))
    now = part("expectations", now)
    report = story.check(Limits())
    part("all other checks", now)
    found.summary, found.ok = report.summary, report.ok
    found.engine, found.calls = dict(spent.most_common()), dict(calls)
    found.states = max((run.engine.statistics()["states"] for run in runs), default=0)
    found.motives.sort(reverse=True)
    found.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def shown(found: Measured, slowest: int) -> str:
    """The parts as a table, then the motives that took longest."""
    total, engine = sum(found.parts.values()), sum(found.engine.values())
    lines = [found.summary, "", f"{total:8.3f} s  in all", ""]
    lines += [f"{seconds:8.3f} s  {name}" for name, seconds in found.parts.items()]
    lines += ["", f"{engine:8.3f} s  in the engine", f"{total - engine:8.3f} s  in Python", ""]
    most = list(found.engine.items())[:6]
    lines += [f"{s:8.3f} s  {name}, {found.calls[name]} times" for name, s in most]
    lines += ["", f"{found.examined} events tried for {len(found.motives)} motives"]
    lines += [f"{found.states} states, {found.memory_mb} MB at most"]
    if slowest:
        lines += ["", "The slowest motives:"]
        lines += [f"{s:8.3f} s  {n:5} events  {what}" for s, n, what in found.motives[:slowest]]
    return "\n".join(lines)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check")
    parser.add_argument("story", type=Path)
    parser.add_argument("--slowest", type=int, default=5, metavar="N", help="so many motives")
    parser.add_argument("--json", action="store_true", help="everything, for tools")
    args = parser.parse_args()
    try:
        found = measure(args.story)
    except StoryError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(asdict(found), indent=2) if args.json else shown(found, args.slowest))
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main())

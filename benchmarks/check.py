"""Checking: where the time of `intrigue check` goes.

    python -m benchmarks.check STORY [--slowest N] [--json]

Reads, plays and checks a story once in this process and says how long each part took by the clock, and in processor seconds of
all threads: reading the files, setting up the engine and playing the telling, what is checked while some of the motives are looked
for beside, the motives, everything else. "In the engine" is the time by the clock for which this thread was in the engine or
waited for it: what is worked out beside meanwhile costs processor seconds, and no time unless this thread has to wait for it.
Starting Python is not among all that. Then the motives are looked for once more, one after the other, to say which take longest.
A busy machine changes processor seconds a little, and the clock much. The exit status is 1 if the check finds an error.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from intrigue import _engine
from intrigue.cli import look_for_rubbish_seldom
from intrigue.story import strands
from intrigue.story.motives import Limits
from intrigue.story.story import StoryError, load


@dataclass(slots=True)
class Measured:
    """What one check took. `parts` and `engine` in seconds by the clock, `processor` the processor seconds of the parts; `motives`: seconds
    one after the other, events tried, sentence."""

    story: str
    summary: str = ""
    ok: bool = False
    parts: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    engine: dict[str, float] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    examined: int = 0
    motives: list[tuple[float, int, str]] = field(default_factory=list)
    states: int = 0
    memory_mb: int = 0

    @contextmanager
    def part(self, name: str, within: str | None = None) -> Iterator[None]:
        """Measures a part; one `within` another is not counted there."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        for seconds, spent in (
            (self.parts, time.perf_counter() - clock),
            (self.processor, time.process_time() - processor),
        ):
            seconds[name] = seconds.get(name, 0.0) + spent
            if within is not None:
                seconds[within] = seconds.get(within, 0.0) - spent


class Watched:
    """The engine, or what it does beside, with the time that each of its methods takes."""

    def __init__(self, watched: Any, spent: Counter[str], calls: Counter[str]) -> None:
        self._watched, self._spent, self._calls = watched, spent, calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._watched, name)

        def timed(*args: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                found = method(*args, **named)
            finally:
                self._spent[name] += time.perf_counter() - began  # type: ignore[assignment]
                self._calls[name] += 1
            return Watched(found, self._spent, self._calls) if name == "beside" and found else found

        setattr(self, name, timed)
        return timed


def measure(path: Path, slowest: bool) -> Measured:
    """Checks a story. `slowest`: also says what each motive takes. Raises StoryError if it cannot be read."""
    found = Measured(str(path))
    spent: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    engine, judge_all = _engine.Engine, strands.judge_all

    def watched(*args: Any, **named: Any) -> Any:
        began = time.perf_counter()
        made = engine(*args, **named)
        spent["Engine"] += time.perf_counter() - began  # type: ignore[assignment]
        calls["Engine"] += 1
        return Watched(made, spent, calls)

    def watched_judge_all(
        runs: Any, progress: Any = None, meanwhile: Callable[[], None] | None = None
    ) -> None:
        def watched_meanwhile() -> None:
            with found.part("checks meanwhile", within="motives"):
                if meanwhile is not None:
                    meanwhile()

        with found.part("motives", within="all other checks"):
            judge_all(runs, progress, watched_meanwhile)

    with found.part("reading"):
        story = load(path)
    _engine.Engine = watched  # type: ignore[misc, assignment]
    strands.judge_all = watched_judge_all
    try:
        with found.part("setting up and playing"):
            runs = story.runs(Limits())
        with found.part("all other checks"):
            report = story.check(Limits())
    finally:
        _engine.Engine = engine  # type: ignore[misc]
        strands.judge_all = judge_all
    found.summary, found.ok = report.summary, report.ok
    found.examined = sum(verdict.motive["examined"] for verdict in report.verdicts)
    found.engine, found.calls = dict(spent.most_common()), dict(calls)
    found.states = max((run.engine.statistics()["states"] for run in runs), default=0)
    found.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if slowest:
        for run in load(path).runs(Limits()):
            for step, person in run.willed:
                began = time.process_time()
                examined = run.verdict(step, person).motive["examined"]
                seconds = time.process_time() - began
                found.motives.append((seconds, examined, run.sentence(step.event)))
        found.motives.sort(reverse=True)
    return found


def shown(found: Measured, slowest: int) -> str:
    """The parts as a table, then the motives that take longest."""
    total, engine = sum(found.parts.values()), sum(found.engine.values())
    lines = [found.summary, "", " by the clock   processor"]
    lines += [f"{total:8.3f} s {sum(found.processor.values()):10.3f} s  in all", ""]
    order = ("reading", "setting up and playing", "checks meanwhile", "motives", "all other checks")
    for part in order:
        lines.append(f"{found.parts[part]:8.3f} s {found.processor[part]:10.3f} s  {part}")
    lines += ["", f"{engine:8.3f} s  in the engine or waiting for it"]
    lines += [f"{total - engine:8.3f} s  in Python", ""]
    most = list(found.engine.items())[:6]
    lines += [f"{s:8.3f} s  {name}, {found.calls[name]} times" for name, s in most]
    lines += ["", f"{found.examined} events tried for the motives"]
    lines += [f"{found.states} states, {found.memory_mb} MB at most"]
    if slowest:
        lines += ["", "The slowest motives, one after the other, in processor seconds:"]
        lines += [f"{s:8.3f} s  {n:5} events  {what}" for s, n, what in found.motives[:slowest]]
    return "\n".join(lines)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check")
    parser.add_argument("story", type=Path)
    parser.add_argument("--slowest", type=int, default=5, metavar="N", help="so many motives")
    parser.add_argument("--json", action="store_true", help="everything, for tools")
    args = parser.parse_args()
    look_for_rubbish_seldom()  # as `intrigue check` does
    try:
        found = measure(args.story, args.slowest > 0)
    except StoryError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(asdict(found), indent=2) if args.json else shown(found, args.slowest))
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main())

"""One problem solved in a process of its own: a job as JSON in, what came of it as JSON out."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.sabre.instances import Instance

GRACE = 30.0
"""Seconds beyond its limit after which a process is taken to hang."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked. The limits: events of a story, of a motive, depth of minds."""

    file: str
    goal: float
    events: int
    motive: int
    minds: int
    seconds: float
    memory_mb: int
    shortest: bool
    count: int
    threads: int


def job(
    instance: Instance,
    seconds: float,
    *,
    memory_mb: int = 450,
    shortest: bool = False,
    count: int = 1,
    threads: int = 1,
) -> Job:
    """An instance as a job."""
    limits = instance.limits
    depths = (limits.events, limits.motive, limits.minds)
    return Job(
        str(instance.file), instance.goal, *depths, seconds, memory_mb, shortest, count, threads
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job. Times in seconds."""

    verdict: str
    """found, none, undecided, or failed: what then went wrong is `stopped_by`."""
    stopped_by: str | None
    stories: list[list[str]]
    shortest: bool
    bound: int
    examined: int
    cpu: float
    """Reading, grounding and searching, on all processors."""
    searched: float
    """The same by the clock."""
    wall: float
    """The whole process from its start to its end, by the clock: this one's."""
    peak_mb: float


def solve(job: Job) -> dict[str, Any]:
    """Does the job in this process."""
    from intrigue._engine import Engine
    from intrigue.diagnostics.diagnostic import Source
    from intrigue.sabre import read

    path = Path(job.file)
    read(Source(path, "utility(): 0;"))  # imports what is imported on demand
    cpu, clock = time.process_time(), time.perf_counter()
    problem, names, mistakes = read(Source(path, path.read_text(encoding="utf-8")))
    if mistakes:
        raise SystemExit(f"{path.name}: {len(mistakes)} mistakes, first: {mistakes[0].code}")
    engine = Engine(json.dumps(problem), memory_mb=job.memory_mb)
    plans = engine.plan(
        engine.start(),
        worth=job.goal,
        max_events=job.events,
        max_motive=job.motive,
        max_minds=job.minds,
        count=job.count,
        shortest=job.shortest,
        seconds=job.seconds,
        threads=job.threads,
    )
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    return {
        "verdict": plans["verdict"],
        "stopped_by": plans["stopped_by"],
        "stories": [
            [names.event(*engine.event_of(event)) for event in story["events"]]
            for story in plans["stories"]
        ],
        "shortest": plans["shortest"],
        "bound": plans["bound"],
        "examined": plans["examined"],
        "cpu": cpu,
        "searched": clock,
        "peak_mb": peak_mb(),
    }


def peak_mb() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # the other source counts what the parent held before this program began
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def run(job: Job) -> Answer:
    """Does the job in a process of its own."""
    command = ["-m", "benchmarks.sabre.solve", json.dumps(asdict(job))]
    done, wall = _process(command, job.seconds, sys.path)
    if done is None:
        return _failed(f"did not stop {GRACE:g} s after its time", wall)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        return _failed(last, wall)
    return Answer(wall=wall, **json.loads(done.stdout))


def verb(job: Job) -> tuple[float, float]:
    """How long `intrigue plan` takes for the job, from the start of its process to its end: by the clock, and of processor
    time; without end if it fails."""
    command = ["-c", "from intrigue.cli import main; main()", "plan", job.file]
    command += ["--goal", f"{job.goal:g}", "--seconds", f"{job.seconds:g}", "--format", "json"]
    command += ["--max-events", str(job.events), "--max-motive", str(job.motive)]
    command += ["--max-minds", str(job.minds)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    package = importlib.util.find_spec("intrigue")
    assert package is not None and package.origin is not None
    done, wall = _process(command, job.seconds, [str(Path(package.origin).parents[1])])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    try:
        answered = done is not None and "verdict" in json.loads(done.stdout)
    except ValueError:
        answered = False
    return (wall, cpu) if answered else (math.inf, math.inf)


def _process(
    arguments: list[str], seconds: float, path: list[str]
) -> tuple[subprocess.CompletedProcess[str] | None, float]:
    """Python with these arguments and folders to import from (None if it hangs), and how long it took."""
    began = time.perf_counter()
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            timeout=seconds + GRACE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(each or "." for each in path)},
        )
    except subprocess.TimeoutExpired:
        return None, time.perf_counter() - began
    return done, time.perf_counter() - began


def _failed(why: str, wall: float) -> Answer:
    return Answer("failed", why, [], False, 0, 0, 0.0, 0.0, wall, 0.0)


if __name__ == "__main__":
    json.dump(solve(Job(**json.loads(sys.argv[1]))), sys.stdout)

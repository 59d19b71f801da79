"""The peer's problems, measured.

    python -m benchmarks.sabre --problems DIR [--instances CSV] [--jar JAR] [--seconds S] [--shortest] [--out DIR]

Every instance is solved by one thread in a process of its own; every story is judged by `benchmarks.judge`.
What DIR must hold says `benchmarks/sabre/instances.py`. A page and JSON are written into a dated folder. With a jar, the peer's
best configuration for each instance runs in turn with ours. The exit status is 1 if anything is not solved or
not valid, 2 for arguments that make no sense.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from dataclasses import asdict
from pathlib import Path
from statistics import median_low

from benchmarks.judge.plans import Judge, Verdict
from benchmarks.judge.problem import Problem
from benchmarks.judge.witness import Witnesses
from benchmarks.sabre import peer, report, solve
from benchmarks.sabre.instances import Instance, easy, named, options

MEMORY = 450
"""MB that an instance may take, unless more are allowed."""


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.sabre",
        description="Solve the peer's problems, judge the stories, and write down how long it took.",
        epilog="Example: python -m benchmarks.sabre --problems ../problems --only raiders --only treasure",
    )
    options(parser, "only this instance")
    parser.add_argument("--jar", type=Path, help="the peer, to run against")
    parser.add_argument(
        "--cap", type=float, default=60.0, help="seconds for each run of the peer (60)"
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="for each instance (60)")
    parser.add_argument(
        "--memory", type=int, default=MEMORY, metavar="MB", help=f"for each instance ({MEMORY})"
    )
    parser.add_argument("--shortest", action="store_true", help="prove that no story is shorter")
    parser.add_argument(
        "--repeat",
        type=int,
        default=1,
        metavar="N",
        help="middle one of N searches, fastest of N processes (1)",
    )
    arguments = parser.parse_args()
    listed, chosen = named(parser, arguments)
    if arguments.jar is not None and not arguments.jar.is_file():
        parser.error(f"there is no {arguments.jar}")
    rows = []
    for instance in chosen:
        row = measure(instance, arguments)
        rows.append(row)
        events = row.events if row.events is not None else row.answer.stopped_by or "none"
        print(
            f"{instance.name:18} {events!s:>4} events {row.answer.cpu:8.3f} s CPU "
            f"{row.process[0] if row.process else row.answer.wall:7.2f} s {row.answer.peak_mb:5.0f} MB  {row.judged}",
            flush=True,
        )
    held = report.bars(
        rows, easy(listed), {one.name for one in listed}, shortest=arguments.shortest
    )
    lines = report.table(rows, shortest=arguments.shortest, peer=arguments.jar is not None)
    print()
    print(report.plain(lines))
    for one in (*(report.told(bar) for bar in held), *report.remarks(rows)):
        print(one)
    print(f"written: {written(arguments, rows, held, lines)}")
    return int(not all(row.solved for row in rows))


def measure(instance: Instance, arguments: argparse.Namespace) -> report.Row:
    """One instance: ours, judged, and perhaps the peer's."""
    job = solve.job(
        instance, arguments.seconds, shortest=arguments.shortest, memory_mb=arguments.memory
    )
    answers = [solve.run(job) for _ in range(max(1, arguments.repeat))]
    middle = median_low(answer.cpu for answer in answers)
    answer = next(answer for answer in answers if answer.cpu == middle)
    verdict = judged(instance, answer.stories[0]) if answer.stories else None
    process = None
    if not arguments.shortest:
        process = min(solve.verb(job) for _ in range(max(1, arguments.repeat)))
    theirs = None
    if arguments.jar is not None:
        try:
            theirs = peer.run(arguments.jar, instance, arguments.cap)
        except OSError as error:
            raise SystemExit(f"the peer does not run: {error}") from None
    return report.Row(instance, answer, verdict, process, theirs)


def judged(instance: Instance, story: list[str]) -> Verdict:
    """The judge's verdict on a story, the engine's motives being witnesses."""
    steps = Witnesses(instance.file, instance.limits).of(story)
    problem = Problem(instance.file.read_text(encoding="utf-8"), instance.file.name)
    return Judge(problem, instance.limits).story(steps, instance.goal)


def written(
    arguments: argparse.Namespace,
    rows: list[report.Row],
    held: list[report.Bar],
    lines: list[list[str]],
) -> Path:
    """Writes the page and the JSON; where the page is."""
    name = "sabre-shortest" if arguments.shortest else "sabre"
    flags = " --shortest" if arguments.shortest else ""
    command = f"python -m benchmarks.sabre --problems DIR --seconds {arguments.seconds:g}{flags}"
    command += f" --memory {arguments.memory}" if arguments.memory != MEMORY else ""
    command += f" --repeat {arguments.repeat}" if arguments.repeat > 1 else ""
    command += f" --jar JAR --cap {arguments.cap:g}" if arguments.jar is not None else ""
    page = report.page(command, rows, held, lines)
    path = report.write(arguments.out, f"{name}.md", page)
    content = {
        "command": command,
        "machine": report.machine(),
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "bars": [asdict(bar) for bar in held],
        "instances": [
            {
                "instance": row.instance.name,
                "shortest_known": row.instance.known,
                **asdict(row.answer),
                "process": None if row.process is None or math.inf in row.process else row.process,
                "valid": None if row.verdict is None else asdict(row.verdict),
                "peer": None if row.peer is None else asdict(row.peer),
            }
            for row in rows
        ],
    }
    report.write(arguments.out, f"{name}.json", json.dumps(content, indent=1))
    return path


if __name__ == "__main__":
    sys.exit(main())

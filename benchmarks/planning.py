"""Planning: how long until a story is found that reaches the author's goal?

    python -m benchmarks.planning --problems DIR --instances FILE [--seconds N] [--only INSTANCE]

FILE lists instances: name, problem file, goal utility, and limits on the author's events, on the events
of a motive and on the depth of minds. Times are processor seconds, reading the problem and setting
up the engine included. The exit status is 1 if an instance is not solved.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.conformance import Problem


@dataclass(frozen=True, slots=True)
class Run:
    """One instance run once."""

    instance: str
    verdict: str
    length: int
    worth: float | None
    examined: int
    seconds: float
    events: list[str]


def run(row: dict[str, str], problems: Path, seconds: float) -> Run:
    """Plan one instance with a fresh engine."""
    began = time.process_time()
    problem = Problem(problems / row["problem_file"])
    engine = problem.engine
    found = engine.plan(
        engine.start(),
        worth=float(row["goal_utility"]),
        max_events=int(row["max_events"]),
        max_motive=int(row["max_motive"]),
        max_minds=int(row["max_minds"]),
        seconds=seconds,
    )
    story = found["stories"][0] if found["stories"] else None
    numbers = story["events"] if story else []
    events = [problem.names.event(*engine.event_of(event)) for event in numbers]
    took = time.process_time() - began
    verdict = found["stopped_by"] or found["verdict"]
    worth = story["worth"] if story else None
    return Run(row["instance"], verdict, len(events), worth, found["examined"], took, events)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning")
    parser.add_argument("--problems", required=True, type=Path, help="folder of problem files")
    parser.add_argument("--instances", required=True, type=Path, help="CSV file of instances")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each instance")
    parser.add_argument("--only", action="append", metavar="INSTANCE", help="only this instance")
    parser.add_argument("--json", action="store_true", help="everything, stories too, as JSON")
    arguments = parser.parse_args()
    runs = []
    with arguments.instances.open(newline="") as file:
        for row in csv.DictReader(file):
            if arguments.only and row["instance"] not in arguments.only:
                continue
            one = run(row, arguments.problems, arguments.seconds)
            runs.append(one)
            if not arguments.json:
                print(
                    f"{one.instance:20} {one.verdict:10} {one.length:3} events "
                    f"{one.examined:9} states {one.seconds:8.2f} s",
                    flush=True,
                )
    if arguments.json:
        json.dump([asdict(one) for one in runs], sys.stdout, indent=1)
        print()
    return int(any(one.verdict != "found" for one in runs))


if __name__ == "__main__":
    sys.exit(main())

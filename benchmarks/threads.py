"""One thread against two, on the instances where it matters: how much sooner, and is it the same answer?

    python -m benchmarks.threads --problems DIR [--instances CSV] [--only INSTANCE] [--shuffles N] [--repeat N] [--out DIR]

Times are by the clock, reading and grounding included; of N runs the fastest counts. How long a search takes hangs on the order in
which a problem is declared, so each can be asked in several. The exit status is 1 if an answer differs, or if nothing was found.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sabre import report, solve
from benchmarks.sabre.instances import named, options
from benchmarks.sabre.shuffled import shuffled

HARD = ("aladdin_both", "hospital_both", "basketball_both", "western", "aladdin_any", "fantasy_all")
"""The instances that are asked unless others are."""


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.threads")
    options(parser, f"default: {', '.join(HARD)}")
    parser.add_argument("--threads", type=int, default=2, help="against one (2)")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each run (60)")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="runs of each (1)")
    parser.add_argument("--shortest", action="store_true", help="prove that no story is shorter")
    parser.add_argument(
        "--shuffles", type=int, default=0, metavar="N", help="each in N other orders, too (0)"
    )
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        return measured(parser, arguments, Path(folder))


def measured(parser: argparse.ArgumentParser, arguments: argparse.Namespace, folder: Path) -> int:
    """All instances, measured; the exit status. `folder`: where shuffled problems are written."""
    _, listed = named(parser, arguments, HARD)
    chosen = [
        shuffled(one, number, folder) if number else one
        for one in listed
        for number in range(arguments.shuffles + 1)
    ]
    more = arguments.threads
    lines = [["instance", "1 thread s", f"{more} threads s", "ratio", "CPU ratio", "same answer"]]
    good = True
    clocks: list[tuple[float, float]] = []
    for instance in chosen:
        runs: dict[int, list[solve.Answer]] = {1: [], more: []}
        for _ in range(max(1, arguments.repeat)):
            for threads, answers in runs.items():
                job = solve.job(
                    instance, arguments.seconds, threads=threads, shortest=arguments.shortest
                )
                answers.append(solve.run(job))
        first, second = (min(answers, key=lambda one: one.searched) for answers in runs.values())
        told = {
            (answer.verdict, tuple(map(tuple, answer.stories)), answer.bound, answer.shortest)
            for answers in runs.values()
            for answer in answers
        }
        same = len(told) == 1
        good = good and same and first.verdict == "found"
        clocks.append((first.searched, second.searched))
        clock = [f"{one.searched:.2f}" for one in (first, second)]
        ratios = [ratio(first.searched, second.searched), ratio(first.cpu, second.cpu)]
        lines.append([instance.name, *clock, *ratios, "yes" if same else "NO"])
        print(*lines[-1], flush=True)
    sums = [sum(each) for each in zip(*clocks, strict=True)]
    mean = math.exp(sum(math.log(one / two) for one, two in clocks) / len(clocks))
    lines.append(["all", *[f"{each:.2f}" for each in sums], ratio(*sums), "", ""])
    print()
    print(report.plain(lines))
    print(f"geometric mean of the ratios: {mean:.2f}")
    command = f"python -m benchmarks.threads --problems DIR --repeat {arguments.repeat}"
    command += f" --shuffles {arguments.shuffles}" if arguments.shuffles else ""
    head = [f"# One thread and {more}", f"`{command}`, on {report.machine()}."]
    path = report.write(arguments.out, "threads.md", "\n\n".join([*head, report.markdown(lines)]))
    print(f"written: {path}")
    return int(not good)


def ratio(first: float, second: float) -> str:
    """How many times as long the first took."""
    return f"{first / second:.2f}" if second > 0 else ""


if __name__ == "__main__":
    sys.exit(main())

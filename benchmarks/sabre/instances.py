"""What is measured: a folder of problem files, and beside it a list of instances and what is known of them.

Nothing of it belongs to the project. Beside the folder of problems, or in it, are looked for:

- `instances.csv`: `instance, problem_file, goal_utility, max_events, max_motive, max_minds`, and perhaps `shortest`;
- `solutions/INSTANCE.txt`: a story known to solve it;
- `published_summary.csv`: what the peer's configurations did: `Problem, Planner, Successes, Min Plan Length,
  Avg. Time (ms)`.
"""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judge.plans import Limits
from benchmarks.judge.solutions import NotWritten, read_story

EASY = 15
"""So many instances, those that the peer solves fastest, are the easy ones."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance."""

    name: str
    file: Path
    goal: float
    limits: Limits
    known: int | None
    """Events of the shortest story that is known."""
    best: str | None
    """The peer's configuration that solved it most often, and of those the fastest."""
    published: float | None
    """How long that took, in seconds, on another machine."""


class NoInstances(Exception):
    """There is no such list, or something in it is wrong."""


def options(parser: ArgumentParser, only: str) -> None:
    """The arguments by which instances are named. `only`: what is said of `--only`."""
    parser.add_argument("--problems", required=True, type=Path, metavar="DIR", help="problem files")
    parser.add_argument(
        "--instances", type=Path, metavar="CSV", help="default: beside the problems"
    )
    parser.add_argument("--only", action="append", metavar="INSTANCE", help=only)
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: benchmarks/results/DATE")


def named(
    parser: ArgumentParser, arguments: Namespace, usual: Sequence[str] = ()
) -> tuple[list[Instance], list[Instance]]:
    """All instances, and those asked for: with `--only`, or else the usual ones, or else all. What is wrong with the arguments ends
    the run, as the parser does it."""
    try:
        listed = instances(arguments.problems, arguments.instances)
    except NoInstances as mistake:
        parser.error(str(mistake))
    wanted = arguments.only or usual or [one.name for one in listed]
    chosen = [one for one in listed if one.name in wanted]
    if unknown := set(wanted) - {one.name for one in chosen}:
        parser.error(f"no such instance: {', '.join(sorted(unknown))}")
    return listed, chosen


def instances(problems: Path, table: Path | None = None) -> list[Instance]:
    """All instances, in the order of their list. Raises `NoInstances`."""
    if not problems.is_dir():
        raise NoInstances(f"{problems} is no folder")
    table = table or _beside(problems, "instances.csv")
    if table is None or not table.is_file():
        raise NoInstances(f"no instances.csv in {problems} or beside it: say `--instances FILE`")
    published = _published(_beside(problems, "published_summary.csv"))
    solutions = _beside(problems, "solutions")
    found = []
    with table.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                name = row["instance"]
                limits = Limits(
                    *(int(row[key]) for key in ("max_events", "max_motive", "max_minds"))
                )
                goal = float(row["goal_utility"])
                path = problems / row["problem_file"]
            except (KeyError, TypeError, ValueError) as error:
                raise NoInstances(f"{table}:{number}: not readable: {error!r}") from None
            if not path.is_file():
                raise NoInstances(f"{table}:{number}: there is no {path}")
            planner, milliseconds, length = published.get(name, (None, None, None))
            lengths = [length, _length(solutions, name), int(row.get("shortest") or 0)]
            known = min((one for one in lengths if one), default=None)
            seconds = None if milliseconds is None else milliseconds / 1000
            found.append(Instance(name, path, goal, limits, known, planner, seconds))
    if not found:
        raise NoInstances(f"{table} lists nothing")
    return found


def easy(all_: list[Instance]) -> set[str]:
    """The names of the easy instances."""
    solved = sorted((one.published, one.name) for one in all_ if one.published is not None)
    return {name for _, name in solved[:EASY]}


def _beside(problems: Path, name: str) -> Path | None:
    for folder in (problems, problems.resolve().parent):
        if (folder / name).exists():
            return folder / name
    return None


def _length(solutions: Path | None, name: str) -> int | None:
    if solutions is None or not (solutions / f"{name}.txt").is_file():
        return None
    try:
        return len(read_story((solutions / f"{name}.txt").read_text(encoding="utf-8")))
    except NotWritten as mistake:
        raise NoInstances(f"{solutions / name}.txt: {mistake}") from None


def _published(path: Path | None) -> dict[str, tuple[str, float, int]]:
    """For each instance: the best configuration, its milliseconds, the fewest events of any plan."""
    best: dict[str, tuple[tuple[int, float], str]] = {}
    fewest: dict[str, int] = {}
    if path is None:
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name, successes = row["Problem"], int(row["Successes"])
            if not successes:
                continue
            rank = (-successes, float(row["Avg. Time (ms)"]))
            best[name] = min(best.get(name, (rank, row["Planner"])), (rank, row["Planner"]))
            length = int(row["Min Plan Length"])
            fewest[name] = min(fewest.get(name, length), length)
    return {name: (planner, rank[1], fewest[name]) for name, (rank, planner) in best.items()}

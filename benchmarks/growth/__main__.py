"""How the engine grows with the world.

    python -m benchmarks.growth [--seconds S] [--only THING] [--page docs/growth.md]

Makes worlds that grow in one thing at a time (`benchmarks/growth/worlds.py`), each measured in a process of its own, and
writes a chart for each thing beside the page, and the numbers into the page, between its marks; what the page
says about them is left as it is. Times are processor seconds of one thread.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.growth.plot import Point, chart
from benchmarks.growth.worlds import Size, world
from benchmarks.sabre.report import machine, markdown, today
from benchmarks.sabre.solve import peak_mb

ROOT = Path(__file__).parents[2]
GROWTH: dict[str, tuple[str, Sequence[int]]] = {
    "persons": ("persons", (2, 4, 6, 8, 10, 12, 16)),
    "places": ("places", (2, 4, 8, 12, 16, 24, 32)),
    "minds": ("minds, one in the other", (0, 1, 2, 3, 4)),
    "length": ("events of the story", (2, 4, 6, 8, 10, 12, 16, 20)),
    "errands": ("others who are to get home", (0, 1, 2, 3, 4, 5, 6, 7)),
}
BASE = {
    "persons": Size(minds=1),
    "places": Size(),
    "minds": Size(persons=6),
    "length": Size(),
    "errands": Size(persons=9, minds=1),
}
CURVES = {
    "ground": "to ground",
    "plan": "to find a story",
    "proof": "to prove it shortest",
    "motive": "to find a motive",
    "none": "to refuse a motive",
}
MARKS = ("<!-- measured -->", "<!-- end of measured -->")


@dataclass(frozen=True, slots=True)
class Measured:
    """One world: seconds for each curve, and whether the work was done within its limit."""

    size: dict[str, int]
    examined: int
    """States that were examined for the proof."""
    peak_mb: float
    seconds: dict[str, float]
    done: dict[str, bool]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument(
        "--seconds", type=float, default=5.0, help="by the clock, for each search (5)"
    )
    parser.add_argument("--only", action="append", choices=list(GROWTH), help="only this growth")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "growth.md")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        job = json.loads(arguments.one)
        json.dump(asdict(measure(Size(**job["size"]), job["seconds"])), sys.stdout)
        return 0
    began = time.perf_counter()
    folder = arguments.page.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    command = f"python -m benchmarks.growth --seconds {arguments.seconds:g}"
    parts = [f"Measured on {today()}: `{command}`, {machine()}, one thread."]
    for thing in arguments.only or GROWTH:
        axis, numbers = GROWTH[thing]
        found: list[tuple[int, Measured]] = []
        for number in numbers:
            changed = {thing: number}
            if thing == "length":  # a walk and a take: nobody can be asked for leave
                changed["minds"] = BASE[thing].minds if number > 2 else 0
            size = replace(BASE[thing], **changed)
            one = steady(size, arguments.seconds)
            found.append((number, one))
            told = "  ".join(
                f"{curve} {seconds:.3f}{'' if one.done[curve] else ' stopped'}"
                for curve, seconds in one.seconds.items()
            )
            print(f"{thing} {number:3}: {told}  {one.peak_mb:.0f} MB", flush=True)
        series: dict[str, list[Point]] = {
            name: [(number, one.seconds[curve], one.done[curve]) for number, one in found]
            for curve, name in CURVES.items()
        }
        picture = folder / f"{thing}.svg"
        picture.write_text(chart(f"Seconds over {axis}", axis, series), encoding="utf-8")
        parts += [
            f"### {thing.capitalize()}",
            f"![{thing}]({folder.name}/{thing}.svg)",
            table(thing, found),
        ]
    write(arguments.page, "\n\n".join(parts))
    print(f"{time.perf_counter() - began:.0f} s; written: {arguments.page}")
    return 0


def measure(size: Size, seconds: float) -> Measured:
    """One world, in this process; each search has an engine of its own, so that none knows what another found."""
    from intrigue._engine import Engine
    from intrigue.diagnostics.diagnostic import Source
    from intrigue.sabre import read

    read(Source(Path("world.txt"), "utility(): 0;"))  # imports what is imported on demand
    took: dict[str, float] = {}
    done: dict[str, bool] = {}

    def engine(vain: bool = False) -> tuple[Any, Any]:
        text = world(size, vain=vain)
        problem, names, mistakes = read(Source(Path("world.txt"), text))
        assert not mistakes, mistakes
        return Engine(json.dumps(problem), memory_mb=1000), names

    began = time.process_time()
    at, names = engine()
    at.start()
    took["ground"], done["ground"] = time.process_time() - began, True
    limits = {"max_events": size.events, "max_motive": size.motive, "max_minds": size.depth}
    examined = 0
    for curve, shortest in (("plan", False), ("proof", True)):
        at, names = engine()
        start = at.start()
        began = time.process_time()
        plans = at.plan(start, worth=float(size.goal), **limits, shortest=shortest, seconds=seconds)
        took[curve] = time.process_time() - began
        done[curve] = plans["verdict"] == "found" and (plans["shortest"] or not shortest)
        examined = plans["examined"]
    for curve, verdict in (("motive", "found"), ("none", "none")):
        at, names = engine(vain=verdict == "none")
        walk = names.event_named("walk(P0, L0, L1)")
        assert walk is not None
        hero = names.atoms.index("P0")
        mind, event = at.believed(at.start(), hero), at.event(*walk)
        began = time.process_time()
        motive = at.motive(
            mind,
            hero,
            event,
            max_events=size.motive,
            max_minds=size.depth,
            budget=10**9,
            seconds=seconds,
        )
        took[curve], done[curve] = time.process_time() - began, motive["verdict"] == verdict
    return Measured(asdict(size), examined, peak_mb(), took, done)


def steady(size: Size, seconds: float) -> Measured:
    """One world, three times where that takes next to no time: of each curve the shortest time counts."""
    runs = [apart(size, seconds)]
    while len(runs) < 3 and sum(runs[0].seconds.values()) < 1:
        runs.append(apart(size, seconds))
    fastest = {curve: min(run.seconds[curve] for run in runs) for curve in CURVES}
    done = {curve: all(run.done[curve] for run in runs) for curve in CURVES}
    return replace(runs[0], seconds=fastest, done=done)


def apart(size: Size, seconds: float) -> Measured:
    """One world, in a process of its own."""
    job = json.dumps({"size": asdict(size), "seconds": seconds})
    with tempfile.TemporaryFile("w+") as errors:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.growth", "--one", job],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        if done.returncode != 0:
            errors.seek(0)
            raise SystemExit(f"{size}: {errors.read().strip()}")
    return Measured(**json.loads(done.stdout))


def table(thing: str, found: list[tuple[int, Measured]]) -> str:
    """The numbers of one growth. What was stopped by its limit took at least so long."""
    lines = [[thing, *(f"{name}, s" for name in CURVES.values()), "states for the proof", "MB"]]
    for number, one in found:
        cells = [f"{'' if one.done[curve] else '> '}{one.seconds[curve]:.3f}" for curve in CURVES]
        lines.append([str(number), *cells, str(one.examined), f"{one.peak_mb:.0f}"])
    return markdown(lines)


def write(page: Path, text: str) -> None:
    """Puts the text between the marks of the page; makes the page if there is none."""
    start, end = MARKS
    old = page.read_text(encoding="utf-8") if page.exists() else f"# Growth\n\n{start}\n{end}\n"
    if start not in old or end not in old:
        raise SystemExit(f"{page} lacks the marks {start} and {end}")
    before, _, rest = old.partition(start)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

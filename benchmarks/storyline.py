"""How well the lines of the storyline chart are laid: crossings and bends, beside the order of the cast.

python -m benchmarks.storyline stories/the_killer.story ...
"""

from __future__ import annotations

import argparse
import time
from itertools import pairwise
from pathlib import Path

import intrigue
from intrigue.views.chronicle import chronicle
from intrigue.views.draw.layout import Layout, lay_out, naive


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("story", nargs="+", type=Path)
    rows = []
    for path in parser.parse_args().story:
        told = chronicle(intrigue.load(path).run())
        began = time.process_time()
        ours = lay_out(told)
        seconds = time.process_time() - began
        rows.append((told.title, len(told.events), len(told.persons), naive(told), ours, seconds))
    print("| story | events | persons | crossings, naive | ours | bends, naive | ours | seconds |")
    print("|---|---|---|---|---|---|---|---|")
    for title, events, persons, plain, ours, seconds in rows:
        counts = " | ".join(f"{count(plain)} | {count(ours)}" for count in (crossings, bends))
        print(f"| {title} | {events} | {persons} | {counts} | {seconds:.2f} |")


def crossings(layout: Layout) -> int:
    return layout.crossings()


def bends(layout: Layout) -> int:
    """How far lines shift sideways in all, in lanes."""
    lanes = [[layout.lane(stay) for stay in stays] for stays in layout.stays]
    return sum(abs(a - b) for line in lanes for a, b in pairwise(line))


if __name__ == "__main__":
    main()

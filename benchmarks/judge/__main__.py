"""Judge a story that is written down.

    python -m benchmarks.judge PROBLEM STORY --goal 1 --max-events 7 --max-motive 4 --max-minds 1

STORY has one event a line; below an event may stand the motives of those who will it, as `benchmarks/judge/solutions.py` reads
them, or nothing: then they are looked for. The exit status is 0 if it is valid, 1 if not or not decided, 2 if a file cannot be
read.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.judge.plans import EFFORT, Judge, Limits
from benchmarks.judge.problem import NotSaid, Problem
from benchmarks.judge.solutions import NotWritten, read_story


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.judge",
        description="Is a story of a problem in Sabre's syntax valid?",
        epilog="Example: python -m benchmarks.judge treasure.txt story.txt --goal 1 --max-events 4",
    )
    parser.add_argument("problem", type=Path, help="a problem file")
    parser.add_argument("story", type=Path, help="one event a line")
    parser.add_argument("--goal", type=float, required=True, help="what its end is worth at least")
    parser.add_argument("--max-events", type=int, default=12, help="of the story (12)")
    parser.add_argument("--max-motive", type=int, default=8, help="events of a motive (8)")
    parser.add_argument("--max-minds", type=int, default=4, help="depth of minds (4)")
    parser.add_argument(
        "--effort", type=int, default=EFFORT, help=f"events tried for a motive ({EFFORT})"
    )
    arguments = parser.parse_args()
    limits = Limits(arguments.max_events, arguments.max_motive, arguments.max_minds)
    try:
        problem = Problem(arguments.problem.read_text(encoding="utf-8"), arguments.problem.name)
        story = read_story(arguments.story.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NotSaid, NotWritten) as mistake:
        parser.error(str(mistake))
    verdict = Judge(problem, limits, effort=arguments.effort).story(story, arguments.goal)
    words = {True: "valid", False: "not valid", None: "not decided"}
    print(words[verdict.valid] + (f": {verdict.reason}" if verdict.reason else ""))
    for wrong in verdict.wrong:
        print(f"  {wrong}")
    for given_up in verdict.given_up:
        print(f"  in a part that leaves something out, {given_up}")
    return int(verdict.valid is not True)


if __name__ == "__main__":
    sys.exit(main())

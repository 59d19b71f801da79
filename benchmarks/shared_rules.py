"""Do stories share their rules, or has each made its own? Counts the rules by which several stories are told.

    python -m benchmarks.shared_rules stories/*.story [--json]

A rule is an action, or an outcome of one that nobody meant. A rule by which one story alone is told is an exception: a library in which
every story has rules of its own is no library. The same is counted of what is told: how many of the events are instances of such a rule.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import intrigue


@dataclass(frozen=True, slots=True)
class Shared:
    """`told`: for each rule, by its action's name, how often each story (by title) tells it."""

    told: dict[str, Counter[str]]

    @property
    def alone(self) -> dict[str, str]:
        """The rules told by one story alone, each with that story."""
        return {rule: next(iter(by)) for rule, by in self.told.items() if len(by) == 1}

    @property
    def events(self) -> tuple[int, int]:
        """How many events are told by such rules, of how many."""
        alone = self.alone
        return (
            sum(self.told[rule].total() for rule in alone),
            sum(by.total() for by in self.told.values()),
        )

    def __str__(self) -> str:
        alone = self.alone
        part, whole = self.events
        lines = [
            f"{_share(len(alone), len(self.told))} rules are told by one story alone",
            f"{_share(part, whole)} events are told by such rules",
        ]
        for title in dict.fromkeys(title for by in self.told.values() for title in by):
            own = [
                f"{rule} ({self.told[rule].total()})" for rule, by in alone.items() if by == title
            ]
            rules = sum(title in by for by in self.told.values())
            lines.append(f"{title}: {_share(len(own), rules)}: {', '.join(own) or 'none'}")
        return "\n".join(lines)


def measure(paths: list[Path]) -> Shared:
    """Plays the stories, all their readings. Raises intrigue.StoryError if one cannot be read."""
    told: dict[str, Counter[str]] = {}
    for path in paths:
        story = intrigue.load(path)
        for run in story.runs():
            for step in run.steps:
                told.setdefault(step.action.name, Counter())[story.world.title] += 1
    return Shared(told)


def _share(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0:4.0%}  {part} of {whole}"


def main() -> int:
    """Prints the shares; exit status 0 whatever they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", type=Path, nargs="+", metavar="STORY")
    parser.add_argument("--json", action="store_true", help="how often each story tells each rule")
    options = parser.parse_args()
    shared = measure(options.stories)
    print(json.dumps(shared.told, indent=1, ensure_ascii=False) if options.json else shared)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Several stories: so many different ones for each instance, every one judged.

    python -m benchmarks.several --problems DIR [--instances CSV] [--count 20] [--only INSTANCE] [--out DIR]

The exit status is 1 if there are fewer, if two are the same, or if one is not valid.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.judge.plans import Judge, Verdict
from benchmarks.judge.problem import Problem
from benchmarks.judge.witness import Witnesses
from benchmarks.sabre import report, solve
from benchmarks.sabre.instances import Instance, named, options

FIVE = ("basketball_any", "deerhunter_any", "fantasy_any", "hospital_any", "jailbreak_lose")
"""The instances that are asked unless others are: with many ways to go on, of different lengths."""


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.several")
    options(parser, f"default: {', '.join(FIVE)}")
    parser.add_argument("--count", type=int, default=20, help="stories for each instance (20)")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each instance (60)")
    arguments = parser.parse_args()
    _, chosen = named(parser, arguments, FIVE)
    lines = [["instance", "stories", "different", "valid", "events", "stopped by", "CPU s", "MB"]]
    parts = []
    good = True
    for instance in chosen:
        job = solve.job(instance, arguments.seconds, count=arguments.count)
        answer = solve.run(job)
        verdicts = judged(instance, answer.stories)
        valid = sum(verdict.valid is True for verdict in verdicts)
        different = len({tuple(story) for story in answer.stories})
        good = good and len(answer.stories) == different == valid == arguments.count
        lengths = sorted(len(story) for story in answer.stories)
        span = f"{lengths[0]} to {lengths[-1]}" if lengths else answer.verdict
        cells = [
            str(len(answer.stories)),
            str(different),
            str(valid),
            span,
            answer.stopped_by or "",
        ]
        lines.append([instance.name, *cells, f"{answer.cpu:.2f}", f"{answer.peak_mb:.0f}"])
        print(*lines[-1], flush=True)
        for story, verdict in zip(answer.stories, verdicts, strict=True):
            if not verdict.valid or verdict.wrong:
                print(f"  {'; '.join(story)}: {verdict.reason or '; '.join(verdict.wrong)}")
        parts.append(f"## {instance.name}")
        parts.append("\n".join(f"1. {' · '.join(story)}" for story in answer.stories))
    print()
    print(report.plain(lines))
    command = f"python -m benchmarks.several --problems DIR --count {arguments.count}"
    head = [f"# {arguments.count} stories each", f"`{command}`, on {report.machine()}."]
    path = report.write(
        arguments.out, "several.md", "\n\n".join([*head, report.markdown(lines), *parts])
    )
    print(f"written: {path}")
    return int(not good)


def judged(instance: Instance, stories: list[list[str]]) -> list[Verdict]:
    """The judge's verdict on each."""
    witnesses = Witnesses(instance.file, instance.limits)
    problem = Problem(instance.file.read_text(encoding="utf-8"), instance.file.name)
    judge = Judge(problem, instance.limits)
    return [judge.story(witnesses.of(story), instance.goal) for story in stories]


if __name__ == "__main__":
    sys.exit(main())

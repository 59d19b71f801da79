"""How much each part of a story carries: leave it out, swap it, take it away, and see whether `check` objects.

    python -m benchmarks.loadbearing stories/the_killer.story [--json]

Three mutilations, each checked against the clean story:
- *events*: every told event is left out, one at a time;
- *scenes*: every two neighbouring scenes change places;
- *wants*: each person who acts by will loses everything that this person wants.
A mutilated story is *objected to* if it has an error or warning that the clean story does not have. Failed expectations are the
author's own tests and are counted apart; so an `allow` that no longer accepts anything does not count at all.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import intrigue
from intrigue.diagnostics.catalogue import severity
from intrigue.diagnostics.diagnostic import Diagnostic, Severity
from intrigue.language import tree
from intrigue.story.story import Story
from intrigue.world.model import World

EXPECTATIONS = {"failed-expectation", "undecided-expectation"}
IGNORED = {"unused-allow"}
MOTIVES = {"unmotivated-event", "uninformed-act", "false-motive"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutilated world and what was done to it."""

    kind: str
    name: str
    world: World


def without_events(world: World) -> Iterator[Mutant]:
    """Every told event left out once, with what hangs under its sentence."""
    for i, scene in enumerate(world.telling):
        for j, line in enumerate(scene.lines):
            if isinstance(line, tree.Told):
                shorter = replace(scene, lines=scene.lines[:j] + scene.lines[j + 1 :])
                telling = (*world.telling[:i], shorter, *world.telling[i + 1 :])
                yield Mutant("events", line.sentence.text, replace(world, telling=telling))


def swapped_scenes(world: World) -> Iterator[Mutant]:
    """Every two neighbouring scenes in the other order."""
    scenes = world.telling
    for i in range(len(scenes) - 1):
        telling = (*scenes[:i], scenes[i + 1], scenes[i], *scenes[i + 2 :])
        yield Mutant(
            "scenes",
            f"{scenes[i].title} <-> {scenes[i + 1].title}",
            replace(world, telling=telling),
        )


def without_wants(world: World, persons: list[int]) -> Iterator[Mutant]:
    """Each person without wants and shares of the own."""
    for person in persons:
        problem: dict[str, Any] = copy.deepcopy(dict(world.problem))
        someone_else = {"const": {"atom": person}}
        for table in ("wants", "shares"):
            for want in problem[table]:
                other = {"ne": [want["who"], someone_else]}
                during = want.get("during")
                want["during"] = other if during is None else {"and": [other, during]}
        yield Mutant("wants", world.atoms[person].name, replace(world, problem=problem))


def objections(world: World) -> list[Diagnostic]:
    """Errors and warnings of the story that nothing allows."""
    report = Story(world).check()
    return [
        found
        for found in report.diagnostics
        if found.allowed is None
        and found.code not in IGNORED
        and severity(found.code) is not Severity.ADVICE
    ]


def measure(story: Story) -> dict[str, list[dict[str, Any]]]:
    """Every mutant with the codes of the findings that are new."""
    clean = _codes(objections(story.world))
    acting = sorted({v.person for v in story.check().verdicts})
    rows: dict[str, list[dict[str, Any]]] = {"events": [], "scenes": [], "wants": []}
    mutants = [
        *without_events(story.world),
        *swapped_scenes(story.world),
        *without_wants(story.world, acting),
    ]
    for count, mutant in enumerate(mutants, 1):
        if sys.stderr.isatty():
            print(f"\r{count} of {len(mutants)}", end="", file=sys.stderr)
        found = _codes(objections(mutant.world))
        new = {code: n - clean.get(code, 0) for code, n in found.items() if n > clean.get(code, 0)}
        rows[mutant.kind].append({"name": mutant.name, "new": new})
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    return rows


def _codes(found: list[Diagnostic]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for diagnostic in found:
        counts[diagnostic.code] = counts.get(diagnostic.code, 0) + 1
    return counts


def main() -> int:
    """Prints the table; exit status 0 whatever the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("story")
    parser.add_argument("--json", action="store_true", help="all mutants with what was found")
    options = parser.parse_args()
    rows = measure(intrigue.load(options.story))
    if options.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    for kind, mutants in rows.items():
        plot = [m for m in mutants if _objected(kind, m["new"])]
        any_new = [m for m in mutants if m["new"]]
        print(
            f"{kind:7} {len(mutants):3} mutants: {_share(plot, mutants)} objected to, "
            f"{_share(any_new, mutants)} with failed expectations"
        )
        for mutant in mutants:
            if mutant not in plot:
                print(
                    f"          passes: {mutant['name']}"
                    + (" (expectation fails)" if mutant["new"] else "")
                )
    return 0


def _objected(kind: str, new: dict[str, int]) -> bool:
    """Without somebody's wants, an event must lose its motive; otherwise anything but an expectation counts."""
    return bool(set(new) & MOTIVES if kind == "wants" else set(new) - EXPECTATIONS)


def _share(part: list[Any], whole: list[Any]) -> str:
    return f"{len(part) / len(whole):.0%}" if whole else "none"


if __name__ == "__main__":
    sys.exit(main())

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
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import intrigue
from intrigue.diagnostics.catalogue import severity
from intrigue.diagnostics.diagnostic import Diagnostic, Severity
from intrigue.language import tree
from intrigue.story.story import Story

EXPECTATIONS = {"failed-expectation", "undecided-expectation"}
IGNORED = {"unused-allow"}
RUN = 8
MOTIVES = {"unmotivated-event", "uninformed-act", "false-motive"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutilated story and what was done to it."""

    kind: str
    name: str
    story: Story


def without_events(story: Story) -> Iterator[Mutant]:
    """Every told event left out once, with what hangs under its sentence."""
    telling = story.world.telling
    for i, scene in enumerate(telling):
        for j, line in enumerate(scene.lines):
            if isinstance(line, tree.Told):
                shorter = replace(scene, lines=scene.lines[:j] + scene.lines[j + 1 :])
                retold = story.retold((*telling[:i], shorter, *telling[i + 1 :]))
                yield Mutant("events", line.sentence.text, retold)


def swapped_scenes(story: Story) -> Iterator[Mutant]:
    """Every two neighbouring scenes in the other order."""
    scenes = story.world.telling
    for i in range(len(scenes) - 1):
        retold = story.retold((*scenes[:i], scenes[i + 1], scenes[i], *scenes[i + 2 :]))
        yield Mutant("scenes", f"{scenes[i].title} <-> {scenes[i + 1].title}", retold)


def without_wants(story: Story) -> Iterator[Mutant]:
    """Each person who acts by will, without wants and shares of the own."""
    world = story.world
    for person in sorted({verdict.person for verdict in story.check().verdicts}):
        problem: dict[str, Any] = copy.deepcopy(dict(world.problem))
        someone_else = {"const": {"atom": person}}
        for table in ("wants", "shares"):
            for want in problem[table]:
                other = {"ne": [want["who"], someone_else]}
                during = want.get("during")
                want["during"] = other if during is None else {"and": [other, during]}
        yield Mutant("wants", world.atoms[person].name, Story(replace(world, problem=problem)))


MUTATIONS = (without_events, swapped_scenes, without_wants)


def objections(story: Story) -> dict[str, int]:
    """Errors and warnings of the story that nothing allows, counted by code."""
    return _codes(
        found
        for found in story.check().diagnostics
        if found.allowed is None
        and found.code not in IGNORED
        and severity(found.code) is not Severity.ADVICE
    )


def measure(path: str) -> dict[str, list[dict[str, Any]]]:
    """Every mutant with the codes of the findings that are new; a share of them on each processor."""
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts) as pool:
        shares = list(pool.map(_share_of, [(path, part, parts) for part in range(parts)]))
    rows: dict[str, list[dict[str, Any]]] = {"events": [], "scenes": [], "wants": []}
    for _, kind, row in sorted(chain.from_iterable(shares), key=lambda found: found[0]):
        rows[kind].append(row)
    return rows


def _share_of(job: tuple[str, int, int]) -> list[tuple[int, str, dict[str, Any]]]:
    """Every `parts`-th run of neighbouring mutants. They share an engine, renewed now and then to bound memory."""
    path, part, parts = job
    story = intrigue.load(path)
    clean = objections(story)
    result = []
    for number in range(sum(1 for mutation in MUTATIONS for _ in mutation(story))):
        if number // RUN % parts != part:
            continue
        if number % RUN == 0:
            story = intrigue.load(path)
            mutants = [mutant for mutation in MUTATIONS for mutant in mutation(story)]
        mutant = mutants[number]
        found = objections(mutant.story)
        new = {code: n - clean.get(code, 0) for code, n in found.items() if n > clean.get(code, 0)}
        result.append((number, mutant.kind, {"name": mutant.name, "new": new}))
        print(".", end="", file=sys.stderr, flush=True)
    return result


def _codes(found: Iterable[Diagnostic]) -> dict[str, int]:
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
    rows = measure(options.story)
    print(file=sys.stderr)
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

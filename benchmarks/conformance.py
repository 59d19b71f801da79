"""Conformance: do states, beliefs, motives and stories agree with recorded answers of the peer?

    python -m benchmarks.conformance DIR... --problems DIR [--json] [--only PROBLEM]

Each DIR holds recorded answers: walks (`*.walks.jsonl.gz`), motives (`*.explained.*.jsonl.gz`), all
stories within limits (`*.solutions.jsonl`) and within an alphabet of actions (`*.alphabet.jsonl`).
Steps that were recorded as doubtful, and everything after them in the same walk, are not compared,
nor are sets of stories that contradict themselves by containing events outside of their own
alphabet. What is not compared is counted by its reason. The exit status is 1 if anything differs or cannot
be read, 2 if there is nothing to compare.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intrigue._engine import Engine, EventError, TriggerLoopError
from intrigue.diagnostics.diagnostic import Source
from intrigue.sabre import read

KINDS = ("walks", "explained", "solutions", "alphabet")
DOUBTS = ("trigger_order_matters", "epistemic_fluent_differs", "graph_differs")
AUTHOR = ""
MEMORY_MB = 2000
"""Memory that each problem may use."""
PATIENCE = 5.0
"""Seconds for a set of stories that was not recorded to the end."""
SHOWN = 20
"""How many differences of one problem are printed."""

Answer = bool | float | str | None
"""A recorded value: null is the peer's unknown."""


@dataclass(slots=True)
class Tally:
    """What was compared of one kind in one problem, and what differed."""

    compared: int = 0
    differing: int = 0
    skips: Counter[str] = field(default_factory=Counter)
    """How much was not compared, by the reason."""
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """How much was not compared."""
        return self.skips.total()

    def check(self, same: bool, difference: str) -> None:
        """Count one comparison."""
        self.compared += 1
        if not same:
            self.differing += 1
            self.differences.append(difference)


class Unreadable(Exception):
    """A recording that is none, or a problem file that is missing or wrong."""


class Problem:
    """One problem file in the engine, addressed by the ground names of the recordings."""

    def __init__(self, path: Path) -> None:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{path}: {error}") from None
        problem, self.names, diagnostics = read(Source(path, text))
        if diagnostics:
            first = diagnostics[0].code
            raise Unreadable(f"{path}: {len(diagnostics)} mistakes, the first: {first}")
        self.problem = problem
        self.persons = {self.names.atoms[atom]: atom for atom in problem["persons"]}
        self.engine = Engine(json.dumps(problem), memory_mb=MEMORY_MB)
        self.fluents = {}
        for fluent in range(self.engine.fluent_count()):
            fact, args = self.engine.fluent_of(fluent)
            self.fluents[self.names.fluent(fact, args)] = fluent
        self.events: dict[str, int | None] = {}

    def values(self, state: int) -> list[Answer]:
        """All values of a state, by fluent."""
        atoms = self.names.atoms
        answers: list[Answer] = []
        for value in self.engine.values(state):
            if isinstance(value, tuple):
                answers.append(atoms[value[1]])
            else:
                answers.append(None if value == "unknown" else value)
        return answers

    def executable(self, state: int) -> set[str]:
        """The ground names of all actions that are possible in the state."""
        return {
            self.names.event(*self.engine.event_of(event))
            for action, lifted in enumerate(self.problem["actions"])
            for event in self.engine.candidates(state, action, [None] * len(lifted["params"]))
        }

    def event(self, name: str) -> int | None:
        """The event with that ground name, if there is one."""
        if name not in self.events:
            found = self.names.event_named(name)
            self.events[name] = None if found is None else self.engine.event(*found)
        return self.events[name]


def compare_walks(problem: Problem, lines: Iterator[dict[str, Any]], tally: Tally) -> None:
    """States, beliefs of two depths, utilities and executable actions, step by step."""
    header = next(lines)
    fluents = [problem.fluents.get(name) for name in header["fluents"]]
    unknown = [name for name, one in zip(header["fluents"], fluents, strict=True) if one is None]
    tally.check(not unknown, f"no such fluents: {unknown}")
    if unknown:
        return
    for walk in lines:
        state = problem.engine.start()
        for number, step in enumerate(walk["steps"]):
            at = f"{walk['problem']} walk {walk['seed']} step {number} {step['action'] or 'start'}"
            if step["action"] is not None:
                event = problem.event(step["action"])
                if event is None or not problem.engine.possible(state, event):
                    tally.check(False, f"{at}: not possible")
                    break
                try:
                    state = problem.engine.after(state, event)
                except (EventError, TriggerLoopError) as error:
                    tally.check(False, f"{at}: {error}")
                    break
            doubt = next((doubt for doubt in DOUBTS if step.get(doubt)), None)
            if doubt is not None:
                tally.skips[f"from a step on that was recorded as {doubt}"] += (
                    len(walk["steps"]) - number
                )
                break
            differences = list(step_differences(problem, header, fluents, state, step))
            tally.check(not differences, f"{at}: {'; '.join(differences[:4])}")
            if differences:
                break


def step_differences(
    problem: Problem,
    header: dict[str, Any],
    fluents: list[int | None],
    state: int,
    step: dict[str, Any],
) -> Iterator[str]:
    """What of one recorded step is not so."""

    def values(of: int) -> list[Answer]:
        all_values = problem.values(of)
        return [all_values[fluent] for fluent in fluents if fluent is not None]

    def differing(who: str, got: list[Answer], wanted: list[Answer]) -> Iterator[str]:
        for name, here, there in zip(header["fluents"], got, wanted, strict=True):
            if here != there:
                yield f"{who}{name} is {here}, recorded {there}"

    def changed(base: list[Answer], changes: dict[str, Answer]) -> list[Answer]:
        return [changes.get(str(index), value) for index, value in enumerate(base)]

    yield from differing("", values(state), step["true"])
    for who, changes in step["b1"].items():
        mind = problem.engine.believed(state, problem.persons[who])
        held = changed(step["true"], changes)
        yield from differing(f"{who}: ", values(mind), held)
        for other in header["characters"]:
            inner = problem.engine.believed(mind, problem.persons[other])
            nested = changed(held, step["b2"][f"{who}>{other}"])
            yield from differing(f"{who}>{other}: ", values(inner), nested)
    for who, utility in step["u"].items():
        person = None if who == AUTHOR else problem.persons[who]
        got = problem.engine.utility(state, person) or 0
        if got != (utility or 0):
            yield f"utility({who}) is {got}, recorded {utility}"
    for who, utility in step["ub"].items():
        person = problem.persons[who]
        got = problem.engine.utility(problem.engine.believed(state, person), person) or 0
        if got != (utility or 0):
            yield f"utility({who}) in {who}'s mind is {got}, recorded {utility}"
    possible = problem.executable(state)
    recorded = {header["actions"][index] for index in step["exec"]}
    if possible != recorded:
        yield (
            f"executable here only: {sorted(possible - recorded)}, "
            f"recorded only: {sorted(recorded - possible)}"
        )


def compare_motives(problem: Problem, lines: Iterator[dict[str, Any]], tally: Tally) -> None:
    """For each consenting person of each possible action: is there a motive?"""
    header = next(lines)
    engine = problem.engine
    for recorded in lines:
        state = engine.start()
        at = f"{recorded['problem']} {recorded['seed']} ctl {recorded['ctl']} el {recorded['el']}"
        for name in recorded["path"]:
            event = problem.event(name)
            if event is None or not engine.possible(state, event):
                tally.check(False, f"{at}: {name} of the path is not possible")
                break
            state = engine.after(state, event)
        for action in recorded["actions"]:
            name = header["actions"][action["a"]]
            event = problem.event(name)
            for who, wanted in action["by"].items():
                if wanted == "unknown":
                    tally.skips["motive that the peer did not look for"] += 1
                    continue
                if not recorded["complete"]:
                    tally.skips["motive in a search that came to no end"] += 1
                    continue
                got = "impossible"
                person = problem.persons[who]
                mind = engine.believed(state, person)
                if event is not None and engine.possible(mind, event):
                    limits = {"max_events": recorded["ctl"], "max_minds": recorded["el"]}
                    motive = engine.motive(mind, person, event, budget=10**9, **limits)
                    answers = {"found": "yes", "none": "no", "undecided": "undecided"}
                    got = answers[motive["verdict"]]
                tally.check(got == wanted, f"{at}: {name} by {who}: {got}, recorded {wanted}")


def stories(
    problem: Problem,
    limits: dict[str, Any],
    alphabet: list[str] | None = None,
    seconds: float | None = None,
) -> set[tuple[str, ...]] | None:
    """All stories of the author within the limits, as ground names; None if time is up before."""
    engine = problem.engine
    allowed = None
    if alphabet is not None:
        events = (problem.event(name) for name in alphabet)
        allowed = [event for event in events if event is not None]
    found = engine.solutions(
        limits["atl"],
        max_motive=limits["ctl"],
        max_minds=limits["el"],
        alphabet=allowed,
        seconds=seconds,
    )
    if found is None:
        return None
    return {tuple(problem.names.event(*engine.event_of(event)) for event in plan) for plan in found}


def accepted(recorded: list[dict[str, Any]]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """The recorded plans that explanation-first search accepts, and those that only another
    does."""
    plans = {tuple(one["plan"]): "ef_ep" in one["accepted_by"] for one in recorded}
    return {plan for plan, yes in plans.items() if yes}, {p for p, yes in plans.items() if not yes}


def compare_solutions(problem: Problem, lines: Iterator[dict[str, Any]], tally: Tally) -> None:
    """The set of all stories within limits. One folder may hold a part of it only: `count_ef` is
    whole."""
    header = next(lines)
    listed, refused = accepted(list(lines))
    if not header["exhausted"]["ef_ep"]:
        tally.skips["set of stories that was not recorded to its end"] += 1
        return
    got = stories(problem, header) or set()
    limits = f"atl {header['atl']} ctl {header['ctl']} el {header['el']}"
    same = listed <= got and not refused & got and len(got) == header["count_ef"]
    tally.check(
        same,
        f"{header['problem']} {limits}: {len(got)} stories, recorded {header['count_ef']}; "
        f"recorded only: {sorted(listed - got)[:3]}, here only: {sorted(refused & got)[:3]}",
    )


def compare_alphabets(problem: Problem, lines: Iterator[dict[str, Any]], tally: Tally) -> None:
    """The set of all stories in which everybody may only think of some actions.

    Of a recording that came to no end, only that its stories are among ours is asked, for a while.
    """
    header = next(lines)
    for case in lines:
        wanted, _ = accepted(case["solutions"])
        whole = case["exhausted"]["ef_ep"]
        got = stories(problem, header, case["alphabet"], None if whole else PATIENCE)
        told = {event for plan in wanted for event in plan}
        if not told <= set(case["alphabet"]):
            tally.skips["set of stories with events outside of its own alphabet"] += 1
            continue
        if got is None:
            told_why = f"set recorded in part only, not searched to its end in {PATIENCE:g} s"
            tally.skips[told_why] += 1
            continue
        tally.check(
            wanted == got if whole else wanted <= got,
            f"{header['benchmark']} alphabet {case['seed']}: recorded only: "
            f"{sorted(wanted - got)[:3]}, here only: {sorted(got - wanted)[:3] if whole else ''}",
        )


COMPARE = dict(
    zip(KINDS, (compare_walks, compare_motives, compare_solutions, compare_alphabets), strict=True)
)


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded file. `trouble`: why it cannot be read."""

    path: Path
    problem: str
    kind: str
    trouble: str | None = None


def recordings(folders: list[Path]) -> Iterator[Recording]:
    """All recorded files, in order of their names. What belongs to a file that cannot be read is told by its name."""
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if not path.name.endswith((".jsonl", ".jsonl.gz")):
                continue
            parts = path.name.split(".")
            problem, kind = parts[0], next((part for part in parts if part in KINDS), KINDS[0])
            try:
                header = next(lines_of(path))
                problem, kind = str(header["problem"]), header["vectors"]
                trouble = None if kind in KINDS else f"{path.name}: unknown kind `{kind}`"
            except StopIteration:
                trouble = f"{path.name}: empty"
            except (Unreadable, KeyError, TypeError) as error:
                trouble = f"{path.name}: no header: {error}"
            yield Recording(path, problem, kind if kind in KINDS else KINDS[0], trouble)


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a recorded file. Raises `Unreadable`."""
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{path.name}: {error}") from None
    for number, line in enumerate(content.splitlines(), 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise Unreadable(f"{path.name}:{number}: {error}") from None


def run(arguments: argparse.Namespace) -> dict[str, dict[str, Tally]]:
    """Compare everything: problem, kind of recording, tally."""
    tallies: dict[str, dict[str, Tally]] = defaultdict(dict)
    by_problem: dict[str, list[Recording]] = defaultdict(list)
    for recording in recordings(arguments.folders):
        if recording.kind in arguments.kinds:
            by_problem[recording.problem].append(recording)
    for name, recorded in sorted(by_problem.items()):
        if arguments.only and name not in arguments.only:
            continue
        problem: Problem | None = None
        for one in sorted(recorded, key=lambda one: (KINDS.index(one.kind), one.path)):
            tally = tallies[name].setdefault(one.kind, Tally())
            began = time.perf_counter()
            try:
                if one.trouble is not None:
                    raise Unreadable(one.trouble)
                problem = problem or Problem(arguments.problems / f"{name}.txt")
                COMPARE[one.kind](problem, lines_of(one.path), tally)
            except Unreadable as error:
                tally.check(False, str(error))
            except (EventError, TriggerLoopError) as error:
                tally.check(False, f"{one.path.name}: {error}")
            except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
                tally.check(False, f"{one.path.name}: not recorded as expected: {error!r}")
            tally.seconds += time.perf_counter() - began
    return tallies


def table(tallies: dict[str, dict[str, Tally]], kinds: list[str]) -> str:
    """One row for each problem: of each kind, what was compared and what differs."""
    heads = ["problem", *(f"{kind}: compared differ skipped seconds" for kind in kinds)]
    rows = [heads]
    total = {kind: Tally() for kind in kinds}
    for name, by_kind in tallies.items():
        row = [name]
        for kind in kinds:
            tally = by_kind.get(kind, Tally())
            row.append(cells(tally))
            total[kind].compared += tally.compared
            total[kind].differing += tally.differing
            total[kind].skips += tally.skips
            total[kind].seconds += tally.seconds
        rows.append(row)
    rows.append(["all", *(cells(total[kind]) for kind in kinds)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def cells(tally: Tally) -> str:
    """One cell of the table."""
    return f"{tally.compared:6} {tally.differing:6} {tally.skipped:6} {tally.seconds:8.1f}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conformance")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="recorded answers")
    parser.add_argument("--problems", required=True, type=Path, help="folder of problem files")
    parser.add_argument("--only", action="append", metavar="PROBLEM", help="only this problem")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    arguments = parser.parse_args()
    for folder in (*arguments.folders, arguments.problems):
        if not folder.is_dir():
            parser.error(f"{folder} is no folder")
    tallies = run(arguments)
    if not any(tally.compared for by_kind in tallies.values() for tally in by_kind.values()):
        print("nothing to compare: no recordings of these problems and kinds", file=sys.stderr)
        return 2
    if arguments.json:
        json.dump(
            {
                name: {
                    kind: {
                        "compared": tally.compared,
                        "differing": tally.differing,
                        "skipped": dict(tally.skips),
                        "seconds": round(tally.seconds, 3),
                        "differences": tally.differences,
                    }
                    for kind, tally in by_kind.items()
                }
                for name, by_kind in tallies.items()
            },
            sys.stdout,
            indent=1,
        )
        print()
    else:
        for by_kind in tallies.values():
            for tally in by_kind.values():
                for difference in tally.differences[:SHOWN]:
                    print(difference)
                if len(tally.differences) > SHOWN:
                    print(f"... and {len(tally.differences) - SHOWN} more")
        print(table(tallies, arguments.kinds))
        skips: Counter[str] = Counter()
        for by_kind in tallies.values():
            for tally in by_kind.values():
                skips += tally.skips
        for reason, count in skips.most_common():
            print(f"skipped {count}: {reason}")
    return int(any(t.differing for by_kind in tallies.values() for t in by_kind.values()))


if __name__ == "__main__":
    sys.exit(main())

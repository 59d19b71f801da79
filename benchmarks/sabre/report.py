"""The table of a run, the bars it is held to, and the page that is kept."""

from __future__ import annotations

import datetime
import math
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judge.plans import Verdict
from benchmarks.sabre.instances import Instance
from benchmarks.sabre.peer import PeerRun
from benchmarks.sabre.solve import Answer

RESULTS = Path(__file__).parents[1] / "results"
"""Pages are kept here, a folder a day."""
LONGER = 2
"""A story may have so many more events than the shortest that is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One instance and what came of it."""

    instance: Instance
    answer: Answer
    verdict: Verdict | None
    process: tuple[float, float] | None
    """How long `intrigue plan` took, from the start of its process to its end: by the clock, and of processor time."""
    peer: PeerRun | None

    @property
    def solved(self) -> bool:
        """Something was found and is valid."""
        return self.verdict is not None and self.verdict.valid is True

    @property
    def events(self) -> int | None:
        """How many events the story has."""
        return len(self.answer.stories[0]) if self.answer.stories else None

    @property
    def judged(self) -> str:
        """What the judge says, in a word or two."""
        if self.verdict is None:
            return ""
        if self.verdict.valid is None:
            return "not decided"
        if not self.verdict.valid:
            return "NOT VALID"
        return "valid, wrong motive shown" if self.verdict.wrong else "valid"


@dataclass(frozen=True, slots=True)
class Bar:
    """Something a run is held to. `kept` is None where the run does not tell."""

    text: str
    kept: bool | None
    measured: str


def bars(rows: Sequence[Row], easy: set[str], listed: set[str], *, shortest: bool) -> list[Bar]:
    """What this run keeps of what is asked of all the listed instances. Where some are missing, what needs them is not told."""
    by_name = {row.instance.name: row for row in rows}
    whole = len(by_name) == len(listed)

    def most(
        text: str, limit: float, names: set[str], value: Callable[[Row], float], unit: str
    ) -> Bar:
        there = [row for name, row in by_name.items() if name in names]
        if not there:
            return Bar(text, None, "not measured")
        worst = max(there, key=value)
        good = value(worst) <= limit and (unit == "MB" or all(row.solved for row in there))
        told = None if good and len(there) < len(names) else good
        return Bar(text, told, f"{value(worst):.2f} {unit} ({worst.instance.name})")

    if shortest:
        proved = sum(row.solved and row.answer.shortest for row in rows)
        needed = len(listed) - 2
        text = f"the shortest story proved for at least {needed} of {len(listed)}"
        return [Bar(text, proved >= needed if whole else None, f"{proved} of {len(rows)}")]
    total = sum(row.answer.cpu for row in rows)
    longer = [
        row
        for row in rows
        if row.instance.known is not None
        and (row.events is None or row.events > row.instance.known + LONGER)
    ]
    hospital = by_name.get("hospital_both")
    solved = sum(row.solved for row in rows)
    return [
        Bar("all solved, and judged valid", solved == len(rows), f"{solved} of {len(rows)}"),
        Bar(
            "search of all together at most 5 s of CPU",
            False if total > 5 else True if whole else None,
            f"{total:.2f} s",
        ),
        most("aladdin_both at most 4 s", 4, {"aladdin_both"}, lambda row: row.answer.cpu, "s"),
        most(
            "every other at most 0.7 s",
            0.7,
            listed - {"aladdin_both"},
            lambda row: row.answer.cpu,
            "s",
        ),
        most("memory under 500 MB", 500, listed, lambda row: row.answer.peak_mb, "MB"),
        Bar(
            f"no story longer than the shortest known + {LONGER}",
            not longer,
            ", ".join(row.instance.name for row in longer) or "none is",
        ),
        Bar(
            "hospital_both in 10 events",
            None if hospital is None else hospital.solved and hospital.events == 10,
            "not measured" if hospital is None else str(hospital.events or "not solved"),
        ),
        most(
            f"`intrigue plan`, the whole process, at most 0.25 s for the {len(easy)} easy ones",
            0.25,
            easy,
            lambda row: math.inf if row.process is None else row.process[0],
            "s",
        ),
    ]


def table(rows: Sequence[Row], *, shortest: bool, peer: bool) -> list[list[str]]:
    """The run as rows of cells: heads, instances, sums."""
    heads = [
        "instance",
        "events",
        "known",
        "search CPU s",
        "process s",
        "its CPU s",
        "MB",
        "states",
        "judged",
    ]
    heads += ["proved shortest"] if shortest else []
    heads += (
        ["peer", "peer search s", "peer process s", "ratio of search", "of process"] if peer else []
    )
    lines = [heads]
    for row in rows:
        answer = row.answer
        found = str(row.events) if row.events is not None else answer.verdict
        line = [row.instance.name, found, str(row.instance.known or "")]
        process = ["", ""] if row.process is None else [f"{one:.2f}" for one in row.process]
        line += [f"{answer.cpu:.3f}", *process, f"{answer.peak_mb:.0f}"]
        line += [str(answer.examined), row.judged]
        if shortest:
            line.append("yes" if answer.shortest else f"at least {answer.bound}")
        if peer:
            line += _against(row)
        lines.append(line)
    total = ["all", "", "", f"{sum(row.answer.cpu for row in rows):.3f}"]
    processes = [row.process for row in rows if row.process is not None]
    total += [f"{sum(each):.2f}" for each in zip(*processes, strict=True)] or ["", ""]
    total += [f"{max((row.answer.peak_mb for row in rows), default=0):.0f}"]
    total += [str(sum(row.answer.examined for row in rows))]
    total += [f"{sum(row.solved for row in rows)} of {len(rows)}"]
    if shortest:
        total.append(f"{sum(row.answer.shortest for row in rows)} of {len(rows)}")
    if peer:
        runs = [row.peer for row in rows if row.peer is not None]
        known = sum(run.search or 0 for run in runs)
        total += ["", f"{known:.2f}", f"{sum(run.wall for run in runs):.2f}", "", ""]
    lines.append(total)
    return lines


def _against(row: Row) -> list[str]:
    """The peer beside this row. Where it was stopped it would have taken longer still."""
    run = row.peer
    if run is None:
        return ["", "", "", "", ""]
    more = "" if run.solved else "> "
    search = run.search if run.search is not None else run.wall
    cells = [run.configuration, f"{more}{search:.2f}", f"{more}{run.wall:.2f}"]
    for theirs, ours in (
        (search, row.answer.cpu),
        (run.wall, row.process[0] if row.process else 0),
    ):
        cells.append(f"{more}{theirs / ours:.1f}" if row.solved and ours > 0 else "")
    return cells


def plain(lines: Sequence[Sequence[str]]) -> str:
    """A table for a terminal."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """A table for a page."""
    rule = ["---", *["---:"] * (len(lines[0]) - 1)]
    return "\n".join("| " + " | ".join(line) + " |" for line in (lines[0], rule, *lines[1:]))


def told(bar: Bar) -> str:
    """A bar in a line."""
    word = {True: "kept", False: "MISSED", None: "not told"}[bar.kept]
    return f"{word}: {bar.text} ({bar.measured})"


def remarks(rows: Sequence[Row]) -> list[str]:
    """What the judge or a failed process has to say."""
    said = []
    for row in rows:
        if row.answer.stopped_by and not row.answer.stories:
            said.append(f"{row.instance.name}: {row.answer.verdict}, {row.answer.stopped_by}")
        if row.verdict is not None:
            reasons = [row.verdict.reason] if row.verdict.reason else []
            said += [f"{row.instance.name}: {one}" for one in (*reasons, *row.verdict.wrong)]
            if row.verdict.given_up:
                count = len(row.verdict.given_up)
                said.append(
                    f"{row.instance.name}: {count} motives in parts that leave something out were not looked for to the end"
                )
    return said


def page(command: str, rows: list[Row], held: list[Bar], lines: list[list[str]]) -> str:
    """The page that is kept."""
    parts = [f"# The peer's problems, {today()}", f"`{command}`, on {machine()}.", markdown(lines)]
    parts.append("\n".join(f"- {told(bar)}" for bar in held))
    if said := remarks(rows):
        parts.append("\n".join(f"- {one}" for one in said))
    parts += [
        f"## {row.instance.name}\n\n" + "\n".join(f"    {event}" for event in row.answer.stories[0])
        for row in rows
        if row.answer.stories
    ]
    return "\n\n".join(parts) + "\n"


def write(folder: Path | None, name: str, text: str) -> Path:
    """Writes a page into the folder, or that of today; where it is."""
    folder = folder or RESULTS / today()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")
    return path


def today() -> str:
    """The date."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def machine() -> str:
    """The processor and the Python that measured."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{model}, Python {platform.python_version()}"

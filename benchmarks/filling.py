"""How much of a film can be left out: every so many events are kept as beats, `...` stands for the rest, and `fill` tells a story again.

    python -m benchmarks.filling stories/the_killer.story
    python -m benchmarks.filling stories/*.story --every 2 --seconds 120 --expect all --write
    python -m benchmarks.filling stories/*.story --alone

What is expected after an event that is left out goes with it, or with `--expect all` stays and must hold.

With `--alone` each gap is filled for itself: all is told before it, and one sentence after it. With `--write` the table in docs/filling.md
is replaced.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import intrigue
from intrigue.diagnostics.diagnostic import Severity
from intrigue.filling import Fillings
from intrigue.language import tree
from intrigue.language.lines import read_lines
from intrigue.story.story import Story

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "filling.md"
MARKS = {False: "filling", True: "filling alone"}
"""Between which comments in the document the tables stand: of whole films, and of each gap alone."""


def beats_of(story: Story, every: int, expecting: bool = False) -> str:
    """The story's text with every `every`-th sentence kept, from the first on, and a gap for each row of those between. `expecting`: what
    is expected after what is left out stays; else it goes too."""
    gaps, _ = rows_of(story, every)
    sentences = {start for gap in gaps for start, told in gap if told}
    expected = {start for gap in gaps for start, told in gap if not told}
    return without(story, sentences | (set() if expecting else expected), sentences)


def alone_of(story: Story, every: int) -> Iterator[str]:
    """For each of these gaps the story's text up to the sentence after it, all told but what stands in the gap."""
    gaps, after = rows_of(story, every)
    for gap, rest in zip(gaps, after, strict=False):  # none for a row that ends the telling
        sentences = {start for start, told in gap if told}
        yield without(story, {start for start, _ in gap} | rest, sentences)


def rows_of(story: Story, every: int) -> tuple[list[list[tuple[int, bool]]], list[set[int]]]:
    """The rows between the sentences kept: where in the text each line of a row begins, and whether it is a sentence or an expectation; and
    for each row but one that ends the telling what comes after the sentence kept after it."""
    lines = []
    for scene in story.world.telling:
        for each in scene.lines:
            if isinstance(each, tree.Told):
                lines.append((each.sentence.span.start, True))
            elif isinstance(each, tree.Expect):
                lines.append((each.span.start, False))
    gaps: list[list[tuple[int, bool]]] = []
    after: list[set[int]] = []
    row: list[tuple[int, bool]] = []
    count, kept = 0, True
    for place, (start, told) in enumerate(lines):
        if told:
            kept = count % every == 0
            count += 1
        if not kept:
            row.append((start, told))
        elif row:
            gaps.append(row)
            after.append({later for later, _ in lines[place + 1 :]})
            row = []
    return ([*gaps, row] if row else gaps), after


def without(story: Story, dropped: set[int], gaps: set[int]) -> str:
    """The story's text without the lines that begin there; one gap stands for those in a row of which some are to leave one."""
    source = story.world.files[-1].span.source
    text = source.text
    top, _ = read_lines(source)
    pieces: list[str] = []
    at = 0
    for section in top:
        open_gap = False
        for line in section.children:
            if not any(line.start <= start < line.end for start in dropped):
                open_gap = False
                continue
            begin = text.rfind("\n", 0, line.start) + 1
            end = text.find("\n", line.end_of_block)
            end = len(text) if end < 0 else end + 1
            pieces.append(text[at:begin])
            if line.start in gaps and not open_gap:
                pieces.append("  ...\n")
                open_gap = True
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


@dataclass(frozen=True)
class Row:
    """What filling one film came to."""

    title: str
    events: int
    beats: int
    gaps: int
    found: Fillings
    errors_before: int
    seconds: float

    def cells(self) -> Iterator[str]:
        """The row of the table."""
        best = self.found.fillings[0]
        left = sum(
            isinstance(line, tree.Gap) for scene in best.story.world.telling for line in scene.lines
        )
        yield from (self.title, str(self.events), str(self.beats), str(self.gaps))
        yield str(best.events)
        yield f"{self.gaps - left} of {self.gaps}"
        yield str(self.errors_before)
        yield str(len(best.report.counted(Severity.ERROR)))
        counts = best.report.counts
        yield f"{counts['motives_found']} of {counts['motives']}"
        yield str(self.found.examined)
        yield str(self.found.motives)
        yield f"{self.seconds:.0f}"


HEAD = (
    "film, one beat in",
    "events told",
    "beats kept",
    "gaps",
    "events put in",
    "gaps closed",
    "errors before",
    "errors after",
    "motives found",
    "fillings played",
    "motives asked",
    "CPU seconds",
)


@contextmanager
def written(path: Path, text: str) -> Iterator[Path]:
    """A story file with this text beside the worlds of another."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "stories" / path.name
        place.parent.mkdir()
        (Path(folder) / "worlds").symlink_to(path.resolve().parent.parent / "worlds")
        place.write_text(text)
        yield place


def measured(path: Path, every: int, expecting: bool, seconds: float | None) -> Row:
    """Fills the beats of one film."""
    told = intrigue.load(path)
    with written(path, beats_of(told, every, expecting)) as place:
        story = intrigue.load(place)
        before = len(story.check().counted(Severity.ERROR))
        beats = len(story.run().steps)
        gaps = sum(
            isinstance(line, tree.Gap) for scene in story.world.telling for line in scene.lines
        )
        began = time.process_time()
        found = intrigue.load(place).fill(seconds=seconds)
        spent = time.process_time() - began
    events = len(told.run().steps)
    title = f"{told.title}, {every}" + (", all expected" if expecting else "")
    return Row(title, events, beats, gaps, found, before, spent)


ALONE = ("film, one beat in", "gaps", "filled", "CPU seconds", "slowest")


def alone(path: Path, every: int, seconds: float | None) -> tuple[str, ...]:
    """Fills each gap of one film alone, all told before it: the row of the table. A gap is filled if the sentence after it is possible and
    everybody in it has a reason, and in what is put in."""
    told = intrigue.load(path)
    spent, filled = [], 0
    for text in alone_of(told, every):
        with written(path, text) as place:
            began = time.process_time()
            best = intrigue.load(place).fill(seconds=seconds).fillings[0]
            spent.append(time.process_time() - began)
            filled += all(each.line is None for each in best.missing)
    return (
        f"{told.title}, {every}",
        str(len(spent)),
        f"{filled} of {len(spent)}",
        f"{sum(spent):.0f}",
        f"{max(spent):.1f}",
    )


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", nargs="+", type=Path)
    parser.add_argument("--every", type=int, action="append", help="keep every so many (4)")
    parser.add_argument(
        "--expect",
        choices=("beats", "all"),
        action="append",
        help="which expectations stay (beats: those after a kept event)",
    )
    parser.add_argument("--alone", action="store_true", help="each gap alone, all else told")
    parser.add_argument("--seconds", type=float, help="for each film, or for each gap alone")
    parser.add_argument("--write", action="store_true", help="replace the table in docs/filling.md")
    options = parser.parse_args()
    ways = [(path, every) for path in options.stories for every in options.every or [4]]
    if options.alone:
        shown = table(ALONE, [alone(*way, options.seconds) for way in ways])
    else:
        rows = [
            measured(*way, which == "all", options.seconds)
            for way in ways
            for which in options.expect or ["beats"]
        ]
        shown = table(HEAD, [tuple(row.cells()) for row in rows])
    print(shown)
    if options.write:
        mark = MARKS[options.alone]
        before, _, rest = DOCS.read_text().partition(f"<!-- {mark} -->")
        _, _, after = rest.partition(f"<!-- /{mark} -->")
        DOCS.write_text(f"{before}<!-- {mark} -->\n{shown}\n<!-- /{mark} -->{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

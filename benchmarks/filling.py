"""How much of a film can be left out: every so many events are kept as beats, `...` stands for the rest, and `fill` tells a story again.

    python -m benchmarks.filling stories/the_killer.story
    python -m benchmarks.filling stories/*.story --every 2 --seconds 120 --expect all --write

What is expected after an event that is left out goes with it, or with `--expect all` stays and must hold.

With `--write` the table in docs/filling.md is replaced.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
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
BEGIN, END = "<!-- filling -->", "<!-- /filling -->"


def beats_of(story: Story, every: int, expecting: bool = False) -> str:
    """The story's text with every `every`-th sentence kept, from the first on, and a gap for each row of those between. `expecting`: what
    is expected after what is left out stays; else it goes too."""
    source = story.world.files[-1].span.source
    text = source.text
    told: set[int] = set()
    dropped: set[int] = set()
    count, kept = 0, True
    for scene in story.world.telling:
        for each in scene.lines:
            if isinstance(each, tree.Told):
                kept = count % every == 0
                count += 1
                told.add(each.sentence.span.start)
                if not kept:
                    dropped.add(each.sentence.span.start)
            elif isinstance(each, tree.Expect) and not (kept or expecting):
                dropped.add(each.span.start)
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
            if line.start in told and not open_gap:
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


def measured(path: Path, every: int, expecting: bool, seconds: float | None) -> Row:
    """Fills the beats of one film."""
    told = intrigue.load(path)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "stories" / path.name
        place.parent.mkdir()
        (Path(folder) / "worlds").symlink_to(path.parent.parent / "worlds")
        source = beats_of(told, every, expecting)
        place.write_text(source)
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


def table(rows: list[Row]) -> str:
    """A Markdown table."""
    lines = [HEAD, tuple("---" for _ in HEAD), *(tuple(row.cells()) for row in rows)]
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
    parser.add_argument("--seconds", type=float, help="for each film")
    parser.add_argument("--write", action="store_true", help="replace the table in docs/filling.md")
    options = parser.parse_args()
    rows = [
        measured(path, every, which == "all", options.seconds)
        for path in options.stories
        for every in options.every or [4]
        for which in options.expect or ["beats"]
    ]
    shown = table(rows)
    print(shown)
    if options.write:
        text = DOCS.read_text()
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        DOCS.write_text(f"{before}{BEGIN}\n{shown}\n{END}{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

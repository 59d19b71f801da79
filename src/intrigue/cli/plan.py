"""Stories that reach an ending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from intrigue.cli.common import (
    FINDINGS,
    OK,
    OutFile,
    Progress,
    bounded,
    format_option,
    memory_option,
    not_over,
    print_json,
    reading_option,
    say_reading,
    search_options,
    seed_option,
    write,
)


@click.command(
    epilog="""\b
Examples
  intrigue plan my.story --goal "sight(Jennie) = clear"
  intrigue plan my.story --goal "The duel" --from 14    an ending of the story, from event 14 on
  intrigue plan my.story -n 20 --rank conflict          twenty stories, the most thwarted plans first
  intrigue plan treasure.txt --shortest                 a problem in Sabre's syntax, proved shortest
  intrigue plan space.txt --goal 5 --format json        ... whose end is worth 5 to its author
  intrigue plan my.story --save new.story               as a story to check, explain, draw
Ctrl-C ends the search and shows the best so far. Every story is checked before it is shown.
Exit status: 0 found; 1 none exists within the limits, or none found before a limit stopped the
search (it says which); 2 cannot run."""
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--goal",
    metavar="GOAL",
    help="How it is to end: a condition, the title of an ending of the story, or (by the rules of Sabre) "
    "the least that the end is worth to the author. May be left out where there is only one ending.",
)
@click.option(
    "--from",
    "at",
    metavar="MOMENT",
    help="Go on from here: an event's number, [n], a scene's title.",
)
@click.option(
    "-n", "count", type=click.IntRange(1, 10_000), default=1, help="How many different stories."
)
@click.option(
    "--shortest", is_flag=True, help="Go on until the first is proved to be as short as any."
)
@click.option(
    "--rank",
    type=click.Choice(["conflict", "surprise", "variety", "length"]),
    help="Best first by plans thwarted, beliefs overturned, difference from each other, or length.",
)
@search_options(12, "Stop after this; keep what was found.")
@memory_option
@click.option("--search", metavar="NAME", help="How to look: a name from docs/planning.md.")
@click.option("--heuristic", metavar="NAME", help="What to guess by: a name from docs/planning.md.")
@seed_option
@bounded("--threads", 1, 256, 1, "How many may look at once; the answer is the same.")
@reading_option
@click.option("--save", type=OutFile(), help="Write the first story here, as a .story.")
@format_option()
def plan(file: Path, goal: str | None, save: Path | None, form: str, **options: Any) -> int:
    """Find stories that reach an ending: every event possible, and motivated for all who will it.

    FILE is a .story, whose own telling is set aside (or kept up to --from), or a planning problem in Sabre's
    syntax, a .txt.
    """
    from intrigue.story.story import load

    if file.suffix not in (".story", ".txt"):
        raise click.UsageError(
            f"a plan needs a .story or a problem in Sabre's syntax, a .txt; this is {file.name}"
        )
    not_over(save, file, "the plan")
    try:
        story = load(file)
        if options["at"] is not None:
            say_reading(story)
        with Progress() as progress:
            found = story.plan(goal, progress=progress.search, **options)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if save is not None and found:
        write(save, found.stories[0].to_text())
    if form == "json":
        print_json(found.to_dict())
    else:
        click.echo(str(found))
        if save is not None and found:
            click.echo(f"written: {save}")
    return OK if found else FINDINGS

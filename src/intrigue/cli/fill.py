"""A telling with gaps, completed."""

from __future__ import annotations

from pathlib import Path

import click

from intrigue.cli.common import (
    CANNOT_RUN,
    FINDINGS,
    OK,
    OutFile,
    Progress,
    format_option,
    memory_option,
    not_over,
    print_diagnostics,
    print_json,
    reading_option,
    say_reading,
    seconds_option,
    seed_option,
    story_path,
    write,
)


@click.command(
    epilog="""\b
Examples
  intrigue fill my.story                       the story with its gaps filled, on standard output
  intrigue fill my.story --out whole.story     ... into a file
  intrigue fill my.story --out my.story        ... in its own place
  intrigue fill my.story -n 3 --out way.story  three ways: way.story, way-2.story, way-3.story
  intrigue fill my.story --seconds 30          the best after half a minute
In the story, on a line of its own
  ...                                          something happens, as little as will do
  ... 1 to 4 events                            or `3 events`, `at least 2`, `at most 3`
  ... by Li, Tsang                             what one of them wants to do
  ... until holder(the bag) = Li               whatever brings this about
Ctrl-C ends the search and keeps the best so far.
Exit status: 0 filled; 1 something is missing still (it says what, and at which gap), or a gap names what there is not; 2 cannot run."""
)
@story_path
@click.option(
    "-n", "count", type=click.IntRange(1, 100), default=1, help="How many different fillings."
)
@seconds_option("Stop after this; keep the best.")
@memory_option
@click.option(
    "--max-events",
    type=click.IntRange(1, 30),
    default=6,
    show_default=True,
    help="How many events may be put in to mend one thing that cannot be as told.",
)
@seed_option
@reading_option
@click.option(
    "--out",
    type=OutFile(),
    help="Write the story here; its own file, to fill it in place.",
)
@format_option()
def fill(
    story: Path,
    count: int,
    seconds: float | None,
    memory_mb: int | None,
    max_events: int,
    seed: int,
    reading: str | None,
    out: Path | None,
    form: str,
) -> int:
    """Complete the gaps of a telling: each line `...` gives way to events that are possible and motivated.

    What stands in the story stays as it is: events, expectations, comments, layout. Events are put in only where
    what is told could not happen, or nobody would do it, or an expectation failed. The result is checked.

    Where no motive is found for what has to happen first, it is put in all the same, unless there is proved to be
    none: whose motive is missing is said, and the gap stays open behind it.
    """
    from intrigue.files import ended_like
    from intrigue.story.story import StoryError, load

    outs = [] if out is None else [out]
    if out is not None:
        outs += [out.with_stem(f"{out.stem}-{number}") for number in range(2, count + 1)]
        for path in outs[1:]:
            not_over(path, story, "the fillings")
    told = None
    try:
        told = load(story)
        say_reading(told)
        with Progress() as progress:
            found = told.fill(
                count=count,
                seconds=seconds,
                memory_mb=memory_mb,
                max_events=max_events,
                seed=seed,
                reading=reading,
                progress=progress.gaps,
            )
    except StoryError as error:
        print_diagnostics(error.diagnostics, form, to_stderr=form == "text")
        senseless_gaps = told is not None and all(d.code != "no-gaps" for d in error.diagnostics)
        return FINDINGS if senseless_gaps else CANNOT_RUN
    for path, filling in zip(outs, found.fillings, strict=False):
        write(path, ended_like(story, filling.text))
    if form == "json":
        print_json(found.to_dict())
        return OK if found else FINDINGS
    if out is None:
        for number, filling in enumerate(found.fillings, 1):
            if number > 1:
                click.echo(f"\n# filling {number}\n")
            click.echo(filling.text, nl=False)
    click.echo(found.summary, err=True)
    click.echo(found.fillings[0].report.summary, err=True)
    return OK if found else FINDINGS

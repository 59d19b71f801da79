"""Sabre's problems in our words."""

from __future__ import annotations

from pathlib import Path

import click

from intrigue.cli.common import (
    CANNOT_RUN,
    OK,
    format_option,
    not_over,
    print_diagnostics,
    print_json,
    status_of,
    write,
)


@click.command(
    epilog="""\b
Examples
  intrigue convert treasure.txt                   writes treasure.world and treasure.story beside it
  intrigue convert treasure.txt --into stories    writes them into another folder
  intrigue convert treasure.txt --print           shows them
Then
  intrigue plan treasure.story                    gives what `intrigue plan treasure.txt` gives
Exit status: 0 written, 1 the problem has mistakes, 2 cannot read or write."""
)
@click.argument("problem", metavar="FILE.txt", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write into this folder instead of the problem's own.",
)
@click.option("--print", "show", is_flag=True, help="Print both files and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@format_option()
def convert(problem: Path, into: Path | None, show: bool, force: bool, form: str) -> int:
    """Tell a planning problem in Sabre's syntax in our own words, as a .world and a .story.

    What is written means exactly the same, by the rules of Sabre (`rules of Sabre`), and is compared with the
    problem before it is written: same facts, actions, triggers, wants, opening.
    """
    from intrigue.language.load import read
    from intrigue.sabre.convert import convert as converted

    source, found = read(problem)
    made = None
    if source is not None:
        made, found = converted(source)
    if made is None:
        print_diagnostics(found, form, to_stderr=form == "text")
        return status_of(found)
    folder = into if into is not None else problem.parent
    paths = [folder / (problem.stem + ending) for ending in (".world", ".story")]
    if not show:
        for path in paths:
            not_over(path, problem, "what is made of it")
        standing = [path for path in paths if path.exists() and not force]
        if standing:
            click.echo(f"{standing[0]} is there already; --force overwrites it", err=True)
            return CANNOT_RUN
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise click.FileError(str(folder), error.strerror or str(error)) from None
        for path, text in zip(paths, (made.world_text, made.story_text), strict=True):
            write(path, text)
    if form == "json":
        texts = {"world": made.world_text, "story": made.story_text}
        print_json(
            {"title": made.title, "written": [] if show else [str(path) for path in paths], **texts}
        )
    elif show:
        click.echo(f"{made.world_text}\n{made.story_text}", nl=False)
    else:
        for path in paths:
            click.echo(f"wrote {path}")
    return OK

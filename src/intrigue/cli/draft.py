"""From a synopsis to the skeleton of a story."""

from __future__ import annotations

from pathlib import Path

import click

from intrigue.cli.common import (
    OK,
    OutFile,
    format_option,
    not_over,
    print_json,
    write,
)


@click.command(
    epilog="""\b
Examples
  intrigue draft synopsis.txt                  print the skeleton
  intrigue draft synopsis.txt -o my.story      write it; with my.txt beside it, one sentence a line,
                                               if the synopsis is not so already
  intrigue check my.story                      counts what is still to be told"""
)
@click.argument("synopsis", metavar="SYNOPSIS", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=OutFile(), help="Write the story here.")
@click.option("--overwrite", is_flag=True, help="Write over a file that is there.")
@format_option()
def draft(synopsis: Path, output: Path | None, overwrite: bool, form: str) -> int:
    """Make the skeleton of a story from a plain synopsis: cast, scenes, and all that is to be told.

    Persons are found by their capitals and the words around them, with no language model: look
    them over. Each sentence is kept as a comment, with a line `... to be told` that `check` counts
    until you have told it in the words of a world. A title above the text is that of the story.
    """
    from intrigue.drafting.draft import draft as read

    found = read(synopsis)
    if output is not None:
        beside = output.with_suffix(".txt")
        source = synopsis.name if found.numbered is None else beside.name
        if found.numbered is None and synopsis.parent.resolve() != output.parent.resolve():
            source = str(synopsis.resolve())
        found = read(synopsis, source)
        not_over(output, synopsis, "the story")
        files = [output]
        if found.numbered is not None:
            if beside == output:
                raise click.UsageError(
                    f"{output} is for the sentences, one a line: write the story to {output.with_suffix('.story')}"
                )
            if beside.resolve() == synopsis.resolve():
                raise click.UsageError(
                    f"the sentences, one a line, would be written over {synopsis}: give the story another name"
                )
            files.append(beside)
        for path in files:
            if path.exists() and not overwrite:
                raise click.UsageError(f"{path} is there already; --overwrite writes over it")
        write(output, found.text)
        if found.numbered is not None:
            write(beside, found.numbered)
    if form == "json":
        print_json(found.to_dict())
    elif output is None:
        click.echo(found.text, nl=False)
    else:
        count = len(found.synopsis.sentences)
        click.echo(
            f"{output}: {len(found.persons)} persons, {len(found.scenes)} scenes, {count} sentences to be told"
        )
    return OK

"""The source beside the story."""

from __future__ import annotations

from pathlib import Path

import click

from intrigue.cli.common import (
    FINDINGS,
    OK,
    format_option,
    load,
    print_diagnostics,
    print_json,
    reading_option,
    story_path,
)


@click.command(
    epilog="""\b
Examples
  intrigue trace my.story              every sentence of the source with what tells it
  intrigue trace my.story --missing    only those that nothing tells"""
)
@story_path
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="The source document, one sentence a line; the one that the story names if left out.",
)
@click.option("--missing", is_flag=True, help="Only the sentences that nothing cites.")
@reading_option
@format_option()
def trace(story: Path, source: Path | None, missing: bool, reading: str | None, form: str) -> int:
    """Lay the source beside the story: which of its sentences are told, and where."""
    found = load(story, form).trace(source, reading)
    if form == "json":
        print_json(found.to_dict())
    elif missing:
        for sentence in found.missing:
            click.echo(f"[{sentence.number}] {sentence.text}")
        click.echo(found.summary)
    else:
        click.echo(str(found))
    print_diagnostics(found.problems, "text", to_stderr=True)
    return FINDINGS if found.problems else OK

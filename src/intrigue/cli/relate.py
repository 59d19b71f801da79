"""Two persons over time."""

from __future__ import annotations

from pathlib import Path

import click

from intrigue.cli.common import (
    OK,
    format_option,
    load,
    print_json,
    reading_option,
    story_path,
)


@click.command(
    epilog="""\b
Examples
  intrigue relate my.story Jennie "Ah Jong"
  intrigue relate my.story Li Tsang --format json"""
)
@story_path
@click.argument("one", metavar="PERSON")
@click.argument("other", metavar="PERSON")
@reading_option
@format_option()
def relate(story: Path, one: str, other: str, reading: str | None, form: str) -> int:
    """Follow two persons through the story: what joins them, who owes or holds what against whom.

    One line for each change: `+` from now on, `-` no longer. At the start, all there is. Wants are
    those that hang on the other, with what they count for; beliefs are listed where they are wrong.
    """
    found = load(story, form).relate(one, other, reading)
    if form == "json":
        print_json(found.to_dict())
    else:
        click.echo(str(found))
    return OK

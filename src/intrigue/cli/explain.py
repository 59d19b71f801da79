"""Why an event happens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from intrigue.cli.common import (
    OK,
    format_option,
    limits_options,
    load,
    print_json,
    reading_option,
    story_path,
)

if TYPE_CHECKING:
    from intrigue.story.motives import Limits


@click.command(
    epilog="""\b
Examples
  intrigue explain my.story 14              event 14
  intrigue explain my.story "[7]"           the events that tell sentence 7 of the source
  intrigue explain my.story "The church"    all events of a scene"""
)
@story_path
@click.argument("event")
@reading_option
@format_option()
@limits_options
def explain(
    story: Path,
    event: str,
    reading: str | None,
    form: str,
    limits: Limits,
) -> int:
    """Why an event happens: each person's plan, the beliefs it rests on, which are wrong."""
    found = load(story, form, limits).explain(event, reading, limits)
    if form == "json":
        print_json({"explanations": [each.to_dict() for each in found]})
    else:
        click.echo("\n\n".join(str(each) for each in found))
    return OK

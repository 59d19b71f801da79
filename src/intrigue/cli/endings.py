"""Which endings can still be reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from intrigue.cli.common import (
    OK,
    Progress,
    format_option,
    load,
    memory_option,
    print_json,
    reading_option,
    search_options,
    story_path,
)


@click.command(
    epilog="""\b
Examples
  intrigue endings my.story                       from the end of the telling
  intrigue endings my.story --at 14               from event 14 on
  intrigue endings my.story --at start --max-events 6 --seconds 20"""
)
@story_path
@click.option(
    "--at", metavar="MOMENT", help="After this: an event's number, [n], a scene's title, start."
)
@search_options(8, "Stop looking for a way to one ending after this.")
@memory_option
@reading_option
@format_option()
def endings(
    story: Path,
    at: str | None,
    reading: str | None,
    form: str,
    **limits: Any,
) -> int:
    """The endings that the story names: which can still be reached, how, and when each was lost.

    An ending is a line `ending NAME: CONDITION` of the story. Lost means proved: no sequence of
    events at all, fate included, can bring it about. A way is one for which everybody has a motive.
    """
    loaded = load(story, form)
    if not loaded.world.endings:
        raise click.UsageError("the story names no ending; write `ending NAME: CONDITION`")
    with Progress() as progress:
        found = loaded.endings(at, reading, **limits, progress=progress.search)
    if form == "json":
        print_json(found.to_dict())
    else:
        click.echo(str(found))
    return OK

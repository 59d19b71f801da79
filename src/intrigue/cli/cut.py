"""What breaks without an event or a scene."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from intrigue.cli.common import (
    OK,
    Progress,
    format_option,
    limits_options,
    load,
    print_json,
    reading_option,
    story_path,
)

if TYPE_CHECKING:
    from intrigue.story.cut import Cut, Weights
    from intrigue.story.motives import Limits


@click.command(
    epilog="""\b
Examples
  intrigue cut my.story                 every scene by the weight that it carries
  intrigue cut my.story --events        every event
  intrigue cut my.story 14              what breaks without event 14
  intrigue cut my.story "The church"    what breaks without the scene"""
)
@story_path
@click.argument("what", metavar="[EVENT|SCENE]", required=False)
@click.option("--events", is_flag=True, help="All events, not all scenes.")
@reading_option
@format_option()
@limits_options
def cut(
    story: Path,
    what: str | None,
    events: bool,
    reading: str | None,
    form: str,
    limits: Limits,
) -> int:
    """What breaks without an event or a scene: what cannot happen, who loses a motive, who learns less.

    With neither, a table of all scenes, each cut once. There, motives are looked for with little
    effort: the plan that a person had, and what is near; what is not found so counts as lost.
    """
    if what is not None and events:
        raise click.UsageError("name an EVENT, or take all --events")
    loaded = load(story, form, limits)
    found: Cut | Weights
    with Progress() as progress:
        found = (
            loaded.cut(what, reading, limits)
            if what is not None
            else loaded.weights(events, reading, limits, progress)
        )
    if form == "json":
        print_json(found.to_dict())
    else:
        click.echo(str(found))
    return OK

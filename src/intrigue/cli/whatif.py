"""What if."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from intrigue.cli.common import (
    FINDINGS,
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
    from intrigue.story.motives import Limits


@click.command(
    epilog="""\b
Examples
  intrigue whatif my.story --at 14 --outcome miss                     the bullet misses
  intrigue whatif my.story --at 14 --instead "Li shoots Wong Hoi."    another event in its place
  intrigue whatif my.story --at "The church" --force "Li flees to the beach."
  intrigue whatif my.story --at 3 --forbid "Jennie goes to the church." --forbid 20
  intrigue whatif my.story --at "[13]" --set "where(Li) = the church" --set "not armed(Li)"
  intrigue whatif my.story --at start --believe "Li: where(Ah Jong) = the beach"
  intrigue whatif my.story --at 14 --outcome miss --continue "sight(Jennie) = clear" """
)
@story_path
@click.option(
    "--at",
    required=True,
    metavar="MOMENT",
    help="After this: an event's number, [n], a scene's title, start.",
)
@click.option(
    "--force", multiple=True, metavar="SENTENCE", help="This happens then, possible or not."
)
@click.option(
    "--forbid",
    multiple=True,
    metavar="EVENT",
    help="This does not happen after: a sentence, a number, [n].",
)
@click.option(
    "--set", "set_", multiple=True, metavar="FACT", help="This is so then, and everybody sees it."
)
@click.option(
    "--believe",
    multiple=True,
    metavar="PERSON: FACT",
    help="This person takes it to be so; nobody else knows.",
)
@click.option(
    "--instead", metavar="SENTENCE", help="This happens in the place of the event at MOMENT."
)
@click.option(
    "--outcome",
    metavar="NAME",
    help="The event at MOMENT ends so: an outcome of its action, or `meant`.",
)
@click.option(
    "--continue",
    "goal",
    metavar="GOAL",
    help="Where it breaks, plan on to this: a condition, or the title of an ending.",
)
@click.option(
    "--plan-events",
    type=click.IntRange(1, 60),
    default=8,
    show_default=True,
    help="How many events that plan may have.",
)
@reading_option
@format_option()
@limits_options
def whatif(
    story: Path,
    at: str,
    force: tuple[str, ...],
    forbid: tuple[str, ...],
    set_: tuple[str, ...],
    believe: tuple[str, ...],
    instead: str | None,
    outcome: str | None,
    goal: str | None,
    plan_events: int,
    reading: str | None,
    form: str,
    limits: Limits,
) -> int:
    """Change something at a moment, play the rest as it is told, and see where it breaks.

    What can no longer happen still counts as happened for what is told after it, as in `check`.
    Exit status 1: something of the rest breaks or comes too late, or no plan was found. Where the goal is reached without a plan, the
    answer says so, and the status is that of the rest.
    """
    from intrigue.diagnostics.catalogue import headline
    from intrigue.story.story import StoryError
    from intrigue.story.whatif import Change

    try:
        change = Change(force, forbid, set_, believe, instead, outcome)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    found = load(story, form, limits).whatif(at, change, reading, limits)
    data = found.to_dict()
    status = FINDINGS if found.breaks or found.times else OK
    onward = ""
    if goal is not None:
        try:
            with Progress() as progress:
                plans = found.story.plan(
                    goal,
                    at=found.at or "start",
                    reading=reading,
                    max_events=plan_events,
                    max_motive=limits.events,
                    max_minds=limits.minds,
                    seconds=limits.seconds,
                    progress=progress.search,
                )
        except StoryError as error:
            if [each.code for each in error.diagnostics] != ["goal-reached"]:
                raise
            onward = headline(error.diagnostics[0])
            data["continued"] = {"goal": goal.strip(), "verdict": "reached", "stories": []}
        else:
            onward = str(plans)
            data["continued"] = plans.to_dict()
            status = OK if plans else FINDINGS
    if form == "json":
        print_json(data)
    else:
        click.echo(str(found))
        if onward:
            click.echo(f"\nand from there:\n{onward}")
    return status

"""Any question about any moment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from intrigue.cli.common import (
    OK,
    format_option,
    load,
    print_json,
    reading_option,
    story_path,
)

if TYPE_CHECKING:
    from intrigue.story.ask import Answer, Knowledge
    from intrigue.story.audience import View
    from intrigue.story.clock import Clock


@click.command(
    epilog="""\b
Examples
  intrigue ask my.story "where(Jennie)"                                at the end
  intrigue ask my.story "who blinded Jennie?"                          in the words of a fact's phrase
  intrigue ask my.story "Li believes where(Ah Jong) = the church" --at 14
  intrigue ask my.story --who-knows "blinded_by(Jennie)" --at "The church"
  intrigue ask my.story --audience --at 14           irony, mystery, surprises so far
  intrigue ask my.story --times                      when everything happens
  intrigue ask my.story --times --at 14              and how old everybody is then
  intrigue ask my.story "any p: cop where p knows killer_of(Lam) = Ah Jong" --at "[7]\""""
)
@story_path
@click.argument("question", required=False)
@click.option(
    "--who-knows", metavar="FACT", help="What each person takes a fact to be, since when."
)
@click.option(
    "--audience", is_flag=True, help="What the audience knows and they do not, and the reverse."
)
@click.option("--times", is_flag=True, help="When the events happen, by what is told of time.")
@click.option(
    "--at",
    metavar="MOMENT",
    help="After this: an event's number, [n], a scene's title, start. With --times these events "
    "themselves; start is none.",
)
@reading_option
@format_option()
def ask(
    story: Path,
    question: str | None,
    who_knows: str | None,
    audience: bool,
    times: bool,
    at: str | None,
    reading: str | None,
    form: str,
) -> int:
    """Ask anything about any moment: what is so, who believes what, who knows it since when."""
    if (question is not None) + (who_knows is not None) + audience + times != 1:
        raise click.UsageError(
            "ask one thing: a QUESTION, --who-knows FACT, --audience, or --times"
        )
    loaded = load(story, form)
    answer: Answer | Knowledge | View | Clock
    if question is not None:
        answer = loaded.ask(question, at, reading)
    elif who_knows is not None:
        answer = loaded.who_knows(who_knows, at, reading)
    else:
        answer = loaded.audience(at, reading) if audience else loaded.times(at, reading)
    if form == "json":
        print_json(answer.to_dict())
    else:
        click.echo(str(answer))
    return OK

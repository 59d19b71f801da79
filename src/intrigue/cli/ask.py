"""Any question about any moment."""

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
  intrigue ask my.story "where(Jennie)"                                at the end
  intrigue ask my.story "Li believes where(Ah Jong) = the church" --at 14
  intrigue ask my.story --who-knows "blinded_by(Jennie)" --at "The church"
  intrigue ask my.story "any p: cop where p knows killer_of(Lam) = Ah Jong" --at "[7]\""""
)
@story_path
@click.argument("question", required=False)
@click.option(
    "--who-knows", metavar="FACT", help="What each person takes a fact to be, since when."
)
@click.option(
    "--at", metavar="MOMENT", help="After this: an event's number, [n], a scene's title, start."
)
@reading_option
@format_option()
def ask(
    story: Path,
    question: str | None,
    who_knows: str | None,
    at: str | None,
    reading: str | None,
    form: str,
) -> int:
    """Ask anything about any moment: what is so, who believes what, who knows it since when."""
    if (question is None) == (who_knows is None):
        raise click.UsageError("ask one thing: a QUESTION, or --who-knows FACT")
    loaded = load(story, form)
    answer = (
        loaded.ask(question, at, reading)
        if question is not None
        else loaded.who_knows(str(who_knows), at, reading)
    )
    if form == "json":
        print_json(answer.to_dict())
    else:
        click.echo(str(answer))
    return OK

"""A told story for other tools."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intrigue.cli.common import (
    OK,
    OutFile,
    Progress,
    missing,
    not_over,
    reading_option,
    seconds_option,
    story_path,
    told,
    write_said,
)
from intrigue.views.export import FORMS
from intrigue.views.extras import MissingExtra

if TYPE_CHECKING:
    from intrigue.views.export.interactive import Branch

_BRANCHING = " and ".join(name for name, form in FORMS.items() if form.branching)
_LIST = "\n".join(f"  {name:<16} {form.about}" for name, form in FORMS.items())


@click.command(
    epilog=f"""\b
Forms
{_LIST}

\b
Examples
  intrigue export my.story --to json --out my.json
  intrigue export my.story --to mermaid            on the terminal
  intrigue export my.story --to twee --branches --out my.twee
  intrigue export --schema                         the JSON Schema of the form json"""
)
@story_path
@click.option(
    "--to", "form", type=click.Choice(list(FORMS)), required=True, help="The form, see below."
)
@click.option(
    "--out",
    type=OutFile(),
    help="The file to write; on the terminal if left out.",
)
@click.option(
    "--branches",
    is_flag=True,
    help=f"For {_BRANCHING}: choices where it might have gone otherwise. Takes a while.",
)
@seconds_option("With --branches: plan so long for an ending where no way of few acts is found.")
@reading_option
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda *a: _schema(*a),
    help="Print the JSON Schema of the form json, and nothing else.",
)
def export(
    story: Path,
    form: str,
    out: Path | None,
    branches: bool,
    seconds: float | None,
    reading: str | None,
) -> int:
    """Write a told story in the form of another tool.

    With --branches the reader chooses: what somebody meant and did not come to pass, what the author
    expects to be possible, that the turn of a scene is not done, another ending that is named.
    """
    if branches and not FORMS[form].branching:
        raise click.BadParameter(f"goes with {_BRANCHING}", param_hint="--branches")
    if seconds is not None and not branches:
        raise click.BadParameter("goes with --branches", param_hint="--seconds")
    not_over(out, story, "the export")
    loaded, shown = told(story, reading)
    ways: list[Branch] = []
    if branches:
        from intrigue.views.export.branches import branches as find

        with Progress() as progress:
            ways = find(loaded, shown, reading, partial(progress, "what if", of="turn"), seconds)
    try:
        made = FORMS[form].make(shown, ways)
    except MissingExtra as error:
        raise missing(error, form) from None
    if out is None:
        sys.stdout.buffer.write(made)
    else:
        write_said(out, made)
    return OK


def _schema(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.resources import files

        click.echo((files("intrigue.views") / "chronicle.schema.json").read_text().rstrip())
        ctx.exit(OK)

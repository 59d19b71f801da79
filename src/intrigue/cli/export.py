"""A told story for other tools."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from intrigue.cli.common import OK, Progress, load, reading_option, story_path, write
from intrigue.views.export import FORMS
from intrigue.views.extras import MissingExtra

_PLAYED = ("twee", "ink")
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
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; on the terminal if left out.",
)
@click.option(
    "--branches",
    is_flag=True,
    help="For twee and ink: choices where something came out as nobody meant it.",
)
@reading_option
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda *a: _schema(*a),
    help="Print the JSON Schema of the form json, and nothing else.",
)
def export(story: Path, form: str, out: Path | None, branches: bool, reading: str | None) -> int:
    """Write a told story in the form of another tool."""
    from intrigue.views.chronicle import chronicle

    if branches and form not in _PLAYED:
        raise click.BadParameter(f"goes with {' and '.join(_PLAYED)}", param_hint="--branches")
    loaded = load(story, "text")
    told = chronicle(loaded.run(reading))
    try:
        if branches:
            from intrigue.views.export import branches as ways
            from intrigue.views.export import interactive

            with Progress() as progress:
                found = ways.branches(
                    loaded, reading, lambda done, whole: progress("what if", done, whole)
                )
            made = getattr(interactive, form)(told, found).encode()
        else:
            made = FORMS[form].make(told)
    except MissingExtra as error:
        package, extra = error.args
        raise click.ClickException(
            f"{form} needs the package {package}: pip install 'intrigue[{extra}]'"
        ) from None
    if out is None:
        sys.stdout.buffer.write(made)
    else:
        write(out, made)
    return OK


def _schema(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.resources import files

        click.echo((files("intrigue.views") / "chronicle.schema.json").read_text().rstrip())
        ctx.exit(OK)

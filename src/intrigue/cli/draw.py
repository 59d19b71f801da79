"""Pictures of a told story."""

from __future__ import annotations

from pathlib import Path

import click

from intrigue.cli.common import OK, OutFile, missing, reading_option, story_path, told, write_said
from intrigue.views.pictures import PICTURES

_LIST = "\n".join(f"  {picture.name:<12}{picture.about}" for picture in PICTURES.values())


@click.command(
    epilog=f"""\b
Pictures
{_LIST}

\b
Examples
  intrigue draw my.story --out my.html                        one page with all of them
  intrigue draw my.story --only storyline --out lines.svg     one picture"""
)
@story_path
@click.option(
    "--out",
    type=OutFile(),
    required=True,
    help="The file to write: .html for the page, .svg or .png for one picture.",
)
@click.option("--only", type=click.Choice(list(PICTURES)), help="Which picture, for .svg and .png.")
@reading_option
def draw(story: Path, out: Path, only: str | None, reading: str | None) -> int:
    """Draw a told story: one page to look around in, or a single picture."""
    from intrigue.views.draw import page, to_png
    from intrigue.views.extras import MissingExtra, NoFont

    form = out.suffix.lower()
    if form not in (".html", ".htm", ".svg", ".png"):
        raise click.BadParameter("must end in .html, .svg or .png", param_hint="--out")
    whole = form in (".html", ".htm")
    if whole and only is not None:
        raise click.UsageError("a page holds all pictures: --only is for .svg and .png")
    if not whole and only is None:
        raise click.UsageError(f"a {form} holds one picture: add --only {'|'.join(PICTURES)}")
    _, shown = told(story, reading)
    if only is None:
        write_said(out, page(shown))
        return OK
    drawn = PICTURES[only].make(shown)
    try:
        write_said(out, to_png(drawn) if form == ".png" else drawn)
    except MissingExtra as error:
        raise missing(error, "a .png") from None
    except NoFont:
        raise click.ClickException(
            "no font was found to set the text of a .png in: install one (DejaVu Sans), or draw an .svg"
        ) from None
    return OK

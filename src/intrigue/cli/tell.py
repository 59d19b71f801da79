"""A told story in words."""

from __future__ import annotations

from pathlib import Path

import click

from intrigue.cli.common import (
    OK,
    OutFile,
    missing,
    not_over,
    reading_option,
    story_path,
    told,
    write_said,
)

FORMS = ("markdown", "html", "fountain", "outline", "beats")


@click.command(
    epilog="""\b
Forms
  markdown   prose, a heading a scene
  html       the same as a page
  fountain   the skeleton of a screenplay
  outline    one line a scene
  beats      what turns in each scene

\b
Examples
  intrigue tell my.story
  intrigue tell my.story --as Jennie --past          only what Jennie saw, inferred or was told
  intrigue tell my.story --to fountain --out my.fountain"""
)
@story_path
@click.option(
    "--to",
    "form",
    type=click.Choice(FORMS),
    default="markdown",
    show_default=True,
    help="See below.",
)
@click.option("--as", "person", metavar="PERSON", help="As one person lived it, mistakes included.")
@click.option("--past", is_flag=True, help="In the past tense, for markdown and html.")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Another seed words it otherwise."
)
@click.option(
    "--out",
    type=OutFile(),
    help="The file; the terminal if left out.",
)
@reading_option
def tell(
    story: Path,
    form: str,
    person: str | None,
    past: bool,
    seed: int,
    out: Path | None,
    reading: str | None,
) -> int:
    """Retell a story: prose, a screenplay's skeleton, an outline, a beat sheet."""
    from intrigue.diagnostics.suggest import nearest
    from intrigue.views import tell as ways
    from intrigue.views.extras import MissingExtra
    from intrigue.views.tell import words

    if person is not None and form in ("outline", "beats"):
        raise click.BadParameter(
            f"goes with prose and fountain, not with {form}", param_hint="--as"
        )
    if past and form not in ("markdown", "html"):
        raise click.BadParameter("goes with markdown and html", param_hint="--past")
    not_over(out, story, "the text")
    _, shown = told(story, reading)
    if person is not None:
        calls = {call.casefold(): m.name for m in shown.persons for call in (m.name, *m.aliases)}
        if person.casefold() not in calls:
            near = nearest(person, [m.name for m in shown.persons])
            names = ", ".join(member.name for member in shown.persons)
            hint = f"did you mean {near}?" if near else f"there are {names}"
            raise click.BadParameter(f"nobody is called {person}; {hint}", param_hint="--as")
        person = calls[person.casefold()]
    try:
        verb = words.past() if past else None
    except MissingExtra as error:
        raise missing(error, "--past") from None
    if form in ("markdown", "html"):
        made = (ways.markdown if form == "markdown" else ways.html)(
            shown, person, seed=seed, verb=verb
        )
    elif form == "fountain":
        made = ways.fountain(shown, person)
    else:
        made = (ways.outline if form == "outline" else ways.beats)(shown)
    if out is None:
        click.echo(made, nl=False)
    else:
        write_said(out, made)
    return OK

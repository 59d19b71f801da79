"""Find what does not follow."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intrigue.cli.common import (
    FINDINGS,
    FORMATS,
    OK,
    OutFile,
    Progress,
    format_option,
    limits_options,
    load,
    not_over,
    print_diagnostics,
    print_json,
    story_path,
    write,
)

if TYPE_CHECKING:
    from intrigue.story.check import Report
    from intrigue.story.motives import Limits


@click.command(
    epilog="""\b
Examples
  intrigue check my.story
  intrigue check my.story --report my.html       the whole story as a page, with motives
  intrigue check my.story --format github        annotations in a pull request
  intrigue check my.story --seconds 5            at most five seconds for motives
  intrigue check my.story --honesty              do the rules carry the story?"""
)
@story_path
@format_option(*FORMATS)
@click.option("--report", type=OutFile(), help="Write an HTML page here.")
@click.option("--honesty", is_flag=True, help="Say how much hangs on rules made for one sentence.")
@limits_options
def check(
    story: Path,
    form: str,
    report: Path | None,
    honesty: bool,
    limits: Limits,
) -> int:
    """Find what does not follow: impossible or unmotivated events, broken promises, idle scenes."""
    not_over(report, story, "the report")
    loaded = load(story, form, limits)
    with Progress() as progress:
        found = loaded.check(limits, partial(progress, of="motive"))
    if report is not None:
        from intrigue.views.report import page

        write(report, page(found))
    measured = loaded.honesty(limits) if honesty else None
    if form == "text":
        print_diagnostics(found.diagnostics, form)
        if measured is not None:
            click.echo(f"{measured}\n")
        click.echo(_closing(found))
        if report is not None:
            click.echo(f"report: {report}")
    elif form == "json":
        data = found.to_dict()
        if measured is not None:
            data["honesty"] = measured.to_dict()
        print_json(data)
    else:
        print_diagnostics(found.diagnostics, form)
    return OK if found.ok else FINDINGS


def _closing(report: Report) -> str:
    from intrigue.diagnostics.render import closing

    return f"{report.summary}\n{closing(report.diagnostics)}"

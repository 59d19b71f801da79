"""Files laid out evenly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from intrigue.cli.common import (
    FINDINGS,
    OK,
    print_diagnostics,
    status_of,
    write,
)


@click.command(
    epilog="""\b
Examples
  intrigue fmt my.story           rewrite the file
  intrigue fmt --check stories/*  exit with 1 if a file would change"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; say what would change.")
def fmt(files: Sequence[Path], only_check: bool) -> int:
    """Lay out files evenly, without changing what they say."""
    from intrigue.files import ended_like
    from intrigue.language.format import Unformattable, format
    from intrigue.language.load import read

    status = OK
    for path in files:
        source, problems = read(path)
        if source is not None:
            try:
                text = format(source)
            except Unformattable as error:
                problems = error.diagnostics
            else:
                if text != source.text:
                    click.echo(f"{'would change' if only_check else 'changed'}: {path}")
                    if only_check:
                        status = max(status, FINDINGS)
                    else:
                        write(path, ended_like(path, text))
        if problems:
            print_diagnostics(problems, "text", to_stderr=True)
            status = max(status, status_of(problems))
    return status

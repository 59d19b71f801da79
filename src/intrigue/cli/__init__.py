"""The command line: one file a verb. Each reads its arguments, calls the library, and prints.

Exit status: 0 nothing wrong, 1 findings that are errors, 2 cannot run (bad usage, unreadable file),
130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from intrigue.cli.common import (
    CANNOT_RUN,
    FORM,
    INTERRUPTED,
    MACHINE_FORMS,
    OK,
    no_verb,
    print_diagnostics,
)

VERBS = (
    "draft",
    "check",
    "explain",
    "ask",
    "trace",
    "relate",
    "cut",
    "whatif",
    "endings",
    "vocabulary",
    "draw",
    "tell",
    "plan",
    "play",
    "fill",
    "convert",
    "export",
    "fmt",
    "explain-code",
    "help",
)
"""In the order in which a newcomer needs them; `explain-code` is in `explain_code.py`."""


class _Verbs(click.Group):
    """The verbs, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            raise no_verb(cmd_name)
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"intrigue.cli.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a verb; what it cannot run with is said in the format that was asked for."""
        from intrigue.story.story import StoryError

        try:
            return super().invoke(ctx)
        except StoryError as error:
            form = ctx.meta.get(FORM, "text")
            print_diagnostics(error.diagnostics, form, to_stderr=form not in MACHINE_FORMS)
            ctx.exit(CANNOT_RUN)


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Begin with
  intrigue check stories/the_killer.story      is every event possible and motivated?
  intrigue explain stories/the_killer.story 3  why does event 3 happen?
  intrigue explain-code unmotivated-event      what a finding means, and how to mend it
Exit status: 0 nothing wrong, 1 errors found, 2 cannot run.""",
)
@click.version_option(package_name="intrigue", prog_name="intrigue")
def cli() -> None:
    """Stories that execute: who can do this, who knows it, and why would they?

    A .story file declares who is in it, what each person wants, knows and wrongly believes, and
    tells the plot in plain sentences. Intrigue plays the plot and finds what does not follow.
    """


def main(args: Sequence[str] | None = None) -> None:
    """The entry point: runs a verb and turns whatever it came to into an exit status."""
    sys.exit(_run(args))


def look_for_rubbish_seldom() -> None:
    """What is read lives to the end: to look through it for rubbish again and again would be a tenth of a check, and to do so once
    more when all is over another tenth."""
    gc.set_threshold(100_000, 50, 50)
    atexit.register(gc.freeze)


def _run(args: Sequence[str] | None) -> int:
    from intrigue.seam import EngineError

    look_for_rubbish_seldom()
    _open_streams()
    try:
        status = cli.main(args=args, prog_name="intrigue", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else OK
    except click.ClickException as error:
        error.show()
        return CANNOT_RUN
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _say_no_more()
        return OK  # whoever read our output has had enough
    except OSError as error:
        _say_no_more()
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"Error: {where}{error.strerror or error}", err=True)
        return CANNOT_RUN
    except EngineError as error:
        click.echo(f"Error: {error}", err=True)
        return CANNOT_RUN
    except MemoryError:
        click.echo("the story needs more memory than the engine may use", err=True)
        return CANNOT_RUN


def _open_streams() -> None:
    """Who closes an output (`>&-`) wants nothing of it: Python leaves no stream there, and to write nowhere is no mistake. What an output
    of another encoding has no sign for is written as its number."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def _say_no_more() -> None:
    """Nothing is written at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

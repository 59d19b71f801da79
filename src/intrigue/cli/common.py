"""What the verbs share: arguments and options, loading, printing."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intrigue.amounts import LONGEST, MOST

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Diagnostic
    from intrigue.story.motives import Limits
    from intrigue.story.story import Story
    from intrigue.views.chronicle import Chronicle
    from intrigue.views.extras import MissingExtra

OK, FINDINGS, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130
FORMATS = ("text", "json", "sarif", "github")
_PATIENCE = 0.5
"""Seconds before progress is shown."""

Command = TypeVar("Command", bound=Callable[..., Any])

# ------------------------------------------------------ arguments and options


FORM = "intrigue.form"
"""Under what name a run notes how it prints."""
MACHINE_FORMS = ("json", "sarif", "github")
"""Formats in which findings are for programs, on standard output."""


class OutFile(click.Path):
    """A file to write. That it cannot be written is said before any work is done for it."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails, as click does, where nothing can be written."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        folder = path.absolute().parent
        if path.is_dir():
            self.fail(f"{value or 'nothing'!r} names no file", param, ctx)
        if not folder.is_dir():
            self.fail(f"there is no folder {folder}", param, ctx)
        if not path.exists() and not os.access(folder, os.W_OK):
            self.fail(f"nothing may be written into {folder}", param, ctx)
        return path


story_path = click.argument("story", metavar="STORY", type=click.Path(path_type=Path))
reading_option = click.option(
    "--reading", metavar="NAME", help="Which reading of a story with several."
)


def format_option(*choices: str) -> Callable[[Command], Command]:
    """`--format`, given to the verb as `form`, and noted for whoever has to say that the verb cannot run."""

    def noted(ctx: click.Context, param: click.Parameter, form: str) -> str:
        ctx.meta[FORM] = form
        return form

    return click.option(
        "--format",
        "form",
        type=click.Choice(choices or ("text", "json")),
        default="text",
        show_default=True,
        help="How to print what is found.",
        callback=noted,
    )


def options(*each: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one, in the order in which `--help` lists them."""

    def add(command: Command) -> Command:
        for option in reversed(each):
            command = option(command)
        return command

    return add


def bounded(
    name: str, least: int, most: int | None, default: int, about: str
) -> Callable[[Command], Command]:
    """An option that is a number within bounds; none above: any number that counts exactly."""
    kind = AtLeast(least) if most is None else click.IntRange(least, most)
    return click.option(name, type=kind, default=default, show_default=True, help=about)


class AtLeast(click.IntRange):
    """A number of any size that counts exactly everywhere, JSON and all; how large that is, `--help` need not say."""

    def __init__(self, least: int) -> None:
        super().__init__(min=least)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Fails where it is more than `MOST`."""
        number = super().convert(value, param, ctx)
        if number > MOST:
            self.fail(f"{value} is more than {MOST}", param, ctx)
        return number


class Seconds(click.FloatRange):
    """How long something may take: any time up to thirty years."""

    def __init__(self) -> None:
        super().__init__(min=0)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The seconds. Fails where they are more than `LONGEST`, or no number."""
        seconds = super().convert(value, param, ctx)
        if not seconds <= LONGEST:  # so is what is no number
            self.fail(f"{value} is not a time of at most {LONGEST:.0e} seconds", param, ctx)
        return seconds


def seconds_option(about: str) -> Callable[[Command], Command]:
    """`--seconds`, with what it is for."""
    return click.option("--seconds", type=Seconds(), metavar="SECONDS", help=about)


seed_option = click.option(
    "--seed", type=AtLeast(0), default=0, help="Decides between what is as good."
)


memory_option = click.option(
    "--memory",
    "memory_mb",
    type=AtLeast(16),
    metavar="MB",
    help="Stop where the search needs more memory than this. [default: 160; fill, in large worlds: 560]",
)


_MINDS = "How deep minds are read: 2 is what she thinks that he would do."


def limits_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options that bound the search for motives, given to the verb as one `limits`."""

    @wraps(command)
    def limited(
        *args: object,
        max_events: int,
        max_minds: int,
        effort: int,
        seconds: float | None,
        **others: object,
    ) -> int:
        from intrigue.story.motives import Limits

        limits = Limits(events=max_events, minds=max_minds, effort=effort, seconds=seconds)
        return command(*args, limits=limits, **others)

    effort = "How many events may be tried for one motive before it is called undecided."
    return options(
        bounded("--max-events", 1, 50, 8, "How many events a plan may have."),
        bounded("--max-minds", 1, 20, 4, _MINDS),
        bounded("--effort", 1, None, 5_000, effort),
        seconds_option("Stop looking for motives after this."),
    )(limited)


def search_options(events: int, until: str) -> Callable[[Command], Command]:
    """The options that bound a search for stories. `events`: how many a story may have if nothing is said; `until`: what happens after
    the seconds."""
    return options(
        bounded("--max-events", 1, 60, events, "How many events the story may have."),
        bounded("--max-motive", 1, 50, 8, "How many events somebody's plan in it may have."),
        bounded("--max-minds", 0, 20, 4, _MINDS),
        seconds_option(until),
    )


# -------------------------------------------------------- loading and printing


def load(path: Path, form: str, limits: Limits | None = None, *, product: bool = False) -> Story:
    """The story, played; if it cannot be loaded, its findings are printed as a check would print them, and
    the run ends. `product`: standard output is for what is made of it, findings go to the other.
    """
    from intrigue.story.story import StoryError, load

    try:
        story = load(path)
        story.runs(limits)
    except StoryError as error:
        print_diagnostics(error.diagnostics, form, to_stderr=product)
        if form == "text":
            from intrigue.diagnostics.render import closing

            click.echo(closing(error.diagnostics), err=product)
        raise SystemExit(status_of(error.diagnostics)) from None
    say_reading(story)
    return story


def say_reading(story: Story) -> None:
    """Says which reading of a story with several a verb is about, if it has not been told."""
    from intrigue.story.run import readings

    context = click.get_current_context(silent=True)
    asked = context.params if context is not None else {}
    named = [name for name in readings(story.world) if name is not None]
    if "reading" in asked and asked["reading"] is None and len(named) > 1:
        others = ", ".join(named[1:])
        click.echo(f"(the reading {named[0]}; `--reading` says which: {others})", err=True)


def told(path: Path, reading: str | None) -> tuple[Story, Chronicle]:
    """The story, and what there is to show of it. Raises click.ClickException if nothing is told in it."""
    from intrigue.views.chronicle import chronicle

    story = load(path, "text", product=True)
    run = story.run(reading)
    if not run.steps:
        raise click.ClickException(f"{path} tells nothing: write a scene with a sentence in it")
    return story, chronicle(run)


def status_of(diagnostics: Iterable[Diagnostic]) -> int:
    """Whether it could not be read at all, or can be mended in the text."""
    from intrigue.language.load import UNREADABLE

    unreadable = any(d.span is None and d.code in UNREADABLE for d in diagnostics)
    return CANNOT_RUN if unreadable else FINDINGS


def print_diagnostics(
    diagnostics: Sequence[Diagnostic], form: str, to_stderr: bool = False
) -> None:
    """Prints findings: `form` is text, json, sarif or github; colours only on a terminal."""
    from intrigue.diagnostics import render

    if form == "json":
        echo_json(render.as_json(diagnostics))
    elif form == "sarif":
        from importlib.metadata import version

        echo_json(render.as_sarif(diagnostics, version=version("intrigue")))
    elif form == "github":
        if diagnostics:
            click.echo(render.as_github(diagnostics))
    else:
        stream = sys.stderr if to_stderr else sys.stdout
        colour = render.coloured(stream)
        for diagnostic in diagnostics:
            click.echo(render.text(diagnostic, colour=colour) + "\n", file=stream, color=colour)


def print_json(data: dict[str, object]) -> None:
    """Prints plain data, indented."""
    import json

    echo_json(json.dumps(data, ensure_ascii=False, indent=2))


def echo_json(text: str) -> None:
    """Prints JSON; in ASCII, where standard output has not all signs."""
    import json

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if not encoding.lower().startswith("utf"):
        sign = re.compile(r"[^\x00-\x7f]")  # all of them stand in strings
        text = sign.sub(lambda found: json.dumps(found[0])[1:-1], text)
    click.echo(text)


def not_over(target: Path | None, source: Path, made: str) -> None:
    """Nothing that is made is written over what it is made from. Raises click.UsageError if it would be."""
    from intrigue.files import same

    if target is not None and same(target, source):
        raise click.UsageError(f"{target} is the file that is read: write {made} to another")


def write(path: Path, content: str | bytes) -> None:
    """Writes a file; what was there stays if that fails. Raises click.ClickException if it cannot be written."""
    from intrigue.files import replace

    try:
        replace(path, content)
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from None


def write_said(path: Path, content: str | bytes) -> None:
    """Writes a file and says so on standard error, with its size. Raises click.ClickException if it cannot be written."""
    write(path, content)
    size = path.stat().st_size
    said = f"{size / 1000:,.0f} kB" if size >= 10_000 else f"{size:,} bytes"
    click.echo(f"written: {path} ({said})", err=True)


def no_verb(name: str) -> click.UsageError:
    """The error that there is no such verb."""
    from intrigue.cli import VERBS
    from intrigue.diagnostics.suggest import nearest

    near = nearest(name, VERBS)
    hint = f"did you mean {near!r}?" if near else "see `intrigue help`"
    return click.UsageError(f"there is no verb {name!r}; {hint}")


def missing(error: MissingExtra, what: str) -> click.ClickException:
    """The error that `what` needs a package that is not installed."""
    package, extra = error.args
    return click.ClickException(
        f"{what} needs the package {package}: pip install 'intrigue[{extra}]'"
    )


class Progress:
    """One line on standard error that says how far a long search is; only on a terminal."""

    def __init__(self) -> None:
        self._shown = False
        self._began = time.monotonic()
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, what: str, done: int, whole: int, of: str = "event") -> None:
        self._show(f"{what}: {of} {done} of {whole}")

    def gaps(self, what: str, done: int, whole: int) -> None:
        """How far the filling of a telling is."""
        self._show(f"{what}: {done} of {whole} (Ctrl-C keeps the best so far)")

    def search(self, counts: dict[str, float]) -> None:
        """How far a search for stories is: what the engine counts."""
        said = [f"{counts.get('examined', 0):.0f} states"]
        if stories := counts.get("stories"):
            said.append(f"{stories:.0f} found")
        if bound := counts.get("bound"):
            said.append(f"none has fewer than {bound:.0f} events")
        self._show(f"looking for a story: {', '.join(said)} (Ctrl-C keeps the best so far)")

    def _show(self, text: str) -> None:
        if self._terminal and time.monotonic() - self._began > _PATIENCE:
            self._shown = True
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

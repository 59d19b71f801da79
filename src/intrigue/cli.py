"""The command line: verbs only. Each reads its arguments, calls the library, and prints.

Exit status: 0 nothing wrong, 1 findings that are errors, 2 cannot run (bad usage, unreadable file),
130 interrupted.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Diagnostic
    from intrigue.story.check import Report
    from intrigue.story.motives import Limits
    from intrigue.story.story import Story

OK, FINDINGS, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130
FORMATS = ("text", "json", "sarif", "github")
_UNREADABLE = ("file-not-found", "not-a-file", "unreadable-file", "not-text", "too-large")
_PATIENCE = 0.5
"""Seconds before progress is shown."""

Command = TypeVar("Command", bound=Callable[..., Any])


class _Verbs(click.Group):
    """Lists the verbs in the order in which a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=_Verbs,
    context_settings=_SETTINGS,
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


def _path(command: Command) -> Command:
    return click.argument("story", metavar="STORY", type=click.Path(path_type=Path))(command)


def _format(*choices: str) -> Callable[[Command], Command]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default="text",
        show_default=True,
        help="How to print what is found.",
    )


def _limits(command: Command) -> Command:
    """The options that bound the search for motives."""
    for option in (
        click.option(
            "--seconds", type=click.FloatRange(min=0), help="Stop looking for motives after this."
        ),
        click.option(
            "--effort",
            type=click.IntRange(min=1),
            default=5_000,
            show_default=True,
            help="How many events may be tried for one motive before it is called undecided.",
        ),
        click.option(
            "--max-minds",
            type=click.IntRange(1, 20),
            default=4,
            show_default=True,
            help="How deep minds are read: 2 is what she thinks that he would do.",
        ),
        click.option(
            "--max-events",
            type=click.IntRange(1, 50),
            default=8,
            show_default=True,
            help="How many events a plan may have.",
        ),
    ):
        command = option(command)
    return command


_reading = click.option("--reading", metavar="NAME", help="Which reading of a story with several.")


@cli.command(
    epilog="""\b
Examples
  intrigue check my.story
  intrigue check my.story --report my.html       the whole story as a page, with motives
  intrigue check my.story --format github        annotations in a pull request
  intrigue check my.story --seconds 5            at most five seconds for motives
  intrigue check my.story --honesty              do the rules carry the story?"""
)
@_path
@_format(*FORMATS)
@click.option("--report", type=click.Path(path_type=Path), help="Write an HTML page here.")
@click.option("--honesty", is_flag=True, help="Say how much hangs on rules made for one sentence.")
@_limits
def check(
    story: Path,
    form: str,
    report: Path | None,
    honesty: bool,
    max_events: int,
    max_minds: int,
    effort: int,
    seconds: float | None,
) -> int:
    """Find what does not follow: impossible or unmotivated events, broken promises, idle scenes."""
    limits = _make_limits(max_events, max_minds, effort, seconds)
    loaded = _load(story, form, limits)
    with _Progress() as progress:
        found = loaded.check(limits, progress)
    if report is not None:
        from intrigue.views.report import page

        _write(report, page(found))
    measured = loaded.honesty(limits) if honesty else None
    if form == "text":
        _print_diagnostics(found.diagnostics, form)
        if measured is not None:
            click.echo(f"{measured}\n")
        click.echo(_closing(found))
        if report is not None:
            click.echo(f"report: {report}")
    elif form == "json":
        data = found.to_dict()
        if measured is not None:
            data["honesty"] = measured.to_dict()
        _print_json(data)
    else:
        _print_diagnostics(found.diagnostics, form)
    return OK if found.ok else FINDINGS


@cli.command(
    epilog="""\b
Examples
  intrigue explain my.story 14              event 14
  intrigue explain my.story "[7]"           the events that tell sentence 7 of the source
  intrigue explain my.story "The church"    all events of a scene"""
)
@_path
@click.argument("event")
@_reading
@_format("text", "json")
@_limits
def explain(
    story: Path,
    event: str,
    reading: str | None,
    form: str,
    max_events: int,
    max_minds: int,
    effort: int,
    seconds: float | None,
) -> int:
    """Why an event happens: each person's plan, the beliefs it rests on, which are wrong."""
    limits = _make_limits(max_events, max_minds, effort, seconds)
    found = _load(story, form, limits).explain(event, reading, limits)
    if form == "json":
        _print_json({"explanations": [each.to_dict() for each in found]})
    else:
        click.echo("\n\n".join(str(each) for each in found))
    return OK


@cli.command(
    epilog="""\b
Examples
  intrigue ask my.story "where(Jennie)"                                at the end
  intrigue ask my.story "Li believes where(Ah Jong) = the church" --at 14
  intrigue ask my.story --who-knows "blinded_by(Jennie)" --at "The church"
  intrigue ask my.story "any p: cop where p knows killer_of(Lam) = Ah Jong" --at "[7]\""""
)
@_path
@click.argument("question", required=False)
@click.option(
    "--who-knows", metavar="FACT", help="What each person takes a fact to be, since when."
)
@click.option(
    "--at", metavar="MOMENT", help="After this: an event's number, [n], a scene's title, start."
)
@_reading
@_format("text", "json")
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
    loaded = _load(story, form)
    answer = (
        loaded.ask(question, at, reading)
        if question is not None
        else loaded.who_knows(str(who_knows), at, reading)
    )
    if form == "json":
        _print_json(answer.to_dict())
    else:
        click.echo(str(answer))
    return OK


@cli.command(
    epilog="""\b
Examples
  intrigue trace my.story              every sentence of the source with what tells it
  intrigue trace my.story --missing    only those that nothing tells"""
)
@_path
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="The source document, one sentence a line; the one that the story names if left out.",
)
@click.option("--missing", is_flag=True, help="Only the sentences that nothing cites.")
@_reading
@_format("text", "json")
def trace(story: Path, source: Path | None, missing: bool, reading: str | None, form: str) -> int:
    """Lay the source beside the story: which of its sentences are told, and where."""
    found = _load(story, form).trace(source, reading)
    if form == "json":
        _print_json(found.to_dict())
    elif missing:
        for sentence in found.missing:
            click.echo(f"[{sentence.number}] {sentence.text}")
        click.echo(found.summary)
    else:
        click.echo(str(found))
    _print_diagnostics(found.problems, "text", to_stderr=True)
    return FINDINGS if found.problems else OK


@cli.command(
    epilog="""\b
Examples
  intrigue fmt my.story           rewrite the file
  intrigue fmt --check stories/*  exit with 1 if a file would change"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; say what would change.")
def fmt(files: Sequence[Path], only_check: bool) -> int:
    """Lay out files evenly, without changing what they say."""
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
                        _write(path, text)
        if problems:
            _print_diagnostics(problems, "text", to_stderr=True)
            status = max(status, _status(problems))
    return status


@cli.command(
    "explain-code",
    epilog="""\b
Examples
  intrigue explain-code                      all findings there are
  intrigue explain-code unmotivated-event    one of them, with an example""",
)
@click.argument("code", required=False)
def explain_code(code: str | None) -> int:
    """What a finding means, an example of it, and how to mend it."""
    from intrigue.diagnostics.catalogue import codes, entry

    if code is None:
        width = max(map(len, codes()))
        for each in codes():
            found = entry(each)
            click.echo(f"{each:<{width}}  {found.severity:<7}  {found.headline}")
        return OK
    if code not in codes():
        from intrigue.diagnostics.suggest import nearest

        like = nearest(code, codes())
        raise click.UsageError(
            f"no finding is called {code!r}" + (f"; did you mean {like!r}?" if like else "")
        )
    found = entry(code)
    click.echo(f"{code} ({found.severity}): {found.headline}\n\n{found.body.rstrip()}")
    return OK


@cli.command("help")
@click.argument("verb", required=False)
@click.pass_context
def help_(ctx: click.Context, verb: str | None) -> int:
    """Show this, or how to use one verb."""
    parent = ctx.parent or ctx
    if verb is None:
        click.echo(parent.get_help())
        return OK
    command = cli.get_command(parent, verb)
    if command is None:
        raise click.UsageError(f"there is no verb {verb!r}; see `intrigue help`")
    with click.Context(command, info_name=verb, parent=parent) as inner:
        click.echo(command.get_help(inner))
    return OK


# ------------------------------------------------------------ shared by verbs


def _make_limits(events: int, minds: int, effort: int, seconds: float | None) -> Limits:
    from intrigue.story.motives import Limits

    return Limits(events=events, minds=minds, effort=effort, seconds=seconds)


def _load(path: Path, form: str, limits: Limits | None = None) -> Story:
    """The story, played; if it cannot be loaded, its findings are printed as a check would print them, and
    the run ends.
    """
    from intrigue.story.story import StoryError, load

    try:
        story = load(path)
        story.runs(limits)
    except StoryError as error:
        _print_diagnostics(error.diagnostics, form)
        if form == "text":
            from intrigue.diagnostics.render import closing

            click.echo(closing(error.diagnostics))
        raise SystemExit(_status(error.diagnostics)) from None
    return story


def _status(diagnostics: Iterable[Diagnostic]) -> int:
    """Whether it could not be read at all, or can be mended in the text."""
    unreadable = any(d.span is None and d.code in _UNREADABLE for d in diagnostics)
    return CANNOT_RUN if unreadable else FINDINGS


def _print_diagnostics(
    diagnostics: Sequence[Diagnostic], form: str, to_stderr: bool = False
) -> None:
    from intrigue.diagnostics import render

    if form == "json":
        click.echo(render.as_json(diagnostics))
    elif form == "sarif":
        from importlib.metadata import version

        click.echo(render.as_sarif(diagnostics, version=version("intrigue")))
    elif form == "github":
        if diagnostics:
            click.echo(render.as_github(diagnostics))
    else:
        stream = sys.stderr if to_stderr else sys.stdout
        colour = render.coloured(stream)
        for diagnostic in diagnostics:
            click.echo(render.text(diagnostic, colour=colour) + "\n", file=stream, color=colour)


def _closing(report: Report) -> str:
    from intrigue.diagnostics.render import closing

    return f"{report.summary}\n{closing(report.diagnostics)}"


def _print_json(data: dict[str, object]) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _write(path: Path, text: str) -> None:
    """Writes a file. Raises click.ClickException if it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from None


class _Progress:
    """One line on standard error that says how far a long search is; only on a terminal."""

    def __init__(self) -> None:
        self._shown = False
        self._began = time.monotonic()
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __call__(self, what: str, done: int, whole: int) -> None:
        if self._terminal and time.monotonic() - self._began > _PATIENCE:
            self._shown = True
            sys.stderr.write(f"\r\033[K{what}: event {done} of {whole}")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def main(args: Sequence[str] | None = None) -> None:
    """The entry point: runs a verb and turns whatever it came to into an exit status."""
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:
    from intrigue.story.story import StoryError

    try:
        status = cli.main(args=args, prog_name="intrigue", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else OK
    except StoryError as error:
        _print_diagnostics(error.diagnostics, "text", to_stderr=True)
        return CANNOT_RUN
    except click.ClickException as error:
        error.show()
        return CANNOT_RUN
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except MemoryError:
        click.echo("the story needs more memory than the engine may use", err=True)
        return CANNOT_RUN

"""A story played from within."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from intrigue.cli.common import (
    INTERRUPTED,
    OK,
    OutFile,
    echo_json,
    load,
    not_over,
    reading_option,
    story_path,
    write,
)

if TYPE_CHECKING:
    from intrigue.play.talk import Table


@click.command(
    epilog="""\b
Examples
  intrigue play my.story --as Vera                       from the opening; `help` at the prompt
  intrigue play my.story --as Vera --from 14 --seed 3    from a moment of the telling; another seed, other luck
  intrigue play my.story --as Vera --save game.story     written after every turn, for `intrigue check`
  intrigue play my.story --replay game.story             the same game again, and on from there
  printf 'wait\\nhint\\n' | intrigue play my.story --as Vera --format jsonl
The end of the input (Ctrl-D) and Ctrl-C end the game."""
)
@story_path
@click.option("--as", "person", metavar="PERSON", help="Whom you play.")
@click.option(
    "--from",
    "at",
    metavar="EVENT",
    help="Begin after this: an event's number, [n], a scene's title; the opening if left out.",
)
@click.option(
    "--seed",
    type=int,
    help="Another seed, other luck and other turns.  [default: 0]",
)
@click.option(
    "--save",
    type=OutFile(),
    help="Write the game here after every turn, as a .story.",
)
@click.option(
    "--replay",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="First type what was typed in this: a saved game (played by the same person, from the same moment, with the same seed, where "
    "none is given), or a command a line.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "jsonl")),
    default="text",
    show_default=True,
    help="jsonl: one JSON object a turn, for programs that play.",
)
@reading_option
def play(
    story: Path,
    person: str | None,
    at: str | None,
    seed: int | None,
    save: Path | None,
    replay: Path | None,
    form: str,
    reading: str | None,
) -> int:
    """Play a story as one of its cast: you know what that person knows, and do what that person could do.

    Everybody else acts on motives of their own, and thinks again when surprised.
    """
    from intrigue.play.talk import Table
    from intrigue.play.transcript import began, typed_in

    not_over(save, story, "the game")
    loaded = load(story, "text", product=form == "jsonl")
    try:
        before = "" if replay is None else replay.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(f"{replay} is no game: it is not text") from None
    if (saved := began(before)) is not None:
        person, at, seed = person or saved[0], at or saved[1], saved[2] if seed is None else seed
    if person is None:
        names = ", ".join(loaded.world.atoms[each].name for each in loaded.world.persons)
        raise click.UsageError(f"whom do you play? --as one of: {names}")
    session = loaded.play(person, at=at, reading=reading, seed=seed or 0)
    gc.freeze()  # what the story is made of stays: no turn is to wait until all of it is looked through
    typed = typed_in(before)
    table = Table(session, story)
    shows = _objects if form == "jsonl" else _words
    try:
        shows(table, table.opening())
        for number, line in enumerate(_lines(typed, form), 1):
            said = table.answer(line)
            if save is not None:
                write(save, session.to_text(judged=False))
            if table.over:
                break
            shows(table, said)
            if session.ended and number >= len(typed) and not _terminal():
                break
        else:
            _newline(form)
    except KeyboardInterrupt:
        _newline(form)
        _offer(table, save)
        return INTERRUPTED
    _offer(table, save)
    return OK


def _lines(typed: list[str], form: str) -> Iterator[str]:
    """What is typed: first that which was typed before, then what comes in."""
    terminal = _terminal()
    prompt = "> " if form == "text" else ""
    if terminal:
        import readline  # noqa: F401  (the arrow keys, in `input`)
    for line in typed:
        if prompt:
            click.echo(f"{prompt}{line}")
        yield line
    while sys.stdin is not None:  # it may be closed
        try:
            line = input(prompt if terminal else "")
        except EOFError:
            return
        if prompt and not terminal:
            click.echo(f"{prompt}{line}")
        yield line


def _terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _words(table: Table, said: str) -> None:
    click.echo(f"{said}\n")


def _objects(table: Table, said: str) -> None:
    echo_json(json.dumps({**table.to_dict(), "said": said}, ensure_ascii=False))


def _newline(form: str) -> None:
    if form == "text" and _terminal():
        click.echo()


def _offer(table: Table, save: Path | None) -> None:
    """Nothing is lost: a game that was not being written down may be, before it goes."""
    if save is not None:
        write(save, table.session.to_text())
    elif _terminal() and table.session.scene.turn:
        try:
            while name := input("Write the game to which file? (Enter: none) ").strip():
                if not (problem := table.write(name)):
                    return
                click.echo(problem)
        except (EOFError, KeyboardInterrupt):
            click.echo()

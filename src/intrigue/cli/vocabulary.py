"""What a story in a world can say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from intrigue.cli.common import OK, format_option, print_diagnostics, print_json, status_of


@click.command(
    epilog="""\b
Examples
  intrigue vocabulary                                   the worlds that are shipped
  intrigue vocabulary "heroic bloodshed"                all that a story in this world can say
  intrigue vocabulary my.story lie                      whatever has to do with lying
  intrigue vocabulary "heroic bloodshed" surprise       what surprise is, and which acts need it
  intrigue vocabulary my.story --only facts             what can be expected, asked, set at the start
  intrigue vocabulary my.story --kind cop --only sentences    what can be told of a cop"""
)
@click.argument("world", required=False)
@click.argument("word", required=False)
@click.option(
    "--only",
    "sorts",
    multiple=True,
    type=click.Choice(("kinds", "sentences", "facts", "conditions", "wants")),
    help="Only these; may be repeated.",
)
@click.option("--kind", metavar="KIND", help="Only what somebody of this kind can be in.")
@format_option()
def vocabulary(
    world: str | None, word: str | None, sorts: Sequence[str], kind: str | None, form: str
) -> int:
    """List the sentences of a world or a story, with what they need and make, its facts, conditions, wants and kinds; all or those with a
    WORD.

    WORLD is a file, or the name of a shipped world.
    """
    from intrigue.language.load import SHIPPED, find
    from intrigue.world.load import WorldError, load_world
    from intrigue.world.vocabulary import SORTS, kinds_of
    from intrigue.world.vocabulary import vocabulary as all_of

    if world is None:
        shipped = [(_name(path), _about(path)) for path in sorted(SHIPPED.glob("*.world"))]
        if form == "json":
            print_json({"worlds": [{"name": name, "about": about} for name, about in shipped]})
        else:
            width = max(len(name) for name, _ in shipped)
            click.echo("\n".join(f"{name:{width}}  {about}" for name, about in shipped))
        return OK
    path = Path(world)
    if not path.exists():
        path = find(world, Path("here.story")) or path
    if not path.exists():
        from intrigue.diagnostics.suggest import nearest

        like = nearest(world, [_name(each) for each in SHIPPED.glob("*.world")])
        hint = f"did you mean {like!r}?" if like else "`intrigue vocabulary` lists the worlds"
        raise click.UsageError(
            f"there is no file {world!r}, and no shipped world of that name; {hint}"
        )
    try:
        loaded = load_world(path)
    except WorldError as error:
        print_diagnostics(error.diagnostics, form)
        return status_of(error.diagnostics)
    kinds = None
    if kind is not None:
        kinds = kinds_of(loaded, kind)
        if kinds is None:
            from intrigue.diagnostics.suggest import nearest

            like = nearest(kind, [each.name for each in loaded.kinds])
            hint = f"; did you mean {like!r}?" if like else ""
            raise click.UsageError(f"no kind is called {kind!r}{hint}")
    found = all_of(loaded).about(word, sorts or SORTS, kinds)
    if form == "json":
        print_json(found.to_dict())
    else:
        click.echo(str(found))
        if word and not found.entries and (others := _with(word, SHIPPED, path)):
            click.echo(f"these shipped worlds speak of it: {', '.join(others)}")
    return OK


def _with(word: str, folder: Path, but: Path) -> list[str]:
    """The worlds in a folder in whose rules a word begins so; most build upon others, and are not to be read alone."""
    import re

    begins = re.compile(rf"^[^#\n]*\b{re.escape(word)}", re.IGNORECASE | re.MULTILINE)
    paths = (path for path in sorted(folder.glob("*.world")) if path != but)
    return [_name(path) for path in paths if begins.search(path.read_text("utf-8"))]


def _name(world: Path) -> str:
    return world.stem.replace("_", " ")


def _about(world: Path) -> str:
    """What a world says of itself: the first sentence of the comment under its title."""
    comment = next(line for line in world.read_text("utf-8").splitlines() if line.startswith("#"))
    return comment.removeprefix("#").strip().split(". ")[0].rstrip(".")

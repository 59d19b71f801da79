"""The help as a verb."""

from __future__ import annotations

import click

from intrigue.cli.common import OK


@click.command("help")
@click.argument("verb", required=False)
@click.pass_context
def help(ctx: click.Context, verb: str | None) -> int:
    """Show this, or how to use one verb."""
    parent = ctx.parent or ctx
    if verb is None:
        click.echo(parent.get_help())
        return OK
    verbs = parent.command
    command = verbs.get_command(parent, verb) if isinstance(verbs, click.Group) else None
    assert command is not None  # an unknown one is said by the group
    with click.Context(command, info_name=verb, parent=parent) as inner:
        click.echo(command.get_help(inner))
    return OK

"""What a finding means."""

from __future__ import annotations

import click

from intrigue.cli.common import OK


@click.command(
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
        of_sabre = [each for each in codes() if each.startswith("sabre-")]
        for title, group in (
            ("", [each for each in codes() if each not in of_sabre]),
            ("\nin problems written in Sabre's syntax", of_sabre),
        ):
            if title:
                click.echo(title)
            for each in group:
                found = entry(each)
                click.echo(f"{each:<{width}}  {found.severity:<7}  {found.headline}")
        return OK
    if code not in codes():
        from intrigue.diagnostics.suggest import nearest

        like = nearest(code, codes())
        hint = f"did you mean {like!r}?" if like else "`intrigue explain-code` lists them"
        raise click.UsageError(f"no finding is called {code!r}; {hint}")
    found = entry(code)
    click.echo(f"{code} ({found.severity}): {found.headline}\n\n{found.body.rstrip()}")
    return OK

"""The audience over the telling: where it knows better than the persons (irony), where they know better (mystery), and where it learns
that something was otherwise than it could know (surprise). After what an audience is told and not told: Sternberg, *Expositional Modes
and Temporal Ordering in Fiction*, 1978; Bordwell, *Narration in the Fiction Film*, 1985. What it knows: `docs/semantics.md`, section 9."""

from __future__ import annotations

from intrigue.views.chronicle import Chronicle
from intrigue.views.draw.tension import Panel, Sheet

_HIGH = 58.0


def audience(told: Chronicle) -> str:
    """The three as curves over the moments of the telling, as one SVG element."""
    sheet = Sheet(told, as_told=True)
    sheet.panels(
        [
            Panel("irony", [each.irony for each in told.watched], "#6b4ea0", _HIGH),
            Panel("mystery", [each.mystery for each in told.watched], "#2f6f9f", _HIGH),
            Panel("surprise", [len(each.surprises) for each in told.watched], "#b3541e", _HIGH),
        ]
    )
    return sheet.whole("what the audience knows and they do not, and the reverse, as it is told")


def surprises(told: Chronicle) -> list[tuple[str, tuple[str, ...]]]:
    """The events that surprise, in the order of the telling: the author's words, and what each shows."""
    in_telling = sorted(told.events, key=lambda event: event.told_at)
    return [
        (event.told, watched.surprises)
        for event, watched in zip(in_telling, told.watched[1:], strict=True)
        if watched.surprises
    ]

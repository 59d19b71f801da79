"""Strips over time: one below another, cut where something changes, each part in the colour of its state and with what it is in words
where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle
from intrigue.views.draw.svg import cut, element, text, title, width_of

NAMES, LENGTH, MARGIN = 190.0, 980.0, 8.0
"""Pixels: the room for names, for the strips, and at the edges."""
WIDTH = NAMES + LENGTH + 2 * MARGIN
STEP = 19.0
"""Pixels from one strip to the next."""
_BAR = 15.0
INK = {
    "truth": "#dcd7cb",
    "knows": "#8fbf9a",
    "wrong": "#e08a72",
    "blank": "#ffffff",
    "holds": "#8fbf9a",
    "open": "#f0dda6",
    "lost": "#b9b4a8",
}


@dataclass(frozen=True, slots=True)
class Part:
    """From the moment `since` to `until`. `spoken`: what the mouse and a reader for the blind are told."""

    since: int
    until: int
    state: str
    said: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Strip:
    """`persons`: whom it is about, so that it can be filtered, by their numbers in the cast; `full`: all of a name that is shortened."""

    name: str
    parts: tuple[Part, ...]
    persons: tuple[int, ...] = ()
    full: str = ""


def strips(told: Chronicle, rows: Iterable[Strip]) -> Iterator[str]:
    """A group each, from the top down. A part that begins with an event has its number as `data-event`."""
    share = LENGTH / told.moments
    for number, row in enumerate(rows):
        name = cut(row.name, 12, NAMES - MARGIN)
        full = row.full or (row.name if name != row.name else "")
        bars: list[str] = []
        for state, parts in groupby(
            sorted(row.parts, key=lambda part: part.state), lambda p: p.state
        ):
            rects = (
                element(
                    "rect",
                    title(part.spoken),
                    x=NAMES + MARGIN + part.since * share,
                    width=max((part.until - part.since) * share - 0.7, 0.8),
                    height=_BAR,
                    data_event=part.since or None,
                )
                for part in parts
            )
            bars.append(element("g", *rects, class_=state, fill=INK[state]))
        words: list[str] = []
        for part in row.parts:
            x = NAMES + MARGIN + part.since * share + 3
            words.append(_words(part, x, (part.until - part.since) * share - 6))
        yield element(
            "g",
            text(name, NAMES, 12.0, full=full, font_size=12, text_anchor="end", class_="who"),
            element("g", *bars, stroke="#b9b4a8", stroke_width=0.6),
            element("g", *words, font_size=10, class_="values"),
            class_="strip",
            data_persons=" ".join(map(str, row.persons)) or None,
            transform=f"translate(0 {number * STEP:g})" if number else None,
            role="listitem",
        )


def _words(part: Part, x: float, room: float) -> str:
    """What a part says, behind the number of the event with which it begins, as far as there is room."""
    number = str(part.since) if part.since else ""
    wide = width_of(f"{number} ", 8) if number else 0.0
    if width_of(part.said, 10) + wide > room:
        number, wide = "", 0.0
    said = cut(part.said, 10, room - wide)
    if said in ("", "…"):
        return ""
    small = element("tspan", number, font_size=8, fill_opacity=0.65) + " " if number else ""
    return element("text", small, escape(said), x=x, y=11.0)


def since(moment: int) -> str:
    """When something began, in words."""
    return f"since event {moment}" if moment else "from the start"

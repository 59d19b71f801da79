"""The why graph: events below one another, and an arc from each to those that hang on it (an arc diagram: Wattenberg 2002). Events on
which nothing hangs stand out: they could be cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intrigue.views.chronicle import Chronicle, Link
from intrigue.views.draw.svg import cut, document, element, text, title, width_of

_ROW, _SENTENCES, _MARGIN, _REACH = 18.0, 420.0, 10.0, 560.0
_KEY = 30.0
"""How high the key is."""
_LOOSE = "#b3471d"
_INK = {"enables": "#2f6f9f", "informs": "#8a5fb0", "moves": "#c98a2b"}
LEGEND = (
    ("enables", "makes it possible"),
    ("informs", "lets somebody believe that it is"),
    ("moves", "is why somebody wants it"),
)


def loose_ends(told: Chronicle) -> list[int]:
    """The events on which no later one hangs, the last told apart."""
    sources = {link.source for link in told.links}
    return [e.number for e in told.events[:-1] if e.number not in sources]


def why(told: Chronicle) -> str:
    """The whole graph as one SVG element, with a key."""
    height = len(told.events) * _ROW + 2 * _MARGIN
    return _drawn([*graph(told), *_key(_MARGIN, height + 14)], height + _KEY)


def bare(told: Chronicle) -> str:
    """The same without a key, for a page that has its own."""
    return _drawn(graph(told), len(told.events) * _ROW + 2 * _MARGIN)


def graph(told: Chronicle) -> list[str]:
    """The arcs and, over them, the events."""
    return [*_arcs(told), *_events(told, set(loose_ends(told)))]


def _drawn(parts: Sequence[str], height: float) -> str:
    width = _SENTENCES + _REACH + 2 * _MARGIN
    return document(*parts, width=width, height=height, about="what hangs on what", role="list")


def _key(x: float, y: float) -> Iterator[str]:
    for sort, says in LEGEND:
        yield element("path", d=f"M{x:g} {y - 4:g} h20", stroke=_INK[sort], stroke_width=2.5)
        yield text(says, x + 26, y, font_size=11)
        x += 26 + width_of(says, 11) + 20
    yield text("nothing later hangs on it", x, y, font_size=11, font_weight="bold", fill=_LOOSE)


def _y(event: int) -> float:
    return _MARGIN + (event - 0.5) * _ROW


def _events(told: Chronicle, loose: set[int]) -> Iterator[str]:
    for event in told.events:
        y = _y(event.number)
        idle = event.number in loose
        said = f"{event.number}. {event.sentence}"
        yield element(
            "g",
            title(f"{said}: nothing later hangs on it" if idle else said),
            element(
                "rect",
                x=0,
                y=y - _ROW / 2,
                width=_SENTENCES,
                height=_ROW,
                fill="transparent",
                class_="row",
            ),
            text(
                cut(said, 13 if idle else 12, _SENTENCES - 30),
                _SENTENCES - 12,
                y + 4,
                font_size=12,
                text_anchor="end",
                class_="sentence",
                font_weight="bold" if idle else None,
                fill=_LOOSE if idle else None,
            ),
            element(
                "circle",
                cx=_SENTENCES,
                cy=y,
                r=4,
                fill=_LOOSE if idle else "#55524b",
                class_="node",
            ),
            class_=f"event{' loose' if idle else ''}",
            data_event=event.number,
            tabindex=0 if event.number == 1 else -1,
            role="listitem",
        )


def _arcs(told: Chronicle) -> Iterator[str]:
    """The strongest link of each pair of events: what is needed for it to be possible goes before why it is wanted."""
    rank = {"enables": 0, "informs": 1, "moves": 2}
    chosen: dict[tuple[int, int], Link] = {}
    for link in sorted(told.links, key=lambda link: rank[link.sort]):
        chosen.setdefault((link.source, link.target), link)
    far = max((link.target - link.source for link in told.links), default=1)
    for (source, target), link in sorted(chosen.items()):
        top, bottom = _y(source), _y(target)
        reach = 14 + (_REACH - 24) * ((target - source) / far) ** 0.6
        x, out = _SENTENCES, _SENTENCES + reach * 1.33
        bend = f"M{x:g} {top:g} C{out:g} {top:g} {out:g} {bottom:g} {x:g} {bottom:g}"
        yield element(
            "path",
            title(f"{source} {dict(LEGEND)[link.sort]}: {target} ({', '.join(link.what)})"),
            d=bend,
            fill="none",
            stroke=_INK[link.sort],
            stroke_width=1.4 if link.sort == "enables" else 1,
            opacity=0.45 if link.sort != "moves" else 0.3,
            class_=f"arc {link.sort}",
            data_from=source,
            data_to=target,
        )

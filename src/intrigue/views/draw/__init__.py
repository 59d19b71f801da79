"""Pictures of a told story: single SVG files, and one page with all of them and what a reader may choose. No scripts or styles are
fetched: the page is one file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from importlib.resources import files

from intrigue.views.chronicle import Chronicle
from intrigue.views.draw import knowledge, orders, relations, storyline, tension, why
from intrigue.views.draw.palette import colour
from intrigue.views.extras import MissingExtra
from intrigue.views.templates import template

_MAKERS: dict[str, Callable[[Chronicle], str]] = {
    "storyline": lambda told: storyline.storyline(told).whole(),
    "knowledge": knowledge.knowledge,
    "why": why.why,
    "tension": tension.tension,
    "relations": relations.relations,
    "orders": orders.orders,
}
"""Each makes one SVG element."""

_SECTIONS = (
    ("storyline", "Storylines"),
    ("knowledge", "Who knows what"),
    ("why", "What hangs on what"),
    ("tension", "Tension"),
    ("relations", "Relations"),
    ("orders", "Two orders"),
)


def picture(told: Chronicle, name: str) -> str:
    """One picture as an SVG file. `name`: one of `pictures.PICTURES`."""
    return _MAKERS[name](told)


def to_png(svg: str) -> bytes:
    """An SVG file at twice its size, on white. Raises MissingExtra if there is nothing to draw it with."""
    try:
        import resvg_py
    except ImportError:
        raise MissingExtra("resvg-py", "png") from None
    made: bytes = resvg_py.svg_to_bytes(svg_string=svg, background="#ffffff", zoom=2.0)
    return made


def page(told: Chronicle, verdict: str = "") -> str:
    """All pictures as one self-contained HTML page. `verdict`: markup to come first, whose events have the ids `event-N`."""
    events = [asdict(event) for event in told.events]
    data = json.dumps({"events": events, "scenes": [asdict(scene) for scene in told.scenes]})
    return template("draw/page.html.jinja").render(
        told=told,
        sections=((("verdict", "Verdict"),) if verdict else ()) + _SECTIONS,
        verdict=verdict,
        css=_read("page.css"),
        script=_read("page.js"),
        inks=_inks(len(told.persons)),
        chart=storyline.storyline(told),
        blocks=knowledge.blocks(told),
        legend=knowledge.LEGEND,
        why=why.why(told),
        arcs=why.LEGEND,
        tension=tension.tension(told),
        network=relations.network(told),
        ties=[(fact, relations.ink(told, fact)) for fact in relations.facts(told)],
        orders=orders.orders(told),
        leaps=orders.leaps(told),
        data=data.replace("</", "<\\/"),
    )


def _inks(persons: int) -> str:
    """The persons' colours on a dark ground, over those that the pictures have for a light one."""
    rules = [f"fieldset .p{i} {{ color: {colour(i)}; }}" for i in range(persons)]
    for i in range(persons):
        ink = colour(i, dark=True)
        rules += [
            f".dark fieldset .p{i}, .dark svg .name.p{i} {{ color: {ink}; fill: {ink}; }}",
            f".dark svg .line.p{i} path, .dark svg circle.witness.p{i} {{ stroke: {ink}; }}",
            f".dark svg .dot.p{i}, .dark svg .badge.p{i} circle, .dark #relations .p{i} circle {{ fill: {ink}; }}",
            f"svg .name.p{i} {{ fill: {colour(i)}; }}",
        ]
    return "\n".join(rules)


def _read(name: str) -> str:
    return (files("intrigue.views.draw") / name).read_text(encoding="utf-8")

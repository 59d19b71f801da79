"""Pictures of a told story: single SVG files, and one page with all of them and what a reader may choose. No scripts or styles are
fetched: the page is one file."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import asdict, replace
from importlib.resources import files

from intrigue.views.chronicle import Chronicle
from intrigue.views.draw import audience, knowledge, orders, relations, storyline, tension, why
from intrigue.views.draw.palette import colour
from intrigue.views.draw.svg import document, text
from intrigue.views.extras import MissingExtra, NoFont
from intrigue.views.pictures import PICTURES
from intrigue.views.templates import template


def to_png(svg: str) -> bytes:
    """An SVG file at twice its size, on white. Raises MissingExtra if there is nothing to draw it with, NoFont if text would be lost."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise MissingExtra("resvg-py", "png") from None

    def drawn(each: str) -> bytes:
        return bytes(svg_to_bytes(svg_string=each, background="#ffffff", zoom=2.0))

    with_text, without = (
        document(text(said, 2, 20), width=40, height=30, about="") for said in ("M", "")
    )
    if drawn(with_text) == drawn(without):
        raise NoFont
    return drawn(svg)


def page(told: Chronicle, verdict: str = "") -> str:
    """All pictures as one self-contained HTML page. `verdict`: markup to come first, whose events have the ids `event-N`."""
    folded: list[str] = []

    def fold(svg: str) -> int:
        """Puts away a picture that is shown on demand; its number."""
        folded.append(svg)
        return len(folded) - 1

    def packed() -> str:
        """What the page's script reads, compressed: less than a fifth of what it would be as text. To be called last."""
        data = {
            "events": [asdict(replace(event, noticed=())) for event in told.events],
            "scenes": [asdict(scene) for scene in told.scenes],
            "persons": [person.name for person in told.persons],
            "died": [person.died for person in told.persons],
            "folded": folded,
        }
        plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return base64.b64encode(gzip.compress(plain.encode(), mtime=0)).decode()

    return template("draw/page.html.jinja").render(
        told=told,
        pictures=PICTURES,
        verdict=verdict,
        css=_read("page.css"),
        script=_read("page.js"),
        inks=_inks(told),
        chart=storyline.chart(told),
        blocks=knowledge.blocks(told),
        knows=knowledge.LEGEND,
        why=why.bare(told),
        arcs=why.LEGEND,
        tension=tension.tension(told),
        wants=[(person, tension.wants(told, person)) for person in tension.main_persons(told)],
        endings=tension.LEGEND,
        audience=audience.audience(told),
        surprises=audience.surprises(told),
        network=relations.network(told),
        ties=[(fact, relations.ink(told, fact)) for fact in relations.facts(told)],
        orders=orders.orders(told),
        leaps=orders.leaps(told),
        fold=fold,
        packed=packed,
    )


def _inks(told: Chronicle) -> str:
    """The colours of persons and ties on a dark ground, over those that the pictures have for a light one."""
    persons = len(told.persons)
    rules = [f"fieldset .p{i} {{ color: {colour(i)}; }}" for i in range(persons)]
    for i in range(persons):
        ink = colour(i, dark=True)
        rules += [
            f".dark fieldset .p{i}, .dark svg .name.p{i} {{ color: {ink}; fill: {ink}; }}",
            f".dark svg .line.p{i} path, .dark svg circle.witness.p{i} {{ stroke: {ink}; }}",
            f".dark svg .dot.p{i}, .dark svg .badge.p{i} circle, .dark #relations .p{i} circle {{ fill: {ink}; }}",
            f"svg .name.p{i} {{ fill: {colour(i)}; }}",
        ]
    for fact in relations.facts(told):
        ink = relations.ink(told, fact, dark=True)
        rules += [
            f".dark .tie.fact-{fact} path:first-of-type {{ stroke: {ink}; }}",
            f".dark .tie.fact-{fact} path:last-of-type {{ fill: {ink}; }}",
            f".dark .ties [data-fact='{fact}'] + .key {{ background: {ink} !important; }}",
        ]
    return "\n".join(rules)


def _read(name: str) -> str:
    return (files("intrigue.views.draw") / name).read_text(encoding="utf-8")

"""The little of SVG that the pictures need: elements with escaped attributes and text."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

Attribute = str | int | float | None

FACES = "system-ui, sans-serif, DejaVu Sans, Liberation Sans, Noto Sans, Roboto, Ubuntu, Cantarell"
"""What text is set in: a browser takes the first, what draws a .png knows neither of the first two on most machines."""

# Measured widths of a sans-serif face at 1 px, by class of character: wide enough for the usual ones.
_NARROW, _WIDE = frozenset("iljtfrI.,;:'|!()[] "), frozenset("mwMWQO@%…—")


def element(name: str, *content: str, **attributes: Attribute) -> str:
    """`content` is markup already. Of the attributes' names `_` becomes `-`, and a trailing `_` falls away; None is left out."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_number(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def document(
    *content: str,
    width: float,
    height: float,
    about: str,
    left: float = 0.0,
    top: float = 0.0,
    role: str = "img",
) -> str:
    """A picture: the root element. `about`: what it shows, for those who cannot see it; `left`, `top`: its corner. `role`: `img` is one
    thing to a reader for the blind, `list` lets its parts with the role `listitem` be read one by one."""
    return element(
        "svg",
        *content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left:g} {top:g} {width:g} {height:g}",
        width=width,
        height=height,
        role=role,
        aria_label=about,
        font_family=FACES,
    )


def text(said: str, x: float, y: float, full: str = "", **attributes: Attribute) -> str:
    """`full`: what the mouse shows, if the text is a shortened one."""
    return element("text", *([title(full)] if full else []), escape(said), x=x, y=y, **attributes)


def title(said: str) -> str:
    """What a reader for the blind says, and what the mouse shows."""
    return element("title", escape(said))


def path(points: Iterable[tuple[str, float, float]], **attributes: Attribute) -> str:
    """`points`: commands of one pair each, `M` or `L`; the curves are made by `bend`."""
    return element(
        "path", d=" ".join(f"{c}{_number(x)} {_number(y)}" for c, x, y in points), **attributes
    )


def width_of(said: str, size: float) -> float:
    """About how wide a text is, in pixels, a little too wide rather than too narrow."""
    wide = sum(
        1.0 if ord(sign) > 0x2E7F else 0.34 if sign in _NARROW else 1.0 if sign in _WIDE else 0.58
        for sign in said
    )
    return wide * size


def cut(said: str, size: float, room: float) -> str:
    """The text, shortened to the room there is."""
    if width_of(said, size) <= room:
        return said
    while said and width_of(said + "…", size) > room:
        said = said[:-1]
    return said.rstrip() + "…"


def _number(value: str | int | float | None) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

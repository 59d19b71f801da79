"""Who knows what since when: for each fact a strip of its true value over time, and below it one for each person who is ever wrong or
ignorant about it, cut where that changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intrigue.views.chronicle import Chronicle, Matter, Spell, Take, lasting
from intrigue.views.draw.svg import cut, document, element, text, title

_NAMES, _STRIP = 190.0, 760.0
_BAR, _STEP, _MARGIN = 15.0, 19.0, 8.0
_INK = {None: "#dcd7cb", "knows": "#8fbf9a", "wrong": "#e08a72", "blank": "#ffffff"}
_SAID = {"knows": "knows", "wrong": "wrongly believes", "blank": "does not know"}
LEGEND = (("knows", "knows"), ("wrong", "believes otherwise"), ("blank", "does not know"))


@dataclass(frozen=True, slots=True)
class Block:
    """One fact: SVG markup of its strips; `nested` are those of what people think of each other's beliefs, None if nothing is amiss."""

    matter: Matter
    svg: str
    nested: str | None
    always: tuple[str, ...]
    """Who knows it all the time."""


def blocks(told: Chronicle, *, most: int = 60) -> list[Block]:
    """The facts about which anybody is ever wrong or ignorant, those that the story is about first; at most so many."""
    found: list[Block] = []
    for matter in [m for m in told.matters if m.takes][:most]:
        ever = {take.chain[0] for take in matter.takes if len(take.chain) == 1}
        always = tuple(person.name for person in told.persons if person.name not in ever)
        own = [take for take in matter.takes if len(take.chain) == 1]
        nested = [take for take in matter.takes if len(take.chain) > 1]
        found.append(
            Block(
                matter,
                _svg(told, [("in truth", matter.truth), *_rows(own)], matter.label),
                _svg(told, _rows(nested), f"what they think of each other's belief: {matter.label}")
                if nested
                else None,
                always,
            )
        )
    return found


def knowledge(told: Chronicle, *, most: int = 12) -> str:
    """The first facts below one another, as one SVG element."""
    parts: list[str] = []
    y = 0.0
    for matter in [m for m in told.matters if m.takes][:most]:
        own = _rows([take for take in matter.takes if len(take.chain) == 1])
        rows = [("in truth", matter.truth), *own]
        y += 24
        parts.append(text(matter.label, _MARGIN, y - 6, font_size=13, font_weight="bold"))
        parts.append(element("g", *_strips(told, rows), transform=f"translate(0 {y:g})"))
        y += len(rows) * _STEP + 10
    return _whole("".join(parts), y, "who knows what, since when")


def _rows(takes: Sequence[Take]) -> list[tuple[str, tuple[Spell, ...]]]:
    """One row for all who share one history."""
    alike: dict[tuple[Spell, ...], list[str]] = {}
    for take in takes:
        alike.setdefault(take.spells, []).append(" of ".join(take.chain))
    return [
        (f"{names[0]} and {len(names) - 1} more" if len(names) > 2 else ", ".join(names), spells)
        for spells, names in alike.items()
    ]


def _svg(told: Chronicle, rows: Sequence[tuple[str, tuple[Spell, ...]]], about: str) -> str:
    return _whole("".join(_strips(told, rows)), len(rows) * _STEP + 4, about)


def _whole(content: str, height: float, about: str) -> str:
    width = _NAMES + _STRIP + 2 * _MARGIN
    return document(content, width=width, height=height, about=about)


def _strips(told: Chronicle, rows: Sequence[tuple[str, tuple[Spell, ...]]]) -> Iterator[str]:
    share = _STRIP / told.moments
    for number, (name, spells) in enumerate(rows):
        y = number * _STEP
        label = cut(name, 12, _NAMES - _MARGIN)
        yield text(label, _NAMES, y + 12, font_size=12, text_anchor="end", class_="who")
        bars: list[str] = []
        values: list[str] = []
        for spell, end in lasting(spells, told.moments):
            x, width = _NAMES + _MARGIN + spell.since * share, (end - spell.since) * share
            state = spell.state or "truth"
            bars.append(
                element(
                    "rect",
                    title(_spoken(name, spell)),
                    x=x,
                    y=y,
                    width=max(width - 0.7, 0.8),
                    height=_BAR,
                    rx=2,
                    fill=_INK[spell.state],
                    class_=f"take {state}",
                )
            )
            if width > 14:
                said = cut(spell.value if state != "blank" else "?", 10, width - 6)
                values.append(text(said, x + 3, y + 11, class_=f"value {state}"))
        yield element("g", *bars, stroke="#b9b4a8", stroke_width=0.6)
        yield element("g", *values, font_size=10)


def _spoken(name: str, spell: Spell) -> str:
    when = f"since event {spell.since}" if spell.since else "from the start"
    if spell.state is None:
        return f"{spell.value}, {when}"
    said = _SAID[spell.state]
    return f"{name} {said}{'' if spell.state == 'blank' else f' {spell.value}'}, {when}"

"""Who knows what since when: for each fact a strip of its true value over time, and below it one for each person who is ever wrong or
ignorant about it, cut where that changes; it ends where the last of them dies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle, Matter, Spell, Take, lasting
from intrigue.views.draw.strips import INK, MARGIN, NAMES, STEP, WIDTH, Part, Strip, since, strips
from intrigue.views.draw.svg import document, element, text, width_of
from intrigue.views.matters import histories

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
        own, nested = _takes(matter, 1), _takes(matter, 2)
        ever = {take.chain[0] for take in own}
        found.append(
            Block(
                matter,
                _svg(told, [_truth(told, matter), *_rows(told, own)], matter.label),
                _svg(told, _rows(told, nested), f"{matter.label}, in each other's minds")
                if nested
                else None,
                tuple(person.name for person in told.persons if person.name not in ever),
            )
        )
    return found


def knowledge(told: Chronicle, *, most: int = 12) -> str:
    """The first facts below one another, as one SVG element."""
    parts = list(_legend(8.0))
    y = 26.0
    for matter in [m for m in told.matters if m.takes][:most]:
        rows = [_truth(told, matter), *_rows(told, _takes(matter, 1))]
        y += 24
        parts.append(text(matter.label, MARGIN, y - 6, font_size=13, font_weight="bold"))
        parts.append(element("g", *strips(told, rows), transform=f"translate(0 {y:g})"))
        y += len(rows) * STEP + 10
    about = "who knows what, since when"
    return document(*parts, width=WIDTH, height=y, about=about)


def _legend(y: float) -> Iterator[str]:
    x = NAMES + MARGIN
    for state, said in LEGEND:
        yield element("rect", x=x, y=y, width=16, height=11, fill=INK[state], stroke="#b9b4a8")
        yield text(said, x + 22, y + 9.5, font_size=11)
        x += width_of(said, 11) + 44
    yield text("numbers: the events that changed it", x, y + 9.5, font_size=11)


def _takes(matter: Matter, depth: int) -> list[Take]:
    return [take for take in matter.takes if len(take.chain) == depth]


def _truth(told: Chronicle, matter: Matter) -> Strip:
    return Strip("in truth", _parts(told, matter.truth))


def _rows(told: Chronicle, takes: Sequence[Take]) -> list[Strip]:
    """One row for all who share one history, as long as they live."""
    number = {person.name: i for i, person in enumerate(told.persons)}
    found: list[Strip] = []
    for alike in histories(takes):
        chains = sorted((t.chain for t in alike), key=lambda c: [number[name] for name in c])
        names = [" of ".join(chain) for chain in chains]
        name = f"{names[0]} and {len(names) - 1} more" if len(names) > 2 else ", ".join(names)
        persons = dict.fromkeys(number[chain[0]] for chain in chains)
        full = ", ".join(names) if len(names) > 2 else ""
        found.append(Strip(name, _parts(told, alike[0].spells), tuple(persons), full))
    return found


def _parts(told: Chronicle, spells: Sequence[Spell]) -> tuple[Part, ...]:
    return tuple(
        Part(
            spell.since,
            end,
            spell.state or "truth",
            "?" if spell.state == "blank" else spell.value,
            f"{_spoken(spell)}, {since(spell.since)}",
        )
        for spell, end in lasting(spells, told.moments)
        if spell.state != "dead"
    )


def _spoken(spell: Spell) -> str:
    if spell.state is None:
        return spell.value
    said = _SAID[spell.state]
    return said if spell.state == "blank" else f"{said} {spell.value}"


def _svg(told: Chronicle, rows: Sequence[Strip], about: str) -> str:
    height = len(rows) * STEP + 4
    return document(*strips(told, rows), width=WIDTH, height=height, about=about, role="list")

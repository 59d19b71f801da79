"""Relations: who is what to whom. The persons stand on a circle, an arrow for each tie that holds at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin

from intrigue.views.chronicle import Chronicle, Tie
from intrigue.views.draw.palette import colour
from intrigue.views.draw.svg import cut, document, element, text, title, width_of

_RADIUS, _MARGIN = 230.0, 30.0
_PANELS = 6


def facts(told: Chronicle) -> list[str]:
    """The facts that tie persons, those with the most ties first."""
    count: dict[str, int] = {}
    for tie in told.ties:
        count[tie.fact] = count.get(tie.fact, 0) + 1
    return sorted(count, key=lambda fact: (-count[fact], fact))


def ink(told: Chronicle, fact: str, *, dark: bool = False) -> str:
    """The colour of a fact's arrows."""
    return colour(facts(told).index(fact) + 7, dark=dark)


def holds(tie: Tie, moment: int) -> bool:
    """Whether a tie holds at a moment."""
    return [held for since, held in tie.spells if since <= moment][-1]


def unknown(told: Chronicle, tie: Tie) -> list[tuple[int, tuple[int, ...]]]:
    """Who of the living takes it otherwise, or does not know, from each moment on, while the tie holds; by their numbers in the cast."""
    number = {person.name: i for i, person in enumerate(told.persons)}
    about = ((tie.one,), (tie.one, tie.other))
    takes = [
        take
        for matter in told.matters
        if matter.fact == tie.fact and matter.args in about
        for take in matter.takes
        if len(take.chain) == 1
    ]
    found: list[tuple[int, tuple[int, ...]]] = []
    for moment in sorted(
        {0, *(s for s, _ in tie.spells), *(s.since for t in takes for s in t.spells)}
    ):
        at = [(take, [s for s in take.spells if s.since <= moment][-1]) for take in takes]
        who = tuple(
            sorted(number[take.chain[0]] for take, s in at if s.state in ("wrong", "blank"))
        )
        who = who if holds(tie, moment) else ()
        if not found and not who:
            continue
        if not found or found[-1][1] != who:
            found.append((moment, who))
    return found


def network(told: Chronicle, moment: int | None = None) -> str:
    """All ties, each arrow with the moments at which it holds for a page to choose from; with a moment, only those that hold then."""
    size_x, size_y = _size(told)
    ties = [tie for tie in told.ties if moment is None or holds(tie, moment)]
    return document(
        *_arrows(told, ties),
        *_persons(told),
        width=size_x,
        height=size_y,
        about="who is what to whom",
        left=-size_x / 2,
        top=-size_y / 2,
    )


def relations(told: Chronicle) -> str:
    """The network at some moments, side by side, as one SVG element."""
    last = len(told.events)
    moments = sorted({round(last * i / (_PANELS - 1)) for i in range(_PANELS)})
    size_x, size_y = _size(told)
    panels: list[str] = []
    for i, moment in enumerate(moments):
        x, y = (i % 2 + 0.5) * size_x, (i // 2 + 0.5) * (size_y + 30) + 15
        when = f"after event {moment}: {told.events[moment - 1].sentence}" if moment else "opening"
        panels.append(
            element(
                "g",
                text(
                    cut(when, 15, size_x - 10),
                    0,
                    -size_y / 2,
                    font_size=14,
                    text_anchor="middle",
                    font_weight="bold",
                ),
                *_arrows(told, [tie for tie in told.ties if holds(tie, moment)]),
                *_persons(told),
                transform=f"translate({x:g} {y:g})",
            )
        )
    rows = (len(moments) + 1) // 2
    legend = list(_legend(told, 20, rows * (size_y + 30) + 24))
    height = rows * (size_y + 30) + 40 + 16 * (len(facts(told)) // 5 + 1)
    return document(
        *panels,
        *legend,
        width=2 * size_x,
        height=height,
        about="who is what to whom, over the telling",
    )


def _legend(told: Chronicle, x: float, y: float) -> Iterator[str]:
    for i, fact in enumerate(facts(told)):
        at_x, at_y = x + i % 5 * 150, y + i // 5 * 16
        d = f"M{at_x:g} {at_y - 4:g} h20"
        yield element("path", d=d, stroke=ink(told, fact), stroke_width=2.5)
        yield text(fact.replace("_", " "), at_x + 26, at_y, font_size=11)


def _size(told: Chronicle) -> tuple[float, float]:
    widest = max((width_of(person.name, 12) for person in told.persons), default=0.0)
    return 2 * (_RADIUS + widest + _MARGIN), 2 * (_RADIUS + _MARGIN) + 20


def _at(number: int, count: int) -> tuple[float, float]:
    angle = 2 * pi * number / count - pi / 2
    return _RADIUS * cos(angle), _RADIUS * sin(angle)


def _persons(told: Chronicle) -> Iterator[str]:
    count = len(told.persons)
    for number, person in enumerate(told.persons):
        x, y = _at(number, count)
        side = "middle" if abs(x) < 20 else "start" if x > 0 else "end"
        shift_x = 0.0 if side == "middle" else 12.0 if x > 0 else -12.0
        shift_y = 4.0 if side != "middle" else -12.0 if y < 0 else 20.0
        yield element(
            "g",
            element("circle", cx=x, cy=y, r=7, fill=colour(number)),
            text(person.name, x + shift_x, y + shift_y, font_size=12, text_anchor=side),
            class_=f"person p{number}",
        )


def _arrows(told: Chronicle, ties: list[Tie]) -> Iterator[str]:
    """Arrows between the same two persons bend differently, each way and each fact."""
    number = {person.name: i for i, person in enumerate(told.persons)}
    count, seen = len(told.persons), dict[tuple[str, str], int]()
    for tie in ties:
        rank = seen[tie.one, tie.other] = seen.get((tie.one, tie.other), 0) + 1
        (x, y), (to_x, to_y) = _at(number[tie.one], count), _at(number[tie.other], count)
        inward = 1 - 0.14 * (rank + 1)
        middle_x = (x + to_x) / 2 * inward - (to_y - y) * 0.07 * rank
        middle_y = (y + to_y) / 2 * inward + (to_x - x) * 0.07 * rank
        length = max(((to_x - middle_x) ** 2 + (to_y - middle_y) ** 2) ** 0.5, 1.0)
        way_x, way_y = (to_x - middle_x) / length, (to_y - middle_y) / length
        tip_x, tip_y = to_x - 9 * way_x, to_y - 9 * way_y
        wing = " ".join(
            f"L{tip_x - 8 * way_x + side * 4 * way_y:.1f} {tip_y - 8 * way_y - side * 4 * way_x:.1f}"
            for side in (1, -1)
        )
        paint = ink(told, tie.fact)
        yield element(
            "g",
            title(tie.says),
            element(
                "path",
                d=f"M{x:.1f} {y:.1f} Q{middle_x:.1f} {middle_y:.1f} {tip_x:.1f} {tip_y:.1f}",
                fill="none",
                stroke=paint,
                stroke_width=1.8,
            ),
            element("path", d=f"M{tip_x:.1f} {tip_y:.1f} {wing} Z", fill=paint),
            class_=f"tie fact-{tie.fact}",
            data_persons=f"{number[tie.one]} {number[tie.other]}",
            data_spells=" ".join(f"{since}:{int(held)}" for since, held in tie.spells),
            data_unknown=" ".join(
                f"{since}:{','.join(map(str, who))}" for since, who in unknown(told, tie)
            )
            or None,
        )

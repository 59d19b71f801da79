"""Tension: how much is open, how much of what people plan will fail, and how often somebody is wrong about what we know.

Three measures, each a number a moment:
- *open wants*: for each person the sum over wants of the most that the want is ever worth in this telling, less what it is worth now. What
  one has lost, or will still get, is open (after the "values at stake" of dramatic writing: McKee 1997, chapter 11).
- *doomed plans*: plans that somebody has made and that will never be carried through, from the event that begins one until the same
  person acts on another: conflict as plans that thwart each other (Ware, Young, Harrison and Roberts 2014).
- *irony*: pairs of a person and a fact that the story is about, where the person believes otherwise (after dramatic irony: Bordwell 1985
  on the range of narration). Whether the audience can know better by then is another question: `intrigue ask --audience`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intrigue.views.chronicle import Aim, Chronicle, lasting
from intrigue.views.draw.palette import colour
from intrigue.views.draw.svg import document, element, text, title

_WIDTH, _LEFT, _MARGIN = 960.0, 150.0, 10.0
_PANEL, _LOW = 58.0, 34.0
_MAIN = 6
"""So many persons have a panel of their own: those who will the most events."""


def open_wants(told: Chronicle, person: str) -> list[float]:
    """How much is open to a person at each moment."""
    moments = len(told.events) + 1
    total = [0.0] * moments
    for aim in told.aims:
        if aim.person == person:
            amounts = _over_time(aim, moments)
            most = max(amounts)
            total = [sum_ + most - now for sum_, now in zip(total, amounts, strict=True)]
    return total


def doomed_plans(told: Chronicle) -> list[int]:
    """How many plans stand at each moment that will not be carried through."""
    counts = [0] * (len(told.events) + 1)
    for event in told.events:
        for reason in event.reasons:
            if len(reason.plan) < 2 or _carried_through(told, event.number, reason.plan[1:]):
                continue
            later = (
                e.number
                for e in told.events[event.number :]
                if any(other.person == reason.person for other in e.reasons)
            )
            for moment in range(event.number, next(later, len(told.events) + 1)):
                counts[moment] += 1
    return counts


def irony(told: Chronicle) -> list[int]:
    """In how many ways somebody is wrong about what the story is about, at each moment."""
    counts = [0] * told.moments
    for matter in told.matters:
        for take in matter.takes if matter.theme else ():
            if len(take.chain) > 1:
                continue
            for spell, end in lasting(take.spells, told.moments):
                for moment in range(spell.since, end) if spell.state == "wrong" else ():
                    counts[moment] += 1
    return counts


def tension(told: Chronicle) -> str:
    """The three measures over the telling as one SVG element."""
    willing: dict[str, int] = {}
    for event in told.events:
        for reason in event.reasons:
            willing[reason.person] = willing.get(reason.person, 0) + 1
    main = sorted(willing, key=lambda name: -willing[name])[:_MAIN]
    number = {person.name: i for i, person in enumerate(told.persons)}
    panels: list[tuple[str, Sequence[float], str, float]] = [
        *((f"open to {name}", open_wants(told, name), colour(number[name]), _LOW) for name in main),
        ("doomed plans", doomed_plans(told), "#8a3d2c", _PANEL),
        ("irony", irony(told), "#6b4ea0", _PANEL),
    ]
    parts: list[str] = []
    y = _MARGIN
    for label, values, ink, height in panels:
        parts.append(
            element("g", *_panel(label, values, ink, height), transform=f"translate(0 {y:g})")
        )
        y += height + 16
    return document(
        *_scenes(told, y),
        *parts,
        width=_WIDTH,
        height=y + 24,
        about="what is open, which plans are doomed, who is wrong, over the telling",
    )


def _x(moment: int, moments: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _MARGIN) * moment / moments


def _panel(label: str, values: Sequence[float], ink: str, height: float) -> Iterator[str]:
    most = max([*values, 1.0])
    points = [f"M{_x(0, len(values)):g} {height:g}"]
    for moment, value in enumerate(values):
        y = height * (1 - value / most)
        points.append(f"L{_x(moment, len(values)):g} {y:.1f} H{_x(moment + 1, len(values)):g}")
    points.append(f"V{height:g} Z")
    yield title(f"{label}: from {values[0]:g} to {values[-1]:g}, at most {max(values):g}")
    yield text(label, _LEFT - 24, height / 2 + 4, font_size=12, text_anchor="end")
    yield text(f"{max(values):g}", _LEFT - 4, 9, font_size=9, text_anchor="end", class_="number")
    yield element("path", d=" ".join(points), fill=ink, opacity=0.55, class_="area")
    yield element(
        "path", d=f"M{_LEFT:g} {height:g} H{_WIDTH - _MARGIN:g}", stroke="#a8a396", stroke_width=0.8
    )


def _scenes(told: Chronicle, height: float) -> Iterator[str]:
    moments = len(told.events) + 1
    for number, scene in enumerate(told.scenes, 1):
        if scene.events:
            x = _x(scene.events[0], moments)
            d = f"M{x:g} 0 V{height:g}"
            yield element("path", d=d, stroke="#d8d3c7", stroke_width=0.7, class_="rule")
            yield element(
                "g",
                title(scene.title),
                text(str(number), x + 2, height + 12, font_size=9, class_="number"),
            )


def _over_time(aim: Aim, moments: int) -> list[float]:
    ends = [since for since, _ in aim.amounts[1:]] + [moments]
    values: list[float] = []
    for (since, amount), end in zip(aim.amounts, ends, strict=True):
        values.extend([amount] * (end - since))
    return values


def _carried_through(told: Chronicle, number: int, plan: Sequence[str]) -> bool:
    """The rest of the plan is told, in its order."""
    rest = iter(event.sentence for event in told.events[number:])
    return all(step in rest for step in plan)

"""Tension: what is open, how much of what people plan will fail, and how often somebody is wrong about what we know.

Each is a number, or a state, a moment:
- *open wants*: for each person the sum over wants of the most that the want is ever worth while the person lives, less what it is worth
  now. What one has lost, or will still get, is open (after the "values at stake" of dramatic writing: McKee 1997, chapter 11); to the dead
  nothing is.
- *endings* that the author names: one holds, is open, or is lost: it is proved that no events whatever bring it about any more.
- *doomed plans*: plans that somebody has made and that will never be carried through, from the event that begins one until the same
  person acts on another, or dies: conflict as plans that thwart each other (Ware, Young, Harrison and Roberts 2014).
- *irony*: pairs of a person and a fact that the story is about, where the person believes otherwise (after dramatic irony: Bordwell 1985
  on the range of narration). Whether the audience can know better by then is another question: `intrigue ask --audience`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from intrigue.english import digits
from intrigue.records import dataclass
from intrigue.views.chronicle import Aim, Chronicle, Ending, lasting, spells
from intrigue.views.draw.palette import colour
from intrigue.views.draw.strips import (
    LENGTH,
    MARGIN,
    NAMES,
    STEP,
    WIDTH,
    Part,
    Strip,
    since,
    strips,
)
from intrigue.views.draw.svg import cut, document, element, text, title, width_of

_LEFT, _NAME = NAMES + MARGIN, NAMES - 30
_HIGH, _LOW, _BETWEEN = 58.0, 34.0, 16.0
_MAIN = 6
"""So many persons have a panel of their own: those who will the most events."""
_WANTS = 12
"""So many wants of a person are shown one by one."""

LEGEND = (("holds", "holds"), ("open", "open"), ("lost", "lost"))


def open_wants(told: Chronicle, person: str) -> list[float]:
    """How much is open to a person at each moment."""
    each = [open_want(told, aim) for aim in told.aims if aim.person == person]
    return [sum(values) for values in zip(*each, strict=True)] or [0.0] * told.moments


def open_want(told: Chronicle, aim: Aim) -> list[float]:
    """How much of one want is open at each moment."""
    ends = [begin for begin, _ in aim.amounts[1:]] + [told.moments]
    amounts: list[float] = []
    for (begin, amount), end in zip(aim.amounts, ends, strict=True):
        amounts.extend([amount] * (end - begin))
    alive = _alive(told, aim.person)
    most = max(amounts[:alive], default=0.0)
    return [most - now if moment < alive else 0.0 for moment, now in enumerate(amounts)]


def _alive(told: Chronicle, person: str) -> int:
    """The moment at which a person is dead, or the telling ends."""
    died = next(each.died for each in told.persons if each.name == person)
    return told.moments if died is None else died


def openness(ending: Ending, moments: int) -> list[str]:
    """An ending at each moment: it `holds`, is `open`, or is `lost`."""
    holds = dict(ending.holds)
    states: list[str] = []
    held = False
    for moment in range(moments):
        held = holds.get(moment, held)
        lost = ending.lost is not None and moment >= ending.lost
        states.append("holds" if held else "lost" if lost else "open")
    return states


def doomed_plans(told: Chronicle) -> list[int]:
    """How many plans stand at each moment that will not be carried through."""
    counts = [0] * told.moments
    for event in told.events:
        for reason in event.reasons:
            if len(reason.plan) < 2 or _carried_through(told, event.number, reason.plan[1:]):
                continue
            later = (
                e.number
                for e in told.events[event.number :]
                if any(other.person == reason.person for other in e.reasons)
            )
            for moment in range(event.number, next(later, _alive(told, reason.person))):
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
    """All of it over the telling as one SVG element: the main persons, the endings, doomed plans, irony."""
    number = {person.name: i for i, person in enumerate(told.persons)}
    people = [
        Panel(f"open to {name}", open_wants(told, name), colour(number[name]), _LOW, number[name])
        for name in main_persons(told)
    ]
    sheet = Sheet(told)
    sheet.panels(people)
    sheet.endings(told.endings)
    sheet.panels(
        [
            Panel("doomed plans", doomed_plans(told), "#8a3d2c", _HIGH),
            Panel("irony", irony(told), "#6b4ea0", _HIGH),
        ]
    )
    return sheet.whole("what is open, which plans are doomed, who is wrong, over the telling")


def main_persons(told: Chronicle) -> list[str]:
    """Those who will the most events."""
    willing = Counter(reason.person for event in told.events for reason in event.reasons)
    return [name for name, _ in willing.most_common(_MAIN)]


def wants(told: Chronicle, person: str) -> str:
    """Each want of a person that is ever open, those of which the most is open first, as one SVG element; at most some."""
    number = [each.name for each in told.persons].index(person)
    values = [(aim, open_want(told, aim)) for aim in told.aims if aim.person == person]
    shown = sorted((v for v in values if any(v[1])), key=lambda v: -max(v[1]))[:_WANTS]
    sheet = Sheet(told)
    sheet.panels([Panel(a.want, open_, colour(number), _LOW, number) for a, open_ in shown])
    return sheet.whole(f"how open each want of {person} is, over the telling")


@dataclass(frozen=True, slots=True)
class Panel:
    """A curve. `person`: whose it is, by the number in the cast."""

    label: str
    values: Sequence[float]
    ink: str
    height: float
    person: int | None = None


class Sheet:
    """Curves and strips below one another, over the scenes: in the order of the story, or `as_told`."""

    def __init__(self, told: Chronicle, as_told: bool = False) -> None:
        self._told, self._as_told = told, as_told
        self._parts: list[str] = []
        self._y = MARGIN

    def _add(self, content: Iterator[str], height: float, person: int | None = None) -> None:
        of = None if person is None else f"person p{person}"
        place = f"translate(0 {self._y:g})"
        self._parts.append(element("g", *content, transform=place, class_=of))
        self._y += height + _BETWEEN

    def panels(self, panels: Sequence[Panel]) -> None:
        """Adds curves, each under the one before."""
        for panel in panels:
            if (
                width_of(panel.label, 12) > _NAME
            ):  # what does not fit beside the curve stands above it
                self._y += 6
            self._add(_curve(panel), panel.height, panel.person)

    def endings(self, endings: Sequence[Ending]) -> None:
        """Adds a strip for each ending: when it is open, so, or lost."""
        if endings:
            rows = [Strip(each.name, _states(each, self._told.moments)) for each in endings]
            self._add(strips(self._told, rows), len(rows) * STEP)

    def whole(self, about: str) -> str:
        """The picture, as SVG; `about`: what it shows, for who cannot see it."""
        rules = _scenes(self._told, self._y, self._as_told)
        return document(*rules, *self._parts, width=WIDTH, height=self._y + 24, about=about)


def _x(moment: int, moments: int) -> float:
    return _LEFT + LENGTH * moment / moments


def _curve(panel: Panel) -> Iterator[str]:
    values, height = panel.values, panel.height
    most = max([*values, 1.0])
    points = [f"M{_x(0, len(values)):g} {height:g}"]
    for moment, value in spells(values):
        points.append(f"H{_x(moment, len(values)):.1f}V{height * (1 - value / most):.1f}")
    points.append(f"H{_x(len(values), len(values)):g}V{height:g}z")
    yield title(
        f"{panel.label}: from {digits(values[0])} to {digits(values[-1])}, at most {digits(max(values))}"
    )
    if width_of(panel.label, 12) <= _NAME:
        yield text(panel.label, NAMES - 24, height / 2 + 4, font_size=12, text_anchor="end")
    else:
        yield text(cut(panel.label, 12, LENGTH), _LEFT, -4, font_size=12)
    yield text(digits(max(values)), _LEFT - 4, 9, font_size=9, text_anchor="end", class_="number")
    yield element("path", d="".join(points), fill=panel.ink, opacity=0.55, class_="area")
    line = f"M{_LEFT:g} {height:g}h{LENGTH:g}"
    yield element("path", d=line, stroke="#a8a396", stroke_width=0.8)


def _states(ending: Ending, moments: int) -> tuple[Part, ...]:
    found = spells(openness(ending, moments))
    ends = [*(begin for begin, _ in found[1:]), moments]
    return tuple(
        Part(
            begin,
            end,
            state,
            state,
            f"{state}{' (proved)' if state == 'lost' else ''}, {since(begin)}",
        )
        for (begin, state), end in zip(found, ends, strict=True)
    )


def _scenes(told: Chronicle, height: float, as_told: bool) -> Iterator[str]:
    free = 0.0
    by_start = sorted(
        (
            min(told.events[n - 1].told_at for n in scene.events) if as_told else scene.events[0],
            number,
            scene,
        )
        for number, scene in enumerate(told.scenes, 1)
        if scene.events
    )
    for first, number, scene in by_start:
        x = _x(first, told.moments)
        yield element("path", d=f"M{x:g} 0V{height:g}", stroke="#d8d3c7", class_="rule")
        if x >= free:
            free = x + width_of(str(number), 9) + 4
            said = text(str(number), x + 2, height + 12, font_size=9, class_="number")
            yield element("g", title(scene.title), said)


def _carried_through(told: Chronicle, number: int, plan: Sequence[str]) -> bool:
    """The rest of the plan is told, in its order."""
    rest = iter(event.sentence for event in told.events[number:])
    return all(step in rest for step in plan)

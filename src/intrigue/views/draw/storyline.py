"""The storyline chart: time runs down, one row an event with its sentence; one line a person, in the band of the place where the
person is. Lines come together where people meet, and end with a bar where somebody dies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from intrigue.views.chronicle import Chronicle, Event, lasting
from intrigue.views.draw.layout import NOWHERE, Layout, Stay, lay_out
from intrigue.views.draw.palette import colour, initials
from intrigue.views.draw.svg import cut, document, element, path, text, title, width_of

_ROW, _SCENE = 20.0, 30.0
_LANE, _GAP = 17.0, 14.0
_SENTENCES = 400.0
_SIZE, _SMALL = 12.0, 10.0
_MARGIN = 12.0
_ASLEEP = ("awake", "no")
"""The fact, and its value, of somebody who takes no part for a while."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in two parts, so that a page can keep the heads in view: SVG groups with their sizes in pixels."""

    width: float
    head: str
    head_height: float
    body: str
    body_height: float

    def whole(self) -> str:
        """Both in one SVG element."""
        height = self.head_height + self.body_height
        below = element("g", self.body, transform=f"translate(0 {self.head_height:g})")
        about = "who is where when, and what happens"
        return document(self.head, below, width=self.width, height=height, about=about)


def storyline(told: Chronicle) -> Picture:
    """The chart of a whole telling."""
    return _Chart(told).picture()


class _Chart:
    def __init__(self, told: Chronicle) -> None:
        self.told = told
        self.layout: Layout = lay_out(told)
        self.left: dict[str, float] = {}
        x = _MARGIN + _SENTENCES
        for band in self.layout.bands:
            self.left[band.place] = x + _GAP / 2
            x += band.lanes * _LANE + _GAP
        self.width = x + _MARGIN
        self.rows, self.scenes, self.height = self._rows()
        self.stays = {
            (stay.person, moment): stay
            for line in self.layout.stays
            for stay in line
            for moment in range(stay.first, stay.last + 1)
        }
        self.number = {person.name: i for i, person in enumerate(told.persons)}

    def _rows(self) -> tuple[list[float], list[tuple[int, float]], float]:
        """How far down each moment stands, each scene's head, and the end."""
        rows, y = [_ROW / 2], _ROW
        scenes: list[tuple[int, float]] = []
        for event in self.told.events:
            if not scenes or scenes[-1][0] != event.scene:
                scenes.append((event.scene, y))
                y += _SCENE
            rows.append(y + _ROW / 2)
            y += _ROW
        return rows, scenes, y + _MARGIN

    def x(self, stay: Stay) -> float:
        return self.left[stay.place] + (stay.lane + 0.5) * _LANE

    def picture(self) -> Picture:
        head, head_height = self._head()
        body = "".join([*self._bands(), *self._scene_heads(), *self._lines(), *self._events()])
        return Picture(self.width, head, head_height, body, self.height)

    def _head(self) -> tuple[str, float]:
        """The names of the places, on as many levels as they need, and below them those of the persons, aslant."""
        levels: list[float] = []
        named: list[tuple[int, float, float, str]] = []
        for band in self.layout.bands:
            if band.place == NOWHERE:
                continue
            under = self.left[band.place] + band.lanes * _LANE / 2
            half = width_of(band.place, _SIZE) / 2 + 4
            middle = min(under, self.width - half)
            level = next((i for i, end in enumerate(levels) if end <= middle - half), len(levels))
            levels[level : level + 1] = [middle + half]
            named.append((level, middle, under, band.place))
        top = 16.0 * len(levels) + 6
        tall = max(width_of(person.name, 11) for person in self.told.persons) * 0.87 + 8
        parts: list[str] = []
        for level, middle, under, place in named:
            y = 16.0 * (len(levels) - level) - 2
            parts.append(
                element(
                    "path",
                    d=f"M{middle:g} {y + 3:g} L{under:g} {top:g}",
                    class_="tick",
                )
            )
            parts.append(
                text(place, middle, y, text_anchor="middle", font_size=_SIZE, class_="place")
            )
        for person, line in enumerate(self.layout.stays):
            name = self.told.persons[person].name
            x = self.x(line[0])
            parts.append(
                text(
                    name,
                    x,
                    top + tall - 2,
                    font_size=11,
                    fill=colour(person),
                    class_=f"name person p{person}",
                    transform=f"rotate(-60 {x:g} {top + tall - 2:g})",
                )
            )
        parts.append(
            text(
                self.told.title,
                _MARGIN,
                top + tall - 6,
                font_size=18,
                font_weight="bold",
                class_="heading",
            )
        )
        return "".join(parts), top + tall + 4

    def _bands(self) -> Iterator[str]:
        for number, band in enumerate(self.layout.bands):
            yield element(
                "rect",
                x=self.left[band.place] - _GAP / 2 + 1,
                y=0,
                width=band.lanes * _LANE + _GAP - 2,
                height=self.height,
                class_=f"band {'odd' if number % 2 else 'even'}",
                fill="#f3f1ec" if number % 2 else "#faf9f6",
            )

    def _scene_heads(self) -> Iterator[str]:
        for number, y in self.scenes:
            scene = self.told.scenes[number]
            line = f"M{_MARGIN:g} {y + 6:g} H{self.width - _MARGIN:g}"
            yield element("path", d=line, class_="rule", stroke="#c8c4ba", stroke_width=0.7)
            said = cut(scene.title, 13, _SENTENCES - 20)
            yield text(said, _MARGIN, y + 23, font_size=13, font_weight="bold", class_="scene")

    def _lines(self) -> Iterator[str]:
        asleep = self._asleep()
        for person, line in enumerate(self.layout.stays):
            name, ink = self.told.persons[person].name, colour(person)
            way = [f"M{self.x(line[0]):g} {self.rows[line[0].first]:g}"]
            for stay, next_ in pairwise([*line, None]):
                assert stay is not None
                x, y = self.x(stay), self.rows[stay.last]
                way.append(f"V{y:g}")
                if next_ is not None:
                    to, below = self.x(next_), self.rows[next_.first]
                    middle = (y + below) / 2
                    way.append(f"C{x:g} {middle:g} {to:g} {middle:g} {to:g} {below:g}")
            parts = [
                title(name),
                element("path", d=" ".join(way), fill="none", stroke=ink, stroke_width=2.5),
            ]
            for first, last in asleep.get(name, ()):
                parts.extend(self._dashes(person, first, last))
            end = line[-1]
            if end.last < len(self.told.events):
                x, y = self.x(end), self.rows[end.last]
                parts.append(
                    path(
                        [("M", x - 6, y + 8), ("L", x + 6, y + 8), ("M", x, y), ("L", x, y + 8)],
                        stroke=ink,
                        stroke_width=3,
                    )
                )
            yield element("g", *parts, class_=f"line person p{person}")

    def _asleep(self) -> dict[str, list[tuple[int, int]]]:
        fact, value = _ASLEEP
        found: dict[str, list[tuple[int, int]]] = {}
        for matter in self.told.matters:
            if matter.fact == fact and len(matter.args) == 1:
                last = len(self.told.events)
                found[matter.args[0]] = [
                    (spell.since, end)
                    for spell, end in lasting(matter.truth, last)
                    if spell.value == value
                ]
        return found

    def _dashes(self, person: int, first: int, last: int) -> Iterator[str]:
        for stay in self.layout.stays[person]:
            a, b = max(first, stay.first), min(last, stay.last)
            if a < b:
                d = f"M{self.x(stay):g} {self.rows[a]:g} V{self.rows[b]:g}"
                yield element(
                    "path",
                    d=d,
                    class_="asleep",
                    stroke="#ffffff",
                    stroke_width=1.5,
                    stroke_dasharray="3 3",
                )

    def _events(self) -> Iterator[str]:
        arrivals = {
            (stay.person, stay.first) for line in self.layout.stays for stay in line if stay.first
        }
        for event in self.told.events:
            y = self.rows[event.number]
            parts = [
                title(_spoken(event)),
                element(
                    "rect",
                    x=0,
                    y=y - _ROW / 2,
                    width=self.width,
                    height=_ROW,
                    class_="row",
                    fill="transparent",
                ),
                text(
                    str(event.number),
                    _MARGIN + 22,
                    y + 4,
                    font_size=_SMALL,
                    text_anchor="end",
                    class_="number",
                    fill="#77736a",
                ),
                text(
                    cut(event.sentence, _SIZE, _SENTENCES - 44),
                    _MARGIN + 30,
                    y + 4,
                    font_size=_SIZE,
                    class_="sentence",
                ),
            ]
            part = [self.number[name] for name in event.takes_part]
            stays = {
                p: self.stays[p, event.number] for p in part if (p, event.number) in self.stays
            }
            if len(stays) > 1:
                xs = sorted(self.x(stay) for stay in stays.values())
                d = f"M{xs[0]:g} {y:g} H{xs[-1]:g}"
                parts.append(
                    element("path", d=d, class_="meeting", stroke="#55524b", stroke_width=1.2)
                )
            for witness in event.witnesses:
                p = self.number[witness.person]
                if p not in stays and (p, event.number) in self.stays:
                    x = self.x(self.stays[p, event.number])
                    parts.append(
                        element(
                            "circle",
                            cx=x,
                            cy=y,
                            r=2.6,
                            fill="#ffffff",
                            stroke=colour(p),
                            stroke_width=1.2,
                            class_=f"witness person p{p}",
                        )
                    )
            for p, stay in stays.items():
                if (p, event.number) not in arrivals:
                    dot = element(
                        "circle",
                        cx=self.x(stay),
                        cy=y,
                        r=4.2,
                        fill=colour(p),
                        class_=f"dot person p{p}",
                    )
                    parts.append(dot)
            for p in range(len(self.told.persons)):
                if (p, event.number) in arrivals:
                    parts.append(self._badge(p, self.x(self.stays[p, event.number]), y))
            yield element(
                "g",
                *parts,
                class_=f"event {event.mode}",
                data_event=event.number,
                tabindex=0,
                role="listitem",
                aria_label=_spoken(event),
            )

    def _badge(self, person: int, x: float, y: float) -> str:
        """Who comes here: the initials in a circle."""
        said = initials(self.told.persons)[person]
        return element(
            "g",
            element("circle", cx=x, cy=y, r=8, fill=colour(person)),
            text(
                said,
                x,
                y + 3,
                font_size=8.5,
                text_anchor="middle",
                fill="#ffffff",
                font_weight="bold",
            ),
            class_=f"badge person p{person}",
        )


def _spoken(event: Event) -> str:
    """An event with its reasons, as one text."""
    said = [f"{event.number}. {event.sentence}."]
    if event.mode == "fate":
        said.append("Nobody chose it.")
    for reason in event.reasons:
        if reason.verdict != "found":
            said.append(f"{reason.person}: no motive was found.")
        elif len(reason.plan) > 1:
            said.append(f"{reason.person} means to go on: {'; '.join(reason.plan[1:])}.")
    return " ".join(said)

"""The storyline chart: time runs down, one row an event with its sentence; one line a person, in the band of the place where the
person is. Lines come together where people meet, end with a bar where somebody dies, are dashed while somebody is not awake, and thin
in scenes in which a person has no part. It is drawn scene by scene, so that paper can be turned between scenes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle, Event, lasting
from intrigue.views.draw.layout import NOWHERE, Layout, Stay, lay_out
from intrigue.views.draw.palette import colour, initials
from intrigue.views.draw.svg import cut, document, element, text, title, width_of

_ROW, _SCENE = 20.0, 30.0
_LANE, _GAP = 17.0, 14.0
_SENTENCES = 400.0
_SIZE, _SMALL = 12.0, 10.0
_MARGIN = 12.0
_THICK, _THIN = 2.5, 1.0
_ASLEEP = ("awake", "no")
"""The fact, and its value, of somebody who takes no part for a while."""


@dataclass(frozen=True, slots=True)
class Strip:
    """What one scene adds to the chart: markup, from `top` to `bottom` in pixels: the ground, and above it the content. `tail`: how the
    lines go on to the next scene, between the two, for a strip that is shown alone."""

    ground: str
    tail: str
    content: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The heads of places and persons, which a page keeps in view, and the strips below one another."""

    width: float
    head: str
    head_height: float
    strips: tuple[Strip, ...]
    height: float

    def whole(self) -> str:
        """All in one SVG element."""
        body = (f"{strip.ground}{strip.content}" for strip in self.strips)
        return document(
            self.head,
            element("g", *body, transform=f"translate(0 {self.head_height:g})"),
            width=self.width,
            height=self.head_height + self.height,
            about="who is where when, and what happens",
        )


def storyline(told: Chronicle) -> str:
    """The chart of a whole telling as one SVG element."""
    return chart(told).whole()


def chart(told: Chronicle) -> Chart:
    """The same in parts."""
    return _Drawing(told).chart()


class _Drawing:
    def __init__(self, told: Chronicle) -> None:
        self.told = told
        self.layout: Layout = lay_out(told)
        self.left: dict[str, float] = {}
        x = _MARGIN + _SENTENCES
        for band in self.layout.bands:
            self.left[band.place] = x + _GAP / 2
            x += band.lanes * _LANE + _GAP
        self.width = x + _MARGIN
        self.scenes = [tuple(group) for _, group in groupby(told.events, key=lambda e: e.scene)]
        self.rows, self.tops, self.height = self._rows()
        self.stays = {
            (stay.person, moment): stay
            for line in self.layout.stays
            for stay in line
            for moment in range(stay.first, stay.last + 1)
        }
        self.number = {person.name: i for i, person in enumerate(told.persons)}
        self.asleep = self._asleep()
        self.arrivals = {
            (stay.person, stay.first) for line in self.layout.stays for stay in line if stay.first
        }

    def _rows(self) -> tuple[list[float], list[float], float]:
        """How far down each moment stands; where each scene begins, the first with the opening; the end."""
        rows, y = [_ROW / 2], _ROW
        tops: list[float] = []
        for scene in self.scenes:
            tops.append(y if tops else 0.0)
            y += _SCENE
            for _ in scene:
                rows.append(y + _ROW / 2)
                y += _ROW
        return rows, tops, y + _MARGIN

    def x(self, stay: Stay) -> float:
        return self.left[stay.place] + (stay.lane + 0.5) * _LANE

    def chart(self) -> Chart:
        head, head_height = self._head()
        strips = tuple(
            Strip(
                "".join([*self._bands(top, bottom), self._scene_head(scene)]),
                "".join(self._tail(scene)),
                "".join([*self._lines(scene), *self._events(scene)]),
                top,
                bottom,
            )
            for scene, (top, bottom) in zip(
                self.scenes, pairwise([*self.tops, self.height]), strict=True
            )
        )
        return Chart(self.width, head, head_height, strips, self.height)

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
        tall = (
            max((width_of(person.name, 11) for person in self.told.persons), default=0.0) * 0.87 + 8
        )
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

    def _bands(self, top: float, bottom: float) -> Iterator[str]:
        for odd, (name, fill) in enumerate((("even", "#faf9f6"), ("odd", "#f3f1ec"))):
            boxes: list[str] = []
            for band in self.layout.bands[odd::2]:
                wide = band.lanes * _LANE + _GAP - 2
                x = self.left[band.place] - _GAP / 2 + 1
                boxes.append(f"M{x:g} {top:g}h{wide:g}V{bottom:g}h-{wide:g}z")
            yield element("path", d="".join(boxes), class_=f"band {name}", fill=fill)

    def _scene_head(self, scene: Sequence[Event]) -> str:
        y = self.rows[scene[0].number] - _ROW / 2 - _SCENE
        line = f"M{_MARGIN:g} {y + 6:g} H{self.width - _MARGIN:g}"
        said = cut(self.told.scenes[scene[0].scene].title, 13, _SENTENCES - 20)
        return element("path", d=line, class_="rule", stroke="#c8c4ba", stroke_width=0.7) + text(
            said, _MARGIN, y + 23, font_size=13, font_weight="bold", class_="scene"
        )

    def _lines(self, scene: Sequence[Event]) -> Iterator[str]:
        """Each line through one scene, from the moment before it to its last."""
        first, last = scene[0].number - 1, scene[-1].number
        here = {name for event in scene for name in self._present(event)}
        for person, line in enumerate(self.layout.stays):
            end = line[-1].last
            if end < first:
                continue
            name, ink = self.told.persons[person].name, colour(person)
            parts = [
                title(name),
                element(
                    "path",
                    d=self._way(person, first, min(last, end)),
                    fill="none",
                    stroke=ink,
                    stroke_width=_THICK if name in here else _THIN,
                ),
            ]
            for since, until in self.asleep.get(name, ()):
                since, until = max(since, first), min(until, last, end)
                if since < until:
                    parts.append(
                        element(
                            "path",
                            d=self._way(person, since, until),
                            class_="asleep",
                            fill="none",
                            stroke="#ffffff",
                            stroke_width=1.5,
                            stroke_dasharray="3 3",
                        )
                    )
            if first < end <= last and end < len(self.told.events):
                x, y = self.x(line[-1]), self.rows[end]
                d = f"M{x:g} {y:g}v8m-6 0h12"
                parts.append(element("path", d=d, class_="end", stroke=ink, stroke_width=3))
            thin = "" if name in here else " away"
            yield element("g", *parts, class_=f"line person p{person}{thin}")

    def _tail(self, scene: Sequence[Event]) -> Iterator[str]:
        last = scene[-1].number
        here = {name for event in scene for name in self._present(event)}
        for person, line in enumerate(self.layout.stays):
            if line[-1].last > last:
                thin = "" if self.told.persons[person].name in here else " away"
                yield element(
                    "g",
                    element(
                        "path",
                        d=self._way(person, last, last + 1),
                        fill="none",
                        stroke=colour(person),
                        stroke_width=_THIN if thin else _THICK,
                    ),
                    class_=f"line person p{person}{thin}",
                )

    def _present(self, event: Event) -> Iterator[str]:
        """Who has a part in an event: those whom it is about, and those who look on from where it happens."""
        yield from event.takes_part
        for witness in event.witnesses:
            stay = self.stays.get((self.number[witness.person], event.number))
            if stay is not None and stay.place == (event.place or NOWHERE):
                yield witness.person

    def _way(self, person: int, first: int, last: int) -> str:
        """Down a lane while the person stays, in a bend where the person moves."""
        stays = [s for s in self.layout.stays[person] if s.last >= first and s.first <= last]
        way = [f"M{self.x(stays[0]):g} {self.rows[max(stays[0].first, first)]:g}"]
        for stay, next_ in pairwise([*stays, None]):
            assert stay is not None
            x, y = self.x(stay), self.rows[min(stay.last, last)]
            way.append(f"V{y:g}")
            if next_ is not None:
                to, below = self.x(next_), self.rows[next_.first]
                middle = (y + below) / 2
                way.append(f"C{x:g} {middle:g} {to:g} {middle:g} {to:g} {below:g}")
        return "".join(way)

    def _asleep(self) -> dict[str, list[tuple[int, int]]]:
        fact, value = _ASLEEP
        last = len(self.told.events)
        return {
            matter.args[0]: [
                (spell.since, end)
                for spell, end in lasting(matter.truth, last)
                if spell.value == value
            ]
            for matter in self.told.matters
            if matter.fact == fact and len(matter.args) == 1
        }

    def _events(self, scene: Sequence[Event]) -> Iterator[str]:
        for event in scene:
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
                if (p, event.number) not in self.arrivals:
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
                if (p, event.number) in self.arrivals:
                    parts.append(self._badge(p, self.x(self.stays[p, event.number]), y))
            yield element(
                "g",
                *parts,
                class_=f"event {event.mode}",
                data_event=event.number,
                tabindex=0 if event.number == 1 else -1,
                role="listitem",
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

"""Two orders: when things happen against when they are told (Genette's order of story and of discourse, 1972). A telling without leaps
is the diagonal; a point below it is told later than its turn, a point above it sooner."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from intrigue.views.chronicle import Chronicle
from intrigue.views.draw.svg import cut, document, element, text, title

_SIDE, _LEFT, _TOP, _MARGIN = 560.0, 190.0, 30.0, 16.0


def leaps(told: Chronicle) -> int:
    """How often the telling does not go on with what happens next."""
    order = [event.number for event in sorted(told.events, key=lambda event: event.told_at)]
    return sum(later != now + 1 for now, later in pairwise(order))


def orders(told: Chronicle) -> str:
    """The chart as one SVG element: the telling runs to the right, the story down."""
    width, height = _LEFT + _SIDE + _MARGIN, _TOP + _SIDE + _MARGIN
    return document(
        *_scenes(told),
        *_points(told),
        text("told", _LEFT + _SIDE, _TOP - 10, font_size=12, text_anchor="end"),
        text("happens", _LEFT - 8, _TOP - 10, font_size=12, text_anchor="end"),
        width=width,
        height=height,
        about=f"story order against telling order, {leaps(told)} leaps",
    )


def _step(told: Chronicle) -> float:
    return _SIDE / max(len(told.events), 1)


def _scenes(told: Chronicle) -> Iterator[str]:
    """Each scene as a box over its part of the telling and of the story, named at the left where it happens."""
    step, free = _step(told), 0.0
    by_start = sorted((s for s in told.scenes if s.events), key=lambda scene: scene.events[0])
    for number, scene in enumerate(by_start):
        at = sorted(told.events[which - 1].told_at for which in scene.events)
        x, y = _LEFT + (at[0] - 1) * step, _TOP + (scene.events[0] - 1) * step
        wide = (at[-1] - at[0] + 1) * step
        tall = (scene.events[-1] - scene.events[0] + 1) * step
        fill = "#f3f1ec" if number % 2 else "#ebe7dd"
        yield element(
            "g",
            title(scene.title),
            element("rect", x=x, y=y, width=wide, height=tall, fill=fill, class_="band"),
        )
        baseline = y + tall / 2 + 4
        if baseline - 12 >= free:
            free = baseline
            said = cut(scene.title, 11, _LEFT - 20)
            yield text(said, _LEFT - 8, baseline, font_size=11, text_anchor="end")


def _points(told: Chronicle) -> Iterator[str]:
    step = _step(told)
    in_telling = sorted(told.events, key=lambda event: event.told_at)
    way = " ".join(
        f"{'L' if i else 'M'}{_LEFT + (i + 0.5) * step:.1f} {_TOP + (event.number - 0.5) * step:.1f}"
        for i, event in enumerate(in_telling)
    )
    yield element("path", d=way, fill="none", stroke="#a8a396", stroke_width=1, class_="rule")
    for i, event in enumerate(in_telling):
        yield element(
            "g",
            title(f"{event.number}. {event.sentence} ({event.when})"),
            element(
                "circle",
                cx=_LEFT + (i + 0.5) * step,
                cy=_TOP + (event.number - 0.5) * step,
                r=min(max(step * 0.4, 2.0), 5.0),
                fill="#2f6f9f",
            ),
            class_="event",
            data_event=event.number,
        )

"""Line charts as SVG, written by hand: a scale of sizes, a logarithmic scale of times."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 520, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 130, 34, 46
STROKES = (
    ("#4269d0", ""),
    ("#efb118", "7 3"),
    ("#ff725c", "2 3"),
    ("#3ca951", "9 3 2 3"),
    ("#a463f2", "1 4"),
)
"""Colours, and dashes for those who tell few colours apart: one for each line at most."""

Point = tuple[float, float, bool]
"""A size, seconds, and whether the work was done (else it was stopped there)."""


def chart(title: str, axis: str, series: Mapping[str, Sequence[Point]]) -> str:
    """A chart of seconds (logarithmic) over sizes. What was stopped is drawn hollow."""
    points = [point for line in series.values() for point in line]
    sizes = sorted({size for size, _, _ in points})
    low = math.floor(math.log10(min(seconds for _, seconds, _ in points)))
    high = math.ceil(math.log10(max(seconds for _, seconds, _ in points)) + 1e-9)
    high = max(high, low + 1)

    def x(size: float) -> float:
        span = (sizes[-1] - sizes[0]) or 1
        return LEFT + (size - sizes[0]) / span * (WIDTH - LEFT - RIGHT)

    def y(seconds: float) -> float:
        share = (math.log10(seconds) - low) / (high - low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12"'
        f' role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="14">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        at = y(10.0**power)
        parts.append(
            f'<line x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}" stroke="#ddd"/>'
        )
        parts.append(
            f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{_seconds(power)}</text>'
        )
    for size in sizes:
        at = x(size)
        parts.append(
            f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{size:g}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{escape(axis)}</text>')
    ends: list[float] = []
    strokes = STROKES[: len(series)]
    for (name, line), (colour, dash) in zip(series.items(), strokes, strict=True):
        path = " ".join(f"{x(size):.1f},{y(seconds):.1f}" for size, seconds, _ in line)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"'
            f' stroke-dasharray="{dash}"/>'
        )
        for size, seconds, done in line:
            fill = colour if done else "white"
            parts.append(
                f'<circle cx="{x(size):.1f}" cy="{y(seconds):.1f}" r="3.5" fill="{fill}" stroke="{colour}"/>'
            )
        at = _free(y(line[-1][1]), ends)
        ends.append(at)
        parts.append(
            f'<text x="{WIDTH - RIGHT + 10}" y="{at + 4:.1f}" fill="{colour}">{escape(name)}</text>'
        )
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _free(at: float, taken: list[float]) -> float:
    """A height near this one at which a label covers no other."""
    for distance in range(0, HEIGHT, 7):
        for tried in (at - distance, at + distance):
            if all(abs(tried - other) >= 14 for other in taken) and tried < HEIGHT - BOTTOM + 8:
                return tried
    return at


def _seconds(power: int) -> str:
    if power >= 0:
        return f"{10**power} s"
    return f"{10 ** (power + 3)} ms" if power >= -3 else f"{10 ** (power + 6)} µs"

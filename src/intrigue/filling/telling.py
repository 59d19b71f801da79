"""A telling with gaps, as a row of what stands fast and what is open, in the order of the story."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.language import tree
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.story.run import Run

MOST = 6
"""How many events a gap may be filled with where it does not say."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A told event, which stays as it is. `allowed`: the codes of what the author accepts about it, there, in the scene or in the
    story."""

    told: tree.Told
    scene: tree.Scene
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be so at a moment: an `expect` line, or a goal. `expr`: the condition, for the engine; `said`: as it is written."""

    expr: str
    said: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A gap. `number`: its place among the gaps, in the order of the story; `by`: who must will what happens in it, if anybody in
    particular (then something does); `until`: what must be so at its end."""

    number: int
    gap: tree.Gap
    scene: str
    least: int
    most: int
    by: frozenset[int]
    until: str | None

    def allows(self, willing: Collection[int]) -> bool:
        """Whether an event that these must will may happen in it."""
        return not self.by or not self.by.isdisjoint(willing)


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of what is told after a gap, up to the next: there it is seen whether the gap holds as many events as it asks for. So what is
    told after it (or after several gaps in a row) has its say first about which they are."""

    opening: Opening


Item = Beat | Expected | Opening | Closing


def items_of(run: Run) -> list[Item]:
    """Everything of the telling that matters when gaps are filled. Expectations of other forms than conditions are left to the check,
    and so are those that may fail by the author's leave."""
    from intrigue.world.conditions import resolve

    items: list[Item] = []
    gaps = 0
    asking: list[Closing] = []
    told = False
    for line, scene in run.layout.in_order():
        if isinstance(line, tree.Told):
            items.append(Beat(line, scene, _allowed(run, scene, line)))
            told = True
        elif isinstance(line, tree.Gap):
            by, until, _ = bounds(run, line)
            most = MOST if line.most is None else line.most
            least = max(line.least, 1) if by else line.least
            if told:
                items += asking
                asking.clear()
                told = False
            gap = Opening(gaps, line, scene.title, least, max(most, least), by, until)
            items.append(gap)
            asking += [Closing(gap)] if least else []
            gaps += 1
        elif "failed-expectation" in _allowed(run, scene, line):
            continue
        elif line.form == "holds" and line.condition is not None:
            expr, problems = resolve(run.world, line.condition)
            if not problems:
                text = line.span.source.text[line.span.start : line.span.end]
                items.append(Expected(json.dumps(expr), " ".join(text.split())))
    return items + asking


def _allowed(run: Run, scene: tree.Scene, line: tree.Told | tree.Expect) -> frozenset[str]:
    """The codes of the findings that an `allow` accepts at a line."""
    allows = (*line.allows, *scene.allows, *run.world.allows)
    return frozenset(allow.code.text for allow in allows)


def undated(run: Run) -> Iterator[Diagnostic]:
    """Lines of time before a gap with which nothing is told: they are about events, and of the gap nobody could say when it is."""
    scenes = {id(scene): scene for _, scene, _, _ in run.layout.standing}
    for scene in scenes.values():
        mark: tree.TimeMark | None = None
        gap = False
        for line in (*scene.lines, None):
            if line is None or isinstance(line, tree.TimeMark):
                if mark is not None and gap:
                    yield Diagnostic(
                        "undated-gap",
                        mark.span,
                        {"text": mark.text},
                        label="no event is told with it",
                        repair="tell one sentence of what happens then, before the gap or behind it",
                    )
                mark, gap = line, False
            elif isinstance(line, tree.Told):
                mark = None
            elif isinstance(line, tree.Gap) and not line.to_tell:
                gap = True


def bounds(run: Run, gap: tree.Gap) -> tuple[frozenset[int], str | None, list[Diagnostic]]:
    """Who may act in a gap, what must be so at its end (for the engine), and what in these means nothing."""
    from intrigue.diagnostics.suggest import nearest
    from intrigue.world.conditions import resolve

    problems: list[Diagnostic] = []
    by: set[int] = set()
    for name in gap.by:
        person = run.person(name)
        if person is not None:
            by.add(person)
            continue
        like = nearest(name.text, [run.world.atoms[each].name for each in run.world.persons])
        problems.append(
            Diagnostic(
                "unknown-name",
                name.span,
                {"sort": "person", "name": name.text},
                label="nobody is called so",
                repair="first how many events, then who: `... 1 event by Li`"
                if re.search(r"\bevents?$|\bat (?:least|most)\b", name.text)
                else f"did you mean `{like}`?"
                if like
                else "",
            )
        )
    until = None
    if gap.until is not None:
        expr, found = resolve(run.world, gap.until)
        problems += found
        until = None if found else json.dumps(expr)
    return frozenset(by), until, problems

"""A telling changed sentence by sentence: some left out, others put in; its scenes, and the text of its file."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Source, Span
from intrigue.language import tree
from intrigue.language.lines import line_end, read_lines
from intrigue.story.written import Written

if TYPE_CHECKING:
    from intrigue.story.motives import Limits
    from intrigue.story.run import Run, Step
    from intrigue.story.story import Story

NOWHERE = Path("what if")
"""Where sentences stand that are put in."""

_Line = tree.Told | tree.Expect | tree.Gap | tree.TimeMark


class Telling:
    """The scenes of a telling, to be changed sentence by sentence."""

    def __init__(self, story: Story, run: Run) -> None:
        self._scenes = story.world.telling
        self._source = story.world.files[-1].span.source
        self._told = {id(step.told): [step.told] for step in run.steps}
        self._first = run.scenes[0] if run.scenes else None
        self._before: list[tree.Told] = []
        self._played = run
        self._ordered: list[tuple[_Line, tree.Scene]] = []

    def remove(self, step: Step) -> None:
        """Leaves a sentence out."""
        self._told[id(step.told)] = []

    def replace(self, step: Step, sentence: str) -> None:
        """Tells something else in a sentence's place."""
        self._told[id(step.told)] = [told_line(sentence, step.told.citations)]

    def insert(self, after: Step | None, sentences: Iterable[str]) -> None:
        """Tells sentences right after a step, or first of all."""
        before = self._before if after is None else self._told[id(after.told)]
        before += [told_line(sentence) for sentence in sentences]

    def run(self, story: Story, limits: Limits | None) -> Run:
        """It is played, in a story of this world. Where what a mark of time speaks of is gone, or something is told before all that
        happens, which need not be told first, it is told in the order of the story from now on, without marks of time."""
        old = self._played
        again = story.retold(self.scenes).run(old.reading, limits)
        there = {id(step.told): step.number for step in again.steps}
        order = [there[id(step.told)] for step in old.steps if id(step.told) in there]
        if order == sorted(order) and not (self._before and old.layout.moved):
            return again
        self._ordered = list(old.layout.in_order())
        self._first = self._ordered[0][1]
        return story.retold(self.scenes).run(old.reading, limits)

    @property
    def text(self) -> str:
        """The story file with the changes in it."""
        return self._text_in_order() if self._ordered else self._text_as_told()

    def _text_in_order(self) -> str:
        written = Written(self._source)
        rows: list[tuple[int, str]] = []
        for scene in self.scenes:
            at = scene.span.start
            for line in scene.lines:
                own = line.span.source is self._source
                start = line.sentence.span.start if isinstance(line, tree.Told) else line.span.start
                new = f"  {line.sentence.text}." if isinstance(line, tree.Told) else ""
                rows.append((at, written.line(start) if own else new))
        return written.with_scenes(rows)

    def _text_as_told(self) -> str:
        text = self._source.text
        told = {
            line.sentence.span.start: line
            for s in self._scenes
            for line in s.lines
            if isinstance(line, tree.Told)
        }
        edits: list[tuple[int, int, str]] = []
        top, _ = read_lines(self._source)
        for scene in top:
            if self._first is not None and scene.start == self._first.span.start:
                end = line_end(text, scene.end)
                edits.append((end, end, _lines(self._before, "  ")))
            for line in scene.children:
                old = told.get(line.start)
                lines = self._told.get(id(old)) if old is not None else None
                if old is None or lines is None or lines == [old]:
                    continue
                start = text.rfind("\n", 0, line.start) + 1
                end = line_end(text, line.end_of_block)
                stays = any(each is old for each in lines)
                new = _lines([each for each in lines if each is not old], text[start : line.start])
                edits.append((end if stays else start - 1, end, new))
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    @property
    def scenes(self) -> list[tree.Scene]:
        """The scenes as changed."""
        if not self._ordered:
            return [self._changed(scene) for scene in self._scenes]
        changed = [
            dataclasses.replace(scene, lines=tuple(line for line, _ in lines))
            for scene, lines in groupby(self._ordered, key=itemgetter(1))
        ]
        scenes = [self._changed(scene, at == 0) for at, scene in enumerate(changed)]
        played = {id(scene) for scene in self._played.scenes}
        return scenes + [scene for scene in self._scenes if id(scene) not in played]

    def _changed(self, scene: tree.Scene, first: bool | None = None) -> tree.Scene:
        """A scene as changed. `first`: whether it is the first one, if that cannot be told by itself."""
        lines: list[_Line] = []
        if scene is self._first if first is None else first:
            lines += self._before
        for line in scene.lines:
            if isinstance(line, tree.Told):
                lines += self._told.get(id(line), [line])
            else:
                lines.append(line)
        return dataclasses.replace(scene, lines=tuple(lines))


def _lines(told: Iterable[tree.Told], indent: str) -> str:
    """Sentences as lines of a scene, each after a break."""
    return "".join(f"\n{indent}{each.sentence.text}." for each in told)


def told_line(sentence: str, citations: tuple[int, ...] = ()) -> tree.Told:
    """A sentence as a line of a telling, in no file."""
    span = span_of(sentence)
    return tree.Told(tree.SentenceText(sentence.strip().rstrip("."), span), citations, (), (), span)


def span_of(text: str) -> Span:
    """Where a text stands that is in no file."""
    return Span(Source(NOWHERE, text), 0, len(text))

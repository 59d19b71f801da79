"""A story written down with another telling: the text of its file, some sentences kept, others added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from intrigue.language import tree
from intrigue.language.lines import Line, first_word, line_end, read_lines
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Source
    from intrigue.story.run import Run


@dataclass(frozen=True, slots=True)
class Stays:
    """What stays of a telling up to a moment. `kept`: where the sentences stand that stay, as offsets, in the order in which they happen;
    `dropped`: where the others do; `as_told`: those that stay are told before all others, in this order."""

    kept: tuple[int, ...]
    dropped: frozenset[int]
    as_told: bool


def stays(run: Run, begins: int) -> Stays:
    """What stays of a run up to so many events. What is told in other readings goes."""
    at = [step.told.sentence.span.start for step in run.steps]
    kept, later = tuple(dict.fromkeys(at[:begins])), at[begins:]
    told = {
        line.sentence.span.start
        for scene in run.world.files[-1].scenes
        for line in scene.lines
        if isinstance(line, tree.Told)
    }
    in_order = list(kept) == sorted(kept)
    as_told = in_order and (not kept or not later or kept[-1] < min(later))
    return Stays(kept, frozenset(told.difference(kept)), as_told)


def retold_text(
    source: Source,
    stays: Stays,
    title: str,
    sentences: Sequence[str],
    cast: Sequence[str] = (),
) -> str:
    """The text of a story file with another telling.

    Sentences that stay do so with what hangs under them; what stands between them in a scene (marks of time, expectations) stays up to
    the last one kept. Scenes of which nothing stays go. Where what stays is not told before all that goes, in the order in which it
    happens, it is told so, without marks of time: what they speak of may be gone. `cast`: lines to add to the cast.
    Then a scene called `title` follows with `sentences`, if there are any.
    """
    written = Written(source)
    if stays.as_told:
        parts = [written.without(stays.kept, stays.dropped)]
    else:
        parts = [written.with_scenes((at, written.line(at)) for at in stays.kept)]
    if cast:
        parts.append("\n".join(["cast", *(f"  {line}" for line in cast)]))
    if sentences:
        parts.append("\n".join([f"scene {title}", *(f"  {each}." for each in sentences)]))
    return "\n\n".join(parts) + "\n"


class Written:
    """The scenes of a story file as they are written."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self._top, _ = read_lines(source)
        self._scenes = [each for each in self._top if self._is_scene(each)]

    def line(self, at: int) -> str:
        """The line of a scene in which an offset is, with what hangs under it."""
        scene = self._scene_at(at)
        child = next(each for each in reversed(scene.children) if each.start <= at)
        return self._lines(child.start, child.end_of_block)

    def without(self, kept: Collection[int], dropped: Collection[int]) -> str:
        """The file without these sentences. Of a scene stays what stands before the last sentence that is kept."""
        return self._with(
            {line.start: self._up_to(line, kept, dropped) for line in self._scenes}
        ).rstrip()

    def with_scenes(self, lines: Iterable[tuple[int, str]]) -> str:
        """The file with other scenes in place of its own, after all else: lines one after the other, each with an offset in the scene to
        which it belongs."""
        placed = [(self._scene_at(at).start, line) for at, line in lines]
        parts = [self._with({scene.start: "" for scene in self._scenes}).rstrip()]
        for start, group in groupby(placed, key=itemgetter(0)):
            heading = next(each for each in self._scenes if each.start == start)
            parts.append(
                "\n".join([self._lines(heading.start, heading.end), *(line for _, line in group)])
            )
        return "\n\n".join(parts)

    def _is_scene(self, line: Line) -> bool:
        return first_word(self.text, line.start, line.end) == "scene"

    def _scene_at(self, at: int) -> Line:
        return next(each for each in reversed(self._scenes) if each.start <= at)

    def _with(self, scenes: dict[int, str]) -> str:
        """The file with other text for its scenes, by where they begin."""
        ends = [*(self._line_start(line.start) for line in self._top[1:]), len(self.text)]
        pieces: list[str] = []
        at = 0
        for line, end in zip(self._top, ends, strict=True):
            if line.start in scenes:
                pieces += [self.text[at : self._line_start(line.start)], scenes[line.start]]
                at = end
        return "".join([*pieces, self.text[at:]])

    def _up_to(self, scene: Line, kept: Collection[int], dropped: Collection[int]) -> str:
        last = max((i for i, each in enumerate(scene.children) if each.start in kept), default=None)
        if last is None:
            return ""
        lines = [self._lines(scene.start, scene.end)]
        for child in scene.children[: last + 1]:
            if child.start not in dropped:
                lines.append(self._lines(child.start, child.end_of_block))
        return "\n".join(lines) + "\n\n"

    def _lines(self, start: int, end: int) -> str:
        return self.text[self._line_start(start) : line_end(self.text, end)]

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

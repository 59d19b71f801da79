"""Both orders of a telling: how it is told, and in which order it happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.story.blocks import Blocks, blocks_of
from intrigue.story.schedule import schedule

if TYPE_CHECKING:
    from intrigue.world.model import World


Standing = tree.Expect | tree.Gap


@dataclass(frozen=True, slots=True)
class Layout:
    """`order`: the sentences, by their numbers in the telling (from 0), in the order of the story. `standing`: each line that
    stands at a moment between them (an expectation, a gap) with its scene, the sentence that it stands by, and whether it comes
    before or after that (-1: nothing is told)."""

    blocks: Blocks
    order: tuple[int, ...]
    standing: tuple[tuple[Standing, tree.Scene, int, Literal["before", "after"]], ...]

    @property
    def moved(self) -> bool:
        """Whether something is told in another order than that in which it happens."""
        return list(self.order) != sorted(self.order)

    @property
    def expected(
        self,
    ) -> Iterator[tuple[tree.Expect, tree.Scene, int, Literal["before", "after"]]]:
        """The expectations among them."""
        for line, scene, told, comes in self.standing:
            if isinstance(line, tree.Expect):
                yield line, scene, told, comes

    def in_order(self) -> Iterator[tuple[tree.Told | Standing, tree.Scene]]:
        """Sentences, expectations and gaps in the order of the story."""
        at: dict[tuple[int, str], list[tuple[Standing, tree.Scene]]] = {}
        for line, scene, told, comes in self.standing:
            at.setdefault((told, comes), []).append((line, scene))
        yield from at.get((-1, "after"), ())
        for told in self.order:
            yield from at.get((told, "before"), ())
            scene, sentence = self.blocks.lines[told]
            yield sentence, scene
            yield from at.get((told, "after"), ())


def lay_out(world: World, scenes: Sequence[tree.Scene]) -> Layout:
    """Finds the order in which the events of a telling happen."""
    blocks = blocks_of(scenes)
    if any(block.flashback for block in blocks.blocks):
        order = schedule(blocks, [length(world, told) for _, told in blocks.lines]).order
    else:
        order = list(range(len(blocks.lines)))
    return Layout(blocks, tuple(order), tuple(_standing(scenes, blocks)))


def length(world: World, told: tree.Told, action: int | None = None) -> float:
    """How many minutes an event takes: as its sentence says, or else its action (the likeliest one, if none is given)."""
    from intrigue.world.sentences import match

    for when in told.times:
        if when.form == "takes":
            return when.least
    if action is None:
        readings = match(world, told.sentence.text)
        action = readings[0].action if readings else None
    if action is None:
        return 0.0
    found = world.actions[action]
    return found.minutes


def _standing(
    scenes: Sequence[tree.Scene], blocks: Blocks
) -> Iterator[tuple[Standing, tree.Scene, int, Literal["before", "after"]]]:
    """By which sentence each expectation and each gap stands: the one above it in its block; at the beginning of a block the one
    below."""
    number = {id(told): index for index, (_, told) in enumerate(blocks.lines)}
    flashbacks = {event for block in blocks.blocks if block.flashback for event in block.told}
    present = -1
    for scene in scenes:
        above = present
        marked = False
        waiting: list[Standing] = []
        for line in scene.lines:
            if isinstance(line, tree.TimeMark):
                marked = True
            elif isinstance(line, tree.Told):
                above = number[id(line)]
                marked = False
                for each in waiting:
                    yield each, scene, above, "before"
                waiting = []
                if above not in flashbacks:
                    present = above
            elif isinstance(line, tree.Expect) or not line.to_tell:
                if marked:
                    waiting.append(line)
                else:
                    yield line, scene, above, "after"
        for each in waiting:
            yield each, scene, above, "after"

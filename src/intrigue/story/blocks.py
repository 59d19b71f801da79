"""A telling cut at its marks of time: stretches of sentences that follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from intrigue.diagnostics.diagnostic import Diagnostic, Span
from intrigue.language import tree
from intrigue.language.digits import counted
from intrigue.records import dataclass
from intrigue.story.findings import Finding

_RELATIVE = ("earlier", "later", "meanwhile", "next day", "same day")
PLACING = ("earlier", "before")
"""Marks that put the events below them elsewhere in the story than where they are told; `after` may too."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of time by a mark, or by a line under a sentence (`mark` None)."""

    when: tree.When
    mark: tree.TimeMark | None


@dataclass(slots=True)
class Block:
    """Sentences of one scene between two marks. `told`: their numbers in the telling, counted from 0 over all scenes.

    `flashback`: it belongs to a flashback (or a look ahead), which begins with the block that is `placed` elsewhere than where
    it is told. `before`: the block that it is measured from, None at the beginning. `beside`: the block with which it runs at
    the same time.
    """

    scene: tree.Scene
    says: list[Said]
    told: list[int] = field(default_factory=list)
    flashback: bool = False
    placed: bool = False
    before: Block | None = None
    beside: Block | None = None
    after: list[int] = field(default_factory=list)
    """Last events of the blocks that it follows; several where these run at the same time."""


@dataclass(slots=True)
class Blocks:
    """All blocks of a telling. `lines`: the sentences with their scenes, as told; `idle`: marks on nothing."""

    blocks: list[Block]
    lines: list[tuple[tree.Scene, tree.Told]]
    idle: list[Finding]

    def events_at(self, point: str) -> list[int]:
        """The sentences that `[28]` or `scene TITLE` names, by their numbers in the telling."""
        if point.startswith("["):
            number = counted(point.strip("[]"))
            return [i for i, (_, told) in enumerate(self.lines) if number in told.citations]
        title = " ".join(point.split()).casefold().removeprefix("the scene").removeprefix("scene")
        title = title.strip(' "“”.')
        return [i for i, (scene, _) in enumerate(self.lines) if scene.title.casefold() == title]


def blocks_of(scenes: Sequence[tree.Scene]) -> Blocks:
    """Cuts a telling; says which marks stand on nothing."""
    found = Blocks([], [], [])
    present = _Strand()
    for scene in scenes:
        strand = present
        says: list[Said] = []
        block: Block | None = None
        for line in scene.lines:
            if isinstance(line, tree.TimeMark):
                says += [Said(when, line) for when in line.says]
                block = None
            elif isinstance(line, tree.Told):
                if block is None:
                    block, says = Block(scene, says), []
                    strand = _strand(strand, present, block, found)
                    strand.goes_on(block, found)
                    found.blocks.append(block)
                block.told.append(len(found.lines))
                strand.ends[-1] = len(found.lines)
                found.lines.append((scene, line))
        for said in says:
            _idle(found, said, scene, "no event follows it in this scene")
    return found


@dataclass(slots=True)
class _Strand:
    """Events that follow each other: the present of the story, or one flashback.

    `first`: with which the blocks told since `meanwhile` run at the same time; `ends`: the last event of each of them.
    """

    last: Block | None = None
    first: Block | None = None
    ends: list[int] = field(default_factory=list)

    def goes_on(self, block: Block, found: Blocks) -> None:
        """Ties a block to what was told before it in this strand."""
        block.before = self.last
        beside = not block.placed and any(said.when.form == "meanwhile" for said in block.says)
        if self.last is None:
            for said in block.says:
                if said.when.form in _RELATIVE and not said.when.point:
                    _idle(found, said, block.scene, "nothing is told before it")
        if beside and self.first is not None:
            block.beside = self.first
            self.ends.append(-1)
        else:
            block.after = list(self.ends)
            self.first = block
            self.ends = [-1]
        self.last = block


def _strand(strand: _Strand, present: _Strand, block: Block, found: Blocks) -> _Strand:
    """The strand in which a block goes on: this one, a flashback that begins, the present again."""
    for said in block.says:
        if said.when.form == "now":
            if strand is present:
                _idle(found, said, block.scene, "there is no flashback to come back from")
            strand = present
    block.placed = any(_elsewhere(said.when, strand, found) for said in block.says)
    block.flashback = block.placed or strand is not present
    return _Strand(last=strand.last) if block.placed else strand


def _elsewhere(when: tree.When, strand: _Strand, found: Blocks) -> bool:
    """Whether what a mark says leads away from the end of the strand."""
    if when.form == "after":
        return not set(found.events_at(when.point)[-1:]) & set(strand.ends)
    return when.form in PLACING or (when.form == "meanwhile" and bool(when.point))


def _idle(found: Blocks, said: Said, scene: tree.Scene, why: str) -> None:
    if said.mark is not None and all(each.line is not said.mark for each in found.idle):
        found.idle.append(idle(said.mark.text, said.mark.span, why, scene, said.mark))


def idle(
    text: str, span: Span, why: str, scene: tree.Scene, line: tree.TimeMark | tree.Told
) -> Finding:
    """What is said of time and says nothing."""
    return Finding(
        Diagnostic(
            "idle-time-mark",
            span,
            {"text": text},
            label=why,
            repair="put it before the event that it is about, or leave it out",
        ),
        scene,
        line,
    )

"""Does `check` find plot holes? Plants many in a story that is clean, one at a time, and looks whether each is found at the right place.

    python -m benchmarks.plotholes stories/the_killer.story [--holes 200] [--seed 0] [--json]

| class | what is planted |
|---|---|
| deleted | an event is left out that made a later one possible |
| swapped | an event and one that it made possible change places |
| moved | an event is told before what makes it possible |
| early knowledge | an event is told before what its actors must have learnt for it |
| wrong place | somebody goes, or something happens, elsewhere |
| dead actor | somebody who is dead by then does it |
| broken promise | somebody promises what is never kept; or what keeps a promise, or takes it back, is left out |
| missing motive | somebody does, out of nothing, what costs him something |
| impossible time | two dates that contradict the order of events |

A hole counts as found if `check` has an error or a warning that the clean story does not have (failed expectations apart: those are the
author's own tests), as located if that stands at the event that was touched, or at one that depends on it; a broken promise only if it is
called so, where it was given; a wrong date at either of the two. Beside each stands its clean twin: the same story with sentences worded
otherwise, where anything found is a false alarm.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import intrigue
from intrigue.diagnostics.catalogue import severity
from intrigue.diagnostics.diagnostic import Severity
from intrigue.language import tree
from intrigue.story.checks.promises import kept_by
from intrigue.story.run import Run, Step
from intrigue.story.story import Story
from intrigue.story.understand import supposed
from intrigue.views.chronicle import Chronicle, chronicle
from intrigue.world.sentences import match, tell

NOT_COUNTED = {"failed-expectation", "undecided-expectation", "unused-allow"}
RUN = 10
"""So many mutants share an engine, which is then renewed to bound memory."""

BROKEN = "promise-broken"
MAY, APRIL = "on 1 May 1900", "on 1 April 1900"

Found = set[tuple[str, int]]
"""Codes, each with where its text begins."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A planted hole. `at`: where the text of the events begins at which it may be found."""

    sort: str
    says: str
    story: Callable[[], Story]
    at: frozenset[int]
    code: str | None = None
    """The only finding that counts; None: any."""


class Planter:
    """Plants holes in one story, of each class as many different ones as there are."""

    def __init__(self, story: Story, path: Path, folder: Path, seed: int) -> None:
        self.story, self.path, self.folder = story, path, folder
        self.run: Run = story.run()
        self.told: Chronicle = chronicle(self.run)
        self.chance = random.Random(seed)
        self.later: dict[int, set[int]] = {step.number: set() for step in self.run.steps}
        for link in reversed(self.told.links):
            self.later[link.source] |= {link.target} | self.later[link.target]

    def holes(self, count: int) -> list[Hole]:
        """At most so many, the classes in turn."""
        makers = (
            self.deleted,
            self.swapped,
            self.moved,
            self.early,
            self.misplaced,
            self.dead,
            self.unkept,
            self.unmotivated,
            self.untimely,
        )
        supplies = [self._shuffled(list(maker())) for maker in makers]
        found: list[Hole] = []
        while len(found) < count and any(supplies):
            for supply in supplies:
                if supply and len(found) < count:
                    found.append(supply.pop())
        return found

    def _shuffled(self, holes: list[Hole]) -> list[Hole]:
        self.chance.shuffle(holes)
        return holes

    def _step(self, number: int) -> Step:
        return self.run.steps[number - 1]

    def _at(self, *numbers: int) -> frozenset[int]:
        """The events with those numbers, and all that depend on them."""
        all_ = set(numbers).union(*(self.later[number] for number in numbers))
        return frozenset(self._step(number).told.sentence.span.start for number in all_)

    # ------------------------------------------------------------ classes

    def deleted(self) -> Iterator[Hole]:
        for number in sorted({link.source for link in self.told.links if link.sort == "enables"}):
            step = self._step(number)
            at = self._at(number) - {step.told.sentence.span.start}
            yield Hole("deleted", self._says(step), partial(self._without, step), at)

    def swapped(self) -> Iterator[Hole]:
        for one, other in self._linked("enables"):
            if one.scene is other.scene and other.number == one.number + 1:
                at = self._at(one.number, other.number)
                says = f"{self._says(one)} <-> {self._says(other)}"
                yield Hole("swapped", says, partial(self._before, other, one), at)

    def moved(self) -> Iterator[Hole]:
        for one, other in self._linked("enables"):
            if other.number > one.number + 1:
                at = self._at(one.number, other.number)
                says = f"{self._says(other)}, before {self._says(one)}"
                yield Hole("moved", says, partial(self._before, other, one), at)

    def early(self) -> Iterator[Hole]:
        """Only what a willing person has learnt by being told, asking, or looking: no journeys."""
        for one, other in self._linked("informs", "moves"):
            taught = set(other.willing) & set(self.run.engine.observers(one.before, one.event))
            acts = {reason for reason in one.args if reason in one.willing}
            if taught - acts and not one.action.journey:
                at = self._at(one.number, other.number)
                says = f"{self._says(other)}, before {self._says(one)}"
                yield Hole("early knowledge", says, partial(self._before, other, one), at)

    def misplaced(self) -> Iterator[Hole]:
        places = set(self.run.world.kinds[1].members)
        for step in self.run.steps:
            for index, atom in enumerate(step.args):
                if atom not in places or not self.later[step.number]:
                    continue
                other = self.chance.choice(sorted(places - {atom}))
                args = (*step.args[:index], other, *step.args[index + 1 :])
                yield from self._reworded("wrong place", step, args)

    def dead(self) -> Iterator[Hole]:
        died = {
            matter.args[0]: next(s.since for s in matter.truth if s.value == "dead")
            for matter in self.told.matters
            if matter.args and any(s.value == "dead" for s in matter.truth)
        }
        world = self.run.world
        for step in self.run.steps:
            if not step.willing or not step.args or step.args[0] not in step.willing:
                continue
            gone = [a for a in world.persons if died.get(world.atoms[a].name, 10**9) < step.number]
            kind = world.kinds[step.action.params[0].kind]
            fitting = [atom for atom in gone if atom in kind.members and atom not in step.args]
            if fitting:
                args = (self.chance.choice(fitting), *step.args[1:])
                yield from self._reworded("dead actor", step, args)

    def unkept(self) -> Iterator[Hole]:
        """After each event a promise that nothing keeps; and events left out by which a promise ends."""
        world, engine = self.run.world, self.run.engine
        facts = {fact.id for fact in world.facts if fact.promise}
        fluents = [
            engine.fluent(fact, list(args))
            for fact in sorted(facts)
            for args in product(*(world.kinds[p.kind].members for p in world.facts[fact].params))
        ]
        stands: dict[int, set[int]] = {}
        for state in dict.fromkeys(self.run.states):
            stands[state] = {f for f in fluents if engine.value(state, f) is True}
        giving = [a for a in world.actions if a.mode == "chosen" and facts & set(a.writes)]
        for step in self.run.steps:
            for fluent in sorted(stands[step.before] - stands[step.after]):
                made = self.run.since(step.number - 1, (), fluent)
                if made is not None:
                    at = frozenset({made.told.sentence.span.start})
                    story = partial(self._without, step)
                    yield Hole("broken promise", self._says(step), story, at, BROKEN)
            for action in giving:
                events = engine.candidates(step.after, action.id, [None] * len(action.params))
                vain = [e for e in events if self._in_vain(step, e, fluents, stands)]
                if vain:
                    yield from self._planted(
                        "broken promise", step, self.chance.choice(sorted(vain)), BROKEN
                    )

    def _in_vain(
        self, step: Step, event: int, fluents: list[int], stands: dict[int, set[int]]
    ) -> bool:
        """A promise that the telling goes on to ignore: what is promised does not come true in it, and nothing ends it."""
        engine, world = self.run.engine, self.run.world
        after = supposed(engine, step.after, event)
        if after is None:
            return False
        new = {f for f in fluents if engine.value(after, f) is True} - stands[step.after]
        later = self.run.states[step.number :]
        claims = [claim for claim in engine.event_of(event)[1] if claim in world.claims]
        kept = (kept_by(self.run, claim) for claim in claims)
        return (
            len(new) == 1
            and not any(new & stands[state] for state in later)
            and not any(
                engine.evaluate(state, json.dumps(each), []) is True
                for each in kept
                for state in later
            )
        )

    def unmotivated(self) -> Iterator[Hole]:
        """Acts that are possible and that cost the actor at once, by that person's own lights, what nothing gives back."""
        engine, world = self.run.engine, self.run.world
        for step in self.run.steps:
            chosen = [a for a in world.actions if a.mode == "chosen" and a.meant is None]
            for action in self.chance.sample(chosen, len(chosen)):
                events = engine.candidates(step.after, action.id, [None] * len(action.params))
                costly = [event for event in events if self._costs(step.after, event)]
                if costly:
                    event = self.chance.choice(sorted(costly))
                    planted = list(self._planted("missing motive", step, event))
                    if planted:
                        yield from planted
                        break

    def _planted(
        self, sort: str, step: Step, event: int, code: str | None = None
    ) -> Iterator[Hole]:
        """An event told after another, if a sentence tells it and nothing else."""
        number, args = self.run.engine.event_of(event)
        sentence = tell(self.run.world, number, tuple(args))
        if len(match(self.run.world, sentence)) == 1:
            says = f"{sentence}, after {self._says(step)}"
            story = partial(self._inserted, step, sentence)
            yield Hole(sort, says, story, frozenset({step.told.sentence.span.start}), code)

    def _costs(self, state: int, event: int) -> bool:
        engine = self.run.engine
        willing = engine.willing(state, event)
        if len(willing) != 1:
            return False
        mind = engine.believed(state, willing[0])
        if not engine.possible(mind, event):
            return False
        before = engine.utility(mind, willing[0]) or 0.0
        after = supposed(engine, mind, event, willing[0])
        return after is not None and (engine.utility(after, willing[0]) or 0.0) <= before - 1

    def untimely(self) -> Iterator[Hole]:
        """Either date may be the wrong one: both may be pointed at."""
        steps = [step for step in self.run.steps if not step.told.times]
        for one, other in zip(steps, steps[5:], strict=False):
            says = f"{self._says(one)} in May, {self._says(other)} in April"
            story = partial(self._dated, one, other)
            first = self._below(one) + len("\n    ")
            second = self._below(other) + len(f"\n    {MAY}\n    ")
            yield Hole("impossible time", says, story, frozenset({first, second}))

    # ------------------------------------------------------------ edits

    def _linked(self, *sorts: str) -> Iterator[tuple[Step, Step]]:
        for link in self.told.links:
            if link.sort in sorts:
                yield self._step(link.source), self._step(link.target)

    def _says(self, step: Step) -> str:
        return f"{step.number}. {step.told.sentence.text}"

    def _lines(self, change: Callable[[tree.Told], list[tree.Told]]) -> Story:
        scenes = [
            replace(
                scene,
                lines=tuple(
                    new
                    for line in scene.lines
                    for new in (change(line) if isinstance(line, tree.Told) else [line])
                ),
            )
            for scene in self.story.world.telling
        ]
        return self.story.retold(scenes)

    def _without(self, step: Step) -> Story:
        return self._lines(lambda line: [] if line is step.told else [line])

    def _before(self, step: Step, place: Step) -> Story:
        """The event told just before another."""

        def change(line: tree.Told) -> list[tree.Told]:
            if line is step.told:
                return []
            return [step.told, line] if line is place.told else [line]

        return self._lines(change)

    def _inserted(self, step: Step, sentence: str) -> Story:
        told = replace(step.told, because=(), allows=(), citations=(), times=())
        new = replace(told, sentence=replace(told.sentence, text=sentence))
        return self._lines(lambda line: [line, new] if line is step.told else [line])

    def _reworded(self, sort: str, step: Step, args: tuple[int, ...]) -> Iterator[Hole]:
        sentence = tell(self.run.world, step.action.id, args)
        if len(match(self.run.world, sentence)) == 1:
            new = replace(
                step.told, because=(), sentence=replace(step.told.sentence, text=sentence)
            )
            says = f"{self._says(step)}, told as: {sentence}"
            story = partial(self._lines, lambda line: [new] if line is step.told else [line])
            yield Hole(sort, says, story, self._at(step.number))

    def _below(self, step: Step) -> int:
        """Where the line of the event ends in the file."""
        return step.told.sentence.span.source.text.index("\n", step.told.sentence.span.end)

    def _dated(self, one: Step, other: Step) -> Story:
        """The file with two dates below two events."""
        text = self.path.read_text(encoding="utf-8")
        for step, date in ((other, APRIL), (one, MAY)):  # from behind
            end = self._below(step)
            text = f"{text[:end]}\n    {date}{text[end:]}"
        copy = self.folder / self.path.name
        copy.write_text(text, encoding="utf-8")
        return intrigue.load(copy)

    def twin(self, number: int) -> Story:
        """Every sentence in one of the wordings that its action has."""
        chance = random.Random(number)

        def change(line: tree.Told) -> list[tree.Told]:
            readings = match(self.run.world, line.sentence.text)
            if len(readings) != 1 or None in readings[0].args:
                return [line]
            text = tell(self.run.world, readings[0].action, readings[0].args)
            fits = match(self.run.world, text) == readings
            plain = fits and chance.random() < 0.5
            return [replace(line, sentence=replace(line.sentence, text=text))] if plain else [line]

        return self._lines(change)


def objections(story: Story) -> Found:
    """Errors and warnings that nothing allows, with their places."""
    return {
        (d.code, d.span.start if d.span else -1)
        for d in story.check().diagnostics
        if d.allowed is None
        and d.code not in NOT_COUNTED
        and severity(d.code) is not Severity.ADVICE
    }


def measure(path: Path, count: int, seed: int) -> list[dict[str, Any]]:
    """One row a hole; a share of them on each processor."""
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts) as pool:
        shares = pool.map(_share, [(path, count, seed, part, parts) for part in range(parts)])
        return sorted(
            (row for share in shares for row in share), key=lambda row: int(row["number"])
        )


def _share(job: tuple[Path, int, int, int, int]) -> list[dict[str, Any]]:
    path, count, seed, part, parts = job
    rows: list[dict[str, Any]] = []
    with TemporaryDirectory() as folder:
        for source in path.parent.glob("*.txt"):
            (Path(folder) / source.name).write_bytes(source.read_bytes())
        planter, holes, clean = None, [], set[tuple[str, int]]()
        for number in range(count):
            if number // RUN % parts != part:
                continue
            if planter is None or number % RUN == 0:
                story = intrigue.load(path)
                clean = objections(story)
                planter = Planter(story, path, Path(folder), seed)
                holes = planter.holes(count)
            if number >= len(holes):
                break
            hole = holes[number]
            new = {
                (code, start)
                for code, start in objections(hole.story()) - clean
                if hole.code in (None, code)
            }
            located = any(start in hole.at for _, start in new)
            rows.append(
                {
                    "number": number,
                    "class": hole.sort,
                    "hole": hole.says,
                    "found": bool(new),
                    "located": located,
                    "codes": sorted({code for code, _ in new}),
                    "alarms": sorted(
                        {code for code, _ in objections(planter.twin(number)) - clean}
                    ),
                }
            )
            print(".", end="", file=sys.stderr, flush=True)
    return rows


def main() -> int:
    """Prints the table; exit status 0 whatever the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("story", type=Path)
    parser.add_argument("--holes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="every hole with what was found")
    options = parser.parse_args()
    rows = measure(options.story, options.holes, options.seed)
    print(file=sys.stderr)
    if options.json:
        print(json.dumps(rows, indent=1, ensure_ascii=False))
        return 0
    print("| class | planted | found | located | alarms on the twin |\n|---|---|---|---|---|")
    classes = Counter(str(row["class"]) for row in rows)
    for sort in [*classes, "all"]:
        mine = [row for row in rows if sort in ("all", row["class"])]
        found, located = (sum(bool(row[key]) for row in mine) for key in ("found", "located"))
        alarms = sum(bool(row["alarms"]) for row in mine)
        print(f"| {sort} | {len(mine)} | {found} | {located} | {alarms} |")
    for row in rows:
        if not row["located"]:
            print(f"missed: {row['class']}: {row['hole']} {row['codes'] or ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A story that is loaded: the way into everything that can be asked of it."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intrigue.arguments import as_annotated, checked
from intrigue.diagnostics.diagnostic import Diagnostic, Severity
from intrigue.story.motives import Limits, Motives

if TYPE_CHECKING:
    from intrigue.filling import Fillings
    from intrigue.filling.fill import Progress as FillProgress
    from intrigue.language import tree
    from intrigue.planning.plan import Plans
    from intrigue.planning.plan import Progress as PlanProgress
    from intrigue.play.session import Session
    from intrigue.sabre.convert import Converted
    from intrigue.story.ask import Answer, Knowledge
    from intrigue.story.audience import View
    from intrigue.story.check import Progress, Report
    from intrigue.story.clock import Clock
    from intrigue.story.cut import Cut, Weights
    from intrigue.story.endings import Endings
    from intrigue.story.explain import Explanation
    from intrigue.story.honesty import Honesty
    from intrigue.story.relate import Relation
    from intrigue.story.run import Run
    from intrigue.story.trace import Trace
    from intrigue.story.whatif import Change, WhatIf
    from intrigue.world.model import World


class StoryError(Exception):
    """A story, a question or a moment that means nothing. `diagnostics` say why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self._words())

    def __reduce__(self) -> tuple[type[StoryError], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)

    def _words(self) -> str:
        from intrigue.diagnostics.render import text

        return "\n".join(text(diagnostic) for diagnostic in self.diagnostics)


@as_annotated
class Story:
    """A checked world with its telling.

    `world`: the rules, cast and start; `diagnostics`: what reading the files found short of errors. Its methods raise TypeError for an
    argument of a wrong kind.
    """

    def __init__(
        self, world: World, diagnostics: Sequence[Diagnostic] = (), loading_seconds: float = 0.0
    ) -> None:
        self.world = world
        self.diagnostics = tuple(diagnostics)
        self.loading_seconds = loading_seconds
        self._runs: dict[Limits, list[Run]] = {}
        self._motives: dict[Limits, Motives] = {}
        self.problem: Converted | None = None
        """What it was made of, if it is a problem in Sabre's syntax."""

    def retold(self, telling: Sequence[tree.Scene], *, fresh: bool = False) -> Story:
        """The same world with another telling. What the engine has found out is shared, unless it is to start `fresh`."""
        other = Story(replace(self.world, telling=tuple(telling)), self.diagnostics)
        other.problem = self.problem
        if not fresh:
            other._motives = self._motives
        return other

    def claimed(self, other: Story, persons: Collection[int]) -> None:
        """This story tells the same events as another, which was checked; only what is claimed of what these persons have in mind is new.
        What was found out about all others is shared, unless a claim brings something new into the world."""
        if self.world.problem == other.world.problem:
            self._motives = {
                limits: motives.without(persons) for limits, motives in other._motives.items()
            }

    @property
    def title(self) -> str:
        """As its first line says."""
        return self.world.title

    @property
    def path(self) -> Path:
        """The story file."""
        return self.world.files[-1].span.source.path

    def runs(self, limits: Limits | None = None) -> list[Run]:
        """The telling played, once for each reading; kept, with all motives found on the way.

        Raises StoryError if the opening itself never comes to rest, EngineError if the engine that is installed cannot do this
        version's work.
        """
        from intrigue.seam import require_engine

        require_engine()
        from intrigue._engine import Engine, TriggerLoopError
        from intrigue.grounding.names import Names
        from intrigue.story.run import play, readings, trigger_loop

        limits = limits or Limits()
        if limits not in self._runs:
            try:
                if limits not in self._motives:
                    engine = Engine(json.dumps(self.world.problem))
                    self._motives[limits] = Motives(engine, limits)
                motives = self._motives[limits]
                engine = motives.engine
                names = Names(self.world, engine)
                played: list[Run] = []
                for reading in readings(self.world):
                    run = play(self.world, engine, names, motives, reading)
                    run.previous = played[-1] if played else None
                    played.append(run)
                self._runs[limits] = played
            except TriggerLoopError as error:
                raise StoryError([trigger_loop(self.world, None, error)]) from None
        return self._runs[limits]

    def run(self, reading: str | None = None, limits: Limits | None = None) -> Run:
        """One reading of the telling; the first if none is named. Raises StoryError if there is no
        such reading."""
        place = self.place_of(reading)
        return self.runs(limits)[place]

    def place_of(self, reading: str | None) -> int:
        """Which of the readings one is, counted from 0; the first if none is named. Raises StoryError if there is no such reading."""
        if reading is None:
            return 0
        from intrigue.story.run import readings

        named = [name for name in readings(self.world) if name is not None]
        for place, name in enumerate(named):
            if name.casefold() == reading.casefold():
                return place
        names = ", ".join(named)
        raise StoryError(
            [
                Diagnostic(
                    "unknown-reading",
                    None,
                    {"reading": reading},
                    repair=f"its readings are: {names}" if names else "this story has only one",
                )
            ]
        )

    def check(self, limits: Limits | None = None, progress: Progress | None = None) -> Report:
        """Is every event possible and motivated, every expectation met, everything introduced used?"""
        from intrigue.story.check import check

        return check(self, limits or Limits(), progress)

    def explain(
        self, at: str | int, reading: str | None = None, limits: Limits | None = None
    ) -> list[Explanation]:
        """Why the events at a moment happen: a number, `[n]` (a cited sentence) or a scene's title.

        Raises StoryError if there is no such event.
        """
        from intrigue.story.explain import explain

        return explain(self.run(reading, limits), at)

    def ask(self, question: str, at: str | int | None = None, reading: str | None = None) -> Answer:
        """The value of any expression after the event at a moment; at the end if none is named.

        Raises StoryError if the question or the moment means nothing.
        """
        from intrigue.story.ask import ask

        return ask(self.run(reading), question, at)

    def who_knows(
        self, fact: str, at: str | int | None = None, reading: str | None = None
    ) -> Knowledge:
        """What each person takes a fact (or condition) to be, and since which event. Raises as
        `ask`."""
        from intrigue.story.ask import who_knows

        return who_knows(self.run(reading), fact, at)

    def audience(self, at: str | int | None = None, reading: str | None = None) -> View:
        """What the audience knows at a moment of the telling beside what the persons know: irony, mystery, surprises so far.

        Raises StoryError if there is no such moment.
        """
        from intrigue.story.audience import view

        return view(self.run(reading), at)

    def times(self, at: str | int | None = None, reading: str | None = None) -> Clock:
        """When the events happen (those that `at` names, or all), in the order of the story. Raises as `audience`."""
        from intrigue.story.clock import clock

        return clock(self.run(reading), at)

    def cut(self, at: str | int, reading: str | None = None, limits: Limits | None = None) -> Cut:
        """What breaks without the events that `at` names: a number, `[n]`, a scene's title.

        Raises StoryError if it names none.
        """
        from intrigue.story.cut import cut

        return cut(self, self.run(reading, limits), at, limits)

    def weights(
        self,
        events: bool = False,
        reading: str | None = None,
        limits: Limits | None = None,
        progress: Progress | None = None,
    ) -> Weights:
        """How much breaks without each scene (or each event), cut one at a time, motives looked for with little effort."""
        from intrigue.story.cut import weights

        return weights(self.run(reading, limits), events, progress)

    def relate(self, one: str, other: str, reading: str | None = None) -> Relation:
        """Two persons through the story: what stands between them, what each wants of and takes the other to be.

        Raises StoryError if a name is not that of a person.
        """
        from intrigue.story.relate import relate

        return relate(self.run(reading), one, other)

    def endings(
        self, at: str | int | None = None, reading: str | None = None, **limits: Any
    ) -> Endings:
        """Which endings of the story hold at a moment, can still be reached from it (and how), or were lost, and when.

        `limits`: `max_events`, `max_motive`, `max_minds`, `seconds`, `shortest`, ... as of `plan`.
        Raises StoryError if there is no such moment, TypeError for a limit that `plan` does not have, ValueError as `plan`.
        """
        from intrigue.story.endings import endings

        return endings(self, at, reading, **limits)

    def whatif(
        self,
        at: str | int,
        change: Change,
        reading: str | None = None,
        limits: Limits | None = None,
    ) -> WhatIf:
        """The telling with something forced, forbidden, changed or believed after a moment, and how it goes on.

        Raises StoryError if the moment or a part of the change means nothing.
        """
        from intrigue.story.whatif import whatif

        return whatif(self, at, change, reading, limits)

    def trace(self, source: str | Path | None = None, reading: str | None = None) -> Trace:
        """The sentences of the source (`source`, or the one that the story names), and what in the
        story cites each. Raises StoryError if there is no source."""
        from intrigue.story.trace import trace

        return trace(self.run(reading), None if source is None else Path(source))

    def honesty(self, limits: Limits | None = None) -> Honesty:
        """How much of the telling is decided by the author's thumb on the scale."""
        from intrigue.story.honesty import honesty

        return honesty(self.runs(limits))

    def plan(
        self,
        goal: str | float | None = None,
        *,
        at: str | int | None = None,
        reading: str | None = None,
        max_events: int = 12,
        max_motive: int = 8,
        max_minds: int = 4,
        count: int = 1,
        shortest: bool = False,
        seconds: float | None = None,
        memory_mb: int | None = None,
        seed: int = 0,
        threads: int = 1,
        search: str | None = None,
        heuristic: str | None = None,
        rank: str | None = None,
        progress: PlanProgress | None = None,
    ) -> Plans:
        """Stories that end as wanted, each event possible and, for everybody who must will it, motivated.

        `goal`: a condition, the title of one of the story's endings, or (by the rules of Sabre) the least that the end is
        worth to the author. None: the story's one ending, or anything worth more to the author than the beginning.
        `at`: the moment of the telling from which to go on (see `ask`); None: the opening, with nothing told.
        At most `max_events` events; motives of at most `max_motive` events and `max_minds` minds. `count` different stories,
        best first by `rank` (`intrigue.planning.ranking`). `shortest`: go on until the first is proved to be as short as any.
        `seconds` and `memory_mb` stop the search, which then is undecided. `search`, `heuristic`, `seed`: how to look
        (docs/planning.md); `threads` changes the time, never the answer. `progress` is called a few times a second.

        Every story is checked, by the code that checks told ones, before it is returned.
        Raises StoryError if the goal, the moment or the reading means nothing or the goal is reached already, ValueError for a search,
        heuristic or ranking that does not exist, or what is no amount (`count=0`).
        """
        from intrigue.planning.plan import plan

        return plan(
            self,
            goal,
            at=at,
            reading=reading,
            max_events=max_events,
            max_motive=max_motive,
            max_minds=max_minds,
            count=count,
            shortest=shortest,
            seconds=seconds,
            memory_mb=memory_mb,
            seed=seed,
            threads=threads,
            search=search,
            heuristic=heuristic,
            rank=rank,
            progress=progress,
        )

    def play(
        self,
        as_: str,
        *,
        at: str | int | None = None,
        reading: str | None = None,
        seed: int = 0,
    ) -> Session:
        """A game in which one acts for the person `as_`, from a moment of the telling (see `ask`), or from the opening; everybody else
        acts on motives of their own. `seed` decides what chance decides.

        Raises StoryError if there is no such person or moment.
        """
        from intrigue.play.session import play

        return play(self, as_, at, reading, seed)

    def fill(
        self,
        *,
        count: int = 1,
        max_events: int = 6,
        seconds: float | None = None,
        memory_mb: int | None = None,
        seed: int = 0,
        reading: str | None = None,
        progress: FillProgress | None = None,
    ) -> Fillings:
        """The gaps of the telling (`...`) completed: events put in so that what is told can happen, with a motive for everybody; or
        without one, if none was found and it is not proved that there is none: `missing` says so then.

        `count` different fillings, if there are; at most `max_events` events to mend one thing that goes wrong. `seconds` and
        `memory_mb` stop the search, and what was found by then is kept. `seed` decides between what is as good. `reading`: which one is
        filled, if not the first. `progress` is told how many gaps are done.

        Each filling is a story text in the author's layout, checked. Raises StoryError if there is no gap or no such reading, or if a
        gap names what does not exist; ValueError for what is no amount (`count=0`).
        """
        from intrigue.amounts import refuse_no_amounts
        from intrigue.filling import fill

        amounts: dict[str, Any] = {
            "count": count,
            "max_events": max_events,
            "seconds": seconds,
            "memory_mb": memory_mb,
            "seed": seed,
        }
        refuse_no_amounts(amounts)
        return fill(self, **amounts, reading=reading, progress=progress)

    def to_text(self) -> str:
        """The story as its file holds it, without what it includes."""
        return self.world.files[-1].span.source.text

    def __repr__(self) -> str:
        return f"<Story {self.title!r}: {len(self.world.persons)} persons, {len(self.world.telling)} scenes>"

    def _repr_html_(self) -> str:
        """Its storylines, for a notebook."""
        from intrigue.views.chronicle import chronicle
        from intrigue.views.draw.storyline import storyline

        drawn = storyline(chronicle(self.run()))
        return f'<div style="overflow:auto;max-height:40em;background:#fff">{drawn}</div>'


@checked
def load(path: str | Path) -> Story:
    """Reads a story with the worlds it includes; or a problem in Sabre's syntax (`.txt`), told in our words.

    Raises StoryError, with everything that is wrong, if it cannot be read or its rules make no
    sense.
    """
    from intrigue.language.load import load as read

    began = time.perf_counter()
    if Path(path).suffix == ".txt":
        return _load_problem(Path(path), began)
    return _story(*read(Path(path)), began)


@checked
def loads(text: str, path: str | Path = "untitled.story") -> Story:
    """Reads a story from its text, as if it stood in a file of this path (which need not be there): beside it is looked for what it
    includes. Raises as `load`."""
    from intrigue.language.load import load_text

    began = time.perf_counter()
    return _story(*load_text(text, Path(path)), began)


def rewritten(world: World, text: str, diagnostics: Sequence[Diagnostic] = ()) -> Story:
    """The story of another text in the place of a world's own file, under the rules that this one includes. `diagnostics`: what is known of
    these. Raises StoryError if it cannot be read or makes no sense."""
    from intrigue.diagnostics.catalogue import severity
    from intrigue.diagnostics.diagnostic import Source
    from intrigue.language.parse import parse
    from intrigue.world import check

    *included, told = world.files
    file, problems = parse(Source(told.span.source.path, text))
    made, more = check([*included, file])
    if made is None or any(severity(each.code) is Severity.ERROR for each in problems):
        raise StoryError([*problems, *more])
    return Story(made, diagnostics)


def _story(files: Sequence[tree.File], problems: Sequence[Diagnostic], began: float) -> Story:
    """The story of these files, the last of which tells it. Raises StoryError if anything in them is wrong."""
    from intrigue.diagnostics.catalogue import severity
    from intrigue.language.load import lacking
    from intrigue.world import check

    world = None
    if files and not lacking(problems):
        world, more = check(files)
        problems = [*problems, *more]
    if world is not None:
        # the telling is played all the same, and finds these again in their places
        problems = [problem for problem in problems if problem.code != "unknown-sentence"]
    if world is None or any(severity(problem.code) is Severity.ERROR for problem in problems):
        raise StoryError(problems)
    return Story(world, problems, time.perf_counter() - began)


def _load_problem(path: Path, began: float) -> Story:
    """A problem in Sabre's syntax as a story of its own. Raises StoryError if it has mistakes."""
    from intrigue.language.load import read
    from intrigue.sabre.convert import convert

    source, problems = read(path)
    converted = None
    if source is not None:
        converted, problems = convert(source, in_one=True)
    if converted is None:
        raise StoryError(problems)
    story = Story(converted.world, (), time.perf_counter() - began)
    story.problem = converted
    return story

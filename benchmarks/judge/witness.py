"""The motives that the engine shows for a story it found, as witnesses for the judge.

They are only pointers: the judge follows each and believes none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.judge.plans import Limits, Step
from intrigue.diagnostics.diagnostic import Source
from intrigue.sabre import read

if TYPE_CHECKING:
    from intrigue._engine import MotiveTree

SECONDS = 10.0
"""How long the engine may look for one motive within one limit."""


class Witnesses:
    """An engine that is asked why."""

    def __init__(self, path: Path, limits: Limits, memory_mb: int = 1000) -> None:
        from intrigue._engine import Engine

        problem, self.names, _ = read(Source(path, path.read_text(encoding="utf-8")))
        self.engine = Engine(json.dumps(problem), memory_mb=memory_mb)
        self.limits = limits

    def of(self, story: list[str]) -> list[Step]:
        """The story with a motive for everybody for whom the engine has one; without, from the first event on that it
        cannot play."""
        engine = self.engine
        state = engine.start()
        steps: list[Step] = []
        for number, name in enumerate(story):
            named = self.names.event_named(name)
            event = None if named is None else engine.event(*named)
            if event is None or not engine.possible(state, event):
                return [*steps, *(Step(one) for one in story[number:])]
            others = {}
            for person in engine.willing(state, event):
                plan = self.motive(engine.believed(state, person), person, event)
                if plan:
                    others[self.names.atoms[person]] = plan
            steps.append(Step(name, others))
            state = engine.after(state, event)
        return steps

    def motive(self, mind: int, person: int, event: int) -> list[Step]:
        """A motive, looked for within small limits first: a short one is sooner found."""
        most, deepest = self.limits.motive, max(self.limits.minds, 1)
        tries = [(2, 1), (4, 1), (5, 2), (most, 1), (most, deepest)]
        for events, minds in dict.fromkeys((min(e, most), min(m, deepest)) for e, m in tries):
            if not self.engine.possible(mind, event):
                break
            found = self.engine.motive(
                mind,
                person,
                event,
                max_events=events,
                max_minds=min(minds, self.limits.minds),
                budget=10**9,
                seconds=SECONDS,
            )
            if found["verdict"] == "found":
                return [self._step(part) for part in found["plan"]]
        return []

    def _step(self, part: MotiveTree) -> Step:
        others = {
            self.names.atoms[person]: [self._step(one) for one in plan]
            for person, plan in part["others"].items()
        }
        return Step(self.names.event(*self.engine.event_of(part["event"])), others)

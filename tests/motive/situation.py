"""A situation written as a story, and why people in it would do things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import intrigue

if TYPE_CHECKING:
    from intrigue._engine import Engine, Motive, MotiveTree


@dataclass(frozen=True)
class Answer:
    """What the engine said: the plan as `"action arg arg"`, and under each event the plans of the
    others who take part."""

    verdict: str
    plan: list[str]
    others: list[dict[str, list[str]]]
    gain: tuple[float, float]
    examined: int
    stopped_by: str | None


class Situation:
    """The opening of a story. Names are written without blanks."""

    def __init__(self, folder: Path, text: str) -> None:
        path = folder / "situation.story"
        path.write_text("story A situation\n" + text, encoding="utf-8")
        story = intrigue.load(path)
        self.world = story.world
        self.engine: Engine = story.run().engine
        self.start = self.engine.start()
        self._atoms = {atom.name.replace(" ", ""): atom.id for atom in self.world.atoms}
        self._actions = {action.name: number for number, action in enumerate(self.world.actions)}

    def event(self, written: str) -> int:
        action, *args = written.split()
        return self.engine.event(self._actions[action], [self._atoms[arg] for arg in args])

    def after(self, *events: str) -> Situation:
        """The same situation after events that happened in truth."""
        for written in events:
            assert self.engine.possible(self.start, self.event(written)), written
            self.start = self.engine.after(self.start, self.event(written))
        return self

    def why(self, person: str, event: str, via: list[str] | None = None, **limits: Any) -> Answer:
        """Why the person would do it, as things are."""
        who = self._atoms[person]
        found = self.engine.motive(
            self.engine.believed(self.start, who),
            who,
            self.event(event),
            waypoints=[self.event(each) for each in via] if via else None,
            **limits,
        )
        return self._answer(found)

    def forget(self, person: str) -> None:
        """What was found out about the person's motives is forgotten."""
        self.engine.forget_motives(self._atoms[person])

    def next(self, person: str, among: list[str] | None = None, **limits: Any) -> Answer:
        """What the person would do next, as things are."""
        who = self._atoms[person]
        found = self.engine.intention(
            self.engine.believed(self.start, who),
            who,
            among=None if among is None else [self.event(each) for each in among],
            **limits,
        )
        return self._answer(found)

    def _answer(self, found: Motive) -> Answer:
        return Answer(
            found["verdict"],
            self._plan(found["plan"]),
            [
                {self._name(other): self._plan(plan) for other, plan in part["others"].items()}
                for part in found["plan"]
            ],
            found["gain"],
            found["examined"],
            found["stopped_by"],
        )

    def fact(self, fact: str, *args: str, value: str | None = None) -> dict[str, Any]:
        """A condition for the engine: the yes/no fact, or that the fact has the value."""
        number = next(n for n, each in enumerate(self.world.facts) if each.name == fact)
        read = {"fact": [number, [{"const": {"atom": self._atoms[arg]}} for arg in args]]}
        return read if value is None else {"eq": [read, {"const": {"atom": self._atoms[value]}}]}

    def _name(self, atom: int) -> str:
        return self.world.atoms[atom].name.replace(" ", "")

    def _plan(self, plan: list[MotiveTree]) -> list[str]:
        told = []
        for part in plan:
            action, args = self.engine.event_of(part["event"])
            told.append(" ".join([self.world.actions[action].name, *map(self._name, args)]))
        return told

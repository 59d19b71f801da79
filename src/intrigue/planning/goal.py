"""What an ending must be: a condition, the name of an `ending`, or what it is worth to the author."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Source
from intrigue.diagnostics.suggest import nearest
from intrigue.english import digits
from intrigue.language.names import key
from intrigue.records import dataclass
from intrigue.story.story import StoryError

if TYPE_CHECKING:
    from intrigue._engine import Engine
    from intrigue.story.story import Story


@dataclass(frozen=True, slots=True)
class Goal:
    """What the end must be. One of `condition` (of the border) and `worth` (to the author, at least) is there.

    `said`: in words; `title`: what a story that ends so may be called.
    """

    said: str
    title: str
    condition: Any | None = None
    worth: float | None = None

    def json(self) -> str | None:
        """The condition as the engine takes it."""
        return None if self.condition is None else json.dumps(self.condition)

    def reached(self, engine: Engine, state: int) -> bool:
        """Whether a state is such an end."""
        if self.worth is None:
            return engine.evaluate(state, json.dumps(self.condition), []) is True
        worth = engine.utility(state, None)
        return worth is not None and worth >= self.worth


def read_goal(story: Story, wanted: str | float | None, engine: Engine, state: int) -> Goal:
    """The goal that is meant. Raises StoryError if it means nothing.

    A number is what the end is worth to the author of a problem by the rules of Sabre. A text is the title of an `ending`
    of the story, or a condition; of a problem in Sabre's syntax also a condition in that syntax. None: the one ending that the
    story names, or anything that is worth more to the author than the state from which the story goes on.
    """
    if wanted is None:
        return _usual(story, engine, state)
    text = str(wanted).strip()
    for name, condition, _ in story.world.endings:
        if key(name) == key(text):
            return Goal(name, name, condition=condition)
    try:
        worth = float(text)
    except ValueError:
        return _condition(story, text)
    if not math.isfinite(worth):
        raise _no_goal(text, "name a number, or a condition")
    if not story.world.tables.sabre:
        raise _no_goal(
            text, "only a story by the rules of Sabre has an author who counts; name a condition"
        )
    return Goal(f"worth {digits(worth)} to the author", f"Worth {digits(worth)}", worth=worth)


def _usual(story: Story, engine: Engine, state: int) -> Goal:
    endings = story.world.endings
    if len(endings) == 1 and not story.world.tables.sabre:
        return Goal(endings[0][0], endings[0][0], condition=endings[0][1])
    if endings and not story.world.tables.sabre:
        names = ", ".join(name for name, _, _ in endings)
        raise _no_goal("nothing", f"name one of its endings ({names}) or a condition")
    if not story.world.tables.sabre:
        raise _no_goal(
            "nothing", "say how it is to end: a condition such as `sight(Jennie) = clear`"
        )
    worth = engine.utility(state, None)
    least = math.nextafter(worth, math.inf) if worth is not None else -math.inf
    said = (
        f"worth more than {digits(worth)} to the author" if worth is not None else "worth anything"
    )
    return Goal(said, "The story", worth=least)


def _condition(story: Story, text: str) -> Goal:
    """A condition."""
    from intrigue.language.expressions import parse_expression
    from intrigue.world.conditions import resolve

    expression, problems = parse_expression(Source(Path("goal"), text))
    condition = None
    if expression is not None:
        condition, problems = resolve(story.world, expression)
    if condition is None and story.problem is not None:
        in_words, found = story.problem.in_words(text)
        if in_words is not None:
            return _condition(story, in_words)
        if any(sign in text for sign in ("==", "&", "!", "?")):
            problems = found
    if condition is None:
        raise StoryError([_with_endings(story, problem, text) for problem in problems])
    return Goal(text, "The story", condition=condition)


def _with_endings(story: Story, problem: Diagnostic, text: str) -> Diagnostic:
    """A name that means nothing may have been meant for an ending: which there are."""
    named = {key(name): name for name, _, _ in story.world.endings}
    if problem.code != "unknown-name" or not named:
        return problem
    near = nearest(key(text), named)
    repair = f"did you mean the ending `{named[near]}`?" if near else problem.repair
    note = Note(f"the endings of this story: {', '.join(named.values())}")
    return replace(problem, notes=(note,), repair=repair)


def _no_goal(found: str, repair: str) -> StoryError:
    return StoryError([Diagnostic("no-goal", None, {"goal": found}, repair=repair)])

"""A game written down: a `.story` like any other, which `intrigue check` takes and from which the game can be played again.

It holds the original's opening, what had been told when the game began, and then a scene with all that happened, each event with the
plan of whoever willed it (`because`), so that it need not be looked for again. Comments hold what was typed: `# > wait`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.play.minds import Plan
    from intrigue.story.run import Run

_TYPED = "# > "
_UNDECIDED = "undecided-motive"
_ALLOWED = "the player's choice, not the person's"


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a game. `turn`: in which it happened. `plans`: for each person who willed it the plan that begins with it; for the player
    perhaps the code of what a check finds instead."""

    turn: int
    before: int
    event: int
    after: int
    plans: tuple[tuple[int, Plan | str], ...] = ()


def text(
    run: Run,
    begins: int,
    heading: tuple[str, str],
    happened: Sequence[Happened],
    typed: Sequence[tuple[int, str]],
) -> str:
    """The file. `begins`: how many told events came before the game; `heading`: of the scene, and a comment below it; `typed`: what the
    player typed, in order, each with the turns that had been taken by then."""
    from intrigue.story.written import retold_text, stays

    source = run.world.files[-1].span.source
    opening = retold_text(source, stays(run, begins), heading[0], [])
    lines = [f"scene {heading[0]}", f"  # {heading[1]}"]
    actions = [run.world.actions[run.engine.event_of(each.event)[0]] for each in happened]
    actions += [step.action for step in run.steps[:begins]]
    if any(each.deadlines for each in actions) or any(s.told.times for s in run.steps[:begins]):
        lines.insert(0, "allow deadline-missed: who plays need not keep what was to come in time\n")
    # what was undone is among what was typed: the last that was typed in a turn led to the next
    last = {turn: at for at, (turn, _) in enumerate(typed)}
    for at, (turn, line) in enumerate(typed):
        lines.append(f"  {_TYPED}{line}")
        if last[turn] == at:
            for each in happened:
                if each.turn == turn + 1:
                    lines += _lines(run, each)
    return f"{opening}\n" + "\n".join(lines) + "\n"


def _lines(run: Run, happened: Happened) -> list[str]:
    from intrigue.planning.planned import sentence_of

    said = [f"  {sentence_of(run, happened.before, happened.event)}."]
    for person, plan in happened.plans:
        if isinstance(plan, str):
            # with what a check has found out by then, it may prove what was undecided here: `settled` tells
            codes = (plan, "unmotivated-event") if plan == _UNDECIDED else (plan,)
            said += [f"    allow {code}: {_ALLOWED}" for code in codes]
        elif plan[1:]:
            steps = "; ".join(_planned(run, event) for event in plan[1:])
            said.append(f"    because {run.world.atoms[person].name}: {steps}")
    return said


def doubtful(happened: Iterable[Happened]) -> bool:
    """Whether something may be allowed in the file that a check accepts, or finds to be wrong, under another name."""
    return any(plan == _UNDECIDED for each in happened for _, plan in each.plans)


def settled(written: str, idle: Iterable[int]) -> str:
    """The file without what it allows in vain. `idle`: where each `allow` stands that a check has no use for."""
    at, kept = 0, []
    unused = set(idle)
    for line in written.splitlines(keepends=True):
        end = at + len(line)
        if not (line.endswith(f": {_ALLOWED}\n") and any(at <= each < end for each in unused)):
            kept.append(line)
        at = end
    return "".join(kept)


def _planned(run: Run, event: int) -> str:
    """An event of a plan, which no moment decides between readings of: by its name wherever its words leave something out."""
    from intrigue.world.sentences import match

    said = run.sentence(event)
    action, args = run.engine.event_of(event)
    readings = match(run.world, said)
    if len(readings) == 1 and readings[0] == (action, tuple(args)):
        return said
    return f"{run.world.actions[action].name}({', '.join(run.world.atoms[a].name for a in args)})"


def heading(person: str, begins: int, seed: int) -> str:
    """What a saved game says of how it began."""
    return f"played as {person}, from event {begins}, seed {seed}"


def began(saved: str) -> tuple[str, str, int] | None:
    """The person, the moment and the seed with which a saved game began; None of any other text."""
    found = re.search(
        r"^ *# played as (.+), from event (\d+), seed (-?\d{1,4000})$", saved, re.MULTILINE
    )
    return (found[1], found[2], int(found[3])) if found else None


def typed_in(saved: str) -> list[str]:
    """What was typed in a game that was saved; of any other text each line that is not empty, comments aside."""
    lines = [line.strip() for line in saved.splitlines()]
    typed = [line.removeprefix(_TYPED) for line in lines if line.startswith(_TYPED)]
    if typed or any(line.startswith("story ") for line in lines):
        return typed
    return [line for line in lines if line and not line.startswith("#")]

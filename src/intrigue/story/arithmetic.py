"""What an event or a plan is worth to a person, want by want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intrigue.english import digits
from intrigue.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from intrigue._engine import Engine
    from intrigue.story.run import Run


WantKey = tuple[int, tuple[int, ...]]
"""A want by its number in the problem, and the atoms that stand for its parameters."""


@dataclass(frozen=True, slots=True)
class Change:
    """One want that counts more or less than before. `amount`: the difference in utility."""

    want: str
    amount: float


def changes(run: Run, person: int, before: int, after: int) -> list[Change]:
    """The person's wants that differ between two states, gains first. Shares of others' wants count
    as one."""
    engine = run.engine
    result = [
        Change(want_text(run, *want), amount)
        for want, amount in affected(engine, person, before, after).items()
    ]
    whole = (engine.utility(after, person) or 0.0) - (engine.utility(before, person) or 0.0)
    rest = whole - sum(change.amount for change in result)
    if abs(rest) > 1e-9:
        result.append(Change("what others gain or lose", rest))
    return sorted(result, key=lambda change: -change.amount)


def affected(engine: Engine, person: int, before: int, after: int) -> dict[WantKey, float]:
    """The person's own wants that count more or less in one state than in another, and by how much."""
    old, new = _amounts(engine, before, person), _amounts(engine, after, person)
    return {
        want: new.get(want, 0.0) - old.get(want, 0.0)
        for want in dict.fromkeys([*old, *new])
        if new.get(want, 0.0) != old.get(want, 0.0)
    }


def unmet(run: Run, mind: int, person: int) -> Iterator[tuple[int, list[int], float]]:
    """The wants that the person, who takes the world to be `mind`, has there, that count and are not met: number, parameters, weight.
    Whose a line is may change: `boss(p) wants ..`."""
    engine = run.engine
    for index, args, amount, weight in engine.wants(mind, person):
        who, what, during = run.wanted(index)
        if engine.evaluate(mind, who, args) != ("atom", person):
            continue
        counts = during is None or engine.evaluate(mind, during, args) is True
        if counts and (amount < 0 or engine.evaluate(mind, what, args) is False):
            yield index, args, weight


def _amounts(engine: Engine, state: int, person: int) -> dict[WantKey, float]:
    return {(index, tuple(args)): amount for index, args, amount, _ in engine.wants(state, person)}


def imagined(engine: Engine, person: int, mind: int, events: Sequence[int]) -> int:
    """What the person, who takes the world to be `mind`, takes it to be after the events."""
    for event in events:
        mind = engine.after(mind, event, person)
    return mind


def want_text(run: Run, index: int, args: Sequence[int]) -> str:
    """A want as the author wrote it, with the persons of an `each` line filled in."""
    want = next(w for w in run.world.wants if w.index == index and w.form != "shares")
    source, at, text = want.span.source.text, want.span.start, ""
    for part in want.conditions:
        text += source[at : part.start] + run.names.filled_in(part, want.params, args)
        at = part.end
    return " ".join((text + source[at : want.span.end]).split())


def gain_and_loss(parts: Sequence[Change]) -> str:
    """`gain 4, loss 2`."""
    gain = sum(part.amount for part in parts if part.amount > 0)
    loss = -sum(part.amount for part in parts if part.amount < 0)
    return f"gain {digits(gain)}, loss {digits(loss)}"

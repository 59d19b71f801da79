"""How far ways past the flaws of a telling are looked for, and what weighs the same wherever it is met."""

from __future__ import annotations

from intrigue.records import dataclass

UNLIKELY = 1
"""What the second, third, ... of several guesses weighs more, each more than the one before."""
LUCK = 6
"""What an event weighs more that nobody means."""
USELESS = 10
"""What an event weighs more that brings about a condition which does not help."""
MISSING = 4
"""What an act weighs more for which the person would have a reason if the person knew the truth."""
UNWILLED = 12
"""What an event weighs more for which no motive was found."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look.

    Attributes:
        events: How many events may be put in to mend one flaw.
        tries: How many fillings are played for one flaw before it is given up, where ways past it are looked for by guesses.
        back: How many of the choices before a flaw are taken back, one after the other, where it cannot be mended.
        effort: Events tried for one motive, first and, if nothing was found, again.
        leaner: Up to how many events put in it is seen at the end whether it goes without a pair of them or one.
        whole: Events tried for somebody's plan for the whole of what is missing, however far off; half as many where none of the
            person's wants has to do with it. 0: only plans that begin with an event at hand, with little effort.
        work: How much work (about as many motives) goes into one flaw where ways past it are looked for backwards, by trial. 0: they are
            looked for by guesses, towards a goal.
        others: How many other ways past a flaw are looked for where the first hinders what is told next.
    """

    events: int = 6
    tries: int = 40
    back: int = 3
    effort: tuple[int, ...] = (250, 2_000)
    leaner: int = 0
    whole: int = 0
    work: int = 0
    others: int = 0

"""What a game answers: the scene after a turn, a hint."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from intrigue.records import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """What the player reads after a turn. `lines`: sentences, what the person lived through; `around`: where that person is, with whom and
    what; `ending`: how it has ended, empty as long as it has not."""

    turn: int
    lines: tuple[str, ...]
    around: str
    ending: str = ""

    def __str__(self) -> str:
        told = " ".join(f"{line}." if line[-1] not in ".!?" else line for line in self.lines)
        return "\n".join(part for part in (told, self.around, self.ending) if part)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


@dataclass(frozen=True, slots=True)
class Hint:
    """What the person would do of the own accord: a plan in sentences, the first of which may be somebody else's to begin, and the wants
    that it serves. `plan` is empty where nothing was found; `surprise`: because the person had not taken the act to be possible."""

    plan: tuple[str, ...]
    wants: tuple[str, ...]
    waits: bool = False
    surprise: bool = False

    def __bool__(self) -> bool:
        return bool(self.plan)

    def __str__(self) -> str:
        return planned(self.plan, self.wants) if self.plan else "no plan"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def planned(steps: Iterable[str], wants: Iterable[str]) -> str:
    """A plan and what it is for."""
    return f"{'; '.join(steps)}." + "".join(f"\n  for: {want}" for want in wants)

"""The whole seam between Python and the engine.

Atoms, facts and actions are the numbers of the problem; states, events and fluents are the engine's.
"""

from typing import Literal, TypedDict

Value = str | bool | float | tuple[str, int]
"""At the border: True/False, a number, ("atom", id), "unknown", or ("answer", fluent)."""

class ProblemError(Exception): ...

class EventError(Exception):
    """An event whose effects contradict each other. args: (message, fluent, value, value)."""

class TriggerLoopError(Exception):
    """Triggers that never rest. args: (message, [(trigger index, [atoms])])."""

class MotiveTree(TypedDict):
    event: int
    """For each other willing person of the event (not asked for the first event): why that person, as the planner sees it."""
    others: dict[int, list[MotiveTree]]

class Motive(TypedDict):
    verdict: Literal["found", "none", "undecided"]
    stopped_by: str | None  # "events examined" | "memory" | "seconds" | "interrupt" for undecided
    plan: list[MotiveTree]  # empty unless found
    gain: tuple[float, float]  # utility before, after (in the person's mind)
    examined: int  # events tried

class Story(TypedDict):
    verdict: Literal["found", "none", "undecided"]
    stopped_by: str | None  # "memory" | "seconds" | "interrupt" for undecided
    events: list[int]  # empty unless found
    worth: float | None  # of the end, to the author
    examined: int  # states looked at

class Engine:
    """One grounded problem with its states. States are permanent numbers; the same state always has the same number."""

    def __init__(self, problem: str, *, memory_mb: int = 160) -> None: ...
    def start(self) -> int: ...
    # fluents
    def fluent(self, fact: int, args: list[int]) -> int: ...
    def fluent_of(self, fluent: int) -> tuple[int, list[int]]: ...
    def fluent_count(self) -> int: ...
    # states
    def value(self, state: int, fluent: int) -> Value: ...
    def values(self, state: int) -> list[Value]: ...
    def believed(self, state: int, person: int) -> int: ...
    def changed(self, before: int, after: int) -> list[int]: ...
    # expressions (as JSON), with variables bound to atoms
    def evaluate(self, state: int, expr: str, args: list[int]) -> Value | None: ...
    def reads(self, state: int, expr: str, args: list[int]) -> list[tuple[list[int], int]]:
        """The fluents read by evaluating, each with the chain of persons in whose mind it was read."""
    # events
    def event(self, action: int, args: list[int]) -> int: ...
    def event_of(self, event: int) -> tuple[int, list[int]]: ...
    def possible(self, state: int, event: int) -> bool: ...
    def failing(self, state: int, event: int) -> list[int]:
        """Indexes into the action's `needs` of the conditions that do not hold."""
    def candidates(self, state: int, action: int, args: list[int | None]) -> list[int]:
        """All possible events of the action with these arguments, None standing for any."""
    def willing(self, state: int, event: int) -> list[int]: ...
    def observers(self, state: int, event: int) -> dict[int, int]:
        """Person -> index of the line of `sees` that decides."""
    def after(self, state: int, event: int, owner: int | None = None) -> int:
        """The state after an event. With `owner`, whose mind the state is: as that person imagines it, in a plan."""
    def fired(self, state: int, event: int) -> list[tuple[int, list[int]]]:
        """The triggers that fire in the true state after the event: (trigger, arguments)."""
    # wants
    def utility(self, state: int, person: int | None) -> float | None: ...
    def wants(self, state: int, person: int) -> list[tuple[int, list[int], float, float]]:
        """The person's wants that count or could count: (index of the want, parameters, amount now, weight)."""
    # motives
    def motive(
        self,
        mind: int,
        person: int,
        event: int,
        *,
        max_events: int = 8,
        max_minds: int = 4,
        budget: int = 200_000,
        seconds: float | None = None,
        waypoints: list[int] | None = None,
        brings: str | None = None,
        hints: list[list[int]] | None = None,
        familiar: list[int] | None = None,
    ) -> Motive:
        """Why `person`, who takes the world to be `mind`, would will `event`.

        `budget`: events examined before giving up (undecided). `waypoints`: events that must occur in this order.
        `brings`: a condition false before and true after. `hints`: plans to try first (same answer, sooner).
        """
    def reachable(self, state: int, expr: str, args: list[int]) -> bool:
        """False: proved that no sequence of events, fate included, can bring it about. True: not excluded."""
    def solutions(
        self,
        max_events: int,
        *,
        max_motive: int = 8,
        max_minds: int = 4,
        alphabet: list[int] | None = None,
        seconds: float | None = None,
    ) -> list[list[int]] | None:
        """All stories of at most so many events, the shorter first: the end is worth more to the author than the opening and
        everything between, everybody has a motive for what he wills, nothing is idle. `alphabet`: the only events that happen
        or are thought of. None if the seconds are up before all is searched.
        """
    def plan(
        self,
        state: int,
        goal: float,
        *,
        max_events: int = 12,
        max_motive: int = 8,
        max_minds: int = 4,
        seconds: float | None = None,
    ) -> Story:
        """A story from the state on whose end is worth at least `goal` to the author; not always the shortest."""
    def statistics(self) -> dict[str, int]: ...

"""The whole seam between Python and the engine.

Atoms, facts and actions are the numbers of the problem; states, events and fluents are the engine's.
"""

from collections.abc import Callable
from typing import Literal, TypedDict

Value = str | bool | float | tuple[str, int]
"""At the border: True/False, a number, ("atom", id), "unknown", or ("answer", fluent)."""

SEAM: str
"""This file, as it was when the engine was built from it."""

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
    looked_into: int  # goals to which ways were looked for: the rest of what it took, about as much for each as for an event

class Question(TypedDict):
    """A question about a motive: see `Engine.motive`."""

    mind: int
    person: int
    event: int
    waypoints: list[int]
    brings: str | None
    familiar: list[int]
    passing: bool
    follows: bool

class Story(TypedDict):
    events: list[int]
    worth: float | None  # of the end, to the author

class Plans(TypedDict):
    verdict: Literal[
        "found", "none", "undecided"
    ]  # none: proved that there is none within the limits
    stopped_by: (
        str | None
    )  # "memory" | "seconds" | "interrupt" | "states", where the search did not come to its end
    stories: list[
        Story
    ]  # at most `count`, all different, in the order found (the shortest first when `shortest`)
    shortest: bool  # proved: no story is shorter than stories[0]
    bound: int  # proved: no story has fewer events than this
    examined: int  # states looked at
    generated: int  # ways to go on that were found
    rounds: list[str]  # how the limits grew, in words for a log

SEARCHES: list[tuple[str, str]]
"""Name and description of what `Engine.plan` takes as `search`."""
HEURISTICS: list[tuple[str, str]]
"""The same of `heuristic`."""

class Beside:
    """Questions that are answered on a thread of their own: see `Engine.beside`."""

    def done(self) -> int:
        """How many inner lists are through."""
    def answers(self, progress: Callable[[int], None] | None = None) -> list[list[Motive]]:
        """Waits for the answers, one for each question that was asked. Fewer than the questions: the copy's memory is used up.
        `progress` is told a few times a second how many are through. RuntimeError: they were given or given up before."""
    def stop(self) -> None:
        """Ends it; there will be no answers."""

class Engine:
    """One grounded problem with its states. States are permanent numbers; equal numbers are the same state. In worlds of up to
    12,000 conceivable events, and under the peer's rules, the same state also always has the same number."""

    def __init__(self, problem: str, *, memory_mb: int = 160) -> None: ...
    def apart(self) -> Engine:
        """The same states and events, with nothing found out about motives: what is asked of one of the two serves no question to the
        other."""
    def start(self) -> int: ...
    # fluents
    def fluent(self, fact: int, args: list[int]) -> int: ...
    def fluent_of(self, fluent: int) -> tuple[int, list[int]]: ...
    def fluent_count(self) -> int: ...
    def fluents(self, fact: int) -> tuple[int, int]:
        """The fluents of a fact stand together: the number of the first, and one more than that of the last."""
    # states
    def value(self, state: int, fluent: int) -> Value: ...
    def values(self, state: int) -> list[Value]: ...
    def believed(self, state: int, person: int) -> int: ...
    def supposing(self, mind: int, person: int, values: list[tuple[int, str]]) -> int:
        """What `person`, who takes the world to be `mind`, would take it to be if each of these fluents had the value of its expression
        there: a hypothesis, from which nothing follows."""
    def informed(self, state: int, fluents: list[int], but: list[int]) -> int:
        """The state that is one if all persons but these knew what these fluents are, and that the others who know it do: a hypothesis,
        from which nothing follows."""
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
    def fired(
        self, state: int, event: int, owner: int | None = None
    ) -> list[tuple[int, list[int]]]:
        """The triggers that fire in the state itself after the event: (trigger, arguments). `owner`: the state is
        this person's mind, and the event imagined there. TriggerLoopError."""
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
        goals: int | None = None,
        seconds: float | None = None,
        waypoints: list[int] | None = None,
        brings: str | None = None,
        hints: list[list[int]] | None = None,
        familiar: list[int] | None = None,
        passing: bool = False,
        follows: bool = False,
    ) -> Motive:
        """Why `person`, who takes the world to be `mind`, would will `event`.

        `budget`: events examined before giving up (undecided). `goals`: to how many goals ways are looked for; then only what is
        familiar is tried, and in a large world nothing is proved (None: no bound). `waypoints`: events that must occur in this order.
        `brings`: a condition false before and true after. `hints`: plans to try first (same answer, sooner).
        `passing`: what is found out on the way serves no later question. What does serve later ones serves the same person's
        alone: questions of different persons may be asked in any order. `follows`: the person goes through with the plan that is
        found; what is left of such plans is tried next after the hints.
        """
    def forget_motives(self, person: int) -> None:
        """What questions about a person's motives have found out is forgotten: they are answered as if never asked before."""
    def beside(
        self,
        questions: list[list[Question]],
        *,
        max_events: int = 8,
        max_minds: int = 4,
        budget: int = 200_000,
        seconds: float | None = None,
    ) -> Beside | None:
        """Begins to answer questions on a thread of its own, in a copy of the engine as it is now; the engine itself can be asked
        meanwhile. Of each inner list one question is asked after the other until a motive is found. All answers are those that `motive`
        would give, but leave nothing behind in the engine. Copy and engine have half of the memory each until it is over. None: the
        engine holds too much already."""
    def intention(
        self,
        mind: int,
        person: int,
        *,
        max_events: int = 8,
        max_minds: int = 4,
        budget: int = 20_000,
        goals: int | None = None,
        seconds: float | None = None,
        familiar: list[int] | None = None,
        among: list[int] | None = None,
        brings: str | None = None,
        waypoints: list[int] | None = None,
    ) -> Motive:
        """What `person`, who takes the world to be `mind`, would do next: a motive whose first event is free.

        Everybody else who must will the first event has a reason for it too, as the person sees it. Where the first event is
        others' alone, the person waits for it. `goals`: as for `motive`. `familiar`: events that are likely parts of plans.
        `among`: the plan begins with one of these. `brings`: a condition false before and true after; with some 100 events of the
        budget left it is gone for best first, however far off. `waypoints`: events that the plan must come by after its first, in
        this order. In large worlds only what the person's goals ask for is tried, and "none" is said only where that is plain.
        ValueError: limits that make no sense.
        """
    def likely(
        self, mind: int, person: int, *, max_events: int = 8, brings: str | None = None
    ) -> list[int]:
        """Possible events, by anybody, that the person's wants ask for, or the condition `brings`, likely first: a guess that
        costs little."""
    def reachable(self, state: int, expr: str, args: list[int], owner: int | None = None) -> bool:
        """False: proved that no sequence of events, fate included, can bring it about. True: not excluded. With `owner`, whose
        mind the state is: being told of it is enough."""
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
        *,
        worth: float | None = None,
        goal: str | None = None,
        max_events: int = 12,
        max_motive: int = 8,
        max_minds: int = 4,
        count: int = 1,
        shortest: bool = False,
        alphabet: list[int] | None = None,
        seconds: float | None = None,
        memory_mb: int | None = None,
        seed: int = 0,
        threads: int = 1,
        search: str = "growing",
        heuristic: str = "layers",
        progress: Callable[[dict[str, float]], None] | None = None,
    ) -> Plans:
        """Stories from the state on that reach what the author wants: `worth`, the least that the end is worth to the author,
        or `goal`, a condition (as JSON) that is true at the end.

        Everybody in them has a motive for what he wills, and nothing is idle. `shortest`: goes on until the first is proved to
        be as short as any. `alphabet`: the only events that happen or are thought of. `memory_mb` replaces the engine's own
        limit from now on. `seed` decides between what is as good. `threads` changes the time, never the answer.
        `progress` is called a few times a second with "examined", "generated", "stories", "bound" and "seconds".
        Ctrl-C ends the search: what was found by then is returned. ValueError: an unknown search or heuristic, or limits that
        make no sense.
        """
    def relaxed_plan(
        self, state: int, expr: str, args: list[int], but: list[int]
    ) -> tuple[int, list[tuple[int, list[int | None]]]] | None:
        """How many actions it would take to make a condition hold in truth if nothing took away what is once so and these events did not
        happen, and which of them can come first, with all that does as well: actions with their arguments as far as those are
        settled. None if nothing makes it hold within a dozen rounds in each of which all happens that can, or the world is too
        large. What was found for the same condition in other states is used again."""
    def towards(
        self, state: int, wanted: list[tuple[list[int], str, list[int]]], max_events: int
    ) -> tuple[int | None, list[tuple[int, int]]]:
        """What might be told next so that conditions come to hold, each in the mind at the end of a chain of persons (in truth
        if that is empty), as (chain, expression, its arguments). A guess, worked out backwards: how much it takes (0: it is so;
        None: no way is seen within so many events), and events possible now, likely first, each with the weight of the whole
        that it serves. Slips and accidents are among them, and weigh more."""
    def lessening(
        self,
        state: int,
        came: tuple[int, list[int]],
        then: list[int],
        wanted: list[list[tuple[list[int], str, list[int]]]],
        *,
        target: int | None = None,
        informed: tuple[list[int], list[int]] | None = None,
    ) -> list[tuple[int, list[int]]]:
        """All events that can happen in a state, slips and accidents among them, by which less is lacking, there and then still after
        what happens `then`, whatever stands against it: each with how many conditions are lacking in the end, of those of the event
        `target` (in truth and as those see it who must will it; if one is given) and of each set of `wanted` (as for `towards`).
        `informed`: all persons but those named second are supposed to know the fluents named first (see `informed`). What does not
        help at once is followed if little happens then. `came`: an earlier state and the events from there to this one. What is tried
        is forgotten: it makes no states."""
    def allow(self, memory_mb: int) -> None:
        """Replaces the limit on the memory for states and what is remembered of them."""
    def small(self) -> bool:
        """Whether the world has so few conceivable events that all of them can be laid out, and searches prove something."""
    def statistics(self) -> dict[str, int]: ...

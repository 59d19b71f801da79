"""States of a problem: the opening, what an event makes of a state, triggers.

Nobody owns a mind: what somebody believes of the own beliefs is a belief like any other.
Where the peer leaves the order of triggers open, ours is taken: a state comes to rest by itself, the
first trigger that changes anything firing again and again, then the minds within it, and so
on in rounds until all is quiet (docs/semantics.md, section 6).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.judge.expressions import Place, corrections
from benchmarks.judge.problem import Effect, Event, Problem
from benchmarks.judge.towers import Endless, Look, Tower, Towers, Value

ROUNDS = 1000
"""More rounds, or more firings of one state's triggers, are taken for a loop."""

Pairs = tuple[tuple[Place, Value], ...]
"""Values imposed at places; of two on one place the later counts."""


class TriggerLoop(Exception):
    """Triggers that never rest."""


@dataclass(frozen=True)
class Unsaid:
    """A seed of the opening: a mind like the one at the end of the chain, in which nothing more is said of any."""

    chain: tuple[int, ...]


@dataclass(frozen=True)
class Imposed:
    """A seed: the tower with some values imposed."""

    tower: Tower
    pairs: Pairs


@dataclass(frozen=True)
class Happened:
    """A seed: what an event makes of the tower for those who see it happen, then the pairs imposed."""

    tower: Tower
    event: Event
    pairs: Pairs


@dataclass(frozen=True)
class Resting:
    """A seed: the tower as a round of triggers leaves it."""

    tower: Tower


class States:
    """All states of one problem. Equal states are one object."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.persons = tuple(range(len(problem.persons)))
        self.towers = Towers()
        self._after: dict[tuple[Tower, Event], Tower] = {}
        self._rested: dict[Tower, Tower] = {}
        self._utility: dict[tuple[Tower, int | None], float | None] = {}
        self._watch: dict[Place, list[int]] = {}

    def utility(self, at: Tower, person: int | None) -> float | None:
        """What the state is worth; None if that is `?`."""
        key = at, person
        if key not in self._utility:
            value: Any = self.problem.utilities[person].read(at)
            self._utility[key] = None if value is None else float(value)
        return self._utility[key]

    def possible(self, at: Tower) -> Iterator[Event]:
        """Everything that can happen in the state."""
        return (event for event in self.problem.events.values() if event.needs.read(at))

    # --- the opening

    def start(self) -> Tower:
        """The first state. Raises `TriggerLoop`."""
        set_: dict[tuple[int, ...], dict[int, Value]] = {}
        state = self._inherited(set_)
        for line in self.problem.start:
            for (chain, fluent), value in self._outcome(state, line):
                set_.setdefault(chain, {})[fluent] = value
            state = self._inherited(set_)
        return self.settle(state)

    def _inherited(self, set_: dict[tuple[int, ...], dict[int, Value]]) -> Tower:
        """Every chain of minds holds what is set for it, else what its longest beginning holds."""
        begun = {chain[:length] for chain in set_ for length in range(len(chain) + 1)} | {()}

        def look(seed: tuple[int, ...] | Unsaid) -> Look:
            unsaid = isinstance(seed, Unsaid)
            chain = seed.chain if isinstance(seed, Unsaid) else seed
            values = list(self.problem.defaults)
            for length in range(len(chain) + 1):
                for fluent, value in set_.get(chain[:length], {}).items():
                    values[fluent] = value
            # Where nothing more is said of a mind, all minds in it are like it.
            longer = [(*chain, person) for person in self.persons]
            minds = [Unsaid(chain) if unsaid or one not in begun else one for one in longer]
            return tuple(values), minds

        return self.towers.grow((), look)

    # --- what happens

    def after(self, at: Tower, event: Event) -> Tower:
        """The state after an event that is possible in it. Raises `TriggerLoop`."""
        key = at, event
        if key not in self._after:
            self._after[key] = self.settle(
                self.towers.grow(Happened(at, event, ()), self._happening)
            )
        return self._after[key]

    def _outcome(self, at: Tower, effects: Iterable[Effect]) -> Pairs:
        """The values that effects put, all read before. Of two on one place the smaller wins."""
        found: dict[Place, Value] = {}
        order = self.problem.order
        for effect in effects:
            if effect.when.read(at):
                value = effect.value.read(at)
                if effect.place not in found or order(value) < order(found[effect.place]):
                    found[effect.place] = value
        return tuple(found.items())

    def _happening(self, seed: Happened | Imposed) -> Look:
        """What a seed looks like."""
        pairs = seed.pairs
        if isinstance(seed, Happened):
            pairs = (*self._outcome(seed.tower, seed.event.effects), *pairs)
        values = list(seed.tower.values)
        for (chain, fluent), value in pairs:
            if not chain:
                values[fluent] = value
        minds: list[Hashable] = []
        for person in self.persons:
            mind = seed.tower.minds[person]
            inner = tuple(
                ((chain[1:], fluent), value)
                for (chain, fluent), value in pairs
                if chain[:1] == (person,)
            )
            if isinstance(seed, Happened) and seed.event.sees[person].read(seed.tower):
                mind = self.assume(mind, seed.event, seed.tower)
                minds.append(Happened(mind, seed.event, inner))
            else:
                minds.append(Imposed(mind, inner) if inner else mind)
        return tuple(values), minds

    def impose(self, at: Tower, pairs: Pairs) -> Tower:
        """The state with these values at these places, and nothing else changed."""
        return self.towers.grow(Imposed(at, pairs), self._happening) if pairs else at

    def assume(self, mind: Tower, event: Event, source: Tower) -> Tower:
        """Surprise: the mind of somebody who sees happen what seemed impossible."""
        needs = event.needs
        if mind is source or needs.read(mind) or not needs.read(source):
            return mind
        found: dict[Place, Value] = {}
        for place, value in corrections(needs, source, mind):
            if found.get(place) is None:  # what is told counts for more than what is put in doubt
                found[place] = value
        return self.impose(mind, tuple(found.items()))

    # --- triggers

    def settle(self, at: Tower) -> Tower:
        """The state when no trigger fires any more, in it or in any mind. Raises `TriggerLoop`."""
        past = {at}
        for _ in range(ROUNDS):
            moved = False

            def look(seed: Resting) -> Look:
                nonlocal moved
                now = self._rest(seed.tower)
                moved = moved or now is not seed.tower
                return now.values, [Resting(mind) for mind in now.minds]

            try:
                at = self.towers.grow(Resting(at), look)
            except Endless:
                break
            if not moved:
                return at
            if at in past:
                break
            past.add(at)
        raise TriggerLoop

    def _rest(self, at: Tower) -> Tower:
        """The state when it has come to rest by itself."""
        if at not in self._rested:
            past = [at]
            while (now := self._fired(past[-1])) is not past[-1]:
                if now in past or len(past) > ROUNDS:
                    raise TriggerLoop
                past.append(now)
            self._rested[at] = now
        return self._rested[at]

    def _fired(self, at: Tower) -> Tower:
        """The state after the first trigger that changes it."""
        for trigger in self.problem.triggers:
            if trigger.needs.read(at):
                now = self.impose(at, self._outcome(at, trigger.effects))
                if now is not at:
                    return now
        return at

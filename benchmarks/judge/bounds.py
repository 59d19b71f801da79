"""What somebody can hope for at best: a bound that spares the judge hopeless searches.

Nothing that ever becomes possible stops being so, and whatever is asked of beliefs is granted (the
delete relaxation of B. Bonet and H. Geffner, *Planning as heuristic search*, 2001, with ranges of
values in place of atoms). So what is out of reach here is out of reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from benchmarks.judge.expressions import Believed, Expression, Fact, Range
from benchmarks.judge.problem import Event, Problem

Ranges = tuple[Range, ...]


@dataclass
class Growth:
    """What everything could be after 0, 1, 2 .. events, and which events to look at for the next."""

    layers: list[Ranges]
    agenda: list[Event]
    begun: bool = False


class Bounds:
    """The bounds of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._willed = [event for event in problem.events.values() if event.willing]
        self._readers = [_readers(self._willed), _readers(problem.triggers)]
        self._growths: dict[Any, Growth] = {}

    def could_gain(self, values: Any, person: int, events: int, worth: float) -> bool:
        """False: no sequence of at most so many events that somebody wills, from a state with these values, ends in one that is
        worth more to the person."""
        best = self.problem.utilities[person].could(self._after(values, events))
        return best is None or any(one is not None and one > worth for one in best)  # type: ignore[operator]

    def _after(self, values: Any, events: int) -> Ranges:
        """What everything could be after so many events."""
        if values not in self._growths:
            layer = tuple(frozenset({value}) for value in values)
            self._growths[values] = Growth([layer], self._willed)
        growth = self._growths[values]
        while len(growth.layers) <= events and growth.agenda:
            ranges = list(growth.layers[-1])
            changed = _happen(growth.agenda, ranges)
            more = changed
            triggers = self._of(1, changed) if growth.begun else self.problem.triggers
            while triggers:
                more = _happen(triggers, ranges)
                changed |= more
                triggers = self._of(1, more)
            growth.begun = True
            growth.agenda = self._of(0, changed)
            growth.layers.append(tuple(ranges))
        return growth.layers[min(events, len(growth.layers) - 1)]

    def _of(self, kind: int, changed: Iterable[int]) -> list[Event]:
        """The events (0) or triggers (1) that read what changed."""
        readers = self._readers[kind]
        return list({event: None for fluent in changed for event in readers.get(fluent, ())})


def _happen(events: Iterable[Event], ranges: list[Range]) -> set[int]:
    """Widens the ranges by whatever the events could do; which fluents' it did."""
    before = tuple(ranges)
    changed = set()
    for event in events:
        needs = event.needs.could(before)
        if needs is not None and True not in needs:
            continue
        for effect in event.effects:
            chain, fluent = effect.place
            held = ranges[fluent]
            if chain or held is None:
                continue
            when = effect.when.could(before)
            if when is None or True in when:
                value = effect.value.could(before)
                if value is None or not value <= held:
                    ranges[fluent] = None if value is None else held | value
                    changed.add(fluent)
    return changed


def _readers(events: Iterable[Event]) -> dict[int, list[Event]]:
    """For each fluent, the events whose conditions or values read it."""
    readers: dict[int, list[Event]] = {}
    for event in events:
        parts = [event.needs]
        for effect in event.effects:
            parts += [effect.when, effect.value]
        for fluent in {fluent for part in parts for fluent in _fluents(part)}:
            readers.setdefault(fluent, []).append(event)
    return readers


def _fluents(expression: Any) -> Iterable[int]:
    """The fluents that an expression reads in the state itself."""
    if isinstance(expression, Fact):
        yield expression.fluent
    elif isinstance(expression, Believed):
        return
    elif isinstance(expression, tuple):
        for part in expression:
            yield from _fluents(part)
    elif isinstance(expression, Expression):
        for one in fields(expression):  # type: ignore[arg-type]
            yield from _fluents(getattr(expression, one.name))

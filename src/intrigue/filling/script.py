"""What a telling says before it is played: which events its beats are, and what is claimed that persons have in mind with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain as together
from itertools import islice, product
from typing import TYPE_CHECKING

from intrigue.filling.telling import Beat, Item
from intrigue.language import tree
from intrigue.story.understand import fillings

if TYPE_CHECKING:
    from intrigue.story.run import Run

SOONEST = 3
"""How many beats come next: those that are looked at more closely than what is told further on."""
NEXT = 1
"""How many events told further on are likely parts of plans for what is put in, where more distract."""
_CLAIMS = 24
"""How many ways to read a claimed motive are tried."""


class Script:
    """The items of a telling, as events by their words alone.

    Attributes:
        beats: The event of each item, as those who will it mean it, if the item is a beat that can be read.
        tellings: That event, and then what is claimed that somebody has in mind with it.
    """

    def __init__(self, run: Run, items: Sequence[Item]) -> None:
        self.run = run
        self.items = items
        self._claims: dict[int, list[tuple[tuple[int, ...], str | None]]] = {}
        self.beats = [self._meant(item) if isinstance(item, Beat) else None for item in items]
        self.tellings = [self._telling(index) for index in range(len(items))]

    def after(self, index: int, ahead: int = NEXT) -> list[int]:
        """What the telling goes on with after an item, as those who will it mean it, and what they are claimed to have in mind."""
        return list(islice(together.from_iterable(self.tellings[index + 1 :]), ahead))

    def before(self, index: int) -> list[int]:
        """The last beats before an item, the latest first."""
        before = (event for event in reversed(self.beats[:index]) if event is not None)
        return list(islice(before, SOONEST))

    def soon(self, index: int) -> Iterator[tuple[int, int]]:
        """The next beats after an item, each with where it stands and what it tells."""
        later = ((at, self.beats[at]) for at in range(index + 1, len(self.items)))
        return islice(((at, event) for at, event in later if event is not None), SOONEST)

    def claims_of(self, index: int, person: int) -> list[tuple[tuple[int, ...], str | None]]:
        """The plans that are claimed for a person's part in a beat, or that any plan will do."""
        for each in reversed(self.because(index)):
            if self.run.person(each.person) == person:
                return self._read(person, each)
        return [((), None)]

    def claimed(self, index: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """What is claimed of whom that he has in mind with a beat, the beat first."""
        event = self.beats[index]
        if event is None:
            return
        for each in self.because(index):
            person = self.run.person(each.person)
            if person is not None:
                yield from ((person, (event, *plan)) for plan, _ in self._read(person, each)[:1])

    def along(
        self, index: int, person: int, event: int, rest: Sequence[int]
    ) -> list[tuple[int, ...]]:
        """Plans that begin with an event at an item and go on as the telling does: with the `rest` of what is put in there, up to one
        of the next beats, and then as is claimed that somebody has in mind with that, the person's own claims first."""
        path = [event, *rest]
        own: list[tuple[int, ...]] = []
        others: list[tuple[int, ...]] = []
        for later, beat in self.soon(index):
            path.append(beat)
            for each in self.because(later):
                theirs = self.run.person(each.person)
                if theirs is not None:
                    plans = [(*path, *plan) for plan, _ in self._read(theirs, each)[:1]]
                    (own if theirs == person else others).extend(plans)
            others.append(tuple(path))
        return list(dict.fromkeys([*own, *others]))

    def because(self, index: int) -> Sequence[tree.Because]:
        """What is claimed of the motives of a beat."""
        item = self.items[index]
        return item.told.because if isinstance(item, Beat) else ()

    def _read(self, person: int, claim: tree.Because) -> list[tuple[tuple[int, ...], str | None]]:
        """What a claimed motive may mean: events in order, and what they bring about."""
        from intrigue.world.conditions import resolve
        from intrigue.world.sentences import match

        if id(claim) not in self._claims:
            world = self.run.world
            brings = None
            if claim.brings is not None:
                expr, problems = resolve(world, claim.brings, self=person)
                brings = None if problems else json.dumps(expr)
            choices = [
                [
                    event
                    for reading in match(world, sentence.text)
                    for event in islice(
                        fillings(world, self.run.engine, reading.action, reading.args), _CLAIMS
                    )
                ]
                for sentence in claim.waypoints
            ]
            self._claims[id(claim)] = [
                (ways, brings) for ways in islice(product(*choices), _CLAIMS)
            ]
        return self._claims[id(claim)]

    def _meant(self, beat: Beat) -> int | None:
        """The event of a beat as far as its words alone say, as those who will it mean it."""
        from intrigue.world.sentences import match

        for reading in match(self.run.world, beat.told.sentence.text):
            for event in fillings(self.run.world, self.run.engine, reading.action, reading.args):
                return self.run.meant(event)
        return None

    def _telling(self, index: int) -> list[int]:
        """The event of a beat, and what is claimed that somebody has in mind with it."""
        event = self.beats[index]
        if event is None:
            return []
        return [event, *(step for _, plan in self.claimed(index) for step in plan[1:])]

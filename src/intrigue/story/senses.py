"""What one person lives through: of each event what that person saw, was told, or noticed in its wake, mistakes included. Who takes an
event for another lives through that other; who sees part of it learns what that part taught. A game (`play/scene.py`) and a retelling
(`views/tell/clauses.py`) say the same, in words of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from intrigue.grounding.names import is_unknown
from intrigue.records import dataclass
from intrigue.world.tables import PERSON, PLACE

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run

_MOST_LESSONS = 3
"""So many things that one event teaches are said."""


@dataclass(frozen=True, slots=True)
class Lived:
    """Something lived through, as a sentence without its full stop. `sort`: the event itself, or the one that it is taken for; that
    somebody `comes`, or `leaves`; that the person now takes something to be so, the sentence (`learns`)."""

    sort: Literal["event", "comes", "leaves", "learns"]
    words: str


class Senses:
    """The world as one person takes it to be."""

    def __init__(self, run: Run, person: int) -> None:
        self.run, self.engine, self.person = run, run.engine, person
        kinds = run.world.kinds
        self._everybody = {each for kind in (PERSON, PLACE) for each in kinds[kind].members}
        self._changing = frozenset[int]().union(*(each.writes for each in run.world.actions))
        self._where = self._of_everybody("where")
        self._holder = self._of_everybody("holder")

    def _of_everybody(self, name: str) -> dict[int, int]:
        """The fluents of a fact of one argument, by that argument; none if the world has no such fact."""
        world = self.run.world
        for fact in world.facts:
            if fact.name == name and len(fact.params) == 1 and isinstance(fact.range, dict):
                members = world.kinds[fact.params[0].kind].members
                return {each: self.engine.fluent(fact.id, [each]) for each in members}
        return {}

    def _atom(self, mind: int, fluent: int | None) -> int | None:
        """The person, place or thing that a fluent is taken to be."""
        value = None if fluent is None else self.engine.value(mind, fluent)
        known = isinstance(value, tuple) and value[0] == "atom" and value[1] != 0
        return value[1] if known and isinstance(value, tuple) else None

    def place(self, mind: int, who: int | None = None) -> int | None:
        """Where somebody (the person, if nobody is named) is taken to be."""
        return self._atom(mind, self._where.get(self.person if who is None else who))

    def here(self, mind: int) -> list[int]:
        """Who else is taken to be where the person is; everybody in a world without places."""
        others = [each for each in self.run.world.persons if each != self.person]
        if not self._where:
            return others
        place = self.place(mind)
        return [each for each in others if place is not None and self.place(mind, each) == place]

    def held_by(self, mind: int, holder: int | None) -> list[int]:
        """The things that somebody holds, or that lie in a place."""
        if holder is None:
            return []
        return [t for t, fluent in self._holder.items() if self._atom(mind, fluent) == holder]

    # ------------------------------------------------------------ what happens

    def lived(self, before: int, event: int, after: int) -> list[Lived]:
        """What the person lives through of an event, in this order."""
        engine, run = self.engine, self.run
        line = engine.observers(before, event).get(self.person)
        mind, then = engine.believed(before, self.person), engine.believed(after, self.person)
        if line is None:
            return [] if mind == then else [*self._noticed(before, mind, then, set())]
        action, args = engine.event_of(event)
        seen_as = run.world.problem["actions"][action]["sees"][line]["as"]
        if seen_as != "itself" and "partly" in seen_as:
            return [*self._noticed(before, mind, then, set())]
        if seen_as != "itself":
            other, exprs = seen_as["other"]
            values = [
                engine.evaluate(before, json.dumps(expr), [*args, self.person]) for expr in exprs
            ]
            atoms = [value[1] for value in values if isinstance(value, tuple)]
            event = engine.event(other, [int(atom) for atom in atoms])
        noticed = [*self._noticed(before, mind, then, set(engine.changed(before, after)))]
        # whoever does it and was here already, unseen, comes before he does it
        place = self.place(before)
        doing = [each for each in args if each in self._where and self.place(before, each) == place]
        comes = {self._comes(each) for each in doing}
        first = [each for each in noticed if each in comes]
        happens = Lived("event", run.sentence(event))
        # what somebody is told in so many words need not be said twice
        news = (e for e in noticed if e not in comes and not happens.words.endswith(e.words))
        return [*first, happens, *news]

    def sees(self, before: int, event: int) -> bool:
        """Whether the person sees the event itself."""
        line = self.engine.observers(before, event).get(self.person)
        action, _ = self.engine.event_of(event)
        lines = self.run.world.problem["actions"][action].get("sees", ())
        return line is not None and lines[line]["as"] == "itself"

    def _noticed(self, state: int, mind: int, then: int, evident: set[int]) -> Iterator[Lived]:
        """Who has come and gone, and what else the person now takes to be so; not what is evident from what was seen. `state`: what was so
        in truth."""
        if self.place(mind) != self.place(then):  # what is here is told of the place as a whole
            hidden = {*self._where.values(), *self._holder.values()}
            yield from self._lessons(state, mind, then, evident | hidden, set())
            return
        before, now = (
            {who for who in self.here(each) if self._where.get(who) not in evident}
            for each in (mind, then)
        )
        moved = before ^ now if self._where else set()
        for who in sorted(moved):
            yield self._comes(who) if who in now else self._leaves(then, who)
        known = evident | {*self._where.values()} if moved else evident
        yield from self._lessons(state, mind, then, known, moved)

    def _comes(self, who: int) -> Lived:
        return Lived("comes", self.run.names.does(who, "comes"))

    def _leaves(self, then: int, who: int) -> Lived:
        """That somebody is here no more, as far as the person can tell: who hides may still be."""
        gone = "gone" if self.place(then, who) is not None else "out of sight"
        return Lived("leaves", f"{self.run.names.does(who, 'is')} {gone}")

    def _lessons(
        self, state: int, mind: int, then: int, evident: set[int], moved: set[int]
    ) -> Iterator[Lived]:
        """What the person now takes to be so, and did not before, in words, then what is found out not to have been so; not what is
        evident, nor of whoever has come or gone."""
        found: list[tuple[bool, str]] = []
        for fluent in self.engine.changed(mind, then):
            if fluent in evident or moved.issuperset(self.engine.fluent_of(fluent)[1]):
                continue
            was, value = self.engine.value(mind, fluent), self.engine.value(then, fluent)
            row = self.run.world.facts[self.engine.fluent_of(fluent)[0]]
            if value == ("atom", 0) or is_unknown(value):
                continue  # that there is nobody, or that something is not known, is rarely worth telling
            mistaken = was is not False and self.engine.value(state, fluent) is False
            of_others = self.engine.fluent_of(fluent)[1] != [self.person]
            proves_false = value is False and mistaken and of_others
            if usual(row.default, value) and not proves_false:
                continue  # nor what is as usual, unless it was taken to be otherwise
            words = self.is_so(fluent, value)
            if words:
                found.append((proves_false, words))
        found.sort(key=lambda each: each[0])
        yield from (Lived("learns", words) for _, words in found[:_MOST_LESSONS])

    def is_so(self, fluent: int, value: Value) -> str:
        """That a fluent has a value, in prose; empty if the world has no words for it, or it is only for rules to know."""
        fact, args = self.engine.fluent_of(fluent)
        if self.person in args and self.run.world.facts[fact].inner:
            return ""
        words = self.run.names.is_so(fluent, value)
        return "" if "(" in words else words


def usual(default: object, value: Value) -> bool:
    """Whether a value is the one that a fact has where nothing is said."""
    if isinstance(default, dict):
        ((kind, usual),) = default.items()
        return value == ((kind, usual) if kind == "atom" else usual)
    return default == value

"""What one person lives through: of each event what that person saw, was told, or noticed in its wake, mistakes included; and what there
is to see around. As in a retelling (`views/tell/clauses.py`), who takes an event for another lives through that other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from intrigue.grounding.names import is_unknown
from intrigue.play.voice import Voice, within
from intrigue.world.patterns import capital
from intrigue.world.tables import PERSON, PLACE

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run

_MOST_LESSONS = 3
"""So many things that one event teaches are said."""


class View:
    """The world as one person takes it to be, in words said to that person."""

    def __init__(self, run: Run, person: int) -> None:
        self.run, self.engine, self.person = run, run.engine, person
        self.voice = Voice(run, person)
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

    def lived(self, before: int, event: int, after: int) -> list[str]:
        """What the person lives through of an event: sentences without their full stop."""
        engine, run = self.engine, self.run
        line = engine.observers(before, event).get(self.person)
        mind, then = engine.believed(before, self.person), engine.believed(after, self.person)
        if line is None:
            return [] if mind == then else self._noticed(mind, then, set())
        action, args = engine.event_of(event)
        seen_as = run.world.problem["actions"][action]["sees"][line]["as"]
        if seen_as != "itself" and "partly" in seen_as:
            return self._noticed(mind, then, set())
        if seen_as != "itself":
            other, exprs = seen_as["other"]
            values = [
                engine.evaluate(before, json.dumps(expr), [*args, self.person]) for expr in exprs
            ]
            atoms = [value[1] for value in values if isinstance(value, tuple)]
            event = engine.event(other, [int(atom) for atom in atoms])
        said = self.voice.said(run.sentence(event))
        noticed = self._noticed(mind, then, set(engine.changed(before, after)))
        # whoever does it and was here already, unseen, comes before he does it
        place = self.place(before)
        doing = [each for each in args if each in self._where and self.place(before, each) == place]
        comes = {self._comes(each) for each in doing}
        first = [each for each in noticed if each in comes]
        return [*first, said, *(each for each in noticed if each not in comes)]

    def sees(self, before: int, event: int) -> bool:
        """Whether the person sees the event itself."""
        line = self.engine.observers(before, event).get(self.person)
        action, _ = self.engine.event_of(event)
        lines = self.run.world.problem["actions"][action].get("sees", ())
        return line is not None and lines[line]["as"] == "itself"

    def _noticed(self, mind: int, then: int, evident: set[int]) -> list[str]:
        """Who has come and gone, and what else the person now takes to be so; not what is evident from what was seen."""
        if self.place(mind) != self.place(then):  # what is here is told of the place as a whole
            hidden = {*self._where.values(), *self._holder.values()}
            return self._lessons(mind, then, evident | hidden, set())
        before, now = (
            {who for who in self.here(state) if self._where.get(who) not in evident}
            for state in (mind, then)
        )
        moved = before ^ now if self._where else set()
        said = [
            self._comes(who) if who in now else self._leaves(then, who) for who in sorted(moved)
        ]
        return [
            *said,
            *self._lessons(
                mind, then, evident | {*self._where.values()} if moved else evident, moved
            ),
        ]

    def _comes(self, who: int) -> str:
        return capital(self.run.names.does(who, "comes"))

    def _leaves(self, then: int, who: int) -> str:
        """That somebody is here no more, as far as the person can tell: who hides may still be."""
        gone = "gone" if self.place(then, who) is not None else "out of sight"
        return capital(f"{self.run.names.does(who, 'is')} {gone}")

    def _lessons(self, mind: int, then: int, evident: set[int], moved: set[int]) -> list[str]:
        """What the person now takes to be so, and did not before, in words; not what is evident, nor of whoever has come or gone."""
        said: list[str] = []
        for fluent in self.engine.changed(mind, then):
            if fluent in evident or moved.issuperset(self.engine.fluent_of(fluent)[1]):
                continue
            value = self.engine.value(then, fluent)
            if value in (False, ("atom", 0)) or is_unknown(value):
                continue  # that something is no longer so, or not known, is rarely worth telling
            words = self.so(fluent, value)
            if words:
                said.append(f"You learn that {within(words)}")
        return said[:_MOST_LESSONS]

    def so(self, fluent: int, value: Value) -> str:
        """That a fluent has a value, in prose, said to the person; empty if the world has no words for it."""
        fact, args = self.engine.fluent_of(fluent)
        if self.person in args and self.run.world.facts[fact].inner:
            return ""
        words = self.run.names.is_so(fluent, value)
        return "" if "(" in words else self.voice.said(words)

    # ---------------------------------------------------------------- around

    def around(self, mind: int) -> str:
        """Where the person is, with whom, and what is at hand: one line; empty in a world without places."""
        if not self._where:
            return ""
        place = self.place(mind)
        name = self.run.names.atom
        parts = ["You do not know where you are" if place is None else f"You are at {name(place)}"]
        company = self.here(mind)
        if company:
            parts.append(f"with {_list([self._as_found(mind, each) for each in company])}")
        held = self.held_by(mind, self.person)
        lying = self.held_by(mind, place)
        said = " ".join(parts) + "."
        if held:
            said += f" You have {_list([name(each) for each in held])}."
        if lying:
            said += f" Here: {_list([name(each) for each in lying])}."
        return said

    def _as_found(self, mind: int, who: int) -> str:
        """Somebody's name, with what has become of that person: `Jennie (wounded)`."""
        found = []
        for fluent in self._telling(mind, who):
            fact, args = self.engine.fluent_of(fluent)
            is_so = f"{self.run.names.does(who, 'is')} "
            value = self.engine.value(mind, fluent)
            words = self.run.names.is_so(fluent, value)
            of_others = isinstance(value, tuple) and value[1] in self._everybody
            if (
                fact in self._changing
                and args == [who]
                and not of_others
                and words.startswith(is_so)
            ):
                found.append(words.removeprefix(is_so))
        name = self.run.names.atom(who)
        return f"{name} ({', '.join(found)})" if found else name

    def people(self, mind: int, who: Iterable[int]) -> Iterator[str]:
        """What the person takes these to be, a line each."""
        for each in who:
            said = "; ".join(self.about(mind, each))
            name = self.run.names.atom(each)
            yield f"{capital(name)}: {said or 'nothing that you know of'}"

    def about(self, mind: int, subject: int, alone: bool = True) -> list[str]:
        """What the person takes to be so of somebody or something and is not so of itself. `alone`: facts that are about nobody else."""
        place = self.place(mind, subject)
        found = [] if place is None else [f"at {self.run.names.atom(place)}"]
        name = self.run.names.atom(subject)
        for fluent in self._telling(mind, subject):
            if alone and self.engine.fluent_of(fluent)[1] != [subject]:
                continue
            words = self.so(fluent, self.engine.value(mind, fluent))
            for begins in (f"{self.run.names.does(subject, 'is')} ", f"{name} "):
                if alone and words.lower().startswith(begins.lower()):
                    words = words[len(begins) :]
                    break
            if words:
                found.append(words)
        return found

    def _telling(self, mind: int, subject: int) -> Iterator[int]:
        """The fluents about somebody or something, its place aside, that are taken to have a value that is not the usual one."""
        for fluent in self._by_subject.get(subject, ()):
            row = self.run.world.facts[self.engine.fluent_of(fluent)[0]]
            value = self.engine.value(mind, fluent)
            usual = is_unknown(value) or value in (False, ("atom", 0)) or _usual(row.default, value)
            if not usual and fluent != self._where.get(subject):
                yield fluent

    @cached_property
    def _by_subject(self) -> dict[int, list[int]]:
        """All fluents, by each of whom or what they are about."""
        found: dict[int, list[int]] = {}
        for fluent in range(self.engine.fluent_count()):
            for arg in dict.fromkeys(self.engine.fluent_of(fluent)[1]):
                found.setdefault(arg, []).append(fluent)
        return found


def _usual(default: object, value: Value) -> bool:
    """Whether a value is the one that a fact has where nothing is said."""
    if isinstance(default, dict):
        ((kind, usual),) = default.items()
        return value == ((kind, usual) if kind == "atom" else usual)
    return default == value


def _list(words: list[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"

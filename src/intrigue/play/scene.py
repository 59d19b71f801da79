"""What one person lives through (`story/senses.py`), and what there is to see around, in words said to that person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from intrigue.english import capital
from intrigue.grounding.names import is_unknown
from intrigue.play.voice import Voice, within
from intrigue.story.death import dead_in
from intrigue.story.senses import Lived, Senses, usual

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run


class View(Senses):
    """The world as one person takes it to be, in words said to that person."""

    def __init__(self, run: Run, person: int) -> None:
        super().__init__(run, person)
        self.voice = Voice(run, person)

    def said(self, before: int, event: int, after: int) -> list[str]:
        """What the person lives through of an event: sentences without their full stop."""
        return [self._said(lived) for lived in self.lived(before, event, after)]

    def _said(self, lived: Lived) -> str:
        if lived.sort == "learns":
            return f"You learn that {within(self.voice.said(lived.words))}"
        return self.voice.said(lived.words) if lived.sort == "event" else capital(lived.words)

    def so(self, fluent: int, value: Value) -> str:
        """That a fluent has a value, in prose, said to the person; empty if the world has no words for it."""
        words = self.is_so(fluent, value)
        return self.voice.said(words) if words else ""

    # ---------------------------------------------------------------- around

    def around(self, mind: int) -> str:
        """Where the person is, with whom, and what is at hand: one line; empty in a world without places."""
        if not self._where:
            return ""
        place = self.place(mind)
        name = self.run.names.atom
        parts = ["You do not know where you are"]
        if place is not None:
            before = self.run.world.tables.prepositions.get(place, "at")
            parts = [f"You are {before} {name(place)}"]
        own = [] if dead_in(self.run, mind, self.person) else self._states(mind, self.person)
        if own:
            parts[0] += f", {', '.join(own)}"
        company = self.here(mind)
        if company:
            parts[-1] += "," if own else ""
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
        found = self._states(mind, who)
        name = self.run.names.atom(who)
        return f"{name} ({', '.join(found)})" if found else name

    def _states(self, mind: int, who: int) -> list[str]:
        """What has become of somebody, as far as one word says it: `wounded`."""
        found = []
        is_so = f"{self.run.names.does(who, 'is')} "
        for fluent in self._telling(mind, who):
            fact, args = self.engine.fluent_of(fluent)
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
        return found

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
            nothing = value == ("atom", 0) or (value is False and not usual(row.default, True))
            ordinary = is_unknown(value) or nothing or usual(row.default, value)
            if not ordinary and fluent != self._where.get(subject):
                yield fluent

    @cached_property
    def _by_subject(self) -> dict[int, list[int]]:
        """All fluents, by each of whom or what they are about."""
        found: dict[int, list[int]] = {}
        for fluent in range(self.engine.fluent_count()):
            for arg in dict.fromkeys(self.engine.fluent_of(fluent)[1]):
                found.setdefault(arg, []).append(fluent)
        return found


def _list(words: list[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"

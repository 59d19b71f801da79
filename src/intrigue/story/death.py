"""Who is dead, as far as the words of a world say so: a closed set with a member `dead`, or a yes/no fact `alive` or `dead`, of one
person. No world has to say it in one of these ways; where none does, nobody dies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intrigue.story.run import Run
    from intrigue.world.model import Fact


def dead(run: Run, moment: int, person: int) -> bool:
    """Whether a person is dead after so many events."""
    return dead_in(run, run.states[moment], person)


def dead_in(run: Run, state: int, person: int) -> bool:
    """The same in a state of the engine."""
    return any(
        run.engine.value(state, run.engine.fluent(fact, [person])) in values
        for fact, values in run.deaths.items()
    )


def died(run: Run, person: int, until: int | None = None) -> int | None:
    """The number of the event after which a person is dead for good, as far as it is told (or until after so many events); 0 if
    from the start, None if alive."""
    moment = len(run.steps) if until is None else until
    if not dead(run, moment, person):
        return None
    while moment and dead(run, moment - 1, person):
        moment -= 1
    return moment


def facts_of_death(run: Run) -> dict[int, list[object]]:
    """Facts of one person that say that somebody is dead, with the values that say so."""
    world = run.world
    words = [atom.id for atom in world.atoms if atom.name.casefold() == "dead"]
    found: dict[int, list[object]] = {}
    for fact in of_one_person(run):
        if fact.range == "bool" and fact.name in ("alive", "dead"):
            found[fact.id] = [fact.name == "dead"]
        elif isinstance(fact.range, dict):
            members = world.kinds[fact.range["set"]].members
            if any(atom in members for atom in words):
                found[fact.id] = [("atom", atom) for atom in words]
    return found


def of_one_person(run: Run) -> Iterator[Fact]:
    """The facts that are about one person, whoever it is."""
    world = run.world
    persons = set(world.persons)
    for fact in world.facts:
        if len(fact.params) == 1 and persons <= set(world.kinds[fact.params[0].kind].members):
            yield fact

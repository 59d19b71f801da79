"""Section 3: the lines of the start, imposed in order on the state in which every fluent has its
default. Not yet settled.
"""

from __future__ import annotations

from .effects import AtEnd, Common, Impositions, impose, without_repeats
from .expressions import Reading
from .towers import Look, Tower, Towers
from .world import Json, World, only


def opening(world: World, towers: Towers) -> Tower:
    values = tuple(
        world.constant(world.facts[fluent.fact]["default"], number)
        for number, fluent in enumerate(world.fluents)
    )
    minds = {person: person for person in world.persons}
    tower = towers.grow(None, lambda owner: Look(owner, values, minds))
    for line in world.problem.get("start", []):
        tower = impose(towers, tower, _imposed(world, tower, line))
    return tower


def _imposed(world: World, tower: Tower, line: Json) -> Impositions:
    form, body = only(line)
    reading = Reading(world)
    fluent = reading.fluent(tower, body["place"], ())
    if fluent is None:
        return ()
    value = reading.value(tower, body["value"], ())
    value = ("unknown", fluent) if value is None else value
    everybody = frozenset(world.persons)
    match form:
        case "holds":
            return AtEnd(fluent, value, ()), Common(fluent, value, everybody, everybody)
        case "secret":
            people = (reading.person(tower, each, ()) for each in body["known"])
            known = frozenset(each for each in people if each is not None)
            others = Common(fluent, world.constant(body["others"], fluent), everybody, everybody)
            return AtEnd(fluent, value, ()), others, Common(fluent, value, known, known)
        case "belief":
            chain = [reading.person(tower, each, ()) for each in body["path"]]
            path = tuple(each for each in chain if each is not None)
            if len(path) < len(chain):
                return ()
            return (AtEnd(fluent, value, without_repeats(path), deep=True),)
    raise ValueError(f"no line of our own rules: {form}")

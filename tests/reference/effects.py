"""What effects come to in one state: assignments to its own fluents, and impositions on the minds
within it (section 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .expressions import Reading, is_unknown, truth
from .towers import Look, Tower, Towers
from .world import Binding, Json, Value, World, only


class Clash(Exception):
    """Two different values for one fluent. args: (fluent, value, value)."""


@dataclass(frozen=True)
class Common:
    """`fluent = value` along all chains within `group` that begin with one of `heads`."""

    fluent: int
    value: Value
    heads: frozenset[int]
    group: frozenset[int]
    here: bool = False

    def follow(self, person: int) -> Common | None:
        return (
            replace(self, here=True)
            if person in (self.group if self.here else self.heads)
            else None
        )


@dataclass(frozen=True)
class AtEnd:
    """`fluent = value` at the end of one chain; if `deep`, also along every chain that continues
    it.
    """

    fluent: int
    value: Value
    chain: tuple[int, ...]
    deep: bool = False

    @property
    def here(self) -> bool:
        return not self.chain

    def follow(self, person: int) -> AtEnd | None:
        if self.here:
            return self if self.deep else None
        return replace(self, chain=self.chain[1:]) if self.chain[0] == person else None


Imposition = Common | AtEnd
Impositions = tuple[Imposition, ...]
"""In order: the later wins."""


def at_home(impositions: Impositions, owner: int | None) -> Impositions:
    """In a mind, what goes to its owner's mind stays where it is: `s.c.c = s.c`."""
    if owner is None:
        return impositions
    found: list[Imposition] = []
    for each in impositions:
        found.append(each)
        inside = each.follow(owner)
        if inside is not None and inside != each:
            found.append(inside)
    return tuple(found)


def within(impositions: Impositions, person: int) -> Impositions:
    """What is left of impositions on a tower in the mind of `person`."""
    steps = (each.follow(person) for each in impositions)
    left = at_home(tuple(step for step in steps if step is not None), person)
    latest = dict.fromkeys(reversed(left))  # an earlier one like it has nothing left to say
    return tuple(reversed(latest))


def overridden(
    values: tuple[Value, ...], by: Mapping[int, Value], impositions: Impositions = ()
) -> tuple[Value, ...]:
    """The values of a state after assignments and, on top of them, impositions."""
    changed = dict(by) | {each.fluent: each.value for each in impositions if each.here}
    return tuple(changed.get(fluent, value) for fluent, value in enumerate(values))


def without_repeats(chain: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(person for at, person in enumerate(chain) if at == 0 or chain[at - 1] != person)


@dataclass(frozen=True)
class Kept:
    """A seed: the tower as it was, but for impositions."""

    tower: Tower
    impositions: Impositions

    def look(self) -> Look:
        minds = {
            person: Kept(mind, rest) if (rest := within(self.impositions, person)) else mind
            for person, mind in self.tower.minds.items()
        }
        return Look(self.tower.owner, overridden(self.tower.values, {}, self.impositions), minds)


def impose(towers: Towers, tower: Tower, impositions: Impositions) -> Tower:
    return towers.grow(Kept(tower, at_home(impositions, tower.owner)), Kept.look)


class Effects:
    """What a list of effects comes to in the state `at`."""

    def __init__(self, world: World, at: Tower, effects: list[Json], binding: Binding) -> None:
        self.world = world
        self.at = at
        self.reading = Reading(world)
        self.plain = list(self._plain(effects, binding))

    def _plain(self, effects: list[Json], binding: Binding) -> Iterator[tuple[str, Json, Binding]]:
        """The effects that happen, conditions resolved."""
        for effect in effects:
            tag, body = only(effect)
            if tag == "when":
                condition = truth(self.reading.value(self.at, body[0], binding))
                if condition is not None:
                    otherwise = body[2] if len(body) > 2 else []
                    yield from self._plain(body[1] if condition else otherwise, binding)
            elif tag == "each":
                for member in self.world.sets[body[0]]:
                    if self.reading.holds(self.at, body[1], (*binding, member)):
                        yield from self._plain(body[2], (*binding, member))
            else:
                yield tag, body, binding

    def _put(self, fluent: int, value: Value | None) -> Value:
        return ("unknown", fluent) if value is None else value

    def _found(self, fluent: int, value: Value) -> Value:
        """`value`, as somebody finds it out here: in imagination also what is not known."""
        return ("answer", fluent) if is_unknown(value) and self.at.owner is not None else value

    def assigned(
        self, shown: Mapping[int, Value] | None = None, *, in_mind: bool = False
    ) -> dict[int, Value]:
        """Assignments. `Show` gives the value here, or in `shown` (values after the event). Raises
        `Clash`, unless `in_mind`: there the first of two values counts.
        """
        values: dict[int, Value] = {}
        for tag, body, binding in self.plain:
            if (
                tag == "set"
                and (fluent := self.reading.fluent(self.at, body[0], binding)) is not None
            ):
                value = self._put(fluent, self.reading.value(self.at, body[1], binding))
                if values.setdefault(fluent, value) != value and not in_mind:
                    raise Clash(fluent, values[fluent], value)
        for tag, body, binding in self.plain:
            if (
                tag == "show"
                and (fluent := self.reading.fluent(self.at, body, binding)) is not None
            ):
                true = (
                    self.at.values[fluent]
                    if shown is None
                    else shown.get(fluent, self.at.values[fluent])
                )
                values.setdefault(fluent, self._found(fluent, true))
        return values

    def imposed(self, *, seen: bool = False) -> Impositions:
        """Mental effects. `seen`: as the owner of this mind attributes them to *others* when
        seeing the event.
        """
        found: list[Imposition] = []
        for tag, body, binding in self.plain:
            match tag:
                case "share":
                    found.extend(self._shared(body, binding))
                case "learn":
                    found.extend(self._learnt(body, binding, seen))
                case "believe":
                    found.extend(self._believed(body, binding))
        if not seen:
            return at_home(tuple(found), self.at.owner)
        return tuple(
            replace(each, heads=each.heads - {self.at.owner}) if isinstance(each, Common) else each
            for each in found
            if isinstance(each, Common) or each.chain[0] != self.at.owner
        )

    def _shared(self, body: Json, binding: Binding) -> Iterator[Imposition]:
        fluent = self.reading.fluent(self.at, body["place"], binding)
        if fluent is None:
            return
        if body.get("value") is None:
            value = self._found(fluent, self.at.values[fluent])
        else:
            value = self._put(fluent, self.reading.value(self.at, body["value"], binding))
        people = (self.reading.person(self.at, each, binding) for each in body["among"])
        group = frozenset(each for each in people if each is not None)
        speaker = body.get("speaker")
        speaking = None if speaker is None else self.reading.person(self.at, speaker, binding)
        yield Common(fluent, value, group - {speaking}, group)

    def _learnt(self, body: Json, binding: Binding, seen: bool) -> Iterator[Imposition]:
        fluent = self.reading.fluent(self.at, body["place"], binding)
        who = self.reading.person(self.at, body["who"], binding)
        if fluent is None or who is None:
            return
        if body.get("from") is None:
            yield AtEnd(fluent, self._found(fluent, self.at.values[fluent]), (who,))
            return
        teacher = self.reading.person(self.at, body["from"], binding)
        if teacher is None or (seen and self.at.owner in (who, teacher)):
            return
        value = self._found(fluent, self.at.minds[teacher].values[fluent])
        if not is_unknown(value):
            pair = frozenset({who, teacher})
            yield Common(fluent, value, pair, pair)

    def _believed(self, body: Json, binding: Binding) -> Iterator[Imposition]:
        fluent = self.reading.fluent(self.at, body["place"], binding)
        chain = [self.reading.person(self.at, each, binding) for each in body["path"]]
        path = without_repeats(tuple(each for each in chain if each is not None))
        if fluent is None or len(chain) == 0 or None in chain:
            return
        place = self.at
        for person in path if body.get("inside") else ():
            place = place.minds[person]
        yield AtEnd(
            fluent, self._put(fluent, self.reading.value(place, body["value"], binding)), path
        )

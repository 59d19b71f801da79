"""Who took what to be so, when: the facts of a told story about which anybody is ever wrong or ignorant, for its chronicle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import inf
from typing import TYPE_CHECKING

from intrigue.grounding.border import atom_of, walk
from intrigue.grounding.names import is_unknown
from intrigue.story.death import died
from intrigue.views.chronicle import Matter, Spell, State, Take, spells

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run


def matters(run: Run) -> tuple[Matter, ...]:
    """First what the author makes a matter of knowledge; in it, what comes to the most people at different times."""
    engine, minds = run.engine, _Minds(run)
    disputed: dict[int, int] = {}
    turns: dict[int, int] = {}
    for person in run.world.persons:
        before: set[int] = set()
        for moment, (mind, state) in enumerate(zip(minds.of(person), run.states, strict=False)):
            wrong = set(engine.changed(mind, state))
            for fluent in wrong:
                disputed[fluent] = disputed.get(fluent, 0) + 1
            for fluent in wrong ^ before if moment else ():
                turns[fluent] = turns.get(fluent, 0) + 1
            before = wrong
    for step in run.steps:
        for fluent in engine.changed(step.before, step.after):
            disputed.setdefault(fluent, 0)
    theme = theme_of(run)
    found = [
        _matter(run, f, turns.get(f, 0), f in theme and disputed[f] > 0, minds) for f in disputed
    ]

    def rank(matter: Matter) -> tuple[bool, int, int, str]:
        several = histories([take for take in matter.takes if len(take.chain) == 1])
        return not matter.theme, -len(several), -matter.turns, matter.label

    return tuple(sorted(found, key=rank))


class _Minds:
    """What everybody takes the world to be, moment by moment, as long as all of whom it is live: whoever is dead believes nothing."""

    def __init__(self, run: Run) -> None:
        self._engine, self._states = run.engine, run.states
        self._deaths = {person: died(run, person) for person in run.world.persons}
        self._known: dict[tuple[int, ...], list[int]] = {}

    def of(self, *chain: int) -> list[int]:
        """`chain`: the person, or what the first thinks that the second believes."""
        if chain not in self._known:
            death = self._deaths[chain[-1]]
            around = self.of(*chain[:-1]) if chain[:-1] else self._states
            alive = around if death is None else around[:death]
            self._known[chain] = [self._engine.believed(state, chain[-1]) for state in alive]
        return self._known[chain]


def theme_of(run: Run) -> set[int]:
    """What the story is about in matters of knowledge: the fluents of secrets, wrong beliefs, claims, questions, expectations."""
    engine = run.engine
    openings = [line for line in run.world.problem["start"] if "holds" not in line]
    expected = [run.condition(each) for each in run.expected]
    found = {engine.fluent(fact, list(args)) for fact, args, _ in run.world.claims.values()}
    for node in walk([openings, expected]):
        fact, args = node.get("fact", (None, ()))
        atoms = [atom_of(arg) for arg in args]
        if fact is not None and None not in atoms:
            found.add(engine.fluent(fact, [atom for atom in atoms if atom is not None]))
    return found


def _matter(run: Run, fluent: int, turns: int, theme: bool, minds: _Minds) -> Matter:
    engine, names = run.engine, run.names
    fact, args = engine.fluent_of(fluent)
    truth = [engine.value(state, fluent) for state in run.states]
    takes: list[Take] = []
    held: dict[int, list[Value]] = {}
    for person in run.world.persons:
        held[person] = [engine.value(mind, fluent) for mind in minds.of(person)]
        if held[person] != truth[: len(held[person])]:
            takes.append(_take(run, (person,), fluent, held[person], truth))
    if theme:  # what they think of each other's beliefs, where that is ever amiss
        for person, other in permutations(run.world.persons, 2):
            thought = [engine.value(mind, fluent) for mind in minds.of(person, other)]
            if thought != held[other][: len(thought)]:
                takes.append(_take(run, (person, other), fluent, thought, held[other]))
    values = dict.fromkeys(value for value in [*truth, *(v for h in held.values() for v in h)])
    sayings = {
        names.value_of(fluent, value): said
        for value in values
        if not is_unknown(value)
        and (said := names.is_so(fluent, value))
        and not said.startswith(names.fluent(fluent))
    }
    return Matter(
        label=names.fluent(fluent),
        fact=run.world.facts[fact].name,
        args=tuple(names.atom(arg) for arg in args),
        truth=tuple(Spell(since, names.value_of(fluent, value)) for since, value in spells(truth)),
        takes=tuple(takes),
        turns=turns,
        theme=theme,
        sayings=tuple(sayings.items()),
    )


def _take(
    run: Run, chain: Sequence[int], fluent: int, values: Sequence[Value], beside: Sequence[Value]
) -> Take:
    """`values`: as long as they all live; `beside`: what these are compared with."""
    states = (_state(value, other) for value, other in zip(values, beside, strict=False))
    held = [
        Spell(since, run.names.value_of(fluent, value), state)
        for since, (value, state) in spells(zip(values, states, strict=True))
    ]
    if len(values) < len(run.states):
        held.append(Spell(len(values), "", "dead"))
    return Take(tuple(run.world.atoms[person].name for person in chain), tuple(held))


def _state(value: Value, other: Value) -> State:
    if value == other:
        return "knows"
    return "blank" if is_unknown(value) else "wrong"


def histories(takes: Sequence[Take]) -> list[list[Take]]:
    """Takes that agree as long as they all live, together, the longest first; in the order in which the first of each comes."""
    found: list[list[Take]] = []
    for take in sorted(takes, key=_until, reverse=True):
        alike = [each for each in found if _agree(each[0], take)]
        if alike:  # nothing is said of what the dead would have learnt, as far as that can be
            min(alike, key=lambda each: len(each[0].spells)).append(take)
        else:
            found.append([take])
    place = {id(take): number for number, take in enumerate(takes)}
    return sorted(found, key=lambda alike: min(place[id(take)] for take in alike))


def _until(take: Take) -> float:
    last = take.spells[-1]
    return last.since if last.state == "dead" else inf


def _agree(longer: Take, take: Take) -> bool:
    end = _until(take)
    lived = [spell for spell in longer.spells if spell.since < end and spell.state != "dead"]
    return lived == [spell for spell in take.spells if spell.state != "dead"]

"""Everything about a told story that can be shown, as plain data: what pictures, prose and exports are made of.

Time is counted in events, in the order of the story: moment 0 is the opening, moment k the state after event k. What holds over time
is kept as *spells*, each from a moment on until the next one. `chronicle.schema.json` describes `Chronicle.to_dict()`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from intrigue.language.names import key
from intrigue.language.times import lead_in
from intrigue.records import dataclass
from intrigue.story.arithmetic import want_text
from intrigue.story.audience import Audience
from intrigue.story.death import died
from intrigue.story.endings import lost_after
from intrigue.story.explain import beliefs
from intrigue.story.senses import Senses
from intrigue.story.times import moment_words, timing
from intrigue.story.verdicts import rests_on

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run, Step
    from intrigue.story.schedule import Schedule
    from intrigue.world.model import Atom

_T = TypeVar("_T")

FORMAT = 2
"""The version of the form; it grows when what was there before changes its meaning."""

State = Literal["knows", "wrong", "blank", "dead"]
Sort = Literal["enables", "informs", "moves"]
Where = Callable[[int, int], str | None]
"""The place of a person in a state; None if it is nowhere known."""

_PERSON, _PLACE, _THING = 0, 1, 2
"""The kinds that every world has."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody or something of the cast. `kinds`: all it belongs to; `role`: the kind that its line in the cast names first, or empty.
    `group`: stands for many. `pronoun`: one of `he`, `she`, `it`, `they`, or empty. `preposition`: what is said before the name of a
    place (`in`), else empty. `died`: the moment from which on a person is dead;
    None if alive at the end, or no person."""

    name: str
    aliases: tuple[str, ...]
    kinds: tuple[str, ...]
    role: str
    group: bool
    pronoun: str
    preposition: str
    died: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one person wills an event: the verdict of `check`, the plan in sentences, utility before and after it. `beliefs`: what the
    plan rests on, except what goes without saying; a mistake with what is so instead, the others with None."""

    person: str
    verdict: str
    plan: tuple[str, ...]
    gain: tuple[float, float]
    beliefs: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who learns of an event: `sees` it, learns it `partly`, or takes it for `another` event, `instead`."""

    person: str
    how: Literal["sees", "partly", "another"]
    instead: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody notices in the wake of an event: that somebody `comes` or `leaves`, or that something is so (`learns`); a sentence.
    `before`: before the event itself, if that is seen."""

    person: str
    sort: Literal["comes", "leaves", "learns"]
    words: str
    before: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What an event makes true."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Event:
    """One told event. `number` counts in the order of the story, `told_at` in that of the telling; `starts`: minutes since the
    story begins, if every event is as early as it can be, and `when` the same in words. `sentence`: by the pattern of its action;
    `told`: in the author's words. `takes_part`: the persons that it is about. `place`: where the first of them is when it is over.
    `possible`: all its conditions held. `lead`: what a line of time right above it says, as its sentence may begin."""

    number: int
    told_at: int
    starts: float
    when: str
    scene: int
    sentence: str
    told: str
    citations: tuple[int, ...]
    action: str
    mode: str
    minutes: float
    takes_part: tuple[str, ...]
    place: str | None
    possible: bool
    reasons: tuple[Reason, ...]
    witnesses: tuple[Witness, ...]
    changes: tuple[Change, ...]
    noticed: tuple[Notice, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """`events`: the numbers of those that it tells."""

    title: str
    citations: tuple[int, ...]
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """What holds from a moment on. `state`: of a belief beside the truth; `dead` (and no value) once nobody is there to believe it;
    None for the truth itself."""

    since: int
    value: str
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """What somebody takes a fact to be, over time. `chain`: whose belief; two persons: what the first thinks that the second
    believes, and `state` then compares it with what the second does believe."""

    chain: tuple[str, ...]
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """A fact that changes, or about which somebody is wrong or ignorant at some moment. `turns`: how often that changes for anybody.
    `theme`: the author makes it a matter of knowledge (a secret, a claim, an expectation). `sayings`: in prose, that it has a value,
    where the world has words for it."""

    label: str
    fact: str
    args: tuple[str, ...]
    truth: tuple[Spell, ...]
    takes: tuple[Take, ...]
    turns: int
    theme: bool
    sayings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A fact between two persons, in truth: `one` is what the fact is of, `other` the second person or its value. `spells`: when it
    holds. `says`: in words."""

    fact: str
    one: str
    other: str
    says: str
    spells: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """A want of somebody, and what it is worth to that person over time."""

    person: str
    want: str
    weight: float
    amounts: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One event needed for another: it made a condition true (`enables`), let a willing person believe what the reason rests on
    (`moves`), or let somebody believe what a condition asks to be believed (`informs`). `what`: the facts."""

    sort: Sort
    source: int
    target: int
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending that the author names, and the moments at which it holds. `lost`: the moment from which on it is proved that no
    events whatever bring it about; None if that is nowhere proved. Before it, and where it does not hold, it is open."""

    name: str
    holds: tuple[tuple[int, bool], ...]
    lost: int | None


@dataclass(frozen=True, slots=True)
class Watched:
    """The audience at a moment of the telling, beside the persons, in what the author makes a matter of knowledge. `irony`: pairs of a
    person and a fact that the person has otherwise than the audience knows; `mystery`: facts that somebody knows and the audience does
    not; `surprises`: what the event told last shows to have been otherwise than the audience could know, in words."""

    irony: int
    mystery: int
    surprises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """One reading of a story, told."""

    title: str
    reading: str | None
    persons: tuple[Member, ...]
    places: tuple[Member, ...]
    things: tuple[Member, ...]
    scenes: tuple[Scene, ...]
    events: tuple[Event, ...]
    whereabouts: tuple[tuple[str, tuple[Spell, ...]], ...]
    """Where each person is, if the world has a fact `where`."""
    matters: tuple[Matter, ...]
    ties: tuple[Tie, ...]
    aims: tuple[Aim, ...]
    links: tuple[Link, ...]
    endings: tuple[Ending, ...]
    watched: tuple[Watched, ...]
    """By moments of the telling: the opening, then after each event in the order in which they are told."""

    @property
    def moments(self) -> int:
        """How many there are, the opening among them."""
        return len(self.events) + 1

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `chronicle.schema.json` describes it."""
        return {"intrigue_chronicle": FORMAT, **asdict(self)}


def chronicle(run: Run) -> Chronicle:
    """What there is to show of a telling that was played."""
    from intrigue.story.strands import judge_all
    from intrigue.views.matters import matters, theme_of

    judge_all([*run.before, run])
    world, schedule, where = run.world, timing(run).schedule, _where(run)
    senses = [Senses(run, person) for person in world.persons]
    leads = _leads(run)
    return Chronicle(
        title=world.title,
        reading=run.reading,
        persons=_members(run, world.persons),
        places=_members(run, world.kinds[_PLACE].members),
        things=_members(run, world.kinds[_THING].members),
        scenes=_scenes(run),
        events=tuple(_event(run, step, schedule, where, senses, leads) for step in run.steps),
        whereabouts=_whereabouts(run, where),
        matters=matters(run),
        ties=_ties(run),
        aims=_aims(run),
        links=_links(run),
        endings=_endings(run),
        watched=_watched(run, theme_of(run)),
    )


def _watched(run: Run, theme: Iterable[int]) -> tuple[Watched, ...]:
    return tuple(
        Watched(
            irony,
            mystery,
            tuple(
                f"{each.fact} is {each.truth}"
                + (f", taken to be {each.taken}" if each.taken else "")
                for each in surprises
            ),
        )
        for irony, mystery, surprises in Audience(run).course(theme)
    )


def spells(values: Iterable[_T]) -> list[tuple[int, _T]]:
    """The moments at which something becomes what it is, from one value a moment."""
    found: list[tuple[int, _T]] = []
    for moment, value in enumerate(values):
        if not found or found[-1][1] != value:
            found.append((moment, value))
    return found


def lasting(spells: Sequence[Spell], end: _T) -> Iterator[tuple[Spell, int | _T]]:
    """Each spell with the moment at which the next one begins; `end` for the last."""
    ends: list[int | _T] = [*(spell.since for spell in spells[1:]), end]
    return zip(spells, ends, strict=True)


# ------------------------------------------------------------------ cast and scenes


def _members(run: Run, atoms: Iterable[int]) -> tuple[Member, ...]:
    world, tables, persons = run.world, run.world.tables, set(run.world.persons)
    roles: dict[str, str] = {}
    known = {key(kind.name) for kind in world.kinds}
    for declaration in (line for file in world.files for line in file.cast):
        first = next((kind.text for kind in declaration.kinds if key(kind.text) in known), "")
        roles.update((key(name.text), first) for name in declaration.names)

    def member(atom: Atom) -> Member:
        kinds = tuple(world.kinds[kind].name for kind in atom.kinds)
        role, pronoun = roles.get(key(atom.name), ""), tables.pronouns.get(atom.id, "")
        group, death = atom.id in tables.groups, died(run, atom.id) if atom.id in persons else None
        before = tables.prepositions.get(atom.id, "")
        return Member(atom.name, atom.aliases, kinds, role, group, pronoun, before, death)

    return tuple(member(world.atoms[atom]) for atom in atoms)


def _scenes(run: Run) -> tuple[Scene, ...]:
    return tuple(
        Scene(scene.title, scene.citations, tuple(step.number for step in run.steps_of(scene)))
        for scene in run.scenes
    )


# ------------------------------------------------------------------ events


def _leads(run: Run) -> dict[int, str]:
    """What the lines of time say, by the sentence (from 0, as told) of the first event below each."""
    told = {step.told_at - 1 for step in run.steps}
    found: dict[int, str] = {}
    for block in run.layout.blocks.blocks:
        marks = {id(said.mark): said.mark for said in block.says if said.mark is not None}
        leads = (lead_in(mark.text, mark.says) for mark in marks.values())
        first = next((sentence for sentence in block.told if sentence in told), None)
        if first is not None:
            found[first] = ", ".join(filter(None, leads))
    return found


def _event(
    run: Run,
    step: Step,
    schedule: Schedule,
    where: Where | None,
    senses: Sequence[Senses],
    leads: Mapping[int, str],
) -> Event:
    engine, world = run.engine, run.world
    persons = set(world.persons)
    takes_part = [atom for atom in dict.fromkeys(step.args) if atom in persons]
    place = where(step.after, takes_part[0]) if takes_part and where else None
    starts = schedule.starts[step.told_at - 1]
    lines = world.problem["actions"][step.action.id].get("sees", [])
    return Event(
        number=step.number,
        told_at=step.told_at,
        starts=starts,
        when=moment_words(schedule, starts),
        scene=run.scenes.index(step.scene),
        sentence=run.sentence(step.event),
        told=" ".join(step.told.sentence.text.split()),
        citations=step.told.citations,
        action=step.action.name,
        mode=step.action.mode,
        minutes=step.action.minutes,
        takes_part=tuple(run.names.atom(atom) for atom in takes_part),
        place=place,
        possible=not step.failing,
        reasons=tuple(
            Reason(
                world.atoms[verdict.person].name,
                verdict.kind,
                tuple(run.sentence(part["event"]) for part in verdict.motive["plan"]),
                verdict.motive["gain"],
                tuple(
                    (belief.says, belief.truth)
                    for belief in beliefs(run, verdict)
                    if belief.truth is not None or not belief.usual
                ),
            )
            for verdict in run.verdicts(step)
        ),
        witnesses=tuple(
            _witness(run, step, person, lines[line]["as"])
            for person, line in engine.observers(step.before, step.event).items()
        ),
        changes=tuple(
            Change(
                run.names.fluent(fluent),
                run.names.value_of(fluent, engine.value(step.after, fluent)),
            )
            for fluent in engine.changed(step.before, step.after)
        ),
        noticed=tuple(notice for each in senses for notice in _noticed(run, step, each)),
        lead=leads.get(step.told_at - 1, ""),
    )


def _noticed(run: Run, step: Step, senses: Senses) -> Iterator[Notice]:
    lived = senses.lived(step.before, step.event, step.after)
    at = next((i for i, each in enumerate(lived) if each.sort == "event"), 0)
    for number, each in enumerate(lived):
        if each.sort != "event":
            name = run.world.atoms[senses.person].name
            yield Notice(name, each.sort, each.words, number < at)


def _witness(run: Run, step: Step, person: int, seen_as: Any) -> Witness:
    """`seen_as`: what the line of the action that makes somebody a witness says of it, as the border has it."""
    name = run.world.atoms[person].name
    if seen_as == "itself":
        return Witness(name, "sees", "")
    if "partly" in seen_as:
        return Witness(name, "partly", "")
    action, exprs = seen_as["other"]
    known = [*step.args, person]
    values = [run.engine.evaluate(step.before, json.dumps(expr), known) for expr in exprs]
    atoms = [value[1] for value in values if isinstance(value, tuple)]
    return Witness(name, "another", run.sentence(run.engine.event(action, atoms)))


# ------------------------------------------------------------------ what holds when


def _where(run: Run) -> Where | None:
    """Where a person is in a state, if the world has a fact `where` of persons."""
    fact = next(
        (
            f
            for f in run.world.facts
            if f.name == "where" and [p.kind for p in f.params] == [_PERSON]
        ),
        None,
    )
    if fact is None:
        return None
    fluents = {person: run.engine.fluent(fact.id, [person]) for person in run.world.persons}

    def where(state: int, person: int) -> str | None:
        value = run.engine.value(state, fluents[person])
        known = isinstance(value, tuple) and value[0] == "atom" and value[1] != 0
        return run.names.value(value) if known else None

    return where


def _whereabouts(run: Run, where: Where | None) -> tuple[tuple[str, tuple[Spell, ...]], ...]:
    if where is None:
        return ()
    return tuple(
        (
            run.world.atoms[person].name,
            tuple(
                Spell(since, place or "")
                for since, place in spells(where(state, person) for state in run.states)
            ),
        )
        for person in run.world.persons
    )


def _ties(run: Run) -> tuple[Tie, ...]:
    engine, world = run.engine, run.world
    persons = set(world.persons)
    found: list[Tie] = []
    for fact in world.facts:
        kinds = [world.kinds[parameter.kind] for parameter in fact.params]
        if not kinds or not all(set(kind.members) <= persons for kind in kinds):
            continue
        valued = len(kinds) == 1 and isinstance(fact.range, dict)
        if not valued and not (len(kinds) == 2 and fact.range == "bool"):
            continue
        for args in product(*(kind.members for kind in kinds)):
            fluent = engine.fluent(fact.id, list(args))
            values = [engine.value(state, fluent) for state in run.states]
            others: dict[Value, int] = (
                {v: v[1] for v in values if isinstance(v, tuple) and v[1] in persons}
                if valued
                else {True: args[1]}
            )
            for value, other in others.items():
                held = spells(each == value for each in values)
                if other != args[0] and (len(held) > 1 or held[0][1]):
                    says = run.names.is_so(fluent, value)
                    one = world.atoms[args[0]].name
                    found.append(Tie(fact.name, one, world.atoms[other].name, says, tuple(held)))
    return tuple(found)


def _aims(run: Run) -> tuple[Aim, ...]:
    engine, world = run.engine, run.world
    found: list[Aim] = []
    for person in world.persons:
        amounts: dict[tuple[int, tuple[int, ...]], list[tuple[int, float]]] = {}
        weights: dict[tuple[int, tuple[int, ...]], float] = {}
        before: list[tuple[int, list[int], float, float]] | None = None
        for moment, state in enumerate(run.states):
            now = engine.wants(state, person)
            if now == before:  # most events leave most persons as they were
                continue
            worth = {(index, tuple(args)): amount for index, args, amount, _ in now}
            weights |= {(index, tuple(args)): weight for index, args, _, weight in now}
            for want in {**amounts, **worth}:
                over_time = amounts.setdefault(want, [(0, 0.0)] if moment else [])
                if not over_time or over_time[-1][1] != worth.get(want, 0.0):
                    over_time.append((moment, worth.get(want, 0.0)))
            before = now
        for want, over_time in amounts.items():
            if len(over_time) > 1 or over_time[0][1]:
                said = want_text(run, *want)
                found.append(Aim(world.atoms[person].name, said, weights[want], tuple(over_time)))
    return tuple(found)


def _endings(run: Run) -> tuple[Ending, ...]:
    engine, last = run.engine, len(run.steps)

    def ending(name: str, asked: str) -> Ending:
        def reachable(moment: int) -> bool:
            return engine.reachable(run.states[moment], asked, [])

        holds = spells(engine.evaluate(state, asked, []) is True for state in run.states)
        lost = None if reachable(last) else lost_after(run, last, reachable)
        return Ending(name, tuple(holds), lost)

    return tuple(ending(name, json.dumps(expr)) for name, expr, _ in run.world.endings)


# ------------------------------------------------------------------ why


def _links(run: Run) -> tuple[Link, ...]:
    found: dict[tuple[Sort, int, int], dict[str, None]] = {}

    def note(sort: Sort, step: Step, chain: Sequence[int], fluent: int) -> None:
        source = run.since(step.number - 1, chain, fluent)
        if source is not None:
            what = found.setdefault((sort, source.number, step.number), {})
            what[run.names.fluent(fluent)] = None

    for step in run.steps:
        for need in step.action.needs:
            reads = run.engine.reads(step.before, json.dumps(need.expr), list(step.args))
            for chain, fluent in reads:
                note("informs" if chain else "enables", step, chain, fluent)
        for verdict in run.verdicts(step):
            mind = run.engine.believed(step.before, verdict.person)
            for fluent in rests_on(run, verdict.motive["plan"], mind, verdict.person):
                note("moves", step, (verdict.person,), fluent)
    return tuple(
        Link(sort, source, target, tuple(what))
        for (sort, source, target), what in sorted(found.items(), key=lambda item: item[0][1:])
    )

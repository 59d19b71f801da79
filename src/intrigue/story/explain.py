"""Why an event happens: each willing person's plan, what it rests on, what of that is false, and
what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intrigue.english import digits, signed
from intrigue.records import dataclass
from intrigue.story.arithmetic import Change, changes, gain_and_loss, imagined
from intrigue.story.breaks import breaks, open_wants
from intrigue.story.causes import unimaginable
from intrigue.story.moments import steps_at
from intrigue.story.understand import supposed
from intrigue.story.verdicts import Kind, Verdict, rests_on
from intrigue.world.patterns import agreeing

if TYPE_CHECKING:
    from intrigue._engine import MotiveTree, Value
    from intrigue.story.run import Run, Step

_SAID: dict[Kind, str] = {
    "found": "has a motive",
    "uninformed": "has no motive from what this person believes, only from the truth",
    "none": "has no motive",
    "undecided": "may have a motive: the search was stopped",
    "false claim": "has not the motive that is claimed",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One event of a plan, and why each other person in it is expected to take part."""

    sentence: str
    others: tuple[tuple[str, tuple[Planned, ...]], ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """What a plan rests on. `truth` is None where the belief is true; `usual`: it is what is so where nothing is said."""

    says: str
    truth: str | None
    usual: bool = False


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An earlier plan of the same person that this event, or one since, has ended."""

    plan: tuple[str, ...]
    made_at: int
    given_up_at: int
    because: str


@dataclass(frozen=True, slots=True)
class Why:
    """One willing person's reasons."""

    person: str
    kind: Kind
    limits: str
    plan: tuple[Planned, ...]
    before: float
    after: float
    changes: tuple[Change, ...]
    beliefs: tuple[Belief, ...]
    given_up: tuple[GivenUp, ...]
    obstacles: tuple[str, ...] = ()
    """Where a claimed plan breaks; what a plan could be for, where none is found."""

    groups: tuple[str, ...] = ()
    """Who of the persons named are many."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One told event with the reasons of everybody who must will it."""

    number: int
    sentence: str
    citations: tuple[int, ...]
    mode: str
    whys: tuple[Why, ...]

    def __str__(self) -> str:
        cited = f"  [{', '.join(map(str, self.citations))}]" if self.citations else ""
        lines = [f"{self.number}. {self.sentence}{cited}"]
        if not self.whys:
            lines.append(f"   {_UNWILLED.get(self.mode, 'nobody must will this')}")
        for why in self.whys:
            lines.extend(_lines(why))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        from dataclasses import asdict

        plain = asdict(self)
        for why in plain["whys"]:
            del why["groups"]
        return plain


_UNWILLED = {
    "fate": "nobody's choice: fate",
    "reaction": "nobody's choice: a reaction that nobody can help",
}


def explain(run: Run, at: str | int) -> list[Explanation]:
    """The explanations of the events at a moment. Raises StoryError if there are none."""
    return [explain_step(run, step) for step in steps_at(run, at)]


def explain_step(run: Run, step: Step) -> Explanation:
    """The explanation of one event."""
    return Explanation(
        step.number,
        run.words(step),
        step.told.citations,
        step.action.mode,
        tuple(_why(run, verdict) for verdict in run.verdicts(step)),
    )


def _why(run: Run, verdict: Verdict) -> Why:
    step, person, engine = verdict.step, verdict.person, run.engine
    plan = verdict.motive["plan"]
    mind = engine.believed(step.before, person)
    if plan:
        end = imagined(engine, person, mind, [part["event"] for part in plan])
    else:
        by_itself = supposed(engine, mind, step.meant, person)
        end = mind if by_itself is None else by_itself
    return Why(
        person=run.world.atoms[person].name,
        kind=verdict.kind,
        limits=str(run.motives.limits),
        plan=_planned(run, plan),
        before=engine.utility(mind, person) or 0.0,
        after=engine.utility(end, person) or 0.0,
        changes=tuple(changes(run, person, mind, end)),
        beliefs=beliefs(run, verdict),
        given_up=tuple(_given_up(run, step, person)),
        groups=tuple(run.world.atoms[group].name for group in sorted(run.world.tables.groups)),
        obstacles=() if plan else _obstacles(run, verdict, mind),
    )


def beliefs(run: Run, verdict: Verdict) -> tuple[Belief, ...]:
    """What the plan of a verdict rests on: what is wrong first, what goes without saying last."""
    step, engine = verdict.step, run.engine
    mind = engine.believed(step.before, verdict.person)
    found: list[Belief] = []
    for fluent in rests_on(run, verdict.motive["plan"], mind, verdict.person):
        believed, true = engine.value(mind, fluent), engine.value(step.before, fluent)
        found.append(
            Belief(
                f"{run.names.fluent(fluent)} is {run.names.value_of(fluent, believed)}",
                None if believed == true else run.names.value_of(fluent, true),
                believed == _default(run, fluent),
            )
        )
    return tuple(sorted(found, key=lambda belief: (belief.truth is None, belief.usual)))


def _planned(run: Run, plan: Sequence[MotiveTree]) -> tuple[Planned, ...]:
    return tuple(
        Planned(
            run.sentence(part["event"]),
            tuple(
                (run.world.atoms[other].name, _planned(run, nested))
                for other, nested in part["others"].items()
                if [each["event"] for each in nested] != [part["event"]]
            ),
        )
        for part in plan
    )


def _default(run: Run, fluent: int) -> Value:
    """The value that the fluent has where nothing is said of it."""
    fact = run.world.facts[run.engine.fluent_of(fluent)[0]]
    default = fact.default
    if isinstance(default, dict):
        (value,) = default.values()
        return ("atom", value) if "atom" in default else value
    return "unknown" if default == "unknown" else default


def _obstacles(run: Run, verdict: Verdict, mind: int) -> tuple[str, ...]:
    notes = breaks(run, verdict) if verdict.claim is not None else ()
    if notes:
        return tuple(note.text for note in notes)
    said = [note.text for note in open_wants(run, mind, verdict.person)]
    hindered = unimaginable(run, verdict.person, mind, verdict.step.meant)
    if hindered is not None:
        said.insert(0, f"as {run.names.does(verdict.person, 'sees')} it, {hindered}")
    return tuple(said)


def _given_up(run: Run, step: Step, person: int) -> list[GivenUp]:
    """Earlier plans of the person whose rest stopped working at this event."""
    result: list[GivenUp] = []
    first = run.given if step.number > run.given else 0
    for earlier in run.steps[first : step.number - 1]:
        if person not in earlier.willing:
            continue
        verdict = run.verdict(earlier, person)
        if verdict.kind != "found":
            continue
        ended = end_of_plan(run, verdict)
        if ended is not None and ended[0].number == step.number:
            events = tuple(run.sentence(part["event"]) for part in verdict.motive["plan"])
            result.append(GivenUp(events, earlier.number, step.number, ended[1]))
    return result


def end_of_plan(run: Run, verdict: Verdict) -> tuple[Step, str] | None:
    """The event at which the rest of a plan stopped working in the mind of its person, and why.

    None if it was carried through, or still stands when the telling ends.
    """
    engine, person = run.engine, verdict.person
    rest = [part["event"] for part in verdict.motive["plan"]][1:]
    for step in run.steps[verdict.step.number :]:
        if not rest:
            return None
        if step.meant in rest:
            rest = rest[rest.index(step.meant) + 1 :]
            continue
        mind = engine.believed(step.after, person)
        state = mind
        for event in rest:
            after = supposed(engine, state, event, person)
            if after is None or not engine.possible(state, event):
                return step, f"no longer possible: {run.sentence(event)}"
            state = after
        if (engine.utility(state, person) or 0.0) <= (engine.utility(mind, person) or 0.0):
            return step, "nothing would be gained by it any more"
    return None


def _lines(why: Why) -> list[str]:
    """One person's reasons as text."""
    verb, said = _SAID[why.kind].split(" ", 1)
    verb = agreeing(verb, plural=why.person in why.groups)
    lines = [f"   {why.person} {verb} {said} (within {why.limits})"]
    if why.plan:
        lines.extend(_plan_lines(why.plan, "     ", why.groups))
    lines.append(
        f"     utility {digits(why.before)} -> {digits(why.after)} ({gain_and_loss(why.changes)})"
        + ("" if why.plan else ", by the act alone")
    )
    lines.extend(f"       {signed(change.amount):>5}  {change.want}" for change in why.changes)
    lines.extend(f"     {obstacle}" for obstacle in why.obstacles)
    if why.beliefs:
        takes = agreeing("takes", plural=why.person in why.groups)
        lines.append(f"     {why.person} {takes} it that")
    for belief in why.beliefs:
        if belief.usual and belief.truth is None:
            continue
        wrong = f"   WRONG: it is {belief.truth}" if belief.truth is not None else ""
        lines.append(f"       {belief.says}{wrong}")
    usual = [belief.says for belief in why.beliefs if belief.usual and belief.truth is None]
    if usual:
        lines.append(f"       as usual: {'; '.join(usual)}")
    for given in why.given_up:
        lines.append(
            f"     the plan of event {given.made_at} ({'; '.join(given.plan)}) ends here: "
            f"{given.because}"
        )
    return lines


def _plan_lines(plan: Sequence[Planned], indent: str, groups: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for number, part in enumerate(plan, 1):
        lines.append(f"{indent}{number}. {part.sentence}")
        for person, nested in part.others:
            joins = agreeing("joins", plural=person in groups)
            lines.append(f"{indent}   {person} {joins} in, to:")
            lines.extend(_plan_lines(nested, indent + "     ", groups))
    return lines

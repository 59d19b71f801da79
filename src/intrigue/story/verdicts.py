"""The verdict on every willing person of every told event: found, claimed, uninformed, none,
undecided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Literal

from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.story.arithmetic import affected
from intrigue.story.understand import fillings

if TYPE_CHECKING:
    from intrigue._engine import Motive, MotiveTree, Value
    from intrigue.diagnostics.diagnostic import Diagnostic
    from intrigue.story.run import Run, Step

Kind = Literal["found", "uninformed", "none", "undecided", "false claim"]

_MOST_FILLINGS = 24
"""How many ways to fill what a claimed motive leaves out are tried."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about one person's part in one event.

    kind: "found" (also where a claimed motive holds), "uninformed" (none from what the person
    believes, one from the truth), "none", "undecided" (a limit stopped the search), "false claim"
    (`because` names a plan that does not work).
    """

    step: Step
    person: int
    kind: Kind
    motive: Motive
    claim: tree.Because | None = None
    truth: Motive | None = None
    """The motive of somebody who knew the truth, where the person has none: always for "uninformed", perhaps for "undecided"."""
    claimed: tuple[tuple[int, ...], ...] = ()
    """The events of a claimed plan after the first: for each sentence all that it may tell."""

    problems: tuple[Diagnostic, ...] = ()
    """What in the claim could not be understood."""


def judge(run: Run, step: Step) -> Iterator[Verdict]:
    """One verdict for each person who must will the event."""
    claims = {
        person: because
        for because in step.told.because
        if (person := run.person(because.person)) is not None
    }
    for person in step.willing:
        if person in claims:
            yield _judge_claim(run, step, person, claims[person])
        else:
            yield _judge(run, step, person)


def _judge(run: Run, step: Step, person: int) -> Verdict:
    mind = run.engine.believed(step.before, person)
    told = run.told_after(step.number)
    motive = run.motives.of(mind, person, step.meant, told=told, follows=True)
    if motive["verdict"] == "found":
        return Verdict(step, person, "found", motive)
    kind: Kind = motive["verdict"]
    before = step.before
    truth = run.motives.of(before, person, step.meant, told=told) if mind != before else motive
    if truth["verdict"] != "found":
        return Verdict(step, person, kind, motive)
    return Verdict(step, person, "uninformed" if kind == "none" else kind, motive, truth=truth)


def _judge_claim(run: Run, step: Step, person: int, claim: tree.Because) -> Verdict:
    """The claimed plan is looked for, not another one."""
    from intrigue.world.conditions import resolve
    from intrigue.world.sentences import match, unknown_sentence

    mind = run.engine.believed(step.before, person)
    brings: str | None = None
    problems: list[Diagnostic] = []
    if claim.brings is not None:
        expr, problems = resolve(run.world, claim.brings, self=person)
        brings = json.dumps(expr)
    choices: list[list[int]] = []
    for sentence in claim.waypoints:
        readings = match(run.world, sentence.text)
        if not readings:
            problems.append(unknown_sentence(run.world, sentence))
        choices.append(
            list(
                dict.fromkeys(
                    islice(
                        (
                            event
                            for reading in readings
                            for event in fillings(
                                run.world, run.engine, reading.action, reading.args
                            )
                        ),
                        _MOST_FILLINGS,
                    )
                )
            )
        )
    if problems:
        motive = run.motives.of(mind, person, step.meant, told=run.told_after(step.number))
        return Verdict(step, person, "false claim", motive, claim, problems=tuple(problems))
    claimed = tuple(map(tuple, choices))
    best: Motive | None = None
    for waypoints in islice(product(*choices), _MOST_FILLINGS):
        motive = run.motives.of(
            mind,
            person,
            step.meant,
            waypoints=waypoints,
            brings=brings,
            told=run.told_after(step.number),
            follows=True,
        )
        if motive["verdict"] == "found":
            return Verdict(step, person, "found", motive, claim, claimed=claimed)
        if best is None or motive["verdict"] == "undecided":
            best = motive
    assert best is not None  # a product is never empty where every sentence was understood
    kind: Kind = "undecided" if best["verdict"] == "undecided" else "false claim"
    return Verdict(step, person, kind, best, claim, claimed=claimed)


@dataclass(frozen=True, slots=True)
class Difference:
    """A fluent on which a plan rests and on which the person is wrong; of what others believe, if `chain` names any."""

    chain: tuple[int, ...]
    fluent: int
    believed: Value
    true: Value


def differences(
    run: Run, step: Step, plan: Sequence[MotiveTree], start: int, person: int
) -> list[Difference]:
    """Where the person's belief differs from the truth, among what the plan reads when it is run
    from `start`."""
    engine = run.engine
    mind = engine.believed(step.before, person)
    own: dict[tuple[tuple[int, ...], int], None] = {
        ((), fluent): None for fluent in rests_on(run, plan, start, person)
    }
    state = start
    for part in plan:
        # what the others must believe who take part in it
        for other, reasons in part["others"].items():
            theirs = engine.believed(state, other)
            own.update(dict.fromkeys(((other,), f) for f in rests_on(run, reasons, theirs, other)))
        state = engine.after(state, part["event"], person)
    found: list[Difference] = []
    for chain, fluent in own:
        here, there = mind, step.before
        for other in chain:
            here, there = engine.believed(here, other), engine.believed(there, other)
        believed, true = engine.value(here, fluent), engine.value(there, fluent)
        if believed != true:
            found.append(Difference(chain, fluent, believed, true))
    return found


def rests_on(run: Run, plan: Sequence[MotiveTree], start: int, person: int) -> list[int]:
    """The fluents that a plan reads before it has changed them itself: the conditions of its events and of their
    effects, and the wants that gain or lose by it."""
    engine, world = run.engine, run.world
    state = start
    read: dict[int, None] = {}
    written: set[int] = set()

    def note(expr: Any, args: Sequence[int]) -> None:
        for chain, fluent in engine.reads(state, json.dumps(expr), list(args)):
            if not chain and fluent not in written:
                read[fluent] = None

    for part in plan:
        number, args = engine.event_of(part["event"])
        for need in world.actions[number].needs:
            note(need.expr, args)
        for expr in _read_by_effects(world.problem["actions"][number].get("effects", [])):
            note(expr, args)
        after = engine.after(state, part["event"], person)
        written.update(engine.changed(state, after))
        state = after
    for index, members in affected(engine, person, start, state):
        want = world.problem["wants"][index]
        note(want["what"], members)
        if want.get("during") is not None:
            note(want["during"], members)
    return list(read)


def _read_by_effects(effects: Sequence[Any]) -> Iterator[Any]:
    """Conditions and values of effects, outside of those that hold for every member of a kind."""
    for effect in effects:
        if "set" in effect:
            yield effect["set"][1]
        elif "when" in effect:
            condition, then, *otherwise = effect["when"]
            yield condition
            yield from _read_by_effects(then)
            for each in otherwise:
                yield from _read_by_effects(each)

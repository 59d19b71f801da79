"""The verdict on every willing person of every told event: found, claimed, uninformed, none,
undecided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Any, Literal

from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.story.arithmetic import affected
from intrigue.story.motives import Question
from intrigue.story.understand import MOST_GUESSES, fillings, lacking, likeliest, supposed

if TYPE_CHECKING:
    from intrigue._engine import Motive, MotiveTree, Value
    from intrigue.diagnostics.diagnostic import Diagnostic
    from intrigue.story.run import Run, Step

Kind = Literal["found", "uninformed", "none", "undecided", "false claim"]

MOST_FILLINGS = 24
"""How many ways to fill what a claimed motive leaves out are tried."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about one person's part in one event.

    kind: "found" (also where a claimed motive holds), "uninformed" (none from what the person
    believes, one from the truth), "none", "undecided" (a limit stopped the search, or a claim can
    mean more than was tried), "false claim" (`because` names a plan that does not work).
    """

    step: Step
    person: int
    kind: Kind
    motive: Motive
    claim: tree.Because | None = None
    truth: Motive | None = None
    """The motive of somebody who knew the truth, where the person has none: always for "uninformed", perhaps for "undecided"."""
    claimed: tuple[tuple[int, ...], ...] = ()
    """The events of a claimed plan after the first: for each sentence what it may tell, likely first if that is much."""

    problems: tuple[Diagnostic, ...] = ()
    """What in the claim could not be understood."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be asked for a verdict: one question after the other, until there is a motive. `untried`: a claim can mean more than
    what is asked."""

    step: Step
    person: int
    questions: tuple[Question, ...]
    claim: tree.Because | None = None
    claimed: tuple[tuple[int, ...], ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    untried: bool = False


def asked(run: Run, step: Step, person: int) -> Asked:
    """The questions on which a person's part in an event is judged."""
    for because in reversed(step.told.because):
        if run.person(because.person) == person:
            return _of_a_claim(run, step, person, because)
    before = step.before
    mind = run.engine.believed(before, person)
    told = tuple(run.told_after(step.number))
    own = Question(mind, person, step.meant, told=told, follows=True)
    truth = Question(before, person, step.meant, told=told)
    return Asked(step, person, (own, truth) if mind != before else (own,))


def _of_a_claim(run: Run, step: Step, person: int, claim: tree.Because) -> Asked:
    """The claimed plan is looked for, not another one."""
    from intrigue.world.conditions import resolve
    from intrigue.world.sentences import match, unknown_sentence

    mind = run.engine.believed(step.before, person)
    told = tuple(run.told_after(step.number))
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
        told_by_it = (
            event
            for reading in readings
            for event in fillings(run.world, run.engine, reading.action, reading.args)
        )
        choices.append(list(dict.fromkeys(islice(told_by_it, MOST_GUESSES))))
        if readings and not choices[-1]:
            problems.append(lacking(run.world, sentence, readings[0]))
    if problems:
        free = Question(mind, person, step.meant, told=told)
        return Asked(step, person, (free,), claim, problems=tuple(problems))
    untried = any(len(events) == MOST_GUESSES for events in choices)
    if prod(map(len, choices)) > MOST_FILLINGS:
        after = supposed(run.engine, mind, step.meant, person)
        choices = narrowed(run, mind, person, mind if after is None else after, choices)
        untried = untried or prod(map(len, choices)) > MOST_FILLINGS
    questions = (
        Question(mind, person, step.meant, waypoints, brings, told, follows=True)
        for waypoints in islice(product(*choices), MOST_FILLINGS)
    )
    claimed = tuple(tuple(events[:MOST_FILLINGS]) for events in choices)
    return Asked(step, person, tuple(questions), claim, claimed, untried=untried)


def narrowed(
    run: Run, mind: int, person: int, then: int, choices: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Of all that the sentences of a person's plan can tell what may come about as the person sees it, likely first, of each one more
    than is tried if there is more. `then`: where the person is when the first of them is to come. Where nothing may come about,
    what lacks the least stays."""
    world, engine = run.world, run.engine
    found: list[list[int]] = []
    for events in choices:
        ways = likeliest(world, engine, mind, person, events, then)
        likely = list(islice(ways, MOST_FILLINGS + 1))
        found.append(likely or sorted(events, key=lambda e: len(engine.failing(then, e)))[:1])
        for event in found[-1][:1]:
            after = supposed(engine, then, event, person)
            then = then if after is None else after
    return found


def judge(run: Run, asking: Asked) -> Verdict:
    """The verdict, once all has been asked for it."""
    motives: list[Motive] = []
    for question in asking.questions:
        motives.append(run.motives.answer(question))
        if motives[-1]["verdict"] == "found":
            break
    return _judge(asking, motives) if asking.claim is None else _judge_claim(asking, motives)


def _judge(asking: Asked, motives: Sequence[Motive]) -> Verdict:
    """`motives`: the person's own, and if that is none, the one of somebody who knew the truth."""
    own, truth = motives[0], motives[-1]
    kind: Kind = own["verdict"]
    if len(motives) == 1 or truth["verdict"] != "found":
        return Verdict(asking.step, asking.person, kind, own)
    kind = "uninformed" if kind == "none" else kind
    return Verdict(asking.step, asking.person, kind, own, truth=truth)


def _judge_claim(asking: Asked, motives: Sequence[Motive]) -> Verdict:
    """`motives`: of one way to understand the claim after the other."""
    kind: Kind
    last = motives[-1]
    if asking.problems:
        kind = "false claim"
    elif last["verdict"] == "found":
        kind = "found"
    else:
        undecided = [each for each in motives if each["verdict"] == "undecided"]
        last = undecided[-1] if undecided else motives[0]
        kind = "undecided" if undecided or asking.untried else "false claim"
    return Verdict(
        asking.step,
        asking.person,
        kind,
        last,
        asking.claim,
        claimed=asking.claimed,
        problems=asking.problems,
    )


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
            # what the person must believe is the person's to know, too
            if tuple(chain) in ((), (person,)) and fluent not in written:
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

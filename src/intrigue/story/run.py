"""The telling played, event by event, through the engine.

An event that is not possible is told all the same: its effects take place, because the author goes
on as if it had happened, and so one mistake does not drag others behind it. An event that cannot
take place at all (effects that contradict each other, triggers that never rest, a sentence that
nobody understands) is left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import field
from itertools import chain as joined
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Span
from intrigue.grounding.names import is_unknown
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.records import dataclass
from intrigue.story.death import facts_of_death
from intrigue.story.findings import Finding
from intrigue.story.layout import Layout, lay_out
from intrigue.story.motives import Motives
from intrigue.story.understand import taken_place, understand
from intrigue.story.verdicts import Asked, Verdict, asked, judge

if TYPE_CHECKING:
    from intrigue._engine import Engine
    from intrigue.grounding.names import Names
    from intrigue.world.model import Action, World


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """One told event. `number` counts from 1 in the order of the story, `told_at` in the order of the telling; `before` and
    `after` are states of the engine."""

    number: int
    told_at: int
    scene: tree.Scene
    told: tree.Told
    action: Action
    args: tuple[int, ...]
    event: int
    meant: int
    """What those who will it have in mind: the event itself unless it is an outcome that nobody
    meant."""
    before: int
    after: int
    failing: tuple[int, ...]
    """Indexes of the conditions of `action` that do not hold."""
    willing: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<Step {self.number}: {self.told.sentence.text}>"


@dataclass(frozen=True, slots=True)
class Expected:
    """An `expect` line and the moment at which it stands: the number of events that have happened."""

    expect: tree.Expect
    scene: tree.Scene
    moment: int


@dataclass(slots=True, repr=False)
class Run:
    """One reading of a telling, played in the order of the story. `states[k]` is the state after `k` events."""

    world: World
    engine: Engine
    names: Names
    motives: Motives
    reading: str | None
    scenes: tuple[tree.Scene, ...]
    """In the order of the telling."""

    layout: Layout
    states: list[int]
    steps: list[Step] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """What went wrong in playing: sentences not understood, events that could not take place at
    all."""

    left_out: list[int] = field(default_factory=list)
    """Events that could not take place at all."""
    previous: Run | None = None
    """The reading that is judged before this one, with the same `motives`."""
    given: int = 0
    """So many events are only what a plan goes on from: why they happened is not asked unless somebody asks for it."""

    _verdicts: dict[tuple[int, int], Verdict] = field(default_factory=dict)
    _asked: dict[tuple[int, int], Asked] = field(default_factory=dict)
    _fluents: dict[frozenset[int], frozenset[int]] = field(default_factory=dict)
    _needs: dict[int, list[str]] = field(default_factory=dict)
    _wanted: dict[int, tuple[str, str, str | None]] = field(default_factory=dict)
    _deaths: dict[int, list[object]] | None = None

    def __repr__(self) -> str:
        reading = f" ({self.reading})" if self.reading else ""
        return f"<Run of {self.world.title!r}{reading}: {len(self.steps)} events>"

    def verdicts(self, step: Step) -> list[Verdict]:
        """The verdict on each person who must will the event; looked for once."""
        return [self.verdict(step, person) for person in step.willing]

    def verdict(self, step: Step, person: int) -> Verdict:
        """The verdict on a person who must will the event; looked for once.

        All that the person wills before it (what is given apart) is judged first, so that the verdict is the same whatever was asked
        before.
        """
        if (step.number, person) not in self._verdicts:
            if self.previous is not None:
                self.previous.judge_all(person)
            first = self.given if step.number > self.given else 0
            for earlier in self.steps[first : step.number]:
                key = (earlier.number, person)
                if person in earlier.willing and key not in self._verdicts:
                    self._verdicts[key] = judge(self, self.asked(earlier, person))
        return self._verdicts[step.number, person]

    def asked(self, step: Step, person: int) -> Asked:
        """What is to be asked for the verdict on a person who must will the event; worked out once."""
        key = (step.number, person)
        if key not in self._asked:
            self._asked[key] = asked(self, step, person)
        return self._asked[key]

    def judge_all(self, person: int) -> None:
        """Every verdict on a person (what is given apart) is looked for: what any other question about the person's motives comes after."""
        for step, willing in self.willed:
            if willing == person and step.number > self.given:
                self.verdict(step, person)

    @property
    def before(self) -> list[Run]:
        """The readings that are judged before this one, in their order."""
        return [] if self.previous is None else [*self.previous.before, self.previous]

    @property
    def willed(self) -> list[tuple[Step, int]]:
        """Every event that has happened with each person who must will it, in the order of the story."""
        return [(step, person) for step in self.steps for person in step.willing]

    def told_after(self, moment: int) -> list[int]:
        """What the telling goes on with after `moment` events, as those who will it mean it."""
        return [step.meant for step in self.steps[moment:]]

    def wanted(self, index: int) -> tuple[str, str, str | None]:
        """Whose a want is, what it asks for, and the condition under which it counts (None: always), for the engine; written down
        once."""
        if index not in self._wanted:
            want = self.world.problem["wants"][index]
            during = want.get("during")
            self._wanted[index] = (
                json.dumps(want["who"]),
                json.dumps(want["what"]),
                None if during is None else json.dumps(during),
            )
        return self._wanted[index]

    @property
    def deaths(self) -> dict[int, list[object]]:
        """Facts of one person that say that somebody is dead, with the values that say so."""
        if self._deaths is None:
            self._deaths = facts_of_death(self)
        return self._deaths

    def needs_of(self, action: int) -> list[str]:
        """The conditions of an action, for the engine; written down once."""
        if action not in self._needs:
            needs = self.world.actions[action].needs
            self._needs[action] = [json.dumps(need.expr) for need in needs]
        return self._needs[action]

    def fluents_of(self, facts: frozenset[int]) -> frozenset[int]:
        """All fluents of some facts; looked up once."""
        if facts not in self._fluents:
            ranges = [range(*self.engine.fluents(fact)) for fact in facts]
            self._fluents[facts] = frozenset(joined.from_iterable(ranges))
        return self._fluents[facts]

    def condition(self, expected: Expected) -> Any | None:
        """The condition of an `expect` line for the engine; None if it has none, or one that means
        nothing."""
        from intrigue.world.conditions import resolve

        if expected.expect.condition is None:
            return None
        expr, problems = resolve(self.world, expected.expect.condition)
        return None if problems else expr

    def person(self, name: tree.Name) -> int | None:
        """The person of this name."""
        atom = self.world.tables.atom_named.get(key(name.text))
        return atom.id if atom is not None and atom.id in self.world.persons else None

    def mind(self, moment: int, chain: Sequence[int]) -> int:
        """The state that the last person of the chain holds, as the one before takes it, ..., after
        `moment` events."""
        state = self.states[moment]
        for person in chain:
            state = self.engine.believed(state, person)
        return state

    def since(self, moment: int, chain: Sequence[int], fluent: int) -> Step | None:
        """The event that last made the fluent, in that mind, what it is after `moment` events.
        None: so from the start."""
        value = self.engine.value(self.mind(moment, chain), fluent)
        for step in reversed(self.steps[:moment]):
            if self.engine.value(self.mind(step.number - 1, chain), fluent) != value:
                return step
        return None

    def knowing(self, moment: int, fluent: int) -> list[int]:
        """The persons who take the fluent to be what it truly is; none where that is unknown."""
        state = self.states[moment]
        value = self.engine.value(state, fluent)
        if is_unknown(value):
            return []
        return [
            person
            for person in self.world.persons
            if self.engine.value(self.engine.believed(state, person), fluent) == value
        ]

    def steps_of(self, scene: tree.Scene) -> list[Step]:
        """The events told in the scene."""
        return [step for step in self.steps if step.scene is scene]

    def meant(self, event: int) -> int:
        """What those who will an event have in mind: itself, unless it is an outcome that nobody meant."""
        number, args = self.engine.event_of(event)
        action = self.world.actions[number]
        if action.meant is None:
            return event
        intended = self.world.actions[action.meant]
        return self.engine.event(action.meant, args[: len(intended.params)])

    def words(self, step: Step) -> str:
        """A told event in the author's words; as a sentence of its action where a formula stands in them."""
        told = " ".join(step.told.sentence.text.rstrip(" .!。").split())
        return self.sentence(step.event) if "(" in told else told

    def sentence(self, event: int) -> str:
        """An event as a sentence, by the first pattern of its action."""
        from intrigue.world.sentences import tell

        action, args = self.engine.event_of(event)
        return tell(self.world, action, tuple(args))


def readings(world: World) -> list[str | None]:
    """The readings in which a story is to be checked; `[None]` if it has only one."""
    named = dict.fromkeys(scene.reading.text for scene in world.telling if scene.reading)
    return list(named) or [None]


def play(
    world: World, engine: Engine, names: Names, motives: Motives, reading: str | None = None
) -> Run:
    """Plays the scenes of one reading, and all that belong to none."""
    scenes = tuple(s for s in world.telling if s.reading is None or s.reading.text == reading)
    layout = lay_out(world, scenes)
    run = Run(world, engine, names, motives, reading, scenes, layout, [engine.start()])
    run.findings += layout.blocks.idle
    before: dict[int, int] = {}
    for told in layout.order:
        before[told] = len(run.steps)
        scene, line = layout.blocks.lines[told]
        _tell(run, scene, line, told + 1)
    for expect, scene, told, comes in layout.expected:
        # a sentence that could not be played stands for no event
        moment = before.get(told, 0)
        if comes == "after" and moment < len(run.steps) and run.steps[moment].told_at == told + 1:
            moment += 1
        run.expected.append(Expected(expect, scene, moment))
    return run


def _tell(run: Run, scene: tree.Scene, told: tree.Told, told_at: int) -> None:
    """Plays one sentence."""
    from intrigue._engine import EventError, TriggerLoopError

    understood = understand(run.world, run.engine, run.states[-1], told.sentence)
    if understood.problem is not None:
        run.findings.append(Finding(understood.problem, scene, told))
    if understood.event is None:
        return
    try:
        step = _step(run, scene, told, told_at, understood.event)
    except EventError as error:
        run.findings.append(Finding(_contradiction(run, told, error), scene, told))
        run.left_out.append(understood.event)
        return
    except TriggerLoopError as error:
        run.findings.append(
            Finding(trigger_loop(run.world, told.sentence.span, error), scene, told)
        )
        run.left_out.append(understood.event)
        return
    run.steps.append(step)
    run.states.append(step.after)


def _step(run: Run, scene: tree.Scene, told: tree.Told, told_at: int, event: int) -> Step:
    engine, state = run.engine, run.states[-1]
    number, args = engine.event_of(event)
    action = run.world.actions[number]
    meant = run.meant(event)
    failing = engine.failing(state, event)
    return Step(
        number=len(run.steps) + 1,
        told_at=told_at,
        scene=scene,
        told=told,
        action=action,
        args=tuple(args),
        event=event,
        meant=meant,
        before=state,
        after=taken_place(engine, state, event, failing),
        failing=tuple(failing),
        willing=tuple(engine.willing(state, meant)),
    )


def _contradiction(run: Run, told: tree.Told, error: Exception) -> Diagnostic:
    """The effects of one event give one fluent two values."""
    _, fluent, one, other = error.args
    names = run.names
    return Diagnostic(
        "contradictory-effects",
        told.sentence.span,
        {"sentence": told.sentence.text, "fluent": names.fluent(fluent)},
        label=f"would make it {names.value(one)} and {names.value(other)} at once",
        notes=(Note("the event is left out, and the story goes on without it"),),
        repair="let the two effects exclude each other with `if`, or drop one of them",
    )


def trigger_loop(world: World, span: Span | None, error: Exception) -> Diagnostic:
    """Triggers that set each other off for ever. `span`: the sentence, None for the opening."""
    from intrigue.grounding.names import Names

    _, cycle = error.args
    code, repair = (
        "trigger-loop",
        "add to the `when` of one of them what its own effect makes untrue",
    )
    if span is None:
        code = "restless-start"
        repair = f"change what the cast and `start` say of them, or {repair}"
        span = world.trigger_spans[cycle[0][0]] if cycle else world.files[-1].span
    members = [
        f"{world.triggers[index]}({', '.join(world.atoms[a].name for a in args)})"
        for index, args in cycle
    ]
    names = Names(world)
    whens = {index: (world.problem["triggers"][index]["when"], args) for index, args in cycle}
    return Diagnostic(
        code,
        span,
        {"triggers": ", ".join(dict.fromkeys(members))},
        label="sets them off",
        notes=tuple(
            Note(
                f"`{world.triggers[index]}` belongs to the circle: it fires when {names.describe(when, args)}",
                world.trigger_spans[index],
            )
            for index, (when, args) in whens.items()
        ),
        repair=repair,
    )

"""Events played again from another state: what a cut leaves, what follows from a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intrigue.story.run import Run, Step
from intrigue.story.understand import taken_place, understand


def replay(run: Run, state: int, steps: Iterable[Step], keep: Sequence[Step] = ()) -> Run:
    """A run of the events that are kept, as they were, and then of others, played from a state.

    An event that is not possible takes effect all the same, as in a telling. Where its sentence leaves something out, it is the
    event that the sentence tells in the new state, if that is possible. What could not take place at all is left out. Steps are
    numbered anew; `told_at` says which they are.
    """
    from intrigue._engine import EventError, TriggerLoopError

    states = [*run.states[: len(keep)], state]
    again = Run(
        run.world,
        run.engine,
        run.names,
        run.motives,
        run.reading,
        run.scenes,
        run.layout,
        states,
        list(keep),
    )
    for step in steps:
        number = len(again.steps) + 1
        if states[-1] == step.before:
            # as told: what follows from here is known
            again.steps.append(replace(step, number=number))
            states.append(step.after)
            continue
        try:
            played = _again(run, states[-1], step, number)
        except (EventError, TriggerLoopError):
            again.left_out.append(step.event)
            continue
        again.steps.append(played)
        states.append(played.after)
    played_at = [step.told_at for step in again.steps]
    for expected in run.expected:
        before = {step.told_at for step in run.steps[: expected.moment]}
        moment = sum(told_at in before for told_at in played_at)
        again.expected.append(replace(expected, moment=moment))
    return again


def _again(run: Run, state: int, step: Step, number: int) -> Step:
    """The same sentence in another state."""
    engine = run.engine
    event, meant, action = step.event, step.meant, step.action
    failing = engine.failing(state, event)
    if failing and not step.failing:
        other = understand(run.world, engine, state, step.told.sentence)
        if other.possible and other.event is not None:
            event = other.event
            action = run.world.actions[engine.event_of(event)[0]]
            meant = run.meant(event)
            failing = []
    return replace(
        step,
        number=number,
        action=action,
        args=tuple(engine.event_of(event)[1]),
        event=event,
        meant=meant,
        before=state,
        after=taken_place(engine, state, event, failing),
        failing=tuple(failing),
        willing=tuple(engine.willing(state, meant)),
    )

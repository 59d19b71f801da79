"""why-not-simply: somebody goes a long way to something that one other act would have brought at
once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from intrigue.diagnostics.diagnostic import Diagnostic, Note
from intrigue.story.arithmetic import affected, imagined
from intrigue.story.causes import possible_events
from intrigue.story.findings import Finding
from intrigue.story.run import Run
from intrigue.story.understand import supposed
from intrigue.story.verdicts import Verdict

_LONG = 3
"""A plan of fewer events is not called long."""
_MOST_TRIED = 200


def shortcuts(run: Run) -> Iterator[Finding]:
    """One finding for each motive of three and more events, where one event that the person can do
    alone does as well."""
    for step in run.steps:
        for verdict in run.verdicts(step):
            if verdict.kind != "found" or verdict.claim or len(verdict.motive["plan"]) < _LONG:
                continue
            shorter = _shorter(run, verdict)
            if shorter is None:
                continue
            name = run.world.atoms[verdict.person].name
            plan = "; ".join(run.sentence(part["event"]) for part in verdict.motive["plan"])
            yield Finding(
                Diagnostic(
                    "why-not-simply",
                    step.told.sentence.span,
                    {
                        "person": name,
                        "event": run.words(step),
                        "shorter": run.sentence(shorter),
                    },
                    label=f"{run.names.does(verdict.person, 'has')} a shorter way",
                    notes=(Note(f"the plan found: {plan}"),),
                    repair=f"let something stand in the way of: {run.sentence(shorter)}",
                ),
                step.scene,
                step.told,
            )


def _shorter(run: Run, verdict: Verdict) -> int | None:
    """An event that the person alone must will, after which the person is as well off as after the
    whole plan, and has by it all that the plan was for."""
    engine, person = run.engine, verdict.person
    mind = engine.believed(verdict.step.before, person)
    goal = verdict.motive["gain"][1]
    end = imagined(engine, person, mind, [part["event"] for part in verdict.motive["plan"]])
    purpose = {want: gain for want, gain in affected(engine, person, mind, end).items() if gain > 0}
    wanted = frozenset().union(
        *(want.reads for want in run.world.wants if want.who in (None, person))
    )
    for event in islice(possible_events(run, mind, wanted), _MOST_TRIED):
        if event == verdict.step.meant or engine.willing(mind, event) != [person]:
            continue
        after = supposed(engine, mind, event, person)
        if after is None:
            continue
        utility = engine.utility(after, person)
        if utility is None or utility < goal:
            continue
        gains = affected(engine, person, mind, after)
        if all(gains.get(want, 0.0) >= gain for want, gain in purpose.items()):
            return event
    return None

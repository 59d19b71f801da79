"""What the audience knows: it sees the events in the order of the telling, whatever order they happen in.

The audience knows at the beginning what everybody knows, and none of the secrets. An event that is told shows it what the
event changes, what its conditions rest on, and what somebody in it finds out. Where it knows what a person does not, there is
dramatic irony; where a person knows what it does not, a mystery; where it is shown that something was otherwise than it had to
take it, a surprise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from intrigue.grounding.names import is_unknown
from intrigue.records import dataclass
from intrigue.story.death import died
from intrigue.story.moments import is_end, moment

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run, Step

_MOST = 40
"""How many findings of a sort are printed; plain data has them all."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact which somebody takes otherwise than it is: a person (irony) or the audience (mystery).

    `truth`, `taken`: in words; `taken` is empty where nothing is known. `who`: the persons who are wrong or ignorant (irony),
    or who know (mystery).
    """

    fact: str
    truth: str
    taken: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surprise:
    """An event that shows the audience what has been so already. `taken` is empty where the audience did not know it."""

    told_at: int
    event: str
    fact: str
    truth: str
    taken: str


@dataclass(frozen=True, slots=True)
class View:
    """The audience at a moment of the telling, beside the persons."""

    moment: str
    irony: tuple[Gap, ...]
    mystery: tuple[Gap, ...]
    surprises: tuple[Surprise, ...]

    def __str__(self) -> str:
        lines = [f"{self.moment}:", "", "the audience knows, they do not (dramatic irony)"]
        for gap in self.irony[:_MOST]:
            who = ", ".join(gap.who)
            lines.append(
                f"  {gap.fact} is {gap.truth}; {f'taken to be {gap.taken} by' if gap.taken else 'not known to'} {who}"
            )
        lines += _more(len(self.irony))
        lines += ["", "they know, the audience does not (mystery)"]
        for gap in self.mystery[:_MOST]:
            known = f"{gap.fact} is {gap.truth}; known to {', '.join(gap.who)}"
            lines.append(
                f"  {known}{f'; the audience takes it to be {gap.taken}' if gap.taken else ''}"
            )
        lines += _more(len(self.mystery))
        lines += ["", "shown so far to have been otherwise than the audience could know (surprise)"]
        for each in self.surprises[:_MOST]:
            taken = f", taken to be {each.taken}" if each.taken else ", a secret"
            lines.append(f"  {each.told_at}. {each.event}: {each.fact} is {each.truth}{taken}")
        lines += _more(len(self.surprises))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""

        def gaps(those: tuple[Gap, ...]) -> list[dict[str, object]]:
            return [
                {"fact": g.fact, "truth": g.truth, "taken": g.taken or None, "who": list(g.who)}
                for g in those
            ]

        return {
            "moment": self.moment,
            "irony": gaps(self.irony),
            "mystery": gaps(self.mystery),
            "surprises": [
                {
                    "told_at": s.told_at,
                    "event": s.event,
                    "fact": s.fact,
                    "truth": s.truth,
                    "taken": s.taken or None,
                }
                for s in self.surprises
            ],
        }


class Audience:
    """Follows a telling. What it takes a fluent to be is asked for a moment of the telling and one of the story."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.told = sorted(run.steps, key=lambda step: step.told_at)
        start = run.states[0]
        values = run.engine.values(start)
        minds = [run.engine.values(run.engine.believed(start, p)) for p in run.world.persons]
        self._open = [all(mind[f] == value for mind in minds) for f, value in enumerate(values)]
        self._seen: dict[int, list[tuple[int, int]]] = {}
        """For each fluent the events that show it: (number in the telling, number in the story)."""
        for at, step in enumerate(self.told):
            for fluent in _shown(run, step):
                self._seen.setdefault(fluent, []).append((at, step.number))

    def takes(self, fluent: int, told: int, now: int) -> Value:
        """What it takes the fluent to be after `now` events of the story, `told` of which have been told; "unknown" if it
        cannot know."""
        shown = [number for at, number in self._seen.get(fluent, ()) if at < told and number <= now]
        if shown:
            return self.run.engine.value(self.run.states[max(shown)], fluent)
        if fluent < len(self._open) and not self._open[fluent]:
            return "unknown"
        return self.run.engine.value(self.run.states[0], fluent)

    def place(self, now: int, at: str | int | None) -> int:
        """How many events have been told when the audience has seen the event after which `now` events of the story have happened; at
        the end, which may be told before a flashback, all."""
        if is_end(at):
            return len(self.told)
        if now == 0:
            return 0
        step = self.run.steps[now - 1]
        return self.told.index(step) + 1

    def view(self, told: int, now: int) -> View:
        """Beside what the persons take to be so."""
        run, engine = self.run, self.run.engine
        truth = engine.values(run.states[now])
        minds = {p: engine.values(engine.believed(run.states[now], p)) for p in run.world.persons}
        # those who do nothing are nobody's dupes
        acting = {person for step in run.steps for person in step.willing}
        irony: dict[tuple[int, str], list[int]] = {}
        mystery: list[Gap] = []
        for fluent, true in enumerate(truth):
            if is_unknown(true):
                continue  # known to nobody
            taken = self.takes(fluent, told, now)
            if taken == true:
                for person, mind in minds.items():
                    if person in acting and mind[fluent] != true:
                        words = (
                            ""
                            if is_unknown(mind[fluent])
                            else run.names.value_of(fluent, mind[fluent])
                        )
                        irony.setdefault((fluent, words), []).append(person)
            elif who := [p for p, mind in minds.items() if mind[fluent] == true]:
                said = "" if is_unknown(taken) else run.names.value_of(fluent, taken)
                fact = run.names.fluent(fluent)
                mystery.append(Gap(fact, run.names.value_of(fluent, true), said, self._names(who)))
        ranked = sorted(irony.items(), key=lambda each: self._weight(*each))
        gaps = [
            Gap(run.names.fluent(f), run.names.value_of(f, truth[f]), words, self._names(who))
            for (f, words), who in ranked
        ]
        when = "at the start" if not told else f"after event {now}: {run.words(run.steps[now - 1])}"
        surprises = tuple(s for step in self.told[:told] for s in self._surprises(step))
        return View(when, tuple(gaps), tuple(mystery), surprises)

    def course(self, fluents: Iterable[int]) -> Iterator[tuple[int, int, list[Surprise]]]:
        """For each moment of the telling, the opening first, of these fluents: how often some acting person has one otherwise than the
        audience rightly has it, how many somebody knows and the audience does not, and what the event told last shows to have been
        otherwise than the audience could know."""
        run, engine = self.run, self.run.engine
        acting = dict.fromkeys(person for step in run.steps for person in step.willing)
        fluents = list(fluents)
        names = {run.names.fluent(fluent) for fluent in fluents}
        deaths = {person: died(run, person) for person in run.world.persons}
        for told in range(len(self.told) + 1):
            now = self.told[told - 1].number if told else 0
            state = run.states[now]
            minds = {
                person: engine.believed(state, person)
                for person, death in deaths.items()
                if death is None or now < death
            }
            irony = mystery = 0
            for fluent in fluents:
                true, taken = engine.value(state, fluent), self.takes(fluent, told, now)
                if is_unknown(true):
                    continue  # known to nobody
                held = {person: engine.value(mind, fluent) for person, mind in minds.items()}
                if taken == true:
                    irony += sum(held[p] != true for p in acting if p in held)
                else:
                    mystery += true in held.values()
            surprises = self._surprises(self.told[told - 1]) if told else []
            yield irony, mystery, [each for each in surprises if each.fact in names]

    def _weight(self, gap: tuple[int, str], who: list[int]) -> tuple[bool, bool, int]:
        """Who is wrong comes before who does not know, what is about themselves before the rest, few before many."""
        fluent, taken = gap
        _, args = self.run.engine.fluent_of(fluent)
        return not taken, not set(args) & set(who), len(who)

    def _names(self, persons: list[int]) -> tuple[str, ...]:
        return tuple(self.run.world.atoms[person].name for person in persons)

    def _surprises(self, step: Step) -> list[Surprise]:
        """What the event shows to be otherwise than the audience took it, though it did not make it so then."""
        run, at = self.run, self.told.index(step)
        now = max((each.number for each in self.told[:at]), default=0)
        found: list[Surprise] = []
        for fluent in _shown(run, step):
            # a flashback is measured by what has been told of later; else by what was so before the event
            moment = now if step.number < now else step.number - 1
            before = self.takes(fluent, at, moment)
            later = step.number < now
            after = (
                self.takes(fluent, at + 1, now) if later else run.engine.value(step.before, fluent)
            )
            if before != after and not is_unknown(after):
                found.append(
                    Surprise(
                        at + 1,
                        run.words(step),
                        run.names.fluent(fluent),
                        run.names.value_of(fluent, after),
                        "" if is_unknown(before) else run.names.value_of(fluent, before),
                    )
                )
        return found


def view(run: Run, at: str | int | None) -> View:
    """The audience at a moment. Raises StoryError if there is no such moment."""
    audience = Audience(run)
    now = moment(run, at)
    return audience.view(audience.place(now, at), now)


def known(
    run: Run,
    truth: Value | None,
    chains: list[tuple[list[int], int]],
    now: int,
    at: str | int | None,
) -> bool | None:
    """Whether the audience knows `truth` at a moment, `now` events into the story: whether it knows everything that is read for it;
    None if that is in somebody's mind."""
    if any(chain for chain, _ in chains):
        return None
    if is_unknown(truth):
        return False  # known to nobody
    audience = Audience(run)
    told = audience.place(now, at)
    state = run.states[now]
    return all(audience.takes(f, told, now) == run.engine.value(state, f) for _, f in chains)


def _shown(run: Run, step: Step) -> list[int]:
    """What an event shows who watches it."""
    engine = run.engine
    shown = dict.fromkeys(engine.changed(step.before, step.after))
    for need in step.action.needs:
        for chain, fluent in engine.reads(step.before, json.dumps(need.expr), list(step.args)):
            if not chain:
                shown[fluent] = None
    for person in run.world.persons:
        before, after = engine.believed(step.before, person), engine.believed(step.after, person)
        if before != after:
            for fluent in engine.changed(before, after):
                if engine.value(after, fluent) == engine.value(step.after, fluent):
                    shown[fluent] = None
    return list(shown)


def _more(number: int) -> list[str]:
    if number == 0:
        return ["  nothing"]
    return [f"  and {number - _MOST} more"] if number > _MOST else []

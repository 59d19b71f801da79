"""What if: the telling with something forced, forbidden, changed or believed at a moment, and how it goes on."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import count
from typing import TYPE_CHECKING

from intrigue.arguments import texts
from intrigue.diagnostics.catalogue import severity
from intrigue.diagnostics.diagnostic import Diagnostic, Severity, Source
from intrigue.diagnostics.suggest import nearest
from intrigue.grounding.border import atom_of
from intrigue.grounding.names import Names, quoted
from intrigue.language import tree
from intrigue.language.expressions import parse_expression
from intrigue.language.parse import parse
from intrigue.records import dataclass
from intrigue.story.checks.time import new_troubles
from intrigue.story.compare import NOTHING_BREAKS, Changes, Comparison
from intrigue.story.edited import NOWHERE, Telling, span_of, told_line
from intrigue.story.moments import moment, steps_at
from intrigue.story.story import Story, StoryError, rewritten
from intrigue.world import check
from intrigue.world.conditions import resolve
from intrigue.world.patterns import agreeing

if TYPE_CHECKING:
    from intrigue.story.motives import Limits
    from intrigue.story.run import Run, Step
    from intrigue.world.model import World
    from intrigue.world.sentences import Reading


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be otherwise, after a moment. `force`, `instead`: sentences; `forbid`: what `steps_at` takes, or a sentence;
    `set`: effects (`where(Li) = the church`); `believe`: `PERSON: EFFECT`; `outcome`: the name of an outcome of the event at
    the moment (`meant` for the one that was meant). Of the first four there may be one or several.

    Raises TypeError for what is no text, ValueError where nothing is to be otherwise, or an event twice.
    """

    force: str | Iterable[str] = ()
    forbid: str | int | Iterable[str | int] = ()
    set: str | Iterable[str] = ()
    believe: str | Iterable[str] = ()
    instead: str | None = None
    outcome: str | None = None

    def __post_init__(self) -> None:
        for name in ("force", "set", "believe"):
            object.__setattr__(self, name, texts(getattr(self, name), name))
        object.__setattr__(self, "forbid", self.forbidden)
        names = self.__match_args__
        if not any(getattr(self, name) for name in names):
            raise ValueError(f"change something: {', '.join(names)}")
        if self.instead and self.outcome:
            raise ValueError("tell either instead or outcome")

    @property
    def forbidden(self) -> tuple[str, ...]:
        """What is forbidden, each as a text."""
        return texts(self.forbid, "forbid", int)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How it goes on. `text`: the story file with the change in it; `at`: how many events happen in it before the first that
    breaks (all if none does)."""

    supposed: tuple[str, ...]
    when: str
    changes: Changes
    inserted: tuple[tuple[str, tuple[str, ...]], ...]
    """Events that were put in, each with its conditions that do not hold there."""

    undone: tuple[str, ...]
    """What was to be so or believed and is not for a moment, and why, in words."""

    at: int
    broken: int | None
    """The number, as told, of the first event of the rest that breaks; None if all can go on."""

    breaks: str
    """That event, and why it breaks; empty if none does."""

    times: tuple[str, ...]
    """What is said of time and cannot be kept any more: deadlines that are missed now, and the like, each with by how much."""

    text: str
    base: Story

    @property
    def story(self) -> Story:
        """The telling with the change in it, as a story like any other."""
        return rewritten(self.base.world, self.text)

    def __str__(self) -> str:
        lines = [f"What if, {self.when}: {'; '.join(self.supposed)}?"]
        for sentence, failing in self.inserted:
            if failing:
                lines.append(
                    f"  by force: {sentence}, although this does not hold: {'; '.join(failing)}"
                )
        lines += [f"  undone at once: {each}" for each in self.undone]
        if self.breaks:
            lines.append(f"  first break: {self.breaks}")
        elif not self.times:
            lines.append("  all that is told can go on")
        lines += [f"  time: {each}" for each in self.times]
        return "\n".join(
            [*lines, *(line for line in self.changes.lines() if line != NOTHING_BREAKS)]
        )

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "supposed": list(self.supposed),
            "when": self.when,
            "first_break": self.breaks or None,
            "forced": [{"event": s, "failing": list(f)} for s, f in self.inserted],
            "undone": list(self.undone),
            "times": list(self.times),
            **self.changes.to_dict(),
        }


def whatif(
    story: Story, at: str | int, change: Change, reading: str | None, limits: Limits | None
) -> WhatIf:
    """Plays the telling with the change. Raises StoryError if the moment, an event or a fact means nothing."""
    acts, supposed = _acts(story.world, change)
    base = _with_acts(story, acts) if acts else story
    run = base.run(reading, limits)
    now = moment(run, at)
    when = f"after event {now}, {run.words(run.steps[now - 1])}" if now else "at the start"
    telling = Telling(base, run)
    sentences = [f"{name}()" for name, _, _ in acts]
    for sentence in change.force:
        _understood(run, sentence)
        supposed.append(sentence.strip().rstrip("."))
    if change.outcome is not None or change.instead is not None:
        steps = steps_at(run, at)
        step = steps[-1]
        sentence = change.instead or _outcome(run, step, change.outcome or "")
        _understood(run, sentence)
        telling.replace(step, sentence)
        supposed.append(f"instead: {sentence.strip().rstrip('.')}")
        when = f"at event {step.number}, {run.words(step)}"
    for forbidden in change.forbidden:
        for step in _forbidden(run, forbidden, now):
            telling.remove(step)
        supposed.append(f"not: {forbidden.strip().rstrip('.')}")
    telling.insert(run.steps[now - 1] if now else None, [*sentences, *change.force])
    again = telling.run(base, limits)
    put_in = [f.diagnostic for f in again.findings if _is_put_in(f.line)]
    # what could not take place at all is left out: that is no answer to what comes of it
    _raise_errors([dataclasses.replace(each, notes=()) for each in put_in])
    compared = Comparison(run, run.motives).changes(again)
    told = {id(step.told) for step in run.steps}
    inserted = tuple(
        (again.words(step), _failing(again, step))
        for step in again.steps
        if id(step.told) not in told and not step.action.name.startswith(_PREFIX)
    )
    last, broken, breaks = _first_break(run, again, compared)
    undone = tuple(_undone(again, acts, supposed))
    text = f"{telling.text.rstrip()}\n\n{_declared(acts)}"
    return WhatIf(
        tuple(supposed),
        when,
        compared,
        inserted,
        undone,
        last,
        broken,
        breaks,
        tuple(new_troubles(run, again)),
        text,
        story,
    )


def _is_put_in(line: object) -> bool:
    """Whether a line of a telling is none of the author's."""
    return isinstance(line, tree.Told) and line.span.source.path == NOWHERE


# ------------------------------------------------------------ what is put in

_PREFIX = "what_if_"
_EFFECT_REPAIR = (
    "say what is to be so: `where(Li) = the church`, `Li is at the church`, `not armed(Li)`; "
    "of a fact with many values, which it has instead"
)
Act = tuple[str, str, str]
"""An action of the author's: its name, its effect, who sees it."""


def _acts(world: World, change: Change) -> tuple[list[Act], list[str]]:
    """An action for each fact that is set, and each belief."""
    acts: list[Act] = []
    supposed: list[str] = []
    # the story may be a supposition itself
    before = sum(action.name.startswith(_PREFIX) for action in world.actions)
    names = (f"{_PREFIX}{number}" for number in count(before + 1))
    for effect in change.set:
        acts.append((next(names), _as_effect(world, effect), "anyone"))
        supposed.append(effect)
    for belief in change.believe:
        person, colon, effect = belief.partition(":")
        if not colon or not person.strip() or not effect.strip():
            raise StoryError(
                [
                    Diagnostic(
                        "unexpected-token",
                        span_of(belief),
                        {"expected": "`PERSON: FACT`", "found": f"`{belief}`"},
                        label="who, and what?",
                        repair="write for example `Li: where(Ah Jong) = the church`",
                    )
                ]
            )
        said = _as_effect(world, effect)
        denied = said.startswith("not ")
        said = f"{said.removeprefix('not ').strip()} = no" if denied else said
        acts.append((next(names), f"{person.strip()} believes {said}", "nobody"))
        supposed.append(f"{person.strip()} believes {effect.strip()}")
    return acts, supposed


def _as_effect(world: World, text: str) -> str:
    """What is to be so, as an effect: a phrase (`Kit is dead`) is put into the fact that it speaks of; anything else stays."""
    said = text.strip()
    rest = said.removeprefix("not ").strip()
    denied = rest != said
    expression, problems = parse_expression(Source(NOWHERE, rest))
    if problems or expression is None or "=" in rest:
        return said
    expr, _ = resolve(world, expression)
    if isinstance(expr, dict) and "not" in expr:  # `Li is not armed`
        denied, expr = not denied, expr["not"]
    place, value = expr["eq"] if isinstance(expr, dict) and "eq" in expr else (expr, None)
    if not isinstance(place, dict) or "fact" not in place or (denied and value is not None):
        return said
    fact, args = place["fact"]
    names, atoms = Names(world), [atom_of(arg) for arg in (*args, *([value] if value else []))]
    known = [atom for atom in atoms if atom is not None]
    if len(known) < len(atoms):
        return said
    fluent = names.of_fact(fact, known[: len(args)])
    if value is not None:
        return f"{fluent} = {quoted(names.atom(known[-1]))}"
    return f"not {fluent}" if denied else fluent


def _undone(again: Run, acts: Sequence[Act], supposed: Sequence[str]) -> Iterator[str]:
    """What is put in and does not last: what somebody sees, or a rule, says otherwise at once."""
    names = {step.action.name: step for step in again.steps}
    for (name, effect, _), said in zip(acts, supposed, strict=False):
        expression, problems = parse_expression(Source(NOWHERE, effect))
        expr = None if problems or expression is None else resolve(again.world, expression)[0]
        if expr is None:
            continue
        step, last, asked = names[name], names[acts[-1][0]], json.dumps(expr)
        now = last.after
        if again.engine.evaluate(now, asked, []) is True:
            continue
        held = again.engine.evaluate(step.after, asked, []) is True
        for chain, fluent in again.engine.reads(now, asked, [])[:1]:
            fact = again.world.facts[again.engine.fluent_of(fluent)[0]]
            who = again.names.does(chain[-1], "sees") if chain else ""
            why = f"{who} otherwise" if who and fact.visible else "by a rule of the world"
            why = "by what is changed with it" if held else why
            mind = again.mind(last.number, tuple(chain))
            value = again.names.value_of(fluent, again.engine.value(mind, fluent))
            yield f"{said} ({why}: {again.names.fluent(fluent)} is {value})"


def _with_acts(story: Story, acts: Sequence[Act]) -> Story:
    """The story with these actions among its rules."""
    *included, told = story.world.files
    file, problems = parse(Source(NOWHERE, f"world What if\n{_declared(acts)}"))
    _raise_errors(
        [
            dataclasses.replace(each, repair=each.repair or _EFFECT_REPAIR)
            if each.code == "unexpected-token"
            else each
            for each in problems
        ]
    )
    world, problems = check([*included, file, told])
    if world is None:
        own = [p for p in problems if p.span and p.span.source is file.span.source]
        raise StoryError(own or problems)
    return Story(dataclasses.replace(world, telling=story.world.telling), story.diagnostics)


def _declared(acts: Sequence[Act]) -> str:
    return "".join(
        f"action {name}()\n  fate\n  seen by {seen}\n  makes {' '.join(effect.split())}\n"
        for name, effect, seen in acts
    )


def _raise_errors(problems: Sequence[Diagnostic]) -> None:
    if any(severity(each.code) is Severity.ERROR for each in problems):
        raise StoryError(problems)


# ---------------------------------------------------------- what it refers to


def _understood(run: Run, sentence: str) -> None:
    """Raises StoryError if nobody understands the sentence."""
    from intrigue.world.sentences import match, unknown_sentence

    told = told_line(sentence).sentence
    if not match(run.world, told.text):
        raise StoryError([unknown_sentence(run.world, told)])


def _forbidden(run: Run, forbidden: str, now: int) -> list[Step]:
    """The events after a moment that are meant: by number, `[n]`, scene, or by a sentence that tells them."""
    from intrigue.world.sentences import match

    readings = match(run.world, told_line(forbidden).sentence.text)
    steps = [step for step in run.steps if any(_tells(reading, step) for reading in readings)]
    if not readings:
        steps = steps_at(run, forbidden)
    later = [step for step in steps if step.number > now]
    if not later:
        words = {"now": str(now), "forbidden": forbidden.strip()}
        repair = "nothing in the telling says that"
        if steps:
            told = ", ".join(str(step.number) for step in steps)
            before = min(step.number for step in steps) - 1
            repair = f"it is told as event {told}: ask from a moment before it, as `--at {before or 'start'}`"
        raise StoryError([Diagnostic("nothing-to-forbid", None, words, repair=repair)])
    return later


def _tells(reading: Reading, step: Step) -> bool:
    return reading.action == step.action.id and all(
        told is None or told == arg for told, arg in zip(reading.args, step.args, strict=True)
    )


def _outcome(run: Run, step: Step, name: str) -> str:
    """A sentence that tells another outcome of the same act. What else it needs is found where it is told."""
    meant = step.action.meant if step.action.meant is not None else step.action.id
    outcomes = {run.world.actions[meant].name: meant, "meant": meant}
    for action in run.world.actions:
        if action.meant == meant:
            outcomes[action.name.rpartition(" or else ")[2]] = action.id
    if name not in outcomes:
        like = nearest(name, outcomes)
        raise StoryError(
            [
                Diagnostic(
                    "unknown-name",
                    None,
                    {"sort": "outcome", "name": name},
                    repair=f"did you mean `{like}`?"
                    if like
                    else f"its outcomes are: {', '.join(outcomes)}",
                )
            ]
        )
    action = run.world.actions[outcomes[name]]
    shared = len(run.world.actions[meant].params)
    args: list[int | None] = [*step.args[:shared], *[None] * (len(action.params) - shared)]
    found = run.engine.candidates(step.before, action.id, args)
    if found:
        return run.sentence(found[0])
    raise StoryError(
        [
            Diagnostic(
                "impossible-event",
                None,
                {"event": action.name},
                repair="no such outcome is possible there; tell one with --instead",
            )
        ]
    )


def _failing(run: Run, step: Step) -> tuple[str, ...]:
    return tuple(
        run.names.filled_in(step.action.needs[index].span, step.action.params, list(step.args))
        for index in step.failing
    )


def _first_break(run: Run, again: Run, changes: Changes) -> tuple[int, int | None, str]:
    """How many events of the changed telling stand before the first that breaks, its number as told, and what breaks."""
    broken = {
        each.number: f"{each.event}: {'; '.join(each.conditions)}" for each in changes.impossible
    }
    many = {run.world.atoms[group].name for group in run.world.tables.groups}
    for reason in changes.lost:
        have = agreeing("has", plural=reason.person in many)
        broken.setdefault(reason.number, f"{reason.event}: {reason.person} {have} no motive")
    if not broken:
        return len(again.steps), None, ""
    first = min(broken)
    told = run.steps[first - 1].told
    number = next(step.number for step in again.steps if step.told is told)
    return number - 1, first, f"event {first}, {broken[first]}"

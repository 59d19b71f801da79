"""A story that was planned: a `Story` like any other, with the reasons of everybody in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.diagnostic import Source
from intrigue.english import digits
from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.story.checks.time import new_troubles
from intrigue.story.motives import Limits, events_of
from intrigue.story.story import Story
from intrigue.story.understand import understand
from intrigue.story.written import Stays, retold_text, stays

if TYPE_CHECKING:
    from intrigue.planning.goal import Goal
    from intrigue.story.explain import Explanation, Planned, Why
    from intrigue.story.run import Run, Step


_NOWHERE = Path("sentence.story")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a planned story stands the check: by the same code that checks a told one.

    `problems`: what does not hold, in words; `undecided`: motives that were not found again within the effort; `times`: what is said of
    time and cannot be kept, which the search does not look at.
    """

    problems: tuple[str, ...]
    undecided: tuple[str, ...]
    times: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.problems


class PlannedStory(Story):
    """A planned story. What is planned begins after `begins` told events; `worth` is its end's to the author, if that counts.

    `limits` are those under which it was planned; its motives are looked for under them.
    """

    def __init__(
        self,
        base: Story,
        telling: tree.File,
        begins: int,
        goal: Goal,
        worth: float | None,
        limits: Limits,
        stays: Stays,
        reading: str | None,
    ) -> None:
        files = (*base.world.files[:-1], telling)
        world = replace(base.world, telling=telling.scenes, files=files)
        super().__init__(world, base.diagnostics)
        self._motives = base._motives  # what one planned story's check finds out serves the next
        self.base = base
        self.begins = begins
        self.stays = stays
        self.reading = reading
        self.goal = goal
        self.worth = worth
        self.limits = limits
        self.measures: dict[str, float] = {}
        """What the rankings that were asked for say of it, by name."""
        self.problem = base.problem

    def runs(self, limits: Limits | None = None) -> list[Run]:
        """As of any story; under the limits of the plan if none are given. What was told before the plan is given."""
        runs = super().runs(limits or self.limits)
        for run in runs:
            run.given = self.begins
        return runs

    def check(self, limits: Limits | None = None, progress: Any = None) -> Any:
        """As of any story; under the limits of the plan if none are given."""
        return super().check(limits or self.limits, progress)

    @property
    def steps(self) -> list[Step]:
        """The planned events, as played."""
        return self.run().steps[self.begins :]

    @property
    def sentences(self) -> list[str]:
        """The planned events, in the words of the language."""
        return [self.run().sentence(step.event) for step in self.steps]

    @cached_property
    def reasons(self) -> list[Explanation]:
        """Why each planned event happens."""
        from intrigue.story.explain import explain_step

        run = self.run()
        return [explain_step(run, step) for step in run.steps[self.begins :]]

    @cached_property
    def standing(self) -> Standing:
        """Whether every planned event is possible and motivated, and the end is the one that was wanted."""
        run = self.run()
        problems = [finding.diagnostic.code for finding in run.findings]
        undecided: list[str] = []
        for step in self.steps:
            said = run.sentence(step.event)
            if step.failing:
                problems.append(f"not possible: {said}")
            for verdict in run.verdicts(step):
                who = run.world.atoms[verdict.person].name
                if verdict.kind == "undecided":
                    undecided.append(f"{who}: {said}")
                elif verdict.kind != "found":
                    problems.append(f"{who} has no motive: {said}")
        if not self.goal.reached(run.engine, run.states[-1]):
            problems.append(f"the end is not: {self.goal.said}")
        times = new_troubles(self.base.run(self.reading, self.limits), run)
        return Standing(tuple(problems), tuple(undecided), tuple(times))

    def to_text(self) -> str:
        """The story as a file holds it, with the claims that its motives need."""
        claims = [f'"{name}": {said}' for name, said in self._claims()]
        source = self.base.world.files[-1].span.source
        lines = [step.told.sentence.text for step in self.steps]
        return retold_text(source, self.stays, self.world.telling[-1].title, lines, claims)

    def _claims(self) -> list[tuple[str, str]]:
        """Claims and questions that somebody in a motive speaks of, which no sentence of this story tells and the cast does not
        name: what each is called, and what it says."""
        from intrigue.world.claims import in_brackets
        from intrigue.world.sentences import tell_claim

        run = self.run()
        tables = run.world.tables
        told = {arg for step in run.steps for arg in step.args}
        needed: dict[int, None] = {}
        for step in self.steps:
            for verdict in run.verdicts(step):
                for event in events_of(verdict.motive["plan"]):
                    needed.update(dict.fromkeys(run.engine.event_of(event)[1]))
        found = []
        for atom in needed:
            if atom in tables.claims and atom not in told and tables.atoms[atom].span is None:
                word = "question" if tables.claims[atom][2] is None else "claim"
                said = in_brackets(tables.claims[atom], tables)[1:-1]
                name = tell_claim(run.world, atom).strip("()").replace('"', "")
                found.append((name, f"{word} = {said}"))
        return found

    # ---------------------------------------------------------------- shown

    def __str__(self) -> str:
        lines: list[str] = []
        for number, reason in enumerate(self.reasons, 1):
            lines.append(f"{number}. {reason.sentence}")
            for why in reason.whys:
                lines += _why_lines(why, "     ")
        lines += [f"  time: {each}" for each in self.standing.times]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<PlannedStory: {'. '.join(self.sentences)}>"

    def _repr_html_(self) -> str:
        from html import escape

        items = "".join(
            f"<li>{escape(reason.sentence)}<pre style='margin:0 0 .5em 1em'>"
            + escape("\n".join(line for why in reason.whys for line in _why_lines(why, "")))
            + "</pre></li>"
            for reason in self.reasons
        )
        late = "".join(f"<p>time: {escape(each)}</p>" for each in self.standing.times)
        return f"<ol>{items}</ol>{late}"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        run = self.run()
        events = [
            {
                "sentence": reason.sentence,
                "action": step.action.name,
                "arguments": [run.world.atoms[arg].name for arg in step.args],
                "choice": step.action.mode,
                "motives": [_why_dict(why) for why in reason.whys],
            }
            for step, reason in zip(self.steps, self.reasons, strict=True)
        ]
        return {
            "events": events,
            "worth": self.worth,
            "measures": dict(self.measures),
            "undecided": list(self.standing.undecided),
            "times": list(self.standing.times),
            "text": self.to_text(),
        }


def planned_story(
    base: Story,
    begins: int,
    told: Sequence[tuple[int, Sequence[int]]],
    goal: Goal,
    worth: float | None,
    limits: Limits,
    reading: str | None = None,
) -> PlannedStory:
    """The story that goes on, after `begins` told events of a reading, with these: actions with their arguments."""
    from intrigue.language.parse import parse

    run = base.run(reading, limits)
    source = base.world.files[-1].span.source
    before = stays(run, begins)
    state = run.states[begins]
    sentences = []
    for action, args in told:
        event = run.engine.event(action, list(args))
        sentences.append(sentence_of(run, state, event))
        state = run.engine.after(state, event)
    text = retold_text(source, before, goal.title, sentences)
    file, _ = parse(Source(source.path, text))
    return PlannedStory(base, file, begins, goal, worth, limits, before, reading)


def sentence_of(run: Run, state: int, event: int) -> str:
    """A sentence that tells the event here and no other: in the words of its pattern, or by the action's name."""
    said = run.sentence(event)
    action, args = run.engine.event_of(event)
    words = [run.world.atoms[arg].name for arg in args]
    span = run.world.files[-1].span
    understood = understand(run.world, run.engine, state, tree.SentenceText(said, span))
    if understood.event == event and understood.problem is None and _plain(said):
        return said
    return f"{run.world.actions[action].name}({', '.join(words)})"


def _plain(said: str) -> bool:
    """Whether a line with this sentence is read as a sentence: not as an expectation, a mark of time, a comment."""
    from intrigue.language.parse import parse

    file, found = parse(Source(_NOWHERE, f"story s\nscene t\n  {said}.\n"))
    lines = file.scenes[0].lines if file.scenes else ()
    return not found and len(lines) == 1 and isinstance(lines[0], tree.Told)


def _why_lines(why: Why, indent: str) -> list[str]:
    """One person's motive as an indented tree."""
    wants = "; ".join(change.want for change in why.changes if change.amount > 0)
    gain = f"{digits(why.before)} -> {digits(why.after)}"
    if why.kind != "found":
        return [f"{indent}{why.person}: motive {why.kind}"]
    head = f"{indent}{why.person} ({gain}): {wants}" if wants else f"{indent}{why.person} ({gain})"
    lines = [head, *_plan_lines(why.plan[1:], indent + "  | ")]
    lines += [
        f"{indent}  wrong: {belief.says} (it is {belief.truth})"
        for belief in why.beliefs
        if belief.truth is not None
    ]
    return lines


def _plan_lines(plan: Sequence[Planned], indent: str) -> list[str]:
    lines: list[str] = []
    for part in plan:
        lines.append(f"{indent}{part.sentence}")
        for person, nested in part.others:
            lines.append(f"{indent}  {person}, in order to")
            lines += _plan_lines(nested[1:], indent + "    | ")
    return lines


def _why_dict(why: Why) -> dict[str, object]:
    from dataclasses import asdict

    data = asdict(why)
    data.pop("given_up")
    return data

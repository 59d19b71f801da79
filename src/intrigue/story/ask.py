"""Any question about any moment: what holds, what somebody believes, who knows it since when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Literal

from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.grounding.names import is_unknown
from intrigue.records import dataclass
from intrigue.story import audience
from intrigue.story.causes import note_on
from intrigue.story.death import died
from intrigue.story.moments import is_end, moment
from intrigue.story.story import StoryError

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.story.run import Run


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of an expression at a moment. `value`: in words; `because`: what it rests on, since
    when, known to whom."""

    question: str
    moment: str
    value: str
    because: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.value}  ({self.moment})", *(f"  {reason}" for reason in self.because)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        reasons = "".join(f"<li>{escape(reason)}</li>" for reason in self.because)
        return f"<p><b>{escape(self.value)}</b> {escape(self.question)}</p><ul>{reasons}</ul>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "question": self.question,
            "moment": self.moment,
            "value": self.value,
            "because": list(self.because),
        }


Take = Literal["knows", "believes otherwise", "does not know", "dead"]


@dataclass(frozen=True, slots=True)
class Knower:
    """One person's take on a fact. `value`: what the person believes, in words; empty if dead, and `since` then says when that was."""

    person: str
    state: Take
    value: str
    since: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Who knows a fact at a moment. `value`: the truth, in words. `audience`: whether the audience knows it, by what has been
    told; None of what is in somebody's mind."""

    question: str
    moment: str
    value: str
    knowers: tuple[Knower, ...]
    audience: bool | None = None

    def __str__(self) -> str:
        width = max((len(knower.person) for knower in self.knowers), default=0)
        lines = [f"{self.question}: {self.value}  ({self.moment})"]
        for knower in self.knowers:
            said: str = knower.state
            if knower.state == "believes otherwise":
                said += f" ({knower.value})"
            lines.append(f"  {knower.person:<{width}}  {said}, {knower.since}")
        if self.audience is not None:
            lines.append(f"the audience {'knows' if self.audience else 'does not know'} it")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(k.person)}</td><td>{escape(k.state)}</td><td>{escape(k.value)}</td>"
            f"<td>{escape(k.since)}</td></tr>"
            for k in self.knowers
        )
        return f"<p>{escape(self.question)}: <b>{escape(self.value)}</b></p><table>{rows}</table>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "question": self.question,
            "moment": self.moment,
            "value": self.value,
            "persons": [
                {"person": k.person, "state": k.state, "value": k.value, "since": k.since}
                for k in self.knowers
            ],
            "audience": self.audience,
        }


def ask(run: Run, question: str, at: str | int | None) -> Answer:
    """Evaluates an expression, or what an `expect` may say. Raises StoryError if the question or the moment means nothing."""
    now = moment(run, at)
    try:
        expr, args = _resolve(run, question)
    except StoryError:
        # only then: a fact's phrase may have `would` in it
        if _SEARCHED.search(question):
            return _expected(run, question, now, _when(run, now, at))
        raise
    value = run.engine.evaluate(run.states[now], expr, args)
    reads = run.engine.reads(run.states[now], expr, args)
    distinct = dict.fromkeys((tuple(chain), fluent) for chain, fluent in reads)
    return Answer(
        question.strip(),
        _when(run, now, at),
        _words(run, value),
        tuple(note_on(run, now, chain, fluent).text for chain, fluent in list(distinct)[:8]),
    )


_SEARCHED = re.compile(
    r"^\s*(?:possible|impossible|lost|open)\s*:|\b(?:would|plans\s*:)", re.IGNORECASE
)
"""Questions that take more than to look: could it happen, would somebody do it, can it still come about."""

_OPPOSITES = {
    "possible": "impossible",
    "impossible": "possible",
    "would": "would not",
    "would not": "would",
    "lost": "open",
    "open": "lost",
}


def _expected(run: Run, question: str, now: int, when: str) -> Answer:
    """Answers what an `expect` line could expect here; what speaks for it, or against it."""
    from pathlib import Path

    from intrigue.language import parse, tree
    from intrigue.story.checks.expectations import failures
    from intrigue.story.run import Expected
    from intrigue.world.sentences import expected

    text = f"story Question\nscene Now\n  expect {question.strip()}\n"
    file, problems = parse(Source(Path("question"), text))
    lines = [line for scene in file.scenes for line in scene.lines if isinstance(line, tree.Expect)]
    if problems or len(lines) != 1:
        raise StoryError(problems or [Diagnostic("not-a-question", None, {"text": question})])
    expect = expected(run.world, lines[0])
    person = None if expect.person is None else run.person(expect.person)
    if person is not None:
        run.judge_all(person)  # so that the answer does not depend on what has been asked before
    scene = run.scenes[0] if run.scenes else file.scenes[0]
    found = failures(run, Expected(expect, scene, now))
    value = "yes"
    if found:
        value = _VERDICTS.get(found[0].code, "")
        if not value:
            raise StoryError(found)
    elif expect.form in _OPPOSITES:
        other = replace(expect, form=_OPPOSITES[expect.form])
        found = failures(run, Expected(other, scene, now))
    reasons = [each for d in found for each in (d.label, *(note.text for note in d.notes)) if each]
    return Answer(question.strip(), when, value, tuple(reasons))


_VERDICTS = {"failed-expectation": "no", "undecided-expectation": "undecided"}


def who_knows(run: Run, question: str, at: str | int | None) -> Knowledge:
    """What each person takes an expression to be, and since which event, in cast order, the dead last; and whether the audience
    knows it."""
    now = moment(run, at)
    expr, args = _resolve(run, question)
    engine = run.engine
    truths = [engine.evaluate(state, expr, args) for state in run.states[: now + 1]]
    truth = truths[-1]
    knowers: list[Knower] = []
    for person in run.world.persons:
        name = run.world.atoms[person].name
        death = died(run, person, now)
        if death is not None:
            knowers.append(Knower(name, "dead", "", _event(run, death)))
            continue
        value = engine.evaluate(run.mind(now, (person,)), expr, args)
        take: Take
        if _known(value, truth):
            take = "knows"
        elif is_unknown(value):
            take = "does not know"
        else:
            take = "believes otherwise"
        believed = [
            engine.evaluate(run.mind(moment, (person,)), expr, args) for moment in range(now + 1)
        ]
        held = _since(believed)
        # what somebody takes to be so may come true, or untrue, without his taking it otherwise
        right = _since([_known(taken, true) for taken, true in zip(believed, truths, strict=True)])
        since = _event(run, max(held, right))
        if held < right and take != "does not know":
            became = "true" if take == "knows" else "untrue"
            since += f", which made {became} what was believed {_event(run, held)}"
        knowers.append(Knower(name, take, _words(run, value), since))
    knowers.sort(key=lambda knower: knower.state == "dead")
    reads = engine.reads(run.states[now], expr, args)
    known = audience.known(run, truth, reads, now, at)
    when = _when(run, now, at)
    return Knowledge(question.strip(), when, _words(run, truth), tuple(knowers), known)


def _known(taken: Value | None, true: Value | None) -> bool:
    """Whether who takes something to be so knows it: an unknown truth is known to nobody."""
    return taken == true and not is_unknown(true)


def _since(values: Sequence[object]) -> int:
    """The index from which on all values are the last one."""
    at = len(values) - 1
    while at and values[at - 1] == values[-1]:
        at -= 1
    return at


def _event(run: Run, moment: int) -> str:
    if moment == 0:
        return "from the start"
    return f"since event {moment}: {run.words(run.steps[moment - 1])}"


_MEANT = tuple(
    (re.compile(asks, re.IGNORECASE), repair)
    for asks, repair in (
        (
            r"who knows (?:that |whether )?(.+)",
            r'ask for `--who-knows "\1"`, which says who knows it, and since when',
        ),
        (
            r"when (?:does|do|did) (?:.+?) (?:learn|hear|find out|know)\b\s*(?:that |whether )?(.+)",
            r'ask for `--who-knows "\1"`, which says who knows it, and since when',
        ),
        (
            r"(?:why|when)\b",
            "`intrigue explain STORY EVENT` says why somebody does something, `intrigue ask STORY --times` when",
        ),
        (
            r"(?:who|whom|where|what)\b(?!\s*\()",
            "ask in the words of a fact's phrase and in their order: `where Li is`, `who killed Lam`;"
            " or name the fact: `where(Li)`; `intrigue vocabulary` lists facts and phrases",
        ),
    )
)
"""Questions that are not understood, and what to ask instead."""


def _resolve(run: Run, question: str) -> tuple[str, list[int]]:
    """The question for the engine: an expression, or in the words of a fact's phrase, `who has the letter?`."""
    from pathlib import Path

    from intrigue.grounding import border
    from intrigue.language import parse_expression
    from intrigue.world.conditions import resolve_value
    from intrigue.world.sentences import read_question

    question = question.strip().rstrip("?？ ")
    mistakes: list[Diagnostic] = []
    ways = (question, *_turned(question))
    for said in ways:
        expression, problems = parse_expression(Source(Path("question"), said))
        if expression is not None and not problems:
            expr, _, problems = resolve_value(run.world, expression)
            if not problems:
                return json.dumps(expr), []
        mistakes = mistakes or problems
    asked = list(dict.fromkeys(one for said in ways for one in read_question(run.world, said)))
    if len(asked) != 1:
        for asks, repair in _MEANT:
            if meant := asks.match(question):
                mistakes = [replace(each, repair=meant.expand(repair)) for each in mistakes]
                break
        raise StoryError(mistakes)
    ((fact, args),) = asked
    return json.dumps(border.fact(fact, [border.atom(arg) for arg in args])), []


def _turned(question: str) -> Iterator[str]:
    """What a question asks, as it may be said: `Li is at the bar` of `Is Li at the bar`, `Li trusts Ann` of `Does Li trust Ann`, `where Li
    is` of `Where is Li`."""
    first, _, rest = question.partition(" ")
    verb, words = first.casefold(), rest.split()
    if verb in ("does", "do", "did"):
        yield rest
        for place, word in enumerate(words):
            if word in ("know", "believe"):
                yield " ".join([*words[:place], word + "s", *words[place + 1 :]])
    elif verb in ("where", "who", "what") and words[:1] in (["is"], ["are"]):
        yield " ".join([verb, *words[1:], words[0]])
    elif verb in ("is", "are", "has", "have"):
        for place in range(1, len(words)):
            yield " ".join([*words[:place], verb, *words[place:]])


def _words(run: Run, value: Value | None) -> str:
    return "not known" if value is None else run.names.value(value)


def _when(run: Run, now: int, at: str | int | None) -> str:
    if now == 0:
        return "at the start"
    if is_end(at):
        return "at the end"
    return f"after event {now}: {run.words(run.steps[now - 1])}"

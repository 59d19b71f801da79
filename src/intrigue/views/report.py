"""A check as one HTML page: no scripts, no other files, readable on a screen, on paper and by
keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.catalogue import headline, severity
from intrigue.diagnostics.position import line_text, place
from intrigue.grounding.border import facts_in
from intrigue.language import tree

if TYPE_CHECKING:
    from jinja2 import Template

    from intrigue.diagnostics.diagnostic import Diagnostic, Span
    from intrigue.story.check import Report
    from intrigue.story.run import Run

_MOST_FACTS = 40
"""How many facts the table of knowledge shows: those about which people are wrong or ignorant the
longest."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of moments in which a person's take on a fact stays the same. `share`: percent of the
    telling."""

    state: str  # "knows" | "wrong" | "blank"
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: its true value at the end, and each person's take on it over the telling."""

    fact: str
    truth: str
    cells: tuple[tuple[Stretch, ...], ...]


def page(report: Report) -> str:
    """The whole page."""
    return _template().render(**_content(report), whole=True)


def fragment(report: Report) -> str:
    """The same without head and body, for a notebook."""
    return _template().render(**_content(report), whole=False)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("intrigue", "views"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja")


def _content(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "summary": report.summary,
        "ok": report.ok,
        "findings": [_finding(diagnostic) for diagnostic in report.diagnostics],
        "readings": [_reading(report, run) for run in report.runs],
    }


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": str(severity(diagnostic.code)),
        "message": headline(diagnostic),
        "where": _where(diagnostic.span),
        "excerpt": _excerpt(diagnostic.span),
        "label": diagnostic.label,
        "notes": [
            {"text": note.text, "where": _where(note.span), "excerpt": _excerpt(note.span)}
            for note in diagnostic.notes
        ],
        "repair": diagnostic.repair,
        "allowed": diagnostic.allowed,
    }


def _where(span: Span | None) -> str:
    if span is None:
        return ""
    found = place(span)
    return f"{found.file}:{found.line}"


def _excerpt(span: Span | None) -> tuple[str, str, str] | None:
    """The line before, in and after the span."""
    if span is None:
        return None
    text, start = line_text(span)
    first = span.start - start
    last = min(span.end - start, len(text))
    return text[:first].lstrip(), text[first:last], text[last:].rstrip()


def _reading(report: Report, run: Run) -> dict[str, Any]:
    from intrigue.story.explain import explain_step

    by_sentence: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for diagnostic in report.diagnostics:
        if diagnostic.span is not None:
            key = (str(diagnostic.span.source.path), diagnostic.span.start)
            by_sentence.setdefault(key, []).append(_finding(diagnostic))
    steps = {id(step.told): step for step in run.steps}

    def found(span: Span) -> list[dict[str, Any]]:
        return by_sentence.get((str(span.source.path), span.start), [])

    def line(each: tree.Told | tree.Expect | tree.Gap | tree.TimeMark) -> dict[str, Any]:
        """One line of the telling, with what was found about it."""
        if isinstance(each, tree.Gap | tree.TimeMark):
            return {"sort": "mark", "told": each.text.strip(), "findings": found(each.span)}
        if isinstance(each, tree.Expect):
            said = each.span.source.text[each.span.start : each.span.end]
            said = " ".join(said.removeprefix("expect").split())
            return {"sort": "expect", "told": said, "findings": found(each.span)}
        told = " ".join(each.sentence.text.split())
        step = steps.get(id(each))
        if step is None:
            return {"sort": "left out", "told": told, "findings": found(each.sentence.span)}
        explanation = explain_step(run, step)
        return {
            "sort": "event",
            "number": step.number,
            "told": told,
            "meant": "" if _same(told, explanation.sentence) else explanation.sentence,
            "citations": step.told.citations,
            "mode": step.action.mode,
            "findings": found(each.sentence.span),
            "whys": explanation.whys,
        }

    scenes = [
        {
            "title": scene.title,
            "citations": scene.citations,
            "lines": [line(each) for each in scene.lines],
        }
        for scene in run.scenes
    ]
    persons, rows = _knowledge(run)
    return {
        "name": run.reading,
        "scenes": scenes,
        "persons": persons,
        "rows": rows,
        "moments": len(run.states),
    }


def _same(told: str, sentence: str) -> bool:
    return told.rstrip(".").casefold() == sentence.rstrip(".").casefold()


def _knowledge(run: Run) -> tuple[list[str], list[Row]]:
    """Who knew what when: the facts about which somebody is wrong or ignorant at some moment."""
    engine, persons = run.engine, run.world.persons
    disputed: Counter[int] = Counter()
    turns: Counter[int] = Counter()
    for person in persons:
        before: set[int] = set()
        for moment, state in enumerate(run.states):
            wrong = set(engine.changed(engine.believed(state, person), state))
            disputed.update(wrong)
            if moment:
                turns.update(wrong ^ before)
            before = wrong
    # First what the author makes a matter of knowledge; then what people learn, or get wrong, most.
    theme = run.fluents_of(_spoken_of(run))
    chosen = sorted(disputed, key=lambda f: (f not in theme, -turns[f], -disputed[f], f))
    rows = [
        Row(
            run.names.fluent(fluent),
            run.names.value_of(fluent, engine.value(run.states[-1], fluent)),
            tuple(tuple(_stretches(run, person, fluent)) for person in persons),
        )
        for fluent in chosen[:_MOST_FACTS]
    ]
    return [run.world.atoms[person].name for person in persons], rows


def _spoken_of(run: Run) -> frozenset[int]:
    """The facts of secrets, wrong beliefs, claims and expectations."""
    openings = [line for line in run.world.problem["start"] if "holds" not in line]
    expected = [run.condition(each) for each in run.expected]
    return facts_in([openings, expected]) | {fact for fact, _, _ in run.world.claims.values()}


def _takes(run: Run, person: int, fluent: int) -> list[tuple[str, str]]:
    """At each moment: whether the person knows, is wrong, or does not know, and what the person
    takes it to be."""
    engine = run.engine
    takes: list[tuple[str, str]] = []
    for state in run.states:
        truth = engine.value(state, fluent)
        value = engine.value(engine.believed(state, person), fluent)
        blank = value == "unknown" or (isinstance(value, tuple) and value[0] == "answer")
        takes.append(
            (
                "knows" if value == truth else "blank" if blank else "wrong",
                run.names.value_of(fluent, value),
            )
        )
    return takes


def _stretches(run: Run, person: int, fluent: int) -> Sequence[Stretch]:
    said = {"knows": "knows", "wrong": "takes it to be", "blank": "does not know"}
    takes = _takes(run, person, fluent)
    result: list[Stretch] = []
    start = 0
    for moment in range(1, len(takes) + 1):
        if moment < len(takes) and takes[moment] == takes[start]:
            continue
        state, value = takes[start]
        text = said[state] if state == "blank" else f"{said[state]} {value}"
        when = "from the start" if start == 0 else f"from event {start}"
        result.append(Stretch(state, f"{text} ({when})", 100 * (moment - start) / len(takes)))
        start = moment
    return result

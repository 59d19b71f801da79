"""A check as one HTML page: nothing but the file, readable on a screen, on paper and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from intrigue.diagnostics.catalogue import headline, severity
from intrigue.diagnostics.position import line_text, place
from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle, Spell, chronicle, lasting
from intrigue.views.templates import template

if TYPE_CHECKING:
    from intrigue.diagnostics.diagnostic import Diagnostic, Span
    from intrigue.story.check import Report
    from intrigue.story.run import Run

_TEMPLATE = "report.html.jinja"
_MOST_FACTS = 40
"""How many facts the table of knowledge shows: those about which people are wrong or ignorant the
longest."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of moments in which a person's take on a fact stays the same. `share`: percent of the
    telling."""

    state: str  # "knows" | "wrong" | "blank" | "dead"
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: its true value at the end, and each person's take on it over the telling."""

    fact: str
    truth: str
    cells: tuple[tuple[Stretch, ...], ...]


def page(report: Report) -> str:
    """The whole page: the verdict on every event, and the pictures of the first reading."""
    from intrigue.views.draw import page as drawn

    verdict = template(_TEMPLATE).render(**_content(report), pictures=True)
    return drawn(chronicle(report.runs[0]), verdict)


def fragment(report: Report) -> str:
    """The verdict with a table of who knew what when, for a notebook."""
    content = _content(report)
    for run, reading in zip(report.runs, content["readings"], strict=True):
        told = chronicle(run)
        reading["persons"] = [person.name for person in told.persons]
        reading["rows"] = _knowledge(told)
        reading["moments"] = told.moments
    return template(_TEMPLATE).render(**content, pictures=False)


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
    return {"name": run.reading, "scenes": scenes}


def _same(told: str, sentence: str) -> bool:
    return told.rstrip(".").casefold() == sentence.rstrip(".").casefold()


def _knowledge(told: Chronicle) -> list[Row]:
    """Who knew what when: the facts about which somebody is wrong or ignorant at some moment."""
    disputed = [matter for matter in told.matters if matter.takes][:_MOST_FACTS]
    rows: list[Row] = []
    for matter in disputed:
        takes = {take.chain: take.spells for take in matter.takes}
        known = tuple(Spell(spell.since, spell.value, "knows") for spell in matter.truth)
        cells = (takes.get((p.name,)) or _until(known, p.died) for p in told.persons)
        rows.append(
            Row(
                matter.label,
                matter.truth[-1].value,
                tuple(tuple(_stretches(cell, told.moments)) for cell in cells),
            )
        )
    return rows


def _until(spells: Sequence[Spell], death: int | None) -> Sequence[Spell]:
    """What is known as long as somebody lives to know it."""
    if death is None:
        return spells
    return (*(spell for spell in spells if spell.since < death), Spell(death, "", "dead"))


def _stretches(spells: Sequence[Spell], moments: int) -> Iterator[Stretch]:
    said = {"knows": "knows", "wrong": "takes it to be", "blank": "does not know", "dead": "dead"}
    for spell, end in lasting(spells, moments):
        state = spell.state or "knows"
        text = said[state] if state in ("blank", "dead") else f"{said[state]} {spell.value}"
        when = f"from event {spell.since}" if spell.since else "from the start"
        share = 100 * (end - spell.since) / moments
        yield Stretch(state, f"{text} ({when})", share)

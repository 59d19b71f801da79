"""The source document against the story: which of its sentences are told, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Diagnostic, Span
from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.story.story import StoryError

if TYPE_CHECKING:
    from intrigue.story.run import Run


@dataclass(frozen=True, slots=True)
class Citation:
    """One line of the story that cites a sentence. `sort`: "event", "expectation", "scene",
    "opening", "cast", "want"."""

    sort: str
    text: str
    line: int
    event: int | None = None
    """The number of the event that the line tells."""


@dataclass(frozen=True, slots=True)
class Traced:
    """One sentence of the source, counted from 1, and what cites it."""

    number: int
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A source document and the story that retells it.

    `rules_used_once`: the share, of the different actions told, of those told one time only: a
    retelling in which every sentence has a rule of its own has modelled nothing.
    """

    title: str
    sentences: tuple[Traced, ...]
    problems: tuple[Diagnostic, ...]
    actions_told: int
    actions_told_once: int

    @property
    def covered(self) -> list[Traced]:
        """The sentences that something cites."""
        return [sentence for sentence in self.sentences if sentence.citations]

    @property
    def missing(self) -> list[Traced]:
        """The sentences that nothing cites."""
        return [sentence for sentence in self.sentences if not sentence.citations]

    @property
    def rules_used_once(self) -> float:
        """Between 0 and 1."""
        return self.actions_told_once / self.actions_told if self.actions_told else 0.0

    @property
    def summary(self) -> str:
        """One line."""
        return f"{self.title}: {len(self.covered)} of {len(self.sentences)} sentences covered, {len(self.missing)} missing"

    def __str__(self) -> str:
        lines: list[str] = []
        for sentence in self.sentences:
            mark = " " if sentence.citations else "-"
            lines.append(f"{mark}[{sentence.number}] {sentence.text}")
            for c in sentence.citations:
                number = f" {c.event}" if c.event else ""
                lines.append(f"       {c.sort}{number}, line {c.line}: {c.text}")
        return "\n".join([*lines, self.summary])

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f"<tr><td>{s.number}</td><td>{escape(s.text)}</td>"
            f"<td>{'<br>'.join(escape(c.text) for c in s.citations) or '<b>missing</b>'}</td></tr>"
            for s in self.sentences
        )
        return f"<table>{rows}</table><p>{escape(self.summary)}</p>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "story": self.title,
            "covered": [s.number for s in self.covered],
            "missing": [s.number for s in self.missing],
            "rules_used_once": self.rules_used_once,
            "sentences": [
                {
                    "number": s.number,
                    "text": s.text,
                    "cited_by": [
                        {"sort": c.sort, "text": c.text, "line": c.line, "event": c.event}
                        for c in s.citations
                    ],
                }
                for s in self.sentences
            ],
        }


def trace(run: Run, source: Path | None = None) -> Trace:
    """Lays the source beside one reading of the story: `source`, or the document that the story names.

    Raises StoryError if there is none, or it cannot be read.
    """
    sentences = _source(run, source)
    cited: dict[int, list[Citation]] = {}
    numbers_of = {step.told.sentence.span: step.number for step in run.steps}
    problems: list[Diagnostic] = []
    for sort, numbers, span in _citing(run):
        for number in numbers:
            if 1 <= number <= len(sentences):
                cited.setdefault(number, []).append(_citation(sort, span, numbers_of.get(span)))
            else:
                problems.append(
                    Diagnostic(
                        "no-such-sentence",
                        span,
                        {"number": str(number), "count": str(len(sentences))},
                        label="cites a sentence that the source does not have",
                    )
                )
    told: dict[int, int] = {}
    for step in run.steps:
        action = step.action.id if step.action.meant is None else step.action.meant
        told[action] = told.get(action, 0) + 1
    return Trace(
        run.world.title,
        tuple(
            Traced(number, text, tuple(cited.get(number, ())))
            for number, text in enumerate(sentences, 1)
        ),
        tuple(problems),
        len(told),
        sum(count == 1 for count in told.values()),
    )


def _source(run: Run, given: Path | None) -> list[str]:
    """The source's sentences, one a line; blank lines do not count."""
    from intrigue.diagnostics.catalogue import headline
    from intrigue.language.load import read

    document = run.world.source_document
    if given is not None:
        source, problems = read(given)
    elif document is None:
        raise StoryError(
            [
                Diagnostic(
                    "no-source",
                    None,
                    {"story": run.world.title},
                    repair="name it at the margin of the story: `source FILE`, or give it: `--source FILE`",
                )
            ]
        )
    else:
        path = document.span.source.path.parent / document.target
        source, problems = read(path, document.span)
        if source is None:
            problems = [
                replace(each, code="missing-source", label=headline(each)) for each in problems
            ]
    if source is None:
        raise StoryError(problems)
    sentences = [line.strip() for line in source.text.splitlines() if line.strip()]
    if not sentences:
        span = document.span if document is not None and given is None else None
        raise StoryError([Diagnostic("empty-source", span, {"path": str(source.path)})])
    return sentences


def _citing(run: Run) -> Iterator[tuple[str, tuple[int, ...], Span]]:
    """Everything that cites, in the order of the text."""
    for file in run.world.files:
        for member in file.cast:
            yield "cast", member.citations, member.span
        for want in file.wants:
            yield "want", want.citations, want.span
        for line in file.start:
            yield "opening", line.citations, line.span
    for scene in run.scenes:
        # a scene cites for all its events what none of them cites by itself
        told = {n for line in scene.lines if isinstance(line, tree.Told) for n in line.citations}
        yield "scene", tuple(n for n in scene.citations if n not in told), scene.span
        for each in scene.lines:
            if isinstance(each, tree.Told):
                yield "event", each.citations, each.sentence.span
            elif isinstance(each, tree.Expect):
                yield "expectation", each.citations, each.span


def _citation(sort: str, span: Span, event: int | None) -> Citation:
    text = span.source.text[span.start : span.end].strip().split("\n", 1)[0]
    return Citation(
        sort, " ".join(text.split()), span.source.text.count("\n", 0, span.start) + 1, event
    )

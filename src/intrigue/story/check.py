"""The whole check of a story: every reading played, every check run, every `allow` honoured."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Severity
from intrigue.english import number_of
from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.story.findings import Finding, accept, every_allow
from intrigue.story.run import Run
from intrigue.story.verdicts import Verdict

if TYPE_CHECKING:
    from intrigue.story.checks import Check
    from intrigue.story.motives import Limits
    from intrigue.story.story import Story

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


_NOT_READ = ("unknown-sentence", "ambiguous-sentence")
"""What is said of a sentence that tells nothing, or not which of several things."""
_MAY_FOLLOW = frozenset(
    (
        "impossible-event",
        "dead-or-absent-actor",
        "unmotivated-event",
        "uninformed-act",
        "undecided-motive",
        "false-motive",
        "failed-expectation",
        "undecided-expectation",
    )
)
"""What is found of a sentence, and may be the fault of one before it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `seconds`: how long it took."""

    title: str
    diagnostics: tuple[Diagnostic, ...]
    runs: tuple[Run, ...]
    limits: Limits
    seconds: float

    @property
    def ok(self) -> bool:
        """No error that is not allowed."""
        return not self.counted(Severity.ERROR)

    def counted(self, severity: Severity) -> list[Diagnostic]:
        """The findings of one severity that no `allow` accepts."""
        from intrigue.diagnostics.catalogue import severity as severity_of

        return [
            d for d in self.diagnostics if d.allowed is None and severity_of(d.code) is severity
        ]

    @property
    def verdicts(self) -> list[Verdict]:
        """The verdicts on all events, reading by reading."""
        return [v for run in self.runs for step in run.steps for v in run.verdicts(step)]

    @property
    def counts(self) -> dict[str, int]:
        """How many events, motives (asked for, found) and expectations (stated, held) there are, over all readings."""
        verdicts = self.verdicts
        expected = sum(len(run.expected) for run in self.runs)
        failed = {
            id(d.span)
            for d in self.diagnostics
            if d.code in ("failed-expectation", "undecided-expectation")
        }
        read_by_nobody = {id(d.span) for d in self.diagnostics if d.code in _NOT_READ}
        failed |= {
            id(each.expect.span)
            for run in self.runs
            for each in run.expected
            if any(id(sentence.span) in read_by_nobody for sentence in each.expect.sentences)
        }
        return {
            "events": sum(len(run.steps) for run in self.runs),
            "motives": len(verdicts),
            "motives_found": sum(verdict.kind == "found" for verdict in verdicts),
            "expectations": expected,
            "expectations_held": expected - len(failed),
        }

    @property
    def summary(self) -> str:
        """One line: events, motives found, expectations held, time."""
        counts = self.counts
        gaps = sum(diagnostic.code == "gap-left" for diagnostic in self.diagnostics)
        to_tell = f"{number_of(gaps, 'gap')} still to be told, " if gaps else ""
        return (
            f"{self.title}: {number_of(counts['events'], 'event')}, {to_tell}"
            f"{counts['motives_found']} of {number_of(counts['motives'], 'motive')} found, "
            f"{counts['expectations_held']} of {number_of(counts['expectations'], 'expectation')} held, "
            f"{self.seconds:.2f} s"
        )

    def to_dict(self) -> dict[str, object]:
        """The report as plain data, in the form of `--format json`."""
        from intrigue.diagnostics.render import to_dict

        return {
            "story": self.title,
            "ok": self.ok,
            **self.counts,
            "seconds": round(self.seconds, 3),
            "limits": {"events": self.limits.events, "minds": self.limits.minds},
            "diagnostics": [to_dict(diagnostic) for diagnostic in self.diagnostics],
        }

    def __str__(self) -> str:
        from intrigue.diagnostics.render import text

        return "\n".join([*(text(d) for d in self.diagnostics), self.summary])

    def _repr_html_(self) -> str:
        from intrigue.views.report import fragment

        return fragment(self)


def check(story: Story, limits: Limits, progress: Progress | None = None) -> Report:
    """Checks a story in each of its readings.

    Raises KeyboardInterrupt if interrupted, MemoryError if the engine runs out of the memory it may
    use.
    """
    from intrigue.story.checks import CHECKS, WITHOUT_MOTIVES
    from intrigue.story.checks.scenes import fate_allows
    from intrigue.story.strands import judge_all

    began = time.perf_counter()
    runs = story.runs(limits)
    found: dict[tuple[Check, int], list[Finding]] = {}

    def find(checks: Sequence[Check]) -> None:
        for number, run in enumerate(runs):
            found.update(((each, number), list(each(run))) for each in checks)

    judge_all(
        runs,
        progress and partial(progress, "looking for motives"),
        lambda: find([each for each in CHECKS if each in WITHOUT_MOTIVES]),
    )
    find([each for each in CHECKS if each not in WITHOUT_MOTIVES])
    findings: list[list[Finding]] = []
    for number, run in enumerate(runs):
        those = [*run.findings, *(one for each in CHECKS for one in found[each, number])]
        findings.append([_after_a_gap(run, finding) for finding in those])
    unknown = list(_unknown_codes(story))
    merged = [*_merge(runs, findings), *(finding for _, finding in unknown)]
    accepted = accept(
        [*(Finding(diagnostic) for diagnostic in story.diagnostics), *merged],
        story.world.telling,
        story.world.allows,
        used=[
            *(allow for run in runs for allow in fate_allows(run)),
            *(allow for allow, _ in unknown),
        ],
    )
    return Report(
        story.title,
        tuple(_in_order(accepted)),
        tuple(runs),
        limits,
        time.perf_counter() - began + story.loading_seconds,
    )


def _after_a_gap(run: Run, finding: Finding) -> Finding:
    """What may only follow from an earlier sentence that tells nothing says so."""
    diagnostic = finding.diagnostic
    if diagnostic.code not in _MAY_FOLLOW or diagnostic.span is None:
        return finding
    for gap in run.findings:
        span = gap.diagnostic.span
        if (
            isinstance(gap.line, tree.Told)
            and span is not None
            and span.source is diagnostic.span.source
            and span.start < diagnostic.span.start
        ):
            line = span.source.text.count("\n", 0, span.start) + 1
            note = Note(f"this may follow from line {line}, which is not understood or not played")
            notes = (*diagnostic.notes, note)
            return replace(finding, diagnostic=replace(diagnostic, notes=notes))
    return finding


def _merge(runs: Sequence[Run], findings: Sequence[list[Finding]]) -> list[Finding]:
    """The findings of all readings, each once. What holds in some readings only says in which;
    advice must hold in all."""
    from intrigue.diagnostics.catalogue import severity

    if len(runs) == 1:
        return findings[0]
    places: dict[tuple[object, ...], list[tuple[Run, Finding]]] = {}
    for run, found in zip(runs, findings, strict=True):
        for finding in found:
            d = finding.diagnostic
            key = (d.code, d.span and (d.span.source.path, d.span.start), tuple(d.blanks.items()))
            places.setdefault(key, []).append((run, finding))
    merged: list[Finding] = []
    for same in places.values():
        finding = same[0][1]
        if len(same) < len(runs):
            if severity(finding.diagnostic.code) is Severity.ADVICE:
                continue
            within = ", ".join(str(run.reading) for run, _ in same)
            note = Note(f"in the reading {within}")
            diagnostic = finding.diagnostic
            finding = replace(
                finding, diagnostic=replace(diagnostic, notes=(*diagnostic.notes, note))
            )
        merged.append(finding)
    return merged


def _unknown_codes(story: Story) -> Iterable[tuple[tree.Allow, Finding]]:
    """`allow` lines that name no code."""
    from intrigue.diagnostics.catalogue import codes
    from intrigue.diagnostics.suggest import nearest

    known = set(codes())
    for allow in every_allow(story.world.telling, story.world.allows):
        if allow.code.text not in known:
            like = nearest(allow.code.text, known)
            yield (
                allow,
                Finding(
                    Diagnostic(
                        "unknown-code",
                        allow.code.span,
                        {"code": allow.code.text},
                        label="no finding has this code",
                        repair=f"did you mean `{like}`?" if like else "see `intrigue explain-code`",
                    )
                ),
            )


def _in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors first, then warnings, then advice; each in the order of the text."""
    from intrigue.diagnostics.catalogue import severity

    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}
    return sorted(
        diagnostics,
        key=lambda d: (
            d.allowed is not None,
            rank[severity(d.code)],
            str(d.span.source.path) if d.span else "",
            d.span.start if d.span else 0,
        ),
    )

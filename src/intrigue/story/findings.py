"""What the checks find, where in the telling, and which of it the author accepts on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.language import tree
from intrigue.records import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic with the part of the telling that it belongs to, so that an `allow` there can
    reach it."""

    diagnostic: Diagnostic
    scene: tree.Scene | None = None
    line: tree.Told | tree.Expect | tree.Gap | tree.TimeMark | None = None


def accept(
    findings: Iterable[Finding],
    scenes: Sequence[tree.Scene],
    story_allows: Sequence[tree.Allow],
    used: Iterable[tree.Allow] = (),
) -> list[Diagnostic]:
    """The findings with the reason where an `allow` accepts them, then one `unused-allow` for each
    that accepts nothing.

    The nearest `allow` decides: the sentence's own, then the scene's, then the story's. `used` are
    allows that a check has honoured by itself.
    """
    matched = {id(allow) for allow in used}
    result: list[Diagnostic] = []
    for finding in findings:
        allow = _allow_for(finding, story_allows)
        if allow is None:
            result.append(finding.diagnostic)
        else:
            matched.add(id(allow))
            result.append(replace(finding.diagnostic, allowed=allow.reason))
    result.extend(
        Diagnostic("unused-allow", allow.span, {"code": allow.code.text}, label="accepts nothing")
        for allow in every_allow(scenes, story_allows)
        if id(allow) not in matched
    )
    return result


def every_allow(
    scenes: Sequence[tree.Scene], story_allows: Sequence[tree.Allow]
) -> list[tree.Allow]:
    """All `allow` lines of a story, in the order of the text within each scene."""
    allows = list(story_allows)
    for scene in scenes:
        allows.extend(scene.allows)
        for line in scene.lines:
            if isinstance(line, tree.Told | tree.Expect | tree.TimeMark):
                allows.extend(line.allows)
    return allows


def _allow_for(finding: Finding, story_allows: Sequence[tree.Allow]) -> tree.Allow | None:
    """The nearest `allow` of the finding's code."""
    allowing = tree.Told | tree.Expect | tree.TimeMark
    line = finding.line.allows if isinstance(finding.line, allowing) else ()
    scene = finding.scene.allows if finding.scene else ()
    for allow in (*line, *scene, *story_allows):
        if allow.code.text == finding.diagnostic.code:
            return allow
    return None

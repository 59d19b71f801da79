"""Diagnostics for programs: JSON, SARIF 2.1.0 (OASIS 2020), and annotations for GitHub's logs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from intrigue.diagnostics.catalogue import entry, headline, severity
from intrigue.diagnostics.diagnostic import Diagnostic, Severity, Span
from intrigue.diagnostics.position import place

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic as plain data; lines and columns from 1, null where there is no place."""
    return {
        "code": diagnostic.code,
        "severity": str(severity(diagnostic.code)),
        **_place(diagnostic.span),
        "message": headline(diagnostic),
        "label": diagnostic.label,
        "notes": [{"text": note.text, **_place(note.span)} for note in diagnostic.notes],
        "repair": diagnostic.repair,
        "allowed": diagnostic.allowed,
    }


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """`{"diagnostics": [..]}`, indented."""
    return json.dumps(
        {"diagnostics": [to_dict(each) for each in diagnostics]}, ensure_ascii=False, indent=2
    )


def as_sarif(diagnostics: Iterable[Diagnostic], *, version: str) -> str:
    """A SARIF log of one run. What is allowed stands in it as suppressed, with the author's reason."""
    found = list(diagnostics)
    codes = sorted({each.code for each in found})
    results = []
    for each in found:
        result: dict[str, Any] = {
            "ruleId": each.code,
            "ruleIndex": codes.index(each.code),
            "level": _SARIF_LEVELS[severity(each.code)],
            "message": {"text": _whole_text(each)},
        }
        if each.span is not None:
            result["locations"] = [{"physicalLocation": _sarif_location(each.span)}]
        related = [
            {
                "id": number,
                "physicalLocation": _sarif_location(note.span),
                "message": {"text": note.text},
            }
            for number, note in enumerate(each.notes, 1)
            if note.span is not None
        ]
        if related:
            result["relatedLocations"] = related
        if each.allowed is not None:
            result["suppressions"] = [{"kind": "inSource", "justification": each.allowed}]
        results.append(result)
    rules = [
        {
            "id": code,
            "shortDescription": {"text": _without_blanks(entry(code).headline)},
            "help": {"text": entry(code).body, "markdown": entry(code).body},
            "defaultConfiguration": {"level": _SARIF_LEVELS[severity(code)]},
        }
        for code in codes
    ]
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "intrigue", "version": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """One workflow command a line; nothing for what is allowed."""
    lines = []
    for each in diagnostics:
        if each.allowed is not None:
            continue
        properties = [f"title={_property(each.code)}"]
        if each.span is not None:
            where = place(each.span)
            properties.insert(
                0, f"file={_property(where.file)},line={where.line},col={where.column}"
            )
            if where.end_line == where.line:
                properties.append(f"endLine={where.end_line},endColumn={where.end_column}")
        level = _GITHUB_LEVELS[severity(each.code)]
        lines.append(f"::{level} {','.join(properties)}::{_escaped(_whole_text(each))}")
    return "\n".join(lines)


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    where = place(span)
    return {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
    }


def _whole_text(diagnostic: Diagnostic) -> str:
    """Headline, label, notes and repair as lines."""
    lines = [headline(diagnostic), diagnostic.label, *(note.text for note in diagnostic.notes)]
    if diagnostic.repair:
        lines.append(f"Repair: {diagnostic.repair}")
    return "\n".join(line for line in lines if line)


def _sarif_location(span: Span) -> dict[str, Any]:
    where = place(span)
    path = Path(where.file)
    uri = path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
    return {
        "artifactLocation": {"uri": uri},
        "region": {
            "startLine": where.line,
            "startColumn": where.column,
            "endLine": where.end_line,
            "endColumn": where.end_column,
        },
    }


def _without_blanks(template: str) -> str:
    """A headline's template with `…` for each blank."""
    return "".join(
        part.partition("}")[2] if "}" in part else part
        for part in template.replace("{", "…{").split("{")
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")

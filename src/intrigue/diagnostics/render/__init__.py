"""Diagnostics as people and programs read them: text, JSON, SARIF, GitHub annotations."""

from intrigue.diagnostics.render.machine import as_github, as_json, as_sarif, to_dict
from intrigue.diagnostics.render.terminal import closing, coloured, text

__all__ = [
    "as_github",
    "as_json",
    "as_sarif",
    "closing",
    "coloured",
    "text",
    "to_dict",
]

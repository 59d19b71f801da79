"""Every finding there can be: one Markdown file a code, read when it is needed.

A file begins with a front matter of single lines, then explains itself:

    ---
    severity: error
    headline: "{name}" is no {kind}
    allow: no                  (where accepting it on purpose makes no sense: the story cannot be read)
    example: none, because ..  (only where no example can stand)
    ---
    What it means, an example that triggers it in a fenced `story` (`world`, `sabre`) block, how to mend it.

The code is the name of the file. Blanks of the headline are filled from the diagnostic.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from intrigue.diagnostics.diagnostic import Diagnostic, Severity
from intrigue.records import dataclass

_FOLDER = Path(__file__).parent
_FRONT = re.compile(r"---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_EXAMPLE = re.compile(r"^```(story|world|sabre)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLANK_LIMIT = 160
"""Characters of one blank that a headline shows."""

_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: how bad it is, its headline with `{blanks}`, and the explanation (Markdown) with its examples."""

    code: str
    severity: Severity
    headline: str
    body: str
    allowable: bool
    no_example: str

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """The form (`story`, `world` or `sabre`) and text of each example."""
        return tuple((found[1], found[2]) for found in _EXAMPLE.finditer(self.body))

    @property
    def blanks(self) -> frozenset[str]:
        """The names of the headline's blanks."""
        return frozenset(_BLANK.findall(self.headline))


@cache
def codes() -> tuple[str, ...]:
    """All codes, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.md")))


@cache
def entry(code: str) -> Entry:
    """The entry of a code.

    Raises KeyError if there is none, ValueError if its file is not in the form that stands above.
    """
    path = _FOLDER / f"{code}.md"
    if code not in codes():
        raise KeyError(code)
    parts = _FRONT.match(path.read_text(encoding="utf-8"))
    if parts is None:
        raise ValueError(f"{path.name} has no front matter")
    front: dict[str, str] = {}
    for line in parts[1].splitlines():
        name, colon, value = line.partition(":")
        if not colon or name not in ("severity", "headline", "allow", "example"):
            raise ValueError(f"{path.name}: {line!r} is no line of the front matter")
        front[name] = value.strip()
    if not {"severity", "headline"} <= front.keys():
        raise ValueError(f"{path.name} needs a severity and a headline")
    return Entry(
        code,
        Severity(front["severity"]),
        front["headline"],
        parts[2].strip() + "\n",
        front.get("allow") != "no",
        front.get("example", ""),
    )


def severity(code: str) -> Severity:
    """How bad a finding is.

    Raises KeyError if there is no such code.
    """
    return entry(code).severity


def headline(diagnostic: Diagnostic) -> str:
    """The first line of a finding: the catalogue's template with its blanks filled.

    A blank that is not given stays as `?`; a very long one is cut off.
    """

    def fill(blank: re.Match[str]) -> str:
        text = diagnostic.blanks.get(blank[1], "?")
        return text if len(text) <= BLANK_LIMIT else text[: BLANK_LIMIT - 1] + "…"

    return _BLANK.sub(fill, entry(diagnostic.code).headline)

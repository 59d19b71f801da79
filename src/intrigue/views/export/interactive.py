"""A told story to play: Twee 3 for Twine, and Ink. The reader goes from scene to scene; where the story might have gone otherwise,
there is a choice, and what then happens.

Forms: Twee 3 specification 3.0.2 (Interactive Fiction Technology Foundation); "Writing with Ink" (inkle).
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Sequence

from intrigue.english import capital
from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle
from intrigue.views.tell.clauses import Clause, Passage, passages
from intrigue.views.tell.prose import Prose

_ACROSS = 5
"""Passages in a row of the map."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Another way to go on: `after` so many events, what the reader chooses, what then happens in sentences, how it ends."""

    after: int
    choice: str
    told: tuple[str, ...]
    ends: str


@dataclass(frozen=True, slots=True)
class _Passage:
    name: str
    text: str
    choices: tuple[tuple[str, str], ...]
    """What the reader reads, and the passage to which it leads."""


def _passages(told: Chronicle, branches: Sequence[Branch]) -> list[_Passage]:
    """Scenes in the order of the telling, cut where branches leave; then the branches; the names are all different."""
    prose = Prose(told)
    taken: dict[str, int] = {}

    def fresh(name: str) -> str:
        plain = re.sub(r"[\[\]{}|<>]", "", name).strip() or "scene"
        taken[plain] = taken.get(plain, 0) + 1
        return plain if taken[plain] == 1 else f"{plain} {taken[plain]}"

    ways: list[tuple[Branch, str]] = []
    leaving: dict[int, list[tuple[str, str]]] = {}
    for branch in branches:
        name = fresh(f"What if: {branch.choice}")
        ways.append((branch, name))
        leaving.setdefault(branch.after, []).append((branch.choice, name))
    pieces: list[tuple[str, str, list[tuple[str, str]]]] = []
    if leads := leaving.pop(0, []):
        pieces.append((fresh(told.title), "", leads))
    for passage in passages(told):
        title, clauses = passage.title, list[Clause]()
        for clause in passage.clauses:
            clauses.append(clause)
            leads = leaving.pop(clause.event, [])
            if leads or clause is passage.clauses[-1]:
                pieces.append(
                    (fresh(title), prose.paragraph(Passage(title, tuple(clauses))), leads)
                )
                clauses = []
    found: list[_Passage] = []
    for number, (name, text, leads) in enumerate(pieces):
        onward = [("Go on", pieces[number + 1][0])] if number + 1 < len(pieces) else []
        found.append(_Passage(name, text, (*onward, *leads)))
    for branch, name in ways:
        text = " ".join(f"{capital(sentence.rstrip('.'))}." for sentence in branch.told)
        found.append(_Passage(name, f"{text}\n\n{branch.ends}".strip(), ()))
    return found


def twee(told: Chronicle, branches: Sequence[Branch] = ()) -> str:
    """Twee 3 source; a compiler chooses the look."""
    parts = _passages(told, branches)
    # the same story has the same number, so that a reader's saved games are found again
    number = str(uuid.uuid5(uuid.NAMESPACE_URL, f"intrigue:{told.title}")).upper()
    data = {"ifid": number, "format": "Harlowe", "format-version": "3.3.9", "start": parts[0].name}

    def lines() -> Iterator[str]:
        yield f":: StoryTitle\n{told.title}\n"
        yield f":: StoryData\n{json.dumps(data, indent=2)}\n"
        for place, part in enumerate(parts):
            at = f"{100 + place % _ACROSS * 150},{100 + place // _ACROSS * 150}"
            yield f':: {_escaped(part.name)} {{"position":"{at}","size":"100,100"}}'
            yield part.text + "\n"
            for said, to in part.choices:
                yield f"[[{said}->{to}]]"
            if not part.choices:
                yield "//The end.//"
            yield ""

    return "\n".join(lines()).rstrip() + "\n"


def _escaped(name: str) -> str:
    """Signs that mean something in a passage's head."""
    return re.sub(r"([\\\[\]{}])", r"\\\1", name)


def ink(told: Chronicle, branches: Sequence[Branch] = ()) -> str:
    """Ink source: a knot a passage."""
    parts = _passages(told, branches)
    knots: dict[str, str] = {}
    for part in parts:
        plain = re.sub(r"\W+", "_", part.name, flags=re.ASCII).strip("_").lower() or "scene"
        taken = set(knots.values())
        number = next(n for n in range(1, len(parts) + 2) if _knot(plain, n) not in taken)
        knots[part.name] = _knot(plain, number)

    def lines() -> Iterator[str]:
        yield f"# title: {told.title}\n"
        yield f"-> {knots[parts[0].name]}\n"
        for part in parts:
            yield f"=== {knots[part.name]} ==="
            yield _plain(part.name if part.name.endswith("?") else f"{part.name}.")
            yield _plain(part.text)
            for said, to in part.choices:
                yield f"+ [{_plain(said)}] -> {knots[to]}"
            if not part.choices:
                yield "-> END"
            yield ""

    return "\n".join(lines()).rstrip() + "\n"


def _knot(plain: str, number: int) -> str:
    return f"s_{plain}" if number == 1 else f"s_{plain}_{number}"


def _plain(text: str) -> str:
    """Text in which no sign means anything to Ink."""
    return re.sub(r"([\\{}|#~<>\[\]])", r"\\\1", text).replace("//", "/\\/")

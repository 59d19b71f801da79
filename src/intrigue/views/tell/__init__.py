"""A told story in words: prose, a screenplay's skeleton, an outline, a beat sheet."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from intrigue.views.tell.clauses import passages
from intrigue.views.tell.prose import Prose
from intrigue.views.tell.sheets import beats, fountain, outline

if TYPE_CHECKING:
    from intrigue.views.chronicle import Chronicle
    from intrigue.world.predicates import Verb

__all__ = ["beats", "fountain", "html", "markdown", "outline"]


def markdown(
    told: Chronicle, person: str | None = None, *, seed: int = 0, verb: Verb | None = None
) -> str:
    """Prose with a heading a scene. `person`: only what that person saw, inferred or was told. `verb`: what becomes of verbs, as
    `words.past()`; none keeps the present."""
    parts = [f"# {_title(told, person)}"]
    for heading, paragraph in _paragraphs(told, person, seed, verb):
        parts += [f"## {heading}", paragraph]
    return "\n\n".join(parts) + "\n"


def html(
    told: Chronicle, person: str | None = None, *, seed: int = 0, verb: Verb | None = None
) -> str:
    """The same as a page to read."""
    style = "body{max-width:38rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.6 Georgia,serif;color-scheme:light dark}"
    parts = [
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(told.title)}</title>'
        f"<style>{style}</style></head>\n<body>\n<h1>{escape(_title(told, person))}</h1>"
    ]
    for heading, paragraph in _paragraphs(told, person, seed, verb):
        parts.append(f"<h2>{escape(heading)}</h2>\n<p>{escape(paragraph)}</p>")
    return "\n".join([*parts, "</body>", "</html>"]) + "\n"


def _title(told: Chronicle, person: str | None) -> str:
    return told.title if person is None else f"{told.title}, as {person} lived it"


def _paragraphs(
    told: Chronicle, person: str | None, seed: int, verb: Verb | None
) -> list[tuple[str, str]]:
    prose = Prose(told, seed, verb)
    return [(passage.title, prose.paragraph(passage)) for passage in passages(told, person)]

"""Echoes: findings that only repeat a mistake of syntax, because what they miss stands on a line that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.language import tree

_MISSING = frozenset(("unknown-name", "unknown-kind", "unknown-parameter"))
_ARTICLES = frozenset(("the", "a", "an"))


def without_echoes(found: Iterable[Diagnostic], files: Sequence[tree.File]) -> list[Diagnostic]:
    """The findings that a mistake of syntax cannot have brought about.

    Something unknown is an echo if a word of it stands on a line that could not be read; a sentence that nobody understands
    is one if any declaration could not be read.
    """
    unread = frozenset(word for file in files for word in file.unread)
    if not unread:
        return list(found)

    def echo(diagnostic: Diagnostic) -> bool:
        if diagnostic.code == "unknown-sentence":
            return True
        if diagnostic.code not in _MISSING:
            return False
        words = set(diagnostic.blanks.get("name", "").split()) - _ARTICLES
        return not words.isdisjoint(unread)

    return [diagnostic for diagnostic in found if not echo(diagnostic)]

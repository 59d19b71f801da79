"""Verbs and names: number, tense, pronouns, first mention."""

from __future__ import annotations

import re
from collections.abc import Callable

from intrigue.views.chronicle import Member
from intrigue.views.extras import MissingExtra
from intrigue.world.patterns import agreeing

Verb = Callable[[str], str]
"""What becomes of a verb in the third person of the present, singular or plural."""

_INNER = re.compile(r"\b(and|but) ([a-z]+)\b")
_ARTICLES = ("the ", "a ", "an ")


def plural(verb: str) -> str:
    """`shoots` -> `shoot`, `is` -> `are`."""
    return agreeing(verb, plural=True)


def base(verb: str) -> str:
    """`shoots` -> `shoot`, `is` -> `be`."""
    plain = plural(verb)
    return {"are": "be", "were": "be"}.get(plain, plain)


def past() -> Verb:
    """Verbs in the past. Raises MissingExtra without the package that knows them."""
    try:
        from lemminflect import getInflection
    except ImportError:
        raise MissingExtra("lemminflect", "prose") from None

    def put(verb: str) -> str:
        if verb in ("is", "are"):
            return "was" if verb == "is" else "were"
        found = getInflection(base(verb), tag="VBD")
        return str(found[-1]) if found else verb

    return put


def retensed(predicate: str, verb: Verb) -> str:
    """The predicate with its verbs put otherwise: its first word, and those behind `and` and `but` that look like one."""
    head, _, rest = predicate.partition(" ")

    def inner(match: re.Match[str]) -> str:
        word = match[2]
        return f"{match[1]} {verb(word) if word.endswith('s') else word}"

    return f"{verb(head)} {_INNER.sub(inner, rest)}".strip()


def infinitive(predicate: str) -> str:
    """`takes the bag` -> `take the bag`."""
    return retensed(predicate, base)


def introduction(member: Member) -> str:
    """Who somebody is, for the first mention: `a cop also called Li Ying`; empty if there is nothing to add."""
    kinds = [kind for kind in member.kinds if " or " not in kind and kind != "person"]
    own = kinds[-1] if kinds else ""
    if member.group or member.name.lower().startswith(_ARTICLES):
        own = ""
    also = f"also called {member.aliases[0]}" if member.aliases else ""
    if own:
        article = "an" if own[0] in "aeiou" else "a"
        return f"{article} {own} {also}".strip()
    return also

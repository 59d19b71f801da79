"""What is said of somebody, with its verb first: in another number or tense, in the infinitive, denied."""

from __future__ import annotations

import re
from collections.abc import Callable

from intrigue.world.patterns import agreeing

Verb = Callable[[str], str]
"""What becomes of a verb in the third person of the present, singular or plural."""

_INNER = re.compile(r"\b(and|but) ([a-z]+)\b")
_PARTICIPLE = re.compile(
    r"[a-z]+(?:ed|en|orn|own|ought|aught|ept)\b|"
    r"(?:gone|done|made|paid|said|sold|told|won|lost|left|held|heard|met|found|had|sent|shot|come)\b"
)
"""Behind `has` these say what somebody has done, not what he has."""


def plural(verb: str) -> str:
    """`shoots` -> `shoot`, `is` -> `are`."""
    return agreeing(verb, plural=True)


def base(verb: str) -> str:
    """`shoots` -> `shoot`, `is` -> `be`."""
    plain = plural(verb)
    return {"are": "be", "were": "be"}.get(plain, plain)


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


def denied(subject: str, predicate: str, *, many: bool) -> str:
    """`Li`, `shoots Sidney` -> `Li does not shoot Sidney`. Where the predicate does not begin with a verb of the present, or is denied
    already: `it is not so that ...`."""
    verb, _, rest = predicate.partition(" ")
    again = rest.partition(" ")[0] == "not"
    if not subject or again or not (many or plural(verb) != verb) or verb.endswith("ed"):
        return f"it is not so that {f'{subject} {predicate}'.strip()}"
    if verb in ("is", "are", "was", "were") or (
        verb in ("has", "have") and _PARTICIPLE.match(rest)
    ):
        return f"{subject} {verb} not {rest}"
    return f"{subject} {'do' if many else 'does'} not {infinitive(predicate)}"

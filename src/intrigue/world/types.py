"""What sort of value an expression has, as far as it can be told without running the story.

Yes/no, a number, a member of some kinds, or anything (a blank, or what a claim is about).
Two sorts of members can be compared if their kinds have a root in common: a cop and a gangster, not a cop and a place.
"""

from __future__ import annotations

from intrigue.world.tables import CLAIM, QUESTION, Tables

Type = str | frozenset[int]

BOOL = "bool"
NUMBER = "number"
ANY = "any"
NOBODY: frozenset[int] = frozenset()
"""The type of `none`, which fits wherever a member is asked for."""


def fits(found: Type, expected: Type, tables: Tables) -> bool:
    """Whether a value of the one type can be one of the other."""
    if found in (expected, ANY) or expected == ANY:
        return True
    if isinstance(found, str) or isinstance(expected, str):
        return False
    return (
        not found
        or not expected
        or bool(found & expected or tables.roots(found) & tables.roots(expected))
    )


def is_claim(found: Type, tables: Tables) -> bool:
    """Whether a value of this type is a claim."""
    return isinstance(found, frozenset) and tables.belongs(found, CLAIM)


def is_question(found: Type, tables: Tables) -> bool:
    """Whether a value of this type is a question."""
    return isinstance(found, frozenset) and tables.belongs(found, QUESTION)


def ordered_kind(left: Type, right: Type, tables: Tables) -> int | None:
    """The one ordered set to which both values belong."""
    if not isinstance(left, frozenset) or not isinstance(right, frozenset):
        return None
    common = [k for k in sorted(left & right) if tables.kinds[k].ordered]
    return common[0] if len(common) == 1 else None


def in_words(found: Type, tables: Tables) -> str:
    """The type as one says it: `yes or no`, `a number`, `a person or place`."""
    if found == BOOL:
        return "yes or no"
    if found == NUMBER:
        return "a number"
    if found == ANY:
        return "any value"
    assert isinstance(found, frozenset)
    if not found:
        return "nobody"
    kinds = [tables.kinds[k] for k in sorted(found)]
    names = " or ".join(kind.name for kind in kinds)
    if kinds[0].closed:
        return f"a value of {names}"
    return f"{'an' if names[0] in 'aeiou' else 'a'} {names}"

"""Names and words: what may stand in a name, what ends one, and when two names are the same."""

from __future__ import annotations

from functools import lru_cache

KEYWORDS = frozenset(
    [
        "and",
        "or",
        "not",
        "if",
        "then",
        "else",
        "is",
        "in",
        "knows",
        "believes",
        "does",
        "while",
        "where",
        "with",
        "known",
        "unknown",
        "maybe",
        "every",
        "any",
        "count",
    ]
)
"""Words of the language, which end a name. Soft words (`share`, `from`, `while` ..) end one only where they mean something."""

LITERALS = {
    "yes": "yes",
    "no": "no",
    "none": "none",
    "nobody": "none",
    "nothing": "none",
    "nowhere": "none",
}
"""Words that are values, and the value."""

_ARTICLES = ("the", "a", "an")


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """What identifies a name: without its article, without the case of its first letter, spaces and apostrophes made even.

    >>> key("The  nightclub") == key("nightclub"), key("Ah Jong"), key("a")
    (True, 'ah Jong', 'a')
    """
    words = name.replace("’", "'").split()
    if len(words) > 1 and words[0].lower() in _ARTICLES:
        del words[0]
    joined = " ".join(words)
    return joined[:1].lower() + joined[1:]

"""Sentence patterns cut into words, and sentences too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from intrigue.records import dataclass
from intrigue.world.claims import Content
from intrigue.world.model import Phrase

if TYPE_CHECKING:
    from intrigue.world.tables import Tables

VALUE = -1
"""The blank of a phrase that stands for a fact's value."""

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"


@cache
def _word(plain: bool) -> re.Pattern[str]:
    """What a word looks like. `plain`: in a text of ASCII alone, where so large a class of letters need not be compiled."""
    letter, ideograph = (r"\w", "") if plain else (rf"[^\W{_IDEOGRAPH}]", f"|[{_IDEOGRAPH}]")
    quotes = "" if plain else "“”„«»…"
    return re.compile(
        rf"'s\b{ideograph}|{letter}+(?:[-.]{letter}+)*|(?<!\S)\?|[^\s\w.,:;!?\"{quotes}]"
    )


ARTICLES = frozenset(("the", "a", "an"))
THAT = frozenset(("that", "whether", "if"))
NUMBER = re.compile(r"\d+(?:\.\d+)?$")


WHERE = frozenset(("at", "in", "on", "to"))
"""What `where` says by itself."""
PREPOSITIONS = WHERE | {"from", "with", "by", "of", "for"}


def in_question(parts: Sequence[str | int], word: str) -> tuple[str | int, ...]:
    """A phrase as a question: the word where the value stands if that is the first part, else before everything. `where` says what a
    preposition before the value at the end says (`where Li is`); other words leave it there (`whom the cup is with`)."""
    at = parts.index(VALUE)
    if at == 0:
        return (word, *parts[1:])
    before, after = list(parts[:at]), list(parts[at + 1 :])
    if word == "where" and not after and isinstance(before[-1], str):
        words = before[-1].split(" ")
        while words and (not words[-1] or words[-1] in WHERE):
            words.pop()
        before[-1:] = [" ".join(words)] if words else []
    return (word, *before, *after)


class Token(NamedTuple):
    """A word, its first letter small, with where it stands in its text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text, first letters small, with their places."""
    even = text.replace("’", "'")
    return tuple(
        Token(word[:1].lower() + word[1:], found.start(), found.end())
        for found in _word(even.isascii()).finditer(even)
        for word in (found.group(),)
    )


_VERB = re.compile(r"(\b(?:and|but) )([a-z]+)")
_PLURALS = {"is": "are", "was": "were", "has": "have", "does": "do"}
_BE_AND_HAVE = {"are": "is", "were": "was", "have": "has"}


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """The word without the ending that tells `shoots` from `shoot`: a verb of a pattern may stand in the plural."""
    if len(word) <= 3 or word[-1] != "s" or word.endswith(("ss", "is", "us", "'s")):
        return _BE_AND_HAVE.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "zzes", "ches", "shes", "oes")) else word[:-1]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, first letters small."""
    return tuple(token.text for token in tokens_of(text))


LITTLE = frozenset(
    words_of(
        "the a an of to with at in on from for by up down out that and but is are be has have not "
        "only off into about over his her him"
    )
)
"""Words that say nothing of what happens, or is so: nothing is near for having them."""


@dataclass(slots=True)
class Pattern:
    """A pattern cut into stems of words (strings) and blanks (numbers). `owner`: its action or fact; `phrase`: as declared."""

    owner: int
    parts: tuple[str | int, ...]
    literals: frozenset[str]
    blanks: frozenset[int]
    phrase: Phrase
    by_name: bool = False


@dataclass(slots=True)
class Scan:
    """One sentence while it is being matched."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    known: frozenset[str]
    """All stems that occur."""
    names: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    claims: dict[tuple[int, bool], list[tuple[Content, int]]] = field(default_factory=dict)


def compile_pattern(owner: int, phrase: Phrase, talk: frozenset[int] = frozenset()) -> Pattern:
    """Cuts a pattern into words. An article just before a blank belongs to what fills it, and `that` before a claim."""
    parts: list[str | int] = []
    for part in phrase.parts:
        if isinstance(part, int):
            if parts and (parts[-1] in ARTICLES or (part in talk and parts[-1] in THAT)):
                parts.pop()
            parts.append(part)
        else:
            parts.extend(map(stem, words_of(part)))
    literals = frozenset(part for part in parts if isinstance(part, str))
    blanks = frozenset(part for part in parts if isinstance(part, int))
    return Pattern(owner, tuple(parts), literals, blanks, phrase)


def call_form(action: int, name: str, count: int) -> Pattern:
    """`shoot(Ah Jong, Lam)`, which tells an event of any action."""
    pattern = compile_pattern(action, Phrase((f"{name} (", *range(count), ")")))
    pattern.by_name = True
    return pattern


def fill(
    phrase: Phrase,
    words: Mapping[int, str],
    atoms: Mapping[int, int | None] = MappingProxyType({}),
    tables: Tables | None = None,
) -> str:
    """A pattern with words in its blanks; `the {place}` and `the church` do not make two articles.

    `atoms`: what fills the blanks, if that is known: where the first is many, the verbs that follow it say so; for `at` a place has its
    own preposition: `in the cell`.
    """
    said = ""
    groups, prepositions = (tables.groups, tables.prepositions) if tables else ((), {})
    first = phrase.parts[0]
    plural = isinstance(first, int) and atoms.get(first) in groups
    for number, part in enumerate(phrase.parts):
        if isinstance(part, str):
            said += _agreeing(part, number == 1) if plural else part
            continue
        word = words[part]
        place = atoms.get(part)
        if place in prepositions and said.endswith(" at "):
            said = f"{said[:-3]}{prepositions[place]} "
        before = said.rstrip().rpartition(" ")[2].lower()
        if before in ARTICLES and word.partition(" ")[0].lower() in ARTICLES:
            word = word.partition(" ")[2]
        said += word
    return " ".join(said.split())


def _agreeing(text: str, first: bool) -> str:
    """The text with its verbs in the plural: the word just behind the subject, and those behind `and` and `but`."""
    found = _VERB.sub(lambda verb: verb[1] + _PLURALS.get(verb[2], stem(verb[2])), text)
    head = re.match(r"( +)([a-z]+)", found) if first else None
    return (
        found
        if head is None
        else head[1] + _PLURALS.get(head[2], stem(head[2])) + found[head.end() :]
    )


def agreeing(verb: str, *, plural: bool) -> str:
    """A verb in the third person, as one or many do it: `takes`, `take`."""
    if not plural or verb in _BE_AND_HAVE:  # these are of many already
        return verb
    return _PLURALS.get(verb, stem(verb))

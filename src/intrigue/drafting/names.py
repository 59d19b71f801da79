"""Who is named in a synopsis: names found by their capitals, told from places, groups and things by the words around them.

No list of names and no statistics: every mention is evidence for or against a person, as English shows it (what stands before a
name, what it has, what it does); the evidence is added up over all mentions of one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from intrigue.drafting import words
from intrigue.drafting.sentences import Sentence
from intrigue.records import dataclass

PERSON = 1.5
"""So much evidence makes a person; one plain sign is worth 1 to 3."""

_LONGEST = 8
"""Words of a name, its titles included."""

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}(?:[\w'’-]*\w)?(?:['’](?=\s))?|\d[\w.,-]*")
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|['’])$")
_CONTRACTED = re.compile(r"(?<=\w)['’](?:ll|d|m|re|ve)$")
_ENGLISH = 0.12
"""The least share of words of closed classes in English prose."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with what stands between it and the word before."""

    text: str
    gap: str
    possessive: bool

    @property
    def lower(self) -> str:
        return self.text.casefold()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence. `evidence` for a person, or, below 0, against; `beside`: names coordinated with it."""

    name: tuple[str, ...]
    title: str
    sentence: int
    initial: bool
    evidence: float
    beside: tuple[tuple[str, ...], ...]
    stands_for: tuple[str, ...] | None


@dataclass(slots=True)
class Named:
    """A name with the sentences that mention it. `aliases`: other forms of it."""

    name: str
    aliases: list[str] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    evidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """All names of a synopsis, in the order of their first mention."""

    persons: tuple[Named, ...]
    others: tuple[Named, ...]


def find(sentences: Sequence[Sentence]) -> Found:
    """The persons that a synopsis names, and what else it names."""
    tokenised = [(sentence.number, list(_tokens(sentence.text))) for sentence in sentences]
    lowered = {token.text for _, tokens in tokenised for token in tokens if token.text[0].islower()}
    capital = {
        token.text
        for _, tokens in tokenised
        for index, token in enumerate(tokens)
        if not _initial(tokens, index) and _names(token)
    }
    # what begins a sentence before it is no part of it: `Poor Emil`, where there is an Emil
    apart = {
        token.text
        for _, tokens in tokenised
        for index, token in enumerate(tokens)
        if token.text in capital and not _initial(tokens, max(0, index - 1))
    }
    mentions = [
        mention
        for number, tokens in tokenised
        for mention in _mentions(number, tokens, lowered, capital, apart)
    ]
    count = sum(len(tokens) for _, tokens in tokenised)
    closed = sum(token.lower in words.FUNCTION for _, tokens in tokenised for token in tokens)
    return _joined(mentions, lowered, english=closed >= _ENGLISH * count)


# ------------------------------------------------------------------ mentions


def _tokens(text: str) -> Iterator[_Token]:
    end = 0
    for found in _WORD.finditer(text):
        word = found[0]
        bare = _POSSESSIVE.sub("", word)
        yield _Token(_CONTRACTED.sub("", bare), text[end : found.start()], bare != word)
        end = found.end()


def _function(word: str) -> bool:
    """Whether a word is of those that name nothing, `don't` among them."""
    return word in words.FUNCTION or word.endswith(("n't", "n’t"))


def _names(token: _Token) -> bool:
    """Whether a word is written as a name: with a capital, or in a script that has none."""
    first = token.text[0]
    return first.isupper() or first.istitle() or (first.isalpha() and not first.islower())


def _initial(tokens: Sequence[_Token], index: int) -> bool:
    """Whether a capital may be due to the beginning of a sentence or a quotation."""
    return index == 0 or any(sign in tokens[index].gap for sign in '.!?:“"«…')


def _mentions(
    number: int,
    tokens: Sequence[_Token],
    lowered: set[str],
    capital: set[str],
    apart: set[str],
) -> Iterator[Mention]:
    """The names of one sentence, from left to right."""
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        if not _opens(tokens, index, lowered, capital, apart):
            index += 1
            continue
        end = index + 1
        while (more := _goes_on(tokens, index, end)) > end:
            end = more
        spans.append((index, end))
        index = end
    names = {span: _bare(tokens[span[0] : span[1]]) for span in spans}
    for position, (start, end) in enumerate(spans):
        title, name = names[start, end]
        if not name:
            continue
        titled = bool(title) or name[0].casefold() in words.TITLES
        beside = tuple(
            names[other][1]
            for other in spans[max(0, position - 1) : position + 2]
            if other != (start, end) and _coordinated(tokens, other, (start, end))
        )
        before = spans[position - 1] if position else None
        inner = tokens[start].gap.endswith("(")
        same = names[before][1] if inner and before is not None and before[1] == start else None
        yield Mention(
            name,
            title,
            number,
            _initial(tokens, start) and not titled,
            _evidence(tokens, start, end, titled),
            beside,
            same or None,
        )


def _goes_on(tokens: Sequence[_Token], start: int, end: int) -> int:
    """Where a name that has reached `end` ends if the next word, small words before it included, belongs to it; `end` if none does."""
    if tokens[end - 1].possessive:
        return end
    at = end
    while at < len(tokens) and tokens[at].gap == " " and tokens[at].text in words.PARTICLES:
        at += 1
    if at >= len(tokens) or at - start >= _LONGEST or not _names(tokens[at]):
        return end
    gap = tokens[at].gap
    return at + 1 if gap == " " or (gap == ". " and _shortened(tokens[at - 1])) else end


def _opens(
    tokens: Sequence[_Token], index: int, lowered: set[str], capital: set[str], apart: set[str]
) -> bool:
    """Whether a name may begin with this word."""
    token = tokens[index]
    if not _names(token) or token.lower in words.CALENDAR:
        return False
    if _function(token.lower):
        if token.lower not in words.NAMESAKES:
            return False
        follows = tokens[index + 1] if index + 1 < len(tokens) else None
        return not _initial(tokens, index) or (
            token.text in capital and follows is not None and _verb(follows.lower)
        )
    if any(sign.isdigit() for sign in token.text) or (token.text.isupper() and len(token.text) > 1):
        return token.text.istitle() or not token.text.isascii()
    if not _initial(tokens, index) or token.text in capital or token.lower in words.TITLES:
        return True
    # a capital that only the beginning of a sentence may have given
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.lower in lowered or re.search(r"(?:ed|ing|ly|en)$", token.lower):
        return False
    if follows is not None and _names(follows) and follows.gap == " ":
        return follows.text not in apart
    return (
        token.possessive
        or follows is None
        or "," in follows.gap
        or _verb(follows.lower)
        or follows.lower == "and"
    )


def _bare(tokens: Sequence[_Token]) -> tuple[str, tuple[str, ...]]:
    """The titles at the beginning, and the name behind them. A title alone may be a name: then it is not one."""
    offices = [
        at + 1
        for at, token in enumerate(tokens[:-1])
        if token.lower in words.TITLES and token.lower not in words.EPITHETS
    ]
    at = max(offices, default=0)
    while at < len(tokens) - 1 and tokens[at].lower in words.TITLES | words.PERSON_NOUNS:
        at += 1
    if at == 0 and tokens[0].lower in words.TITLES:
        at = 1
    if (
        len(tokens) - at == 1
        and _function(tokens[at].lower)
        and tokens[at].lower not in words.NAMESAKES
    ):
        at = 0  # `Mr Is`: without the title nobody sees a name
    return " ".join(token.text for token in tokens[:at]), tuple(token.text for token in tokens[at:])


def _shortened(token: _Token) -> bool:
    """Whether a full stop behind a word ends no sentence: `Dr.`, `P.`"""
    return token.lower in words.TITLES or len(token.text) == 1


def _coordinated(tokens: Sequence[_Token], one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = sorted((one, other))
    between = [token.lower for token in tokens[first[1] : second[0]]]
    if tokens[first[1] - 1].possessive:
        return False
    return between == ["and"] or (not between and tokens[second[0]].gap.strip() == ",")


def _verb(word: str) -> bool:
    """Whether a word behind a name may be its verb."""
    return (
        word in words.VERBS
        or word in words.ACTS
        or word in words.TO_PERSONS
        or (re.search(r"[^s]s$|ed$", word) is not None and word not in words.FUNCTION)
    )


def _evidence(tokens: Sequence[_Token], start: int, end: int, titled: bool) -> float:
    """How much this mention speaks for a person."""
    last, gap = tokens[end - 1], tokens[start].gap
    before = tokens[start - 1].lower if start else ""
    before2 = tokens[start - 2].lower if start > 1 else ""
    titled = titled and not _church(tokens, start, end)
    said = 3.0 if titled else 0.0
    if last.lower in words.PLACE_NOUNS or last.lower in words.GROUP_NOUNS:
        said -= 4
    if gap == " ":
        said += _behind(before, before2, last.possessive, titled)
        if before in words.SPEECH and tokens[start - 1].gap.strip().endswith(('"', "”", "»", "’")):
            said += 3
        joined = end + 1 < len(tokens) and tokens[end].lower == "and" and _names(tokens[end + 1])
        if joined and before.endswith("s") and _person(before[:-1]):
            said += 3  # `the twins Ada and Ida`
    elif gap.strip() in (",", "(", ", (") and _person(before):
        said += 2 if "," in gap else 3
    if end < len(tokens):
        said += _ahead(tokens, end, last.possessive)
    return said


def _church(tokens: Sequence[_Token], start: int, end: int) -> bool:
    """Whether a saint's name is that of a place: `St Mary's church`, `the church of St Mary`."""
    saint = any(token.lower in ("st", "saint") for token in tokens[start:end])
    follows = tokens[end].lower if end < len(tokens) else ""
    named = (
        start > 1
        and tokens[start - 1].lower == "of"
        and tokens[start - 2].lower in words.PLACE_NOUNS
    )
    return saint and (named or tokens[end - 1].possessive or follows in words.PLACE_NOUNS)


def _behind(before: str, before2: str, possessive: bool, titled: bool) -> float:
    """By the word before a name."""
    if _person(before):
        return -3 if before2 in words.PLACE_NOUNS or before2 in words.GROUP_NOUNS else 3
    if before in words.PLACE_NOUNS or (
        before2 in words.PLACE_NOUNS and before == "of" and not titled
    ):
        return -3
    if before in words.TO_PERSONS:
        return 2
    if before in ("the", "a", "an") and not titled:
        return -3
    if before in words.PLACED and not possessive:
        return -2
    return 0


def _ahead(tokens: Sequence[_Token], end: int, possessive: bool) -> float:
    """By what stands behind a name."""
    following = [token.lower for token in tokens[end : end + 6]]
    gap = tokens[end].gap.strip()
    if possessive:
        if _names(tokens[end]) and not gap:
            return -4  # `St Mary's College`: one name
        return 3 if any(_personal(word) for word in following[:2]) else 0
    if following[0] in ("who", "whom", "whose"):
        return 3
    if gap == ",":
        return 2 if _apposed(tokens[end : end + 5]) else 0
    if gap:
        return 0
    word = following[0]
    if word.endswith("ly") and len(following) > 1:
        word = following[1]
    if word in ("named", "with", "between"):
        return 0
    if word in words.ACTS or word in words.TO_PERSONS:
        return 2
    if word in ("is", "was", "has", "had"):
        return 0.5
    if _verb(word):
        return 1
    # a name that qualifies a noun is seldom a person's; behind `and` it may be one of several who do something
    joined = end > 1 and tokens[end - 2].lower == "and"
    return 0 if joined or word in words.FUNCTION or _names(tokens[end]) else -1.5


def _personal(word: str) -> bool:
    return word in words.PERSONAL or _person(word)


def _person(word: str) -> bool:
    """Whether a noun is one for persons."""
    return word in words.PERSON_NOUNS or (len(word) > 6 and word.endswith("man"))


def _apposed(tokens: Sequence[_Token]) -> bool:
    """Whether these words, behind a name and a comma, say what person that is: `widow of ..`, `a young cop ..`."""
    if _person(tokens[0].lower):
        return tokens[0].text[0].islower()
    if tokens[0].lower not in ("a", "an", "the", "his", "her", "their"):
        return False
    return any(
        _person(token.lower) and not any(each.gap.strip() for each in tokens[1 : at + 1])
        for at, token in enumerate(tokens)
    )


# ------------------------------------------------------------ one name, many forms


def _joined(mentions: Sequence[Mention], lowered: set[str], english: bool) -> Found:
    """Mentions of one name together, under its commonest form; then persons told from the rest."""
    forms: dict[tuple[str, ...], int] = {}
    for mention in mentions:
        forms[mention.name] = forms.get(mention.name, 0) + 1
    longer = _longer(forms)
    heads = {name: _head(name, forms, longer) for name in forms}
    for mention in mentions:
        if mention.stands_for in heads and len(mention.name) > 1:
            heads[mention.name] = heads[mention.stands_for]
    named: dict[tuple[str, ...], Named] = {}
    beside: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for mention in mentions:
        head = heads[mention.name]
        entry = named.setdefault(head, Named(" ".join(head)))
        form = " ".join(mention.name)
        for alias in (form, f"{mention.title} {form}" if mention.title else form):
            if alias != entry.name and alias not in entry.aliases:
                entry.aliases.append(alias)
        if mention.sentence not in entry.sentences[-1:]:
            entry.sentences.append(mention.sentence)
        entry.evidence += mention.evidence
        beside.setdefault(head, []).extend(heads.get(other, other) for other in mention.beside)
    once = set(named) - {heads[mention.name] for mention in mentions if not mention.initial}
    for head, entry in named.items():
        if len(head) == 1 and head[0].casefold() in lowered:
            entry.evidence -= 2  # a common noun, written with a capital here
        if head in once and len(head) == 1 and len(entry.sentences) == 1:
            entry.evidence -= 0.5
        if not english and head not in once:
            entry.evidence = max(PERSON, entry.evidence)  # the words around it say nothing to us
    for _ in range(2):
        strong = {head for head, entry in named.items() if entry.evidence >= PERSON}
        for head, entry in named.items():
            if (
                head not in strong
                and entry.evidence >= -0.5
                and any(o in strong for o in beside[head])
            ):
                entry.evidence = max(entry.evidence, 0) + PERSON
    persons = tuple(entry for entry in named.values() if entry.evidence >= PERSON)
    return Found(persons, tuple(entry for entry in named.values() if entry.evidence < PERSON))


def _longer(forms: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """For each beginning and each end of a name the names that have it."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for form in forms:
        if _of_a_place(form):
            continue
        for at in range(1, len(form)):
            for part in {form[:at], form[at:]}:
                found.setdefault(part, []).append(form)
    return found


def _of_a_place(name: tuple[str, ...]) -> bool:
    """`McDonald Tower` is no form of somebody's name."""
    return name[-1].casefold() in words.PLACE_NOUNS | words.GROUP_NOUNS


def _head(
    name: tuple[str, ...],
    forms: dict[tuple[str, ...], int],
    longer: dict[tuple[str, ...], list[tuple[str, ...]]],
) -> tuple[str, ...]:
    """The form under which a name is listed: of all that begin or end with it, or with which it begins or ends, the commonest."""
    if _of_a_place(name):
        return name
    containing = longer.get(name, [])
    if len(containing) > 1 and not _nested(containing):
        return name  # which of them is meant cannot be told
    whole = max(containing, key=len, default=name)
    parts = [part for at in range(1, len(whole)) for part in (whole[:at], whole[at:])]
    family = [whole, *(p for p in parts if p in forms and _nested(longer.get(p, [])))]
    return max(family, key=lambda form: (forms[form], len(form)))


def _nested(forms: Sequence[tuple[str, ...]]) -> bool:
    """Whether each is a part of the longest."""
    longest = max(forms, key=len, default=())
    return all(form in (longest[: len(form)], longest[-len(form) :]) for form in forms)

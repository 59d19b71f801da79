"""Verbs and names: tense, pronouns, first mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from intrigue.records import dataclass
from intrigue.views.chronicle import Member
from intrigue.views.extras import MissingExtra
from intrigue.world.predicates import Verb, base

_ARTICLES = ("the ", "a ", "an ")


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
        regular = [form for form in found if form.endswith("ed")]
        return str((regular or found)[0]) if found else verb

    return put


_OPENS = frozenset(
    ("that", "where", "who", "whom", "what", "when", "whether", "until", "while", "and", "but")
)
"""Behind these a verb of its own may follow, at once or behind a subject."""
_NO_VERB = frozenset(("his", "its", "this", "us", "as", "across", "towards", "always", "not"))
_NOUN_BEFORE = frozenset(("the", "a", "an", "his", "her", "its", "their", "to", "of", "in", "for"))
_REACH = 5
"""So many words behind such a word its verb is looked for."""


def everywhere(
    predicate: str, verb: Verb, names: re.Pattern[str], *, begins: bool, many: bool
) -> str:
    """The predicate with all its finite verbs put otherwise, those of its clauses too. `names`: those in which no verb stands; `begins`:
    the first word is a verb; `many`: of a subject in the plural, so that verbs behind `and` have no ending."""
    kept = [found[0] for found in names.finditer(predicate)]
    numbers = count()
    bare = names.sub(lambda _: f"\0{next(numbers)}\0", predicate)
    words = bare.split(" ")
    open_, joined = _REACH if not begins else 1, False
    for i, whole in enumerate(words):
        word = whole.rstrip(",;.")
        finite = word in ("is", "are", "has", "have", "does", "do") or (
            word[-1:] == "s" and word[-2:] != "ss" and word.islower() and word not in _NO_VERB
        )
        follows = joined and many and word.islower() and words[i - 1].rstrip(",") in ("and", "but")
        plain = follows and word not in _NOUN_BEFORE | _OPENS and word not in ("only", "then")
        if word in _OPENS:
            open_, joined = _REACH, word in ("and", "but")
        elif open_ and ((i == 0 and begins) or finite or plain):
            words[i] = verb(word) + whole[len(word) :]
            open_, joined = 0, False
        elif open_ and (word.endswith("ed") or word == "to"):
            open_ = 0
        else:
            open_ = max(0, open_ - 1)
    return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], " ".join(words))


def introduction(member: Member) -> str:
    """Who somebody is, for the first mention: another name that says it (`the singer`), else the kind and another name (`a cop, also called
    Tiger`); empty if there is nothing to add."""
    if member.group or member.name.lower().startswith(_ARTICLES):
        return ""
    for alias in member.aliases:
        if alias.lower().startswith(_ARTICLES):
            return alias
    own = "" if member.role in ("person", "place", "thing") else member.role
    names = member.name.casefold().split()
    others = [alias for alias in member.aliases if not set(names) & set(alias.casefold().split())]
    also = f"also called {others[0]}" if others else ""
    article = f"{'an' if own[0] in 'aeiou' else 'a'} {own}" if own else ""
    return ", ".join(part for part in (article, also) if part)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """As an object, and of what belongs to it."""

    him: str
    his: str


PRONOUNS = {
    "he": Pronoun("him", "his"),
    "she": Pronoun("her", "her"),
    "it": Pronoun("it", "its"),
    "they": Pronoun("them", "their"),
}


_CLAUSE_AFTER = "that|where|who|whom|what|when|whether|until|than"
"""Behind these a name is the subject of what follows."""
_APART_AFTER = "with|and|or|but|on|in|up|out|off|down|away|back"
"""Behind these a pronoun would stand elsewhere (`beats him up`)."""


class Mentions:
    """Who and what a sentence has named so far, and how to name it again: by a pronoun where nobody else can be meant, as an object or
    behind `of`. The subject of the sentence is never meant by those (Chomsky 1981, principle B of binding), except by what somebody
    else is to do (`orders them to bring her to him`), and as the subject of a clause (`tells him that she has it`)."""

    def __init__(self, members: Sequence[Member], places: Sequence[Member]) -> None:
        self._called = {call: m for m in (*members, *places) for call in (m.name, *m.aliases)}
        self._fixed = {place.name for place in places}
        names = "|".join(re.escape(call) for call in sorted(self._called, key=lambda c: -len(c)))
        self._name = re.compile(
            rf"(?P<behind>\b(?:{_CLAUSE_AFTER}|{_APART_AFTER}) )?(?P<of>the (?P<own>[a-z]+) of )?\b(?P<name>{names})\b(?!\'|, who)"
        )
        self._bidden = re.compile(rf"\b(?:{names}) to (?!the\b)[a-z]+ ")
        """Somebody else is to do something."""
        self._subject = self._carried = self._struck = ""
        self._named: list[str] = []
        self._others: set[str] = set()

    def begin(self, subject: str, follows: bool) -> None:
        """A new sentence, about this. `follows`: on another, whose subject is still in mind, if nobody else in it is called so."""
        before, others = self._called.get(self._subject), self._others
        self._subject, self._named, self._others = subject, [], set()
        self._carried = self._struck = ""
        if not follows or before is None or before.name == subject:
            return
        if all(_pronoun(self._called[name]) != _pronoun(before) for name in others - {subject}):
            self._named, self._carried = [before.name], before.name

    def said(self, predicate: str) -> str:
        """The predicate, with pronouns for what was named before in the sentence."""
        return self._name.sub(lambda found: self._one(found, predicate), predicate)

    def _one(self, match: re.Match[str], predicate: str) -> str:
        member = self._called[match["name"]]
        word = _pronoun(member)
        if member.name == self._subject:
            return self._again(match, predicate, word)
        self._others.add(member.name)
        again = member.name in self._named and word and not match["behind"]
        alike = [name for name in self._named if _pronoun(self._called[name]) == word]
        # nobody else may be called so in the sentence itself
        rivals = [name for name in alike if name != self._carried or member.name == self._carried]
        # of things, and of whom the sentence did something to just now, the one named last is meant
        last = self._named[-1:] == [member.name]
        clear = rivals == [member.name] or (
            last and ("person" not in member.kinds or self._struck == member.name)
        )
        self._struck = "" if match["behind"] else member.name
        self._named = [*(name for name in self._named if name != member.name), member.name]
        if member.name == self._carried:
            self._carried = ""
        if not again or not clear or member.name in self._fixed:
            return match[0]
        if not match["of"]:
            return PRONOUNS[word].him
        same = self._subject in self._called and _pronoun(self._called[self._subject]) == word
        return match[0] if same else f"{PRONOUNS[word].his} {match['own']}"

    def _again(self, match: re.Match[str], predicate: str, word: str) -> str:
        """The subject of the sentence, named in it again."""
        alike = any(_pronoun(self._called[name]) == word for name in self._named)
        if not word or alike:
            return match[0]
        if match["of"]:
            return f"{match['behind'] or ''}{PRONOUNS[word].his} {match['own']}"
        if match["behind"] == "that " and word in ("he", "she"):
            return f"that {word}"
        told_to = self._bidden.search(predicate[: match.start()])
        return PRONOUNS[word].him if told_to and not match["behind"] else match[0]


def _pronoun(member: Member) -> str:
    """Of persons what the cast says; of things what their names look like."""
    if member.pronoun or "person" in member.kinds:
        return member.pronoun
    return "they" if re.search(r"[^s]s$", member.name) else "it"

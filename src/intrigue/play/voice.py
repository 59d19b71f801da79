"""The words in which a game speaks to whoever plays a person: `You shoot Li`, `Li corners you`, `shoot Li`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intrigue.english import capital
from intrigue.world.predicates import infinitive, plural, retensed

if TYPE_CHECKING:
    from intrigue.story.run import Run

_POSSESSIVES = {"he": "his", "she": "her", "it": "its", "they": "their"}
_SELVES = re.compile(r"\b(himself|herself|itself|themselves)\b")
_OPENS = "that|whether|not|if|who|whom|where|when|what|how|why|(?<=, )for"
_LEADS = "By|In|At|On|From|With|Without|After|Before"
_LED = re.compile(rf"^((?:{_LEADS}) [a-z]+(?: [a-z]+)?) you ([a-z]+s)\b")
"""`By chance you overhears`: a sentence of the person that does not begin with the person."""
_CLAUSE = re.compile(rf"\b((?:{_OPENS}):?) you (\w+)")


class Voice:
    """Speaks to one person."""

    def __init__(self, run: Run, person: int) -> None:
        row = run.world.atoms[person]
        calls = sorted((row.name, *row.aliases), key=len, reverse=True)
        self._begins = tuple(f"{capital(call)} " for call in calls)
        names = "|".join(rf"{re.escape(call)}" for call in calls)
        self._of = re.compile(rf"\b[Tt]he ([\w'-]+(?: [\w'-]+)?) of (?:{names})(?!\w)")
        self._named = re.compile(rf"(?<!\w)(?:{names})(?!\w)('s)?", re.IGNORECASE)
        others = [run.world.atoms[each].name for each in run.world.persons if each != person]
        self._others = sorted(others, key=len, reverse=True)
        pronoun = run.world.tables.pronouns.get(person, "they" if self._many(run, person) else "")
        own = _POSSESSIVES.get(pronoun)
        self._own = re.compile(rf"\b{own}\b") if own else None

    @staticmethod
    def _many(run: Run, person: int) -> bool:
        return person in run.world.tables.groups

    def said(self, sentence: str) -> str:
        """A sentence, without its full stop, as it is said to the person."""
        predicate = self._predicate(sentence)
        if predicate is None:
            return self.inner(sentence)
        return f"You {retensed(self._mine(predicate), plural)}"

    def choice(self, sentence: str) -> str:
        """An event as something to do: `shoot Li`; `let Vera hire you` if somebody else begins it."""
        predicate = self._predicate(sentence)
        if predicate is not None:
            return infinitive(self._mine(predicate))
        for call in self._others:
            if sentence.lower().startswith(f"{call.lower()} "):
                rest = self.inner(sentence[len(call) + 1 :])
                return f"let {call} {infinitive(rest[:1].lower() + rest[1:])}"
        return self.inner(sentence)

    def wanted(self, words: str) -> str:
        """What is wanted, in the midst of a sentence."""
        if "(" in words:
            return words  # a condition in the language
        return within(self.said(words))

    def inner(self, words: str) -> str:
        """Words in the midst of which the person may be named."""
        words = self._of.sub(lambda found: f"your {found[1]}", words)
        words = self._named.sub(lambda found: "your" if found[1] else "you", words)
        words = _LED.sub(lambda found: f"{found[1]} you {plural(found[2])}", words)
        words = _CLAUSE.sub(lambda found: f"{found[1]} you {plural(found[2])}", words)
        return capital(words)

    def _predicate(self, sentence: str) -> str | None:
        """What the sentence says of the person, if it is about that person."""
        for begins in self._begins:
            if sentence.startswith(begins):
                rest = sentence[len(begins) :]
                inner = self.inner(self._self(rest))
                return inner[:1].lower() + inner[1:] if rest[:1].islower() else inner
        return None

    def _self(self, predicate: str) -> str:
        """The person as the object of the own act; not in a clause, nor in what somebody else is to do (`ask Vera to leave you`)."""
        end = re.search(rf"\b(?:{_OPENS})\b|\bto (?!(?:the|an?)\b)[a-z]+\b", predicate)
        own = predicate[: end.start()] if end else predicate
        own = self._of.sub(lambda found: f"your {found[1]}", own)
        own = self._named.sub(lambda found: found[0] if found[1] else "yourself", own)
        return own + (predicate[end.start() :] if end else "")

    def _mine(self, predicate: str) -> str:
        """The own things and the own self, in a sentence whose subject is the person."""
        predicate = _SELVES.sub("yourself", predicate)
        return self._own.sub("your", predicate) if self._own else predicate


def within(sentence: str) -> str:
    """A sentence as it stands in another."""
    small = sentence.startswith(("You ", "Your ", "The ", "It ", "Somebody ", "Nobody ", "Not: "))
    return f"{sentence[:1].lower()}{sentence[1:]}" if small else sentence

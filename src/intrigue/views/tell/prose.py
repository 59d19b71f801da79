"""Prose: clauses with one subject become one sentence (aggregation: Reiter and Dale 2000, chapter 5), names become pronouns where nobody
else can be meant (after Dale 1992), links between sentences vary by a seeded choice. What is told stays, word for word, so that it
can be read back."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from intrigue.views.chronicle import Chronicle, Member
from intrigue.views.tell.clauses import Clause, Passage
from intrigue.views.tell.words import Mentions, Verb, infinitive, introduction, plural, retensed

_LONGEST = 3
"""Clauses in a sentence."""
_THEN = ("Then", "After that")
_OFTEN = 0.2
"""How often a sentence that could begin with a link does."""


@dataclass
class Prose:
    """Writes passages as sentences. `verb`: what becomes of verbs; none keeps the present."""

    told: Chronicle
    seed: int = 0
    verb: Verb | None = None
    _met: set[str] = field(default_factory=set)
    _aims: dict[str, str] = field(default_factory=dict)
    _members: dict[str, Member] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = self.told
        self._members = {member.name: member for member in told.persons}
        self._mentions = Mentions((*told.persons, *told.things), told.places)
        self._chance = random.Random(self.seed)

    def paragraph(self, passage: Passage) -> str:
        """One scene."""
        said: list[str] = []
        before: str | None = None
        place: str | None = None
        link = ""
        for group in self._pairs(_together(passage.clauses)):
            sentence, subject = self._sentence(group, before, place, link)
            said.append(sentence)
            before, place = subject, group[-1].place
            link = self._link(link)
        return " ".join(said)

    def _pairs(self, groups: Iterable[list[Clause]]) -> Iterator[list[Clause]]:
        """What two people whom one knows already do one after the other is said of both."""
        waiting: list[Clause] = []
        for group in groups:
            if waiting and len(waiting) == len(group) == 1:
                one, other = waiting[0], group[0]
                alike = (one.predicate, one.place, one.aim) == (
                    other.predicate,
                    other.place,
                    other.aim,
                )
                known = all(self._known(each.subject) for each in (one, other))
                if alike and known and one.subject != other.subject:
                    yield [one, other]
                    waiting = []
                    continue
            if waiting:
                yield waiting
            waiting = group
        if waiting:
            yield waiting

    def _known(self, name: str) -> bool:
        member = self._members.get(name)
        return (
            member is not None
            and not member.group
            and (name in self._met or not introduction(member))
        )

    def _link(self, last: str) -> str:
        choices = [word for word in _THEN if word != last]
        return self._chance.choice(choices) if self._chance.random() < _OFTEN else ""

    def _sentence(
        self, group: Sequence[Clause], before: str | None, place: str | None, link: str
    ) -> tuple[str, str]:
        """The sentence and its subject. `before`: the subject of the sentence before; `place`: where that was."""
        first = group[0]
        self._mentions.begin(first.subject, follows=before is not None)
        if len(group) > 1 and group[1].subject != first.subject:  # two who do the same
            subject, group = f"{first.subject} and {group[1].subject}", group[:1]
        else:
            subject = self._subject(first, before)
        clauses = [self._mentions.said(self._predicate(each, subject)) for each in group]
        said = f"{subject} {_list(clauses)}".strip() if subject else _list(clauses)
        aim = group[-1].aim
        news = aim not in (self._aims.get(first.subject), *(each.predicate for each in group))
        if aim and news and self._chance.random() < 0.6:
            self._aims[first.subject] = aim
            said += f", to {self._mentions.said(infinitive(aim))}"
        lead = ""
        if first.place and first.place != place and first.place not in said:
            lead = f"At {first.place}"
        elif link and before is not None:
            lead = link
        if lead:
            name = self._members.get(first.subject)
            proper = name is not None and not name.name.lower().startswith(("the ", "a "))
            if not (proper and subject.startswith(first.subject)):
                said = said[:1].lower() + said[1:]
            said = f"{lead}, {said}" if lead.startswith("At ") else f"{lead} {said}"
        return f"{said[:1].upper()}{said[1:]}.", first.subject

    def _subject(self, clause: Clause, before: str | None) -> str:
        name = clause.subject
        if not name:
            return ""
        member = self._members[name]
        if name == before and member.pronoun:
            return member.pronoun
        if name not in self._met:
            self._met.add(name)
            added = introduction(member)
            if added:
                return f"{name}, {added},"
        return name

    def _predicate(self, clause: Clause, subject: str) -> str:
        predicate = clause.predicate
        if subject == "they" or subject.startswith(f"{clause.subject} and "):
            predicate = retensed(predicate, plural)
        if self.verb is not None and clause.subject:
            predicate = retensed(predicate, self.verb)
        return predicate


def _together(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Neighbouring clauses of one subject, where one sentence can hold them."""
    group: list[Clause] = []
    for clause in clauses:
        joins = (
            group
            and clause.subject
            and clause.subject == group[-1].subject
            and len(group) < _LONGEST
            and not any(
                " and " in each.predicate or " but " in each.predicate for each in (*group, clause)
            )
        )
        if group and not joins:
            yield group
            group = []
        group = [*group, clause]
    if group:
        yield group


def _list(clauses: Sequence[str]) -> str:
    if len(clauses) < 3:
        return " and ".join(clauses)
    return f"{', '.join(clauses[:-1])}, and {clauses[-1]}"

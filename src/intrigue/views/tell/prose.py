"""Prose: clauses become sentences. What one person does, what several do, and what two do to each other becomes one sentence, in which
what is the same is said once (aggregation: Reiter and Dale 2000, chapter 5); names become pronouns where nobody else can be meant
(after Dale 1992); links between sentences vary by a seeded choice. What is told stays, word for word, so that it can be read back."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle
from intrigue.views.tell.clauses import Clause, Passage
from intrigue.views.tell.words import Mentions, everywhere, introduction
from intrigue.world.predicates import Verb, infinitive, plural, retensed

_LONGEST = 3
"""Clauses in a sentence."""
_THEN = 0.12
"""How often a sentence that could begin with `Then` does."""
_WHO = 0.5
"""How often what somebody does to whom something was done is told in the same sentence."""
_AIMED = 0.6
"""How often it is said what an act is for."""
_BUSY = re.compile(r"\b(?:and|but|who|which|or|that)\b")
"""A predicate in which this stands has clauses of its own."""
_CLOSED = re.compile(r"\b(?:and|but)\b|, who\b")
"""Behind a predicate in which this stands nothing more is told of its subject in one sentence."""
_PURPOSE = re.compile(r"\bto (?!the |an? |[A-Z])[a-z]+|\bwho\b")
"""A predicate in which this stands needs no aim."""
_ARTICLE = re.compile(r" (the|his|her|its|their)$")
_THING = re.compile(r"(?:the|his|her|its|their) [a-z]+(?: [a-z]+)?")
"""What looks like something named."""


@dataclass(slots=True)
class Sentence:
    """What one sentence tells. `subjects`: who does it; `each_other`: two do the same to each other; `clauses`: what the first subject
    does, once for all."""

    clauses: list[Clause]
    subjects: tuple[str, ...]
    each_other: bool = False


class Prose:
    """Writes passages as sentences. `verb`: what becomes of verbs; none keeps the present."""

    def __init__(self, told: Chronicle, seed: int = 0, verb: Verb | None = None) -> None:
        self.verb = verb
        self._met: set[str] = set()
        self._aims: dict[str, str] = {}
        self._place: str | None = None
        self._before = {place.name: place.preposition for place in told.places}
        self._members = {member.name: member for member in told.persons}
        self._mentions = Mentions((*told.persons, *told.things), told.places)
        self._named = re.compile(
            "|".join(
                rf"\b{re.escape(call)}\b"
                for call in sorted(
                    (c for m in (*told.persons, *told.things) for c in (m.name, *m.aliases)),
                    key=lambda call: -len(call),
                )
            )
            or "(?!)"
        )
        places = "|".join(
            re.escape(p.name) for p in sorted(told.places, key=lambda p: -len(p.name))
        )
        self._fixed = re.compile(
            rf"{self._named.pattern}|\b(?:{places or '(?!)'})\b", re.IGNORECASE
        )
        self._chance = random.Random(seed)

    def paragraph(self, passage: Passage) -> str:
        """One scene."""
        said: list[str] = []
        before: str | None = None
        linked = False
        told: set[str] = set()
        sentences = list(self._sentences(passage.clauses))
        while sentences:
            sentence = sentences.pop(0)
            who = self._who(sentence, sentences[0]) if sentences else None
            lead = ""
            first = sentence.clauses[0]
            if first.lead:  # who was in mind before is not after a leap in time
                lead, before = f"{first.lead}, ", None
            if first.place and first.place != self._place and first.place not in first.predicate:
                lead += f"{self._before[first.place]} {first.place}, "
            elif lead:
                pass
            elif first.text in told and len(sentence.clauses) == 1:
                lead = "Again "
            elif before is not None and not linked and self._chance.random() < _THEN:
                lead = "Then "
            linked = lead == "Then "
            said.append(self._written(sentence, before, lead, who))
            told |= {clause.text for clause in sentence.clauses}
            self._place = sentence.clauses[-1].place or self._place
            before = " and ".join(sentence.subjects)
            if before not in self._members:  # several, or nobody: no pronoun would be clear
                before = ""
            if who is not None:
                self._place = who.place or self._place
                sentences.pop(0)
        return " ".join(said)

    # ------------------------------------------------- what goes into one sentence

    def _sentences(self, clauses: Sequence[Clause]) -> Iterator[Sentence]:
        """What several do, one after the other, is said of all; what two do to each other, of both; what one does, in one sentence as long
        as it can hold it."""
        group: list[Clause] = []
        rest = list(clauses)
        while rest:
            many = self._several(rest)
            if many is not None:
                if group:
                    yield Sentence(group, (group[0].subject,))
                group, rest = [], rest[len(many.subjects) :]
                yield many
                continue
            clause = rest.pop(0)
            if group and not _joins(group, clause):
                yield Sentence(group, (group[0].subject,))
                group = []
            group.append(clause)
        if group:
            yield Sentence(group, (group[0].subject,))

    def _several(self, clauses: Sequence[Clause]) -> Sentence | None:
        """The clauses at the beginning that can be said of several: who does the same, or the same to each other."""
        first = clauses[0]
        alike = [first]
        for clause in clauses[1:]:
            same = _of_many(clause) == _of_many(first) and clause.place == first.place
            if not same or clause.lead or clause.subject in {each.subject for each in alike}:
                break
            alike.append(clause)
        if len(alike) > 1 and first.subject:
            aims = {clause.aim for clause in alike}
            one = first if len(aims) == 1 else first.without_aim
            return Sentence([one], tuple(clause.subject for clause in alike))
        if len(clauses) > 1 and self._mutual(first, clauses[1]):
            return Sentence([first.without_aim], (first.subject, clauses[1].subject), True)
        return None

    def _mutual(self, one: Clause, other: Clause) -> bool:
        """Whether one does to the other what the other does to the one."""
        if not one.subject or not other.subject or one.subject == other.subject or other.lead:
            return False
        ends = one.predicate.endswith(f" {other.subject}")
        there = one.predicate.removesuffix(other.subject)
        return ends and f"{there}{one.subject}" == other.predicate and not _BUSY.search(there)

    def _who(self, sentence: Sentence, following: Sentence) -> Clause | None:
        """What somebody does who stands at the end of the sentence, if it can be told in it: `.., who flees to the church`."""
        if len(sentence.clauses) > 1 or len(following.clauses) > 1 or len(following.subjects) > 1:
            return None
        one, other = sentence.clauses[0], following.clauses[0]
        fits = (
            other.subject in self._members
            and not other.lead
            and other.subject not in sentence.subjects
            and one.predicate.endswith(f" {other.subject}")
            and not _BUSY.search(f"{one.predicate} {other.predicate}")
            and self._known(other.subject)
            and not sentence.each_other
        )
        return other if fits and self._chance.random() < _WHO else None

    def _known(self, name: str) -> bool:
        return name in self._met or not introduction(self._members[name])

    # ------------------------------------------------------------------- wording

    def _written(
        self, sentence: Sentence, before: str | None, lead: str, who: Clause | None
    ) -> str:
        """`before`: the subject of the sentence before, empty if it had several; `who`: what is told of whoever stands at the end."""
        first = sentence.clauses[0]
        self._mentions.begin(first.subject, follows=bool(before))
        apart = self._apart(sentence)
        subject = self._subjects(sentence, before)
        many = len(sentence.subjects) > 1 and not apart
        predicates = [self._predicate(clause, many) for clause in sentence.clauses]
        if sentence.each_other:
            predicates = [f"{predicates[0].removesuffix(sentence.subjects[1])}each other"]
        own = "" if len(sentence.subjects) > 1 else first.subject
        parts = merged(predicates, self._named)
        if who is not None:  # the name stays that `who` is about
            parts[-1] += ", who"
        said = [
            self._introduced(self._mentions.said(each), own, last=i == len(parts) - 1)
            for i, each in enumerate(parts)
        ]
        text = f"{subject} {_list(said)}".strip()
        if who is not None:
            follows = self._mentions.said(self._predicate(who, False))
            text = f"{text} {follows}"
        elif apart:
            text += f", and so {self._does(sentence.subjects[1])} {sentence.subjects[1]}"
        elif not sentence.each_other:
            text += self._aim(sentence)
        if lead and not self._proper(text):
            text = text[:1].lower() + text[1:]
        text = f"{lead}{text}"
        return f"{text[:1].upper()}{text[1:]}."

    def _proper(self, text: str) -> bool:
        """Whether a sentence begins with a name that is always written large."""
        found = self._named.match(text)
        return found is not None and not found[0].lower().startswith(("the ", "a ", "an "))

    def _aim(self, sentence: Sentence) -> str:
        """What the last act is for, where that is news."""
        last = sentence.clauses[-1]
        if len(sentence.clauses) == _LONGEST:
            return ""
        if not last.aim or _PURPOSE.search(last.predicate) or _echoes(last.aim, last.predicate):
            return ""
        told = {self._aims.get(subject) for subject in sentence.subjects}
        if told == {last.aim} or self._chance.random() >= _AIMED:
            return ""
        for subject in sentence.subjects:
            self._aims[subject] = last.aim
        aim = infinitive(last.aim)
        if self.verb is not None:
            aim = everywhere(aim, self.verb, self._fixed, begins=False, many=False)
        return f", to {self._mentions.said(aim)}"

    def _apart(self, sentence: Sentence) -> bool:
        """Whether it would sound as if they did it together: one of two is many, the other is not."""
        groups = [self._members[each].group for each in sentence.subjects if each in self._members]
        return len(groups) == 2 and groups[0] != groups[1] and not sentence.each_other

    def _does(self, name: str) -> str:
        does = "do" if self._members[name].group else "does"
        return self.verb(does) if self.verb is not None else does

    def _subjects(self, sentence: Sentence, before: str | None) -> str:
        if len(sentence.subjects) == 1 or self._apart(sentence):
            return self._subject(sentence.clauses[0].subject, before)
        if len(sentence.subjects) > 2:
            return _list(sentence.subjects)
        one, other = (self._subject(name, None) for name in sentence.subjects)
        return f"{one} and {other}"

    def _subject(self, name: str, before: str | None) -> str:
        if not name:
            return ""
        member = self._members.get(name)
        if member is None:
            return name
        if name == before and member.pronoun:
            return member.pronoun
        added = "" if self._known(name) else introduction(member)
        self._met.add(name)
        return f"{name}, {added}," if added else name

    def _introduced(self, predicate: str, subject: str, *, last: bool) -> str:
        """With who somebody is who is named for the first time, where that does not tear the sentence apart."""

        def one(found: re.Match[str]) -> str:
            member = self._members.get(found[0])
            if member is None or member.name == subject or self._known(member.name):
                return found[0]
            rest = predicate[found.end() :]
            if re.match(r"'|, | (?:and|or|who|whom|what|where)\b", rest):
                return found[0]
            if not rest and not last:
                return found[0]
            self._met.add(member.name)
            added = introduction(member)
            return f"{found[0]}, {added}," if rest else f"{found[0]}, {added}"

        return self._named.sub(one, predicate)

    def _predicate(self, clause: Clause, many: bool) -> str:
        predicate = clause.predicate
        member = self._members.get(clause.subject)
        many = many or (member is not None and (member.group or member.pronoun == "they"))
        if many:
            predicate = retensed(predicate, plural)
        if self.verb is not None:
            begins = bool(clause.subject)
            predicate = everywhere(predicate, self.verb, self._fixed, begins=begins, many=many)
        return predicate


def _of_many(clause: Clause) -> str:
    """The predicate as if many did it."""
    return retensed(clause.predicate, plural)


def _joins(group: Sequence[Clause], clause: Clause) -> bool:
    """Whether a sentence that tells these can tell that too."""
    return (
        bool(clause.subject)
        and not clause.lead
        and clause.subject == group[-1].subject
        and len(group) < _LONGEST
        and clause.text not in {each.text for each in group}
        and not any(_CLOSED.search(each.predicate) for each in group)
        and not re.search(r"\b(?:and|but)\b", clause.predicate)
    )


def merged(predicates: Sequence[str], named: re.Pattern[str]) -> list[str]:
    """Neighbours that differ in one name only are told with all the names (`seizes Mandy and Grace`), those that differ in the verb only,
    if that is all there is to tell, with all the verbs (`corners and arrests Jack`), those that say several things to one with all that
    is said."""
    verbs = _merge(predicates, named) if len(predicates) > 1 else None
    if verbs is not None:
        return [verbs]
    found: list[list[str]] = []
    for predicate in predicates:
        if found and _merge([*found[-1], predicate], named, verbs=False) is not None:
            found[-1].append(predicate)
        else:
            found.append([predicate])
    return [_merge(group, named) or group[0] for group in found]


def _merge(group: Sequence[str], named: re.Pattern[str], *, verbs: bool = True) -> str | None:
    """Several predicates as one; None if they have too little in common. `verbs`: be it all but their verbs."""
    words = [predicate.split(" ") for predicate in group]
    start = 0
    while all(start < len(each) for each in words) and len({each[start] for each in words}) == 1:
        start += 1
    end = 0
    while all(end < len(each) - start for each in words) and len({w[-1 - end] for w in words}) == 1:
        end += 1
    if "that" in words[0][1:start]:  # several things told to one, or learnt
        start, end = words[0].index("that", 1) + 1, 0
        before, told = " ".join(words[0][: start - 1]), [" ".join(w[start - 1 :]) for w in words]
        return f"{before} {_list(told)}" if len(set(told)) == len(told) else None
    middles = [" ".join(each[start : len(each) - end]) for each in words]
    before = " ".join(words[0][:start])
    after = " ".join(words[0][len(words[0]) - end :])
    if start and before in ("the", "a"):
        return None
    if start == 0:
        verbs &= end > 0 and all(" " not in middle for middle in middles)
        return f"{_list(middles)} {after}" if verbs else None
    if article := _ARTICLE.search(before):  # it belongs to the name
        before, middles = before[: article.start()], [f"{article[1]} {m}" for m in middles]
    names = all(named.fullmatch(m) or (not after and _THING.fullmatch(m)) for m in middles)
    if names and not re.match(r"(?:and|but|who)\b", after):
        return " ".join(part for part in (before, _list(middles), after) if part)
    return None


def _echoes(aim: str, predicate: str) -> bool:
    """Whether an aim says little that the act has not said: they share the verb, or a long word that is no name."""

    def long(text: str) -> set[str]:
        return {word.rstrip("s") for word in re.findall(r"\b[a-z]{6,}\b", text)}

    return aim.split(" ")[0] == predicate.split(" ")[0] or bool(long(aim) & long(predicate))


def _list(words: Sequence[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"

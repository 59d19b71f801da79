"""What there is to say of a telling, clause by clause: who does what, event by event; whole, or as one person lived it.

Who lives through a story knows what he saw, inferred or was told, and nothing else, mistakes included: an event that he took
for another is told as that other; of one that he saw in part, or not at all, only what he noticed (`story/senses.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from intrigue.records import dataclass
from intrigue.views.chronicle import Chronicle, Event, Notice

NOTHING = ("no", "nobody", "nowhere", "nothing")
"""That something is not so, or no longer so, is rarely worth telling."""
_LEAVES = re.compile(r"\b(?:are|i(s)) out of sight$")
_COMES = ("come", "comes")
_QUOTES = '"“”„«»'
_SOON = 3
"""What is done in one of so many events to come need not be said to be meant."""
_FAR = 2
"""In plans of more events the last is too far off to be what the first is for."""


@dataclass(frozen=True, slots=True)
class Clause:
    """`subject`: a person's name as it begins the clause, or two (`Ken and Brenda`), empty if it begins otherwise; `predicate`: the rest,
    the verb first, in the present. `place`: where it happens. `event`: its number. `aim`: what the subject means to do by it later, a
    predicate. `lead`: when that is, as a line of time says."""

    subject: str
    predicate: str
    place: str | None
    event: int
    aim: str = ""
    lead: str = ""

    @property
    def text(self) -> str:
        """The clause in words."""
        return f"{self.subject} {self.predicate}".strip()

    @property
    def without_aim(self) -> Clause:
        """The same, which does not say what it is done for."""
        return replace(self, aim="")


@dataclass(frozen=True, slots=True)
class Passage:
    """What one scene gives to tell."""

    title: str
    clauses: tuple[Clause, ...]


def passages(told: Chronicle, person: str | None = None) -> list[Passage]:
    """The clauses of each scene in the order of the telling; as one person lived it in the order in which it happened to that
    person. Scenes that give nothing to tell are left out."""
    events = sorted(told.events, key=lambda event: event.number if person else event.told_at)
    found: list[tuple[int, list[Clause]]] = []
    for event in events:
        if not found or found[-1][0] != event.scene:
            found.append((event.scene, []))
        clauses = _of(told, event) if person is None else _lived(told, event, person)
        for each in clauses:
            gone = found[-1][1][-1:]
            if gone and each.predicate in _COMES and _back(gone[0], each):
                found[-1][1].pop()  # who was only out of sight was not away
            else:
                found[-1][1].append(each)
    return [Passage(told.scenes[s].title, tuple(clauses)) for s, clauses in found if clauses]


def _back(left: Clause, comes: Clause) -> bool:
    return left.subject == comes.subject and left.predicate.endswith("out of sight")


def clause(told: Chronicle, sentence: str, event: Event) -> Clause:
    """A sentence taken apart behind its subject."""
    sentence = sentence.rstrip(".")
    calls = [(call, p.name) for p in told.persons for call in (p.name, *p.aliases)]
    for call, name in sorted(calls, key=lambda each: -len(each[0])):
        if sentence.startswith((f"{call} ", f"{call[:1].upper()}{call[1:]} ")):
            predicate = sentence[len(call) + 1 :]
            for other, also in calls if predicate.startswith("and ") else ():
                if predicate.startswith(f"and {other} "):  # two whom the author names together
                    rest = predicate[len(f"and {other} ") :]
                    return Clause(f"{name} and {also}", rest, event.place, event.number)
            return Clause(name, predicate, event.place, event.number, _aim(told, event, name))
    return Clause("", sentence, event.place, event.number)


def _of(told: Chronicle, event: Event) -> Iterator[Clause]:
    # in the order in which it happened to somebody such a line has lost what it is measured from
    yield replace(clause(told, _words(told, event), event), lead=event.lead)


def _lived(told: Chronicle, event: Event, person: str) -> Iterator[Clause]:
    witness = next((w for w in event.witnesses if w.person == person), None)
    noticed = [each for each in event.noticed if each.person == person]
    yield from (_noticed(told, event, each) for each in noticed if each.before)
    if witness is not None and witness.how == "sees":
        yield clause(told, _words(told, event), event)
    elif witness is not None and witness.how == "another":
        yield clause(told, witness.instead, event)
    yield from (_noticed(told, event, each) for each in noticed if not each.before)


def _noticed(told: Chronicle, event: Event, notice: Notice) -> Clause:
    if notice.sort == "learns":
        return Clause(notice.person, f"learns that {notice.words}", None, event.number)
    found = clause(told, _LEAVES.sub(r"slip\g<1> out of sight", notice.words), event)
    return Clause(found.subject, found.predicate, None, event.number)


def _words(told: Chronicle, event: Event) -> str:
    """The author's words, unless they name a fact as rules do; without the quotes that hold a name together for who reads the file."""
    if "(" in event.told:
        return event.sentence
    if set(_QUOTES).isdisjoint(event.told):
        return event.told
    members = (*told.persons, *told.places, *told.things)
    calls = "|".join(re.escape(call) for m in members for call in (m.name, *m.aliases))
    return re.sub(rf"[{_QUOTES}]({calls})[{_QUOTES}]", r"\1", event.told)


def _aim(told: Chronicle, event: Event, person: str) -> str:
    """The last step of the person's plan that is no journey, if it is the person's own, not far off, and not done in this scene, nor soon.
    None where the act did not come out as it was meant."""
    places = {place.name for place in told.places}
    for reason in event.reasons:
        if reason.person == person and event.sentence in reason.plan[:1]:
            steps = [step for step in reason.plan[1:] if step.partition(" to ")[2] not in places]
            later = told.events[event.number :]
            soon = {e.sentence for i, e in enumerate(later) if i < _SOON}
            soon |= {e.sentence for e in told.events if e.scene == event.scene}
            own = f"{person[:1].upper()}{person[1:]} "
            near = len(reason.plan) <= _FAR and steps and steps[-1] not in soon
            if near and steps[-1].startswith(own) and not steps[-1].startswith(f"{own}and "):
                return steps[-1][len(own) :]
    return ""

"""What a person could do, as that person sees it: all of it found, the part that matters shown first; and what a typed sentence means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from intrigue.diagnostics.suggest import nearest
from intrigue.play.scene import View
from intrigue.play.wants import lacks
from intrigue.records import dataclass
from intrigue.world.patterns import ARTICLES, stem, words_of

if TYPE_CHECKING:
    from intrigue.story.run import Run

Sort = Literal["offer", "aim", "other"]

_MOST_AIMS = 6
"""So many things to do that serve what the person wants are shown."""
_MOST_WANTS = 5
"""So many of the things that the person lacks are looked at, the weightiest first."""
_WAYS = 2
"""So many beginnings are shown for each."""
_FEW = 4
"""So many things to do of one kind are shown singly; more are shown as one line that opens."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the person could do. `sentence`: in the words of the language; `text`: as it is said to the person. `sort`: somebody
    else waits for the person's answer, or it serves what the person wants, or neither. `group`: the action, in words. `serves`: what is
    wanted, if it is known. `on_self`: the person does it to the person."""

    event: int
    sentence: str
    text: str
    sort: Sort
    group: str
    serves: str = ""
    on_self: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: one choice, or a kind of them (`text` says which)."""

    number: int
    text: str
    choices: tuple[Choice, ...]


def choices(
    run: Run, view: View, mind: int, person: int, offers: Sequence[int], plan: Sequence[int]
) -> list[Choice]:
    """Everything that the person could do: what is offered, what the person's wants ask for (the first of the person's own `plan` before
    the rest), then what is at hand, by action; journeys last."""
    engine = run.engine
    possible = own_events(run, mind, person)
    serves: dict[int, str] = {event: "" for event in plan[:1] if event in possible}
    for lack in lacks(run, mind, person)[:_MOST_WANTS]:
        asked = engine.likely(mind, person, brings=lack.condition)
        ways = _aimed(run, [event for event in asked if event in possible])
        for event in ways[:_WAYS]:
            serves[event] = serves.get(event) or lack.words
    aims = [event for event in serves if _tells(run, mind, person, event)][:_MOST_AIMS]
    near = {
        person,
        *view.here(mind),
        *view.held_by(mind, person),
        *view.held_by(mind, view.place(mind)),
    }

    def rank(event: int) -> tuple[bool, bool, int]:
        action, args = engine.event_of(event)
        return run.world.actions[action].journey, not near.issuperset(args), action

    order = [*offers, *aims, *sorted(possible, key=rank)]
    return [
        _choice(
            run,
            view,
            event,
            "offer" if event in offers else "aim" if event in aims else "other",
            view.voice.wanted(serves.get(event, "")),
        )
        for event in dict.fromkeys(order)
    ]


def _tells(run: Run, mind: int, person: int, event: int) -> bool:
    """Whether an event changes anything, as the person sees it, be it only what somebody who sees it believes."""
    from intrigue._engine import EventError, TriggerLoopError

    engine = run.engine
    try:
        after = engine.after(mind, event, person)
    except (EventError, TriggerLoopError):
        return False
    minds = [(mind, after)]
    minds += [
        (engine.believed(mind, each), engine.believed(after, each))
        for each in engine.observers(mind, event)
        if each != person
    ]
    return any(engine.changed(before, then) for before, then in minds)


def _aimed(run: Run, events: Sequence[int]) -> list[int]:
    """Without journeys that might as well lead anywhere: who does not know where to look has no aim."""
    actions = [run.world.actions[run.engine.event_of(event)[0]] for event in events]
    return [
        event
        for event, action in zip(events, actions, strict=True)
        if not action.journey or actions.count(action) <= _WAYS
    ]


def own_events(run: Run, mind: int, person: int) -> dict[int, None]:
    """The events that the person would have to will and takes to be possible."""
    engine, problem = run.engine, run.world.problem
    found: dict[int, None] = {}
    for action in run.world.actions:
        if action.mode != "chosen" or action.meant is not None:
            continue
        for line in problem["actions"][action.id].get("will", []):
            args: list[int | None] = [None] * len(action.params)
            at = line["who"].get("var")
            if at is not None:
                if person not in run.world.kinds[action.params[at].kind].members:
                    continue
                args[at] = person
            for event in engine.candidates(mind, action.id, args):
                if person in engine.willing(mind, event):
                    found[event] = None
    return found


def _choice(run: Run, view: View, event: int, sort: Sort, serves: str) -> Choice:
    sentence = run.sentence(event)
    action, args = run.engine.event_of(event)
    name = run.world.actions[action].name.replace("_", " ")
    on_self = args.count(view.person) > 1
    return Choice(event, sentence, view.voice.choice(sentence), sort, name, serves, on_self)


def menu(found: Sequence[Choice]) -> list[Entry]:
    """Numbered lines: what is offered and what serves the person singly, then the rest by action, many of one kind as one line. What
    serves nothing and is done to oneself can be typed, and is not listed: rules rarely say that nobody does it."""
    lines: list[tuple[str, tuple[Choice, ...]]] = [
        (each.text, (each,)) for each in found if each.sort != "other"
    ]
    groups: dict[str, list[Choice]] = {}
    for each in found:
        if each.sort == "other" and not each.on_self:
            groups.setdefault(each.group, []).append(each)
    for name, members in groups.items():
        if len(members) <= _FEW:
            lines += [(each.text, (each,)) for each in members]
        else:
            lines.append((f"{name} ... ({len(members)} ways)", tuple(members)))
    return [Entry(number, text, members) for number, (text, members) in enumerate(lines, 1)]


# ---------------------------------------------------------------- what is typed


@dataclass(frozen=True, slots=True)
class Meant:
    """What a typed sentence could mean: exactly one choice is it; several must be told apart; none, and `near` is what is like it."""

    choices: tuple[Choice, ...]
    near: str | None = None


def meant(typed: str, subjects: Iterable[str], found: Sequence[Choice]) -> Meant:
    """The choices that a sentence means: each of its words begins a word of the choice, in the same order. Articles, the endings of verbs
    and the person's own name in front do not matter."""
    words = _words(typed, subjects)
    if not words:
        return Meant(())
    known = [(each, _words(each.text, ())) for each in found]
    fitting = [each for each, own in known if _begins(words, own)]
    exact = [each for each, own in known if words == own]
    first = [each for each in fitting if _words(each.text, ())[0].startswith(words[0])]
    best = exact or first or fitting
    if best:
        return Meant(tuple(best))
    texts = {" ".join(own): each.text for each, own in known}
    near = nearest(" ".join(words), texts)
    return Meant((), texts[near] if near else None)


def _words(text: str, subjects: Iterable[str]) -> list[str]:
    words = [stem(word.lower()) for word in words_of(text)]
    for subject in (*subjects, "I", "you"):
        own = [stem(word.lower()) for word in words_of(subject)]
        if words[: len(own)] == own:
            words = words[len(own) :]
            break
    return [word for word in words if word not in ARTICLES]


def _begins(typed: Sequence[str], own: Sequence[str]) -> bool:
    """Whether each typed word begins a word, in order."""
    rest = iter(own)
    return all(any(word.startswith(each) for word in rest) for each in typed)

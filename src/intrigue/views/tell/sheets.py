"""Working papers: a screenplay's skeleton in Fountain (fountain.io, syntax 1.1), an outline on a page, a beat sheet."""

from __future__ import annotations

from collections.abc import Iterator

from intrigue.english import signed
from intrigue.views.chronicle import Chronicle, Scene, Spell, Take
from intrigue.views.draw.tension import open_wants
from intrigue.views.tell.clauses import NOTHING, passages

_SPEECH = (
    "tell",
    "lie",
    "ask",
    "promise",
    "confide",
    "phone",
    "report",
    "demand",
    "threaten",
    "order",
)
"""Beginnings of the names of actions that are words: their actors get a cue."""


def fountain(told: Chronicle, person: str | None = None) -> str:
    """A skeleton to write on: a heading where the place or the time changes, what happens as action, a cue with a note where somebody
    speaks."""
    lines = [f"Title: {told.title}", "Draft: skeleton", ""]
    met: set[str] = set()
    for number, passage in enumerate(passages(told, person), 1):
        lines += ["", f"# {passage.title}", ""]
        place: str | None = None
        for clause in passage.clauses:
            if clause.lead or (clause.place and clause.place != place):
                place = clause.place or place
                heading = " - ".join(each.upper() for each in (place, clause.lead) if each)
                lines += [f".{heading} #{number}-{clause.event}#", ""]
            said = clause.text
            for member in told.persons:
                if member.name in said and member.name not in met:
                    met.add(member.name)
                    said = said.replace(member.name, member.name.upper(), 1)
            said = said[:1].upper() + said[1:]
            lines += [f"{said}.", ""]
            if clause.subject and told.events[clause.event - 1].action.startswith(_SPEECH):
                lines += [clause.subject.upper(), f"[[{clause.text}]]", ""]
    return "\n".join(lines).rstrip() + "\n"


def outline(told: Chronicle) -> str:
    """One line a scene: when, where, who, and the event on which most hangs."""
    hanging: dict[int, int] = {}
    for link in told.links:
        hanging[link.source] = hanging.get(link.source, 0) + 1
    lines = [f"# {told.title}: outline", ""]
    for number, scene in enumerate((s for s in told.scenes if s.events), 1):
        events = [told.events[which - 1] for which in scene.events]
        turn = max(events, key=lambda event: (hanging.get(event.number, 0), event.number))
        places = dict.fromkeys(event.place for event in events if event.place)
        who = dict.fromkeys(name for event in events for name in event.takes_part)
        # not every world has places, not every scene a leap in time before it, and not every event somebody in it
        opening = min(events, key=lambda event: event.told_at)
        placed = "; ".join(each for each in (opening.lead, ", ".join(places)) if each)
        where = f" ({placed})" if placed else ""
        cast = f" *{', '.join(who)}*" if who else ""
        lines.append(f"{number}. **{scene.title}**{where}. {turn.told.rstrip('.')}.{cast}")
    return "\n".join(lines) + "\n"


def beats(told: Chronicle) -> str:
    """What turns in each scene: for whom it goes better or worse, who learns what the story is about, who dies or falls out."""
    lines = [f"# {told.title}: beats", ""]
    for number, scene in enumerate((s for s in told.scenes if s.events), 1):
        lines += [f"## {number}. {scene.title}", ""]
        lines += [f"- {beat}" for beat in _turns(told, scene)] or ["- nothing turns"]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _turns(told: Chronicle, scene: Scene) -> Iterator[str]:
    by_cause: dict[int, list[tuple[float, str]]] = {}
    for person in told.persons:
        values = open_wants(told, person.name)
        alive = (which for which in scene.events if person.died is None or which < person.died)
        changes = {which: values[which - 1] - values[which] for which in alive}
        if (
            abs(sum(changes.values())) >= 1
        ):  # what is taken back before the scene ends turns nothing
            # small change is not listed, unless there is no other
            least = min(1, max(map(abs, changes.values()), default=0))
            for cause, change in changes.items():
                if abs(change) >= least:
                    by_cause.setdefault(cause, []).append((change, person.name))
    for number in sorted(by_cause):
        event = told.events[number - 1]
        ways = [
            f"{word} for {', '.join(f'{name} ({signed(change)})' for change, name in found)}"
            for word, sign in (("better", 1), ("worse", -1))
            if (found := [each for each in by_cause[number] if each[0] * sign > 0])
        ]
        yield f"{event.told.rstrip('.')}: {', '.join(ways)}"
    for matter in told.matters:
        learnt: dict[tuple[str, str], list[str]] = {}
        for take in matter.takes if matter.theme else ():
            spell = _gained(take, scene) if len(take.chain) == 1 else None
            if spell is not None:
                learnt.setdefault((spell.state or "", spell.value), []).append(take.chain[0])
        for (state, value), who in learnt.items():
            said = dict(matter.sayings).get(value, f"{matter.label} = {value}")
            if state in ("knows", "wrong"):
                yield f"now {'known to' if state == 'knows' else 'wrongly believed by'} {', '.join(who)}: {said}"


def _gained(take: Take, scene: Scene) -> Spell | None:
    """What somebody takes a fact to be when a scene is over, if the scene has brought that and it is news: what came and went in it is not
    so now."""
    first, last = min(scene.events), max(scene.events)
    before = [spell for spell in take.spells if spell.since < first][-1]
    now = [spell for spell in take.spells if spell.since <= last][-1]
    return now if now.since in scene.events and _is_news(before, now) else None


def _is_news(before: Spell, now: Spell) -> bool:
    """Whether what somebody takes a fact to be is worth telling. Who was right that it was so, and is right that it is not, has seen it
    end; anybody else for whom it is not so has found that out."""
    ends = before.state == now.state == "knows"
    proves_false = now.value == "no" and not ends
    return now.value != before.value and (proves_false or now.value not in NOTHING)

"""A game: the player acts for one person, then everybody else who has a plan takes one step of it, each in the world as the step before has
made it; then what nobody can help may happen. It is over when an ending comes about that the author names, when the person is dead and
can do nothing more, or when nobody, the player included, finds anything more to do.

What the player does must be possible in truth, not only as the person takes it; whoever else must will it is asked, and has a motive for
it or refuses. Which of the outcomes of an act comes about, in which order the others act, and whether fate strikes is decided by the
seed, the same for the same game.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intrigue.arguments import as_annotated
from intrigue.english import capital, digits
from intrigue.grounding.border import bound
from intrigue.play.answers import Hint, Scene
from intrigue.play.choices import Choice, Entry, choices, menu, own_events
from intrigue.play.minds import Intention, Minds, Plan
from intrigue.play.scene import View
from intrigue.play.transcript import Happened, doubtful, heading, settled, text
from intrigue.play.voice import Voice
from intrigue.play.wants import lacks, obstacle, served
from intrigue.records import dataclass
from intrigue.story.death import dead_in

if TYPE_CHECKING:
    from intrigue.story.run import Run
    from intrigue.story.story import Story

QUIET = "Time passes"
"""What is said of a turn of which the person sees nothing."""
DEAD = "You are dead."
"""What is said when the person has died."""
_THINKING = 2_000
"""Once so much is taken by the thoughts of a turn (`Minds.taken`), nobody begins to look for anything more; who has not thought to the end
thinks first in the next."""
_PATIENCE = 3
"""So many turns somebody waits for the player's answer."""
_REFLECTING = 1_000
"""So many events are tried to understand what somebody did."""
_QUIET = 2
"""It is over when the player has waited so often and nothing has happened."""
_FATE = 0.25
"""How likely in a turn each of those events is that nobody chooses."""
_MOST_FILLINGS = 500
"""So many events are weighed when what was typed leaves something out."""
_BLANK = re.compile(r"\{[^}]*\}")
"""A blank of a pattern."""
_AS_MEANT = 0.5
"""How likely an act comes out as it was meant, where it might come out otherwise."""


@dataclass(frozen=True, slots=True)
class Position:
    """A moment of a game. `intentions`: of everybody else; `offers`: what others ask of the person, with the turn in which they began to;
    `late`: who had no turn to think; `quiet`: for how many turns nothing has
    happened; `lines`: what the person has lived through in this turn."""

    state: int
    turn: int = 0
    happened: tuple[Happened, ...] = ()
    intentions: tuple[tuple[int, Intention], ...] = ()
    offers: tuple[tuple[int, int], ...] = ()
    late: tuple[int, ...] = ()
    quiet: int = 0
    lines: tuple[str, ...] = ()
    ending: str = ""


@as_annotated
class Session:
    """One game. `person`: the name of whom the player acts for. Methods that play return the new scene; `undo` takes the last turn back."""

    def __init__(self, run: Run, moment: int, person: int, seed: int = 0) -> None:
        self._run, self._engine, self._begins = run, run.engine, moment
        self._person, self.seed = person, seed
        self.person = run.world.atoms[person].name
        self._view = View(run, person)
        self._minds = Minds(run, run.told_after(moment), seed)
        self._others = [each for each in run.world.persons if each != person]
        self._endings = [(name, json.dumps(expr)) for name, expr, _ in run.world.endings]
        self._typed: list[tuple[int, str]] = []
        self._began = 0
        """What thoughts had taken when the turn began."""
        self._choices: dict[tuple[int, tuple[int, ...]], list[Choice]] = {}
        lived = self._lived_so_far()
        begun = run.states[moment]
        self._positions = [Position(begun, lines=lived, ending=DEAD if self._dead(begun) else "")]

    def __str__(self) -> str:
        return str(self.scene)

    def __repr__(self) -> str:
        return f"<Session as {self.person} in {self._run.world.title!r}: turn {self._now.turn}>"

    def _repr_html_(self) -> str:
        return self.scene._repr_html_()

    # ------------------------------------------------------------- for the player

    @property
    def scene(self) -> Scene:
        """What the player has before him."""
        now = self._now
        return Scene(now.turn, now.lines, self._view.around(self._mind), now.ending)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return bool(self._now.ending)

    def choices(self) -> list[Choice]:
        """Everything that the person could do, as the person sees it, what matters most first; nothing when it is over."""
        if self.ended:
            return []
        offers = tuple(event for event, _ in self._now.offers)
        key = (self._mind, offers)
        if key not in self._choices:
            own = self._minds.thought(self._mind, self._person, self._began + _THINKING)
            plan = own.plan if own is not None else ()
            found = choices(self._run, self._view, self._mind, self._person, offers, plan)
            self._choices[key] = found
        return self._choices[key]

    def do(self, what: Choice | str) -> Scene:
        """The person does this: a choice, or a sentence that means exactly one (`go to the pier`). A refusal takes no time; what turns out
        to be impossible does.

        Raises ValueError if the sentence means none or several, or the game is over.
        """
        if isinstance(what, str):
            from intrigue.play.choices import meant

            found = meant(what, self.calls, self.choices()).choices
            if len(found) != 1:
                raise ValueError(f"this means {len(found) or 'none'} of the choices: {what}")
            what = found[0]
        self._begin()
        self._note(what.text)
        now = replace(self._now, turn=self._now.turn + 1)
        lines: list[str] = []
        after, why = self._attempt(now, self._person, what.event, None, lines)
        if after is None and why == "refused":
            self._positions[-1] = replace(self._now, lines=tuple(lines))
            return self.scene
        if after is None:
            after = now
        elif not self._engine.changed(self._mind, self._engine.believed(after.state, self._person)):
            lines.append("Nothing comes of it that you can see")
        offers = tuple(each for each in after.offers if each[0] != what.event)
        self._others_act(replace(after, offers=offers), lines)
        return self.scene

    def wait(self) -> Scene:
        """The person does nothing; everybody else goes on. Raises ValueError if the game is over."""
        self._begin()
        self._note("wait")
        self._others_act(replace(self._now, turn=self._now.turn + 1), [], waited=True)
        return self.scene

    def undo(self) -> Scene:
        """Takes the last turn back. Raises ValueError if there is none."""
        if len(self._positions) == 1:
            raise ValueError("nothing has been done yet")
        self._note("undo")
        self._positions.pop()
        return self.scene

    def hint(self) -> Hint:
        """What the person would do, and what for."""
        self._note("hint")
        intention = self._minds.intention(self._mind, self._person)
        return self._hint(self._person, self._mind, intention.plan)

    def why(self, name: str | None = None) -> Hint | None:
        """Why somebody did what the person last saw of him, as the person takes it; if nobody is named, what anybody else did last; of the
        person, the own reason. None if the person saw nothing of the kind.

        Raises KeyError if nobody is called so.
        """
        named = None if name is None else self._named(name)
        self._note("why" if named is None else f"why {self._run.world.atoms[named].name}")
        told = [(step.before, step.event) for step in self._run.steps[: self._begins]]
        happened = [(each.before, each.event) for each in self._now.happened]
        for before, event in reversed([*told, *happened]):
            meant = self._run.meant(event)
            willing = self._engine.willing(before, meant)
            if named == self._person and named in willing:
                mind = self._engine.believed(before, named)
                return self._hint(named, mind, self._minds.reason(mind, named, meant, _REFLECTING))
            others = [each for each in willing if each != self._person and named in (None, each)]
            if others and self._view.sees(before, event):
                own = self._engine.believed(before, self._person)
                mind = self._engine.believed(own, others[0])
                if not self._engine.possible(mind, meant):
                    return Hint((), (), surprise=True)
                plan = self._minds.reason(mind, others[0], meant, _REFLECTING)
                return self._hint(others[0], mind, plan)
        return None

    def is_own(self, name: str) -> bool:
        """Whether a name is the person's."""
        try:
            return bool(name) and self._named(name) == self._person
        except KeyError:
            return False

    def look(self, name: str | None = None) -> list[str]:
        """What the person takes to be so, in sentences: of somebody or something, or of who is here.

        Raises KeyError if nothing is called so.
        """
        view, mind = self._view, self._mind
        if name is not None:
            return view.about(mind, self._named(name), alone=False)
        return [*view.people(mind, view.here(mind))]

    def people(self) -> list[str]:
        """What the person takes everybody else to be, a line each."""
        return list(self._view.people(self._mind, self._others))

    def wants(self) -> list[str]:
        """What the person wants and, as far as the person believes, has not, the weightiest first."""
        return [
            f"{self._view.voice.wanted(lack.words)} x{digits(lack.weight)}"
            for lack in lacks(self._run, self._mind, self._person)
        ]

    def why_not(self, sentence: str) -> str:
        """Why something cannot be done that the language has words for, as the person sees it; empty if it has none."""
        from intrigue.diagnostics.suggest import nearest
        from intrigue.story.understand import fillings
        from intrigue.world.sentences import match, verbs

        run, world = self._run, self._run.world
        verb, _, rest = sentence.partition(" ")
        guessed = nearest(verb, sorted(verbs(world))) or verb
        for typed in (sentence, f"{self.person} {sentence}", f"{self.person} {guessed} {rest}"):
            events = [
                event
                for reading in match(world, typed)
                for event in islice(fillings(world, self._engine, *reading), _MOST_FILLINGS)
            ]
            if events:
                event = min(events, key=lambda each: len(self._engine.failing(self._mind, each)))
                return f"{self._view.voice.said(run.sentence(event))}? {capital(self._obstacle(self._mind, event))}."
        return ""

    def nearest(self, sentence: str) -> str:
        """What the language has that is nearest to a sentence that nobody understands; empty if nothing is."""
        from intrigue.diagnostics.diagnostic import Source, Span
        from intrigue.language import tree
        from intrigue.world.sentences import unknown_sentence

        whole = f"{self.person} {sentence}"
        span = Span(Source(Path("typed"), whole), 0, len(whole))
        found = unknown_sentence(self._run.world, tree.SentenceText(whole, span))
        if not found.notes:
            return ""
        shown = capital(_BLANK.sub("...", found.notes[0].text))
        return shown if shown.endswith("...") else f"{shown}."

    @property
    def voice(self) -> Voice:
        """How the person is spoken to."""
        return self._view.voice

    @property
    def calls(self) -> tuple[str, ...]:
        """What the person is called."""
        row = self._run.world.atoms[self._person]
        return (row.name, *row.aliases)

    def to_text(self, *, judged: bool = True) -> str:
        """The game so far as a story file. `judged`: what the player did for no motive that was found is allowed under the one name that a
        check has for it, which takes a check; else under each that it may come to."""
        how = heading(self.person, self._begins, self.seed)
        written = text(
            self._run, self._begins, (f"As {self.person}", how), self._now.happened, self._typed
        )
        if not judged or not doubtful(self._now.happened):
            return written
        from intrigue.story.story import StoryError, rewritten

        try:
            # in a world of its own: what the rest of the original speaks of is not in it
            found = rewritten(self._run.world, written).check().diagnostics
        except StoryError:
            return written  # a game is written down whatever a check may say of it
        idle = [each.span.start for each in found if each.code == "unused-allow" and each.span]
        return settled(written, idle)

    def story(self) -> Story:
        """The game so far as a story, to check, explain and draw."""
        from intrigue.story.story import rewritten

        return rewritten(self._run.world, self.to_text())

    def to_dict(self, listed: Sequence[Entry] | None = None) -> dict[str, Any]:
        """The scene and the choices as plain data, for a program that plays. `listed`: the lines that the numbers are of, those of the
        whole menu if left out; what has no line of its own has no number."""
        scene, found = self.scene, self.choices()
        lines = menu(found) if listed is None else listed
        numbers = {each.choices[0].event: each.number for each in lines if len(each.choices) == 1}
        return {
            "turn": scene.turn,
            "person": self.person,
            "scene": list(scene.lines),
            "around": scene.around,
            "choices": [
                {
                    "number": numbers.get(each.event),
                    "text": each.text,
                    "sentence": each.sentence,
                    "sort": each.sort,
                    "group": each.group,
                    "serves": each.serves,
                }
                for each in found
            ],
            "ending": scene.ending or None,
        }

    # ---------------------------------------------------------------- one turn

    @property
    def _now(self) -> Position:
        return self._positions[-1]

    @property
    def _mind(self) -> int:
        return self._engine.believed(self._now.state, self._person)

    def _note(self, typed: str) -> None:
        """Keeps what was asked for: all on which what others think of later may hang."""
        self._typed.append((self._now.turn, typed))

    def _begin(self) -> None:
        """A turn begins."""
        if self.ended:
            raise ValueError("it is over")
        self._began = self._minds.taken

    def _attempt(
        self, now: Position, who: int, event: int, plan: Plan | None, lines: list[str]
    ) -> tuple[Position | None, str]:
        """Somebody sets out to do something. The position after it; or none, and why: `impossible`, `refused` by whoever else must will it,
        or `offered` to the player. `plan`: on which it is done, if it is known. `lines`: what the player lives through is added."""
        from intrigue._engine import EventError, TriggerLoopError

        engine = self._engine
        if not engine.possible(now.state, event) or who not in engine.willing(now.state, event):
            if who == self._person:
                lines.append(f"You try, in vain: {self._obstacle(now.state, event)}")
            return None, "impossible"
        plans: dict[int, Plan | str] = {}
        for other in engine.willing(now.state, event):
            if other == self._person:
                if who != other:
                    return None, "offered"
                plans[other] = self._minds.judged(now.state, other, event)
                continue
            mind = engine.believed(now.state, other)
            plans[other] = plan if other == who and plan else self._minds.reason(mind, other, event)
            if not plans[other]:
                if who == self._person:
                    name = self._run.world.atoms[other].name
                    lines.append(f"{capital(name)} will not")
                return None, "refused"
        happens = self._outcome(now, event)
        try:
            after = engine.after(now.state, happens)
        except (EventError, TriggerLoopError):
            return None, "impossible"
        return self._happen(now, happens, after, tuple(plans.items()), lines), ""

    def _happen(
        self,
        now: Position,
        event: int,
        after: int,
        plans: tuple[tuple[int, Plan | str], ...],
        lines: list[str],
    ) -> Position:
        lines += self._view.said(now.state, event, after)
        happened = Happened(now.turn, now.state, event, after, plans)
        old = self._reached(now.state)
        ending = next((name for name in self._reached(after) if name not in old), "")
        return replace(now, state=after, happened=(*now.happened, happened), ending=ending)

    def _outcome(self, now: Position, event: int) -> int:
        """What comes of an act: as it was meant, or one of the outcomes that nobody meant."""
        engine, chance = self._engine, self._chance(now, "outcome")
        action, args = engine.event_of(event)
        ways: list[list[int]] = []
        for other in self._run.world.actions:
            if other.meant == action:
                more = len(other.params) - len(args)
                found = engine.candidates(now.state, other.id, [*args, *[None] * more])
                if found:
                    ways.append(found)
        if not ways or chance.random() < _AS_MEANT:
            return event
        return chance.choice(chance.choice(ways))

    def _others_act(self, now: Position, lines: list[str], *, waited: bool = False) -> None:
        """Everybody else takes one step; the position after that is the game's next."""
        before = len(now.happened)
        late = now.late
        order = [each for each in self._others if each not in late]
        self._chance(now, "order").shuffle(order)
        intentions = dict(now.intentions)
        offers = dict(now.offers)
        unheard: list[int] = []
        for person in (*late, *order):
            if now.ending or self._dead(now.state):
                break
            mind = self._engine.believed(now.state, person)
            intention = self._minds.kept(person, mind, intentions.get(person))
            if intention is None:
                intention = self._minds.thought(mind, person, self._began + _THINKING)
            if intention is None:
                unheard.append(person)
                continue
            intentions[person] = intention
            event = intention.plan[0] if intention.plan else None
            if event is None or person not in self._engine.willing(now.state, event):
                continue
            after, why = self._attempt(now, person, event, intention.plan, lines)
            if after is not None:
                now = after
                intentions[person] = intention.rest()
            elif why == "offered" and now.turn - offers.setdefault(event, now.turn) < _PATIENCE:
                continue
            else:
                intentions[person] = Intention(mind)  # until something else is believed
        wanted = {each.plan[0] for each in intentions.values() if each.plan}
        now = replace(
            now,
            intentions=tuple(intentions.items()),
            offers=tuple(
                (event, since)
                for event, since in offers.items()
                if event in wanted
                and self._engine.possible(now.state, event)
                and now.turn - since < _PATIENCE
            ),
            late=tuple(unheard),
        )
        now = self._fate(now, lines)
        quiet = waited and len(now.happened) == before and not now.offers and not unheard
        now = replace(now, quiet=now.quiet + 1 if quiet else 0)
        if now.ending or self._dead(now.state):
            ends = [DEAD] * self._dead(now.state) + [f"The end: {now.ending}."] * bool(now.ending)
            now = replace(now, ending=" ".join(ends))
        elif (
            now.quiet == _QUIET
            and not self._minds.intention(
                self._engine.believed(now.state, self._person), self._person
            ).plan
        ):
            now = replace(now, ending="Nobody finds anything more to do.")
        elif not lines:
            lines.append(QUIET)
        self._positions.append(replace(now, lines=tuple(lines)))

    def _fate(self, now: Position, lines: list[str]) -> Position:
        """What nobody chooses, each with the same chance: wounded who die, reactions that nobody can help."""
        from intrigue._engine import EventError, TriggerLoopError

        chance = self._chance(now, "fate")
        for action in self._run.world.actions:
            if action.mode == "chosen" or action.meant is not None or now.ending:
                continue
            for event in self._engine.candidates(now.state, action.id, [None] * len(action.params)):
                if chance.random() >= _FATE or not self._engine.possible(now.state, event):
                    continue
                try:
                    after = self._engine.after(now.state, event)
                except (EventError, TriggerLoopError):
                    continue
                now = self._happen(now, event, after, (), lines)
        return now

    def _chance(self, now: Position, what: str) -> random.Random:
        """Chance for one purpose at one moment: the same in every game that came there the same way."""
        return random.Random(f"{self.seed} {now.turn} {len(now.happened)} {what}")

    # ----------------------------------------------------------------- helpers

    def _dead(self, state: int) -> bool:
        """Whether the person is dead and the world lets the dead do nothing."""
        run, person = self._run, self._person
        return dead_in(run, state, person) and not own_events(run, state, person)

    def _reached(self, state: int) -> list[str]:
        """The endings that hold in a state."""
        holds = self._engine.evaluate
        return [name for name, expr in self._endings if holds(state, expr, []) is True]

    def _hint(self, person: int, mind: int, plan: Plan) -> Hint:
        """A plan in words, with what it is for."""
        end = self._minds.imagined(person, mind, plan)
        aims = [] if end is None else served(self._run, mind, end, person)
        return Hint(
            tuple(self._run.sentence(event) for event in plan),
            tuple(self._view.voice.wanted(lack.words) for lack in aims),
            bool(plan) and person not in self._engine.willing(mind, plan[0]),
        )

    def _obstacle(self, state: int, event: int) -> str:
        """The first condition of an event that does not hold, in the words of the world where it has them."""
        action, args = self._engine.event_of(event)
        row = self._run.world.actions[action]
        for index in self._engine.failing(state, event):
            condition = bound(row.needs[index].expr, args)
            so, words = obstacle(self._run, state, condition)
            if words:
                how = "is in the way" if so else "does not hold"
                return f"this {how}: {' or '.join(map(self._view.voice.wanted, words))}"
            said = self._run.names.filled_in(row.needs[index].span, row.params, args)
            return f"this does not hold: {said}"
        return "it is not for you to do"

    def _lived_so_far(self) -> tuple[str, ...]:
        """The last things that the person lived through before the game began."""
        lines: list[str] = []
        for step in reversed(self._run.steps[: self._begins]):
            lines[:0] = self._view.said(step.before, step.event, step.after)
            if len(lines) >= 4:
                break
        return tuple(lines)

    def _named(self, name: str) -> int:
        """The person, place or thing of this name, or whose name has a word that begins so. Raises KeyError if there is none."""
        wanted = name.casefold().removeprefix("the ")
        rows = [row for row in self._run.world.atoms[1:] if row.span is not None]
        for row in rows:
            if wanted in (
                call.casefold().removeprefix("the ") for call in (row.name, *row.aliases)
            ):
                return row.id
        for row in rows:
            if any(
                word.startswith(wanted)
                for call in (row.name, *row.aliases)
                for word in call.casefold().split()
            ):
                return row.id
        raise KeyError(name)


def play(
    story: Story,
    person: str,
    at: str | int | None = None,
    reading: str | None = None,
    seed: int = 0,
) -> Session:
    """A game from a moment of a story: from its opening if none is named. Raises StoryError if the person or the moment does not exist."""
    from intrigue.diagnostics.diagnostic import Diagnostic
    from intrigue.diagnostics.suggest import nearest
    from intrigue.language.names import key
    from intrigue.story.moments import moment
    from intrigue.story.story import StoryError

    run = story.run(reading)
    atom = run.world.tables.atom_named.get(key(person))
    if atom is None or atom.id not in run.world.persons:
        names = [run.world.atoms[each].name for each in run.world.persons]
        near = nearest(person, names)
        repair = f"did you mean {near}?" if near else f"one of: {', '.join(names)}"
        raise StoryError(
            [Diagnostic("unknown-name", None, {"sort": "person", "name": person}, repair=repair)]
        )
    begins = 0 if at is None else moment(run, at)
    return Session(run, begins, atom.id, seed)

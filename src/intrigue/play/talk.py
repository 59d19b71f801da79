"""A game at the prompt: what is typed, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from intrigue.files import replace, same
from intrigue.language.digits import counted
from intrigue.play.answers import Hint, planned
from intrigue.play.choices import Choice, Entry, meant, menu
from intrigue.play.session import QUIET, Session
from intrigue.play.voice import within

HELP = """\
Type what you do, in your own order of words as far as the rules go: `go pier`, `sho anton`; or a number from the list.
  wait, w [N]    let the others act          undo, u        take the last turn back
  menu, m [WORD] everything you could do     hint, h        what you would do by yourself, and why
  look, l [NAME] what you know of what is here, or of NAME
  who            what you know of everybody  why [NAME]     why NAME did what you saw last, as you see it
  wants          what you want and have not  save FILE      write the game as a story; quit, q, Ctrl-D: the end"""

_MOST_TURNS = 20
"""So many turns are waited at once."""
_NO_REASON = "That is you, and you had no reason that comes to mind."
_SHOWN = 8
"""So many lines of the menu are shown unasked."""


class Table:
    """The player's side of a game. `over`: the player has had enough, or it has ended."""

    def __init__(self, session: Session, story: Path | None = None) -> None:
        """`story`: the file that is played, which no game is written over."""
        self.session = session
        self._story = story
        self.over = False
        self._entries: list[Entry] = []
        self._shown = ""
        self._plain: dict[str, Callable[[], str]] = {
            "wait": self._wait,
            "w": self._wait,
            "undo": self._undo,
            "u": self._undo,
            "hint": self._hint,
            "h": self._hint,
            "menu": self._menu,
            "m": self._menu,
            "look": self._look,
            "l": self._look,
            "who": self._who,
            "why": self._why,
            "wants": self._wants,
            "help": lambda: HELP,
            "?": lambda: HELP,
            "quit": self._quit,
            "q": self._quit,
        }
        self._with_word: dict[str, Callable[[str], str]] = {
            "menu": self._menu,
            "m": self._menu,
            "look": self._look,
            "l": self._look,
            "know": self._look,
            "who": self._look,
            "why": self._why,
            "wait": self._wait,
            "w": self._wait,
            "save": self._save,
        }

    def opening(self) -> str:
        """What the player reads first."""
        return (
            f"You are {self.session.person}. (`help` lists what you can type.)\n\n{self._scene()}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The game as plain data, its choices numbered as in the list that was shown last."""
        return self.session.to_dict(self._entries)

    def answer(self, line: str) -> str:
        """What there is to say to a line that was typed."""
        line = line.strip().rstrip(".")
        if not line:
            return self._menu()
        if line.isdecimal():
            return self._number(counted(line))
        plain = self._plain.get(line.lower())
        if plain is not None:
            return plain()
        head, _, rest = line.partition(" ")
        asked = self._with_word.get(head.lower())
        if asked == self._wait and not (rest.strip().isdecimal() and counted(rest.strip())):
            asked = None
        found = meant(line, self.session.calls, self.session.choices())
        if asked is not None and rest and len(found.choices) != 1:
            return asked(rest.strip())
        if len(found.choices) == 1:
            return self._do(found.choices[0])
        if found.choices:
            self._entries = _singly(found.choices)
            return "Which of these?\n" + _listed(self._entries)
        if misused := self._misused(head.lower()):
            return misused
        if self.session.ended:
            return "It is over: `undo`, `save FILE` or `quit`."
        return self._not_understood(line, found.near)

    # ---------------------------------------------------------------- commands

    def _do(self, choice: Choice) -> str:
        self.session.do(choice)
        return self._scene()

    def _number(self, number: int) -> str:
        if self.session.ended:
            return "It is over: `undo`, `save FILE` or `quit`."
        entry = next((each for each in self._entries if each.number == number), None)
        if entry is None:
            return f"There is no {number} in the list."
        if len(entry.choices) == 1:
            return self._do(entry.choices[0])
        self._entries = _singly(entry.choices)
        return _listed(self._entries)

    def _wait(self, turns: str = "1") -> str:
        """Waits so many turns, or until there is something to see."""
        if self.session.ended:
            return "It is over: `undo`, `save FILE` or `quit`."
        for _ in range(min(counted(turns), _MOST_TURNS)):
            scene = self.session.wait()
            if scene.ending or scene.lines != (QUIET,):
                break
        return self._scene()

    def _undo(self) -> str:
        try:
            self.session.undo()
        except ValueError as error:
            return f"{str(error).capitalize()}."
        return f"(taken back)\n{self._scene()}"

    def _menu(self, word: str = "") -> str:
        choices = self.session.choices()
        if word:
            choices = [each for each in choices if word.casefold() in each.text.casefold()]
            self._entries = _singly(choices)
        else:
            self._entries = menu(choices)
        return _listed(self._entries) or "There is nothing of the kind that you could do."

    def _hint(self) -> str:
        hint = self.session.hint()
        if not hint and any(each.sort == "aim" for each in self.session.choices()):
            return (
                "No whole plan comes to mind. What goes some way is starred in the list (`menu`)."
            )
        if not hint:
            return "Nothing comes to mind that would serve what you want."
        begins = "You would wait for this" if hint.waits else "You would"
        return self._planned(begins, hint)

    def _why(self, name: str = "") -> str:
        try:
            hint = self.session.why(name or None)
        except KeyError:
            return f"You know of nobody called {name}."
        own = self.session.is_own(name)
        if hint is None and own:
            return "That is you, and you have chosen to do nothing yet."
        if hint is None:
            return f"You have seen nothing that {name or 'anybody else'} chose to do."
        if own:
            return self._planned("That is you. The plan was", hint) if hint else _NO_REASON
        if hint.surprise:
            return "It took you by surprise: you had not thought it possible, and see no reason."
        return self._planned("As you see it, the plan was", hint) if hint else "You see no reason."

    def _planned(self, begins: str, hint: Hint) -> str:
        voice = self.session.voice
        steps = [
            voice.choice(each) if begins == "You would" else within(voice.said(each))
            for each in hint.plan
        ]
        return f"{begins}: {planned(steps, hint.wants)}"

    def _look(self, name: str = "") -> str:
        try:
            said = self.session.look(name or None)
        except KeyError:
            return f"You know of nothing called {name}."
        around = "" if name else self.session.scene.around
        lines = [*([around] if around else []), *(f"  {each}" for each in said)]
        return "\n".join(lines) or "Nothing that you know of."

    def _who(self) -> str:
        return "\n".join(self.session.people())

    def _wants(self) -> str:
        return "\n".join(self.session.wants()) or "There is nothing that you want and have not."

    def _save(self, name: str) -> str:
        return self.write(name) or f"Written: {name}"

    def write(self, name: str) -> str:
        """Writes the game into a file; what is in the way, empty if nothing was."""
        try:
            if self._story is not None and same(Path(name), self._story):
                return f"{name} is the story that you play: write the game to another file."
            replace(Path(name), self.session.to_text())
        except (OSError, ValueError) as error:  # a name may be none that files can have
            return f"Cannot write {name}: {getattr(error, 'strerror', error)}."
        return ""

    def _quit(self) -> str:
        self.over = True
        return ""

    # ----------------------------------------------------------------- helpers

    def _scene(self) -> str:
        """The scene, and the beginning of the menu."""
        scene = self.session.scene
        if self.session.ended:
            self._entries = []
            return str(scene)
        self._entries = menu(self.session.choices())
        shown = _listed(self._entries[:_SHOWN])
        more = sum(len(each.choices) for each in self._entries[_SHOWN:])
        if more:
            shown += f"\n  (m: {more} more thing{'s' if more > 1 else ''} that you could do)"
        if not shown:
            shown = "  (there is nothing that you could do but `wait`)"
        elif shown == self._shown:
            shown = "  (the list is as it was)"
        else:
            self._shown = shown
        return f"{scene}\n{shown}".rstrip()

    def _misused(self, command: str) -> str:
        """What a command takes, of which something else was typed; empty if it is none."""
        if command == "save":
            return "`save` needs a file name: `save FILE`."
        if command in ("wait", "w"):
            return f"`{command}` takes a whole number from 1 (at most {_MOST_TURNS} turns are waited at once), or nothing."
        if command in ("undo", "u"):
            return f"`{command}` takes nothing behind it: each takes one turn back."
        if command in self._plain and command not in self._with_word:
            return f"`{command}` takes nothing behind it."
        return ""

    def _not_understood(self, line: str, near: str | None) -> str:
        why = self.session.why_not(line)
        if why:
            return why
        like = near or self.session.nearest(line)
        like = f" Did you mean: {like}?" if near else f" {like}" if like else ""
        return f"There is nothing you could do in these words.{like} (`menu` lists what there is.)"


def _singly(choices: Sequence[Choice]) -> list[Entry]:
    return [Entry(number, each.text, (each,)) for number, each in enumerate(choices, 1)]


def _listed(entries: Sequence[Entry]) -> str:
    lines = []
    for entry in entries:
        sort = entry.choices[0].sort
        mark = "?" if sort == "offer" else "*" if sort == "aim" else " "
        serves = entry.choices[0].serves if len(entry.choices) == 1 else ""
        aim = f"   (towards: {serves})" if serves else ""
        lines.append(f"{entry.number:>3}{mark} {entry.text}{aim}")
    return "\n".join(lines)

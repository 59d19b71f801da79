"""Worlds made in Python, without files.

A builder writes the text that an author would write, and reads it like any other: there is one language and one checker. What
stands in the rules are strings of that language; what is Python is their order and number, so that worlds can be made in loops.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from pathlib import Path
from typing import Literal

from intrigue.arguments import texts
from intrigue.records import dataclass
from intrigue.world.load import checked
from intrigue.world.model import World

Lines = str | Sequence[str]
"""One line, or several."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may come of an action that nobody meant. `head`: its name, perhaps with more parameters."""

    head: str
    patterns: Lines = ()
    needs: Lines = ()
    makes: Lines = ()
    seen: Lines = ()


@dataclass(slots=True)
class WorldBuilder:
    """Collects the lines of a story's sections. `worlds`: shipped worlds, or paths, to build upon.

    `intrigue.loads(builder.text())` is a `Story`.

    Lines are in the language of `docs/language.md`: `builder.fact("where(person): place", visible="anyone at where(person)")`.
    All methods but `text` and `build` return the builder.
    """

    title: str
    worlds: str | Path | Sequence[str | Path] = ()
    _sections: dict[str, list[str]] = field(default_factory=dict)
    _blocks: list[str] = field(default_factory=list)
    _scenes: list[str] = field(default_factory=list)

    def kind(self, name: str, *parents: str) -> WorldBuilder:
        """A kind of persons, places or things."""
        return self._line("kinds", f"{name}: {', '.join(parents)}" if parents else name)

    def values(self, name: str, *members: str, ordered: bool = True) -> WorldBuilder:
        """A closed set; an `ordered` one lowest first."""
        return self._line("kinds", f"{name} = {(' < ' if ordered else ' | ').join(members)}")

    def fact(
        self,
        head: str,
        *,
        visible: Lines = (),
        known: Lines = (),
        phrases: Lines = (),
        promise: bool = False,
    ) -> WorldBuilder:
        """A fact: `health(p: person): health = fit`."""
        parts = [head, *(f"visible to {who}" for who in texts(visible, "visible"))]
        parts += [f"known to {who}" for who in texts(known, "known")]
        parts += ["promise"] * promise + [f'"{phrase}"' for phrase in texts(phrases, "phrases")]
        return self._line("facts", " ".join(parts))

    def define(self, head: str, body: str) -> WorldBuilder:
        """A derived fact."""
        return self._line("define", f"{head} = {body}")

    def action(
        self,
        head: str,
        *patterns: str,
        needs: Lines = (),
        makes: Lines = (),
        will: Lines = (),
        mode: Literal["will", "fate", "reaction"] = "will",
        seen: Lines = (),
        takes: str = "",
        journey: bool = False,
        outcomes: Sequence[Outcome] = (),
    ) -> WorldBuilder:
        """An action. `seen`: whole lines (`seen by anyone at where(p)`); `takes`: `5 minutes`."""
        lines = _clauses(patterns, needs, makes, seen)
        lines.append(f"will {_joined(will, 'will')}" if mode == "will" else mode)
        lines += [f"takes {takes}"] if takes else []
        lines += ["journey"] * journey
        for outcome in outcomes:
            lines.append(f"or else {outcome.head}")
            inner = _clauses(outcome.patterns, outcome.needs, outcome.makes, outcome.seen)
            lines += [f"  {line}" for line in inner]
        return self._block(f"action {head}", lines)

    def trigger(
        self, head: str, *, when: Lines, makes: Lines, minds_only: bool = False
    ) -> WorldBuilder:
        """What happens by itself; with `minds_only` what people conclude."""
        lines = [f"when {_joined(when, 'when')}", f"makes {_joined(makes, 'makes')}"]
        return self._block(f"{'infer' if minds_only else 'trigger'} {head}", lines)

    def want(self, line: str) -> WorldBuilder:
        """Who wants what: `Kit: awake(self) x2`."""
        return self._line("wants", line)

    def cast(self, line: str, *, aka: Lines = ()) -> WorldBuilder:
        """Who or what there is: `Kit: person, at the bridge`."""
        self._line("cast", line)
        return self._line("cast", f"  aka {_joined(aka, 'aka')}") if aka else self

    def start(self, line: str) -> WorldBuilder:
        """How things stand: `Kit believes where(Ann) = the mill`."""
        return self._line("start", line)

    def ending(self, name: str, condition: str) -> WorldBuilder:
        """An ending that the author has in mind."""
        return self._block(f"ending {name}: {condition}", [])

    def scene(self, title: str, lines: str | Iterable[str]) -> WorldBuilder:
        """Sentences and `expect` lines; a line that begins with spaces belongs to the one before."""
        told = [f"  {_flat(line)}" for line in texts(lines, "lines")]
        self._scenes.append("\n".join([f"scene {_flat(title)}", *told]))
        return self

    def text(self) -> str:
        """The story as a file would hold it."""
        built_on = [f"include {_flat(world)}" for world in texts(self.worlds, "worlds", Path)]
        parts = ["\n".join([f"story {_flat(self.title)}", *built_on])]
        for section in ("kinds", "facts", "define"):
            parts += self._section(section)
        parts += self._blocks
        for section in ("wants", "cast", "start"):
            parts += self._section(section)
        return "\n\n".join([*parts, *self._scenes]) + "\n"

    def build(self) -> World:
        """The checked world. Raises WorldError if anything in it is wrong, or a world to build upon is missing."""
        from intrigue.language.load import load_text

        path = Path(self.title.replace("/", " ") + ".story")
        files, problems = load_text(self.text(), path)
        return checked(files, [each for each in problems if each.code != "no-scenes"])

    def _section(self, name: str) -> list[str]:
        lines = self._sections.get(name)
        return ["\n".join([name, *(f"  {line}" for line in lines)])] if lines else []

    def _line(self, section: str, line: str) -> WorldBuilder:
        self._sections.setdefault(section, []).append(_flat(line))
        return self

    def _block(self, head: str, lines: Iterable[str]) -> WorldBuilder:
        self._blocks.append("\n".join([_flat(head), *(f"  {_flat(line)}" for line in lines)]))
        return self


def _joined(lines: Lines, name: str) -> str:
    return ", ".join(texts(lines, name))


def _clauses(patterns: Lines, needs: Lines, makes: Lines, seen: Lines) -> list[str]:
    lines = [f'"{pattern}"' for pattern in texts(patterns, "patterns")]
    lines += [f"needs {need}" for need in texts(needs, "needs")]
    if makes:
        first, *rest = texts(makes, "makes")
        lines += [f"makes {first}", *(f"  {line}" for line in rest)]
    return [*lines, *texts(seen, "seen")]


def _flat(line: str) -> str:
    """A line must be one line."""
    if "\n" in line or "\r" in line:
        raise ValueError(f"one line at a time: {line!r}")
    return line

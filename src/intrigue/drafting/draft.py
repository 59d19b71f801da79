"""The skeleton of a story: the persons as its cast, the sentences as scenes in which everything is still to be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.drafting import words
from intrigue.drafting.names import Found, Named, find
from intrigue.drafting.sentences import Sentence, Synopsis, split, without_short_stops
from intrigue.grounding.names import quoted
from intrigue.language.names import key
from intrigue.records import dataclass
from intrigue.story.story import StoryError

_LONGEST_SCENE = 5
"""Sentences of one paragraph that make one scene, unless one of them opens another."""

_TITLE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """A synopsis read. `text`: the story file; `numbered`: the sentences, one a line, if the synopsis is not so already."""

    title: str
    synopsis: Synopsis
    found: Found
    scenes: tuple[tuple[Sentence, ...], ...]
    text: str

    @property
    def persons(self) -> tuple[Named, ...]:
        """Who is named, in the order of the first mention."""
        return self.found.persons

    @property
    def numbered(self) -> str | None:
        """What the numbers of the sentences count: None where the synopsis itself has one a line."""
        if self.synopsis.one_a_line:
            return None
        return "".join(f"{sentence.text}\n" for sentence in self.synopsis.sentences)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text)}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""

        def named(those: Sequence[Named]) -> list[dict[str, object]]:
            return [
                {"name": each.name, "aka": each.aliases, "sentences": each.sentences}
                for each in those
            ]

        return {
            "title": self.title,
            "persons": named(self.persons),
            "others": named(self.found.others),
            "scenes": [[sentence.number for sentence in scene] for scene in self.scenes],
            "sentences": [
                {"number": s.number, "text": s.text, "paragraph": s.paragraph}
                for s in self.synopsis.sentences
            ],
            "text": self.text,
        }


def draft(path: str | Path, source: str | None = None) -> Draft:
    """Reads a synopsis. `source`: how the story names the document with one sentence a line; the synopsis itself if it is one.

    Raises StoryError if it cannot be read or holds nothing.
    """
    from intrigue.language.format import format
    from intrigue.language.load import read

    path = Path(path)
    document, problems = read(path)
    if document is None:
        raise StoryError(problems)
    synopsis = split(document.text)
    if not synopsis.sentences:
        raise StoryError([Diagnostic("empty-source", None, {"path": str(path)})])
    found = find(synopsis.sentences)
    scenes = tuple(_scenes(synopsis))
    named = _printable(path.stem.replace("_", " ").replace("-", " ")).strip().title()
    title = synopsis.title or named or "Untitled"
    counted = source or (path.name if synopsis.one_a_line else None)
    text = format(Source(path, skeleton(title, counted, synopsis, found)))
    return Draft(title, synopsis, found, scenes, text)


def skeleton(title: str, source: str | None, synopsis: Synopsis, found: Found) -> str:
    """The text of the story, not laid out yet."""
    return "\n".join(_lines(title, source, found, tuple(_scenes(synopsis))))


def _scenes(synopsis: Synopsis) -> Iterator[tuple[Sentence, ...]]:
    """The sentences by paragraph; in a long paragraph also where one says that time or place are others."""
    scene: list[Sentence] = []
    for sentence in synopsis.sentences:
        first = sentence.text.split(maxsplit=1)[0].casefold().strip(',.:;"“')
        turns = first in words.SETTING or len(scene) >= _LONGEST_SCENE
        if scene and (sentence.paragraph != scene[-1].paragraph or (turns and len(scene) > 1)):
            yield tuple(scene)
            scene = []
        scene.append(sentence)
    if scene:
        yield tuple(scene)


def _lines(
    title: str, source: str | None, found: Found, scenes: Sequence[Sequence[Sentence]]
) -> Iterator[str]:
    yield f"story {title}"
    if source is not None:
        yield f"source {source}"
    yield ""
    yield "# include a world here, for what can be done: `in heroic_bloodshed`"
    yield ""
    yield "cast"
    if not found.persons:
        yield "  # nobody is named"
    taken: set[str] = set()
    for person in found.persons:
        name = person.name
        taken.add(key(name))
        # a comment: what only names somebody tells nothing of the sentence
        yield f"  {quoted(name)}: person  # {_citation(person.sentences)}"
        aliases = [quoted(alias) for alias in person.aliases if key(alias) not in taken]
        taken.update(key(alias) for alias in person.aliases)
        if aliases:
            yield f"    aka {', '.join(aliases)}"
    if found.others:
        named = "; ".join(f"{each.name} {_citation(each.sentences)}" for each in found.others)
        yield f"  # not taken for persons: {named}"
    for number, scene in enumerate(scenes, 1):
        yield ""
        yield f"scene {_title(number, scene[0])}"
        for sentence in scene:
            yield f"  # [{sentence.number}] {_printable(sentence.text)}"
            yield f"  ... to be told  [{sentence.number}]"
    yield ""


def _title(number: int, sentence: Sentence) -> str:
    """The number of the scene, and how its first sentence begins."""
    text = without_short_stops(_printable(sentence.text)).lstrip("\"'“‘([ ")
    start = re.split(r"[^\w\s'’-]", text, maxsplit=1)[0]
    said = start.split()
    title = said[:_TITLE_WORDS]
    while len(said) > len(title) > 1 and title[-1].casefold() in words.FUNCTION:
        title.pop()  # what is cut off ends with a word that says something
    return f"{number} {' '.join(title)}".rstrip()


def _citation(numbers: Sequence[int]) -> str:
    return f"[{', '.join(map(str, numbers))}]"


def _printable(text: str) -> str:
    """Without the signs that no story file may hold, on one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

"""Sentences to events, and events to sentences.

A pattern is literal words and blanks. A sentence is cut into words once; a pattern is tried only if all of its literal words
occur in the sentence; names are found by their first word, the longest first. Commas, quotes and full stops mean nothing here,
nor does the case of a first letter, nor an article before a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from intrigue.diagnostics.diagnostic import Diagnostic
from intrigue.english import capital, digits
from intrigue.language import tree
from intrigue.world.claims import Content, in_brackets
from intrigue.world.model import Phrase, World
from intrigue.world.patterns import (
    PREPOSITIONS,
    THAT,
    VALUE,
    Pattern,
    Scan,
    call_form,
    compile_pattern,
    fill,
    in_question,
    stem,
    words_of,
)
from intrigue.world.phrases import Phrases
from intrigue.world.tables import CLAIM, QUESTION, ActionSignature, Tables
from intrigue.world.unmatched import explain

_NO_THAT_BEHIND = THAT | PREPOSITIONS | {"about"}
_SUBJECTS = ("he", "she", "it", "they")
"""The name of a claim that begins so is a clause, `she cannot see`, and stands well behind `that`."""


class Reading(NamedTuple):
    """An event that a sentence may tell; None stands for a parameter that its words leave out."""

    action: int
    args: tuple[int | None, ...]


class Sentences(Phrases):
    """All patterns of a world, compiled once."""

    @cached_property
    def patterns(self) -> list[Pattern]:
        """Every way in which an action may be told."""
        return [
            pattern
            for action in self.tables.actions
            for pattern in (
                *(
                    compile_pattern(action.id, phrase, self._talk(action))
                    for phrase in action.patterns
                ),
                call_form(action.id, action.name, len(action.params)),
            )
        ]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of all patterns."""
        return frozenset(
            word
            for action in self.tables.actions
            for phrase in action.patterns
            for part in phrase.parts
            if isinstance(part, str)
            for word in words_of(part)
        )

    def _talk(self, action: ActionSignature) -> frozenset[int]:
        """The parameters that stand for claims and questions."""
        talked = {CLAIM, QUESTION}
        return frozenset(i for i, k in enumerate(action.kinds) if self.tables.roots(k) & talked)

    # -------------------------------------------------------------- matching

    def readings(self, text: str) -> list[Reading]:
        """All events that the sentence may tell; where one says more than another of the same action, the one that says more. Looked for
        once."""
        known = self.tables.readings
        if text not in known:
            known[text] = self._readings(text)
        return list(known[text])

    def _readings(self, text: str) -> list[Reading]:
        scan = self.scan(text)
        found: dict[Reading, None] = {}
        for pattern in self.patterns:
            if pattern.literals <= scan.known:
                action = self.tables.actions[pattern.owner]
                kinds = {i: parameter.kind for i, parameter in enumerate(action.params)}
                for end, bound in self._walk(scan, pattern.parts, 0, 0, {}, kinds):
                    if end == len(scan.tokens) and self._can_be_told(bound):
                        args = tuple(self._settle(bound.get(i)) for i in range(len(action.params)))
                        found[Reading(action.id, args)] = None
        return [r for r in found if not any(_says_more(other, r) for other in found)]

    def as_written(self, pattern: Pattern, scan: Scan) -> Pattern:
        """The pattern with the `that` before a claim, if the sentence has it too: a mark to go by."""
        strict = compile_pattern(pattern.owner, pattern.phrase)
        return strict if strict.literals <= scan.known else pattern

    # --------------------------------------------------------------- telling

    def tell(self, action: int, args: Sequence[int | None]) -> str:
        """The event as a sentence: in the words of the first of the patterns that leave out least.

        An action without patterns is told by its name.
        """
        signature = self.tables.actions[action]
        given = {i: arg for i, arg in enumerate(args) if arg is not None}
        best: Phrase | None = None
        most = -1
        for phrase in signature.patterns:
            blanks = {part for part in phrase.parts if isinstance(part, int)}
            if blanks <= given.keys() and len(blanks) > most:
                best, most = phrase, len(blanks)
        if best is not None:
            words = self.words(best, given)
            return capital(fill(best, words, dict(enumerate(args)), self.tables))
        said = ("..." if arg is None else self._word(arg) for arg in args)
        return capital(f"{signature.name}({', '.join(said)})")

    def words(self, phrase: Phrase, args: Mapping[int, int]) -> dict[int, str]:
        """What the arguments are called in a pattern or phrase: a claim that is told in words has `that` before it, or nobody could see
        where it begins, be the word in the pattern or not."""
        words = {i: self._word(arg) for i, arg in args.items()}
        for before, part in pairwise(phrase.parts):
            if isinstance(before, str) and isinstance(part, int) and part in args:
                content = self.tables.claims.get(args[part])
                clause = words[part].partition(" ")[0] in _SUBJECTS
                behind = not THAT.isdisjoint(before.lower().split()[-1:])
                if content is not None and behind and not clause:
                    words[part] = self.claim(content) or words[part]  # not `that the rumour`
                words[part] = self._conjunction(before, args[part]) + words[part]
        return words

    def _conjunction(self, before: str, atom: int) -> str:
        """What is put before a claim or question that is told in words, behind this text; nothing before a name or brackets."""
        content = self.tables.claims.get(atom)
        named = self.tables.atoms[atom].span is not None
        if content is None or named or _leads_to_a_claim(before) or not self.claim(content):
            return ""
        fact, _, value = content
        if value is None:
            return "whether " if self.tables.facts[fact].range == "bool" else ""
        return "that "

    def _word(self, atom: int) -> str:
        """What an argument is called: a claim without a name by its phrase, else in brackets."""
        row = self.tables.atoms[atom]
        if atom not in self.tables.claims or row.span is not None:
            return row.name
        return self.claim(self.tables.claims[atom]) or in_brackets(
            self.tables.claims[atom], self.tables
        )

    def claim(self, content: Content) -> str | None:
        """A claim or question in the words of its fact's phrase; None if it has none that says it all."""
        fact, args, value = content
        signature = self.tables.facts[fact]
        atoms = dict(enumerate(args))
        valued = value is not None and "bool" not in value
        for phrase in signature.phrases:
            blanks = {part for part in phrase.parts if isinstance(part, int)}
            if not blanks >= set(atoms) or (
                (VALUE in blanks) != valued and not (value is None and VALUE in blanks)
            ):
                continue
            words = self.words(phrase, atoms)
            if valued and "atom" in value:
                atoms[VALUE] = value["atom"]
                words[VALUE] = self._word(value["atom"])
            elif valued:
                words[VALUE] = digits(value["number"])
            elif VALUE in blanks:
                asking = self.question_words(signature.range)
                if not asking:
                    words[VALUE] = "?"
                else:
                    word = asking[0]
                    if word == "who" and phrase.parts[0] != VALUE:
                        word = "whom"
                    return fill(Phrase(_spaced(in_question(phrase.parts, word))), words)
            return ("not " if value == {"bool": False} else "") + fill(
                phrase, words, atoms, self.tables
            )
        return None


def _leads_to_a_claim(text: str) -> bool:
    """Whether what stands before a claim in a pattern takes no `that` behind it: it is one, or a preposition, or ends with a sign."""
    last = text.split()[-1:]
    return any(not word[-1].isalnum() or word.lower() in _NO_THAT_BEHIND for word in last)


def _spaced(parts: Sequence[str | int]) -> tuple[str | int, ...]:
    """With spaces between them: `fill` makes them even."""
    spaced: list[str | int] = []
    for part in parts:
        spaced += [part, " "]
    return tuple(spaced)


def _says_more(one: Reading, other: Reading) -> bool:
    return (
        one != other
        and one.action == other.action
        and all(b is None or a == b for a, b in zip(one.args, other.args, strict=True))
    )


# ------------------------------------------------------------------- the world


def _of(tables: Tables) -> Sentences:
    if tables.sentences is None:
        tables.sentences = Sentences(tables)
    found: Sentences = tables.sentences
    return found


def match(world: World, text: str) -> list[Reading]:
    """The events that a sentence may tell in this world; none if nobody understands it. Claims that nobody tells are not understood."""
    return _of(world.tables).readings(text)


def tell(world: World, action: int, args: Sequence[int | None]) -> str:
    """An event as a sentence of the world. `match` gives the event back, without the arguments that no pattern has."""
    return _of(world.tables).tell(action, args)


def in_phrase(world: World, phrase: Phrase, args: Sequence[int]) -> dict[int, str]:
    """What the arguments of a fact are called in a phrase of it, by their blanks."""
    return _of(world.tables).words(phrase, dict(enumerate(args)))


def tell_claim(world: World, atom: int) -> str:
    """A claim or question in words: by its fact's phrase, else in brackets."""
    return _of(world.tables)._word(atom)


def read_question(world: World, text: str) -> list[tuple[int, tuple[int, ...]]]:
    """The facts with arguments that a text may ask for in their words, `who killed Lam`."""
    return [(fact, args) for fact, args, _ in _of(world.tables).questions(text)]


def tell_question(world: World, fact: int, args: Sequence[int]) -> str:
    """What is asked of a fact in words, `who killed Lam`; empty if it has no phrase for it."""
    return _of(world.tables).claim((fact, tuple(args), None)) or ""


def verbs(world: World) -> frozenset[str]:
    """The stems of all words that occur in the patterns of actions."""
    return frozenset(map(stem, _of(world.tables).vocabulary))


def unknown_sentence(world: World, sentence: tree.SentenceText) -> Diagnostic:
    """Why nobody understands the sentence, and what was probably meant."""
    return explain(_of(world.tables), sentence)


def collect(tables: Tables, told: Iterable[tree.SentenceText | tree.Expect]) -> None:
    """Enters the claims that sentences tell, those of expectations too, and reports those that tell nothing."""
    sentences = Sentences(tables)
    each = (
        sentence
        for line in told
        for sentence in (
            in_full(sentences, line).sentences if isinstance(line, tree.Expect) else (line,)
        )
    )
    for sentence in each:
        if not sentences.readings(sentence.text):
            found = explain(sentences, sentence)
            tables.report.found.append(found)


def in_full(sentences: Sentences, expect: tree.Expect) -> tree.Expect:
    """An expectation of somebody, with its subject in each sentence that is said without: `Dov would shoot Clea`."""
    if expect.person is None:
        return expect
    whole = tuple(_whole(sentences, expect.person, each) for each in expect.sentences)
    return expect if whole == expect.sentences else replace(expect, sentences=whole)


def expected(world: World, expect: tree.Expect) -> tree.Expect:
    """An expectation that was not told in the story, as it is read in this world."""
    return in_full(_of(world.tables), expect)


def _whole(
    sentences: Sentences, person: tree.Name, sentence: tree.SentenceText
) -> tree.SentenceText:
    """The sentence, or it with this person before it if only that is understood: its verb fits a pattern as one in the plural does."""
    text = f"{person.text} {sentence.text}"
    if sentences.readings(sentence.text) or not sentences.readings(text):
        return sentence
    return replace(sentence, text=text)


__all__ = [
    "Reading",
    "Sentences",
    "collect",
    "expected",
    "in_full",
    "in_phrase",
    "match",
    "read_question",
    "tell",
    "tell_claim",
    "tell_question",
    "unknown_sentence",
    "verbs",
]

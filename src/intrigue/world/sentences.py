"""Sentences to events, and events to sentences.

A pattern is literal words and blanks. A sentence is cut into words once; a pattern is tried only if all of its literal words
occur in the sentence; names are found by their first word, the longest first. Commas, quotes and full stops mean nothing here,
nor does the case of a first letter, nor an article before a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.language import tree
from intrigue.language.names import LITERALS
from intrigue.world.claims import Content, content_of, in_brackets, intern, mark
from intrigue.world.expressions import Expressions
from intrigue.world.model import Phrase, World
from intrigue.world.patterns import (
    ARTICLES,
    NUMBER,
    THAT,
    VALUE,
    Pattern,
    Scan,
    call_form,
    capital,
    compile_pattern,
    fill,
    stem,
    tokens_of,
    words_of,
)
from intrigue.world.tables import CLAIM, QUESTION, ActionSignature, Tables
from intrigue.world.unmatched import explain


class Reading(NamedTuple):
    """An event that a sentence may tell; None stands for a parameter that its words leave out."""

    action: int
    args: tuple[int | None, ...]


_Bound = dict[int, Any]  # blank -> atom, number (of a value) or content of a claim


class Sentences:
    """All patterns of a world, compiled once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.kinds = [tables.all_kinds(atom) for atom in tables.atoms]
        self.patterns = [
            pattern
            for action in tables.actions
            for pattern in (
                *(
                    compile_pattern(action.id, phrase, self._talk(action))
                    for phrase in action.patterns
                ),
                call_form(action.id, action.name, len(action.params)),
            )
        ]
        self.phrases = [
            compile_pattern(fact.id, phrase) for fact in tables.facts for phrase in fact.phrases
        ]
        self.vocabulary = frozenset(
            word
            for action in tables.actions
            for phrase in action.patterns
            for part in phrase.parts
            if isinstance(part, str)
            for word in words_of(part)
        )
        self._named: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for atom in tables.atoms[1:]:
            if atom.id not in tables.claims or atom.span is not None:
                for name in (atom.name, *atom.aliases):
                    self._enter(name, atom.id)
        for word, meaning in LITERALS.items():
            if meaning == "none":
                self._enter(word, 0)
        for names in self._named.values():
            names.sort(key=lambda entry: -len(entry[0]))

    def _talk(self, action: ActionSignature) -> frozenset[int]:
        """The parameters that stand for claims and questions."""
        talked = {CLAIM, QUESTION}
        return frozenset(i for i, k in enumerate(action.kinds) if self.tables.roots(k) & talked)

    def _enter(self, name: str, atom: int) -> None:
        words = words_of(name)
        if len(words) > 1 and words[0] in ARTICLES:
            words = words[1:]
        if words:
            self._named.setdefault(words[0], []).append((words, atom))

    # -------------------------------------------------------------- matching

    def readings(self, text: str) -> list[Reading]:
        """All events that the sentence may tell; where one says more than another of the same action, the one that says more."""
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

    def scan(self, text: str) -> Scan:
        tokens = tokens_of(text)
        words = tuple(token.text for token in tokens)
        stems = tuple(map(stem, words))
        return Scan(text, tokens, words, stems, frozenset(stems))

    def _can_be_told(self, bound: _Bound) -> bool:
        """Once the world is complete, only claims that it has can be told."""
        claims = (mark(filling) for filling in bound.values() if isinstance(filling, tuple))
        return not self.tables.complete or all(claim in self.tables.claim_of for claim in claims)

    def _settle(self, bound: Any) -> int | None:
        """The atom of a blank; a claim told for the first time gets one."""
        if isinstance(bound, tuple):
            return intern(bound, self.tables)
        return None if bound is None else int(bound)

    def _walk(
        self,
        scan: Scan,
        parts: Sequence[str | int],
        part: int,
        at: int,
        bound: _Bound,
        kinds: dict[int, int],
    ) -> Iterator[tuple[int, _Bound]]:
        """Every way in which the parts match from a word on: where they end, and what fills the blanks."""
        words, last = scan.stems, len(scan.stems)
        while part < len(parts):
            wanted = parts[part]
            if isinstance(wanted, int):
                break
            if at >= last or words[at] != wanted:
                return
            part, at = part + 1, at + 1
        else:
            yield at, bound
            return
        if at >= last:
            return
        for filling, end in self.fillings(scan, at, kinds[wanted], nothing=wanted == VALUE):
            if bound.get(wanted, filling) == filling:
                yield from self._walk(scan, parts, part + 1, end, {**bound, wanted: filling}, kinds)

    def fillings(
        self, scan: Scan, at: int, kind: int, *, nothing: bool = False
    ) -> Iterator[tuple[Any, int]]:
        """What a blank of this kind may be that begins at this word."""
        for atom, end in self.names_at(scan, at):
            if kind in self.kinds[atom] or (nothing and atom == 0):
                yield atom, end
        above = self.tables.kinds[kind].roots
        if not above & {CLAIM, QUESTION}:
            return
        if scan.words[at] in THAT and at + 1 < len(scan.words):
            for atom, end in self.names_at(scan, at + 1):
                if kind in self.kinds[atom]:
                    yield atom, end
        if CLAIM in above:
            yield from self._claims_at(scan, at, asked=False)
        if QUESTION in above:
            yield from self._claims_at(scan, at, asked=True)

    def names_at(self, scan: Scan, at: int) -> list[tuple[int, int]]:
        """The names that begin at a word, or after an article there: atom and end, the longest first."""
        if at not in scan.names:
            found: list[tuple[int, int]] = []
            starts = (
                (at, at + 1) if scan.words[at] in ARTICLES and at + 1 < len(scan.words) else (at,)
            )
            for start in starts:
                for name, atom in self._named.get(scan.words[start], ()):
                    if scan.words[start : start + len(name)] == name:
                        found.append((atom, start + len(name)))
            scan.names[at] = found
        return scan.names[at]

    # ---------------------------------------------------------------- claims

    def _claims_at(self, scan: Scan, at: int, *, asked: bool) -> Iterator[tuple[Content, int]]:
        """Claims (or questions) told in words or in brackets from a word on."""
        if (at, asked) not in scan.claims:
            scan.claims[
                at, asked
            ] = []  # a claim about a claim does not begin where that one begins
            starts = [at]
            if scan.words[at] in THAT and at + 1 < len(scan.words):
                starts.append(at + 1)
            for start in starts:
                scan.claims[at, asked] += self._claims_from(scan, start, asked)
        yield from scan.claims[at, asked]

    def _claims_from(self, scan: Scan, at: int, asked: bool) -> list[tuple[Content, int]]:
        if scan.words[at] == "(":
            return self._bracketed(scan, at, asked)
        found = self._phrased(scan, at, asked, denied=False)
        if not asked and scan.words[at] == "not" and at + 1 < len(scan.words):
            found += self._phrased(scan, at + 1, asked, denied=True)
        return found

    def _phrased(self, scan: Scan, at: int, asked: bool, denied: bool) -> list[tuple[Content, int]]:
        found: list[tuple[Content, int]] = []
        for phrase in self.phrases:
            fact = self.tables.facts[phrase.owner]
            count = len(fact.params)
            if not phrase.literals <= scan.known or not phrase.blanks >= frozenset(range(count)):
                continue
            plain, valued = fact.range == "bool", VALUE in phrase.blanks
            if (plain and valued) or (not plain and (denied or not (asked or valued))):
                continue
            parts = phrase.parts
            if asked and valued:
                parts = tuple("?" if part == VALUE else part for part in parts)
            kinds = {i: parameter.kind for i, parameter in enumerate(fact.params)}
            if isinstance(fact.range, frozenset):
                kinds[VALUE] = self.tables.set_of(fact.range)
            for end, bound in self._walk_phrase(scan, parts, at, kinds, fact.range):
                value: Any = None if asked else {"bool": not denied}
                if not asked and not plain:
                    value = bound[VALUE]
                args = tuple(self._settle(bound[i]) or 0 for i in range(count))
                found.append(((fact.id, args, value), end))
        return found

    def _walk_phrase(
        self, scan: Scan, parts: Sequence[str | int], at: int, kinds: dict[int, int], range_: Any
    ) -> Iterator[tuple[int, _Bound]]:
        """As `_walk`, with the value as the border has it."""
        if range_ == "number" and VALUE in parts:
            place = parts.index(VALUE)
            for middle, bound in self._walk(scan, parts[:place], 0, at, {}, kinds):
                if middle < len(scan.words) and NUMBER.match(scan.words[middle]):
                    value = {"number": float(scan.words[middle])}
                    for end, rest in self._walk(
                        scan, parts[place + 1 :], 0, middle + 1, bound, kinds
                    ):
                        yield end, {**rest, VALUE: value}
            return
        for end, bound in self._walk(scan, parts, 0, at, {}, kinds):
            if VALUE in bound:
                bound = {**bound, VALUE: {"atom": bound[VALUE]}}
            yield end, bound

    def _bracketed(self, scan: Scan, at: int, asked: bool) -> list[tuple[Content, int]]:
        """A condition in brackets."""
        depth = 0
        for end in range(at, len(scan.words)):
            depth += (scan.words[end] == "(") - (scan.words[end] == ")")
            if depth == 0:
                text = scan.text[scan.tokens[at].end : scan.tokens[end].start]
                content = self._content(text, asked)
                return [(content, end + 1)] if content is not None else []
        return []

    def _content(self, text: str, asked: bool) -> Content | None:
        """What a condition in brackets claims or asks; None if it is not a claim."""
        from pathlib import Path

        from intrigue.language.expressions import parse_expression

        expression, _ = parse_expression(Source(Path("sentence"), text))
        if expression is None:
            return None
        quiet = Expressions(self.tables.without_report())
        return content_of(expression, quiet, question=asked)

    # --------------------------------------------------------------- telling

    def tell(self, action: int, args: Sequence[int | None]) -> str:
        """The event as a sentence: in the words of the first of the patterns that leave out least.

        An action without patterns is told by its name.
        """
        signature = self.tables.actions[action]
        words = {i: self._word(arg) for i, arg in enumerate(args) if arg is not None}
        best: Phrase | None = None
        most = -1
        for phrase in signature.patterns:
            blanks = {part for part in phrase.parts if isinstance(part, int)}
            if blanks <= words.keys() and len(blanks) > most:
                best, most = phrase, len(blanks)
        if best is not None:
            first = best.parts[0]
            many = isinstance(first, int) and args[first] in self.tables.groups
            return capital(fill(best, words, plural=many))
        return capital(
            f"{signature.name}({', '.join(words.get(i, '...') for i in range(len(args)))})"
        )

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
        words: dict[int, str] = {i: self._word(a) for i, a in enumerate(args)}
        valued = value is not None and "bool" not in value
        for phrase in signature.phrases:
            blanks = {part for part in phrase.parts if isinstance(part, int)}
            if not blanks >= set(words) or (
                (VALUE in blanks) != valued and not (value is None and VALUE in blanks)
            ):
                continue
            if valued:
                words[VALUE] = (
                    self._word(value["atom"]) if "atom" in value else f"{value['number']:g}"
                )
            elif VALUE in blanks:
                words[VALUE] = "?"
            return ("not " if value == {"bool": False} else "") + fill(phrase, words)
        return None


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


def tell_claim(world: World, atom: int) -> str:
    """A claim or question in words: by its fact's phrase, else in brackets."""
    return _of(world.tables)._word(atom)


def unknown_sentence(world: World, sentence: tree.SentenceText) -> Diagnostic:
    """Why nobody understands the sentence, and what was probably meant."""
    return explain(_of(world.tables), sentence)


def collect(tables: Tables, told: Sequence[tree.SentenceText]) -> None:
    """Enters the claims that the sentences tell, and reports those that tell nothing."""
    sentences = Sentences(tables)
    for sentence in told:
        if not sentences.readings(sentence.text):
            found = explain(sentences, sentence)
            tables.report.found.append(found)


__all__ = [
    "Reading",
    "Sentences",
    "collect",
    "match",
    "tell",
    "tell_claim",
    "unknown_sentence",
]

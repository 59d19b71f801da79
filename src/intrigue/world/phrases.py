"""Names and the phrases of facts, found in words: what sentences, claims and conditions have in common.

Names are found by their first word, the longest first; a phrase is tried only if all of its literal words occur. Commas, quotes
and full stops mean nothing here, nor does the case of a first letter, nor an article before a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from intrigue.diagnostics.diagnostic import Source
from intrigue.language.names import LITERALS
from intrigue.world.claims import Content, content_of, intern, mark
from intrigue.world.expressions import Expressions
from intrigue.world.patterns import (
    ARTICLES,
    LITTLE,
    NUMBER,
    THAT,
    VALUE,
    WHERE,
    Pattern,
    Scan,
    compile_pattern,
    fill,
    in_question,
    stem,
    tokens_of,
    words_of,
)
from intrigue.world.tables import CLAIM, PERSON, PLACE, QUESTION, THING, Atom, Tables

_ASKING = ((PERSON, ("who", "whom")), (PLACE, ("where",)), (THING, ("what",)))
"""Which words ask for what."""

Bound = dict[int, Any]  # blank -> atom, number (of a value) or content of a claim


class Phrases:
    """All names and all phrases of facts of a world, compiled once."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.phrases = [
            compile_pattern(fact.id, phrase) for fact in tables.facts for phrase in fact.phrases
        ]
        for phrase in self.phrases:
            range_ = tables.facts[phrase.owner].range
            if VALUE in phrase.blanks and isinstance(range_, frozenset):
                tables.set_of(range_)
        every = frozenset(kind.id for kind in tables.kinds)
        # whose kind is unknown may be anything: that is reported where it is declared, and nowhere else
        self.kinds = [
            tables.all_kinds(atom) if atom.kinds or not atom.id else every for atom in tables.atoms
        ]
        self._named: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for atom in tables.atoms[1:]:
            if atom.id not in tables.claims or atom.span is not None:
                for name in (atom.name, *atom.aliases):
                    self._enter(name, atom.id)
        for word, meaning in LITERALS.items():
            if meaning == "none":
                self._enter(word, 0)
        self._longest_first()

    def _longest_first(self) -> None:
        for names in self._named.values():
            names.sort(key=lambda entry: -len(entry[0]))

    def _enter(self, name: str, atom: int) -> None:
        words = words_of(name)
        if len(words) > 1 and words[0] in ARTICLES:
            words = words[1:]
        if words:
            self._named.setdefault(words[0], []).append((words, atom))

    def scan(self, text: str) -> Scan:
        """A text, ready for patterns to be looked for in it."""
        tokens = tokens_of(text)
        words = tuple(token.text for token in tokens)
        stems = tuple(map(stem, words))
        known = frozenset(stems)
        if not known.isdisjoint(self.tables.prepositions.values()):
            known |= {"at"}  # so a place may say it
        return Scan(text, tokens, words, stems, known)

    def with_variables(self, variables: Mapping[str, frozenset[int]]) -> Phrases:
        """The same, where variables (of these kinds) are names too. They count up to -1, the last of them: claims that are told for the
        first time meanwhile go on counting from the last atom."""
        reader = copy(self)
        reader.kinds = list(self.kinds)
        reader._named = {word: list(names) for word, names in self._named.items()}
        for number, (name, kinds) in enumerate(variables.items(), -len(variables)):
            reader._enter(name, number)
            reader.kinds.append(self.tables.all_kinds(Atom(0, name, None, kinds)))
        reader._longest_first()
        return reader

    def conditions(self, text: str) -> list[Content]:
        """What a text says, if it is the phrase of a fact from its first word to its last."""
        return self._said(text, asked=False)

    def questions(self, text: str) -> list[Content]:
        """What a text asks, if it is a fact's phrase as a question: `who has the pistol`, `where Li is`."""
        return self._said(text, asked=True)

    def _said(self, text: str, asked: bool) -> list[Content]:
        scan = self.scan(text)
        found = self._phrased(scan, 0, asked=asked, denied=False) if scan.tokens else []
        unlike = {mark(content): content for content, end in found if end == len(scan.tokens)}
        return list(unlike.values())

    def nearest(self, text: str) -> str | None:
        """The phrase, as declared, that shares most of its telling words with the text and lacks fewest."""
        known = self.scan(text).known
        best: tuple[float, Pattern] | None = None
        for phrase in self.phrases:
            telling = phrase.literals - LITTLE
            shared: float = len(telling & known)
            if not telling:  # `{person} is at {value}`: nearly any text has such words
                shared = 0.5 * len(phrase.literals & known & {"is"})
            score = shared - 0.5 * max(0.0, len(telling) - shared)
            if shared and score > (best[0] if best else 0):
                best = (score, phrase)
        if best is None:
            return None
        params = self.tables.facts[best[1].owner].params
        blanks = {i: "{" + parameter.name + "}" for i, parameter in enumerate(params)}
        return fill(best[1].phrase, {**blanks, VALUE: "{value}"})

    # ---------------------------------------------------------------- blanks

    def _can_be_told(self, bound: Bound) -> bool:
        """Claims are told of what is known by name, not of variables; once the world is complete, only those that it has."""
        claims = [filling for filling in bound.values() if isinstance(filling, tuple)]
        known = (mark(claim) in self.tables.claim_of for claim in claims)
        return all(map(_of_atoms, claims)) and (not self.tables.complete or all(known))

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
        bound: Bound,
        kinds: dict[int, int],
    ) -> Iterator[tuple[int, Bound]]:
        """Every way in which the parts match from a word on: where they end, and what fills the blanks. Before a place that has a
        preposition of its own, that may stand instead of `at`."""
        words, last = scan.stems, len(scan.stems)
        said = ""
        while part < len(parts):
            wanted = parts[part]
            if isinstance(wanted, int):
                break
            if at >= last:
                return
            if words[at] != wanted:
                if wanted != "at" or isinstance((*parts, "")[part + 1], str):
                    return
                said = words[at]
            part, at = part + 1, at + 1
        else:
            yield at, bound
            return
        if at >= last:
            return
        for filling, end in self.fillings(scan, at, kinds[wanted], nothing=wanted == VALUE):
            if said and self.tables.prepositions.get(filling) != said:
                continue
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
        if not asked and "not" in scan.words[at + 1 :]:
            found += self._denied(scan, at)
        return found

    def _denied(self, scan: Scan, at: int) -> Iterator[tuple[Content, int]]:
        """`Ann is not armed`, `Ann does not trust Bob`: what a phrase says without `not`, denied. In phrases that hold claims it would
        not be clear what is denied."""
        for place in range(at + 1, len(scan.words)):
            verb = scan.words[place - 1] if scan.words[place] == "not" else ""
            if verb not in ("is", "are", "does", "do"):
                continue
            first = place if verb in ("is", "are") else place - 1
            text = scan.text[: scan.tokens[first].start] + scan.text[scan.tokens[place].end :]
            for content, end in self._phrased(self.scan(text), at, asked=False, denied=True):
                kinds = [
                    self.tables.kinds[each.kind] for each in self.tables.facts[content[0]].params
                ]
                if end > first and not any(kind.roots & {CLAIM, QUESTION} for kind in kinds):
                    yield content, end + place + 1 - first

    def _phrased(self, scan: Scan, at: int, asked: bool, denied: bool) -> list[tuple[Content, int]]:
        found: list[tuple[Content, int]] = []
        for phrase in self.phrases:
            fact = self.tables.facts[phrase.owner]
            count = len(fact.params)
            literals = phrase.literals - WHERE if asked else phrase.literals
            if not literals <= scan.known or not phrase.blanks >= frozenset(range(count)):
                continue
            plain, valued = fact.range == "bool", VALUE in phrase.blanks
            if (plain and valued) or (not plain and (denied or not (asked or valued))):
                continue
            parts = phrase.parts
            if asked and valued:
                asking = scan.words[at]
                if asking in self.question_words(fact.range):
                    parts = in_question(parts, asking)
                else:
                    parts = tuple("?" if part == VALUE else part for part in parts)
            kinds = {i: parameter.kind for i, parameter in enumerate(fact.params)}
            if isinstance(fact.range, frozenset):
                kinds[VALUE] = self.tables.set_of(fact.range)
            for end, bound in self._walk_phrase(scan, parts, at, kinds, fact.range):
                if not self._can_be_told(bound):
                    continue
                value: Any = None if asked else {"bool": not denied}
                if not asked and not plain:
                    value = bound[VALUE]
                args = tuple(self._settle(bound[i]) or 0 for i in range(count))
                found.append(((fact.id, args, value), end))
        return found

    def question_words(self, range_: Any) -> tuple[str, ...]:
        """The words that ask for a value of this range, the best first; none for yes/no and numbers."""
        if not isinstance(range_, frozenset):
            return ()
        roots = self.tables.roots(range_)
        words = [words for kind, words in _ASKING if kind in roots]
        return tuple(word for each in words for word in each) or ("what",)

    def _walk_phrase(
        self, scan: Scan, parts: Sequence[str | int], at: int, kinds: dict[int, int], range_: Any
    ) -> Iterator[tuple[int, Bound]]:
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


def _of_atoms(claim: Content) -> bool:
    """Whether no variable is in a claim."""
    _, args, value = claim
    said = value.get("atom", 0) if isinstance(value, dict) else 0
    return min((*args, said), default=0) >= 0

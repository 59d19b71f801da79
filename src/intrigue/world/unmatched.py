"""Why nobody understands a sentence: a wrong name, a wrong word, or the nearest pattern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Span
from intrigue.diagnostics.suggest import nearest
from intrigue.language import tree
from intrigue.language.times import forms_of_time, read_mark, speaks_of_time
from intrigue.world.patterns import LITTLE, Pattern, Scan, fill, stem, words_of
from intrigue.world.tables import CLAIM, QUESTION, ActionSignature

if TYPE_CHECKING:
    from intrigue.world.sentences import Sentences


PRONOUNS = frozenset(words_of("he she they him her them his hers its their i we you me us"))
"""Words that stand for somebody; nobody guesses for whom."""

_WHEN = frozenset(words_of("on at in then after before when while that this soon now finally"))
"""Words with which people begin to say when something happens."""
_MOST_OF_TIME = 6
"""Of so many words at most it is tried whether they speak of time."""

_LINES = ("expect", "because", "allow", "scene", "meanwhile", "later", "earlier")
"""Words with which lines of a scene begin that are no sentences."""

_ALIKE = tuple(
    frozenset(words.split())
    for words in (
        "kill murder shoot stab strangle slay execute",
        "call phone telephone ring",
        "die perish",
        "say tell inform confess confide",
        "go walk drive run leave travel come move fly ride sail return",
        "take steal grab snatch pick",
        "hit beat strike punch attack fight",
        "give hand pass bring",
        "see watch spot observe notice",
        "arrest capture seize catch",
        "threaten press demand blackmail",
        "heal treat mend nurse cure",
        "flee escape run",
    )
)
"""Verbs for much the same: what somebody writes, and what a pattern may have instead."""


_MOST_NAMES = 4
"""How many names are told that would do."""
_MOST_PATTERNS = 3
"""How many patterns that are equally near are told."""


def explain(sentences: Sentences, sentence: tree.SentenceText) -> Diagnostic:
    """The finding `unknown-sentence`, with the place of the mistake where it can be told."""
    scan = sentences.scan(sentence.text)
    found = (
        _timed(sentence)
        or _wrong_line(sentences, sentence, scan)
        or _pronoun(sentences, sentence, scan)
        or _wrong_name(sentences, sentence, scan)
        or _wrong_word(sentences, sentence, scan)
    )
    if found is not None:
        return found
    patterns = _nearest(sentences, scan)
    if not patterns:
        repair = (
            "tell it in words that a pattern has (`intrigue vocabulary` lists them), give an action a pattern for it, "
            "or keep it as a comment, behind a `#`"
        )
        return _finding(sentence, sentence.span, "no pattern says this", (), repair)
    notes = tuple(
        Note(
            f"{'as near' if number else 'the nearest pattern'}: {_filled(sentences, pattern, scan)}",
            None if number else _place(sentences.tables.actions[pattern.owner]),
        )
        for number, pattern in enumerate(patterns)
    )
    repair = "tell it in the words of a pattern, or give an action a pattern for it"
    return _finding(sentence, sentence.span, "no pattern says this", notes, repair)


def _wrong_line(sentences: Sentences, sentence: tree.SentenceText, scan: Scan) -> Diagnostic | None:
    """A line of another sort, whose first word is not quite that: `expct`, but not Harlow."""
    first = scan.tokens[0] if scan.tokens else None
    if first is None or first.text in _LINES or len(first.text) < 5:
        return None
    if any(sentences.names_at(scan, 0)):
        return None
    meant = nearest(first.text, _LINES)
    if meant is None or abs(len(meant) - len(first.text)) > 2:
        return None
    span = _within(sentence, first.start, first.end)
    return _finding(sentence, span, "no sentence begins so", (), f"did you mean `{meant}`?")


def _timed(sentence: tree.SentenceText) -> Diagnostic | None:
    """`At dawn`, which is no time of the language; `The next day Li sleeps`: time is told on a line of its own."""
    if speaks_of_time(sentence.text):
        label = "it says when, in no form that is read"
        return _finding(sentence, sentence.span, label, (), forms_of_time(sentence.text))
    words = list(re.finditer(r"\S+", sentence.text))
    for last in range(min(len(words), _MOST_OF_TIME), 0, -1):
        said = sentence.text[: words[last - 1].end()].rstrip(",;:")
        if read_mark(said, sentence.span):
            span = _within(sentence, 0, len(said))
            repair = f"put `{said}` on a line of its own, above the sentence"
            return _finding(sentence, span, "time stands on a line of its own", (), repair)
    return None


def _pronoun(sentences: Sentences, sentence: tree.SentenceText, scan: Scan) -> Diagnostic | None:
    """`He opens the case`: unless the word is part of a name or of a pattern."""
    covered = {
        at
        for start in range(len(scan.words))
        for _, end in sentences.names_at(scan, start)
        for at in range(start, end)
    }
    for at, token in enumerate(scan.tokens):
        first = at == 0 and token.text in PRONOUNS
        if at in covered or not (first or token.text in ("him", "them", "himself", "herself")):
            continue
        if token.text in sentences.vocabulary:
            continue
        span = _within(sentence, token.start, token.end)
        return _finding(sentence, span, "pronouns are not read", (), "name who or what it is")
    return None


def _finding(
    sentence: tree.SentenceText, span: Span, label: str, notes: tuple[Note, ...], repair: str
) -> Diagnostic:
    return Diagnostic("unknown-sentence", span, {"sentence": sentence.text}, label, notes, repair)


def _wrong_name(sentences: Sentences, sentence: tree.SentenceText, scan: Scan) -> Diagnostic | None:
    """All literal words of a pattern are there, and something between them is no fitting name."""
    best: tuple[int, Pattern, list[tuple[int, int, int]]] | None = None
    for pattern in sentences.patterns:
        if pattern.by_name or not pattern.literals or not pattern.literals <= scan.known:
            continue
        pattern = sentences.as_written(pattern, scan)
        wrong = _misfits(sentences, pattern, scan)
        if wrong and (best is None or len(wrong) < best[0]):
            best = (len(wrong), pattern, wrong)
    if best is None:
        return None
    _, pattern, wrong = best
    action = sentences.tables.actions[pattern.owner]
    blank, start, end = wrong[0]
    kind = sentences.tables.kinds[action.params[blank].kind]
    said = sentence.text[scan.tokens[start].start : scan.tokens[end - 1].end]
    span = _within(sentence, scan.tokens[start].start, scan.tokens[end - 1].end)
    note = (Note(f"read as: {_shape(pattern, action)}", _place(action)),)
    parameter = action.params[blank].name
    if {CLAIM, QUESTION} & kind.roots:
        repair = "say it in the phrase of a fact, or in brackets as a condition: `(loves(p, q))`"
        if "not" in words_of(said):
            repair = (
                f"{repair}; of a fact with several values say which it has, not which it has not"
            )
        return _finding(sentence, span, f"no {kind.name} is told by these words", note, repair)
    known = next((atom for atom, stop in sentences.names_at(scan, start) if stop == end), None)
    if known is not None:
        row = sentences.tables.atoms[known]
        own = " and ".join(sentences.tables.kinds[k].name for k in sorted(row.kinds)) or "nobody"
        label = f"this is a {own}; `{parameter}` must be a {kind.name}"
        others = [
            each.name
            for each in sentences.tables.atoms
            if kind.id in sentences.tables.all_kinds(each)
        ]
        like = f"tell it of one: {', '.join(others[:_MOST_NAMES])}" if others else ""
        if kind.roots & sentences.tables.roots(row.kinds):
            like = f"make {row.name} a {kind.name} in the cast{', or ' if like else ''}{like}"
        return _finding(sentence, span, label, note, like)
    if said.casefold() in PRONOUNS:
        return _finding(sentence, span, "pronouns are not read", (), "name who or what it is")
    inner = next((stop for _, stop in sentences.names_at(scan, start) if stop < end), None)
    if inner is not None:
        rest = sentence.text[scan.tokens[inner].start : scan.tokens[end - 1].end]
        span = _within(sentence, scan.tokens[inner].start, scan.tokens[end - 1].end)
        repair = f"leave out `{rest}`, or keep it as a comment, behind a `#`"
        if re.match(r",?\s*and\b", rest):
            repair = "tell one thing of one person in a sentence: make two of it"
        return _finding(sentence, span, "no pattern goes on like this", note, repair)
    late = range(1, end if not start and scan.words[0] in _WHEN else 0)
    first = next(
        (at for at in late if end in [stop for _, stop in sentences.names_at(scan, at)]), 0
    )
    if first:
        before = sentence.text[: scan.tokens[first - 1].end]
        span = _within(sentence, 0, len(before))
        repair = f"leave out `{before}`; when it is stands on a line of its own, as `the next day`"
        return _finding(sentence, span, "no pattern begins like this", note, repair)
    names = [
        atom.name for atom in sentences.tables.atoms if kind.id in sentences.tables.all_kinds(atom)
    ]
    close = nearest(said, names)
    repair = f"did you mean `{close}`?" if close else f"add {said} to the cast, or use a name in it"
    return _finding(sentence, span, f"no {kind.name} has this name", note, repair)


def _misfits(sentences: Sentences, pattern: Pattern, scan: Scan) -> list[tuple[int, int, int]]:
    """The blanks that no fitting name fills if the literal words are kept: blank, first word, word after the last."""
    shape = " ".join(
        re.escape(p) if isinstance(p, str) else r"(\S+(?: \S+)*?)" for p in pattern.parts
    )
    found = re.fullmatch(shape, " ".join(scan.stems))
    if found is None:
        return []
    action = sentences.tables.actions[pattern.owner]
    wrong: list[tuple[int, int, int]] = []
    blanks = [part for part in pattern.parts if isinstance(part, int)]
    text = found.string
    for blank, group in zip(blanks, range(1, len(blanks) + 1), strict=True):
        start = text.count(" ", 0, found.start(group))
        end = text.count(" ", 0, found.end(group)) + 1
        kind = action.params[blank].kind
        if not any(stop == end for _, stop in sentences.fillings(scan, start, kind)):
            wrong.append((blank, start, end))
    return wrong


def _wrong_word(sentences: Sentences, sentence: tree.SentenceText, scan: Scan) -> Diagnostic | None:
    """One word is in no pattern and no name, and with the nearest word that is in one, the sentence is understood."""
    stems = {stem(word) for word in sentences.vocabulary}
    covered: set[int] = set()
    for at in range(len(scan.words)):
        for _, end in sentences.names_at(scan, at):
            covered.update(range(at, end))
    for at, token in enumerate(scan.tokens):
        if at in covered or stem(token.text) in stems:
            continue
        close = nearest(token.text, sorted(sentences.vocabulary))
        if close is None:
            continue
        mended = sentence.text[: token.start] + close + sentence.text[token.end :]
        if sentences.readings(mended):
            span = _within(sentence, token.start, token.end)
            return _finding(
                sentence, span, "no pattern has this word here", (), f"did you mean `{close}`?"
            )
    return None


def _nearest(sentences: Sentences, scan: Scan) -> list[Pattern]:
    """The patterns, one an action, that share most of their telling words with the sentence and lack fewest."""
    best = 0.0
    found: list[Pattern] = []
    alike = frozenset().union(*(words for words in _ALIKE if words & scan.known)) - scan.known
    for pattern in sentences.patterns:
        telling = pattern.literals - LITTLE
        shared = len(telling & scan.known) + 0.9 * len(telling & alike)
        if pattern.by_name or not shared:
            continue
        little = 0.01 * len((pattern.literals & LITTLE) & scan.known)
        score = shared - 0.5 * (len(telling) - shared) + little
        if score > best + 1e-9:
            best, found = score, []
        if score > best - 1e-9 and pattern.owner not in [each.owner for each in found]:
            found.append(pattern)
    return found[:_MOST_PATTERNS]


def _filled(sentences: Sentences, pattern: Pattern, scan: Scan) -> str:
    """The pattern with the names of the sentence in the blanks that they fit, in order."""
    action = sentences.tables.actions[pattern.owner]
    names: list[tuple[int, int]] = []
    at = 0
    while at < len(scan.words):
        here = sentences.names_at(scan, at)[:1]
        names += [(at, atom) for atom, _ in here]
        at = here[0][1] if here else at + 1
    words: dict[int, str] = {}
    for blank in (part for part in pattern.parts if isinstance(part, int)):
        kind = action.params[blank].kind
        fit = next((pair for pair in names if kind in sentences.kinds[pair[1]]), None)
        words[blank] = (
            sentences.tables.atoms[fit[1]].name if fit else "{" + action.params[blank].name + "}"
        )
        names = [pair for pair in names if fit is None or pair[0] > fit[0]]
    return fill(pattern.phrase, words)


def _shape(pattern: Pattern, action: ActionSignature) -> str:
    """The pattern as it was written."""
    parts = pattern.phrase.parts
    return "".join("{" + action.params[p].name + "}" if isinstance(p, int) else p for p in parts)


def _place(action: ActionSignature) -> Span:
    patterns = (action.outcome or action.declaration).patterns
    return patterns[0].span if patterns else action.declaration.name.span


def _within(sentence: tree.SentenceText, start: int, end: int) -> Span:
    """A stretch of the sentence in its file."""
    span = sentence.span
    if span.source.text[span.start : span.start + len(sentence.text)] != sentence.text:
        return span
    return Span(span.source, span.start + start, span.start + end)

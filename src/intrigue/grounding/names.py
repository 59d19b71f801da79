"""Numbers back to names, and expressions of the border back to the words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Protocol

from intrigue.diagnostics.diagnostic import Span
from intrigue.english import digits
from intrigue.grounding.border import NONE, Expr
from intrigue.language import tree
from intrigue.language.names import KEYWORDS, LITERALS, key
from intrigue.world.patterns import agreeing, fill
from intrigue.world.predicates import denied
from intrigue.world.tables import PERSON, PLACE

if TYPE_CHECKING:
    from intrigue._engine import Value
    from intrigue.world.model import Parameter, Phrase, World


class Fluents(Protocol):
    """What `Names` needs of the engine."""

    def fluent_of(self, fluent: int) -> tuple[int, list[int]]:
        """The fact and the arguments of a fluent."""


def is_unknown(value: object) -> bool:
    """A value of the engine that says nothing: none at all, unknown, or what a mind hopes to learn."""
    return value in (None, "unknown") or (isinstance(value, tuple) and value[0] == "answer")


def quoted(name: str) -> str:
    """A name as it must be written: in quotes if a word of the language stands in it."""
    words = name.split()
    hidden = any(word in KEYWORDS for word in words) or name in LITERALS
    return f'"{name}"' if hidden else name


class Names:
    """The names of a world's numbers. With an engine, those of its fluents too."""

    def __init__(self, world: World, engine: Fluents | None = None) -> None:
        self.world = world
        self.engine = engine

    def atom(self, number: int) -> str:
        """`the church`; atom 0 is `nobody`."""
        return self.world.atoms[number].name if number else "nobody"

    def of_fact(self, fact: int, args: Sequence[int]) -> str:
        """A fact with its arguments: `where(Jennie)`."""
        return f"{self.world.facts[fact].name}({', '.join(map(self._atom_word, args))})"

    def fluent(self, number: int) -> str:
        """A fluent of the engine: `where(Jennie)`."""
        return self.of_fact(*self._fluent(number))

    def value(self, value: Value) -> str:
        """A value of the engine: `the church`, `yes`, `3`, `unknown`; `to be found out` for what a mind hopes to learn."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return self.atom(value[1]) if value[0] == "atom" else "to be found out"
        return value if isinstance(value, str) else digits(value)

    def does(self, person: int, verb: str) -> str:
        """Somebody with a verb in the third person: `Li takes`, `the hitmen take`."""
        many = person in self.world.tables.groups
        return f"{self.atom(person)} {agreeing(verb, plural=many)}"

    def value_of(self, fluent: int, value: Value) -> str:
        """A fluent's value; for atom 0 the word that fits: `nobody`, `nowhere`, `nothing`."""
        none = value == ("atom", NONE)
        return self._none_of(self._fluent(fluent)[0]) if none else self.value(value)

    def _none_of(self, fact: int) -> str:
        """What it is called that a fact has no value."""
        span = self.world.facts[fact].range
        if not isinstance(span, dict):
            return self.atom(NONE)
        members = self.world.kinds[span["set"]].members
        kinds = {kind for member in members for kind in self.world.atoms[member].kinds}
        return "nobody" if PERSON in kinds else "nowhere" if PLACE in kinds else "nothing"

    def is_so(self, number: int, value: Value) -> str:
        """That a fluent has a value, in prose: by the fact's phrase if it has a fitting one, else `where(Jennie) is the church`."""
        from intrigue.world.sentences import in_phrase

        fact, args = self._fluent(number)
        row = self.world.facts[fact]
        for phrase in row.phrases:
            valued = -1 in phrase.parts
            says_all = set(range(len(args))) <= set(phrase.parts)
            if says_all and (valued or row.range == "bool") and value != "unknown":
                words = in_phrase(self.world, phrase, args) | {-1: self.value_of(number, value)}
                atoms = dict(enumerate(args))
                if isinstance(value, tuple) and value[0] == "atom":
                    atoms[-1] = value[1]
                said = fill(phrase, words, atoms, self.world.tables)
                return said if valued or value is not False else self._denied(phrase, said, args)
        return f"{self.of_fact(fact, args)} is {self.value_of(number, value)}"

    def _denied(self, phrase: Phrase, said: str, args: Sequence[int]) -> str:
        """That something is not so: `Kit is not conscious`, `Kit does not trust Ann`. `said`: that it is so, by the phrase."""
        first = phrase.parts[0]
        subject = args[first] if isinstance(first, int) else NONE
        name = self.atom(subject) if subject and said.startswith(f"{self.atom(subject)} ") else ""
        many = subject in self.world.tables.groups
        return denied(name, said[len(name) :].lstrip(), many=many)

    def _fluent(self, number: int) -> tuple[int, list[int]]:
        assert self.engine is not None, "fluents are the engine's"
        return self.engine.fluent_of(number)

    def filled_in(self, span: Span, params: Sequence[Parameter], args: Sequence[int]) -> str:
        """The condition that stands there, with an action's parameters filled in: `able(Ah Jong)`."""
        from intrigue.language.expressions import parse_expression

        expression, _ = parse_expression(span.source, span.start, span.end)
        words = {key(p.name): self._atom_word(arg) for p, arg in zip(params, args, strict=True)}
        said, at = "", span.start
        for name in sorted(_variables(expression), key=lambda name: name.span.start):
            if key(name.text) in words:
                said += span.source.text[at : name.span.start] + words[key(name.text)]
                at = name.span.end
            elif " " in name.text and name.span.start >= at:
                # a phrase, as `p trusts q`; an article in it is no parameter
                text = span.source.text[name.span.start : name.span.end]
                filled = re.sub(r"[^\W\d][\w']*", lambda word: _filling(words, word), text)
                said += span.source.text[at : name.span.start] + filled
                at = name.span.end
        return " ".join((said + span.source.text[at : span.end]).split())

    # ----------------------------------------------------------- expressions

    def describe(self, expr: Expr, args: Sequence[int | str] = ()) -> str:
        """An expression of the border in the words of the language.

        `args`: what the variables are called, by depth: atoms or words. Deeper ones get letters.
        """
        words = [self._atom_word(a) if isinstance(a, int) else a for a in args]
        return self._say(expr, words, 0)

    def _atom_word(self, number: int) -> str:
        return quoted(self.atom(number)) if number else self.atom(number)

    def _say(self, expr: Expr, words: list[str], tight: int) -> str:
        """`tight`: how tightly what stands around binds; brackets where the expression binds less."""
        ((tag, body),) = expr.items()
        own, said = self._shape(tag, body, words)
        return f"({said})" if own < tight else said

    def _shape(self, tag: str, body: Any, words: list[str]) -> tuple[int, str]:
        if tag == "const":
            return _ATOMIC, self._constant(body)
        if tag == "var":
            return _ATOMIC, words[body] if body < len(words) else _letter(body)
        if tag == "fact":
            fact, args = body
            said = ", ".join(self._say(arg, words, 0) for arg in args)
            return _ATOMIC, f"{self.world.facts[fact].name}({said})"
        if tag in _INFIX:
            level, sign = _INFIX[tag]
            parts = body if tag in ("and", "or") else body[:2]
            inner = level if tag in ("and", "or", "add", "mul") else level + 1
            if tag in ("eq", "ne") and parts[1] == {"const": {"atom": NONE}} and "fact" in parts[0]:
                none = self._none_of(parts[0]["fact"][0])
                return level, f"{self._say(parts[0], words, inner)}{sign}{none}"
            return level, sign.join(self._say(part, words, inner) for part in parts)
        if tag in _PREFIX:
            level, sign = _PREFIX[tag]
            return level, f"{sign} {self._say(body, words, level)}"
        if tag in ("believes", "knows"):
            who, what = (self._say(part, words, _MODAL + 1) for part in body)
            return _MODAL, f"{who} {tag} {what}"
        if tag in ("topic", "claimed"):
            said = self._say(body, words, 0)
            return _ATOMIC, said if tag == "topic" else f"what {said} says"
        if tag in ("next", "prev"):
            word = "next" if tag == "next" else "previous"
            return _ATOMIC, f"{word}({self._say(body[0], words, 0)})"
        if tag == "is_in":
            return (
                _COMPARED,
                f"{self._say(body[0], words, _COMPARED + 1)} is a {self._kind(body[1])}",
            )
        if tag == "if":
            test, then, otherwise = (self._say(part, words, 1) for part in body)
            return 0, f"if {test} then {then} else {otherwise}"
        return self._bound(tag, body, words)

    def _bound(self, tag: str, body: Any, words: list[str]) -> tuple[int, str]:
        """`any`, `every`, `count`, `sum`, `product`."""
        kind, inner = body
        letter = _letter(len(words))
        said = self._say(inner, [*words, letter], 0)
        binder = f"{letter}: {self._kind(kind)}"
        if tag in ("any", "all"):
            return 0, f"{'any' if tag == 'any' else 'every'} {binder} where {said}"
        return _ATOMIC, f"{tag}({binder}{' where ' if tag == 'count' else ': '}{said})"

    def _kind(self, number: int) -> str:
        return self.world.kinds[number].name

    def _constant(self, value: Any) -> str:
        if not isinstance(value, dict):
            return str(value)
        if "atom" in value:
            return self._atom_word(value["atom"])
        if "bool" in value:
            return "yes" if value["bool"] else "no"
        return digits(value["number"])


_MODAL, _COMPARED, _ATOMIC = 4, 5, 9
_INFIX = {
    "or": (1, " or "),
    "and": (2, " and "),
    "eq": (_COMPARED, " = "),
    "ne": (_COMPARED, " != "),
    "lt": (_COMPARED, " < "),
    "le": (_COMPARED, " <= "),
    "add": (6, " + "),
    "sub": (6, " - "),
    "mul": (7, " * "),
    "div": (7, " / "),
}
_PREFIX = {"not": (3, "not"), "maybe": (3, "maybe"), "known": (_COMPARED, "known")}


def _filling(words: dict[str, str], word: re.Match[str]) -> str:
    """What stands for a word of a phrase: what fills the parameter of this name, or itself."""
    if word.start() and word[0] in ("a", "an", "the"):
        return word[0]
    return words.get(key(word[0]), word[0])


def _variables(node: object) -> Iterator[tree.Name]:
    """The names in an expression that stand for values: not those of facts, kinds and bound variables."""
    if isinstance(node, tree.Name):
        yield node
    elif isinstance(node, tree.Asked):
        yield tree.Name(node.text, node.span)
    elif isinstance(node, tuple):
        for part in node:
            yield from _variables(part)
    elif isinstance(node, tree.Call):
        yield from _variables(node.args)
    elif is_dataclass(node) and not isinstance(node, type | Span):
        for each in fields(node):
            if each.name not in ("kind", "variable"):
                yield from _variables(getattr(node, each.name))


def _letter(depth: int) -> str:
    """A name for a bound variable."""
    return "xyzuvw"[depth % 6] + (str(depth // 6) if depth >= 6 else "")

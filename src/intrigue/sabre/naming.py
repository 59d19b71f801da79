"""Identifiers to names, and action names to sentences: `GeneralStore` is the General Store, `tie_up(character, victim)` is
"{character} ties up {victim}"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intrigue.english import capital
from intrigue.language.names import KEYWORDS, LITERALS, key
from intrigue.records import dataclass

_HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CLAN = re.compile(r"^Ma?c [A-Z]")
_STRANGE = re.compile(r"[^\w'’]+")
_SOFT = {
    "from": "origin",
    "to": "destination",
    "by": "agent",
    "at": "spot",
    "self": "oneself",
    "they": "them",
    "value": "amount",
    "author": "writer",
    "share": "part",
    "learn": "learning",
    "show": "showing",
    "tell": "telling",
    "forget": "forgetting",
    "where": "location",
    "who": "somebody",
}
"""Words that mean something of their own where a name may stand, and what is said instead."""


def spaced(identifier: str) -> str:
    """The words of an identifier: humps and underscores become spaces, what no name may hold goes."""
    words = " ".join(_STRANGE.sub(" ", identifier.replace("_", " ")).split()).strip("'’ ")
    parted = _HUMP.sub(" ", words)
    return words if _CLAN.match(parted) else parted


class Namer:
    """Gives names that are all different, as the language tells names apart."""

    def __init__(self, taken: Sequence[str] = ()) -> None:
        self.taken = {key(name) for name in (*taken, *LITERALS)}

    def name(self, identifier: str, *alternatives: str) -> str:
        """The identifier in words; if that is taken, one of the alternatives, else with a number."""
        base = harmless(spaced(identifier)) or "nameless"
        choices = (base, *(harmless(each) for each in alternatives))
        name = next((each for each in choices if key(each) not in self.taken), base)
        number = 2
        while key(name) in self.taken:
            name, number = f"{base} {number}", number + 1
        self.taken.add(key(name))
        return name


def harmless(name: str) -> str:
    """The name without words that end a name or mean something of their own."""
    words = name.split()
    if len(words) == 1:
        return f"{name}_" if name in KEYWORDS else _SOFT.get(name, name)
    if any(word in KEYWORDS or word in ("then", "that") for word in words):
        return "-".join(words)
    if words and words[0].lower() in ("the", "a", "an"):
        words[0] += "_"
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Blank:
    """What stands between an action's brackets: a parameter (`{item}`) or a constant, with the kinds that it belongs to."""

    said: str
    variable: str
    kinds: frozenset[str]
    person: bool
    place: bool


_PARTICLES = frozenset(("up", "down", "off", "out", "away", "back", "over", "on", "open", "free"))
_PREPOSITIONS = frozenset(("of", "to", "from", "in", "into", "with", "for", "at", "on", "about"))
_FROM = frozenset(
    [
        "take",
        "steal",
        "rob",
        "loot",
        "pillage",
        "buy",
        "borrow",
        "grab",
        "receive",
        "snatch",
        "collect",
        "confiscate",
    ]
)
_TO = frozenset(
    (
        *("give", "sell", "send", "show", "tell", "report", "bring", "hand", "lend", "offer"),
        *("appear", "propose", "deliver", "throw", "pay", "lie", "talk", "speak", "read", "write"),
        *("teach", "reveal", "announce"),
    )
)
_MOVES = frozenset(
    [
        "travel",
        "go",
        "walk",
        "move",
        "run",
        "ride",
        "sail",
        "fly",
        "escape",
        "flee",
        "come",
        "return",
        "teleport",
        "sneak",
    ]
)
_ORDERS = frozenset(("command", "order", "ask", "tell", "force", "persuade", "teach", "help"))
_BEGINS = frozenset(("begin", "start", "try", "want", "decide", "plan", "attempt"))
_PARTED = {"pickup": "pick up", "putdown": "put down", "setup": "set up", "lookup": "look up"}
_TOOLS = re.compile(r"weapon|gun|sword|knife|tool|medicine|key|coin|money|ammo|spell|potion")
_BEING = {"be": "is", "have": "has", "do": "does", "go": "goes", "can": "can"}


def third_person(verb: str) -> str:
    """`walk` -> `walks`."""
    if verb in _BEING:
        return _BEING[verb]
    if re.search(r"(?:ss|x|z|ch|sh|o)$", verb):
        return verb + "es"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb if verb.endswith("s") else verb + "s"


def sentence(action: str, willing: Sequence[str], blanks: Sequence[Blank]) -> str:
    """A sentence pattern for an action. `willing`: what is said of those who consent, in order: they are the subject.

    The first word of the name is the verb; what is acted on follows it, then everything else behind a word that tells it from
    the rest. Two blanks never touch, so that a sentence can be read back.
    """
    words = [word.lower() for word in spaced(action).split()] or ["act"]
    words[:1] = _PARTED.get(words[0], words[0]).split()
    rest = list(blanks)
    if not willing and not rest:
        return capital(" ".join(words))
    subjects = list(dict.fromkeys(willing[:1]))
    if willing and not any(blank.said in willing for blank in rest):
        subjects = list(dict.fromkeys(willing))  # they act together, and nobody else is spoken of
    if not willing:
        subjects = [next((blank for blank in rest if blank.person), rest[0]).said]
    rest = [blank for blank in rest if blank.said not in subjects]
    verb, *tail = words
    said = [" and ".join(subjects), verb if len(subjects) > 1 else third_person(verb)]
    person = next((blank for blank in rest if blank.person), None)
    if verb in _ORDERS and tail and tail[0] not in _PREPOSITIONS and person is not None:
        rest.remove(person)
        said += [person.said, "to", *tail, *_take_object(rest, tail[0])]
        return _finished(said, tail[0], rest)
    noun = _noun(tail, rest)
    if noun is not None:  # `suspect_of_crime(.., crime: crime, ..)`
        rest.remove(noun)
        thing = _take_object(rest, verb)
        return _finished([*said, *tail[:-2], *thing, tail[-2], noun.said], verb, rest)
    if tail and tail[0] != "to" and verb in _BEGINS:
        said.append("to")
    said += tail
    if not tail or tail[-1] in _PARTICLES:
        said += _take_object(rest, verb)
    return _finished(said, tail[0] if tail and verb in _BEGINS else verb, rest, bool(tail))


def _noun(tail: Sequence[str], rest: Sequence[Blank]) -> Blank | None:
    """The blank that the last word of the name speaks of, behind a preposition."""
    if len(tail) < 2 or tail[-2] not in _PREPOSITIONS:
        return None
    return next((b for b in rest if tail[-1] == b.variable.lower() or tail[-1] in b.kinds), None)


def _take_object(rest: list[Blank], verb: str) -> list[str]:
    """What is acted on, taken out of the rest: the first that is no place; of what is given and taken the thing."""
    things = [blank for blank in rest if not blank.place and blank.variable not in ("from", "to")]
    if verb in _FROM or verb in _TO:
        things = [blank for blank in things if not blank.person]
    things = [blank for blank in things if not _is_tool(blank)] or (
        [] if verb in _FROM and len(rest) > 1 else things
    )
    if not things:
        return []
    rest.remove(things[0])
    return [things[0].said]


def _is_tool(blank: Blank) -> bool:
    return any(_TOOLS.search(word) for word in (blank.variable.lower(), *blank.kinds))


def _finished(said: list[str], verb: str, rest: Sequence[Blank], told: bool = False) -> str:
    """The sentence with what is left of the blanks. `told`: the name itself says what is done (`share clues`)."""
    order = [b for b in rest if b.variable in ("from", "to")]
    order += [b for b in rest if b not in order and not b.place]
    order += [b for b in rest if b not in order]
    used: list[str] = []
    for blank in order:
        if blank.variable in ("from", "to"):
            word = blank.variable
        elif blank.place:
            word = "to" if verb in _MOVES and "to" not in said else "at"
        elif verb in _FROM and not _is_tool(blank):
            word = "from"
        elif blank.person:
            word = "to" if verb in _TO else "with"
        else:
            word = "with" if _is_tool(blank) or not told else "about"
            word = "for" if word in used and word == "with" else word
        said += ["and" if word in used else word, blank.said]
        used.append(word)
    return " ".join(said)

"""Sections 1 and 2 of `docs/semantics.md` by example."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .sketch import Sketch
from .story import Story
from .world import Json

Tell = Callable[[Sketch], Story]

# Ann is in the hall and Bob nobody knows where; Cas has heard that Bob is in the yard.
UNSURE = Sketch(person="Ann Bob Cas", place="hall yard", mood="calm cross wild", talk="it what")
UNSURE.fact("where", "person", "place")
UNSURE.fact("mood", "person", "mood", "calm")
UNSURE.fact("awake", "person")
UNSURE.fact("money", "person", "number")
UNSURE.fact("boss", "person", "person")
UNSURE.claim("it", ("where", "Bob"), "yard")
UNSURE.claim("what", ("where", "Bob"))
UNSURE.holds(("where", "Ann"), "hall")
UNSURE.holds(("where", "Bob"), "unknown")
UNSURE.holds(("where", "Cas"), "unknown")
UNSURE.holds(("mood", "Ann"), "wild")
UNSURE.holds(("mood", "Cas"), "unknown")
UNSURE.holds(("awake", "Ann"), True)
UNSURE.holds(("awake", "Cas"), "unknown")
UNSURE.holds(("money", "Ann"), 3)
UNSURE.holds(("money", "Cas"), "unknown")
UNSURE.belief("Cas", ("where", "Bob"), "yard")
UNSURE.belief("Bob", ("where", "Ann"), "unknown")

BOB, CAS = ("where", "Bob"), ("where", "Cas")
OPEN = ("awake", "Cas")
TRUE, FALSE = ("awake", "Ann"), ("awake", "Bob")


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        # A blank is equal to its copy, and to nothing else for certain.
        (("eq", BOB, BOB), True),
        (("ne", BOB, BOB), False),
        (("eq", BOB, CAS), None),
        (("eq", BOB, "hall"), None),
        (("ne", BOB, "hall"), None),
        (("eq", BOB, ("believes", "Ann", BOB)), True),
        (("eq", BOB, "unknown"), None),
        # What applies to nobody or to a blank has no value, not even its own.
        (("where", ("boss", "Ann")), None),
        (("eq", ("where", "none"), ("where", "none")), None),
        (("eq", ("mood", ("boss", "Ann")), ("mood", ("boss", "Ann"))), None),
        (("where", ("where", "Ann")), None),
        (("eq", ("boss", "Ann"), "none"), True),
        # Kleene's logic.
        (OPEN, "unknown"),
        (("not", OPEN), None),
        (("and", OPEN, FALSE), False),
        (("and", OPEN, TRUE), None),
        (("or", OPEN, TRUE), True),
        (("or", OPEN, FALSE), None),
        (("and",), True),
        (("or",), False),
        (("any", "person", ("awake", "?0")), True),
        (("all", "person", ("awake", "?0")), False),
        (("any", "person", ("eq", ("mood", "?0"), "cross")), None),
        (("all", "person", ("ne", ("mood", "?0"), "cross")), None),
        (("count", "person", ("awake", "?0")), 1.0),
        (("count", "person", ("eq", ("where", "?0"), "hall")), 1.0),
        (("if", OPEN, 1, 2), None),
        (("if", TRUE, 1, OPEN), 1.0),
        # Numbers and ordered sets.
        (("add", ("money", "Ann"), 2), 5.0),
        (("add", ("money", "Cas"), 2), None),
        (("div", 1, ("money", "Bob")), None),
        (("sum", "person", ("money", "?0")), None),
        (("lt", ("money", "Bob"), ("money", "Ann")), True),
        (("le", ("money", "Cas"), 0), None),
        (("lt", ("mood", "Bob"), ("mood", "Ann"), "mood"), True),
        (("le", ("mood", "Cas"), ("mood", "Cas"), "mood"), None),
        (("next", ("mood", "Bob"), "mood"), "cross"),
        (("next", ("mood", "Ann"), "mood"), "wild"),
        (("prev", ("mood", "Bob"), "mood"), "calm"),
        (("next", ("mood", "Cas"), "mood"), None),
        (("next", "none", "mood"), None),
        # Kinds.
        (("is_in", ("where", "Ann"), "place"), True),
        (("is_in", ("where", "Ann"), "person"), False),
        (("is_in", ("boss", "Ann"), "person"), False),
        (("is_in", BOB, "place"), None),
        # Minds.
        (("believes", "Cas", ("eq", BOB, "yard")), True),
        (("believes", "Ann", ("believes", "Cas", ("eq", BOB, "yard"))), None),
        (("believes", ("boss", "Ann"), TRUE), None),
        (("believes", "hall", TRUE), None),
        (("knows", ("boss", "Ann"), TRUE), None),
        (("knows", "Bob", ("eq", ("where", "Ann"), "hall")), False),
        (("knows", "Cas", ("eq", ("where", "Ann"), "hall")), True),
        (("knows", "Cas", ("eq", BOB, "yard")), None),
        (("knows", "Cas", ("eq", BOB, "hall")), False),
        (("knows", "Cas", ("where", "Ann")), True),
        (("knows", "Bob", ("where", "Ann")), False),
        (("knows", "Cas", BOB), None),
        (("knows", "Ann", BOB), False),
        (("known", BOB), False),
        (("known", ("where", "Ann")), True),
        (("known", ("boss", "Ann")), True),
        (("known", ("where", "none")), False),
        (("known", OPEN), False),
        (("maybe", OPEN), True),
        (("maybe", TRUE), True),
        (("maybe", FALSE), False),
        # Claims and questions.
        (("topic", "it"), "unknown"),
        (("claimed", "it"), "yard"),
        (("claimed", "what"), None),
        (("believes", "Cas", ("eq", ("topic", "it"), ("claimed", "it"))), True),
        (("topic", "hall"), None),
    ],
    ids=str,
)
def test_expression(tell: Tell, written: Json, answer: Json) -> None:
    assert tell(UNSURE).ask(written) == answer

"""Random small worlds, written as in `reference.sketch`: a handful of persons, places and things,
and rules of every kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from reference.sketch import Sketch
from reference.world import Json

FACTS = {
    "where": ("person", "place"),
    "holder": ("thing", "person"),
    "friend": ("person", "person"),
    "mood": ("person", "mood"),
    "awake": ("person", "bool"),
    "open": ("", "bool"),
    "money": ("person", "number"),
}
"""Arguments and range of every fact."""

CLAIMS = "rumour riddle"


class Dice:
    """Random choices, each from one byte: quick to draw, and zeros choose what is simplest."""

    def __init__(self, rolls: bytes) -> None:
        self.rolls = iter(rolls)

    def roll(self, least: int, most: int) -> int:
        """A number from `least` to `most`; the least where the rolls are used up."""
        return least + next(self.rolls, 0) % (most - least + 1)

    def one(self, choices: Sequence[Any]) -> Any:
        return choices[self.roll(0, len(choices) - 1)]


@dataclass(frozen=True)
class Scope:
    """The variables in sight, by the set over which they run."""

    kinds: tuple[str, ...] = ()

    def with_one(self, kind: str) -> Scope:
        return Scope((*self.kinds, kind))

    def of(self, kind: str) -> list[str]:
        return [f"?{n}" for n, each in enumerate(self.kinds) if each == kind]


class Words:
    """Draws expressions and effects that make sense in a sketch."""

    def __init__(self, dice: Dice, sketch: Sketch, minds: int = 1) -> None:
        """`minds`: how deep conditions look into minds."""
        self.dice = dice
        self.sketch = sketch
        self.minds = minds
        self.goals: list[Json] = []
        """What effects bring about, said without variables: what is worth wanting and needing."""

    def one(self, *choices: Json) -> Json:
        return self.dice.one(choices)

    def chance(self, of: int) -> bool:
        return self.dice.roll(1, of) == of

    def name(self, kind: str) -> str:
        return str(self.one(*self.sketch.sets[kind]))

    def term(self, scope: Scope, kind: str) -> Json:
        """A value of the kind: mostly a variable or a name, now and then what a fact says."""
        if kind == "number":
            return self.number(scope)
        simple: list[Json] = [*scope.of(kind), *scope.of(kind), self.name(kind)]
        match kind:
            case "place":
                simple += [("where", self.term(scope, "person"))] if self.chance(3) else []
            case "person":
                simple += [("holder", self.name("thing"))] if self.chance(3) else []
                simple += [("friend", self.term(scope, "person"))] if self.chance(3) else []
            case "mood":
                simple.append(("mood", self.term(scope, "person")))
                if self.chance(4):
                    step = str(self.one("next", "prev"))
                    simple.append((step, self.term(scope, "mood"), "mood"))
        return self.one(*simple)

    def number(self, scope: Scope) -> Json:
        match self.dice.roll(0, 6):
            case 0 | 1 | 2:
                return self.dice.roll(-1, 3)
            case 3 | 4:
                return ("money", self.term(scope, "person"))
            case 5:
                inner = scope.with_one("person")
                return self.one(
                    ("count", "person", ("awake", f"?{len(scope.kinds)}")),
                    ("sum", "person", ("money", self.term(inner, "person"))),
                )
        operation = str(self.one("add", "sub", "mul", "div"))
        return (operation, ("money", self.term(scope, "person")), self.dice.roll(-1, 2))

    def place(self, scope: Scope) -> tuple[Json, str]:
        """Something that can be assigned, with the kind of its values."""
        fact = str(self.one(*FACTS))
        args, kind = FACTS[fact]
        return (fact, *(self.term(scope, each) for each in args.split())), kind

    def comparison(self, scope: Scope) -> Json:
        if self.goals and self.chance(3):
            return self.one(*self.goals)
        place, kind = self.place(scope)
        match kind:
            case "bool":
                return place
            case "number":
                return (str(self.one("eq", "lt", "le")), place, self.number(scope))
            case "mood" if self.chance(2):
                return (str(self.one("lt", "le")), place, self.term(scope, "mood"), "mood")
        other = "none" if kind == "person" and self.chance(4) else self.term(scope, kind)
        return (str(self.one("eq", "eq", "eq", "ne")), place, other)

    def condition(self, scope: Scope, depth: int = 2, minds: int | None = None) -> Json:
        minds = self.minds if minds is None else minds
        form = self.dice.roll(0, 13 if depth else 3)
        match form:
            case 4:
                return ("not", self.condition(scope, depth - 1, minds))
            case 5 | 6:
                parts = [self.condition(scope, depth - 1, minds) for _ in range(2)]
                return ("and" if form == 5 else "or", *parts)
            case 7:
                kind = str(self.one("person", "thing"))
                body = self.condition(scope.with_one(kind), depth - 1, minds)
                return (str(self.one("any", "all")), kind, body)
            case 8 | 9 if minds:
                who = self.term(scope, "person")
                return ("believes", who, self.condition(scope, depth - 1, minds - 1))
            case 10 if minds:
                who = self.term(scope, "person")
                what = self.one(self.condition(scope, depth - 1, minds - 1), self.place(scope)[0])
                return ("knows", who, what)
            case 11:
                return ("known", self.place(scope)[0])
            case 12:
                return ("maybe", self.condition(scope, depth - 1, minds))
            case 13:
                claim = self.term(scope, "claim")
                return self.one(
                    ("eq", ("topic", claim), ("claimed", claim)),
                    ("is_in", ("holder", self.name("thing")), "person"),
                    ("if", *(self.condition(scope, depth - 1, minds) for _ in range(3))),
                )
        return self.comparison(scope)

    def value(self, scope: Scope, kind: str) -> Json:
        if self.chance(8):
            return "unknown"
        if kind == "bool":
            return self.one(True, True, False, self.condition(scope, 1))
        if kind == "person" and self.chance(5):
            return "none"
        return self.term(scope, kind)

    def effect(self, scope: Scope, depth: int = 1, plain: bool = False) -> Json:
        """`plain`: assignments and what shows itself only."""
        place, kind = self.place(scope)
        if self.chance(6):
            claim = self.term(scope, "claim")
            place, value = ("topic", claim), ("claimed", claim)
        else:
            value = self.value(scope, kind)
        form = self.dice.roll(0, 13)
        match form:
            case 3 | 4:
                return ("show", place)
            case 5 | 6 if depth:
                branches = [(self.effect(scope, depth - 1, plain),) for _ in range(form - 4)]
                return ("when", self.condition(scope, 1), *branches)
            case 7 if depth:
                inner = scope.with_one("person")
                effects = (self.effect(inner, depth - 1, plain),)
                return ("each", "person", self.condition(inner, 1), effects)
            case _ if plain or form < 8:
                if kind != "number" and place[0] != "topic" and "?" not in f"{place}{value}":
                    self.goals.append(("eq", place, value))
                return ("set", place, value)
            case 8:
                return ("share", self.people(scope, 2), place)
            case 9:
                speaker = self.people(scope, 1)
                return ("tell", speaker, self.people(scope, 1), place, value)
            case 10:
                return ("learn", self.people(scope, 1), place)
            case 11:
                return ("learn", self.people(scope, 1), place, self.people(scope, 1))
            case 12:
                return ("believe", self.people(scope, self.dice.roll(1, 2)), place, value)
        return ("find", self.people(scope, self.dice.roll(1, 2)), place, value)

    def people(self, scope: Scope, number: int) -> str:
        choices = [*scope.of("person"), *scope.of("person"), self.name("person")]
        return " ".join(str(self.one(*choices)) for _ in range(number))

    def sees(self, params: Scope) -> list[tuple[Json, Json]]:
        """Who sees an action with these parameters."""
        scope = params.with_one("person")
        they = f"?{len(params.kinds)}"
        lines: list[tuple[Json, Json]] = []
        for _ in range(self.dice.roll(0, 3)):
            near = ("eq", ("where", they), ("where", self.term(scope, "person")))
            who = self.one(True, near, ("awake", they), self.condition(scope, 1))
            lines.append((who, self._seen(scope)))
        return lines

    def _seen(self, scope: Scope) -> Json:
        match self.dice.roll(0, 5):
            case 3 | 4:
                return ("partly", *(self.effect(scope, 1, plain=True) for _ in range(2)))
            case 5 if self.sketch.actions:
                action = str(self.one(*self.sketch.actions))
                kinds = list(self.sketch.sets)
                params = [kinds[each] for each in self.sketch.actions[action]["params"]]
                return ("other", action, *(self.term(scope, each) for each in params))
        return "itself"


def params(dice: Dice, most: int) -> Scope:
    kinds = ("person", "person", "thing", "place", "claim")
    return Scope(tuple(dice.one(kinds) for _ in range(dice.roll(0, most))))


def empty(dice: Dice) -> Sketch:
    """The vocabulary that all random worlds share."""
    people = ["Ann", "Bob", "Cas", "Dan"][: dice.one([2, 2, 3, 3, 3, 4])]
    sketch = Sketch(
        person=" ".join(people),
        place="hall yard",
        thing="key box",
        mood="calm cross wild",
        claim=CLAIMS,
    )
    for name, (args, kind) in FACTS.items():
        first = {"place": "hall", "mood": "calm"}.get(kind)
        default = "unknown" if dice.roll(0, 9) == 9 else first
        sketch.fact(name, args, kind, default)
    words = Words(dice, sketch)
    place, kind = words.place(Scope())
    while not all(isinstance(each, str) for each in place):  # claims are about one fluent
        place, kind = words.place(Scope())
    value = True if kind == "bool" else 1 if kind == "number" else words.name(kind)
    sketch.claim("rumour", place, value)
    sketch.claim("riddle", place)
    return sketch


def opening(words: Words) -> None:
    sketch, scope = words.sketch, Scope()
    for _ in range(words.dice.roll(2, 6)):
        place, kind = words.place(scope)
        value = words.value(scope, kind)
        match words.dice.roll(0, 5):
            case 0 | 1 | 2:
                sketch.holds(place, value)
            case 3:
                guess = {"bool": False, "number": 2, "person": "none", "place": "yard"}
                others = words.one("unknown", guess.get(kind, "cross"))
                known = words.people(scope, words.dice.roll(0, 2))
                sketch.secret(place, value, known, others)
            case _:
                sketch.belief(words.people(scope, words.dice.roll(1, 2)), place, value)


def laws(words: Words) -> None:
    """Triggers that mostly come to rest, and visible facts."""
    sketch = words.sketch
    for number in range(words.dice.one([0, 0, 1, 1, 2])):
        scope = params(words.dice, 1)
        place, kind = words.place(scope)
        while kind == "number":
            place, kind = words.place(scope)
        value = words.value(scope, kind)
        makes = words.one(
            ("set", place, value),
            ("set", place, value),
            ("learn", words.people(scope, 1), place),
            ("learn", words.people(scope, 1), place, words.people(scope, 1)),
            ("believe", words.people(scope, 1), place, value),
            ("find", words.people(scope, 2), place, value),
        )
        sketch.trigger(
            f"law {number}",
            " ".join(scope.kinds),
            when=("and", words.condition(scope, 1), words.condition(scope, 1)),
            makes=[makes],
            infer=words.chance(2),
        )
    for fact in [words.dice.one(list(FACTS)) for _ in range(words.dice.roll(0, 2))]:
        args = Scope(tuple(FACTS[fact][0].split()))
        scope = args.with_one("person")
        they = f"?{len(args.kinds)}"
        near = ("eq", ("where", they), ("where", words.term(scope, "person")))
        sketch.visible(fact, words.one(near, near, words.condition(scope, 1)))


def watchful_laws(words: Words) -> None:
    """Triggers that read in minds what may change there while they settle: what shows itself, and
    what other triggers write."""
    sketch, dice = words.sketch, words.dice
    for fact in [dice.one(list(FACTS)) for _ in range(dice.roll(1, 3))]:
        args = Scope(tuple(FACTS[fact][0].split()))
        they = f"?{len(args.kinds)}"
        near = ("eq", ("where", they), ("where", words.term(args.with_one("person"), "person")))
        sketch.visible(fact, words.one(near, near, ("awake", they), True))
    for number in range(dice.roll(1, 3)):
        scope = params(dice, 2)
        place, kind = words.place(scope)
        while kind == "number":
            place, kind = words.place(scope)
        held: Json = words.comparison(scope)
        for _ in range(dice.one([1, 1, 1, 2])):
            held = (words.one("believes", "believes", "knows"), words.people(scope, 1), held)
        if words.chance(4):
            held = ("not", held)
        here = words.one(True, words.comparison(scope), words.condition(scope, 1))
        sketch.trigger(
            f"law {number}",
            " ".join(scope.kinds),
            when=words.one(("and", here, held), ("and", here, held), ("or", here, held)),
            makes=[("set", place, words.value(scope, kind))],
            infer=words.chance(4),
        )


def wants(words: Words, most: int) -> None:
    sketch, scope = words.sketch, Scope()
    for who in sketch.sets["person"]:
        for _ in range(words.dice.roll(0, most)):
            more: Json = {}
            if words.chance(3):
                more["during"] = words.condition(scope, 1)
            if words.chance(4):
                more |= {"during": more.get("during", True), "suffers": True}
            what = words.one(words.comparison(scope), words.condition(scope, 1))
            if words.goals and words.chance(2):
                what = words.one(*words.goals)
            if words.chance(5) and "suffers" not in more:
                what = ("money", words.name("person"))
            sketch.want(who, what, words.dice.roll(1, 3), **more)
    if words.chance(3):
        sketch.share(words.name("person"), words.name("person"), 0.5)


def action(words: Words, name: str, most_params: int, needs: int) -> None:
    scope = params(words.dice, most_params)
    dice = words.dice
    mode = dice.one(["chosen"] * 5 + ["fate", "reaction"])
    meant = None
    kinds = list(words.sketch.sets)
    plain = [
        each
        for each, lifted in words.sketch.actions.items()
        if lifted["mode"] == "chosen" and lifted["meant"] is None
    ]
    if plain and words.chance(8):
        meant = str(words.one(*plain))
        first = [kinds[each] for each in words.sketch.actions[meant]["params"]]
        scope = Scope((*first, *scope.kinds[:1]))
    words.sketch.action(
        name,
        " ".join(scope.kinds),
        needs=[words.condition(scope) for _ in range(dice.roll(0, needs))],
        hidden=[words.condition(scope, 1)] if words.chance(6) else [],
        makes=[words.effect(scope) for _ in range(dice.roll(1, 3))],
        will=[words.term(scope, "person") for _ in range(dice.one([1, 1, 1, 2, 0]))],
        sees=words.sees(scope) if words.chance(2) else None,
        mode=mode,
        meant=meant,
        journey=words.chance(8),
    )


def walkable(dice: Dice) -> Sketch:
    """Worlds to walk through."""
    sketch = empty(dice)
    words = Words(dice, sketch)
    opening(words)
    for number in range(dice.roll(2, 5)):
        action(words, f"act {number}", 2, 2)
    laws(words)
    wants(words, 2)
    return sketch


def watchful(dice: Dice) -> Sketch:
    """The same with other laws."""
    sketch = empty(dice)
    words = Words(dice, sketch)
    opening(words)
    for number in range(dice.roll(2, 4)):
        action(words, f"act {number}", 2, 1)
    watchful_laws(words)
    return sketch


def milestone(words: Words) -> tuple[Json, Json]:
    """Something to bring about: a fluent with a value, in plain names."""
    fact = str(words.one(*(fact for fact, (_, kind) in FACTS.items() if kind != "number")))
    args, kind = FACTS[fact]
    place = (fact, *(words.name(each) for each in args.split()))
    return place, True if kind == "bool" else words.sketch.sets[kind][-1]


def plottable(dice: Dice) -> Sketch:
    """Worlds with few events that build on each other: small enough to try every plan."""
    sketch = empty(dice)
    words = Words(dice, sketch)
    milestones = [milestone(words) for _ in range(dice.roll(3, 5))]
    goals = [("eq", *each) for each in milestones]
    words.goals = list(goals)
    opening(words)
    for number, reached in enumerate([*milestones, words.one(*milestones)]):
        more = words.effect(Scope()) if words.chance(3) else ("set", *words.one(*milestones))
        before = goals[max(number - 1, 0) : number]
        if words.chance(4):
            before = [words.one(*goals)]
        sketch.action(
            f"act {number}",
            needs=[*before, *(words.condition(Scope(), 1) for _ in range(dice.roll(0, 4) // 4))],
            makes=[("set", *reached)] + ([more] if words.chance(4) else []),
            will=[words.name("person") for _ in range(dice.one([1, 1, 1, 2, 2, 0]))],
            sees=words.sees(Scope()) if words.chance(3) else None,
            mode=dice.one(["chosen"] * 7 + ["fate"]),
            journey=words.chance(8),
        )
    if words.chance(2):
        action(words, "act", 1, 1)
    if words.chance(4):
        laws(words)
    common = words.one(*goals[1:])
    for who in sketch.sets["person"]:
        one, other = words.one(*goals), words.one(*goals)
        what = words.one(common, common, one, ("and", one, other), ("not", one))
        sketch.want(who, what, dice.roll(1, 3))
    wants(words, 1)
    return sketch


def made(make: Callable[[Dice], Any], rolls: int = 1500) -> st.SearchStrategy[Any]:
    """What `make` makes of so many rolls at most."""
    return st.binary(min_size=rolls, max_size=rolls).map(lambda found: make(Dice(found)))

"""Worlds of any size, in the peer's syntax, all made by the same rule.

A hero wants a treasure. He walks to where it lies and digs, stage by stage, which everybody hears; then whoever
guards it must let him take it. The guard does so because somebody will pay for that, who pays because
somebody else will pay in turn, and so on: a chain of reasons, each in the mind of the one before. Everybody
else walks about on business of his own, of which the author may want some done, too; and people see who is
where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is."""

    persons: int = 4
    places: int = 8
    minds: int = 2
    """How many minds, one within the other, the hero's plan looks into."""
    length: int = 6
    """Events of the hero's plan."""
    errands: int = 0
    """How many others are to get home, two walks away."""

    def __post_init__(self) -> None:
        needed = max(1, self.minds + 1 + self.errands)
        if self.persons < needed or self.minds < 0 or self.places < (3 if self.errands else 2):
            raise ValueError("too few persons for so many minds and errands, or too few places")
        if self.length < (3 if self.minds else 2):
            raise ValueError(
                "a story has a walk and a take at least, and somebody's leave if it is asked"
            )

    @property
    def events(self) -> int:
        """Events of the shortest story."""
        return self.length + 2 * self.errands

    @property
    def goal(self) -> int:
        """What its end is worth to the author."""
        return 1 + self.errands

    @property
    def motive(self) -> int:
        """How many events a motive must be allowed: what others plan in the hero's plan comes on top of it."""
        return self.length + self.minds

    @property
    def depth(self) -> int:
        """The depth of minds that must be allowed."""
        return max(1, self.minds)


def world(size: Size, seed: int = 0, *, vain: bool = False) -> str:
    """The text of a world of that size. In vain: the last whom the hero counts on has no reason to help, or, where he counts on
    nobody, leave is needed that nobody can give."""
    chance = Random(seed)
    people = [f"P{number}" for number in range(size.persons)]
    places = [f"L{number}" for number in range(size.places)]
    digs = size.length - 2 - (size.minds > 0)
    stages = [f"S{number}" for number in range(digs + 1)]
    lines = ["type place;", "type stage;"]
    lines += [f"entity {one} : character;" for one in people]
    lines += [f"entity {one} : place;" for one in places]
    lines += [f"entity {one} : stage;" for one in stages]
    lines += [
        "property at(c : character) : place;",
        "property path(a : place, b : place) : boolean;",
        "property next(a : stage) : stage;",
        "property dug() : stage;",
        "property leave() : boolean;",
        "property owed(c : character) : boolean;",
        "property paid(c : character) : boolean;",
        "property treasure() : boolean;",
    ]
    # The places are a tree, every one joined to one before it; the treasure is next to where the hero is.
    near: dict[str, list[str]] = {one: [] for one in places}
    for number in range(1, size.places):
        one, other = places[number], places[0 if number == 1 else chance.randrange(number)]
        near[one].append(other)
        near[other].append(one)
        lines += [f"path({other}, {one});", f"path({one}, {other});"]
    lines += ["at(P0) = L0;", "dug() = S0;"]
    starts = {one: chance.choice(places) for one in people[1:]}
    homes = {one: chance.choice(places) for one in people[size.minds + 1 :]}
    walks = [(a, c) for a in places for b in near[a] for c in near[b] if c != a]
    for one in people[size.minds + 1 :][: size.errands]:
        starts[one], homes[one] = chance.choice(walks)
    lines += [f"at({one}) = {start};" for one, start in starts.items()]
    lines += [f"next({one}) = {after};" for one, after in pairwise(stages)]
    lines.append(
        "action walk(c : character, a : place, b : place) {"
        " precondition: path(a, b) & at(c) == a; effect: at(c) = b; consenting: c;"
        " observing(o : character): at(o) == a | at(o) == b; };"
    )
    if digs:
        lines.append(
            "action dig(a : stage, b : stage) {"
            " precondition: at(P0) == L1 & dug() == a & next(a) == b; effect: dug() = b; consenting: P0; };"
        )
    dug = f"dug() == {stages[-1]}"
    leave = " & leave()" if size.minds or vain else ""
    lines.append(
        f"action take() {{ precondition: at(P0) == L1 & {dug}{leave} & !treasure(); effect: treasure(); consenting: P0;"
        " observing(o : character): at(o) == L1; };"
    )
    wants = {"P0": "if(treasure()) 1 else 0"}
    if size.minds:
        lines.append(
            f"action allow() {{ precondition: {dug} & !leave(); effect: leave() & owed(P1);"
            " consenting: P1; };"
        )
        wants["P1"] = "if(paid(P1)) 1 else 0" if size.minds > 1 else "if(leave()) 1 else 0"
    for number in range(1, size.minds):
        payee, payer = people[number], people[number + 1]
        lines.append(
            f"action pay({payer}, {payee}) {{ precondition: owed({payee}) & !paid({payee});"
            f" effect: paid({payee}) & owed({payer}); consenting: {payer}; }};"
        )
        last = number + 1 == size.minds
        wants[payer] = f"if({f'owed({payer})' if last else f'paid({payer})'}) 1 else 0"
    if vain and size.minds:
        wants[people[size.minds]] = "0"
    wants |= {one: f"if(at({one}) == {home}) 1 else 0" for one, home in homes.items()}
    lines.append(
        "trigger see(o : character, c : character, p : place) {"
        " precondition: at(o) == p & at(c) == p & believes(o, at(c)) != p;"
        " effect: believes(o, at(c)) = p; };"
    )
    wanted = [wants["P0"], *(wants[one] for one in list(homes)[: size.errands])]
    lines.append(f"utility(): {' + '.join(f'({one})' for one in wanted)};")
    lines += [f"utility({one}): {want};" for one, want in wants.items()]
    return "\n".join(lines) + "\n"

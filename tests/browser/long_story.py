"""A story of some four hundred events in the shipped world, to see what a long telling does to the pictures."""

from __future__ import annotations

PEOPLE = (
    *("Ah Kit", "Wah", "Chatchai", "Mona", "Lok", "Brother Fai", "Inspector Leung", "Suet"),
    *("Old Ming", "Peony", "Shun", "Tiger"),
)
PLACES = (
    *("the tea house", "the pier", "the casino", "the temple", "the night market", "the clinic"),
    *("the den", "the depot", "the ferry", "the police station"),
)


def long_story(errands: int = 134) -> str:
    """Everybody carries parcels to somebody else, and goes home: about three events an errand."""
    count = len(PEOPLE)
    home = {person: PLACES[i % len(PLACES)] for i, person in enumerate(PEOPLE)}
    ways = [
        (PEOPLE[k % count], PEOPLE[(k * 5 + 7 + (k % count == (k * 5 + 7) % count)) % count])
        for k in range(errands)
    ]
    lines = ["story The Long Night", "in heroic bloodshed", "", "cast"]
    lines += [f"  {person}: gangster, at {home[person]}" for person in PEOPLE]
    lines += [f"  {', '.join(PLACES)}: place"]
    lines += [f"  {', '.join(f'parcel {k}' for k in range(1, errands + 1))}: thing"]
    lines += ["", "start"]
    lines += [f"  holder(parcel {k}) = {giver}" for k, (giver, _) in enumerate(ways, 1)]
    lines += [f"  boss({person}) = Ah Kit" for person in PEOPLE[1:6]]
    lines += ["", "wants"]
    lines += [f"  {giver}: holder(parcel {k}) = {to}" for k, (giver, to) in enumerate(ways, 1)]
    lines += [f"  {p} suffers until where({p}) = {home[p]} x0.1" for p in PEOPLE]
    for k, (giver, to) in enumerate(ways, 1):
        if k % 4 == 1:
            lines += ["", f"scene Errand {k // 4 + 1}"]
        apart = home[giver] != home[to]
        lines += [f"  {giver} goes to {home[to]}."] if apart else []
        lines += [f"  {giver} gives parcel {k} to {to}."]
        lines += [f"  {giver} goes to {home[giver]}."] if apart else []
    return "\n".join(lines) + "\n"

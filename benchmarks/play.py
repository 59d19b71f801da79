"""How long a turn of a game takes, and whether what comes of it stands the check.

    python -m benchmarks.play stories/the_killer.story stories/heroic_duo.story [--turns 10] [--persons 4]

Of each story the persons who act most are played, from a third and from two thirds of the telling: mostly something that serves the
person, sometimes anything that is possible, sometimes waiting, all by a seed. The table shows processor seconds of a turn (the answer and
the next list of choices), the middle one and the slowest; how many events happened, how many of them not by the player; and what a check
of the game as a story finds. The exit status is 1 if a game does not stand its check.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import intrigue
from intrigue.play import Session


@dataclass(frozen=True, slots=True)
class Game:
    """One game. `seconds`: of each turn."""

    person: str
    at: int
    seconds: tuple[float, ...]
    events: int
    own: int
    ok: bool


def play(story: intrigue.Story, person: str, at: int, turns: int) -> Game:
    """Plays so many turns, or to the end."""
    chance = random.Random(f"{person} {at}")
    session = story.play(person, at=at, seed=1)
    session.choices()
    gc.collect()
    gc.freeze()  # as the command does: no turn waits until all that the film is made of is looked through
    seconds: list[float] = []
    for _ in range(turns):
        if session.ended:
            break
        began = time.process_time()
        turn(session, chance)
        session.choices()
        seconds.append(time.process_time() - began)
    told = session.story()
    steps = told.run().steps[at:]
    own = sum(person in (told.world.atoms[who].name for who in step.willing) for step in steps)
    return Game(person, at, tuple(seconds), len(steps), own, told.check().ok)


def turn(session: Session, chance: random.Random) -> None:
    """One turn: mostly what serves the person."""
    choices = session.choices()
    if not choices or chance.random() < 0.2:
        session.wait()
        return
    aims = [each for each in choices if each.sort != "other"]
    session.do(chance.choice(aims if aims and chance.random() < 0.75 else choices))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("stories", nargs="+", type=Path)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--persons", type=int, default=4, help="so many of each story are played")
    arguments = parser.parse_args()
    worst = 0
    print(f"{'story':24} {'person':14} from  turns  middle  slowest  events  by others  check")
    for path in arguments.stories:
        story = intrigue.load(path)
        run = story.run()
        acts = Counter(who for step in run.steps for who in step.willing)
        for who, _ in acts.most_common(arguments.persons):
            for at in (len(run.steps) // 3, 2 * len(run.steps) // 3):
                game = play(story, story.world.atoms[who].name, at, arguments.turns)
                worst |= not game.ok
                print(
                    f"{path.stem:24} {game.person:14} {game.at:4}  {len(game.seconds):5}  "
                    f"{median(game.seconds or [0]):6.2f}  {max(game.seconds or [0]):7.2f}  "
                    f"{game.events:6}  {game.events - game.own:9}  {'ok' if game.ok else 'FAILS'}",
                    flush=True,
                )
    return worst


if __name__ == "__main__":
    sys.exit(main())

"""Stories written down with everybody's reasons, one event a line:

    teleport(Zoe, Ship, Surface)
    | walk(Zoe, Surface, Cave)
    | make_peace(Zoe, Lizard, Cave)
    | | goal(Lizard, friends)
    | goal(Zoe, friends)

What stands below an event, one bar further in, is why: the events that somebody means to follow, and, as
`goal(WHO, ...)`, whose plan this was. Below an event of such a plan stands why the others in it would will it.
"""

from __future__ import annotations

from benchmarks.judge.plans import Step


class NotWritten(Exception):
    """A line that is no event and no goal, or stands too far in."""


def read_story(text: str) -> list[Step]:
    """The events of a story with the motives that are written below them. Raises `NotWritten`."""
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        depth = 0
        while words.startswith("|"):
            words, depth = words[1:].lstrip(), depth + 1
        if words and not words.startswith("//"):
            if "(" not in words or not words.endswith(")"):
                raise NotWritten(f"line {number}: `{words}` is neither an event nor a goal")
            lines.append((number, depth, words))
    steps, rest = _steps(lines, 0)
    if rest:
        raise NotWritten(f"line {rest[0][0]} stands too far in")
    return [step for step in steps if not isinstance(step, str)]


def _steps(
    lines: list[tuple[int, int, str]], depth: int
) -> tuple[list[Step | str], list[tuple[int, int, str]]]:
    """The events and goals (as whose they are) at one depth, and the lines that follow."""
    found: list[Step | str] = []
    while lines and lines[0][1] == depth:
        words, lines = lines[0][2], lines[1:]
        if words.startswith("goal("):
            found.append(words[len("goal(") :].partition(",")[0].strip())
            continue
        below, lines = _steps(lines, depth + 1)
        others: dict[str, list[Step]] = {}
        plan = [Step(words)]
        for one in below:
            if isinstance(one, Step):
                plan.append(one)
            else:
                others[one] = plan
                plan = [Step(words)]
        found.append(Step(words, others))
    return found, lines

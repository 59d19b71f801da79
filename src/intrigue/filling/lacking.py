"""What a motive lacks: what somebody would have to hold to be so for an event to pay.

Reasons are guessed at (abduction): a plan that might be one is imagined, and what keeps it from being one is what is missing. A condition
that fails later in the plan is regressed through the events before it: what they make so stays as they make it (Waldinger, *Achieving
several goals simultaneously*, Machine Intelligence 8, 1977).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import islice, product
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from intrigue.filling.hypotheses import Hypotheses, Wanted, constant, equals
from intrigue.grounding.border import bound, walk
from intrigue.records import dataclass
from intrigue.story.understand import supposed

if TYPE_CHECKING:
    from intrigue._engine import MotiveTree, Value
    from intrigue.filling.reasons import Reasons
    from intrigue.story.run import Run

_Idle = tuple[str, str, tuple[int, ...], "Value | None"]
"""A want that does not count: what is wanted, while what, their arguments, and whether it is so."""

_PLANS = 10
"""How many plans that might give a motive are looked into for what they lack."""
_OWN = 3
"""How many events that the person wills later in the telling are taken to be intended."""
_ALTERNATIVES, _MORE = 14, 40
"""How many sets of missing conditions are named for one motive, and how many where each is only looked at."""
_WAYS = 4
"""In how many ways a want is made to count, to see whether a plan meets it then."""
_STEPS = 3
"""How often what a plan lacks is supposed to hold, to see what it lacks then."""
_BOUND = 64
"""How many ways to share what somebody gains are looked at."""
_ASKED = 60
"""How many events are tried for the motive of somebody else in a plan."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whose motive for which event is lacking in a state. `claimed`: plans that it is claimed to be; `told`: what the telling goes on with;
    `ahead`: what it tells further on; `near`: what it told last, if what would truly give a motive is to come first; `effort`: how many
    events are tried for the motive of who knew the truth."""

    state: int
    person: int
    event: int
    claimed: Sequence[tuple[int, ...]]
    told: Sequence[int]
    ahead: Sequence[int]
    near: Sequence[int] | None
    effort: int


@dataclass(frozen=True, slots=True)
class Lacks:
    """Says what motives lack. `reasons`: motives are looked for there."""

    run: Run
    reasons: Reasons
    hypotheses: Hypotheses
    close: bool = False
    """Others' reasons are asked for too, what fails later in a plan is regressed, and what truly gives a motive comes first."""
    idle: dict[tuple[int, int], list[_Idle]] = field(default_factory=dict)
    """What is known of wants that do not count: by mind and person."""

    def of(self, asked: Question) -> tuple[tuple[Wanted, ...], ...]:
        """Sets of conditions, each of which may give the person a motive, likely first: what is missing in plans that might be one.
        These are what is claimed, what somebody who knew the truth would do it for, what the person is told to do later, and plans of
        before; and what would make wants count that do not."""
        sets = self._sets(asked)
        if not self.close:
            return tuple(sets[:_ALTERNATIVES])
        giving = self._giving(asked, sets) if asked.near is not None else []
        return tuple(islice(dict.fromkeys([*giving, *sets]), _MORE))

    def giving(self, asked: Question) -> list[tuple[Wanted, ...]]:
        """Those of them of which it was found, by supposing them, that they do give a motive."""
        return self._giving(asked, self._sets(asked))

    def _giving(
        self, asked: Question, sets: Sequence[tuple[Wanted, ...]]
    ) -> list[tuple[Wanted, ...]]:
        by = asked.claimed[0][1:] if asked.claimed else ()
        return self.hypotheses.giving(
            asked.state, asked.person, asked.event, sets, asked.told, asked.near or (), by
        )

    def _sets(self, asked: Question) -> list[tuple[Wanted, ...]]:
        """What may be lacking, likely first."""
        state, person, event, told = asked.state, asked.person, asked.event, asked.told
        claimed = asked.claimed
        engine = self.run.engine
        mind = engine.believed(state, person)
        plans = list(claimed)
        missing: dict[tuple[Wanted, ...], None] = {}
        if not plans:
            if mind != state:
                look = self.reasons.leading if self.close else self.reasons.of
                informed = look(state, person, event, told, asked.effort)
                if informed["verdict"] == "found":
                    plans.append(tuple(part["event"] for part in informed["plan"]))
                    missing[tuple(self._unknown(state, mind, person, informed["plan"]))] = None
            own = [each for each in asked.ahead if person in engine.willing(state, each)][:_OWN]
            plans += [(event, *own[:count]) for count in range(len(own) + 1)]
            plans += [(event, each) for each in own[1:]]
            plans += self.reasons.hints(person, event)
            if self.close:
                plans += self._partners(state, person, event, told)
        for plan in list(dict.fromkeys(plans))[:_PLANS]:
            missing.update(dict.fromkeys(self._breaks(mind, person, plan, told)))
        for plan in claimed[:1]:
            missing.update(dict.fromkeys(self._altogether(mind, person, plan, told)))
        if not claimed:
            missing.update(dict.fromkeys(self._switches((person,), mind, person, None)))
        return [each for each in missing if each]

    def needed(
        self, mind: int, person: int, claimed: Sequence[Sequence[int]]
    ) -> tuple[Wanted, ...]:
        """What keeps the plan that is claimed, if any is, from happening, as the person sees it: the conditions of the first event of it
        that is impossible."""
        state = mind
        for event in claimed[0] if claimed else ():
            failing = tuple(self.failing((person,), state, event))
            after = supposed(self.run.engine, state, event, person)
            if failing or after is None:
                return self._before(failing, mind, state)
            state = after
        return ()

    def willed(self, state: int, person: int, event: int) -> Wanted | None:
        """What would have to be so for an event to be the person's to will, where that hangs on something that is otherwise."""
        action, args = self.run.engine.event_of(event)
        ways = []
        for will in self.run.world.problem["actions"][action]["will"]:
            if any("fact" in part for part in walk(will["who"])):
                theirs = {"eq": [will["who"], {"const": {"atom": person}}]}
                ways.append({"and": [will["when"], theirs]} if will["when"] else theirs)
        if not ways:
            return None
        expr = json.dumps(ways[0] if len(ways) == 1 else {"or": ways})
        if self.run.engine.evaluate(state, expr, list(args)) is True:
            return None
        return (), expr, tuple(args)

    def _partners(
        self, state: int, person: int, event: int, told: Sequence[int]
    ) -> Iterator[tuple[int, ...]]:
        """What others mean to do with an event that the person must will too, or would if they knew the truth."""
        for other in self.run.engine.willing(state, event):
            if other == person:
                continue
            for mind in (self.run.engine.believed(state, other), state):
                motive = self.reasons.of(mind, other, event, told, _ASKED)
                if motive["verdict"] == "found":
                    yield tuple(part["event"] for part in motive["plan"])
                    break

    def failing(self, chain: tuple[int, ...], state: int, event: int) -> Iterator[Wanted]:
        """The conditions of an event that do not hold in a state."""
        action, args = self.run.engine.event_of(event)
        for index in self.run.engine.failing(state, event):
            yield chain, self.run.needs_of(action)[index], tuple(args)

    def _unknown(
        self, state: int, mind: int, person: int, plan: Sequence[MotiveTree]
    ) -> Iterator[Wanted]:
        """What a plan rests on that the person does not take to be as it is."""
        from intrigue.story.verdicts import rests_on

        for fluent in rests_on(self.run, plan, state, person):
            value = self.run.engine.value(state, fluent)
            if self.run.engine.value(mind, fluent) != value and value != "unknown":
                yield equals(self.run, person, fluent, value)

    def _breaks(
        self, mind: int, person: int, plan: Sequence[int], told: Sequence[int]
    ) -> Iterator[tuple[Wanted, ...]]:
        """What a plan lacks in the person's mind: conditions of its first event that cannot happen; what somebody else would have to
        hold to take part; what makes the wants count that it meets."""
        engine = self.run.engine
        state = mind
        for place, event in enumerate(plan):
            failing = tuple(self.failing((person,), state, event))
            if failing:
                yield self._before(failing, mind, state) if self.close else failing
                return
            for other in engine.willing(state, event) if place and self.close else ():
                if other == person:
                    continue
                theirs = engine.believed(state, other)
                unknown = tuple(self.failing((person, other), theirs, event))
                if unknown:
                    first = engine.believed(mind, other)
                    yield self._before(unknown, first, theirs)
                    return
                if self.reasons.of(theirs, other, event, told, _ASKED)["verdict"] != "found":
                    once = supposed(engine, theirs, event, other)
                    for end in dict.fromkeys((once, self._end(theirs, other, plan[place:]))):
                        if end is not None:
                            yield from self._switches((person, other), theirs, other, end)
                            yield from self._sharing((person, other), theirs, other, end)
            after = supposed(engine, state, event, person)
            if after is None:
                return
            state = after
        yield from self._switches((person,), mind, person, state)
        yield from self._meeting(mind, person, state, plan)
        yield from self._sharing((person,), mind, person, state)

    def _altogether(
        self, mind: int, person: int, plan: Sequence[int], told: Sequence[int]
    ) -> Iterator[tuple[Wanted, ...]]:
        """All that a plan lacks: what it lacks next if what it lacks first is supposed to hold."""
        before: tuple[Wanted, ...] = ()
        breaks = list(self._breaks(mind, person, plan, told))
        for _ in range(_STEPS):
            first = next((each for each in breaks if each), None)
            if first is None or any(chain != (person,) for chain, _, _ in first):
                return
            exprs = [bound(json.loads(expr), args) for _, expr, args in first]
            way = next(self.hypotheses.ways(mind, person, {"and": exprs}, [*plan, *told]), ())
            supposing = self.run.engine.supposing(mind, person, list(dict(way).items()))
            if not way or supposing == mind:
                return
            before, mind = (*before, *first), supposing
            breaks = list(self._breaks(mind, person, plan, told))
            yield from ((*before, *each) for each in breaks)

    def _sharing(
        self, chain: tuple[int, ...], mind: int, person: int, end: int
    ) -> Iterator[tuple[Wanted, ...]]:
        """What would make a person care for somebody who gains from `mind`, which stands at the end of `chain`, to `end`."""
        engine, problem = self.run.engine, self.run.world.problem
        gainers = None
        for share in problem["shares"]:
            if share.get("during") is None or "var" not in share["who"]:
                continue
            if gainers is None:
                gainers = [each for each in self.run.world.persons if each != person]
                gainers = [each for each in gainers if self._gains(each, mind, end)]
            who, of = share["who"]["var"], share["of"]
            members = [problem["sets"][kind]["members"] for kind in share["params"]]
            if person not in members[who]:
                continue
            members[who] = [person]
            if "var" in of:
                members[of["var"]] = [each for each in gainers if each in members[of["var"]]]
            during = json.dumps(share["during"])
            for params in islice(product(*members), _BOUND):
                whose = engine.evaluate(mind, json.dumps(of), list(params))
                if whose not in [("atom", each) for each in gainers]:
                    continue
                if engine.evaluate(mind, during, list(params)) is not True:
                    yield ((chain, during, params),)

    def _gains(self, person: int, before: int, after: int) -> bool:
        """Whether what somebody wants is better met after than before."""
        worth = [self.run.engine.utility(state, person) for state in (before, after)]
        return worth[0] is not None and worth[1] is not None and worth[1] > worth[0]

    def _end(self, mind: int, person: int, plan: Sequence[int]) -> int:
        """Where a plan leads as somebody sees it, as far as it goes."""
        for event in plan:
            after = supposed(self.run.engine, mind, event, person)
            if after is None:
                break
            mind = after
        return mind

    def _switches(
        self, chain: tuple[int, ...], mind: int, person: int, end: int | None
    ) -> Iterator[tuple[Wanted, ...]]:
        """What would make wants of a person count that do not in `mind`, which stands at the end of `chain`: of those that are met at
        `end`, or of all that are not met."""
        engine = self.run.engine
        for what, while_, params, before in self._idle(mind, person):
            if end is None:
                if before is not True:
                    yield ((chain, while_, params),)
                continue
            after = engine.evaluate(end, what, list(params))
            numbers = isinstance(before, float) and isinstance(after, float)
            if (after is True and before is not True) or (numbers and after > before):  # type: ignore[operator]
                yield ((chain, while_, params),)
            elif after in (None, "unknown") and before is not True:
                # it is met if what is unknown is what the plan makes of the rest
                met = self._regressed(what, params, mind, end)
                if met != json.dumps(bound(json.loads(what), params)):
                    yield ((chain, while_, params), (chain, met, ()))

    def _meeting(
        self, mind: int, person: int, end: int, plan: Sequence[int]
    ) -> Iterator[tuple[Wanted, ...]]:
        """What would make wants of a person count that would be met at `end` then, where it hangs on that what they ask for: whoever is
        pressed by nobody has nobody to pay."""
        engine = self.run.engine
        for what, while_, params, before in self._idle(mind, person):
            if before is not None or engine.evaluate(end, what, list(params)) is not None:
                continue
            expr = bound(json.loads(while_), params)
            for way in islice(self.hypotheses.ways(mind, person, expr, plan), _WAYS):
                then = [
                    engine.evaluate(engine.supposing(state, person, list(way)), what, list(params))
                    for state in (mind, end)
                ]
                if then[1] is True and then[0] is not True:
                    at = engine.supposing(mind, person, list(way))
                    yield tuple(
                        equals(self.run, person, each, engine.value(at, each)) for each, _ in way
                    )

    def _idle(self, mind: int, person: int) -> list[_Idle]:
        """The wants of a person that do not count in a mind: one of each kind first, as there may be one for every other person."""
        if (mind, person) not in self.idle:
            engine = self.run.engine
            found = []
            alike: Counter[int] = Counter()
            for index, params, _, _ in engine.wants(mind, person):
                _, what, during = self.run.wanted(index)
                if during is None or engine.evaluate(mind, during, params) is True:
                    continue
                before = engine.evaluate(mind, what, params)
                found.append((alike[index], (what, during, tuple(params), before)))
                alike[index] += 1
            self.idle[mind, person] = [want for _, want in sorted(found, key=itemgetter(0))]
        return self.idle[mind, person]

    def _before(self, failing: Sequence[Wanted], before: int, after: int) -> tuple[Wanted, ...]:
        """Conditions that fail in `after`, as conditions on what was before."""
        return tuple(
            (chain, self._regressed(expr, args, before, after), ()) for chain, expr, args in failing
        )

    def _regressed(self, expr: str, args: Sequence[int], before: int, after: int) -> str:
        """A condition that is read in `after`, as one on what was before: what has changed since stays as it is there."""
        return json.dumps(self._settled(bound(json.loads(expr), args), before, after))

    def _settled(self, expr: Any, before: int, after: int) -> Any:
        if isinstance(expr, list):
            return [self._settled(each, before, after) for each in expr]
        if not isinstance(expr, dict):
            return expr
        if "believes" in expr or "knows" in expr:
            return expr  # read elsewhere
        if "fact" not in expr:
            return {tag: self._settled(body, before, after) for tag, body in expr.items()}
        fact, args = expr["fact"]
        settled = {"fact": [fact, [self._settled(arg, before, after) for arg in args]]}
        if any("var" in tagged for tagged in walk(expr)):
            return settled
        now, then = (
            self.run.engine.evaluate(state, json.dumps(expr), []) for state in (after, before)
        )
        if now is None or now in ("unknown", then):
            return settled
        if not (isinstance(now, tuple) and now[0] != "atom"):
            return {"const": constant(now)}
        return settled


def border(wanted: Sequence[Wanted]) -> list[tuple[list[int], str, list[int]]]:
    """Conditions as the engine takes them."""
    return [(list(chain), expr, list(args)) for chain, expr, args in wanted]

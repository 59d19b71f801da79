"""Fill: the gaps of a telling completed by the planner, in the author's own text."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from intrigue.english import number_of
from intrigue.filling.flaws import Flaw, Player
from intrigue.filling.limits import Limits
from intrigue.filling.search import Found, Left, Repair, Stopped
from intrigue.filling.telling import (
    Beat,
    Closing,
    Expected,
    Item,
    Opening,
    bounds,
    items_of,
    undated,
)
from intrigue.filling.text import filled_text
from intrigue.planning.plan import STOPS
from intrigue.records import dataclass

if TYPE_CHECKING:
    from intrigue.story.check import Report
    from intrigue.story.run import Run
    from intrigue.story.story import Story

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many gaps are done, and how many there are."""


LARGE_TRIES, LARGE_EFFORT = 6, 120
"""In a world too large to be laid out, where a motive takes long to look for: how many fillings are played for one flaw, and how many
events are tried for one motive."""

WORK = 800
"""How much work goes into one flaw (see `Limits`)."""

LARGE_MEMORY = 560
"""Megabytes that the states of a world too large to be laid out may take, if nothing else is said: a film is played hundreds of times."""

OTHERS = 3
"""How many other ways past a flaw are compared where the first hinders what is told next."""

SEARCHING = 0.8
"""In a world too large to be laid out, which share of the time goes into the search; the check takes the rest."""

SPARED, FAIR = 2.0, 0.15
"""Where the time is limited: how many times what a gap took so far, searches apart, is kept for each gap ahead, and how much of the rest
one search may take, or a gap's share if that is more. So most goes into the first searches, on which all later ones build."""

LEANER = 8
"""Up to how many events put in it is tried at the end to do without each of them, and each pair."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap with what was put into it. `line`: where it stands in the author's file, counted from 1."""

    line: int
    scene: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a filling does not mend. `line`: the gap before it, which stays open (None: no gap stands before it); `what`: the event or
    expectation; `why`: conditions that do not hold, or whose motive is missing; `proved`: nothing at all could be put in to mend it (which
    is asked if it may be so of everything that is missing)."""

    line: int | None
    what: str
    why: tuple[str, ...]
    proved: bool

    def __str__(self) -> str:
        where = f"the gap in line {self.line}" if self.line else "no gap stands before it"
        return f"{where}: {self.what}: {'; '.join(self.why)}"


@dataclass(frozen=True, slots=True)
class Filled:
    """One filling. `text`: the story file with it; `missing`: what it leaves open; `report`: what `check` says of it."""

    text: str
    gaps: tuple[Gap, ...]
    missing: tuple[Missing, ...]
    report: Report
    story: Story

    @property
    def events(self) -> int:
        """How many events were put in."""
        return sum(len(gap.sentences) for gap in self.gaps)

    @property
    def ok(self) -> bool:
        """Whether nothing is left open and the check finds no error."""
        return not self.missing and self.report.ok

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "text": self.text,
            "gaps": [
                {"line": gap.line, "scene": gap.scene, "events": list(gap.sentences)}
                for gap in self.gaps
            ],
            "missing": [
                {"line": each.line, "what": each.what, "why": list(each.why), "proved": each.proved}
                for each in self.missing
            ],
            "check": self.report.counts,
            "ok": self.ok,
        }


@dataclass(frozen=True, slots=True)
class Fillings:
    """What filling came to. `stopped_by`: "seconds", "interrupt" or "memory", if that ended it. `examined`: fillings played;
    `motives`: asked for."""

    fillings: tuple[Filled, ...]
    asked: int
    gaps: int
    stopped_by: str | None
    examined: int
    motives: int
    seconds: float
    limits: Limits

    def __bool__(self) -> bool:
        return any(each.ok for each in self.fillings)

    def __str__(self) -> str:
        best = self.fillings[0]
        return f"{best.text}\n{self.summary}\n{best.report.summary}"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    @property
    def verdict(self) -> str:
        """ "filled"; "none": it is proved that something cannot be mended; "undecided": something was not mended within the limits."""
        best = self.fillings[0]
        if best.ok:
            return "filled"
        proved = best.missing and all(each.proved for each in best.missing)
        return "none" if proved and self.stopped_by is None else "undecided"

    @property
    def summary(self) -> str:
        """How it ended, and what is missing where."""
        best = self.fillings[0]
        effort = f"{self.examined} fillings played, {self.motives} motives looked for, {self.seconds:.1f} s"
        done = f"{number_of(best.events, 'event')} put into {number_of(self.gaps, 'gap')}"
        lines = [f"  {each}" for each in best.missing]
        limit = "the limit for each thing that is missing is reached"
        stopped = STOPS.get(self.stopped_by or "", limit)
        if best.ok:
            more = len(self.fillings)
            head = f"filled: {done}" + (f", in {more} ways" if more > 1 else "")
            if more < self.asked:
                head += f" (of the {self.asked} asked for; {stopped})"
        elif not best.missing:
            head = f"filled, with errors left: {done}; `intrigue check` says which"
        elif self.verdict == "none":
            head = f"none exists: {done}, but whatever is put in, this cannot be"
        else:
            head = f"stopped looking: {stopped}; {done}, and this is missing"
        return "\n".join([f"{head} ({effort})", *lines])

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "verdict": self.verdict,
            "stopped_by": self.stopped_by,
            "examined": self.examined,
            "motives": self.motives,
            "seconds": round(self.seconds, 3),
            "fillings": [each.to_dict() for each in self.fillings],
        }


def fill(
    story: Story,
    *,
    count: int = 1,
    max_events: int = 6,
    seconds: float | None = None,
    memory_mb: int | None = None,
    seed: int = 0,
    reading: str | None = None,
    progress: Progress | None = None,
) -> Fillings:
    """Fills the gaps of a telling. See `Story.fill` for what the arguments mean and what is raised."""
    from random import Random

    from intrigue.story.story import StoryError

    began = time.monotonic()
    # An engine of its own: no filling hangs on what was asked before, and no other question lacks the memory that this one takes.
    story = story.retold(story.world.telling, fresh=True)
    run = story.run(reading)
    items = items_of(run)
    openings = [item for item in items if isinstance(item, Opening)]
    if not openings:
        raise _nothing_to_fill(story, run)
    senseless = [problem for gap in openings for problem in bounds(run, gap.gap)[2]]
    if senseless or (senseless := list(undated(run))):
        raise StoryError(senseless)
    limits = Limits(events=max_events, leaner=LEANER, others=OTHERS, work=WORK)
    if not run.engine.small():
        memory_mb = memory_mb or LARGE_MEMORY
        limits = replace(
            limits,
            tries=LARGE_TRIES,
            back=0,
            effort=(LARGE_EFFORT,),
        )
    if memory_mb is not None:
        run.engine.allow(memory_mb)
    player = Player(run, items, set(), close=True)
    share = 1.0 if run.engine.small() else SEARCHING
    deadline = None if seconds is None else began + seconds * share
    player.reasons.deadline = deadline

    def tick(item: int, tried: int) -> None:
        if deadline is not None and time.monotonic() > deadline:
            raise Stopped
        if progress is not None:
            passed = sum(isinstance(each, Opening) for each in items[:item])
            progress("filling gaps", passed, len(openings))

    def until(item: int, searching: float) -> float | None:
        if deadline is None:
            return None
        now = time.monotonic()
        ahead = sum(isinstance(each, Opening) for each in items[item:])
        passed = len(openings) - ahead
        kept = SPARED * ahead * (now - began - searching) / (passed + 1)
        return now + max(0.0, deadline - now - kept) * max(FAIR, 1 / (ahead + 1))

    repair = Repair(player, limits, tick, Random(seed) if seed else None, until=until)
    found: list[Found] = []
    stopped = None
    reached = len(items)
    try:
        for each in repair.found():
            found.append(each)
            if len(found) == count:
                break
            if each.left and deadline is not None and time.monotonic() > deadline:
                raise Stopped  # reasons may have been missed for lack of time
        if found and repair.hurried and found[-1].left:
            stopped = "seconds"
    except Stopped:
        stopped = "seconds"
    except KeyboardInterrupt:
        stopped = "interrupt"
    except MemoryError:
        stopped = "memory"
    if not found:
        assert repair.best is not None or stopped is not None
        found = [repair.best or Found(((),) * len(openings), (run.engine.start(),), ())]
        reached = len(found[0].states) - 1
    texts: dict[str, None] = {}
    filled = []
    for each in found:
        one = _filled(story, player, openings, each, reached)
        if one.text not in texts:
            texts[one.text] = None
            filled.append(one)
    filled.sort(key=lambda one: not one.ok)  # what leaves nothing open comes first
    return Fillings(
        tuple(filled),
        count,
        len(openings),
        stopped,
        player.played,
        player.reasons.asked,
        time.monotonic() - began,
        limits,
    )


def _filled(
    story: Story, player: Player, openings: Sequence[Opening], found: Found, reached: int
) -> Filled:
    """The story's text with a filling, checked. What the check does not find wrong is not missing, however the search ended; what a gap
    itself asks for, the search alone knows."""
    sentences = _sentences(player, openings, found)
    own, left, keep = _open(player, openings, found, reached, sentences)
    checked, rows = _claiming(story, openings, sentences, keep)
    report = checked.report
    doubts = any(d.code == "undecided-motive" and not d.allowed for d in report.diagnostics)
    kept = keep
    if left and report.ok and not doubts:
        left, keep = [], {gap.number for gap in openings if _line(gap) in {e.line for e in own}}
    else:
        stays = [each for each in found.left if not _motivated(player, each.flaw, checked)]
        if len(stays) < len(found.left):
            found = replace(found, left=tuple(stays))
            own, left, keep = _open(player, openings, found, reached, sentences)
    if keep != kept:
        text = filled_text(story, openings, rows, keep)
        checked = _check(story, text, checked)
    gaps = tuple(
        Gap(_line(gap), gap.scene, tuple(s for s, _ in row))
        for gap, row in zip(openings, sentences, strict=True)
    )
    return Filled(checked.text, gaps, (*own, *left), checked.report, checked.story)


def _open(
    player: Player,
    openings: Sequence[Opening],
    found: Found,
    reached: int,
    sentences: Sequence[Sequence[tuple[str, list[str]]]],
) -> tuple[list[Missing], list[Missing], set[int]]:
    """What a filling leaves open: of what gaps themselves ask for, and of what is told; and which gaps stay."""
    at = {}
    for index, item in enumerate(player.items):
        if isinstance(item, Opening | Closing):
            at[(item.opening if isinstance(item, Closing) else item).number] = index
    own, left = [], []
    proving = all(_provable(player, each) for each in found.left)
    for each in found.left:
        item = player.items[each.flaw.item]
        if isinstance(item, Closing):
            gap = item.opening
            if len(found.filling[gap.number]) < gap.least:
                own.append(_missing(player, found, each, proving))
        elif isinstance(item, Opening) and each.flaw.kind != "unmotivated":
            own.append(_missing(player, found, each, proving))
        else:  # why somebody does what was put in is nothing that the gap asks for
            left.append(_missing(player, found, each, proving))
    ahead = [gap for gap in openings if at[gap.number] >= reached]
    for gap in ahead:
        if gap.least or gap.until is not None:
            own.append(Missing(_line(gap), gap.gap.text, ("the search did not come here",), False))
    lines = {each.line for each in (*own, *left)} | {_line(gap) for gap in ahead}
    if reached < len(player.items):
        before = [_line(gap) for gap in openings if at[gap.number] <= reached]
        line = before[-1] if before else None
        left.append(Missing(line, "the rest", ("the search did not come there",), False))
        lines.add(line)
    unmet = {each.line for each in own}
    keep = {
        gap.number
        for gap in openings
        if _line(gap) in lines
        and not (_asks(gap) and sentences[gap.number] and _line(gap) not in unmet)
    }
    return own, left, keep


def _motivated(player: Player, flaw: Flaw, checked: Checked) -> bool:
    """Whether the check, which knows how the telling goes on, finds the motive that the search did not."""
    from intrigue.planning.planned import sentence_of

    if flaw.kind != "unmotivated" or flaw.event is None or flaw.person is None:
        return False
    item, name = player.items[flaw.item], player.run.world.atoms[flaw.person].name
    put_in = sentence_of(player.run, flaw.state, flaw.event)
    said = item.told.sentence.text if isinstance(item, Beat) else put_in
    verdicts = [
        verdict.kind
        for verdict in checked.report.verdicts
        if verdict.step.told.sentence.text == said
        and checked.story.world.atoms[verdict.person].name == name
    ]
    return bool(verdicts) and set(verdicts) == {"found"}


def _asks(gap: Opening) -> bool:
    """Whether a gap says how many events it takes, whose, or until what: then it can be done."""
    return bool(gap.gap.least or gap.gap.most is not None or gap.by or gap.until is not None)


@dataclass(frozen=True, slots=True)
class Checked:
    """The text with what was put in, as a story, and what the check says of it."""

    text: str
    story: Story
    report: Report


def _check(
    story: Story, text: str, alike: Checked | None = None, but: Collection[int] = ()
) -> Checked:
    """A text with what was put in, checked. `alike`: another one that tells the same events, in which other gaps are left open, or of
    these persons (`but`) other claims are made: what was found out about all others holds here too."""
    from intrigue.story.story import rewritten

    checked = rewritten(story.world, text, story.diagnostics)
    if alike is not None:
        checked.claimed(alike.story, but)
    return Checked(text, checked, checked.check())


def _claiming(
    story: Story,
    openings: Sequence[Opening],
    sentences: Sequence[Sequence[tuple[str, list[str]]]],
    keep: set[int],
) -> tuple[Checked, list[list[str]]]:
    """The text with what was put in, checked, and that by gaps. A motive that the search has found and the check does not find is
    claimed."""
    rows = [[s for s, _ in row] for row in sentences]
    checked = _check(story, filled_text(story, openings, rows, keep))
    verdicts = checked.report.verdicts
    doubted = {
        verdict.step.told.sentence.text
        for verdict in verdicts
        if verdict.kind != "found" and verdict.claim is None
    }
    claimed = doubted & {s for row in sentences for s, claims in row if claims}
    if claimed:
        rows = [
            ["\n".join([s, *claims]) if s in claimed else s for s, claims in row]
            for row in sentences
        ]
        persons = {each.person for each in verdicts if each.step.told.sentence.text in claimed}
        checked = _check(story, filled_text(story, openings, rows, keep), checked, persons)
    return checked, rows


def _sentences(
    player: Player, openings: Sequence[Opening], found: Found
) -> list[list[tuple[str, list[str]]]]:
    """For each gap its events as sentences, each with the motives that were found for it, as claims."""
    from intrigue.planning.planned import sentence_of

    run = player.run
    rows: list[list[tuple[str, list[str]]]] = []
    item_of = {
        item.number: index for index, item in enumerate(player.items) if isinstance(item, Opening)
    }
    for gap in openings:
        row: list[tuple[str, list[str]]] = []
        at = item_of[gap.number]
        if at < len(found.states):
            state = found.states[at]
            for event in found.filling[gap.number]:
                claims = [
                    f"because {run.world.atoms[person].name}: "
                    + "; ".join(run.sentence(step) for step in plan[1:])
                    for person, plan in player.plans(state, event)
                    if len(plan) > 1
                ]
                row.append((sentence_of(run, state, event), claims))
                state = player.after(state, event)
        rows.append(row)
    return rows


def _missing(player: Player, found: Found, left: Left, proving: bool) -> Missing:
    """A flaw that stays, in words; `proving`: whether it is worth while to ask what could come about at all."""
    gap = _gap_before(player, left.flaw)
    what, why = _said(player.run, player.items, left.flaw)
    proved = _provable(player, left) and (
        gap is None or (proving and not _reachable(player, found, left.flaw))
    )
    return Missing(None if gap is None else _line(gap), what, why, proved)


def _gap_before(player: Player, flaw: Flaw) -> Opening | None:
    """The last gap in which something may be put in to mend a flaw."""
    before = reversed(player.items[: flaw.item + 1])
    return next((item for item in before if isinstance(item, Opening)), None)


def _provable(player: Player, left: Left) -> bool:
    """Whether it may be proved that nothing mends a flaw. Where that is out of the question for one of them, the others prove nothing
    either: the answer is that it was not found."""
    flaw = left.flaw
    tried = left.exhausted and flaw.missing != () and flaw.kind != "unmotivated"
    return flaw.decided and (tried or _gap_before(player, flaw) is None)


def _reachable(player: Player, found: Found, flaw: Flaw) -> bool:
    """Whether what is missing in truth could come about at all, from the first gap on."""
    first = next(i for i, item in enumerate(player.items) if isinstance(item, Opening))
    return all(
        player.engine.reachable(found.states[first], expr, list(args))
        for wanted in flaw.missing
        for chain, expr, args in wanted
        if not chain
    )


def _said(run: Run, items: Sequence[Item], flaw: Flaw) -> tuple[str, tuple[str, ...]]:
    """What goes wrong, and why."""
    item = items[flaw.item]
    if flaw.event is None:
        if isinstance(item, Expected):
            return item.said, ("is not so",)
        if isinstance(item, Closing):
            least = number_of(item.opening.least, "event")
            return f"at least {least}", ("nobody was found who would act",)
        return "its end", ("what it is to last until is not so",)
    what = run.sentence(flaw.event)
    if flaw.kind == "unmotivated" and flaw.person is not None:
        name = run.world.atoms[flaw.person].name
        return what, (
            f"{name} has no motive" if flaw.decided else f"no motive of {name} was found",
        )
    why = [*_failing(run, flaw.state, flaw.event, "")]
    meant = run.meant(flaw.event)
    for person in run.engine.willing(flaw.state, meant):
        sees = f"as {run.world.atoms[person].name} sees it, "
        why += _failing(run, run.engine.believed(flaw.state, person), meant, sees)
    said = dict.fromkeys(why)
    return what, tuple(
        each for each in said if not (each.startswith("as ") and each.partition(", ")[2] in said)
    )


def _failing(run: Run, state: int, event: int, sees: str) -> list[str]:
    number, args = run.engine.event_of(event)
    action = run.world.actions[number]
    return [
        f"{sees}this does not hold: {run.names.filled_in(action.needs[index].span, action.params, args)}"
        for index in run.engine.failing(state, event)
    ]


def _line(gap: Opening) -> int:
    span = gap.gap.span
    return span.source.text.count("\n", 0, span.start) + 1


def _nothing_to_fill(story: Story, run: Run) -> Exception:
    from intrigue.diagnostics.diagnostic import Diagnostic
    from intrigue.story.story import StoryError

    repair = "put `...` on a line of its own where events are to be put in"
    for other in story.runs():
        if other.reading != run.reading and any(isinstance(i, Opening) for i in items_of(other)):
            repair = f"the gaps are in the reading {other.reading}: `--reading {other.reading}`"
    return StoryError([Diagnostic("no-gaps", None, {"story": story.title}, repair=repair)])

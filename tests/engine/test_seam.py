"""Numbers for states, fluents and events; what is said of them; how the engine refuses."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import intrigue
import intrigue._engine
import intrigue.seam
from intrigue._engine import Engine, EventError, ProblemError, TriggerLoopError
from intrigue.cli import main
from intrigue.seam import difference
from properties.both import with_many_events
from reference.sketch import Sketch

Build = Callable[..., Engine]


def event(engine: Engine, sketch: Sketch, action: str, *args: str) -> int:
    named = sketch.event(action, *args)
    return engine.event(named.action, list(named.args))


def test_the_same_state_has_the_same_number(sketch: Sketch, build: Build) -> None:
    sketch.action("frown", "person", makes=[("set", ("angry", "?0"), True)])
    engine = build(sketch)
    start = engine.start()
    ann, bob = event(engine, sketch, "frown", "Ann"), event(engine, sketch, "frown", "Bob")
    assert engine.after(start, ann) != engine.after(start, bob)
    assert engine.after(engine.after(start, ann), bob) == engine.after(
        engine.after(start, bob), ann
    )
    assert engine.after(start, event(engine, sketch, "wait")) == start


def test_people_share_a_mind_as_long_as_nothing_divides_them(sketch: Sketch, build: Build) -> None:
    engine = build(sketch)
    ann, bob = sketch.atom("Ann"), sketch.atom("Bob")
    start = engine.start()
    assert engine.believed(start, ann) == engine.believed(start, bob) == start
    sketch.belief("Ann", ("angry", "Bob"), True)
    engine = build(sketch)
    start = engine.start()
    mind = engine.believed(start, ann)
    assert mind != start
    assert engine.believed(mind, ann) == mind
    assert engine.believed(mind, bob) == mind
    assert engine.believed(start, bob) not in (start, mind)


def test_fluents_are_counted_fact_by_fact(sketch: Sketch, build: Build) -> None:
    engine = build(sketch)
    numbers = [engine.fluent_of(each) for each in range(engine.fluent_count())]
    assert len(numbers) == 3 + 1 + 3 + 3
    assert numbers[1] == (0, [sketch.atom("Bob")])
    assert [engine.fluents(fact) for fact in range(4)] == [(0, 3), (3, 4), (4, 7), (7, 10)]
    assert all(engine.fluent(*each) == number for number, each in enumerate(numbers))


def test_values_come_as_python_has_them(sketch: Sketch, build: Build) -> None:
    sketch.secret(("coins", "Cas"), 0.5, known="Cas")
    engine = build(sketch)
    start = engine.start()
    coins = engine.fluent(2, [sketch.atom("Cas")])
    assert engine.value(start, coins) == 0.5
    assert engine.value(engine.believed(start, sketch.atom("Ann")), coins) == "unknown"
    assert engine.values(start)[0] == ("atom", sketch.atom("hall"))
    assert engine.values(start)[3] == ("atom", 0)
    assert engine.values(start)[-1] is False


def test_what_a_change_changed(sketch: Sketch, build: Build) -> None:
    engine = build(sketch)
    after = engine.after(engine.start(), event(engine, sketch, "walk", "Bob", "yard"))
    assert engine.changed(engine.start(), after) == [1]


def test_which_conditions_fail(sketch: Sketch, build: Build) -> None:
    sketch.action(
        "give",
        "person person",
        needs=[("eq", ("holder", "box"), "?0"), ("ne", "?0", "?1"), ("lt", ("coins", "?1"), 2)],
    )
    engine = build(sketch)
    give = event(engine, sketch, "give", "Ann", "Bob")
    assert engine.failing(engine.start(), give) == [0, 2]
    assert not engine.possible(engine.start(), give)


def test_which_line_lets_whom_see(sketch: Sketch, build: Build) -> None:
    sketch.action(
        "whistle",
        "person",
        sees=[
            (("eq", "?1", "?0"), "itself"),
            (("angry", "?1"), ("partly", ("set", ("angry", "?0"), True))),
        ],
    )
    sketch.holds(("angry", "Cas"), True)
    engine = build(sketch)
    whistle = event(engine, sketch, "whistle", "Ann")
    atoms = {sketch.atom("Ann"): 0, sketch.atom("Cas"): 1}
    assert engine.observers(engine.start(), whistle) == atoms


def test_what_an_answer_rests_on(sketch: Sketch, build: Build) -> None:
    engine = build(sketch)
    where = ("where", "Bob")
    asked = sketch.expr(
        ("and", ("eq", where, "hall"), ("believes", "Ann", ("eq", where, "yard")), ("angry", "Cas"))
    )
    reads = engine.reads(engine.start(), json.dumps(asked), [])
    assert reads == [([], 1), ([sketch.atom("Ann")], 1)]  # false already: nobody asks for Cas


def test_questions_with_variables(sketch: Sketch, build: Build) -> None:
    engine = build(sketch)
    asked = json.dumps(sketch.expr(("where", "?0")))
    hall = ("atom", sketch.atom("hall"))
    assert engine.evaluate(engine.start(), asked, [sketch.atom("Ann")]) == hall
    assert engine.evaluate(engine.start(), asked, [0]) is None
    with pytest.raises(ProblemError, match="variable 0 is not bound"):
        engine.evaluate(engine.start(), asked, [])


def test_the_triggers_of_the_truth(sketch: Sketch, build: Build) -> None:
    lonely = ("all", "person", ("or", ("eq", "?1", "?0"), ("ne", ("where", "?1"), ("where", "?0"))))
    sketch.trigger("sulk", "person", when=lonely, makes=[("set", ("angry", "?0"), True)])
    engine = build(sketch)
    walk = event(engine, sketch, "walk", "Ann", "yard")
    assert engine.fired(engine.start(), walk) == [(0, [sketch.atom("Ann")])]
    assert engine.fired(engine.start(), event(engine, sketch, "wait")) == []


def test_wants_and_what_they_are_worth_now(sketch: Sketch, build: Build) -> None:
    sketch.want("Ann", ("eq", ("where", "Bob"), "yard"), 3.0)
    sketch.want("Ann", ("coins", "Ann"), 2.0)
    sketch.want("Ann", ("angry", "Bob"), 5.0, suffers=True, during=("not", ("angry", "Ann")))
    sketch.want("Bob", ("coins", "Bob"))
    engine = build(sketch)
    ann = sketch.atom("Ann")
    wants = engine.wants(engine.start(), ann)
    assert wants == [(0, [], 0.0, 3.0), (1, [], 4.0, 2.0), (2, [], -5.0, 5.0)]
    assert engine.utility(engine.start(), ann) == -1.0
    assert engine.utility(engine.start(), None) == 0.0


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine: engine.value(99, 0),
        lambda engine: engine.value(0, 99),
        lambda engine: engine.believed(0, 4),
        lambda engine: engine.fluent(0, [4]),
        lambda engine: engine.event(0, [1]),
        lambda engine: engine.event(0, [1, 1]),
        lambda engine: engine.possible(0, 99),
        lambda engine: engine.candidates(0, 0, [None]),
        lambda engine: engine.candidates(0, 9, []),
        lambda engine: engine.evaluate(0, '{"var": 0}', [99]),
    ],
)
def test_what_does_not_exist(ask: Callable[[Engine], object], sketch: Sketch, build: Build) -> None:
    with pytest.raises(ValueError, match="there is no"):
        ask(build(sketch))


@pytest.mark.parametrize(
    ("part", "broken", "said"),
    [
        ("version", 2, "version 2"),
        ("persons", [0], "not one person"),
        ("sets", [{"name": "s", "members": [77]}], "no atom 77"),
        ("actions", [{"name": "a", "params": [9], "mode": "fate"}], "no set 9"),
        ("actions", [{"name": "a", "params": [], "mode": "sleep"}], "unknown variant"),
        (
            "triggers",
            [{"name": "t", "params": [], "when": {"var": 0}, "effects": []}],
            "t: variable 0 is not bound",
        ),
        ("wants", [{"who": {"fact": [0, []]}, "weight": 1, "what": {"var": 0}}], "fact 0 with 0"),
        ("nonsense", [], "unknown field"),
    ],
)
def test_a_problem_that_breaks_the_contract(
    part: str, broken: object, said: str, sketch: Sketch, build: Build
) -> None:
    with pytest.raises(ProblemError, match=said):
        build(sketch.problem() | {part: broken})


def test_text_that_is_no_problem() -> None:
    with pytest.raises(ProblemError):
        Engine("{")


def test_effects_that_contradict_each_other_are_named(sketch: Sketch, build: Build) -> None:
    sketch.action(
        "swap",
        "person person",
        makes=[("set", ("coins", "?0"), 1), ("set", ("coins", "?1"), 3)],
    )
    engine = build(sketch)
    with pytest.raises(EventError) as error:
        engine.after(engine.start(), event(engine, sketch, "swap", "Bob", "Bob"))
    message, fluent, first, second = error.value.args
    assert "swap(Bob, Bob)" in message
    assert (engine.fluent_of(fluent), first, second) == ((2, [sketch.atom("Bob")]), 1.0, 3.0)


def test_triggers_that_never_rest_are_named(sketch: Sketch, build: Build) -> None:
    angry = ("angry", "?0")
    sketch.trigger("rage", "person", when=("not", angry), makes=[("set", angry, True)])
    sketch.trigger("calm", "person", when=angry, makes=[("set", angry, False)])
    with pytest.raises(TriggerLoopError) as error:
        build(sketch)
    _, members = error.value.args
    assert {trigger for trigger, _ in members} == {0, 1}
    assert pickle.loads(pickle.dumps(error.value)).args == error.value.args  # between processes


def test_a_count_without_end_is_a_loop_too(sketch: Sketch, build: Build) -> None:
    coins = ("coins", "Ann")
    more = ("set", coins, ("add", coins, 1))
    sketch.trigger("mint", when=("lt", 2, coins), makes=[more])
    sketch.action("find", makes=[more])
    engine = build(sketch)
    with pytest.raises(TriggerLoopError):
        engine.after(engine.start(), event(engine, sketch, "find"))


def test_memory_that_runs_out_is_said(sketch: Sketch, build: Build) -> None:
    sketch.action("earn", makes=[("set", ("coins", "Ann"), ("add", ("coins", "Ann"), 1))])
    engine = build(sketch, memory_mb=1)
    state, earn = engine.start(), event(engine, sketch, "earn")
    with pytest.raises(MemoryError):
        for _ in range(100_000):
            state = engine.after(state, earn)
    assert engine.value(state, 0) == ("atom", sketch.atom("hall"))  # what there is stays


def test_imagined_and_true_events_differ(sketch: Sketch, build: Build) -> None:
    """Who imagines finding out holds that he knows then; the truth tells him what."""
    sketch.secret(("holder", "box"), "Cas", known="Cas")
    sketch.action("look", makes=[("learn", "Ann", ("holder", "box"))])
    engine = build(sketch)
    ann, look = sketch.atom("Ann"), event(engine, sketch, "look")
    holder = engine.fluent(1, [sketch.atom("box")])
    mind = engine.believed(engine.start(), ann)
    imagined = engine.after(mind, look, ann)
    assert engine.value(imagined, holder) == ("answer", holder)
    assert engine.believed(imagined, ann) == imagined
    truth = engine.after(engine.start(), look)
    assert engine.value(engine.believed(truth, ann), holder) == ("atom", sketch.atom("Cas"))


def test_statistics_grow(sketch: Sketch, build: Build) -> None:
    engine = build(sketch)
    before = engine.statistics()
    engine.after(engine.start(), event(engine, sketch, "walk", "Cas", "yard"))
    after = engine.statistics()
    assert after["states"] > before["states"]
    assert after["events"] == 1


def test_what_is_told_does_not_come_true(sketch: Sketch, build: Build) -> None:
    """Nothing makes Ann angry but a rumour: that may reach a mind, never the truth."""
    angry = ("angry", "Ann")
    rumour = ("share", "?0 ?1", angry, True)
    sketch.action("gossip", "person person", makes=[rumour], will=["?0"])
    engine = build(sketch)
    start, ann = engine.start(), sketch.atom("Ann")
    expr = json.dumps(sketch.expr(angry))
    assert not engine.reachable(start, expr, [])
    assert engine.reachable(engine.believed(start, ann), expr, [], ann)
    far = json.dumps(sketch.expr(("eq", ("where", "Ann"), "yard")))
    assert engine.reachable(start, far, [])


def test_one_question_after_another(sketch: Sketch, build: Build) -> None:
    """Long work is done by one thread; it answers question after question."""
    engine = build(sketch)
    walk = event(engine, sketch, "walk", "Ann", "yard")
    ann = sketch.atom("Ann")
    answers = [engine.motive(engine.start(), ann, walk)["verdict"] for _ in range(3)]
    assert answers == ["none"] * 3


def test_in_a_large_world_a_search_bounded_in_goals_proves_nothing(
    sketch: Sketch, build: Build
) -> None:
    sketch.want("Ann", ("angry", "Bob"))  # which nothing brings about
    engine = build(with_many_events(sketch.problem()))
    assert not engine.small()
    walk = event(engine, sketch, "walk", "Ann", "yard")
    ask = partial(engine.motive, engine.start(), sketch.atom("Ann"), walk)
    assert ask(goals=100)["verdict"] == "undecided"
    assert ask()["verdict"] == "none"
    assert ask(goals=100)["verdict"] == "none", "what is proved is known from then on"


def test_the_engine_has_all_that_the_seam_promises() -> None:
    promise = Path(intrigue.seam.__file__).with_name("_engine.pyi").read_text(encoding="utf-8")
    assert difference(promise) is None


class Older:
    """An engine that cannot do much yet."""

    def __init__(self, problem: str) -> None:
        del problem

    def start(self) -> int:
        return 0


@pytest.fixture
def short(tmp_path: Path) -> Path:
    path = tmp_path / "short.txt"
    path.write_text("utility(): 0;", encoding="utf-8")
    return path


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intrigue._engine, "Engine", Older)
    monkeypatch.delattr(intrigue._engine, "SEAM")


WHY = "the engine was built from another version of the program (it has no Engine."
REPAIR = "build it again with `make setup`"


@pytest.mark.usefixtures("older")
def test_an_engine_of_another_version_is_told_with_what_to_do(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["plan", str(short), "--goal", "1"])
    said = capsys.readouterr().err
    assert WHY in said and REPAIR in said


@pytest.mark.usefixtures("older")
def test_from_python_it_is_one_exception(short: Path) -> None:
    with pytest.raises(intrigue.EngineError) as error:
        intrigue.load(short).run()
    assert WHY in str(error.value) and REPAIR in str(error.value)


def test_no_engine_at_all_is_the_same_exception(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "intrigue._engine", None)
    with pytest.raises(intrigue.EngineError, match="not built; build it with `make setup`"):
        intrigue.load(short).run()


def test_another_wording_of_the_seam_is_no_other_seam(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intrigue._engine, "SEAM", "the same in other words")
    assert intrigue.load(short).run().steps == []

"""Whatever a file holds, the checker answers; and what it lets through, the engine takes."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intrigue.diagnostics.catalogue import codes, entry
from intrigue.diagnostics.diagnostic import Source
from intrigue.language.parse import parse
from intrigue.world import check
from intrigue.world.effects import DEEPEST as EFFECTS
from intrigue.world.expressions import DEEPEST as EXPRESSION
from intrigue.world.model import World

HERE = Path(__file__).parent
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in ("cases", "lowering")
    for path in sorted((HERE / folder).iterdir())
    if path.suffix in (".story", ".world")
]
WORDS = sorted({word for text in TEXTS for word in text.split()})


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A text with a few words and lines changed, dropped or doubled."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(1, len(lines) - 1))
        change = draw(st.sampled_from(("drop", "double", "move", "word")))
        if change == "drop" and len(lines) > 2:
            del lines[at]
        elif change == "double":
            lines.insert(draw(st.integers(1, len(lines))), lines[at])
        elif change == "move":
            lines.insert(draw(st.integers(1, len(lines) - 1)), lines.pop(at))
        else:
            words = lines[at].split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
            lines[at] = " ".join(words)
    return "\n".join(lines)


@given(mangled())
@settings(max_examples=250, deadline=None)
def test_every_world_gets_an_answer(text: str) -> None:
    file, problems = parse(Source(Path("test.story"), text))
    world, found = check([file])
    for each in (*problems, *found):
        assert each.code in codes()
        assert entry(each.code).blanks <= set(each.blanks)
    if world is not None:
        engine = pytest.importorskip("intrigue._engine")
        with suppress(engine.TriggerLoopError):
            engine.Engine(json.dumps(world.problem))


def chain(body: str, count: int) -> tuple[World | None, set[str]]:
    """A world of definitions each of which uses the one before; and the codes of what is wrong with it."""
    lines = [f"  d{i}(p: person) = {body.format(f'd{i - 1}(p)')}" for i in range(1, count)]
    text = "\n".join(
        ["world w", "facts", "  awake(person)", "define", "  d0(p: person) = awake(p)", *lines]
    )
    file, problems = parse(Source(Path("w.world"), text))
    world, found = check([file])
    return world, {each.code for each in (*problems, *found)}


def test_definitions_may_use_each_other() -> None:
    assert chain("not {0}", 12)[1] == set()


def test_what_grows_beyond_bounds_is_refused_and_not_waited_for() -> None:
    assert chain("{0} and not {0}", 60) == (None, {"definition-too-large"})
    assert chain("not {0}", 60) == (None, {"definition-too-large"})


def test_the_deepest_rules_that_are_let_through_are_not_too_deep_for_the_engine() -> None:
    engine = pytest.importorskip("intrigue._engine")
    deep = "boss(" * (EXPRESSION - 2) + "p" + ")" * (EXPRESSION - 2)
    lines = ["if awake(p):" for _ in range(EFFECTS)] + [f"boss(p) = {deep}"]
    text = "\n".join(
        [
            "story s",
            "facts",
            "  awake(person)",
            "  boss(person): person",
            "action a(p: person)",
            "  fate",
            "  makes",
            *(f"{'  ' * (depth + 2)}{line}" for depth, line in enumerate(lines)),
            "cast",
            "  Kit: person",
            "scene x",
            "  A(Kit)",
        ]
    )
    file, problems = parse(Source(Path("s.story"), text))
    world, found = check([file])
    assert [*problems, *found] == []
    assert world is not None
    engine.Engine(json.dumps(world.problem))
    deeper = text.replace(f"boss(p) = {deep}", f"if awake(p):\n{'  ' * 12}boss(p) = {deep}")
    file, problems = parse(Source(Path("s.story"), deeper))
    assert [each.code for each in (*problems, *check([file])[1])] == ["nested-too-deep"]


def test_kinds_above_each_other_without_end() -> None:
    kinds = "".join(f"  k{n}: k{n + 1}\n" for n in range(100))
    text = f"story s\nkinds\n{kinds}  k100: person\ncast\n  Ann: k0\n"
    file, _ = parse(Source(Path("s.story"), text))
    assert "nested-too-deep" in {each.code for each in check([file])[1]}

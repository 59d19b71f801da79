"""How effects are read."""

from __future__ import annotations

import pytest

from language.texts import effects, mistakes, story

READ = {
    "health(v) = dead": "health(v) := dead",
    "alert(v)": "alert(v) := <yes>",
    "not alert(v)": "alert(v) := <no>",
    "where(v) = unknown": "where(v) := <unknown>",
    "money(p) = money(p) - 3": "money(p) := [money(p) - 3]",
    "f(x) = if a then b else c": "f(x) := [if a then b else c]",
    "c": "c := as said",
    "a(x), b(x)": "a(x) := <yes>; b(x) := <yes>",
    "shows where(p), holder(t)": "show where(p), holder(t)",
    "shows where(p), p learns f(q)": "show where(p); learn p: f(q)",
    "shows where(p), f(q) = 1": "show where(p); f(q) := 1",
    "a and b share f(x) = v": "share among a, b: f(x) := v",
    "a and b and c share not f(x)": "share among a, b, c: f(x) := <no>",
    "a and b share f(x)": "share among a, b: f(x) truth := <yes>",
    "a and b share whether f(x)": "share among a, b: f(x) truth",
    "a and b share c": "share among a, b: c",
    "a tells b c": "share among a, b by a: c",
    "a tells b and c that f(x)": "share among a, b, c by a: f(x) truth := <yes>",
    "a tells boss(a) f(x) = v": "share among a, boss(a) by a: f(x) := v",
    "a learns f(x)": "learn a: f(x)",
    "a learns q from b": "learn a: q from b",
    "a believes f(x) = v": "believe a: f(x) := v",
    "a believes b believes not f(x)": "believe a b: f(x) := <no>",
    "a believes that f(x)": "believe a: f(x) := <yes>",
    "a forgets f(x)": "believe a: f(x) := <unknown>",
    "if a: f(x), g(x)": "if a {f(x) := <yes>; g(x) := <yes>}",
    "every p: cop where a(p): f(p), g(p)": "every p: cop where a(p) {f(p) := <yes>; g(p) := <yes>}",
    "every p: cop: if a(p): f(p)": "every p: cop {if a(p) {f(p) := <yes>}}",
}


def makes(lines: str) -> str:
    file = story(f"world w\naction act(p: person)\n  fate\n  makes {lines}\n")
    return effects(file.actions[0].makes)


@pytest.mark.parametrize("text", READ)
def test_what_it_is_read_as(text: str) -> None:
    assert makes(text) == READ[text]


@pytest.mark.parametrize(
    ("lines", "meaning"),
    [
        # the lines of a list need no commas
        ("a(x)\n    b(x)\n    c(x)", "a(x) := <yes>; b(x) := <yes>; c(x) := <yes>"),
        # `else` stands on the next line
        (
            "if q: a(x)\n    else: b(x)\n    c(x)",
            "if q {a(x) := <yes>} else {b(x) := <yes>}; c(x) := <yes>",
        ),
        # what follows an `if` on its own line belongs to it if it is deeper
        (
            "z(x)\n    if q:\n      a(x)\n      b(x)\n    else:\n      c(x)\n    d(x)",
            "z(x) := <yes>; if q {a(x) := <yes>; b(x) := <yes>} else {c(x) := <yes>}; d(x) := <yes>",
        ),
        # an `if` behind `makes` does not own the rest of the list ..
        ("if q: a(x)\n    b(x)", "if q {a(x) := <yes>}; b(x) := <yes>"),
        # .. unless nothing stands behind its colon
        ("if q:\n    a(x)\n    b(x)", "if q {a(x) := <yes>; b(x) := <yes>}"),
        (
            "\n    if q:\n      if r: a(x)\n      else: b(x)\n    else: c(x)",
            "if q {if r {a(x) := <yes>} else {b(x) := <yes>}} else {c(x) := <yes>}",
        ),
        (
            "every p: cop where q(p):\n      a(p)\n      b(p)",
            "every p: cop where q(p) {a(p) := <yes>; b(p) := <yes>}",
        ),
    ],
)
def test_lists_over_several_lines(lines: str, meaning: str) -> None:
    assert makes(lines) == meaning


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("3 = a(x)", [(4, "unexpected-token")]),
        ("p knows a(x)", [(4, "unexpected-token")]),
        ("else: a(x)", [(4, "unexpected-token")]),
        ("if q a(x)", [(4, "unexpected-token")]),
        ("if q:", [(4, "unexpected-token")]),
        ("a and b f(x)", [(4, "unexpected-token")]),
        ("a(x) b(x), , = 3, c(x", [(4, "unexpected-token")] * 3 + [(4, "unclosed-bracket")]),
        ("", [(4, "empty-clause")]),
        ("if a: " * 200 + "f(x)", [(4, "nested-too-deep")]),
    ],
)
def test_what_is_refused(lines: str, found: list[tuple[int, str]]) -> None:
    assert mistakes(f"world w\naction act(p: person)\n  fate\n  makes {lines}\n") == found

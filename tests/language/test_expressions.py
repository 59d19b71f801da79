"""How conditions and values are read: what binds tighter, where names end, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from intrigue.diagnostics.diagnostic import Source
from intrigue.language import parse_expression
from language.texts import plain

READ = {
    # names are runs of words
    "Ah Jong": "Ah Jong",
    "the nightclub": "the nightclub",
    "Sgt. Tsang": "Sgt. Tsang",
    "Jennie's song": "Jennie's song",
    "李鷹": "李鷹",
    "ชาตรี ใจดี": "ชาตรี ใจดี",
    "14K": "14K",
    "room 101": "room 101",
    '"Bonnie and Clyde"': "Bonnie and Clyde",
    "“Bonnie and Clyde”": "Bonnie and Clyde",
    '"Bonnie and Clyde" trusts Bob': '"Bonnie and Clyde" trusts Bob',
    'Bob trusts "Bonnie and Clyde"': 'Bob trusts "Bonnie and Clyde"',
    "where(Li)": "where(Li)",
    "alarm()": "alarm()",
    # values
    "nobody": "<none>",
    "Nobody Nose": "Nobody Nose",
    "no one": "no one",
    "2.5": "2.5",
    "1000000000000000": "1e+15",
    "unknown": "<unknown>",
    # from loose to tight
    "a or b and c": "[a or [b and c]]",
    "not a and b": "[[not a] and b]",
    "not a = b": "[not [a = b]]",
    "a = b + c * -d": "[a = [b + [c * [- d]]]]",
    "a - b - c": "[[a - b] - c]",
    "a-b": "a-b",
    "(a or b) and c": "[[a or b] and c]",
    "if a then b else c or d": "[if a then b else [c or d]]",
    "x = if a then 1 else 2": "[x = [if a then 1 else 2]]",
    "a, b, c": "[[a and b] and c]",
    # comparisons
    "a != b": "[a != b]",
    "a ≠ b": "[a != b]",
    "a ≤ b": "[a <= b]",
    "x in (a, b)": "[x in a, b]",
    "x not in (a, b)": "[x not in a, b]",
    "x is a cop": "[x is a cop]",
    "x is an actor": "[x is a actor]",
    "x is not a cop": "[x is not a cop]",
    "x is the church": "[x = the church]",
    "x is not dead": "[x != dead]",
    # minds
    "Li knows where(Jennie)": "[Li knows where(Jennie)]",
    "Li knows that a = b and c": "[[Li knows [a = b]] and c]",
    "Li knows whether a": "[Li knows whether a]",
    "Li does not know whether a": "[Li not knows whether a]",
    "Li does not believe a = b": "[Li not believes [a = b]]",
    "Li knows Jennie knows f(Jennie) = Ah Jong and c": (
        "[[Li knows [Jennie knows [f(Jennie) = Ah Jong]]] and c]"
    ),
    "Li believes not a": "[Li believes [not a]]",
    "boss(Kit) believes a": "[boss(Kit) believes a]",
    "not Li knows a": "[not [Li knows a]]",
    "maybe a = b": "[maybe [a = b]]",
    "known f(a) and b": "[[known f(a)] and b]",
    "unknown f(a)": "[unknown f(a)]",
    "f(a) = unknown": "[f(a) = <unknown>]",
    # binders
    "any p: cop where a(p) and b(p)": "[any p: cop where [a(p) and b(p)]]",
    "every p: cop where a(p): b(p)": "[every p: cop where a(p): b(p)]",
    "every p: cop where a(p)": "[every p: cop: a(p)]",
    "every p: cop: a(p)": "[every p: cop: a(p)]",
    "not any p: cop where a(p)": "[not [any p: cop where a(p)]]",
    "count(p: cop where a(p)) > 2": "[[count p: cop where a(p)] > 2]",
    "count(p: cop)": "[count p: cop]",
    "sum(p: cop where a(p): money(p))": "[sum p: cop where a(p): money(p)]",
    "next(x) = previous(y)": "[next(x) = previous(y)]",
}


def read(text: str) -> tuple[str, list[str]]:
    expression, found = parse_expression(Source(Path("question"), text))
    assert (expression is None) == bool(found)
    return plain(expression) if expression else "", [each.code for each in found]


@pytest.mark.parametrize("text", READ)
def test_what_it_is_read_as(text: str) -> None:
    assert read(text) == (READ[text], [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["unexpected-token"]),
        ("a b (c", ["unclosed-bracket"]),
        ("a)", ["unopened-bracket"]),
        ("a < b < c", ["unexpected-token"]),
        ("a == b", ["unexpected-token"]),
        ("a = not b", ["unexpected-token"]),
        ("a = b knows c", ["unexpected-token"]),
        ("Li knows", ["unexpected-token"]),
        ("any p: cop", ["unexpected-token"]),
        ("a & b", ["unexpected-character"]),
        ("a，b", ["unexpected-character"]),
        ('"a', ["unclosed-quote"]),
        ('""', ["unexpected-token"]),
        ("1" * 400, ["number-too-large"]),
        ("1000000000000001", ["number-too-large"]),
        (
            "(a, b), = c, f(c d e), ((g)",
            ["unexpected-token", "unexpected-token", "unclosed-bracket"],
        ),
    ],
)
def test_what_is_refused(text: str, codes: list[str]) -> None:
    assert read(text) == ("", codes)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "not " * 10_000 + "a",
        "- " * 10_000 + "a",
        "a and " * 10_000 + "a",
        "a + " * 10_000 + "a",
        "Li knows " * 10_000 + "a",
        "f(" * 10_000,
        "if a then " * 10_000,
        "any p: k where " * 10_000,
    ],
)
def test_nesting_without_end_is_refused(text: str) -> None:
    assert read(text) == ("", ["nested-too-deep"])


def test_long_lists_are_not_nesting() -> None:
    text = ", ".join(f"a{number}" for number in range(5000))
    expression, found = parse_expression(Source(Path("question"), text))
    assert found == []
    assert plain(expression).count("and") == 4999


def test_a_stretch_of_a_text_is_read_with_its_own_places() -> None:
    source = Source(Path("x.story"), "Li tells Jennie (a = b).")
    expression, found = parse_expression(source, 17, 22)
    assert found == []
    assert expression is not None
    assert (expression.span.start, expression.span.end) == (17, 22)

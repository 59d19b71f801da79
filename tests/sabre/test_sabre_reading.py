"""What a problem file may say, and what is said about one that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intrigue.diagnostics import catalogue
from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.sabre import read
from intrigue.sabre.convert import convert

PROBLEMS = Path(__file__).parents[3] / "shared" / "benchmarks" / "problems"

WORLD = """
type place;
type item;
property at(c : character) : place;
property alive(c : character) : boolean;
property gold(c : character) : number;
property open() : boolean;
entity Tom : character;
entity Ann : character;
entity Home : place;
entity Market : place;
entity Coin : item;
"""


def problem(text: str) -> tuple[dict[str, Any], Any]:
    read_problem, names, diagnostics = read(Source(Path("p.txt"), text))
    assert not diagnostics, diagnostics
    return read_problem, names


def wrong(text: str) -> list[tuple[str, str]]:
    """The codes of all mistakes, each with the text that it underlines."""
    _, _, diagnostics = read(Source(Path("p.txt"), text))
    return [(one.code, underlined(one, text)) for one in diagnostics]


def underlined(diagnostic: Diagnostic, text: str) -> str:
    assert diagnostic.span is not None
    return text[diagnostic.span.start : diagnostic.span.end]


def mistakes(lines: str) -> list[tuple[str, str]]:
    return wrong(WORLD + lines)


def test_definitions_may_stand_in_any_order() -> None:
    forwards = "type t; entity E : t; property p(x : t) : boolean; p(E);"
    backwards = "p(E); property p(x : t) : boolean; entity E : t; type t;"
    assert problem(forwards)[0] == problem(backwards)[0]


def test_characters_come_first_and_keep_their_order() -> None:
    names = problem("entity Rock; type hero : character; entity Zoe : hero; entity Al : character;")
    assert names[1].atoms == ["none", "Zoe", "Al", "Rock"]


def test_types_named_only_as_parents_exist() -> None:
    read_problem, _ = problem(
        "type a : b; entity E : a; entity F : c; property p(x : b, y : c) : boolean; p(E, F);"
    )
    assert [one["name"] for one in read_problem["sets"]] == ["b", "c"]


def test_stating_an_entity_again_adds_a_type() -> None:
    problem(
        "entity E : a; entity E : b; property p(x : a) : boolean; property q(x : b) : boolean;"
        "p(E); q(E);"
    )


def test_characters_may_also_be_places() -> None:
    problem(
        "type place; type character : place; entity C : character; entity D : character;"
        "property at(x : character) : place; at(C) = D;"
    )


def test_constants_among_parameters_show_in_ground_names_only() -> None:
    read_problem, names = problem(
        WORLD + "action buy(c : character, Coin, Ann) { effect: open(); };"
    )
    (action,) = read_problem["actions"]
    assert len(action["params"]) == 1
    tom = names.atoms.index("Tom")
    assert names.event(0, [tom]) == "buy(Tom, Coin, Ann)"
    assert names.event_named("buy(Tom, Coin, Ann)") == (0, [tom])
    assert names.event_named("buy(Tom, Tom, Ann)") is None


def test_boolean_variables_are_unfolded() -> None:
    read_problem, names = problem(
        "property lamp(on : boolean) : boolean;"
        "action turn(b : boolean) { precondition: lamp(b); effect: !lamp(b); };"
    )
    assert [label.write([]) for label in names.actions] == ["turn(False)", "turn(True)"]
    assert [label.write([]) for label in names.facts] == ["lamp(False)", "lamp(True)"]
    assert [one["effects"][0]["set"][0]["fact"][0] for one in read_problem["actions"]] == [0, 1]


def test_actions_without_consenting_are_nobodys_and_everybody_sees_them() -> None:
    (action,) = problem(WORLD + "action rain() { effect: open(); };")[0]["actions"]
    assert (action["mode"], action["will"]) == ("fate", [])
    assert action["sees"] == [{"when": {"const": {"bool": True}}, "as": "itself"}]


def test_actions_without_effect_are_never_available() -> None:
    assert problem(WORLD + "action wait() { consenting: Tom; };")[0]["actions"] == []


def test_of_a_part_given_twice_the_last_counts() -> None:
    twice = "action a() { effect: open(); effect: !open(); };"
    once = "action a() { effect: !open(); };"
    assert problem(WORLD + twice)[0] == problem(WORLD + once)[0]


def test_the_first_declared_overload_that_fits_is_meant() -> None:
    text = (
        "type item; entity Box : item; entity Tom : character;"
        "property at(x : item) : number; property at(x : entity) : boolean;"
        "utility(): at(Box); utility(Tom): if(at(Tom)) 1 else 0;"
    )
    author, tom = problem(text)[0]["utilities"]
    assert author["what"]["fact"][0] == 0
    assert tom["what"]["if"][0]["fact"][0] == 1


def test_a_variable_shadows_an_entity() -> None:
    text = "action a(Tom : place) { precondition: at(Ann) == Tom; effect: open(); };"
    (need,) = problem(WORLD + text)[0]["actions"][0]["needs"]
    assert need["expr"]["eq"][1] == {"var": 0}


def test_beliefs_that_are_assigned_read_their_value_in_the_mind_or_outside() -> None:
    inside, outside = (
        problem(WORLD + f"trigger t() {{ effect: {effect}; }};")[0]["triggers"][0]["effects"][0]
        for effect in (
            "believes(Tom, gold(Tom) = gold(Ann))",
            "believes(Tom, gold(Tom)) = gold(Ann)",
        )
    )
    tom = {"const": {"atom": 1}}
    there = outside["believe"]["value"]
    assert inside["believe"]["value"] == {"believes": [tom, there]}
    assert inside["believe"]["path"] == outside["believe"]["path"] == [tom]


def test_conditions_of_effects_on_beliefs_are_read_in_the_mind() -> None:
    text = "trigger t() { effect: believes(Tom, if(open()) gold(Tom) = 1); };"
    (effect,) = problem(WORLD + text)[0]["triggers"][0]["effects"]
    assert "believes" in effect["when"][0]


def test_negation_moves_to_the_leaves() -> None:
    text = "action a() { precondition: !(gold(Tom) > 0 & open()); effect: open(); };"
    (need,) = problem(WORLD + text)[0]["actions"][0]["needs"]
    at_most, closed = need["expr"]["or"]
    assert "le" in at_most and "not" in closed


def test_comparing_a_believed_value_is_believing_the_comparison() -> None:
    needs = [
        problem(WORLD + f"trigger t() {{ precondition: {condition}; }};")[0]["triggers"][0]["when"]
        for condition in ("believes(Tom, at(Ann)) != Home", "believes(Tom, at(Ann) != Home)")
    ]
    assert needs[0] == needs[1]


def test_a_factor_nought_folds() -> None:
    assert problem(WORLD + "utility(): 0 * gold(Tom);")[0]["utilities"][0]["what"] == {
        "const": {"number": 0.0}
    }


def test_a_missing_utility_is_nought() -> None:
    assert len(problem(WORLD)[0]["utilities"]) == 3


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("utility(): 5-3;", [("sabre-minus", "-3")]),
        ("utility(): gold(Tom) -1;", [("sabre-minus", "-1")]),
        ("utility(): -gold(Tom);", [("sabre-unary-minus", "-")]),
        (
            "utility(): if(open()) 1 else if(open()) 2 else 3;",
            [("sabre-nested-if", "if(open()) 1 else if(open()) 2 else 3")],
        ),
        ("utility(): if(open()) if(open()) 1 else 3;", [("sabre-nested-if", "if(open()) 1")]),
        ("utility(): if(open()) 1;", [("sabre-else", "if(open()) 1")]),
        ("utility(): at(Tom);", [("sabre-kind", "at(Tom)")]),
        ("utility(): gold(Tom) + open();", [("sabre-kind", "open()")]),
        ("utility(): gold(Tom) / 0;", [("sabre-zero", "0")]),
        ("utility(): gold(;", [("sabre-bracket", "(")]),
        ("utility(): gold(Tom));", [("sabre-bracket-stray", ")")]),
        ("utility(): gold(Tim);", [("sabre-name-unknown", "Tim")]),
        ("utility(): god(Tom);", [("sabre-property-unknown", "god(Tom)")]),
        ("utility(): gold(Coin);", [("sabre-overload", "gold(Coin)")]),
        ("utility(Home): 1;", [("sabre-kind", "Home")]),
        ("utility(): 1; utility(): 2;", [("sabre-twice", "utility(): 2")]),
        ("at(Tom) = Coin;", [("sabre-kind", "Coin")]),
        ("alive(Tom) = ?;", [("sabre-kind", "?")]),
        ("alive(Tom) | open();", [("sabre-effect", "alive(Tom) | open()")]),
        ("gold(Tom) > 2;", [("sabre-effect", "gold(Tom) > 2")]),
        ("Tom = Ann;", [("sabre-effect", "Tom")]),
        (
            "at(Tom) = Home & at(Ann) = Hme & gold(Tim) = 1;",
            [("sabre-name-unknown", "Hme"), ("sabre-name-unknown", "Tim")],
        ),
        ("property p(x : plaice) : boolean;", [("sabre-type-unknown", "plaice")]),
        ("property p(x : number) : boolean;", [("sabre-number-variable", "number")]),
        ("property gold(c : character) : place;", [("sabre-twice", "gold")]),
        ("property gold(Ann) : number;", [("sabre-twice", "gold")]),
        ("type a : b; type b : c; type c : a;", [("sabre-type-cycle", "a")]),
        ("type boolean : place;", [("sabre-type-simple", "place")]),
        ("action a() { precondition: gold(Tom) = 1; };", [("sabre-equals", "gold(Tom) = 1")]),
        ("action a() { consenting: Coin; };", [("sabre-kind", "Coin")]),
        (
            "action a() { observing(c : character) open(); };",
            [("sabre-syntax", "observing(c : character) open()")],
        ),
        ("action a() { needs: open(); };", [("sabre-syntax", "needs: open()")]),
        ("action a() {} trigger b() {};", [("sabre-semicolon", "}")]),
        ("action a() {}; trigger a() {};", [("sabre-twice", "a")]),
        (
            "action a(x : item) { effect: when(open()) gold(Tom) = 1; };",
            [("sabre-syntax", "when(open()) gold(Tom)")],
        ),
        ("trigger t() { effect: believes(Coin, open()); };", [("sabre-kind", "Coin")]),
        ("utility(): forall(x : item);", [("sabre-syntax", ")")]),
        ("/* never closed", [("sabre-comment", "/*")]),
        (
            "gold(Tom) = 1; # no",
            [("sabre-character", "#"), ("sabre-effect", "no")],
        ),
    ],
)
def test_mistakes_are_named_where_they_stand(lines: str, found: list[tuple[str, str]]) -> None:
    assert mistakes(lines) == found


def test_a_forgotten_semicolon_spoils_nothing_else() -> None:
    assert wrong("type place\ntype item;\nentity Home : place;\n") == [("sabre-semicolon", "place")]


def test_an_open_bracket_spoils_one_definition() -> None:
    text = WORLD + "action a() {\n effect: (open();\n};\nutility(): gold(Tim);"
    assert [code for code, _ in wrong(text)] == ["sabre-bracket", "sabre-name-unknown"]


@pytest.mark.parametrize("depth", [20, 2000])
def test_deep_nesting_is_refused_before_it_breaks_anything(depth: int) -> None:
    text = WORLD + "utility(): " + "(" * depth + "1" + ")" * depth + ";"
    assert [code for code, _ in wrong(text)] == ([] if depth == 20 else ["sabre-deep"])


def test_a_mistake_is_told_once_however_often_its_place_is_unfolded() -> None:
    assert mistakes("utility(): if(exists(b : boolean) gold(Tim) == 1) 1 else 0;") == [
        ("sabre-name-unknown", "Tim")
    ]


@pytest.mark.parametrize("count", [8, 9, 30])
def test_truth_values_are_unfolded_within_reason(count: int) -> None:
    many = ", ".join(f"b{number} : boolean" for number in range(count))
    expected = [] if count == 8 else ["sabre-booleans"]
    text = f"property p({many}) : boolean;"
    assert [code for code, _ in wrong(text)] == expected


def test_long_conjunctions_are_not_deep() -> None:
    assert mistakes("open()" + " & open()" * 5000 + ";") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";;;",
        "}",
        "(",
        "!",
        "=",
        "believes(",
        "if",
        "if(",
        "- -",
        "type",
        "type :",
        "utility",
        "utility(",
        "action",
        "action a",
        "a : b",
        ":",
        "?",
        "\0",
        "é",
    ],
)
def test_any_text_gives_diagnostics_and_no_traceback(text: str) -> None:
    _, _, diagnostics = read(Source(Path("p.txt"), text))
    assert bool(diagnostics) == bool(text.strip("; "))


@pytest.mark.skipif(not PROBLEMS.is_dir(), reason="the peer's problem files are not here")
def test_the_peers_own_problems_can_be_read() -> None:
    files = sorted(PROBLEMS.glob("*.txt"))
    assert files
    for file in files:
        json.dumps(problem(file.read_text())[0])


@pytest.mark.skipif(not PROBLEMS.is_dir(), reason="the peer's problem files are not here")
def test_no_half_of_a_problem_breaks_the_reader() -> None:
    for file in sorted(PROBLEMS.glob("*.txt")):
        text = file.read_text()
        for cut in range(0, len(text), len(text) // 10):
            read(Source(file, text[cut:]))
            read(Source(file, text[:cut]))


@pytest.mark.parametrize("code", [code for code in catalogue.codes() if code.startswith("sabre-")])
def test_every_code_has_an_example_that_triggers_it_alone(code: str) -> None:
    ((form, text),) = catalogue.entry(code).examples
    assert form == "sabre"
    _, diagnostics = convert(Source(Path("p.txt"), text))
    assert {one.code for one in diagnostics} == {code}
    assert all(one.blanks.keys() >= catalogue.entry(code).blanks for one in diagnostics)

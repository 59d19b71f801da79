"""Findings as people and programs read them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from intrigue.diagnostics.catalogue import headline
from intrigue.diagnostics.diagnostic import Diagnostic, Note, Source, Span
from intrigue.diagnostics.position import place, width
from intrigue.diagnostics.render import (
    as_github,
    as_json,
    as_sarif,
    closing,
    coloured,
    text,
    to_dict,
)

SOURCE = Source(
    Path("stories/a.story"), "story A\n\nscene 教堂\n  李鷹和Kit等。\n\tKit: waits\tfor   Li\n"
)


def at(words: str, source: Source = SOURCE) -> Span:
    start = source.text.index(words)
    return Span(source, start, start + len(words))


CLAUSE = Diagnostic(
    "duplicate-clause",
    at("Kit等"),
    {"clause": "`fate`"},
    "once more",
    (Note("It stands here first.", at("教堂")), Note("Two lines\nof remark.")),
    "take one out",
)
ADVICE = Diagnostic("no-scenes", at("story A"), {"title": "A"}, "tells nothing yet")
NOWHERE = Diagnostic("file-not-found", None, {"path": "b, 100%.story"})
ALLOWED = Diagnostic("unmotivated-event", at("scene"), {}, allowed="it is the premise")


def test_text_with_everything() -> None:
    assert (
        text(CLAUSE)
        == """\
error[duplicate-clause]: A second `fate`
 --> stories/a.story:4:6
  |
4 |   李鷹和Kit等。
  |         ^^^^^ once more
  = note: It stands here first.
 --> stories/a.story:3:7
  |
3 | scene 教堂
  |       ----
  = note: Two lines
      of remark.
  = repair: take one out"""
    )


def test_text_without_a_place() -> None:
    assert text(NOWHERE) == "error[file-not-found]: There is no file b, 100%.story"


def test_text_of_what_is_allowed_and_what_may_be() -> None:
    assert text(ALLOWED).splitlines()[-1] == "  = allowed: it is the premise"
    assert text(ALLOWED).startswith("allowed error[unmotivated-event]: ")
    warned = Diagnostic("unmotivated-event", at("scene"), {})
    assert text(warned).splitlines()[-1] == "  = if on purpose: `allow unmotivated-event: REASON`"
    assert "allow" not in text(ADVICE)


def test_tabs_count_as_four_columns() -> None:
    lines = text(Diagnostic("no-scenes", at("Li"), {"title": "A"})).splitlines()
    assert lines[3] == "5 |     Kit: waits    for   Li"
    assert lines[4] == "  |                         ^^"


def test_nothing_in_a_file_steers_the_terminal() -> None:
    source = Source(Path("x\x1b[2J.story"), "story \x1b[31mred\u202e\x07\n")
    shown = text(Diagnostic("no-scenes", at("red", source), {"title": "\x1b]0;x\x07"}, "\x1b[0m"))
    assert shown.isprintable() or all(c.isprintable() or c in "\n\ufffd" for c in shown)


def test_a_long_line_is_cut_down_to_the_place() -> None:
    source = Source(Path("x.story"), "a" * 5000 + " here " + "漢" * 5000)
    lines = text(Diagnostic("no-scenes", at("here", source), {"title": "A"}, "this")).splitlines()
    assert all(width(line) <= 110 for line in lines)
    column = width(lines[4].split("^")[0])
    assert lines[3][column : column + 4] == "here"
    whole = text(Diagnostic("no-scenes", Span(source, 0, 10_000), {"title": "A"}))
    assert all(width(line) <= 110 for line in whole.splitlines())


def test_spans_at_the_edges() -> None:
    for source, start, end in [
        (Source(Path("e"), ""), 0, 0),
        (Source(Path("e"), "\n\n"), 1, 1),
        (Source(Path("e"), "a"), 1, 1),
        (Source(Path("e"), "a\nb"), 0, 3),
        (Source(Path("e"), "a\r\nb"), 0, 2),
    ]:
        assert text(Diagnostic("no-scenes", Span(source, start, end), {"title": "A"}))
    several = Diagnostic("no-scenes", Span(SOURCE, 0, len(SOURCE.text)), {"title": "A"})
    assert text(several).splitlines()[-1] == "  | ^^^^^^^..."


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured(Terminal())
    assert not coloured(io.StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert not coloured(Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(Terminal())
    assert "\033[" in text(CLAUSE, colour=True)
    assert "\033[" not in text(CLAUSE)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([], "nothing found"),
        ([CLAUSE], "1 error"),
        ([CLAUSE, NOWHERE, ADVICE, ADVICE, ALLOWED], "2 errors, 2 advice, 1 allowed"),
        ([ALLOWED], "nothing found, 1 allowed"),
    ],
)
def test_closing(found: list[Diagnostic], line: str) -> None:
    assert closing(found) == line


def test_json() -> None:
    first, second = json.loads(as_json([CLAUSE, NOWHERE]))["diagnostics"]
    assert first == {
        "code": "duplicate-clause",
        "severity": "error",
        "file": "stories/a.story",
        "line": 4,
        "column": 6,
        "end_line": 4,
        "end_column": 10,
        "message": "A second `fate`",
        "label": "once more",
        "notes": [
            {
                "text": "It stands here first.",
                "file": "stories/a.story",
                "line": 3,
                "column": 7,
                "end_line": 3,
                "end_column": 9,
            },
            {
                "text": "Two lines\nof remark.",
                "file": None,
                "line": None,
                "column": None,
                "end_line": None,
                "end_column": None,
            },
        ],
        "repair": "take one out",
        "allowed": None,
    }
    assert second == to_dict(NOWHERE)
    assert second["line"] is None


def test_sarif() -> None:
    log = json.loads(as_sarif([CLAUSE, NOWHERE, ALLOWED, CLAUSE], version="1.2"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("intrigue", "1.2")
    assert [rule["id"] for rule in driver["rules"]] == [
        "duplicate-clause",
        "file-not-found",
        "unmotivated-event",
    ]
    assert driver["rules"][0]["shortDescription"]["text"] == "A second …"
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    clause, nowhere, allowed, _ = run["results"]
    location = clause["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "stories/a.story"
    assert location["region"] == {"startLine": 4, "startColumn": 6, "endLine": 4, "endColumn": 10}
    assert clause["level"] == "error"
    assert len(clause["relatedLocations"]) == 1
    assert "locations" not in nowhere
    assert allowed["suppressions"] == [{"kind": "inSource", "justification": "it is the premise"}]


def test_github() -> None:
    first, second, third = as_github([CLAUSE, ADVICE, ALLOWED, NOWHERE]).splitlines()
    assert first.startswith(
        "::error file=stories/a.story,line=4,col=6,title=duplicate-clause,endLine=4,endColumn=10::"
        "A second `fate`%0Aonce more%0A"
    )
    assert second.startswith("::notice file=stories/a.story,line=1,col=1,")
    assert third == "::error title=file-not-found::There is no file b, 100%25.story"


def test_a_headline_fills_its_blanks_and_shows_what_is_missing() -> None:
    assert headline(Diagnostic("unknown-clause", None, {"word": "{what}"})) == (
        "`{what}` is not a clause of ?"
    )


def test_a_headline_is_a_line() -> None:
    said = headline(Diagnostic("unknown-clause", None, {"word": "x" * 5000, "what": "it"}))
    assert said == f"`{'x' * 159}…` is not a clause of it"


def test_places() -> None:
    found = place(Span(SOURCE, 0, len(SOURCE.text)))
    assert (found.line, found.column, found.end_line, found.end_column) == (1, 1, 6, 1)

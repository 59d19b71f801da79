"""Texts with mistakes: the comment `# ! code` stands on every line on which one must be found, and no other may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from intrigue.diagnostics.diagnostic import Source
from intrigue.diagnostics.render import text as rendered
from intrigue.language.parse import parse
from intrigue.world import check
from language.texts import expected, line_of, mistakes

TEXTS = {
    "sections": """\
casts                            # ! unknown-section
  Kit: person
story s
story t                          # ! duplicate-title
include                          # ! missing-name
source a.txt
source b.txt                     # ! duplicate-clause
facts here                       # ! unexpected-token
  brave(person                   # ! unclosed-bracket
scene                            # ! missing-name
  Kit waits.
allow                            # ! empty-clause
allow idle                       # ! missing-reason
allow idle:                      # ! missing-reason
= 3                              # ! unknown-section
""",
    "indentation": """\
story s
cast
    Kit: person
  Wah: person                    # ! bad-indentation
      aka Little Wah
scene A
  ...
    Kit waits.                   # ! bad-indentation
  Kit waits.
    Kit leaves.                  # ! unknown-clause
  because Kit: Kit leaves        # ! misplaced-clause
action wait(p: person)
  "{p} waits"
  needs awake(p)
    makes tired(p)               # ! bad-indentation
  fate
""",
    "every line of a section on its own": """\
story s
kinds
  cop person
  health = fit < hurt | dead     # ! unexpected-token
  gun = : weapon                 # ! unexpected-token
facts
  (p: person)                    # ! unexpected-token
  brave(p: person: person)       # ! unexpected-token
  awake(person                   # ! unclosed-bracket
  money(p: person): number == 3  # ! unexpected-token
  loves(p: person) seen to p     # ! unexpected-token
  holder(person or place)        # ! unexpected-token
  likes(p: person) "{}"          # ! bad-pattern
define
  able(p: person) brave(p)       # ! unexpected-token
  able(p: person) =              # ! unexpected-token
wants
  Kit alive(Kit)                 # ! unexpected-token
  Kit: alive(Kit) y5             # ! unexpected-token
  Kit:                           # ! unexpected-token
  Kit: alive(Kit) x5 x6          # ! unexpected-token
cast
  Kit                            # ! unexpected-token
  Bonnie and Clyde: person       # ! unexpected-token
  Wah: at the church             # ! missing-kind
  Li: person, group of           # a kind called so, for all the parser knows
  Lam: person at = (             # ! unexpected-token
start
  a(Kit) = = b                   # ! unexpected-token
  secret a(Kit) = b              # ! unexpected-token
  Kit knows a(Kit)               # ! unexpected-token
  a(Kit) = b, c(Kit)             # ! unexpected-token
ending happy                     # ! unexpected-token
scene A
  expect = 3                     # ! unexpected-token
  expect                         # ! empty-clause
  expect possible:               # ! empty-clause
  expect Kit would               # ! empty-clause
  Kit waits. [0]                 # ! bad-citation
  Kit waits. [2, x]              # ! bad-citation
  Kit waits. [9-3]               # ! bad-citation
  Kit waits. [1-9999999]         # ! bad-citation
    because                      # ! unexpected-token
    because Kit                  # ! unexpected-token
    because Kit:                 # ! empty-clause
    becuase Kit: Kit waits       # ! unknown-clause
""",
    "every clause of an action on its own": """\
story s
action wait(p: person) quickly   # ! unexpected-token
  "{p waits"                     # ! bad-pattern
  "{p} waits                     # ! unclosed-quote
  ""                             # ! bad-pattern
  "{p} waits", p                 # ! unexpected-token
  needs                          # ! empty-clause
  needs a(p) =, = b(p), c(p))    # ! unexpected-token, unexpected-token, unopened-bracket
  neds a(p)                      # ! unknown-clause
  makes a(p)
  makes b(p)                     # ! duplicate-clause
  when a(p)                      # ! misplaced-clause
  will p
  fate                           # ! duplicate-clause
  seen anyone                    # ! unexpected-token
  seen by                        # ! unexpected-token
  seen as wait                   # ! unexpected-token
  heard by anyone                # ! unexpected-token
  takes five minutes             # ! unexpected-token
  takes 5 lightyears             # ! duplicate-clause
  journey 5                      # ! unexpected-token
  or else                        # ! unexpected-token
    will p                       # ! misplaced-clause
    fate                         # ! misplaced-clause
action                           # ! unexpected-token
trigger tick(p: person)          # ! missing-clause, missing-clause
infer tock(p: person)            # ! missing-clause
  when a(p)
  will p                         # ! misplaced-clause
""",
    "a comma too many does not swallow the next clause": """\
story s
action wait(p: person)
  "{p} waits"
  needs awake(p),
  makes tired(p), = 3,           # ! unexpected-token
  will p,
  heard by anyone: a(p),
  takes 5 minutes
trigger tick(p: person)
  when a(p                       # ! unclosed-bracket
  makes b(p)
  makes c(p)                     # ! duplicate-clause
scene A
  Kit waits,
  expect awake(Kit),
  Kit waits.
""",
    "signs from elsewhere": """\
story s
define
  a(p: person) = b(p) & c(p)     # ! unexpected-character
  a(p: person) = b（p）           # ! unexpected-character
  a(p: person) = b(p) – 3        # ! unexpected-character
  a(p: person) = [b(p)] and c    # ! unexpected-character
  a(p: person) = @               # ! unexpected-character
""",
}


@pytest.mark.parametrize("title", TEXTS)
def test_all_mistakes_are_found(title: str) -> None:
    text = TEXTS[title]
    assert sorted(mistakes(text)) == sorted(expected(text))


@pytest.mark.parametrize(
    "section", ["cast", "start", "scene A", "source a.txt", "ending a: b", "allow idle: why"]
)
def test_a_world_has_no(section: str) -> None:
    assert mistakes(f"world w\n{section}\n") == [(2, "misplaced-section")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["empty-file"]),
        ("\n# nothing\n   \n", ["empty-file"]),
        ("   ", ["empty-file"]),
        ("\ufeffstory s", ["unknown-section", "missing-title"]),
        ("  story s", ["missing-title", "bad-indentation"]),
        ("story s", ["no-scenes"]),
        ("story s\nscene A", []),
        ("story s\r\nscene A\r\n\tKit waits.\r\n", []),
        ("\n" * 1000 + "story s\nscene A\n", []),
        ("story s\ncast\n" + "".join(" " * n + "a: person\n" for n in range(1, 60)), None),
        ("story s\nscene A\n  " + "x " * 50_000, []),
        ("story s\ncast\n  " + "x, " * 20_000 + "y: person\nscene A", []),
    ],
)
def test_odd_files(text: str, codes: list[str] | None) -> None:
    found = [code for _, code in mistakes(text)]
    if codes is None:
        assert set(found) == {"nested-too-deep", "unexpected-token"}
    else:
        assert found == codes


def test_a_mistake_is_shown_where_it_is() -> None:
    source = Source(Path("x.story"), TEXTS["signs from elsewhere"])
    _, found = parse(source)
    assert (
        rendered(found[0])
        == """\
error[unexpected-character]: `&` means nothing here
 --> x.story:3:23
  |
3 |   a(p: person) = b(p) & c(p)     # ! unexpected-character
  |                       ^ means nothing here
  = repair: write `and`"""
    )


def test_what_is_unread_is_not_missed_again() -> None:
    text = """\
story s
facts
  brave(person
  tired(person)
cast
  Kit person
  Wah: person
action wait(p: person)
  {p} waits
  needs brave(p), tired(p), lonely(p)
  fate
start
  brave(Kit)
  happy(Wah)
scene A
  Kit waits.
"""
    file, found = parse(Source(Path("x.story"), text))
    _, more = check([file])
    assert [line_of(each) for each in found] == [3, 6, 9]
    assert [(line_of(each), each.blanks["name"]) for each in more] == [
        (10, "lonely"),
        (14, "happy"),
    ]


def test_repairs() -> None:
    text = """\
story s
cast
  "The Cook" and the Thief: person
  What is Left: person
  Who knows Wah: person
action wait(p: person)
  wills p
  needs a(p) b(p)
facts
  a(p: person) = b with c
scenes
"""
    _, found = parse(Source(Path("x.story"), text))
    assert [each.repair for each in found] == [
        "put a name that holds `and` in double quotes, or use a comma between two names",
        "write `What: KIND`, or put a name that holds the word `is` in double quotes",
        "put a name that holds the word `knows` in double quotes",
        "write `will`",
        "put a comma before it",
        "a name that holds the word `with` goes in double quotes",
        "write `scene`",
    ]


def test_a_control_character_is_no_part_of_a_name() -> None:
    source = Source(Path("x.story"), "story S\nscene A day\n  Ah\x00Jong sleeps.\n")
    _, found = parse(source)
    assert [(each.code, each.blanks) for each in found] == [
        ("unexpected-character", {"character": "U+0000"})
    ]

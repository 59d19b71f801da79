"""The formatter: examples before and after, and what it must never do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intrigue.diagnostics.diagnostic import Source
from intrigue.language.format import Unformattable, format
from intrigue.language.parse import parse
from language.generate import stories
from language.texts import bare

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*ROOT.glob("worlds/*.world"), *ROOT.glob("stories/*.story")])

BEFORE = """\


# top
story   The  Killer
in heroic bloodshed
kinds
    gun: weapon
    # a comment
    cop,gangster :person
    health = fit<wounded  < dead   # trailing
# on facts
facts
    where(person):place                visible to anyone at where(person) "{person} is at {value}"
    brave(p: person) "{p} is brave" , "{p} fears nothing"
    alarm():yes / no = no


    money(p:person):number=-5
action shoot(shooter: person,
    victim: person)
      "{shooter} shoots  {victim}"
      needs able ( shooter ) , - money(p)-3<2, x in(a,b), secretly (a or b)
        where(shooter) = where(victim), shooter ≠ victim
      # on effects
      makes
        if armed(victim):
          danger(shooter) = yes
        else: f(x) = if a then b else c
      fate
cast
      Ah Jong: gangster,at the nightclub      [1]
        aka the assassin, 阿莊 [ 2–3 ,4 ]
      李鷹: gangster [5]
      # end of cast
scene The nightclub [1]
      Ah Jong   shoots Lam with the pistol.                      [1]
        because Ah Jong: Ah Jong reports to Wong Hoi;   Wong Hoi pays Ah Jong # why
      expect blinded_by( Jennie )=Ah Jong,Jennie does not know blinded_by(Jennie)
      expect Jennie would not   Jennie forgives Ah Jong
      ...
      # last"""

AFTER = """\
# top
story The Killer
in heroic bloodshed

kinds
  gun: weapon
  # a comment
  cop, gangster: person
  health = fit < wounded < dead  # trailing

# on facts
facts
  where(person): place  visible to anyone at where(person)  "{person} is at {value}"
  brave(p: person)      "{p} is brave", "{p} fears nothing"
  alarm(): yes/no = no

  money(p: person): number = -5

action shoot(shooter: person,
    victim: person)
  "{shooter} shoots  {victim}"
  needs able(shooter), -money(p) - 3 < 2, x in (a, b), secretly (a or b)
    where(shooter) = where(victim), shooter != victim
  # on effects
  makes
    if armed(victim):
      danger(shooter) = yes
    else: f(x) = if a then b else c
  fate

cast
  Ah Jong: gangster, at the nightclub  [1]
    aka the assassin, 阿莊             [2-3, 4]
  李鷹: gangster                       [5]
  # end of cast

scene The nightclub                    [1]
  Ah Jong shoots Lam with the pistol.  [1]
    because Ah Jong: Ah Jong reports to Wong Hoi; Wong Hoi pays Ah Jong  # why
  expect blinded_by(Jennie) = Ah Jong, Jennie does not know blinded_by(Jennie)
  expect Jennie would not Jennie forgives Ah Jong
  ...
  # last
"""


def laid_out(text: str) -> str:
    return format(Source(Path("x.story"), text))


def tree(text: str) -> object:
    return bare(parse(Source(Path("x.story"), text))[0])


def check(text: str) -> None:
    """Formatting twice is formatting once, and means the same."""
    once = laid_out(text)
    assert laid_out(once) == once
    assert tree(once) == tree(text)
    assert words(once) == words(text)


def words(text: str) -> str:
    """Everything but white space and what the formatter may respell."""
    return (
        "".join(text.split())
        .replace("≠", "!=")
        .replace("≤", "<=")
        .replace("≥", ">=")
        .replace("–", "-")
    )


def test_before_and_after() -> None:
    assert laid_out(BEFORE) == AFTER
    check(BEFORE)


@pytest.mark.parametrize("text", ["story s\ncast\n  Kit person\n", "", "cast\n  Kit: person\n"])
def test_a_file_with_mistakes_is_refused(text: str) -> None:
    with pytest.raises(Unformattable) as refused:
        laid_out(text)
    assert refused.value.diagnostics


def test_comments_and_citations_that_stand_alone() -> None:
    text = "story s\nscene A\n    # one\n  Kit waits.\n    [3]   # two\n# three\n"
    assert (
        laid_out(text) == "story s\n\nscene A\n  # one\n  Kit waits.\n      [3]  # two\n# three\n"
    )
    check(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_files(path: Path) -> None:
    check(path.read_text(encoding="utf-8"))


@settings(deadline=None, max_examples=150)
@given(stories())
def test_generated_files(text: str) -> None:
    check(text)


@settings(deadline=None, max_examples=150)
@given(stories(), st.data())
def test_layout_does_not_matter(text: str, data: st.DataObject) -> None:
    """Spread out with spaces, blank lines and comments, a file is still laid out and read the same."""
    spread = []
    for line in text.split("\n"):
        gap = data.draw(st.sampled_from(["", "\n", "\n\n", "# a remark\n", "\n  # a remark\n"]))
        tail = data.draw(st.sampled_from(["", " ", "  # a remark"]))
        spread.append(gap + line + (tail if line else ""))
    check("\n".join(spread))
    assert tree("\n".join(spread)) == tree(text)

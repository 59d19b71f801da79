"""What is needed after all, and what need no longer be told, is not complained of."""

from __future__ import annotations

from pathlib import Path

import intrigue

RULES = """story The Ring

kinds
  health = fit < dead

facts
  where(person): place          visible to anyone at where(person)
  holder(thing): person         visible to anyone
  health(p: person): health     visible to anyone
  rich(person)

action lie(a: person, b: person, c: claim)
  "{a} lies to {b} that {c}"
  needs a != b
  makes a tells b c
  will a

action sell(a: person, t: thing)
  "{a} sells {t}"
  needs holder(t) = a
  makes holder(t) = nobody, rich(a)
  will a

action kill(a: person, b: person)
  "{a} kills {b}"
  makes health(b) = dead
  will a

wants
  Kit: where(Wah) = the harbour
  Kit: health(Wah) = dead
  Wah: rich(Wah)

cast
  Kit: person, at the inn
  Wah: person, at the inn
  the inn, the harbour, the bridge, the church: place
  the ring: thing, holder = Wah
"""


def advice(folder: Path, rest: str) -> list[tuple[str, str]]:
    path = folder / "the_ring.story"
    path.write_text(RULES + rest)
    found = intrigue.load(path).check().diagnostics
    return [(d.code, d.blanks.get("name") or d.blanks.get("person") or "") for d in found]


def test_what_a_lie_is_about_is_used(tmp_path: Path) -> None:
    found = advice(tmp_path, "\nscene One\n  Kit lies to Wah (where(Kit) = the harbour).\n")
    assert ("never-used", "the harbour") not in found
    assert ("never-used", "the bridge") in found


def test_what_somebody_wrongly_believes_at_the_start_is_used(tmp_path: Path) -> None:
    start = "\nstart\n  secret where(Kit) = the inn known to Kit; others believe the church\n"
    found = advice(tmp_path, start + "\nscene One\n  Kit kills Wah.\n")
    assert ("never-used", "the church") not in found
    assert ("never-used", "the bridge") in found


def test_what_somebody_plans_with_and_what_any_of_a_kind_is_needed_for_is_used(
    tmp_path: Path,
) -> None:
    rules = """
action stab(a: person, b: person)
  "{a} stabs {b}"
  needs any t: thing where holder(t) = a
  makes health(b) = dead
  will a

action flee(a: person, to: place)
  "{a} flees to {to}"
  makes where(a) = to
  will a

wants
  Wah: where(Wah) = the bridge while health(Kit) = dead

scene One
  Wah stabs Kit.
    because Wah: Wah flees to the bridge
"""
    found = advice(tmp_path, rules)
    assert ("never-used", "the ring") not in found, "without it Wah could not stab"
    assert ("never-used", "the bridge") not in found, "it is where Wah means to go"
    assert ("never-used", "the church") in found


def test_the_wants_of_the_dead_are_let_go(tmp_path: Path) -> None:
    alive = advice(tmp_path, "\nscene One\n  Kit lies to Wah (rich(Kit)).\n")
    assert ("want-unresolved", "Wah") in alive
    dead = advice(tmp_path, "\nscene One\n  Kit kills Wah.\n")
    assert ("want-unresolved", "Wah") not in dead


def test_a_want_whose_time_is_over_is_let_go(tmp_path: Path) -> None:
    told = "\nscene One\n  Kit lies to Wah (rich(Kit)).\n"
    hungry = "\nwants\n  Wah: rich(Wah) while where(Wah) = the inn\n"
    sated = "\nwants\n  Wah: rich(Wah) while where(Wah) = the church\n"
    assert advice(tmp_path, hungry + told).count(("want-unresolved", "Wah")) == 2
    assert advice(tmp_path, sated + told).count(("want-unresolved", "Wah")) == 1


def test_a_secret_that_is_no_longer_so_need_not_come_out(tmp_path: Path) -> None:
    start = "\nstart\n  secret rich(Kit) known to Kit\n"
    kept = advice(tmp_path, start + "\nscene One\n  Kit kills Wah.\n")
    assert "secret-never-revealed" in [code for code, _ in kept]
    ruined = (
        start
        + """
action gamble(a: person)
  "{a} gambles"
  makes not rich(a)
  will a
  seen by a

scene One
  Kit gambles.
"""
    )
    assert "secret-never-revealed" not in [code for code, _ in advice(tmp_path, ruined)]


LADDER = """story The Ladder

facts
  where(person): place  visible to anyone
  rungs(p: person): number

action climb(p: person)
  "{p} climbs"
  needs rungs(p) < 3
  makes rungs(p) = rungs(p) + 1
  will p

action jump(p: person)
  "{p} jumps"
  makes rungs(p) = TOP
  will p

action go(p: person, to: place)
  "{p} goes to {to}"
  needs where(p) != to
  makes where(p) = to
  will p

wants
  Kit: rungs(Kit) = 3
  Kit: where(Kit) = the garden

cast
  Kit: person, at the house
  the house, the garden: place

scene One
  Kit climbs.
"""


def test_another_way_to_something_else_is_no_shortcut(tmp_path: Path) -> None:
    """The garden is worth as much as the top of the ladder; but that is not what Kit climbs for."""

    def codes(top: str) -> list[str]:
        path = tmp_path / "the_ladder.story"
        path.write_text(LADDER.replace("TOP", top))
        return [d.code for d in intrigue.load(path).check().diagnostics]

    assert "why-not-simply" not in codes("0")
    assert "why-not-simply" in codes("3")

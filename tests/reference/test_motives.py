"""Sections 5, 7 and 8 of `docs/semantics.md` by example: wants, motives, and what nobody meant."""

from __future__ import annotations

from collections.abc import Callable

from .sketch import Sketch
from .story import Story
from .world import Json

Tell = Callable[[Sketch], Story]


def sketch() -> Sketch:
    """Bob has the box, Ann the key to it. Everybody sees everything."""
    new = Sketch(person="Ann Bob Cas", place="hall yard shed", thing="key box")
    new.fact("where", "person", "place", "hall")
    new.fact("holder", "thing", "person")
    new.fact("open", "thing")
    new.fact("happy", "person")
    new.fact("bound", "person")
    new.fact("money", "person", "number")
    new.fact("killer", "", "person")
    new.holds(("holder", "key"), "Ann")
    new.holds(("holder", "box"), "Bob")
    new.action(
        "give",
        "thing person person",
        needs=[("eq", ("holder", "?0"), "?1"), ("ne", "?1", "?2")],
        makes=[("set", ("holder", "?0"), "?2")],
        will=["?1", "?2"],
    )
    new.action(
        "unlock",
        "person",
        needs=[("eq", ("holder", "key"), "?0"), ("eq", ("holder", "box"), "?0")],
        makes=[("set", ("open", "box"), True)],
        will=["?0"],
    )
    new.action("smash", makes=[("set", ("open", "box"), True)], mode="fate")
    new.action("dance", "person", makes=[("set", ("happy", "?0"), True)], will=["?0"])
    return new


def travelling() -> Sketch:
    new = Sketch(person="Ann Bob Cas", place="hall yard shed")
    new.fact("where", "person", "place", "hall")
    new.fact("digger", "", "person")
    new.action(
        "go",
        "person place",
        needs=[("ne", ("where", "?0"), "?1")],
        makes=[("set", ("where", "?0"), "?1")],
        will=["?0"],
        journey=True,
    )
    return new


def has(thing: str, who: str) -> Json:
    return ("eq", ("holder", thing), who)


def test_wants_count_what_the_person_believes(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", has("box", "Ann"), 3)
    new.want("Ann", ("money", "Ann"), 2)
    new.want("Ann", ("not", ("bound", "Ann")), during=("happy", "Ann"))
    new.want("Bob", ("happy", "Bob"), 4, during=has("box", "Bob"), suffers=True)
    new.belief("Ann", ("holder", "box"), "Ann")
    new.belief("Ann", ("money", "Ann"), 5)
    new.share("Cas", "Bob", 0.5)
    story = tell(new)
    assert story.utility("Ann") == 3.0 + 10.0
    assert story.utility("Bob") == -4.0
    assert story.utility("Cas") == -2.0


def test_what_counts_for_somebody_does_not_count_for_his_friend_s_friend(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", has("key", "Ann"), 2)
    new.share("Bob", "Ann")
    new.share("Cas", "Bob")
    story = tell(new)
    assert story.utility("Bob") == 2.0
    assert story.utility("Cas") == 0.0


def test_an_open_want_is_not_fulfilled_and_a_blank_number_is_nothing(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", ("happy", "Ann"), 2, suffers=True)
    new.want("Ann", ("happy", "Bob"), 4)
    new.want("Ann", ("money", "Ann"), 8)
    for fact, who in (("happy", "Ann"), ("happy", "Bob"), ("money", "Ann")):
        new.holds((fact, who), "unknown")
    assert tell(new).utility("Ann") == -2.0


def test_a_plan_whose_parts_everybody_wants(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", ("open", "box"))
    story = tell(new)
    assert not story.motivated("Ann", "give key Ann Bob")
    new.want("Bob", ("open", "box"))
    story = tell(new)
    assert story.motivated("Ann", "give key Ann Bob")
    assert story.motivated("Bob", "give key Ann Bob")
    assert story.motivated("Ann", "give box Bob Ann")


def test_within_so_many_events(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", ("open", "box"))
    new.want("Bob", ("open", "box"))
    story = tell(new)
    assert story.motivated("Ann", "give key Ann Bob", max_events=2)
    assert not story.motivated("Ann", "give key Ann Bob", max_events=1)


def test_a_detour_is_idle(tell: Tell) -> None:
    """By way of Cas it would do as well, but one gift too many is one without a motive."""
    new = sketch()
    for who in ("Ann", "Bob", "Cas"):
        new.want(who, ("open", "box"))
    story = tell(new)
    assert story.motivated("Ann", "give key Ann Bob")
    assert not story.motivated("Ann", "give key Ann Cas")
    assert not story.motivated("Ann", "dance Ann")


def test_what_ends_better_without_an_event_has_no_use_for_it(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", has("box", "Ann"), 5)
    new.want("Ann", ("not", ("happy", "Ann")), 1)
    new.want("Bob", has("box", "Ann"))
    story = tell(new)
    assert story.motivated("Ann", "give box Bob Ann")
    assert not story.motivated("Ann", "dance Ann")


def test_nobody_plans_on_fate(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", ("and", ("open", "box"), ("happy", "Ann")))
    assert not tell(new).motivated("Ann", "dance Ann")


def test_the_first_event_s_other_participants_are_not_asked(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", has("box", "Ann"))
    story = tell(new)
    assert story.motivated("Ann", "give box Bob Ann")
    assert not story.motivated("Bob", "give box Bob Ann")
    assert story.willing("give box Bob Ann") == {"Ann", "Bob"}


def test_motives_go_by_beliefs(tell: Tell) -> None:
    """Ann thinks, wrongly, that Bob wants the box open."""
    new = sketch()
    new.want("Ann", ("open", "box"))
    new.want("Bob", ("open", "box"), during=("happy", "Bob"))
    assert not tell(new).motivated("Ann", "give key Ann Bob")
    new.belief("Ann", ("happy", "Bob"), True)
    story = tell(new)
    assert story.motivated("Ann", "give key Ann Bob")
    assert not story.motivated("Bob", "give key Ann Bob")


def test_what_is_thought_impossible_is_not_done(tell: Tell) -> None:
    new = sketch()
    new.want("Ann", has("key", "Bob"))
    new.belief("Ann", ("holder", "key"), "Cas")
    assert not tell(new).motivated("Ann", "give key Ann Bob")


def test_beyond_the_depth_of_minds_only_what_helps_at_once(tell: Tell) -> None:
    """Ann counts on Bob, who must give the box in order to get it opened: a plan within a plan."""
    new = sketch()
    new.want("Ann", ("open", "box"))
    new.want("Bob", ("open", "box"))
    story = tell(new)
    assert story.motivated("Ann", "give box Bob Ann", max_minds=1)
    new = sketch()
    new.holds(("bound", "Bob"), True)
    new.action("free", makes=[("set", ("bound", "Bob"), False)], will=["Ann"])
    new.action(
        "hand",
        needs=[("not", ("bound", "Bob")), has("box", "Bob")],
        makes=[("set", ("holder", "box"), "Ann")],
        will=["Bob"],
    )
    new.want("Ann", ("open", "box"))
    new.want("Bob", ("open", "box"))
    story = tell(new)
    assert story.motivated("Ann", "free", max_events=3, max_minds=2)
    assert not story.motivated("Ann", "free", max_events=3, max_minds=1)


def test_journeys_do_not_count(tell: Tell) -> None:
    new = travelling()
    new.action(
        "dig",
        needs=[("eq", ("where", "Ann"), "shed")],
        makes=[("set", ("digger",), "Ann")],
        will=["Ann"],
    )
    new.want("Ann", ("eq", ("digger",), "Ann"))
    story = tell(new)
    assert story.motivated("Ann", "go Ann shed", max_events=1)
    assert not story.motivated("Ann", "go Ann yard", max_events=1)


def test_no_two_journeys_in_a_row(tell: Tell) -> None:
    new = travelling()
    new.action(
        "climb",
        "person",
        needs=[("eq", ("where", "?0"), "yard")],
        makes=[("set", ("where", "?0"), "shed")],
        will=["?0"],
        journey=True,
    )
    new.want("Ann", ("eq", ("where", "Ann"), "shed"))
    story = tell(new)
    assert story.motivated("Ann", "go Ann shed", max_events=1)
    assert not story.motivated("Ann", "go Ann yard", max_events=1)


def test_what_one_wants_to_know_one_finds_out_in_imagination(tell: Tell) -> None:
    new = sketch()
    new.action("ask", "person person", makes=[("learn", "?0", ("killer",), "?1")], will=["?0"])
    new.action("study", "person", makes=[("learn", "?0", ("killer",))], will=["?0"])
    new.action("read", makes=[("show", ("killer",))], will=["Cas"])
    new.secret(("killer",), "Cas", known="Cas")
    new.want("Ann", ("known", ("killer",)))
    story = tell(new)
    assert story.motivated("Ann", "ask Ann Bob")
    assert story.motivated("Ann", "study Ann")
    assert not story.motivated("Ann", "study Bob")
    assert not story.motivated("Ann", "dance Ann")
    assert not story.motivated("Cas", "study Cas")
    story.happens("ask Ann Bob")
    assert story.utility("Ann") == 0.0
    story.happens("ask Ann Cas")
    assert story.utility("Ann") == 1.0


def test_in_imagination_one_sees_what_one_imagines(tell: Tell) -> None:
    """What nobody sees, who plans it knows."""
    new = sketch()
    new.action("poison", makes=[("set", ("bound", "Bob"), True)], will=["Ann"], sees=[])
    new.want("Ann", ("bound", "Bob"))
    story = tell(new)
    assert story.motivated("Ann", "poison")
    assert story.happens("poison").utility("Ann") == 0.0


def test_an_outcome_that_nobody_meant_is_willed_for_what_was_meant(tell: Tell) -> None:
    new = sketch()
    new.action("shoot", "person", makes=[("set", ("bound", "?0"), True)], will=["Ann"])
    new.action(
        "miss",
        "person person",
        makes=[("set", ("bound", "?1"), True)],
        will=["Ann"],
        meant="shoot",
    )
    new.want("Ann", ("bound", "Bob"))
    story = tell(new)
    assert story.motivated("Ann", "miss Bob Cas")
    assert not story.motivated("Ann", "miss Cas Bob")
    assert story.happens("miss Bob Cas").ask(("bound", "Cas")) is True
    assert story.ask(("bound", "Bob")) is False


def test_nobody_plans_on_an_outcome_that_is_not_meant(tell: Tell) -> None:
    new = sketch()
    new.action("aim", makes=[("set", ("happy", "Cas"), True)], will=["Ann"])
    new.action("slip", makes=[("set", ("bound", "Bob"), True)], will=["Ann"], meant="aim")
    new.want("Ann", ("and", ("bound", "Bob"), ("happy", "Ann")))
    assert not tell(new).motivated("Ann", "dance Ann")

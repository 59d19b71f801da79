"""Sections 3 and 6 of `docs/semantics.md` by example: the start, triggers, what shows itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .settling import TriggerLoop
from .sketch import Sketch
from .story import Story

Tell = Callable[[Sketch], Story]


def sketch() -> Sketch:
    """Three persons, two places, and an act that does nothing."""
    new = Sketch(person="Ann Bob Cas", place="hall yard")
    new.fact("where", "person", "place", "hall")
    new.fact("guilty", "person")
    new.fact("sad", "person")
    new.fact("lit", "place")
    new.action("wait")
    return new


def test_what_holds_is_common_ground(tell: Tell) -> None:
    new = sketch()
    new.holds(("guilty", "Ann"), True)
    story = tell(new)
    for minds in ("", "Bob", "Bob Ann", "Bob Ann Bob Cas"):
        assert story.ask(("guilty", "Ann"), minds) is True


def test_a_secret_is_closed_over_all_chains(tell: Tell) -> None:
    new = sketch()
    new.secret(("guilty", "Ann"), True, known="Ann Bob", others=False)
    story = tell(new)
    for minds in ("", "Ann", "Bob", "Ann Bob", "Bob Ann Bob"):
        assert story.ask(("guilty", "Ann"), minds) is True
    for minds in ("Cas", "Cas Ann", "Ann Cas", "Ann Cas Ann", "Bob Ann Cas"):
        assert story.ask(("guilty", "Ann"), minds) is False


def test_what_others_do_not_know_is_unknown_to_them(tell: Tell) -> None:
    new = sketch()
    new.secret(("guilty", "Ann"), True, known="Ann")
    story = tell(new)
    assert story.ask(("guilty", "Ann"), "Bob") == "unknown"
    assert story.ask(("guilty", "Ann"), "Ann Bob") == "unknown"
    assert story.ask(("guilty", "Ann"), "Bob Ann") == "unknown"


def test_a_belief_is_taken_for_common_ground_by_who_holds_it(tell: Tell) -> None:
    new = sketch()
    new.belief("Ann", ("guilty", "Bob"), True)
    story = tell(new)
    for minds in ("Ann", "Ann Bob", "Ann Cas Bob"):
        assert story.ask(("guilty", "Bob"), minds) is True
    for minds in ("", "Bob", "Bob Ann", "Cas Ann"):
        assert story.ask(("guilty", "Bob"), minds) is False


def test_a_belief_about_a_belief(tell: Tell) -> None:
    new = sketch()
    new.belief("Ann Bob", ("guilty", "Cas"), True)
    story = tell(new)
    for minds in ("Ann Bob", "Ann Bob Cas", "Ann Bob Ann"):
        assert story.ask(("guilty", "Cas"), minds) is True
    for minds in ("Ann", "Bob", "Ann Cas", "Ann Cas Bob"):
        assert story.ask(("guilty", "Cas"), minds) is False


def test_the_own_beliefs_are_what_one_believes(tell: Tell) -> None:
    new = sketch()
    new.belief("Ann Ann", ("guilty", "Bob"), True)
    story = tell(new)
    assert story.ask(("guilty", "Bob"), "Ann") is True
    assert story.ask(("guilty", "Bob"), "Ann Ann") is True


def test_later_lines_win(tell: Tell) -> None:
    new = sketch()
    new.belief("Ann", ("guilty", "Bob"), True)
    new.holds(("guilty", "Bob"), False)
    assert tell(new).ask(("guilty", "Bob"), "Ann") is False


def test_a_line_reads_the_truth_so_far(tell: Tell) -> None:
    new = sketch()
    new.holds(("where", "Bob"), "yard")
    new.belief("Ann", ("lit", ("where", "Bob")), True)
    new.belief("Ann", ("where", "Cas"), ("where", "Bob"))
    story = tell(new)
    assert story.ask(("lit", "yard"), "Ann") is True
    assert story.ask(("where", "Cas"), "Ann") == "yard"


def test_triggers_run_in_every_mind_on_what_it_holds(tell: Tell) -> None:
    new = sketch()
    new.trigger(
        "grief",
        "person",
        when=("and", ("guilty", "?0"), ("not", ("sad", "?0"))),
        makes=[("set", ("sad", "?0"), True)],
    )
    new.belief("Ann", ("guilty", "Bob"), True)
    story = tell(new)
    assert story.ask(("sad", "Bob")) is False
    assert story.ask(("sad", "Bob"), "Ann") is True
    assert story.ask(("sad", "Bob"), "Ann Bob") is True
    assert story.ask(("sad", "Bob"), "Bob Ann") is False


def test_inferences_run_in_minds_only(tell: Tell) -> None:
    new = sketch()
    new.trigger(
        "suspicion", when=("guilty", "Bob"), makes=[("set", ("sad", "Bob"), True)], infer=True
    )
    new.holds(("guilty", "Bob"), True)
    story = tell(new)
    assert story.ask(("sad", "Bob")) is False
    assert story.ask(("sad", "Bob"), "Bob") is True


def test_the_first_trigger_fires_first(tell: Tell) -> None:
    new = sketch()
    calm = ("not", ("sad", "Ann"))
    for name, place in (("first", "hall"), ("second", "yard")):
        new.trigger(
            name,
            when=("and", calm, ("guilty", "Ann")),
            makes=[("set", ("lit", place), True), ("set", ("sad", "Ann"), True)],
        )
    new.holds(("guilty", "Ann"), True)
    story = tell(new)
    assert story.ask(("lit", "hall")) is True
    assert story.ask(("lit", "yard")) is False


def test_triggers_go_from_the_outside_in(tell: Tell) -> None:
    """What everybody learns, everybody holds to be learnt by everybody."""
    new = sketch()
    new.trigger(
        "news",
        when=("guilty", "Ann"),
        makes=[("each", "person", True, [("learn", "?0", ("guilty", "Ann"))])],
    )
    new.secret(("guilty", "Ann"), True, known="", others=False)
    story = tell(new)
    for minds in ("Bob", "Bob Ann", "Bob Cas Ann Bob"):
        assert story.ask(("guilty", "Ann"), minds) is True


def test_triggers_that_never_rest_are_an_error(tell: Tell) -> None:
    new = sketch()
    new.trigger("on", when=("not", ("sad", "Ann")), makes=[("set", ("sad", "Ann"), True)])
    new.trigger("off", when=("sad", "Ann"), makes=[("set", ("sad", "Ann"), False)])
    with pytest.raises(Exception) as caught:
        tell(new)
    assert type(caught.value).__name__ in (TriggerLoop.__name__, "TriggerLoopError")


def seeing(new: Sketch) -> Sketch:
    """Whoever is in the same place sees where somebody is."""
    new.visible("where", ("eq", ("where", "?1"), ("where", "?0")))
    return new


def test_what_is_visible_shows_itself(tell: Tell) -> None:
    new = seeing(sketch())
    new.belief("Ann", ("where", "Bob"), "yard")
    story = tell(new)
    for minds in ("Ann", "Ann Bob", "Ann Cas Ann Bob", "Cas Ann"):
        assert story.ask(("where", "Bob"), minds) == "hall"


def test_absence_is_noticed(tell: Tell) -> None:
    """Ann thinks that Bob is here with her, and he is not."""
    new = seeing(sketch())
    new.holds(("where", "Bob"), "yard")
    new.belief("Ann", ("where", "Bob"), "hall")
    story = tell(new)
    assert story.ask(("where", "Bob"), "Ann") == "unknown"
    assert story.ask(("where", "Bob"), "Cas") == "yard"


def test_first_somebody_sees_where_she_is_herself(tell: Tell) -> None:
    """Cas is in the yard and takes himself to be in the hall, with the others: who is not there he has not missed by seeing so, though the
    others were declared before him."""
    new = seeing(sketch())
    new.holds(("where", "Cas"), "yard")
    new.belief("Cas", ("where", "Cas"), "hall")
    story = tell(new)
    assert story.ask(("where", "Cas"), "Cas") == "yard"
    assert story.ask(("where", "Ann"), "Cas") == "hall"
    assert story.ask(("where", "Bob"), "Cas") == "hall"


def test_a_wrong_belief_out_of_sight_stays(tell: Tell) -> None:
    new = seeing(sketch())
    new.fact("mood", "person", "number")
    new.visible("mood", ("eq", ("where", "?1"), ("where", "?0")))
    new.holds(("where", "Bob"), "yard")
    new.belief("Ann", ("mood", "Bob"), 3)
    story = tell(new)
    assert story.ask(("mood", "Bob"), "Ann") == 3.0
    assert story.ask(("mood", "Bob"), "Bob") == 0.0


def test_seeing_is_in_order_of_declaration(tell: Tell) -> None:
    """Ann learns where Bob is, and with that she takes what she thought of his mood to be wrong."""
    new = seeing(sketch())
    new.fact("mood", "person", "number")
    new.visible("mood", ("and", ("sad", "Bob"), ("eq", ("where", "Bob"), "hall")))
    new.holds(("sad", "Bob"), True)
    new.secret(("sad", "Bob"), False, known="Bob", others=True)
    new.belief("Ann", ("where", "Bob"), "yard")
    new.belief("Ann", ("mood", "Bob"), 3)
    assert tell(new).ask(("mood", "Bob"), "Ann") == "unknown"


def refused(tell: Tell, new: Sketch, *events: str) -> bool:
    """Whether the story is refused because triggers never rest."""
    with pytest.raises(Exception) as caught:
        tell(new).happens(*events)
    return type(caught.value).__name__ in (TriggerLoop.__name__, "TriggerLoopError")


def test_what_shows_itself_and_what_triggers_make_of_it_are_one_rest(tell: Tell) -> None:
    """Whoever is seen to be guilty is taken to be sad, and who is sad is seen to be guilty."""
    new = sketch()
    new.visible("guilty", ("sad", "?0"))
    new.trigger("shame", "person", when=("guilty", "?0"), makes=[("set", ("sad", "?0"), True)])
    new.secret(("guilty", "Bob"), True, known="", others=False)
    story = tell(new)
    for minds in ("", "Ann", "Ann Bob", "Ann Cas Ann Bob"):
        assert story.ask(("guilty", "Bob"), minds) is True
        assert story.ask(("sad", "Bob"), minds) is True


def test_to_infer_what_one_sees_is_not_so_never_rests(tell: Tell) -> None:
    new = sketch()
    new.visible("sad", True)
    new.trigger("gloom", when=("guilty", "Ann"), makes=[("set", ("sad", "Bob"), True)], infer=True)
    new.holds(("guilty", "Ann"), True)
    assert refused(tell, new)


def test_to_be_told_what_one_sees_is_not_so_never_rests(tell: Tell) -> None:
    new = sketch()
    new.visible("guilty", True)
    new.action("slander", makes=[("set", ("sad", "Bob"), True)], sees=[])
    new.trigger(
        "gossip",
        "person",
        when=("sad", "Bob"),
        makes=[("believe", "Ann", ("guilty", "?0"), True)],
    )
    assert refused(tell, new, "slander")

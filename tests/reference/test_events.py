"""Section 4 of `docs/semantics.md` by example: what events do, who sees them, what they teach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .effects import Clash
from .sketch import Sketch
from .story import Story

Tell = Callable[[Sketch], Story]

NEAR = ("eq", ("where", "?2"), ("where", "?0"))
"""The observer of an event with two parameters is where its first one is."""


def sketch() -> Sketch:
    new = Sketch(person="Ann Bob Cas", place="hall yard", thing="gun box")
    new.fact("where", "person", "place", "hall")
    new.fact("holder", "thing", "person")
    new.fact("loaded", "thing")
    new.fact("dead", "person")
    new.fact("noise")
    new.fact("killer", "person", "person")
    new.fact("count", "", "number")
    return new


def shooting(sees: list[tuple[object, object]]) -> Sketch:
    """Ann has the gun; Cas is away."""
    new = sketch()
    new.holds(("holder", "gun"), "Ann")
    new.holds(("loaded", "gun"), True)
    new.holds(("where", "Cas"), "yard")
    new.action(
        "shoot",
        "person person",
        needs=[("eq", ("holder", "gun"), "?0")],
        hidden=[("loaded", "gun")],
        makes=[("set", ("dead", "?1"), True), ("set", ("killer", "?1"), "?0")],
        sees=sees,
    )
    return new


def test_possible_if_all_conditions_hold_hidden_ones_too(tell: Tell) -> None:
    story = tell(shooting([]))
    assert story.possible("shoot Ann Bob")
    assert not story.possible("shoot Bob Ann")
    new = shooting([])
    new.holds(("loaded", "gun"), "unknown")
    assert not tell(new).possible("shoot Ann Bob")


def test_who_sees_it_knows_and_knows_who_else_saw_it(tell: Tell) -> None:
    story = tell(shooting([(NEAR, "itself")])).happens("shoot Ann Bob")
    for minds in ("", "Ann", "Bob", "Ann Bob", "Bob Ann"):
        assert story.ask(("dead", "Bob"), minds) is True
        assert story.ask(("killer", "Bob"), minds) == "Ann"
    for minds in ("Cas", "Cas Ann", "Ann Cas", "Bob Ann Cas"):
        assert story.ask(("dead", "Bob"), minds) is False


def test_the_witness_decides_who_else_saw_it(tell: Tell) -> None:
    new = shooting([(NEAR, "itself")])
    new.belief("Bob", ("where", "Cas"), "hall")
    story = tell(new).happens("shoot Ann Bob")
    assert story.ask(("dead", "Bob"), "Bob Cas") is True
    assert story.ask(("dead", "Bob"), "Ann Cas") is False
    assert story.ask(("dead", "Bob"), "Cas") is False


def test_part_of_it(tell: Tell) -> None:
    """Cas hears the shot, and that everybody near heard it too."""
    heard = ("partly", ("set", ("noise",), True))
    story = tell(shooting([(NEAR, "itself"), (True, heard)])).happens("shoot Ann Bob")
    assert story.ask(("noise",)) is False
    assert story.ask(("noise",), "Cas") is True
    assert story.ask(("noise",), "Cas Ann") is True
    assert story.ask(("noise",), "Cas Ann Cas") is True
    assert story.ask(("noise",), "Ann Cas") is True
    assert story.ask(("noise",), "Ann") is False
    assert story.ask(("dead", "Bob"), "Cas") is False
    assert story.ask(("dead", "Bob"), "Cas Ann") is False


def test_taken_for_another_event(tell: Tell) -> None:
    new = sketch()
    new.action("kill", "person person", makes=[("set", ("dead", "?1"), True)])
    new.action(
        "pretend",
        "person person",
        needs=[("not", ("noise",))],
        makes=[("set", ("noise",), True)],
        sees=[
            (("or", ("eq", "?2", "?0"), ("eq", "?2", "?1")), "itself"),
            (True, ("other", "kill", "?0", "?1")),
        ],
    )
    story = tell(new).happens("pretend Ann Bob")
    assert story.ask(("dead", "Bob")) is False
    assert story.ask(("noise",), "Ann Bob") is True
    assert story.ask(("dead", "Bob"), "Cas") is True
    assert story.ask(("dead", "Bob"), "Cas Bob") is True
    assert story.ask(("dead", "Bob"), "Ann Cas") is True
    assert story.ask(("dead", "Bob"), "Ann Cas Bob") is True
    assert story.ask(("noise",), "Cas") is False


def test_another_event_that_does_not_exist_is_not_seen(tell: Tell) -> None:
    new = sketch()
    new.action("kill", "person person", makes=[("set", ("dead", "?1"), True)])
    new.action(
        "mime",
        makes=[("set", ("noise",), True)],
        sees=[(("eq", "?0", "Bob"), ("other", "kill", "Ann", ("holder", "gun"))), (True, "itself")],
    )
    story = tell(new).happens("mime")
    assert story.ask(("noise",), "Bob") is False
    assert story.ask(("noise",), "Ann Bob") is False
    assert story.ask(("noise",), "Ann") is True


def test_a_surprised_witness_learns_what_must_have_been_so(tell: Tell) -> None:
    new = shooting([(NEAR, "itself")])
    new.belief("Bob", ("holder", "gun"), "Cas")
    new.belief("Bob", ("loaded", "gun"), False)
    story = tell(new).happens("shoot Ann Bob")
    assert story.ask(("holder", "gun"), "Bob") == "Ann"
    assert story.ask(("holder", "gun"), "Bob Ann") == "Ann"
    assert story.ask(("holder", "gun"), "Bob Cas") == "Cas"
    assert story.ask(("loaded", "gun"), "Bob") is False


def test_surprise_goes_by_what_was_read(tell: Tell) -> None:
    """Somebody is dead: the first one who is settles it, the others are not looked at."""
    new = sketch()
    new.action("mourn", needs=[("any", "person", ("dead", "?0"))])
    new.secret(("dead", "Bob"), True, known="", others=False)
    new.secret(("dead", "Cas"), True, known="", others=False)
    new.secret(("dead", "Ann"), False, known="", others="unknown")
    story = tell(new).happens("mourn")
    assert story.ask(("dead", "Bob"), "Ann") is True
    assert story.ask(("dead", "Cas"), "Ann") is False
    assert story.ask(("dead", "Ann"), "Cas") is False


def test_surprise_about_a_mind(tell: Tell) -> None:
    new = sketch()
    new.action("boast", needs=[("believes", "Bob", ("loaded", "gun"))])
    new.belief("Bob", ("loaded", "gun"), True)
    story = tell(new).happens("boast")
    assert story.ask(("loaded", "gun"), "Ann Bob") is True
    assert story.ask(("loaded", "gun"), "Ann") is False
    assert story.ask(("loaded", "gun"), "Ann Bob Cas") is False


def test_witnesses_take_over_what_is_true(tell: Tell) -> None:
    """Cas thinks that there was one already; he sees how many there are."""
    new = sketch()
    new.action("add", makes=[("set", ("count",), ("add", ("count",), 1))])
    new.belief("Cas", ("count",), 1)
    story = tell(new).happens("add")
    assert story.ask(("count",), "Cas") == 1.0
    assert story.ask(("count",), "Ann Cas") == 1.0


def test_effects_happen_at_once(tell: Tell) -> None:
    new = sketch()
    new.holds(("dead", "Ann"), True)
    new.action(
        "swap",
        makes=[
            ("set", ("dead", "Ann"), ("dead", "Bob")),
            ("set", ("dead", "Bob"), ("dead", "Ann")),
        ],
    )
    story = tell(new).happens("swap")
    assert (story.ask(("dead", "Ann")), story.ask(("dead", "Bob"))) == (False, True)


def test_two_values_for_one_fluent_are_an_error(tell: Tell) -> None:
    new = sketch()
    new.action("split", makes=[("set", ("count",), 1), ("set", ("count",), 2)])
    story = tell(new)
    with pytest.raises(Exception) as caught:
        story.happens("split")
    assert type(caught.value).__name__ in (Clash.__name__, "EventError")


def test_the_same_value_twice_is_none(tell: Tell) -> None:
    new = sketch()
    new.action("insist", makes=[("set", ("count",), 1), ("set", ("count",), 1)])
    assert tell(new).happens("insist").ask(("count",)) == 1.0


def test_without_a_value_it_becomes_unknown(tell: Tell) -> None:
    new = sketch()
    new.action("follow", makes=[("set", ("where", "Ann"), ("where", ("holder", "gun")))])
    assert tell(new).happens("follow").ask(("where", "Ann")) == "unknown"


def test_a_copy_of_a_blank_is_equal_to_it(tell: Tell) -> None:
    new = sketch()
    new.holds(("where", "Bob"), "unknown")
    new.action("join", makes=[("set", ("where", "Ann"), ("where", "Bob"))])
    story = tell(new).happens("join")
    assert story.ask(("eq", ("where", "Ann"), ("where", "Bob"))) is True
    assert story.ask(("eq", ("where", "Ann"), ("where", "Cas"))) is None


def test_an_effect_on_nobody_does_nothing(tell: Tell) -> None:
    new = sketch()
    new.action("aim", makes=[("set", ("dead", ("holder", "gun")), True)])
    story = tell(new).happens("aim")
    assert not any(story.ask(("dead", each)) for each in ("Ann", "Bob", "Cas"))


def test_conditional_effects(tell: Tell) -> None:
    new = sketch()
    new.holds(("loaded", "box"), "unknown")
    new.holds(("dead", "Cas"), True)
    new.action(
        "try",
        makes=[
            ("when", ("loaded", "gun"), [("set", ("count",), 1)], [("set", ("count",), 2)]),
            ("when", ("loaded", "box"), [("set", ("noise",), True)], [("set", ("noise",), True)]),
            ("each", "person", ("dead", "?0"), [("set", ("where", "?0"), "yard")]),
        ],
    )
    story = tell(new).happens("try")
    assert story.ask(("count",)) == 2.0
    assert story.ask(("noise",)) is False
    assert [story.ask(("where", each)) for each in ("Ann", "Cas")] == ["hall", "yard"]


def test_showing(tell: Tell) -> None:
    new = sketch()
    new.secret(("loaded", "gun"), True, known="Ann")
    new.action("show", makes=[("show", ("loaded", "gun"))], sees=[(("ne", "?0", "Cas"), "itself")])
    story = tell(new).happens("show")
    assert story.ask(("loaded", "gun"), "Bob") is True
    assert story.ask(("loaded", "gun"), "Ann Bob Ann") is True
    assert story.ask(("loaded", "gun"), "Cas") == "unknown"
    assert story.ask(("loaded", "gun"), "Bob Cas") == "unknown"


def test_what_is_set_and_shown_is_shown_as_set(tell: Tell) -> None:
    new = sketch()
    new.action("load", makes=[("show", ("loaded", "gun")), ("set", ("loaded", "gun"), True)])
    assert tell(new).happens("load").ask(("loaded", "gun"), "Bob") is True


def test_sharing_is_common_ground_at_once(tell: Tell) -> None:
    new = sketch()
    new.secret(("loaded", "gun"), True, known="Ann")
    new.action("agree", makes=[("share", "Ann Bob", ("loaded", "gun"))], sees=[])
    story = tell(new).happens("agree")
    for minds in ("Ann", "Bob", "Ann Bob", "Bob Ann", "Bob Ann Bob"):
        assert story.ask(("loaded", "gun"), minds) is True
    for minds in ("Cas", "Bob Cas", "Cas Ann"):
        assert story.ask(("loaded", "gun"), minds) == "unknown"


def test_a_liar_keeps_what_he_believes(tell: Tell) -> None:
    """Ann tells Bob that the gun is loaded; it is not, and she knows."""
    new = sketch()
    new.action(
        "lie",
        makes=[("tell", "Ann", "Bob", ("loaded", "gun"), True)],
        sees=[(("ne", "?0", "Cas"), "itself")],
    )
    story = tell(new).happens("lie")
    assert story.ask(("loaded", "gun"), "Bob") is True
    assert story.ask(("loaded", "gun"), "Bob Ann") is True
    assert story.ask(("loaded", "gun"), "Ann") is False
    assert story.ask(("loaded", "gun"), "Ann Bob") is True
    assert story.ask(("loaded", "gun"), "Ann Bob Ann") is True
    assert story.ask(("loaded", "gun"), "Cas Bob") is False


def test_an_unseen_lie_is_believed_but_the_liar_does_not_know(tell: Tell) -> None:
    new = sketch()
    new.action("lie", makes=[("tell", "Ann", "Bob", ("loaded", "gun"), True)], sees=[])
    story = tell(new).happens("lie")
    assert story.ask(("loaded", "gun"), "Bob Ann") is True
    assert story.ask(("loaded", "gun"), "Ann Bob") is False


def test_learning_the_truth_alone(tell: Tell) -> None:
    new = sketch()
    new.secret(("loaded", "gun"), True, known="")
    new.action("peep", "person", makes=[("learn", "?0", ("loaded", "gun"))], sees=[])
    story = tell(new).happens("peep Bob")
    assert story.ask(("loaded", "gun"), "Bob") is True
    assert story.ask(("loaded", "gun"), "Bob Ann") == "unknown"
    assert story.ask(("loaded", "gun"), "Ann Bob") == "unknown"


def test_who_sees_somebody_learn_holds_that_he_knows(tell: Tell) -> None:
    """Cas does not know what Bob has learnt, but he knows that Bob knows."""
    new = sketch()
    new.secret(("killer", "Ann"), "Cas", known="", others="unknown")
    new.action("read", makes=[("learn", "Bob", ("killer", "Ann"))])
    story = tell(new).happens("read")
    assert story.ask(("killer", "Ann"), "Bob") == "Cas"
    assert story.ask(("killer", "Ann"), "Cas") == "unknown"
    assert story.ask(("killer", "Ann"), "Cas Bob") == "answer"
    assert story.ask(("known", ("killer", "Ann")), "Cas Bob") is True
    assert story.ask(("killer", "Ann"), "Bob Cas Bob") == "answer"


def asking() -> Sketch:
    new = sketch()
    new.action("ask", "person person", makes=[("learn", "?0", ("killer", "Ann"), "?1")])
    return new


def test_asking_gets_what_the_other_believes(tell: Tell) -> None:
    new = asking()
    new.holds(("killer", "Ann"), "unknown")
    new.belief("Bob", ("killer", "Ann"), "Cas")
    story = tell(new).happens("ask Ann Bob")
    for minds in ("Ann", "Bob", "Ann Bob", "Bob Ann", "Ann Bob Ann"):
        assert story.ask(("killer", "Ann"), minds) == "Cas"
    assert story.ask(("killer", "Ann")) == "unknown"
    assert story.ask(("killer", "Ann"), "Cas Ann") == "answer"


def test_asking_who_does_not_know_teaches_nothing(tell: Tell) -> None:
    new = asking()
    new.secret(("killer", "Ann"), "Cas", known="")
    story = tell(new).happens("ask Ann Bob")
    for minds in ("Ann", "Bob", "Ann Bob", "Bob Ann"):
        assert story.ask(("killer", "Ann"), minds) == "unknown"


def test_a_changed_mind(tell: Tell) -> None:
    new = sketch()
    new.action(
        "enchant",
        makes=[
            ("believe", "Bob", ("loaded", "gun"), True),
            ("believe", "Ann Bob", ("noise",), True),
            ("find", "Cas", ("killer", "Bob"), ("holder", "gun")),
        ],
        sees=[],
    )
    new.belief("Cas", ("holder", "gun"), "Ann")
    story = tell(new).happens("enchant")
    assert story.ask(("loaded", "gun"), "Bob") is True
    assert story.ask(("loaded", "gun"), "Bob Ann") is False
    assert story.ask(("loaded", "gun"), "Ann Bob") is False
    assert story.ask(("noise",), "Ann Bob") is True
    assert story.ask(("noise",), "Ann Bob Ann") is False
    assert story.ask(("noise",), "Ann") is False
    assert story.ask(("killer", "Bob"), "Cas") == "Ann"


def test_mental_effects_win_over_what_is_seen(tell: Tell) -> None:
    new = sketch()
    new.action(
        "drug",
        makes=[("believe", "Bob", ("noise",), False), ("set", ("noise",), True)],
    )
    story = tell(new).happens("drug")
    assert story.ask(("noise",), "Ann") is True
    assert story.ask(("noise",), "Bob") is False
    assert story.ask(("noise",), "Ann Bob") is False

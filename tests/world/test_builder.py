"""A world made in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import intrigue
from intrigue.world.builder import Outcome, WorldBuilder
from intrigue.world.load import WorldError
from intrigue.world.sentences import match, tell


def duel() -> WorldBuilder:
    """Two persons, a bridge and a pistol."""
    builder = (
        WorldBuilder("The Duel")
        .kind("gun", "thing")
        .values("health", "dead", "wounded", "fit")
        .fact("where(person): place", visible="anyone at where(person)")
        .fact("holder(thing): person or place", visible="anyone at where(holder(thing))")
        .fact("health(p: person): health = fit", visible="anyone at where(p)")
        .define("able(p: person)", "health(p) > dead")
        .action(
            "shoot(shooter: person, victim: person, gun: gun)",
            "{shooter} shoots {victim}",
            "{shooter} shoots {victim} with {gun}",
            needs=["able(shooter), holder(gun) = shooter", "where(shooter) = where(victim)"],
            makes="health(victim) = dead",
            will="shooter",
            seen="seen by anyone at where(victim)",
            takes="1 minute",
            outcomes=[
                Outcome(
                    "miss", "{shooter} shoots at {victim} and misses", makes="health(victim) = fit"
                )
            ],
        )
        .cast("the bridge: place")
        .cast("the pistol: gun, holder = Kit", aka="the old Colt")
        .ending("the end", "health(Ann) = dead")
        .scene("Dawn", ["Kit shoots Ann with the old Colt.", "expect health(Ann) = dead"])
    )
    for name, rival in (("Kit", "Ann"), ("Ann", "Kit")):
        builder.cast(f"{name}: person, at the bridge").want(f"{name}: health({rival}) = dead x2")
    return builder


def test_a_world_is_built_in_python() -> None:
    world = duel().build()
    assert world.title == "The Duel"
    assert [world.atoms[person].name for person in world.persons] == ["Kit", "Ann"]
    assert [action.name for action in world.actions] == ["shoot", "shoot or else miss"]
    assert world.actions[1].meant == 0
    assert [want.weight for want in world.wants] == [2.0, 2.0]


def test_its_sentences_are_understood() -> None:
    world = duel().build()
    (reading,) = match(world, "Kit shoots at Ann and misses")
    assert tell(world, *reading) == "Kit shoots at Ann and misses"


def test_what_is_wrong_with_it_is_said_as_for_a_file() -> None:
    with pytest.raises(WorldError) as wrong:
        duel().want("Kat: health(Ann) = ded").build()
    assert [each.code for each in wrong.value.diagnostics] == ["unknown-name", "unknown-name"]
    assert "did you mean `Kit`?" in str(wrong.value)


def test_a_line_is_one_line() -> None:
    with pytest.raises(ValueError, match="one line at a time"):
        WorldBuilder("x").fact("awake(person)\nkinds")


def test_one_line_may_stand_for_a_list_of_one() -> None:
    assert WorldBuilder("T").scene("A", "Ann nods.").text() == "story T\n\nscene A\n  Ann nods.\n"
    for wrong in (4, ["Ann nods.", 4], None):
        with pytest.raises(TypeError, match="lines must be a text or several, not"):
            WorldBuilder("T").scene("A", wrong)  # type: ignore[arg-type]


def test_one_world_may_stand_for_a_list_of_one() -> None:
    world = WorldBuilder("T", worlds="heroic bloodshed").build()
    assert "shoot" in [action.name for action in world.actions]


def test_what_is_built_can_be_asked_as_a_story() -> None:
    story = intrigue.loads(duel().text())
    assert story.title == "The Duel"
    assert story.check().ok
    assert story.ask("health(Ann)").value == "dead"
    with pytest.raises(intrigue.StoryError, match="did you mean `Kit`"):
        intrigue.loads(duel().want("Kat: health(Ann) = dead").text())


def test_its_text_names_the_worlds_that_it_builds_upon(tmp_path: Path) -> None:
    own = tmp_path / "ghosts.world"
    own.write_text("world Ghosts\nfacts\n  haunts(person): place\n")
    built = WorldBuilder("Ghosts of Kowloon", ["heroic bloodshed", own]).cast("the pier: place")
    assert f"include heroic bloodshed\ninclude {own}\n" in built.text()
    for world in (built.build(), intrigue.loads(built.text()).world):
        assert "haunts" in [fact.name for fact in world.facts]


def test_a_world_that_is_not_there_is_named_with_what_there_is() -> None:
    with pytest.raises(WorldError) as wrong:
        WorldBuilder("T", "heroic bloodshet").build()
    assert [each.code for each in wrong.value.diagnostics] == ["include-not-found"]
    assert "write `heroic bloodshed`" in str(wrong.value)

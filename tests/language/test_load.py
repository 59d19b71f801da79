"""Files as they come: what loads, in which order, and what each bad file is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from intrigue.diagnostics.render import text as rendered
from intrigue.language import load
from intrigue.language.load import LIMIT

STORY = "story s\nin rules\nscene A\n  Kit waits.\n"
WORLD = "world rules\nfacts\n  brave(person)\n"


def codes(path: Path) -> list[str]:
    _, found = load(path)
    for each in found:
        assert rendered(each)
    return [each.code for each in found]


def test_includes_come_before_what_includes_them(tmp_path: Path) -> None:
    write(tmp_path / "s.story", "story s\ninclude b\nin a.world\nscene A\n")
    write(tmp_path / "a.world", "world a\ninclude c\n")
    write(tmp_path / "b.world", "world b\ninclude c\n")
    write(tmp_path / "c.world", "world c\n")
    files, found = load(tmp_path / "s.story")
    assert found == []
    assert [file.title for file in files] == ["c", "b", "a", "s"]


@pytest.mark.parametrize(
    "where",
    [
        "stories/heroic_bloodshed.world",
        "worlds/heroic_bloodshed.world",
        "worlds/Heroic_Bloodshed.World",
    ],
)
def test_a_world_is_looked_for_by_its_name(tmp_path: Path, where: str) -> None:
    write(tmp_path / where, "world heroic bloodshed\n")
    write(tmp_path / "stories/s.story", "story s\nin heroic bloodshed\nscene A\n")
    files, found = load(tmp_path / "stories/s.story")
    assert found == []
    assert [file.title for file in files] == ["heroic bloodshed", "s"]


def test_the_nearest_world_is_suggested(tmp_path: Path) -> None:
    write(tmp_path / "night_city.world", "world night city\n")
    write(tmp_path / "s.story", "story s\nin nihgt city\nscene A\n")
    _, (found,) = load(tmp_path / "s.story")
    assert (found.code, found.repair) == ("include-not-found", "write `night city`")


@pytest.mark.parametrize(
    ("missing", "suggested"),
    [("kit.story", "kid.story"), ("kid.stroy", "kid.story"), ("one.story", "")],
)
def test_the_nearest_file_is_suggested(tmp_path: Path, missing: str, suggested: str) -> None:
    for name in ("kid.story", "longer.story"):
        write(tmp_path / name, "story s\n")
    (found,) = load(tmp_path / missing)[1]
    assert found.repair == (f"did you mean {suggested}?" if suggested else "")


def test_a_world_that_includes_itself(tmp_path: Path) -> None:
    write(tmp_path / "a.world", "world a\ninclude b\n")
    write(tmp_path / "b.world", "world b\ninclude c\n")
    write(tmp_path / "c.world", "world c\ninclude a\n")
    files, (found,) = load(tmp_path / "a.world")
    assert found.code == "include-cycle"
    assert found.span is not None
    assert found.span.source.path.name == "c.world"
    assert "a.world includes b.world includes c.world includes a.world" in rendered(found)
    assert [file.title for file in files] == ["c", "b", "a"]
    write(tmp_path / "d.world", "world d\ninclude d\n")
    assert codes(tmp_path / "d.world") == ["include-cycle"]


def test_what_is_no_world_is_not_looked_into(tmp_path: Path) -> None:
    """Whatever else there is on the machine is nothing to a story, and is not shown in an error."""
    (tmp_path / "secrets").write_text("root:x:0:0\n")
    write(tmp_path / "a.story", "story a\nin secrets\nscene A\n")
    assert codes(tmp_path / "a.story") == ["include-not-found"]


def test_a_story_cannot_be_included(tmp_path: Path) -> None:
    write(tmp_path / "a.story", "story a\ninclude b.story\nscene A\n")
    write(tmp_path / "b.story", "story b\nscene A\n")
    assert codes(tmp_path / "a.story") == ["include-not-world"]


def test_mistakes_of_all_files_are_found(tmp_path: Path) -> None:
    write(tmp_path / "rules.world", "world rules\nfacts\n  brave(person\n")
    write(tmp_path / "s.story", STORY + "    wrong\n")
    assert codes(tmp_path / "s.story") == ["unknown-clause", "unclosed-bracket"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + STORY.encode(),
        STORY.replace("\n", "\r\n").encode(),
        STORY.replace("\n", "\r").encode(),
        STORY.replace("  ", "\t").encode(),
        STORY.rstrip().encode(),
    ],
    ids=["byte order mark", "CRLF", "CR", "tabs", "no final newline"],
)
def test_other_ways_to_write_text(tmp_path: Path, data: bytes) -> None:
    write(tmp_path / "rules.world", WORLD)
    write(tmp_path / "plain.story", STORY)
    (tmp_path / "s.story").write_bytes(data)
    files, found = load(tmp_path / "s.story")
    assert found == []
    assert [line.sentence.text for line in files[-1].scenes[0].lines] == ["Kit waits"]  # type: ignore[union-attr]


def test_files_that_are_no_stories(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.story") == ["file-not-found"]
    (tmp_path / "dead.story").symlink_to(tmp_path / "none.story")
    assert codes(tmp_path / "dead.story") == ["file-not-found"]
    (tmp_path / "loop.story").symlink_to(tmp_path / "loop.story")
    assert codes(tmp_path / "loop.story") in (["file-not-found"], ["unreadable-file"])
    (tmp_path / "folder.story").mkdir()
    assert codes(tmp_path / "folder.story") == ["not-a-file"]
    os.mkfifo(tmp_path / "pipe.story")
    assert codes(tmp_path / "pipe.story") == ["not-a-file"]
    assert codes(Path("/dev/zero")) == ["not-a-file"]
    (tmp_path / "binary.story").write_bytes(b"\x7fELF\x00\x01\x02")
    assert codes(tmp_path / "binary.story") == ["not-text"]
    (tmp_path / "latin.story").write_bytes("story Café\n".encode("latin-1"))
    assert codes(tmp_path / "latin.story") == ["not-text"]
    (tmp_path / "wide.story").write_bytes("story s\n".encode("utf-16"))
    assert codes(tmp_path / "wide.story") == ["not-text"]
    write(tmp_path / "empty.story", "")
    assert codes(tmp_path / "empty.story") == ["empty-file"]
    write(tmp_path / "bare.story", "story s\n")
    assert codes(tmp_path / "bare.story") == ["no-scenes"]
    assert codes(tmp_path / "zero\0.story") == ["file-not-found"]
    assert codes(tmp_path / ("x" * 5000)) == ["unreadable-file"]
    with (tmp_path / "huge.story").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert codes(tmp_path / "huge.story") == ["too-large"]
    write(tmp_path / "large.story", "story s\nscene A\n  " + "x" * (LIMIT - 18))
    assert codes(tmp_path / "large.story") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for the superuser")
def test_a_file_without_permission(tmp_path: Path) -> None:
    write(tmp_path / "s.story", STORY)
    (tmp_path / "s.story").chmod(0)
    assert codes(tmp_path / "s.story") == ["unreadable-file"]


@pytest.mark.parametrize(
    "target", ["folder", "binary.world", "../nowhere", "/", "", "a\0b", "x" * 5000]
)
def test_includes_of_nonsense(tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.world").write_bytes(b"\0")
    write(tmp_path / "s.story", f"story s\ninclude {target}\nscene A\n")
    found = codes(tmp_path / "s.story")
    assert len(found) == 1
    assert found[0] in ("include-not-found", "not-text", "missing-name")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")

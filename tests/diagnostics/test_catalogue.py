"""The catalogue: every code explained, every explanation true, no code without the other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from intrigue.diagnostics.catalogue import codes, entry
from intrigue.diagnostics.diagnostic import Diagnostic, Severity, Source
from intrigue.diagnostics.render import text as rendered
from intrigue.language import load

SOURCE = Path(__file__).parents[2] / "src" / "intrigue"
KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")
NO_CODES = {
    *("explain-code", "format-version", "resvg-py"),
    *("beliefs-csv", "beliefs-parquet", "events-csv", "events-parquet"),
}
"""Words with hyphens in the program that are no codes."""

EXAMPLES = [(code, *example) for code in codes() for example in entry(code).examples]


def words_with_hyphens() -> set[str]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and KEBAB.fullmatch(node.value)
            ):
                found.add(node.value)
    return found - NO_CODES


def test_every_headline_is_given_what_its_blanks_ask_for() -> None:
    """As far as it can be read off the program: a code and its blanks written down in one place."""
    lacking = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    ast.Name("Diagnostic"), [ast.Constant(str(code)), _, ast.Dict(keys), *_]
                ) if None not in keys:
                    given = {key.value for key in keys if isinstance(key, ast.Constant)}
                    if missing := entry(code).blanks - given:
                        lacking.append((path.name, node.lineno, code, missing))
    assert lacking == []


def test_the_program_uses_the_codes_of_the_catalogue_and_no_others() -> None:
    assert words_with_hyphens() == set(codes())


@pytest.mark.parametrize("code", codes())
def test_an_entry_says_what_it_must(code: str) -> None:
    found = entry(code)
    assert KEBAB.fullmatch(code)
    assert found.headline
    assert not found.headline.endswith(".")
    assert len(found.body) > 80
    assert found.examples or found.no_example
    if found.severity is Severity.ADVICE:
        assert found.allowable


def test_there_is_no_entry_for_what_does_not_exist() -> None:
    with pytest.raises(KeyError):
        entry("no-such-code")
    with pytest.raises(KeyError):
        entry("../catalogue/no-scenes")


@pytest.mark.parametrize(
    ("code", "form", "text"), EXAMPLES, ids=[f"{code}-{form}" for code, form, _ in EXAMPLES]
)
def test_an_example_triggers_its_code(code: str, form: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"example.{form}"
    path.write_text(text, encoding="utf-8")
    found = findings(path, code)
    assert code in [each.code for each in found]
    for each in found:
        if each.code == code:
            assert set(each.blanks) >= entry(code).blanks
            assert rendered(each)


def findings(path: Path, code: str) -> list[Diagnostic]:
    """What each stage finds in a file, up to the stage that finds `code`."""
    if path.suffix == ".sabre":
        from intrigue.sabre.convert import convert

        return convert(Source(path, path.read_text(encoding="utf-8")))[1]
    from intrigue.world import check

    files, found = load(path)
    if code in [each.code for each in found] or not files:
        return found
    _, more = check(files)
    found = [*found, *more]
    if code in [each.code for each in found] or path.suffix == ".world":
        return found
    pytest.importorskip("intrigue._engine")
    import intrigue

    try:
        return list(intrigue.load(path).check().diagnostics)
    except intrigue.StoryError as error:  # it cannot begin
        return list(error.diagnostics)

"""Helpers of the language's tests: texts in, trees and findings out."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

from intrigue.diagnostics.diagnostic import Diagnostic, Source, Span
from intrigue.diagnostics.position import place
from intrigue.language.parse import parse
from intrigue.language.tree import File

EXPECTED = re.compile(r"# !(.*)$")


def story(text: str) -> File:
    """The tree of a text without mistakes."""
    file, found = parse(Source(Path("test.story"), text))
    assert [each for each in found if each.code != "no-scenes"] == []
    return file


def mistakes(text: str, name: str = "test.story") -> list[tuple[int, str]]:
    """Line and code of each finding, in order."""
    _, found = parse(Source(Path(name), text))
    return [(line_of(each), each.code) for each in found]


def line_of(diagnostic: Diagnostic) -> int:
    return place(diagnostic.span).line if diagnostic.span else 0


def expected(text: str) -> list[tuple[int, str]]:
    """What the comments `# ! code, code` of a text announce."""
    return [
        (number, code.strip())
        for number, line in enumerate(text.split("\n"), 1)
        if (found := EXPECTED.search(line))
        for code in found[1].split(",")
    ]


def bare(node: Any) -> Any:
    """A tree as nested tuples, without its spans."""
    if isinstance(node, Span):
        return None
    if isinstance(node, tuple):
        return tuple(bare(each) for each in node)
    if dataclasses.is_dataclass(node):
        fields = (bare(getattr(node, field.name)) for field in dataclasses.fields(node))
        return (type(node).__name__, *fields)
    return node


def plain(node: Any) -> str:
    """An expression or effect as text, fully bracketed; for reading in tests."""
    match type(node).__name__:
        case "Name":
            return str(node.text)
        case "Number":
            return f"{node.value:g}"
        case "Literal":
            return f"<{node.word}>"
        case "Call":
            return f"{plain(node.name)}({', '.join(map(plain, node.args))})"
        case "Binary":
            return f"[{plain(node.left)} {node.op} {plain(node.right)}]"
        case "Unary":
            return f"[{node.op} {plain(node.operand)}]"
        case "Membership":
            word = "not in" if node.negated else "in"
            return f"[{plain(node.item)} {word} {', '.join(map(plain, node.options))}]"
        case "KindTest":
            return (
                f"[{plain(node.item)} {'is not a' if node.negated else 'is a'} {plain(node.kind)}]"
            )
        case "Modal":
            no = "not " if node.negated else ""
            return f"[{plain(node.person)} {no}{node.verb} {plain(node.what)}]"
        case "Conditional":
            return f"[if {plain(node.test)} then {plain(node.then)} else {plain(node.otherwise)}]"
        case "Quantified":
            where = f" where {plain(node.where)}" if node.where else ""
            body = f": {plain(node.body)}" if node.body else ""
            return f"[{node.word} {plain(node.variable)}: {plain(node.kind)}{where}{body}]"
        case "Assign":
            return f"{plain(node.place)} := {plain(node.value)}"
        case "Shows":
            return f"show {', '.join(map(plain, node.places))}"
        case "Shares":
            what = plain(node.place) + (" truth" if node.truth else "")
            what += f" := {plain(node.value)}" if node.value else ""
            speaker = f" by {plain(node.speaker)}" if node.speaker else ""
            return f"share among {', '.join(map(plain, node.among))}{speaker}: {what}"
        case "Learns":
            source = f" from {plain(node.source)}" if node.source else ""
            return f"learn {plain(node.who)}: {plain(node.place)}{source}"
        case "BelievesEffect":
            return f"believe {' '.join(map(plain, node.path))}: {plain(node.place)} := {plain(node.value)}"
        case "IfEffect":
            otherwise = f" else {{{effects(node.otherwise)}}}" if node.otherwise else ""
            return f"if {plain(node.test)} {{{effects(node.then)}}}{otherwise}"
        case "EveryEffect":
            where = f" where {plain(node.where)}" if node.where else ""
            return f"every {plain(node.variable)}: {plain(node.kind)}{where} {{{effects(node.effects)}}}"
        case "NoneType":
            return "as said"
    raise AssertionError(node)


def effects(nodes: tuple[Any, ...]) -> str:
    return "; ".join(map(plain, nodes))

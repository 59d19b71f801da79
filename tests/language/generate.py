"""Random files without mistakes, built from the grammar of `docs/language.md`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[str]], str]

NAMES = st.sampled_from(
    [
        "Ah Jong",
        "the nightclub",
        "Sgt. Tsang",
        "李鷹",
        "ชาตรี",
        "Jennie's song",
        '"Bonnie and Clyde"',
        "p",
        "14K",
        "x1",
    ]
)
SIMPLE = st.sampled_from(["p", "victim", "Li", "boss"])
FACTS = st.sampled_from(["where", "health", "alive", "loves"])
KINDS = st.sampled_from(["person", "place", "cop", "gangster", "thing"])
SENTENCES = st.sampled_from(
    [
        "Ah Jong shoots  Lam.",
        "Li tells Jennie (f(p) = q)",
        "By accident, it rains",
        "李鷹 waits.",
        'She says "no"',
    ]
)
CITATIONS = st.sampled_from(["", "", " [1]", "   [2-4]", " [ 1 , 7–9 ]"])


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, args: f"{name}({', '.join(args)})", FACTS, st.lists(inner, max_size=2)
    )


VALUES = st.recursive(
    st.one_of(NAMES, st.sampled_from(["3", "2.5", "yes", "nobody", "unknown"])),
    lambda inner: st.one_of(
        calls(inner),
        st.builds("{} {} {}".format, inner, st.sampled_from(["+", "-", "*", "/"]), inner),
        inner.map("({})".format),
        inner.map("-{}".format),
    ),
    max_leaves=4,
)

CONDITIONS = st.recursive(
    st.one_of(
        calls(NAMES),
        st.builds("{} {} {}".format, VALUES, st.sampled_from(["=", "!=", "<", ">=", "≠"]), VALUES),
        st.builds("{} in ({},{})".format, calls(NAMES), NAMES, NAMES),
        st.builds("{} is a {}".format, NAMES, KINDS),
        st.builds("{} is not {}".format, calls(NAMES), NAMES),
        calls(NAMES).map("known {}".format),
    ),
    lambda inner: st.one_of(
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("{} and {}".format, calls(NAMES), inner),
        inner.map("not {}".format),
        inner.map("maybe {}".format),
        st.builds(
            "{} {} {}".format,
            NAMES,
            st.sampled_from(
                ["knows", "believes that", "does not know whether", "does not believe"]
            ),
            inner,
        ),
        st.builds("any q: {} where {}".format, KINDS, inner),
        st.builds("count(q: {} where {}) > 2".format, KINDS, inner),
    ),
    max_leaves=4,
)

EFFECTS = st.one_of(
    st.builds("{} = {}".format, calls(SIMPLE), VALUES),
    calls(SIMPLE),
    calls(SIMPLE).map("not {}".format),
    st.builds("{} and {} share {}".format, SIMPLE, SIMPLE, calls(SIMPLE)),
    st.builds("{} tells {} {} = {}".format, SIMPLE, SIMPLE, calls(SIMPLE), NAMES),
    st.builds("{} learns {} from {}".format, SIMPLE, calls(SIMPLE), SIMPLE),
    st.builds("{} believes {} believes {}".format, SIMPLE, SIMPLE, calls(SIMPLE)),
    calls(SIMPLE).map("shows {}".format),
    st.builds("if {}: {}".format, CONDITIONS, calls(SIMPLE)),
    st.builds("every q: {} where {}: {}".format, KINDS, calls(SIMPLE), calls(SIMPLE)),
)


@st.composite
def lists(draw: Draw, items: st.SearchStrategy[str], indent: str) -> str:
    """Items on one line, or one a line."""
    found = draw(st.lists(items, min_size=1, max_size=3))  # type: ignore[arg-type]
    return draw(st.sampled_from([", ", ",\n" + indent, "\n" + indent])).join(found)


@st.composite
def actions(draw: Draw) -> str:
    clauses = [
        '  "{p} waits  for {q}"',
        "  needs " + draw(lists(CONDITIONS, "    ")),
        "  makes\n    " + draw(lists(EFFECTS, "    ")),
        draw(st.sampled_from(["  fate", "  will p, boss(p) if brave(p)", "  reaction"])),
        "  seen by anyone at where(p) who " + draw(CONDITIONS),
        "  heard by anyone: " + draw(lists(calls(SIMPLE), "    ")),
        "  takes 1 hour  30 minutes",
        '  or else miss(r: person)\n    "{p} misses"\n    makes ' + draw(lists(EFFECTS, "      ")),
    ]
    kept = [clause for clause in clauses if draw(st.sampled_from(["", "yes"]))]
    return "\n".join([f"action {draw(SIMPLE)}(p: {draw(KINDS)}, q: person or place)", *kept])


@st.composite
def sections(draw: Draw) -> str:
    line = partial(draw)
    kind = draw(
        st.sampled_from(
            [
                "facts",
                "define",
                "action",
                "trigger",
                "wants",
                "cast",
                "start",
                "ending",
                "scene",
                "kinds",
            ]
        )
    )
    if kind == "action":
        return draw(actions())
    if kind == "facts":
        return f'facts\n  {line(SIMPLE)}(p: {line(KINDS)}): place = unknown "{{p}}  is at {{value}}"\n  alarm'
    if kind == "define":
        return f"define\n  able(p: person)={line(lists(CONDITIONS, '    '))}"
    if kind == "trigger":
        return f"trigger t(p: person)\n  when {line(lists(CONDITIONS, '    '))}\n  makes {line(lists(EFFECTS, '    '))}"
    if kind == "wants":
        return f"wants\n  {line(NAMES)}: {line(CONDITIONS)} x5 while {line(calls(SIMPLE))}{line(CITATIONS)}"
    if kind == "cast":
        return f"cast\n  {line(NAMES)} , {line(NAMES)}: {line(KINDS)},in , at {line(NAMES)}{line(CITATIONS)}\n    aka Somebody"
    if kind == "start":
        return f"start\n  {line(calls(NAMES))} = {line(VALUES)}{line(CITATIONS)}\n  Li believes {line(calls(NAMES))}"
    if kind == "ending":
        return f"ending happy: {line(lists(CONDITIONS, '    '))}"
    if kind == "kinds":
        return "kinds\n  health=fit<dead\n  cop ,gangster: person\n  cell : place,in ;pier: place"
    return (
        f"scene A  day{line(CITATIONS)}\n  {line(SENTENCES)}{line(CITATIONS)}\n"
        f"    because Li: {line(SENTENCES)} ; {line(SENTENCES)}\n  expect {line(CONDITIONS)}\n  ..."
    )


@st.composite
def stories(draw: Draw) -> str:
    """The text of a story whose syntax is right (its names are nonsense)."""
    parts = draw(st.lists(sections(), max_size=5))  # type: ignore[arg-type]
    return "\n".join(["story S", *parts]) + "\n"

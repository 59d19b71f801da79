"""What hangs on what: events and their links as graphs."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from intrigue.views.chronicle import Chronicle, Link

_STYLE = {"enables": "solid", "informs": "dashed", "moves": "dotted"}
_ARROW = {"enables": "-->", "informs": "-.->", "moves": "-.->"}
_MOST_FACTS = 2
"""So many facts are written beside an arrow; the others are counted."""


def _label(link: Link) -> str:
    shown = ", ".join(link.what[:_MOST_FACTS])
    more = len(link.what) - _MOST_FACTS
    return f"{shown} and {more} more" if more > 0 else shown


def mermaid(told: Chronicle) -> str:
    """A flowchart with a box a scene."""

    def quoted(text: str) -> str:
        return '"' + text.replace('"', "#quot;") + '"'

    def lines() -> Iterator[str]:
        yield "flowchart TD"
        for number, scene in enumerate(told.scenes, 1):
            if not scene.events:
                continue
            yield f"  subgraph s{number}[{quoted(scene.title)}]"
            for event in (told.events[which - 1] for which in scene.events):
                yield f"    e{event.number}[{quoted(f'{event.number}. {event.sentence}')}]"
            yield "  end"
        for link in told.links:
            arrow = _ARROW[link.sort]
            yield f"  e{link.source} {arrow}|{quoted(_label(link))}| e{link.target}"

    return "\n".join(lines()) + "\n"


def dot(told: Chronicle) -> str:
    """A directed graph with a cluster a scene."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def lines() -> Iterator[str]:
        yield f"digraph {quoted(told.title)} {{"
        yield "  node [shape=box, style=rounded]"
        for number, scene in enumerate(told.scenes, 1):
            yield f"  subgraph cluster_{number} {{"
            yield f"    label={quoted(scene.title)}"
            for event in (told.events[which - 1] for which in scene.events):
                yield f"    e{event.number} [label={quoted(f'{event.number}. {event.sentence}')}]"
            yield "  }"
        for link in told.links:
            shape = f"label={quoted(_label(link))}, style={_STYLE[link.sort]}"
            yield f"  e{link.source} -> e{link.target} [{shape}]"
        yield "}"

    return "\n".join(lines()) + "\n"


def graphml(told: Chronicle) -> bytes:
    """Nodes with number, sentence, scene, place and mode; edges with their sort and facts."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    node_data = ("number", "sentence", "scene", "place", "mode")
    edge_data = ("sort", "what")
    for name, owner in [*((n, "node") for n in node_data), *((n, "edge") for n in edge_data)]:
        sort = "int" if name == "number" else "string"
        attributes = {"id": name, "for": owner, "attr.name": name, "attr.type": sort}
        ElementTree.SubElement(root, "key", attributes)
    graph = ElementTree.SubElement(root, "graph", id=told.title, edgedefault="directed")
    for event in told.events:
        node = ElementTree.SubElement(graph, "node", id=f"e{event.number}")
        scene = told.scenes[event.scene].title
        values = (str(event.number), event.sentence, scene, event.place or "", event.mode)
        for name, value in zip(node_data, values, strict=True):
            ElementTree.SubElement(node, "data", key=name).text = value
    for number, link in enumerate(told.links, 1):
        ends = {"source": f"e{link.source}", "target": f"e{link.target}"}
        edge = ElementTree.SubElement(graph, "edge", {"id": f"l{number}", **ends})
        for name, value in zip(edge_data, (link.sort, ", ".join(link.what)), strict=True):
            ElementTree.SubElement(edge, "data", key=name).text = value
    ElementTree.indent(root)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"

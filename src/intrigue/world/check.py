"""Syntax trees to the checked world: all names resolved, all types known, all mistakes reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod
from typing import Any

from intrigue.diagnostics.diagnostic import Diagnostic, Span
from intrigue.grounding.problem import problem
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.world.actions import declare_actions, lower_action, lower_triggers
from intrigue.world.cast import Opening, declare_cast
from intrigue.world.claims import ask_what_is_claimed, name_claims, wanted_questions
from intrigue.world.conditions import scope_of_person
from intrigue.world.echoes import without_echoes
from intrigue.world.effects import Effects
from intrigue.world.expressions import Expressions
from intrigue.world.facts import check_definitions, declare_facts, finish_facts
from intrigue.world.kinds import declare_kinds
from intrigue.world.model import Atom, Kind, World
from intrigue.world.sabre_rules import Utilities, check_rules
from intrigue.world.sentences import Sentences, collect, in_full
from intrigue.world.tables import PERSON, Tables
from intrigue.world.wants import Wants

_HARMLESS = frozenset({"unknown-sentence"})
"""Mistakes that leave the rules whole: the world can be made all the same."""


MOST_VALUES = 1 << 20
"""A state of the engine has room for so many values."""


def check(files: Sequence[tree.File]) -> tuple[World | None, list[Diagnostic]]:
    """The world that the files (in the order of their inclusion, the story last) declare, and all mistakes in them.

    There is no world if the rules, the cast or the start have mistakes. A sentence that nobody understands is reported, but
    there is a world all the same.
    """
    tables = Tables()
    tables.sabre = any(file.rules for file in files)
    if tables.sabre:
        check_rules(files, tables)
    cast = [line for file in files for line in file.cast]
    # names, so that the order of declarations does not matter
    declare_kinds(files, tables)
    declare_facts(files, tables)
    declare_actions(files, tables)
    declare_cast(cast, tables)
    expressions = Expressions(tables)
    name_claims(cast, expressions)
    # what is talked of
    for file in files:
        wanted_questions(file, expressions)
    collect(tables, (told for file in files for told in _sentences(file)))
    sentences = Sentences(tables)
    files = [_in_full(file, sentences) for file in files]
    ask_what_is_claimed(tables)
    # rules
    check_definitions(expressions)
    facts, visible = finish_facts(expressions)
    effects = Effects(expressions)
    actions = [lower_action(action, effects) for action in tables.actions]
    triggers, trigger_places = lower_triggers(files, effects)
    # the story
    wants = Wants(expressions)
    utilities = Utilities(expressions) if tables.sabre else None
    opening = Opening(expressions)
    endings: list[tuple[str, Any, Span]] = []
    for line in cast:
        opening.cast(line)
    for file in files:
        for want in file.wants:
            wants.add(want)
            if utilities is not None:
                utilities.add(want)
        for start in file.start:
            opening.start(start)
        for ending in file.endings:
            at = ending.condition.span
            same = (each for each in endings if key(each[0]) == key(ending.name.text))
            if other := next(same, None):
                tables.clash(ending.name, other[2], "the name of another ending")
            tables.endings[ending.name.text] = at.source.text[at.start : at.end]
            condition = expressions.condition(ending.condition)
            endings.append((ending.name.text, condition, ending.span))
        _check_conditions(file, expressions)
    _count_values(tables)
    found = _in_order(tables.report.found, files)
    if any(diagnostic.code not in _HARMLESS for diagnostic in found):
        return None, without_echoes(found, files)
    members = tables.members()
    tables.complete = True
    last = files[-1] if files else None
    world = World(
        title=last.title if last else "",
        kinds=tuple(
            Kind(k.id, k.name, tuple(k.parents), tuple(members[k.id]), k.closed, k.ordered, k.span)
            for k in tables.kinds
        ),
        atoms=tuple(
            Atom(
                a.id,
                a.name,
                tuple(a.aliases),
                tuple(sorted(tables.all_kinds(a))),
                a.span,
                a.citations,
            )
            for a in tables.atoms
        ),
        persons=tuple(members[PERSON]),
        facts=tuple(facts),
        actions=tuple(action for action, _ in actions),
        triggers=tuple(name for name, _ in trigger_places),
        trigger_spans=tuple(span for _, span in trigger_places),
        wants=tuple(wants.checked),
        claims=dict(tables.claims),
        endings=tuple(endings),
        start_lines=tuple(opening.lines),
        problem=problem(
            tables,
            members,
            facts,
            visible,
            [lowered for _, lowered in actions],
            triggers,
            wants.wants,
            wants.shares,
            None if utilities is None else utilities.lowered(),
            opening.lowered,
        ),
        telling=tuple(scene for file in files for scene in file.scenes),
        allows=tuple(allow for file in files for allow in file.allows),
        source_document=next(
            (f.source_document for f in reversed(files) if f.source_document), None
        ),
        files=tuple(files),
        tables=tables,
    )
    return world, without_echoes(found, files)


def _sentences(file: tree.File) -> Iterator[tree.SentenceText | tree.Expect]:
    """All sentences of a telling, those under `because` included, and the expectations that have some."""
    for scene in file.scenes:
        for line in scene.lines:
            if isinstance(line, tree.Told):
                yield line.sentence
                for because in line.because:
                    yield from because.waypoints
            elif isinstance(line, tree.Expect) and line.sentences:
                yield line


def _in_full(file: tree.File, sentences: Sentences) -> tree.File:
    """The file, what is expected of somebody told in whole sentences."""

    def whole(scene: tree.Scene) -> tree.Scene:
        lines = tuple(
            in_full(sentences, line) if isinstance(line, tree.Expect) and line.person else line
            for line in scene.lines
        )
        return scene if lines == scene.lines else replace(scene, lines=lines)

    scenes = tuple(map(whole, file.scenes))
    return file if scenes == file.scenes else replace(file, scenes=scenes)


def _count_values(tables: Tables) -> None:
    """Reports the fact with which they are too many."""
    members = tables.members()
    total = 0
    for fact in tables.facts:
        count = prod(len(members[each.kind]) for each in fact.params if each.kind >= 0)
        total += count
        if total > MOST_VALUES:
            tables.report.add(
                "fact-too-large",
                fact.declaration.name.span if fact.declaration else None,
                label=" times ".join(str(len(members[each.kind])) for each in fact.params),
                repair="give it fewer arguments, or narrower kinds",
                fact=fact.name,
                count=str(count),
                most=str(MOST_VALUES),
            )
            return


def _check_conditions(file: tree.File, expressions: Expressions) -> None:
    """The conditions in a telling: they are read again when their moment comes."""
    for scene in file.scenes:
        for line in scene.lines:
            if isinstance(line, tree.Expect):
                if line.condition is not None:
                    expressions.condition(line.condition)
                if line.person is not None:
                    expressions.person(line.person)
            elif isinstance(line, tree.Told):
                for when in line.times:
                    if when.condition is not None:
                        expressions.condition(when.condition)
                for because in line.because:
                    expressions.person(because.person)
                    if because.brings is not None:
                        person = expressions.tables.atom_named.get(key(because.person.text))
                        scope = scope_of_person(expressions.tables, person.id if person else None)
                        expressions.condition(because.brings, scope)


def _in_order(found: list[Diagnostic], files: Sequence[tree.File]) -> list[Diagnostic]:
    """By file, and by place in it."""
    order = {id(file.span.source): index for index, file in enumerate(files)}

    def place(diagnostic: Diagnostic) -> tuple[int, int]:
        span = diagnostic.span
        return (-1, 0) if span is None else (order.get(id(span.source), -1), span.start)

    return sorted(found, key=place)

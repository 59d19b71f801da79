"""Definitions as the border's JSON: facts, actions, triggers, utilities, the start, their names.

What the border does not know is unfolded here: variables of type boolean (one fact or action for
each value), constants among parameters (they stay in the ground names only), `believes(c, f = e)`
(its value and conditions are read in c's beliefs).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import product
from typing import Any

from intrigue.english import digits
from intrigue.records import dataclass
from intrigue.sabre.declarations import (
    BOOLEAN,
    Argument,
    Constant,
    Property,
    Slot,
    Table,
)
from intrigue.sabre.expressions import FALSE, TRUE, ZERO, Expressions, Json, Scope, described, fits
from intrigue.sabre.tokens import Findings
from intrigue.sabre.tree import (
    Assign,
    Believes,
    Broken,
    Call,
    Compare,
    Definition,
    EventDefinition,
    If,
    Initial,
    Junction,
    Name,
    Node,
    Not,
    Quantified,
    UtilityDefinition,
)


@dataclass(frozen=True, slots=True)
class Label:
    """How the ground instances of a fact, action or trigger are written: `walk(Tom, Home, Market)`.

    `parts` are what stands between the brackets: constants as text, parameters by number. `domains`
    are the names that each parameter can be filled with, `variables` what each is called.
    """

    name: str
    parts: tuple[str | int, ...]
    domains: tuple[tuple[str, ...], ...]
    variables: tuple[str, ...]

    def write(self, arguments: Sequence[str]) -> str:
        """The ground name with these arguments."""
        texts = (part if isinstance(part, str) else arguments[part] for part in self.parts)
        return f"{self.name}({', '.join(texts)})"

    def read(self, text: str) -> list[str] | None:
        """The arguments in a ground name; None if it names something else."""
        name, _, rest = text.partition("(")
        texts = rest[:-1].split(", ") if rest != ")" else []
        if name != self.name or len(texts) != len(self.parts):
            return None
        arguments = []
        for part, word in zip(self.parts, texts, strict=True):
            if isinstance(part, int):
                arguments.append(word)
                if word not in self.domains[part]:
                    return None
            elif part != word:
                return None
        return arguments


@dataclass(slots=True)
class Names:
    """What the numbers of the border stand for."""

    atoms: list[str] = field(default_factory=list)
    facts: list[Label] = field(default_factory=list)
    actions: list[Label] = field(default_factory=list)
    triggers: list[Label] = field(default_factory=list)

    def fluent(self, fact: int, arguments: Sequence[int]) -> str:
        """The ground name of a fluent."""
        return self.facts[fact].write([self.atoms[atom] for atom in arguments])

    def event(self, action: int, arguments: Sequence[int]) -> str:
        """The ground name of an event."""
        return self.actions[action].write([self.atoms[atom] for atom in arguments])

    def fluent_named(self, text: str) -> tuple[int, list[int]] | None:
        """The fact and arguments of a ground name; None if there is no such fluent."""
        return self._named(self.facts, text)

    def event_named(self, text: str) -> tuple[int, list[int]] | None:
        """The action and arguments of a ground name; None if there is no such event."""
        return self._named(self.actions, text)

    def _named(self, labels: Sequence[Label], text: str) -> tuple[int, list[int]] | None:
        for number, label in enumerate(labels):
            arguments = label.read(text)
            if arguments is not None:
                return number, [self.atoms.index(argument) for argument in arguments]
        return None


class Lowering(Expressions):
    """Lowers one problem: `problem` is called once."""

    def __init__(self, table: Table, findings: Findings) -> None:
        super().__init__(table, findings)
        self.names = Names(["none", *table.entities])

    def label(
        self, name: str, slots: Sequence[Slot], choice: Sequence[bool]
    ) -> tuple[Label, list[int]]:
        """How ground instances are written, and the sets of the parameters that the border sees."""
        parts: list[str | int] = []
        types: list[str] = []
        variables: list[str] = []
        chosen = iter(choice)
        for slot in slots:
            if slot.type is None:
                parts.append(_written(slot.constant))
            elif slot.type == "boolean":
                parts.append(_written(next(chosen)))
            else:
                parts.append(len(types))
                types.append(slot.type)
                variables.append(slot.variable or slot.type)
        domains = tuple(tuple(self.table.members(type)) for type in types)
        label = Label(name, tuple(parts), domains, tuple(variables))
        return label, [self.set(type) for type in types]

    # --- definitions

    def problem(self, definitions: Sequence[Definition]) -> tuple[dict[str, Any], Names]:
        """The problem of the border, and its names."""
        persons = self.table.members("character")
        events: dict[str, list[Json]] = {"action": [], "trigger": []}
        seen: dict[str, list[tuple[tuple[Slot, ...], EventDefinition]]] = {}
        utilities: dict[str | None, tuple[UtilityDefinition, Json]] = {}
        start = []
        facts = [fact for overloads in self.table.properties.values() for fact in overloads]
        facts.sort(key=lambda one: one.definition.start)
        lowered_facts = [json for fact in facts for json in self.fact(fact)]
        for definition in definitions:
            match definition:
                case EventDefinition():
                    slots = self.table.slots(definition.parameters)
                    if slots is not None and self.is_new(definition, slots, seen):
                        for json in self.event(definition, slots):
                            events[definition.word].append(json)
                case Initial():
                    effects = self.effect(definition.effect, Scope({}, 0), (), False)
                    if len(effects) == 1:
                        start.append({"impose": effects[0]})
                    elif effects:
                        start.append({"impose": {"when": [TRUE, effects, []]}})
                case UtilityDefinition():
                    self.utility(definition, utilities)
                case _:
                    pass
        problem = {
            "version": 1,
            "rules": "peer",
            "atoms": self.names.atoms,
            "persons": [self.atoms[name] for name in persons],
            "facts": lowered_facts,
            "actions": events["action"],
            "triggers": events["trigger"],
            "utilities": [
                {
                    "who": None if who is None else self.atoms[who],
                    "what": utilities[who][1] if who in utilities else ZERO,
                }
                for who in (None, *persons)
            ],
            "start": start,
            "sets": self.set_members,
        }
        return problem, self.names

    def fact(self, fact: Property) -> Iterator[Json]:
        """The border's facts for one property: one for each choice of its boolean arguments."""
        kind: Json
        default: Json
        if fact.type == "boolean":
            kind, default = "bool", {"bool": False}
        elif fact.type == "number":
            kind, default = "number", {"number": 0.0}
        else:
            kind, default = {"set": self.set(fact.type)}, "unknown"
        for choice in _choices(fact.slots):
            self.facts[id(fact), choice] = len(self.names.facts)
            label, args = self.label(fact.name, fact.slots, choice)
            self.names.facts.append(label)
            yield {"name": fact.name, "args": args, "range": kind, "default": default}

    def is_new(
        self,
        definition: EventDefinition,
        slots: tuple[Slot, ...],
        seen: dict[str, list[tuple[tuple[Slot, ...], EventDefinition]]],
    ) -> bool:
        """Actions and triggers share one name space; overloads must differ in their parameters."""
        name = definition.name
        others = seen.setdefault(name.text, [])
        for other_slots, other in others:
            if self.table.clashes(slots, other_slots):
                self.findings.add(
                    "sabre-twice",
                    name.start,
                    name.end,
                    name=name.text,
                    earlier=("declared here before", other.name.start, other.name.end),
                )
                return False
        others.append((slots, definition))
        return True

    def event(self, definition: EventDefinition, slots: tuple[Slot, ...]) -> Iterator[Json]:
        """The border's actions or triggers for one definition: one for each choice of its
        boolean parameters."""
        is_action = definition.word == "action"
        labels = self.names.actions if is_action else self.names.triggers
        already = len(self.findings.found)
        for choice in _choices(slots):
            label, params = self.label(definition.name.text, slots, choice)
            scope = self.parameters(slots, choice)
            needs = TRUE
            if definition.precondition is not None:
                needs = self.formula(definition.precondition, scope)
            effects = []
            if definition.effect is not None:
                effects = self.effect(definition.effect, scope, (), False)
            json = {
                "name": definition.name.text,
                "params": params,
                "effects": effects,
            }
            if is_action:
                willing = [self.consenting(token, scope) for token in definition.consenting]
                json["needs"] = [{"expr": needs}]
                json["mode"] = "chosen" if willing else "fate"
                json["will"] = [{"who": who} for who in willing]
                json["sees"] = [{"when": self.observing(definition, scope), "as": "itself"}]
            else:
                json["when"] = needs
            if effects or not is_action:  # an action that changes nothing is never available
                labels.append(label)
                yield json
            if len(self.findings.found) > already:
                return  # the same mistakes again for every choice

    def parameters(self, slots: Sequence[Slot], choice: Sequence[bool]) -> Scope:
        """The scope of an event: its variables; of those of type boolean the values that are chosen."""
        scope = Scope({}, 0)
        chosen = iter(choice)
        for slot in slots:
            if slot.variable is None or slot.type is None:
                continue
            if slot.type == "boolean":
                literal = {"const": {"bool": next(chosen)}}
                scope = scope.bind(slot.variable, literal, Argument(BOOLEAN, None), adds=False)
            else:
                scope = self.bind(scope, slot.variable, slot.type)
        return scope

    def consenting(self, token: Any, scope: Scope) -> Json:
        """Who must consent to an event."""
        return self.person(Name(token.start, token.end, token.text), scope)

    def observing(self, definition: EventDefinition, scope: Scope) -> Json:
        """The condition under which somebody, the next variable, observes an event."""
        observer = definition.observer
        if observer is None or observer.variable is None or observer.type is None:
            return TRUE
        type = self.table.type(observer.type, variable=True)
        if type is None or definition.observing is None:
            return TRUE
        if type == "boolean":
            self.mismatch(observer, "a character", BOOLEAN)
            return TRUE
        variable = {"var": scope.count}
        seen = self.formula(definition.observing, self.bind(scope, observer.variable, type))
        if set(self.table.members("character")) <= set(self.table.members(type)):
            return seen
        return {"and": [{"is_in": [variable, self.set(type)]}, seen]}

    def utility(
        self,
        definition: UtilityDefinition,
        utilities: dict[str | None, tuple[UtilityDefinition, Json]],
    ) -> None:
        """Enters what something is worth to a character, or to the author."""
        who = definition.who.text if definition.who is not None else None
        if definition.who is not None:
            name = definition.who
            self.person(Name(name.start, name.end, name.text), Scope({}, 0))
        what, kind = self.value(definition.value, Scope({}, 0))
        if not (fits(kind, "number") or fits(kind, "boolean")):
            self.mismatch(definition.value, "a number", kind)
        if who in utilities:
            before = utilities[who][0]
            self.findings.add(
                "sabre-twice",
                definition.start,
                definition.end,
                name=f"utility({who or ''})",
                earlier=("declared here before", before.start, before.end),
            )
        utilities[who] = (definition, what)

    # --- effects

    def effect(self, node: Node, scope: Scope, path: tuple[Json, ...], negated: bool) -> list[Json]:
        """An effect on the beliefs at the end of the path, whose conditions and values are read
        there."""
        match node:
            case Broken():
                return []
            case Not(body=body):
                return self.effect(body, scope, path, not negated)
            case Junction(symbol=symbol, parts=parts):
                if (symbol == "&") != negated:
                    return [
                        one for part in parts for one in self.effect(part, scope, path, negated)
                    ]
            case Believes(who=who, body=body) if not isinstance(body, Call):
                return self.effect(body, scope, (*path, self.person(who, scope)), negated)
            case Call() | Believes():
                place = self.place(node, scope)
                if place is None:
                    return []
                if place[2] != "boolean":
                    self.mismatch(node, "a condition", self.table.kind(place[2]))
                    return []
                return [_assign(path, place[0], place[1], FALSE if negated else TRUE)]
            case Assign() if not negated:
                return self.assignment(node.place, node.value, scope, path, False)
            case Compare(symbol="==" | "!=" as symbol):
                opposite = (symbol == "!=") != negated
                return self.assignment(node.left, node.right, scope, path, opposite)
            case If():
                otherwise: list[Json] = []
                if node.otherwise is not None:
                    otherwise = self.effect(node.otherwise, scope, path, negated)
                for condition, body in reversed(node.branches):
                    test = _inside(path, self.formula(condition, scope))
                    inner = self.effect(body, scope, path, negated)
                    otherwise = [{"when": [test, inner, otherwise]}]
                return otherwise
            case Quantified(word="forall" | "exists" as word, variable=name, body=body):
                if (word == "forall") != negated:
                    type = self.table.type(node.type, variable=True)
                    if type is None:
                        return []
                    if type == "boolean":
                        effects: list[Json] = []
                        for inner_scope in self.truths(node, name.text, scope):
                            effects += self.effect(body, inner_scope, path, negated)
                        return effects
                    inner = self.effect(body, self.bind(scope, name.text, type), path, negated)
                    return [{"each": [self.set(type), TRUE, inner]}]
            case _:
                pass
        self.findings.add("sabre-effect", node.start, node.end)
        return []

    def place(self, node: Node, scope: Scope) -> tuple[tuple[Json, ...], Json, str] | None:
        """What is assigned to: `f(args)`, perhaps within `believes(c, ...)`: the path, the
        fluent, its type."""
        path: tuple[Json, ...] = ()
        while isinstance(node, Believes):
            path = (*path, self.person(node.who, scope))
            node = node.body
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Call):
            self.findings.add("sabre-effect", node.start, node.end)
            return None
        fluent = self.call(node, scope)
        return None if fluent is None else (path, *fluent)

    def assignment(
        self, place: Node, value: Node, scope: Scope, path: tuple[Json, ...], opposite: bool
    ) -> list[Json]:
        """`place = value`, or of a boolean the opposite of the value."""
        target = self.place(place, scope)
        json, kind = self.value(value, scope)
        if target is None or kind is None:
            return []
        inner, fluent, type = target
        if not fits(kind, type):
            self.mismatch(value, described(self.table.kind(type), type), kind)
            return []
        if opposite and type != "boolean":
            self.findings.add("sabre-effect", place.start, value.end)
            return []
        if opposite:
            json = self.formula(value, scope, True)
        return [_assign(path, inner, fluent, json)]


def _assign(outer: tuple[Json, ...], inner: tuple[Json, ...], fluent: Json, value: Json) -> Json:
    """The place at the end of both paths takes a value that is read at the end of the outer one."""
    value = _inside(outer, value)
    if not outer and not inner:
        return {"set": [fluent, value]}
    return {"believe": {"path": [*outer, *inner], "place": fluent, "value": value}}


def _inside(path: tuple[Json, ...], json: Json) -> Json:
    """The expression as read at the end of a chain of believers."""
    if "const" not in json and "var" not in json:
        for who in reversed(path):
            json = {"believes": [who, json]}
    return json


def _choices(slots: Sequence[Slot]) -> Iterator[tuple[bool, ...]]:
    """All choices of truth values for the parameters that take them."""
    booleans = sum(slot.type == "boolean" for slot in slots)
    return product((False, True), repeat=booleans)


def _written(constant: Constant | None) -> str:
    return digits(constant) if isinstance(constant, float) else str(constant)

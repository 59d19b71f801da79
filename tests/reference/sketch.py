"""Problems for examples, with names for numbers.

An expression is written as it is read: `("eq", ("where", "Ann"), "hall")`; a name is an atom,
`"?0"` the variable 0, `"unknown"` the unknown; a tuple begins with the name of a fact or with an
expression of the border.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from .world import Event, Json


class Sketch:
    """A problem in the making. Every person, place and so on is an atom of its own name."""

    def __init__(self, **sets: str) -> None:
        """Sets with their members, e.g. `person="Ann Bob", place="hall yard"`; `person` have
        minds.
        """
        self.sets = {name: members.split() for name, members in sets.items()}
        self.atoms = ["none"]
        for members in self.sets.values():
            self.atoms.extend(each for each in members if each not in self.atoms)
        self.facts: dict[str, Json] = {}
        self.actions: dict[str, Json] = {}
        self.rest: dict[str, list[Json]] = {
            part: [] for part in ("claims", "triggers", "visible", "wants", "shares", "start")
        }

    def atom(self, name: str) -> int:
        return self.atoms.index(name)

    def set(self, name: str) -> int:
        return list(self.sets).index(name)

    def fact(self, name: str, args: str = "", range: str = "bool", default: Json = None) -> None:
        """A fact; where no default is given: no, 0 or `none`."""
        if default is None:
            default = {"bool": False, "number": 0.0}.get(range, "none")
        self.facts[name] = {
            "name": name,
            "args": [self.set(each) for each in args.split()],
            "range": range if range in ("bool", "number") else {"set": self.set(range)},
            "default": self.constant(default),
        }

    def claim(self, atom: str, place: Json, value: Json = None) -> None:
        fact, args = self.expr(place)["fact"]
        self.rest["claims"].append(
            {
                "atom": self.atom(atom),
                "fact": fact,
                "args": [each["const"]["atom"] for each in args],
                "value": None if value is None else self.constant(value),
            }
        )

    def action(
        self,
        name: str,
        params: str = "",
        *,
        needs: Iterable[Json] = (),
        hidden: Iterable[Json] = (),
        makes: Iterable[Json] = (),
        will: Iterable[Json] = (),
        sees: Sequence[Json] | None = None,
        mode: str = "chosen",
        meant: str | None = None,
        journey: bool = False,
    ) -> None:
        """`sees`: pairs of a condition on the observer (the variable after the parameters) and what
        is seen: `"itself"`, `("other", action, *args)`, `("partly", *effects)`. None: all see it.
        """
        lines = [(True, "itself")] if sees is None else sees
        self.actions[name] = {
            "name": name,
            "params": [self.set(each) for each in params.split()],
            "needs": [{"expr": self.expr(each)} for each in needs]
            + [{"expr": self.expr(each), "hidden": True} for each in hidden],
            "effects": [self.effect(each) for each in makes],
            "mode": mode,
            "will": [{"who": self.expr(each)} for each in will],
            "sees": [{"when": self.expr(when), "as": self._seen(seen)} for when, seen in lines],
            "meant": None if meant is None else list(self.actions).index(meant),
            "journey": journey,
        }

    def trigger(
        self, name: str, params: str = "", *, when: Json, makes: Iterable[Json], infer: bool = False
    ) -> None:
        self.rest["triggers"].append(
            {
                "name": name,
                "params": [self.set(each) for each in params.split()],
                "when": self.expr(when),
                "effects": [self.effect(each) for each in makes],
                "minds_only": infer,
            }
        )

    def visible(self, fact: str, when: Json) -> None:
        self.rest["visible"].append({"fact": list(self.facts).index(fact), "when": self.expr(when)})

    def want(self, who: str, what: Json, weight: float = 1.0, **more: Json) -> None:
        """`more`: `during=` a condition, `suffers=True`."""
        line = {"who": self.expr(who), "weight": weight, "what": self.expr(what)}
        if "during" in more:
            line["during"] = self.expr(more.pop("during"))
        self.rest["wants"].append(line | more)

    def share(self, who: str, of: str, weight: float = 1.0) -> None:
        self.rest["shares"].append({"who": self.expr(who), "of": self.expr(of), "weight": weight})

    def holds(self, place: Json, value: Json) -> None:
        line = {"place": self.expr(place), "value": self.expr(value)}
        self.rest["start"].append({"holds": line})

    def secret(self, place: Json, value: Json, known: str, others: Json = "unknown") -> None:
        line = {
            "place": self.expr(place),
            "value": self.expr(value),
            "known": [self.expr(each) for each in known.split()],
            "others": self.constant(others),
        }
        self.rest["start"].append({"secret": line})

    def belief(self, path: str, place: Json, value: Json) -> None:
        chain = [self.expr(each) for each in path.split()]
        line = {"path": chain, "place": self.expr(place), "value": self.expr(value)}
        self.rest["start"].append({"belief": line})

    def event(self, action: str, *args: str) -> Event:
        return Event(list(self.actions).index(action), tuple(map(self.atom, args)))

    def constant(self, value: Json) -> Json:
        if value == "unknown":
            return value
        if isinstance(value, bool):
            return {"bool": value}
        return (
            {"number": float(value)}
            if isinstance(value, (int, float))
            else {"atom": self.atom(value)}
        )

    def expr(self, written: Json) -> Json:
        """An expression of the border."""
        if not isinstance(written, tuple):
            if isinstance(written, str) and written.startswith("?"):
                return {"var": int(written[1:])}
            return {"const": self.constant(written)}
        head, *parts = written
        if head in self.facts:
            return {"fact": [list(self.facts).index(head), [self.expr(each) for each in parts]]}
        match head:
            case "and" | "or":
                return {head: [self.expr(each) for each in parts]}
            case "not" | "known" | "maybe" | "topic" | "claimed":
                return {head: self.expr(parts[0])}
            case "lt" | "le":
                kind = self.set(parts[2]) if len(parts) > 2 else None
                return {head: [self.expr(parts[0]), self.expr(parts[1]), kind]}
            case "any" | "all" | "count" | "sum" | "product":
                return {head: [self.set(parts[0]), self.expr(parts[1])]}
            case "next" | "prev" | "is_in":
                return {head: [self.expr(parts[0]), self.set(parts[1])]}
        return {head: [self.expr(each) for each in parts]}

    def effect(self, written: Json) -> Json:
        """An effect: `("set", place, value)`, `("show", place)`, `("share", persons, place)`,
        `("share", persons, place, value)`, `("tell", speaker, persons, place, value)`,
        `("learn", who, place)`, `("learn", who, place, from)`, `("believe", persons, place,
        value)`, `("find", persons, place, value)` (the value read inside), `("when", condition,
        effects, effects)`, `("each", set, condition, effects)`; persons in one string.
        """
        match written:
            case ("set", place, value):
                return {"set": [self.expr(place), self.expr(value)]}
            case ("show", place):
                return {"show": self.expr(place)}
            case ("share", among, place, *value):
                return self._common(among, place, value[0] if value else None, None)
            case ("tell", speaker, among, place, value):
                return self._common(f"{speaker} {among}", place, value, speaker)
            case ("learn", who, place, *teacher):
                body = {"who": self.expr(who), "place": self.expr(place)}
                if teacher:
                    body["from"] = self.expr(teacher[0])
                return {"learn": body}
            case ("believe" | "find" as form, path, place, value):
                body = {"path": [self.expr(each) for each in path.split()]}
                body |= {"place": self.expr(place), "value": self.expr(value)}
                return {"believe": body | {"inside": form == "find"}}
            case ("when", condition, *branches):
                then, otherwise = [*branches, ()][:2]
                return {
                    "when": [self.expr(condition), self._effects(then), self._effects(otherwise)]
                }
            case ("each", kind, condition, effects):
                return {"each": [self.set(kind), self.expr(condition), self._effects(effects)]}
        raise ValueError(written)

    def _effects(self, written: Iterable[Json]) -> list[Json]:
        return [self.effect(each) for each in written]

    def _common(self, among: str, place: Json, value: Json, speaker: str | None) -> Json:
        body = {"among": [self.expr(each) for each in among.split()], "place": self.expr(place)}
        body["value"] = None if value is None else self.expr(value)
        return {"share": body | ({} if speaker is None else {"speaker": self.expr(speaker)})}

    def _seen(self, written: Json) -> Json:
        match written:
            case ("other", action, *args):
                number = list(self.actions).index(action)
                return {"other": [number, [self.expr(each) for each in args]]}
            case ("partly", *effects):
                return {"partly": self._effects(effects)}
        return written

    def __repr__(self) -> str:
        """The problem with names for atoms, to be read where a property fails."""
        facts = [f"{n} {name}" for n, name in enumerate(self.facts)]
        atoms = [f"{n} {name}" for n, name in enumerate(self.atoms)]
        lines = [f"facts: {', '.join(facts)}", f"atoms: {', '.join(atoms)}"]
        for part in (list(self.actions.values()), *self.rest.values()):
            lines += [json.dumps(each) for each in part]
        return "\n".join(lines)

    def problem(self) -> Json:
        return {
            "version": 1,
            "rules": "own",
            "atoms": self.atoms,
            "persons": [self.atom(each) for each in self.sets.get("person", [])],
            "sets": [
                {"name": name, "members": [self.atom(each) for each in members]}
                for name, members in self.sets.items()
            ],
            "facts": list(self.facts.values()),
            "actions": list(self.actions.values()),
            **self.rest,
        }

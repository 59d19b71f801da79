"""The border's problem: all tables in one value, ready for `json.dumps`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from intrigue.world import model
from intrigue.world.tables import PERSON, Tables


def problem(
    tables: Tables,
    members: Sequence[Sequence[int]],
    facts: Sequence[model.Fact],
    visible: Sequence[dict[str, Any]],
    actions: Sequence[dict[str, Any]],
    triggers: Sequence[dict[str, Any]],
    wants: Sequence[dict[str, Any]],
    shares: Sequence[dict[str, Any]],
    utilities: Sequence[dict[str, Any]] | None,
    start: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """The fields of `Problem` in `crates/engine/src/problem.rs`. A set has the number of its kind.

    `utilities`: under the rules of Sabre what everybody's wants come to; None under our own.
    """
    return {
        "version": 1,
        "rules": "own" if utilities is None else "peer",
        "atoms": [atom.name for atom in tables.atoms],
        "persons": list(members[PERSON]),
        "sets": [
            {"name": kind.name, "members": list(among)}
            for kind, among in zip(tables.kinds, members, strict=True)
        ],
        "facts": [
            {
                "name": fact.name,
                "args": [parameter.kind for parameter in fact.params],
                "range": fact.range,
                "default": fact.default,
            }
            for fact in facts
        ],
        "claims": [
            {"atom": atom, "fact": fact, "args": list(args), "value": value}
            for atom, (fact, args, value) in tables.claims.items()
        ],
        "actions": list(actions),
        "triggers": list(triggers),
        "visible": list(visible),
        "wants": list(wants),
        "shares": list(shares),
        "utilities": list(utilities or ()),
        "start": list(start),
    }

"""A problem file, read: the border, the names of its numbers, and what is declared."""

from __future__ import annotations

from typing import Any

from intrigue.diagnostics.diagnostic import Diagnostic, Source
from intrigue.grounding.border import walk
from intrigue.records import dataclass
from intrigue.sabre.declarations import Table, declare
from intrigue.sabre.expressions import Scope
from intrigue.sabre.lowering import Lowering, Names
from intrigue.sabre.parser import parse, parse_formula
from intrigue.sabre.tokens import Findings


@dataclass(frozen=True, slots=True)
class Problem:
    """`border`: the problem for the engine, under the peer's rules; `names`: of its facts, actions and triggers; `table`: types
    and entities; `diagnostics`: everything wrong with the text, in its order. Where there is any, nothing else may be used."""

    border: dict[str, Any]
    names: Names
    table: Table
    diagnostics: list[Diagnostic]
    _lowering: Lowering

    @property
    def whole_numbers(self) -> bool:
        """Whether no number can be a fraction, so that sums do not depend on the order of adding."""
        return not any(
            "div" in node or ("number" in node and not float(node["number"]).is_integer())
            for node in walk(self.border)
        )

    @property
    def number_facts(self) -> frozenset[int]:
        """The facts whose values are numbers."""
        facts = self.border["facts"]
        return frozenset(i for i, fact in enumerate(facts) if fact["range"] == "number")

    def formula(self, source: Source) -> tuple[Any | None, list[Diagnostic]]:
        """A condition in Sabre's syntax about this problem, as the border has it; None, and what is wrong with it."""
        findings = Findings(source)
        node = parse_formula(source.text, findings)
        before = self._lowering.findings
        self._lowering.findings = self.table.findings = findings
        try:
            expr = self._lowering.formula(node, Scope({}, 0))
        finally:
            self._lowering.findings = self.table.findings = before
        return (None if findings.found else expr), findings.sorted()


def open_problem(source: Source) -> Problem:
    """Read a problem file. Nothing is raised for bad input."""
    findings = Findings(source)
    definitions = parse(source.text, findings)
    table = declare(definitions, findings)
    lowering = Lowering(table, findings)
    border, names = lowering.problem(definitions)
    return Problem(border, names, table, findings.sorted(), lowering)

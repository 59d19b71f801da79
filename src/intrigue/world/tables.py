"""What the files declare, by name: the tables that every part of the checker reads, and the mistakes it finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import field
from typing import Any

from intrigue.diagnostics.diagnostic import Diagnostic, Note, Span
from intrigue.language import tree
from intrigue.language.names import key
from intrigue.records import dataclass
from intrigue.world.model import Parameter, Phrase

PERSON, PLACE, THING, CLAIM, QUESTION = range(5)
BUILT_IN = ("person", "place", "thing", "claim", "question")


@dataclass(slots=True)
class Kind:
    """A kind while it is being read. `above`: itself and all kinds it belongs to. `roots`: those of them without parents."""

    id: int
    name: str
    span: Span | None = None
    parents: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    closed: bool = False
    ordered: bool = False
    above: frozenset[int] = frozenset()
    roots: frozenset[int] = frozenset()
    preposition: str = ""
    """What stands before the name of such a place, where it is said."""


@dataclass(slots=True)
class Atom:
    """A named value while it is being read. `kinds`: those it was declared with."""

    id: int
    name: str
    span: Span | None = None
    kinds: frozenset[int] = frozenset()
    aliases: list[str] = field(default_factory=list)
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FactSignature:
    """What others must know of a fact to speak of it. `range`: "bool", "number", or the kinds of its values."""

    id: int
    name: str
    params: tuple[Parameter, ...]
    kinds: tuple[frozenset[int], ...]
    range: str | frozenset[int]
    phrases: tuple[Phrase, ...]
    declaration: tree.FactDeclaration | None


@dataclass(frozen=True, slots=True)
class ActionSignature:
    """An action or one of its outcomes before its conditions and effects are read. `meant`: number of the action meant."""

    id: int
    name: str
    params: tuple[Parameter, ...]
    kinds: tuple[frozenset[int], ...]
    patterns: tuple[Phrase, ...]
    meant: int | None
    declaration: tree.ActionDeclaration
    outcome: tree.OutcomeDeclaration | None


class Report:
    """Collects mistakes; the same mistake at the same place is one."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self._seen: set[Any] = set()

    def add(
        self,
        code: str,
        span: Span | None,
        *,
        label: str = "",
        repair: str = "",
        notes: Sequence[Note] = (),
        **blanks: str,
    ) -> None:
        """Reports a mistake; `blanks` fill the headline of its code."""
        found = Diagnostic(code, span, blanks, label, tuple(notes), repair)
        key = self._key(found)
        if key not in self._seen:
            self._seen.add(key)
            self.found.append(found)

    def mark(self) -> int:
        """How many mistakes there are."""
        return len(self.found)

    def back_to(self, mark: int) -> list[Diagnostic]:
        """Takes back what has been reported since; gives it to whoever may report it `again`."""
        taken = self.found[mark:]
        del self.found[mark:]
        self._seen = {self._key(each) for each in self.found}
        return taken

    def again(self, mistakes: Sequence[Diagnostic]) -> None:
        """Reports what was taken back."""
        for each in mistakes:
            self.add(
                each.code,
                each.span,
                label=each.label,
                repair=each.repair,
                notes=each.notes,
                **each.blanks,
            )

    @staticmethod
    def _key(found: Diagnostic) -> Any:
        span = found.span
        place = (id(span.source), span.start, span.end) if span else None
        return found.code, place, tuple(found.blanks.items())


class Tables:
    """Names to what they mean. Kinds, atoms, facts and actions are numbered in the order in which they are declared."""

    def __init__(self) -> None:
        self.report = Report()
        self.kinds: list[Kind] = []
        self.kind_named: dict[str, Kind] = {}
        self.atoms: list[Atom] = []
        self.atom_named: dict[str, Atom] = {}
        self.facts: list[FactSignature] = []
        self.fact_named: dict[str, FactSignature] = {}
        self.definition_named: dict[str, tree.Definition] = {}
        self.definition_params: dict[
            str, tuple[tuple[Parameter, ...], tuple[frozenset[int], ...]]
        ] = {}
        self.actions: list[ActionSignature] = []
        self.action_named: dict[str, ActionSignature] = {}
        self.claims: dict[int, tuple[int, tuple[int, ...], Any]] = {}
        """Claims and questions: atom -> fact, arguments, claimed value (None: a question)."""
        self.claim_of: dict[Any, int] = {}
        self.groups: set[int] = set()
        """Atoms that stand for many: actors that the cast calls a group."""
        self.pronouns: dict[int, str] = {}
        """`he`, `she`, `it`, `they`, where the cast says it."""
        self.prepositions: dict[int, str] = {}
        """What stands before the name of each place of the cast, by atom: `in` the cell."""
        self.endings: dict[str, str] = {}
        """The names of the story's endings, with their conditions as written."""
        self.sabre = False
        """Whether the rules of Sabre hold instead of our own."""
        self.complete = False
        """Whether the world is made: nothing is added any more."""
        self.sentences: Any = None
        """The compiled sentence patterns, once somebody needs them."""
        self.readings: dict[str, list[Any]] = {}
        """What each sentence that was read may tell."""
        self.phrases: dict[int, Any] = {}
        """The phrases of facts, compiled once somebody needs them; by the number of atoms at that time."""
        self._unions: dict[frozenset[int], int] = {}
        for name in BUILT_IN:
            kind = self.add_kind(name, None)
            kind.above = kind.roots = frozenset({kind.id})
        self.add_atom("none", None, frozenset())

    # ------------------------------------------------------------- growing

    def add_kind(self, name: str, span: Span | None) -> Kind:
        """A new kind; of two with one name the first is found by it."""
        kind = Kind(len(self.kinds), name, span)
        self.kinds.append(kind)
        self.kind_named.setdefault(key(name), kind)
        return kind

    def add_atom(
        self, name: str, span: Span | None, kinds: frozenset[int], *, named: bool = True
    ) -> Atom:
        """A new atom; one that is not `named` (a claim that a sentence tells) is not found by its name."""
        atom = Atom(len(self.atoms), name, span, kinds)
        self.atoms.append(atom)
        if named:
            self.atom_named[key(name)] = atom
        return atom

    def set_of(self, kinds: frozenset[int]) -> int:
        """The number of a kind with the members of all these: the kind itself if it is one, else a union."""
        lean = frozenset(
            k
            for k in kinds
            if not any(k != other and other in self.kinds[k].above for other in kinds)
        )
        if len(lean) == 1:
            return next(iter(lean))
        if lean not in self._unions:
            union = Kind(len(self.kinds), " or ".join(self.kinds[k].name for k in sorted(lean)))
            union.roots = frozenset().union(*(self.kinds[k].roots for k in lean))
            union.above = frozenset({union.id})
            self.kinds.append(union)
            self._unions[lean] = union.id
        return self._unions[lean]

    def without_report(self) -> Tables:
        """The same tables with a report of their own."""
        quiet = copy(self)
        quiet.report = Report()
        return quiet

    # ------------------------------------------------------------- reading

    def roots(self, kinds: Collection[int]) -> frozenset[int]:
        """The families to which the members of these kinds belong."""
        if len(kinds) == 1:
            return self.kinds[next(iter(kinds))].roots
        return frozenset().union(*(self.kinds[k].roots for k in kinds))

    def belongs(self, kinds: frozenset[int], to: int) -> bool:
        """Whether everything of these kinds is of the kind `to`."""
        return bool(kinds) and all(to in self.kinds[k].above for k in kinds)

    def all_kinds(self, atom: Atom) -> frozenset[int]:
        """Every kind to which an atom belongs, unions included."""
        above: frozenset[int] = frozenset().union(*(self.kinds[k].above for k in atom.kinds))
        return above | {union for parts, union in self._unions.items() if parts & above}

    def members(self) -> list[list[int]]:
        """The members of each kind: of a closed set as declared, else by the order of the atoms."""
        members: list[list[int]] = [list(kind.members) for kind in self.kinds]
        for atom in self.atoms:
            for kind in self.all_kinds(atom):
                if not self.kinds[kind].closed:
                    members[kind].append(atom.id)
        return members

    def unknown_name(
        self,
        name: tree.Name,
        sort: str,
        candidates: Iterable[str],
        *,
        code: str = "unknown-name",
        notes: Sequence[Note] = (),
    ) -> None:
        """Reports a name that means nothing, with the nearest one that does."""
        from intrigue.diagnostics.suggest import nearest

        close = nearest(name.text, candidates)
        self.report.add(
            code,
            name.span,
            label="not declared",
            notes=notes,
            repair=f"did you mean `{close}`?" if close else _declare(name.text, sort),
            name=name.text,
            sort=sort,
        )

    def clash(self, name: tree.Name, first: Span | None, what: str) -> None:
        """Reports a name that has a meaning already."""
        notes = (Note("declared here first", first),) if first else ()
        self.report.add(
            "name-clash",
            name.span,
            label="declared again" if first or what.endswith("already") else "means something",
            notes=notes,
            repair="give one of the two another name",
            name=name.text,
            what=what,
        )


def _declare(name: str, sort: str) -> str:
    """What makes a name mean something that is like none that there is."""
    if sort == "fact" and name == "where":
        return "`at` says where somebody is: declare a fact `where(person): place` for it"
    if sort == "fact" and name == "holder":
        return "`holding`, and `at` of a thing, say who or what has it: declare a fact `holder(thing): person or place`"
    if sort in ("fact", "kind"):
        return f"declare it under `{sort}s`"
    if " " in name:
        return "say it in the phrase of a fact (`intrigue vocabulary` lists them), or give a fact such a phrase"
    return ""

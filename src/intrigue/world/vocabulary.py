"""The vocabulary of a world: which sentences tell what, which facts there are, what everybody wants, of which kinds one may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from intrigue.diagnostics.diagnostic import Span
from intrigue.diagnostics.position import one_line
from intrigue.language import tree
from intrigue.records import dataclass
from intrigue.world.model import World

_COMMENT = re.compile(r"(?<!\S)#[^\n]*")

SORTS = ("kinds", "sentences", "facts", "conditions", "wants")


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule that a story can speak of.

    `sort`: one of `SORTS`; `name`: of the kind, action, fact or condition, or whose want it is; `says`: its sentences or the
    declaration; `where`: what its blanks may be; `note`: who chooses it, or its phrases; `needs`: what must be so for it (of an outcome,
    besides); `makes`: what comes of it; `file`, `line`: where it stands.
    """

    sort: str
    name: str
    says: tuple[str, ...]
    where: str
    note: str
    file: str
    line: int
    kinds: frozenset[str]
    """The names of the kinds that its blanks ask for."""
    needs: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """As text, indented."""
        for said in self.says or (self.name,):
            yield f"  {said}"
        behind = "; ".join(part for part in (self.where, self.note) if part)
        if behind:
            yield f"      {behind}"
        if self.needs:
            yield f"      needs {', '.join(self.needs)}"
        if self.makes:
            yield f"      makes {', '.join(self.makes)}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a world, or the part of it that was asked for, offers."""

    title: str
    entries: tuple[Entry, ...]

    def about(
        self,
        word: str | None = None,
        sorts: Sequence[str] = SORTS,
        kinds: frozenset[str] | None = None,
    ) -> Vocabulary:
        """Only the entries of some sorts, in which a word begins so, and in which something of one of these kinds may stand."""
        wanted = re.compile(rf"\b{re.escape(word or '')}", re.IGNORECASE)
        chosen = tuple(
            entry
            for entry in self.entries
            if entry.sort in sorts
            and wanted.search(
                " ".join(
                    (entry.name, *entry.says, entry.where, entry.note, *entry.needs, *entry.makes)
                )
            )
            and (kinds is None or kinds & entry.kinds)
        )
        return Vocabulary(self.title, chosen)

    def __str__(self) -> str:
        lines: list[str] = []
        for sort in SORTS:
            file = ""
            for entry in (each for each in self.entries if each.sort == sort):
                if not file:
                    lines += ["", sort] if lines else [sort]
                if entry.file != file:
                    file = entry.file
                    lines.append(f" {file}")
                lines.extend(f" {line}" for line in entry.lines())
        return "\n".join(lines) if lines else "nothing of the kind"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"

    def to_dict(self) -> dict[str, object]:
        """Plain data, for `--format json`."""
        return {
            "world": self.title,
            "entries": [
                {
                    "sort": e.sort,
                    "name": e.name,
                    "says": list(e.says),
                    "where": e.where,
                    "note": e.note,
                    "needs": list(e.needs),
                    "makes": list(e.makes),
                    "file": e.file,
                    "line": e.line,
                }
                for e in self.entries
            ],
        }


def vocabulary(world: World) -> Vocabulary:
    """All that a world offers, in the order of its files."""
    entries: list[Entry] = []
    for file in world.files:
        entries += _kinds(file)
        for action in file.actions:
            entries += _sentences(action)
        entries += (_fact(fact) for fact in file.facts)
        entries += (_condition(definition) for definition in file.definitions)
        entries += (_want(want) for want in file.wants)
    return Vocabulary(world.title, tuple(entries))


def kinds_of(world: World, name: str) -> frozenset[str] | None:
    """The names of a kind and of all that it belongs to; None if there is no such kind."""
    from intrigue.language.names import key

    kind = world.tables.kind_named.get(key(name))
    if kind is None:
        return None
    return frozenset(world.tables.kinds[above].name for above in kind.above)


def _kinds(file: tree.File) -> Iterator[Entry]:
    for kind in file.kinds:
        for name in kind.names:
            members = (" < " if kind.ordered else " | ").join(m.text for m in kind.members)
            parents = ", ".join(parent.text for parent in kind.parents)
            yield _entry(
                "kinds",
                name.text,
                (f"{name.text} = {members}" if members else f"{name.text}: {parents}",),
                "",
                "",
                kind.span,
                [name.text, *(parent.text for parent in kind.parents)],
            )


def _sentences(action: tree.ActionDeclaration) -> Iterator[Entry]:
    wills = "; ".join(one_line(clause.span).removeprefix("will ") for clause in action.will)
    note = (
        f"chosen by {wills}" if wills else {"fate": "fate", "reaction": "a reaction"}[action.mode]
    )
    yield _entry(
        "sentences",
        action.name.text,
        tuple(one_line(pattern.span).strip('"“”') for pattern in action.patterns),
        _params(action.params),
        note,
        action.name.span,
        _names(action.params),
        _needs(action.needs),
        _makes(action.makes),
    )
    for outcome in action.outcomes:
        params = (*action.params, *outcome.params)
        yield _entry(
            "sentences",
            f"{action.name.text} or else {outcome.name.text}",
            tuple(one_line(pattern.span).strip('"“”') for pattern in outcome.patterns),
            _params(params),
            f"{note}, but meant as: {action.name.text}",
            outcome.name.span,
            _names(params),
            _needs(outcome.needs),
            _makes(outcome.makes),
        )


def _fact(fact: tree.FactDeclaration) -> Entry:
    head = f"{fact.name.text}({', '.join(p.name.text for p in fact.params)})"
    range_ = " or ".join(kind.text for kind in fact.range)
    default = f" = {one_line(fact.default.span)}" if fact.default is not None else ""
    phrases = " | ".join(one_line(phrase.span).strip('"“”') for phrase in fact.phrases)
    return _entry(
        "facts",
        fact.name.text,
        (head + (f": {range_}" if range_ else "") + default,),
        _params(fact.params) if any(p.name.text != p.kind[0].text for p in fact.params) else "",
        f"in words: {phrases}" if phrases else "",
        fact.name.span,
        [*_names(fact.params), *(kind.text for kind in fact.range)],
    )


def _condition(definition: tree.Definition) -> Entry:
    return _entry(
        "conditions",
        definition.name.text,
        (
            f"{definition.name.text}({_params(definition.params)}) = {one_line(definition.body.span)}",
        ),
        "",
        "",
        definition.name.span,
        _names(definition.params),
    )


def _needs(needs: Sequence[tree.Need]) -> tuple[str, ...]:
    return tuple(one_line(need.condition.span) for need in needs)


def _makes(effects: Sequence[tree.Effect]) -> tuple[str, ...]:
    """Effects as they are written, without comments."""
    texts = (each.span.source.text[each.span.start : each.span.end] for each in effects)
    return tuple(" ".join(_COMMENT.sub("", text).split()) for text in texts)


def _want(want: tree.WantDeclaration) -> Entry:
    who = one_line(want.who.span)
    each = f"each {_params(want.params)}: " if want.params else ""
    return _entry(
        "wants",
        who,
        (f"{each}{who}: {one_line(want.span).removeprefix(who).lstrip(': ')}",),
        "",
        "",
        want.span,
        _names(want.params),
    )


def _entry(
    sort: str,
    name: str,
    says: tuple[str, ...],
    where: str,
    note: str,
    span: Span,
    kinds: Sequence[str],
    needs: tuple[str, ...] = (),
    makes: tuple[str, ...] = (),
) -> Entry:
    line = span.source.text.count("\n", 0, span.start) + 1
    return Entry(
        sort,
        name,
        says,
        where,
        note,
        Path(span.source.path).name,
        line,
        frozenset(kinds),
        needs,
        makes,
    )


def _params(params: Sequence[tree.Parameter]) -> str:
    return ", ".join(f"{p.name.text}: {' or '.join(kind.text for kind in p.kind)}" for p in params)


def _names(params: Sequence[tree.Parameter]) -> list[str]:
    return [kind.text for p in params for kind in p.kind]

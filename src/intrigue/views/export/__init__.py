"""A told story in the forms of other tools. One entry a form; each takes a chronicle and gives the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intrigue.records import dataclass
from intrigue.views.makers import maker

if TYPE_CHECKING:
    from intrigue.views.chronicle import Chronicle
    from intrigue.views.export.interactive import Branch


@dataclass(frozen=True, slots=True)
class Form:
    """`maker`: `module:function` here. `suffix`: of its files. `branching`: it can hold other ways to go on."""

    about: str
    suffix: str
    maker: str
    branching: bool = False

    def make(self, told: Chronicle, branches: Sequence[Branch] = ()) -> bytes:
        """The file; `branches` are for forms that hold them. Raises MissingExtra if the form needs a package that is not installed."""
        more = (branches,) if self.branching else ()
        made: bytes | str = maker(f"export.{self.maker}")(told, *more)
        return made.encode() if isinstance(made, str) else made


FORMS = {
    "json": Form("everything, as the schema describes it", ".json", "tables:as_json"),
    "events-csv": Form("one row an event", ".csv", "tables:events_csv"),
    "beliefs-csv": Form("one row a spell of a belief", ".csv", "tables:beliefs_csv"),
    "events-parquet": Form("the same, for data tools", ".parquet", "tables:events_parquet"),
    "beliefs-parquet": Form("the same, for data tools", ".parquet", "tables:beliefs_parquet"),
    "mermaid": Form("what hangs on what, for Markdown pages", ".mmd", "graphs:mermaid"),
    "dot": Form("what hangs on what, for Graphviz", ".dot", "graphs:dot"),
    "graphml": Form("what hangs on what, for Gephi, yEd, networkx", ".graphml", "graphs:graphml"),
    "twee": Form("to play in Twine: Twee 3 source", ".twee", "interactive:twee", True),
    "ink": Form("to play with Ink: its source", ".ink", "interactive:ink", True),
}

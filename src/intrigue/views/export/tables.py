"""Data: JSON, CSV and Parquet of events and beliefs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from intrigue.views.chronicle import Chronicle, lasting
from intrigue.views.extras import MissingExtra

Table = tuple[Sequence[str], Sequence[Sequence[Any]]]
"""Column names, and rows."""


def as_json(told: Chronicle) -> str:
    """The whole chronicle as JSON."""
    return json.dumps(told.to_dict(), ensure_ascii=False, indent=1) + "\n"


def events(told: Chronicle) -> Table:
    """One row an event; lists are joined with `; `."""
    columns = (
        *(
            "number",
            "told_at",
            "when",
            "scene",
            "sentence",
            "told",
            "cites",
            "mode",
            "possible",
            "place",
            "minutes",
        ),
        *("takes_part", "willed_by", "motives", "seen_by", "changes"),
    )
    rows = [
        (
            event.number,
            event.told_at,
            event.when,
            told.scenes[event.scene].title,
            event.sentence,
            event.told,
            "; ".join(map(str, event.citations)),
            event.mode,
            event.possible,
            event.place,
            event.minutes,
            "; ".join(event.takes_part),
            "; ".join(reason.person for reason in event.reasons),
            "; ".join(reason.verdict for reason in event.reasons),
            "; ".join(witness.person for witness in event.witnesses if witness.how == "sees"),
            "; ".join(f"{change.fact} = {change.value}" for change in event.changes),
        )
        for event in told.events
    ]
    return columns, rows


def beliefs(told: Chronicle) -> Table:
    """One row a spell: from a moment until another (None: the end), what somebody takes a fact to be. `mind` is empty for the
    truth, `Li` for Li's belief, `Li: Jennie` for what Li thinks that Jennie believes."""
    columns = ("fact", "mind", "since", "until", "value", "state")
    rows: list[Sequence[Any]] = []
    for matter in told.matters:
        minds = [("", matter.truth), *((": ".join(t.chain), t.spells) for t in matter.takes)]
        for mind, spells in minds:
            for spell, until in lasting(spells, None):
                rows.append((matter.label, mind, spell.since, until, spell.value, spell.state))
    return columns, rows


def _csv(table: Table) -> str:
    columns, rows = table
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return written.getvalue()


def events_csv(told: Chronicle) -> str:
    """The table of events as CSV."""
    return _csv(events(told))


def beliefs_csv(told: Chronicle) -> str:
    """The table of beliefs as CSV."""
    return _csv(beliefs(told))


def _parquet(table: Table) -> bytes:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    columns, rows = table
    data = {name: [row[i] for row in rows] for i, name in enumerate(columns)}
    written = io.BytesIO()
    parquet.write_table(pyarrow.table(data), written)
    return written.getvalue()


def events_parquet(told: Chronicle) -> bytes:
    """The table of events as Parquet. Raises MissingExtra without pyarrow."""
    return _parquet(events(told))


def beliefs_parquet(told: Chronicle) -> bytes:
    """The table of beliefs as Parquet. Raises MissingExtra without pyarrow."""
    return _parquet(beliefs(told))

"""The example notebook, run as its readers run it."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_example_notebook_runs() -> None:
    notebook = nbformat.read(  # type: ignore[no-untyped-call]
        DOCS / "notebook.ipynb", as_version=4
    )
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(DOCS)}}).execute()
    shown = [
        set(output["data"])
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "data" in output
    ]
    assert len(shown) == 7
    assert all("text/html" in forms for forms in shown[:6])  # the last is a plain list

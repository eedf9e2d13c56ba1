"""The runs of a store, as a list."""

from __future__ import annotations

from imrlint.archive.schema import RunRow
from imrlint.archive.store import Store
from imrlint.archive.views import open_views


def list_runs(store: Store) -> list[RunRow]:
    """Every run, the last one first. Raises BadStore."""
    if not store.list_runs():
        return []
    with open_views(store) as views:
        return [RunRow(*row) for row in views.select("SELECT * FROM runs ORDER BY run DESC")]

"""Runs of a store as tables of DuckDB, which reads the Parquet files where they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from imrlint.archive.run_writer import MISSING
from imrlint.archive.schema import TABLES, BadStore
from imrlint.archive.store import Store

if TYPE_CHECKING:
    import duckdb


class Views:
    """An open database with a view for each table, over some of the runs."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> None:
        self._connection.execute(statement, values)

    def select(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._connection.execute(query, values).fetchall()


@contextmanager
def open_views(store: Store, runs: Sequence[str] | None = None) -> Iterator[Views]:
    """Views of all runs, or of these. Raises BadStore, also where a query meets a damaged file."""
    try:
        import duckdb
    except ImportError as error:
        raise BadStore(MISSING) from error
    names = store.list_runs() if runs is None else runs
    if not names:
        raise BadStore(f"{store.folder}: no run is kept there yet")
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    try:
        for table in TABLES:
            files = [str(store.runs / name / f"{table}-*.parquet") for name in names]
            listed = ", ".join("'" + each.replace("'", "''") + "'" for each in files)
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}])")
        yield Views(connection)
    except duckdb.Error as error:
        raise BadStore(f"{store.folder}: cannot be read: {' '.join(str(error).split())[:300]}") from error
    finally:
        connection.close()

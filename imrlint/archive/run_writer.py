"""Writing a run into a store: rows come letter by letter, and go to Parquet files of a bounded size."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from imrlint.archive.schema import TABLES, BadStore, FindingRow, ItemRow, LetterRow, RuleRow, RunRow
from imrlint.archive.store import Store

if TYPE_CHECKING:
    import duckdb

MISSING = 'the package duckdb is missing, which reads and writes stores: pip install "imrlint[archive]"'
_ROWS = 20_000  # of a table that are kept in memory
_RUN_BITS, _LETTER_BITS = 40, 23  # of the number of a letter: the first are random


@dataclass
class _Table:
    """The rows of a table that are not in a file yet, and the number of files that it has."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    files: int = 0


class Counts(NamedTuple):
    """What was written."""

    letters: int
    unchecked: int
    findings: int


class RunWriter:
    """A run that is being written. Each method raises BadStore where the disk is full, or the like."""

    def __init__(self, store: Store) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise BadStore(MISSING) from error
        self._error = duckdb.Error
        self._place = store.folder
        self._folder = store.begin_run()
        self._tables = {name: _Table() for name in TABLES}
        self._database: duckdb.DuckDBPyConnection = duckdb.connect(
            ":memory:", config={"threads": 1, "autoinstall_known_extensions": False}
        )
        for name, columns in TABLES.items():
            self._database.execute(f"CREATE TABLE {name} ({columns})")
        self._base = secrets.randbits(_RUN_BITS) << _LETTER_BITS
        self._checked = self._unchecked = self._findings = 0

    @property
    def run(self) -> str:
        """The name of the run."""
        return self._folder.name

    @property
    def counts(self) -> Counts:
        return Counts(self._checked, self._unchecked, self._findings)

    def number_letter(self, nth: int) -> int:
        """The number of the nth letter of this run, which no letter of another run has."""
        return self._base + nth

    def add_letter(self, letter: LetterRow, items: Iterable[ItemRow]) -> None:
        """Add a letter, and its disputed items."""
        self._checked += letter.checked
        self._unchecked += not letter.checked
        self._add("letters", [letter])
        self._add("items", list(items))

    def add_findings(self, findings: Sequence[FindingRow]) -> None:
        """Add findings of a letter."""
        self._findings += len(findings)
        self._add("findings", findings)

    def complete(self, run: RunRow, rules: Iterable[RuleRow]) -> None:
        """Write the rest, and make the run appear in the store."""
        self._add("runs", [run])
        self._add("rules", list(rules))
        for name in TABLES:
            self._write(name)
        try:
            self._folder.complete()
        except OSError as error:
            raise BadStore(f"{self._place}: cannot be written: {error.strerror or error}") from error
        self._database.close()

    def discard(self) -> None:
        """Remove what was written, unless the run is complete."""
        self._database.close()
        self._folder.discard()

    def _add(self, name: str, rows: Sequence[tuple[object, ...]]) -> None:
        table = self._tables[name]
        table.rows += rows
        if len(table.rows) >= _ROWS:
            self._write(name)

    def _write(self, name: str) -> None:
        """Write the rows of a table into a new file. Every table of a run has one, be it empty."""
        table = self._tables[name]
        if not table.rows and table.files:
            return
        path = self._folder.path / f"{name}-{table.files:04}.parquet"
        table.files += 1
        try:
            if table.rows:
                appender = self._database.appender(name)
                appender.append_rows(table.rows)
                appender.flush()
            target = str(path).replace("'", "''")
            self._database.execute(f"COPY {name} TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            self._database.execute(f"TRUNCATE {name}")
        except self._error as error:
            raise BadStore(f"{self._place}: cannot be written: {' '.join(str(error).split())}") from error
        table.rows = []

"""The clues of a run's letters, stored on disk, so that more letters take no more memory.

The store is a temporary SQLite database, deleted when the process ends. It returns only the clues that
two letters or more share; most are never read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imrlint.document.text import Span
from imrlint.engine.rule import Clue

if TYPE_CHECKING:
    from sqlite3 import Connection

_BUFFER = 4_096  # clues written in one transaction
_MEMORY = 4_096  # KiB of pages that the database keeps in memory
_TABLE = """
CREATE TABLE clues (rule INTEGER, key INTEGER, "start" INTEGER, "end" INTEGER, weight INTEGER, mark INTEGER,
letter INTEGER)
"""
_SHARED = """
SELECT clues.key, "start", "end", weight, mark, letter FROM clues JOIN (
    SELECT key, min(rowid) AS first FROM clues WHERE rule = :rule GROUP BY key HAVING min(letter) < max(letter)
) AS shared ON clues.rule = :rule AND clues.key = shared.key ORDER BY first, clues.rowid
"""


class ClueStoreError(Exception):
    """Clues could not be stored or read. The message says why."""


class ClueStore:
    """Stores the clues of a run, by rule."""

    def __init__(self) -> None:
        self._rules: dict[str, int] = {}
        self._unwritten: list[tuple[int, ...]] = []
        self._database: Connection | None = None

    def add(self, rule: str, clue: Clue, letter: int) -> None:
        """Store a clue of the letter with this number. Raises ClueStoreError."""
        number = self._rules.setdefault(rule, len(self._rules))
        self._unwritten.append((number, clue.key, *clue.span, clue.weight, clue.mark, letter))
        if len(self._unwritten) >= _BUFFER:
            self._write()

    def shared_clues(self, rule: str) -> Iterator[Sequence[Clue]]:
        """The clues whose key occurs in two letters or more, one group a key, in the order of adding.

        Raises ClueStoreError.
        """
        import sqlite3

        database = self._write()
        try:
            database.execute("CREATE INDEX IF NOT EXISTS by_key ON clues (rule, key)")
            rows = database.execute(_SHARED, {"rule": self._rules.get(rule)})
            for _, group in itertools.groupby(rows, key=lambda row: row[0]):
                yield [
                    Clue(key, Span(start, end), weight, mark, letter) for key, start, end, weight, mark, letter in group
                ]
        except sqlite3.Error as error:
            raise ClueStoreError(str(error)) from error

    def _write(self) -> Connection:
        import sqlite3

        try:
            if self._database is None:
                self._database = sqlite3.connect("", isolation_level=None)
                self._database.execute(f"PRAGMA cache_size = -{_MEMORY}")
                self._database.execute("PRAGMA journal_mode = OFF")
                self._database.execute(_TABLE)
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO clues VALUES (?, ?, ?, ?, ?, ?, ?)", self._unwritten)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise ClueStoreError(str(error)) from error
        self._unwritten.clear()
        return self._database

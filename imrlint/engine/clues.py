"""What the letters of a run leave behind, kept on disk: more letters take no more memory.

The store is a temporary database of SQLite, which is gone with the process. It gives back only what two
letters have in common; of most clues nothing is ever read again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imrlint.document.text import Span
from imrlint.engine.rule import Clue

if TYPE_CHECKING:
    from sqlite3 import Connection

_BUFFER = 4_096  # clues that are written at once
_MEMORY = 4_096  # KiB that the database may hold
_TABLE = """
CREATE TABLE clues (rule INTEGER, key INTEGER, "start" INTEGER, "end" INTEGER, weight INTEGER, mark INTEGER,
letter INTEGER)
"""
_SHARED = """
SELECT clues.key, "start", "end", weight, mark, letter FROM clues JOIN (
    SELECT key, min(rowid) AS first FROM clues WHERE rule = :rule GROUP BY key HAVING min(letter) < max(letter)
) AS shared ON clues.rule = :rule AND clues.key = shared.key ORDER BY first, clues.rowid
"""


class NotKept(Exception):
    """Clues could not be put aside. The message says why."""


class ClueStore:
    """The clues of a run, by rule."""

    def __init__(self) -> None:
        self._rules: dict[str, int] = {}
        self._waiting: list[tuple[int, ...]] = []
        self._store: Connection | None = None

    def add(self, rule: str, clue: Clue, letter: int) -> None:
        """Put a clue of a letter aside. Raises NotKept."""
        number = self._rules.setdefault(rule, len(self._rules))
        self._waiting.append((number, clue.key, *clue.span, clue.weight, clue.mark, letter))
        if len(self._waiting) >= _BUFFER:
            self._write()

    def shared(self, rule: str) -> Iterator[Sequence[Clue]]:
        """The clues that have one key in two letters or more, key by key, as they came. Raises NotKept."""
        import sqlite3

        store = self._write()
        try:
            store.execute("CREATE INDEX IF NOT EXISTS by_key ON clues (rule, key)")
            rows = store.execute(_SHARED, {"rule": self._rules.get(rule)})
            for _, group in itertools.groupby(rows, key=lambda row: row[0]):
                yield [
                    Clue(key, Span(start, end), weight, mark, letter) for key, start, end, weight, mark, letter in group
                ]
        except sqlite3.Error as error:
            raise NotKept(str(error)) from error

    def _write(self) -> Connection:
        import sqlite3

        try:
            if self._store is None:
                self._store = sqlite3.connect("", isolation_level=None)
                self._store.execute(f"PRAGMA cache_size = -{_MEMORY}")
                self._store.execute("PRAGMA journal_mode = OFF")
                self._store.execute(_TABLE)
            self._store.execute("BEGIN")
            self._store.executemany("INSERT INTO clues VALUES (?, ?, ?, ?, ?, ?, ?)", self._waiting)
            self._store.execute("COMMIT")
        except sqlite3.Error as error:
            raise NotKept(str(error)) from error
        self._waiting.clear()
        return self._store

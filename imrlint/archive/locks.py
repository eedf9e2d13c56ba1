"""Locks that a process holds as long as it lives, on every system: SQLite keeps them, and the system releases them."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path


class Lock:
    """A lock in a file. It is released when its process ends, however that ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    def take(self) -> bool:
        """Take the lock, without waiting. Returns whether nobody else holds it. Raises sqlite3.Error."""
        connection = sqlite3.connect(self.path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
                return False
            raise
        self._connection = connection
        return True

    def release(self) -> None:
        """Release the lock, and delete its file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            with suppress(OSError):
                self.path.unlink()

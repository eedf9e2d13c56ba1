"""The folder of a store: made, opened, and the folders of its runs."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from imrlint.archive.locks import Lock
from imrlint.archive.schema import VERSION, BadStore

LAST, PREVIOUS = "last", "previous"
"""Words for the last run, and for the one before it."""

_DATABASE = "store.sqlite"
_RUNS = "runs"
_APPLICATION = 0x494D5253  # "IMRS", in the head of the file
_WAIT = 60.0  # seconds for somebody else who writes
_TABLES = (
    "CREATE TABLE verdicts (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, rule TEXT NOT NULL,"
    " hash TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE TRIGGER kept BEFORE UPDATE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END",
    "CREATE TRIGGER stay BEFORE DELETE ON verdicts BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END",
)


class Store:
    """A store that exists."""

    def __init__(self, folder: Path) -> None:
        """Raises BadStore where there is none in the folder, or one of another version."""
        self.folder = folder
        self.runs = folder / _RUNS
        if not (folder / _DATABASE).is_file():
            raise BadStore(f"{folder}: there is no store; imrlint check --store makes one")
        try:
            version, application = _read_numbers(folder / _DATABASE)
        except OSError as error:
            raise BadStore(f"{folder}: cannot be read: {error.strerror or error}") from error
        if application != _APPLICATION:
            raise BadStore(f"{folder}: no store of imrlint: {_DATABASE} is another database")
        if version != VERSION:
            age = "an older" if version < VERSION else "a newer"
            raise BadStore(f"{folder}: made by {age} imrlint (version {version}, here {VERSION})")

    @classmethod
    def create(cls, folder: Path) -> Store:
        """The store in a folder, made where the folder is missing or empty. Raises BadStore."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(each.name != _RUNS and not each.name.startswith((_DATABASE, ".")) for each in folder.iterdir()):
                raise BadStore(f"{folder}: not used: it is no store, and has other files in it")
            _create_database(folder / _DATABASE)
            (folder / _RUNS).mkdir(exist_ok=True)
        except OSError as error:
            raise BadStore(f"{folder}: cannot be written: {error.strerror or error}") from error
        except sqlite3.Error as error:
            raise BadStore(f"{folder}: cannot be written: {error}") from error
        return cls(folder)

    def connect(self) -> sqlite3.Connection:
        """The database of what people say. Raises sqlite3.Error."""
        return sqlite3.connect(self.folder / _DATABASE, timeout=_WAIT, isolation_level=None)

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """The database, while nobody else writes; what is written is kept together. Raises sqlite3.Error."""
        with closing(self.connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def list_runs(self) -> list[str]:
        """The names of the runs, the first one first."""
        return sorted(each.name for each in self.runs.glob("[!.]*"))

    def find_run(self, name: str) -> str:
        """The run of this name, or of which this is the beginning, or "last" or "previous". Raises BadStore."""
        runs = self.list_runs()
        back = {LAST: 1, PREVIOUS: 2}.get(name)
        found = runs[-back:][:1] if back and len(runs) >= back else [run for run in runs if run.startswith(name)]
        if name in runs:
            return name
        if len(found) == 1:
            return found[0]
        why = "no run is" if not found else f"{len(found)} runs are"
        raise BadStore(f'{self.folder}: {why} called "{name}"; imrlint runs {self.folder} lists them')

    def begin_run(self) -> RunFolder:
        """A folder for a new run. What runs that died have left is removed. Raises BadStore."""
        try:
            with self.alone():  # so that no folder is taken for left behind before its lock is held
                self._remove_left_behind()
                return RunFolder(self.runs, f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(1)}")
        except OSError as error:
            raise BadStore(f"{self.folder}: cannot be written: {error.strerror or error}") from error
        except sqlite3.Error as error:
            raise BadStore(f"{self.folder}: cannot be written: {error}") from error

    def _remove_left_behind(self) -> None:
        """Remove the unfinished folders whose process has died."""
        for path in [*self.runs.glob(".*.part"), *self.runs.glob(".*.lock")]:
            name = path.name[1:].rpartition(".")[0]
            lock = Lock(self.runs / f".{name}.lock")
            if lock.take():
                shutil.rmtree(self.runs / f".{name}.part", ignore_errors=True)
                lock.release()


class RunFolder:
    """The folder of a run that is not over. It gets the name of the run when it is complete."""

    def __init__(self, runs: Path, name: str) -> None:
        """Raises OSError, sqlite3.Error."""
        self.name = name
        self.path = runs / f".{name}.part"
        self._complete = runs / name
        self._lock = Lock(runs / f".{name}.lock")
        if not self._lock.take():
            raise FileExistsError(0, "another run has the same name")
        self.path.mkdir()

    def complete(self) -> None:
        """Make the run appear in the store, with all that was written. Raises OSError."""
        for path in (*self.path.iterdir(), self.path):
            _write_through(path)
        self.path.rename(self._complete)
        _write_through(self._complete.parent)
        self._lock.release()

    def discard(self) -> None:
        """Remove what was written. Nothing happens once the run is complete."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()


def _create_database(path: Path) -> None:
    """Make the database in one transaction, where nobody else has made it by then. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path, timeout=_WAIT, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
        with suppress(sqlite3.OperationalError):  # somebody else is using it already, and is slower for it
            connection.execute("PRAGMA journal_mode = WAL")


def _read_numbers(path: Path) -> tuple[int, int]:
    """The version and the application that the head of a database names: what can be read on a full disk, too."""
    with path.open("rb") as file:
        head = file.read(100).ljust(100, b"\0")
    version, application = struct.unpack_from(">I4xI", head, 60)
    return version, application


def _write_through(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder where the system allows that."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The file of a memory: its tables, its version, and what can be wrong with it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3  # few runs have a memory, and the others do without the library

from imrlint.memory.errors import BadMemory

VERSION = 1
SHARED = 5
"""Letters that must have something in common before it is kept as text."""

_APPLICATION = 0x494D524C  # "IMRL", in the head of the file
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE letters (content BLOB PRIMARY KEY, text INTEGER NOT NULL, month TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX letters_of_a_text ON letters (text);
CREATE TABLE sentences (
    hash INTEGER PRIMARY KEY, letters INTEGER NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, words TEXT
);
CREATE TABLE traces (trace INTEGER, sentence INTEGER, PRIMARY KEY (trace, sentence)) WITHOUT ROWID;
CREATE TABLE exchanges (one TEXT, other TEXT, pairs INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE phrases (hash INTEGER PRIMARY KEY, letters INTEGER NOT NULL);
CREATE TABLE spellings (hash INTEGER PRIMARY KEY, letters INTEGER NOT NULL, form INTEGER NOT NULL, word TEXT);
CREATE INDEX spellings_of_a_form ON spellings (form) WHERE word IS NOT NULL;
CREATE TABLE citations (hash INTEGER PRIMARY KEY, letters INTEGER NOT NULL, subject INTEGER NOT NULL, citation TEXT);
CREATE INDEX citations_of_a_subject ON citations (subject);
"""


def create(path: Path | str, key: bytes | None = None) -> sqlite3.Connection:
    """A new, empty memory, open for writing; at ":memory:" it is in no file.

    `key` is that of its hashes, by default a random one. Raises BadMemory.
    """
    import secrets
    import sqlite3

    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute("INSERT INTO facts VALUES ('key', ?)", (key or secrets.token_bytes(32),))
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise BadMemory(f"{path}: cannot be written: {error}") from error
    return connection


def open_to_write(path: Path) -> sqlite3.Connection:
    """An existing memory, open for writing. Raises BadMemory."""
    import sqlite3

    _check(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        connection.close()
        raise BadMemory(f"{path}: cannot be written: {error}") from error
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """An existing memory, open for reading, from any thread. Raises BadMemory."""
    _check(path)
    return _connect_to_read(path)


def read_key(connection: sqlite3.Connection) -> bytes:
    """The key of the hashes in a memory."""
    return bytes(connection.execute("SELECT value FROM facts WHERE name = 'key'").fetchone()[0])


def _connect_to_read(path: Path) -> sqlite3.Connection:
    import sqlite3

    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _check(path: Path) -> None:
    """Raises BadMemory where a file is missing, no memory, damaged, or of another version."""
    import sqlite3

    if not path.is_file():
        raise BadMemory(f"{path}: there is no such memory; imrlint learn makes one")
    try:
        with closing(_connect_to_read(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if application == _APPLICATION and version == VERSION:
                read_key(connection)
                connection.execute("SELECT 1 FROM sentences LIMIT 1").fetchone()
                return
    except (sqlite3.Error, TypeError) as error:
        raise BadMemory(f"{path}: no memory of imrlint, or a damaged one ({error}); learn it anew") from error
    if application != _APPLICATION:
        raise BadMemory(f"{path}: no memory of imrlint, but another database")
    age = "an older" if version < VERSION else "a newer"
    advice = "learn it anew" if version < VERSION else "update imrlint, or learn it anew"
    raise BadMemory(f"{path}: made by {age} imrlint (version {version}, here {VERSION}); {advice}")

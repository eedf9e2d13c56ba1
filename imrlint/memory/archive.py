"""Writing a memory: lessons are added to it, and taken out again, in transactions."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from imrlint.memory import neighbours, schema
from imrlint.memory.hashing import Hasher
from imrlint.memory.lessons import Lesson, list_traces

BATCH = 250
"""Letters of a transaction."""

_PRUNED = 10_000  # letters after which phrases and spellings that one letter has are dropped; a multiple of the batch
_AT_ONCE = 500  # hashes in one query
_CACHE = -64_000  # KiB of pages that SQLite keeps

_Texts: TypeAlias = tuple[Mapping[int, str], Mapping[int, int]]  # each with its hash, and the hash of its group


class MemoryWriter:
    """A memory open for writing. Each call is one transaction: a killed process leaves all of it, or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
        self.hasher = Hasher(schema.read_key(connection))

    @classmethod
    def open(cls, path: Path, key: bytes | None = None) -> MemoryWriter:
        """The memory in a file, a new one where there is none. Raises BadMemory."""
        return cls(schema.open_to_write(path) if path.exists() else schema.create(path, key))

    def __enter__(self) -> MemoryWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What was written is one file afterwards, without a journal beside it."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()

    def count_letters(self) -> int:
        """The number of letters in the memory, one in several formats once."""
        return int(self._connection.execute("SELECT count(DISTINCT text) FROM letters").fetchone()[0])

    def _count_files(self, text: int) -> int:
        return int(self._connection.execute("SELECT count(*) FROM letters WHERE text = ?", (text,)).fetchone()[0])

    def has_letter(self, content: bytes) -> bool:
        """Whether the letter with this SHA-256 is in the memory."""
        return self._connection.execute("SELECT 1 FROM letters WHERE content = ?", (content,)).fetchone() is not None

    def add(self, lessons: Sequence[Lesson]) -> int:
        """Add letters that are not in the memory yet. Returns how many these were.

        Of a letter in several formats the first counts; the others are known from then on.
        """
        with _transaction(self._connection) as cursor:
            files = [lesson for lesson in _drop_repeated(lessons) if not self.has_letter(lesson.content)]
            texts = {lesson.text: lesson for lesson in reversed(files) if not self._count_files(lesson.text)}
            new = [lesson for lesson in files if texts.get(lesson.text) is lesson]
            cursor.executemany("INSERT INTO letters VALUES (?, ?, ?)", [(f.content, f.text, f.month) for f in files])
            self._add_sentences(cursor, new)
            _add_counts(cursor, "phrases", Counter(phrase for lesson in new for phrase in lesson.phrases))
            _add_texts(cursor, "spellings", "word", [(each.spellings, each.forms) for each in new])
            _add_texts(cursor, "citations", "citation", [(each.citations, each.subjects) for each in new])
            letters = self.count_letters()
            if letters // _PRUNED > (letters - len(new)) // _PRUNED:
                cursor.execute("DELETE FROM phrases WHERE letters < 2")
                cursor.execute("DELETE FROM spellings WHERE letters < 2")
        return len(new)

    def forget(self, lessons: Sequence[Lesson]) -> int:
        """Take letters out. Returns how many of them were in the memory. One in several formats goes with the last."""
        with _transaction(self._connection) as cursor:
            known = [lesson for lesson in _drop_repeated(lessons) if self.has_letter(lesson.content)]
            cursor.executemany("DELETE FROM letters WHERE content = ?", [(each.content,) for each in known])
            gone = {each.text: each for each in known if not self._count_files(each.text)}.values()
            for table, column, hashes in (
                ("sentences", "words", [each.sentences for each in gone]),
                ("phrases", "", [each.phrases for each in gone]),
                ("spellings", "word", [each.spellings for each in gone]),
                ("citations", "citation", [each.citations for each in gone]),
            ):
                counts = Counter(hashed for each in hashes for hashed in each)
                cursor.executemany(
                    f"UPDATE {table} SET letters = letters - ? WHERE hash = ?", [(n, h) for h, n in counts.items()]
                )
                cursor.execute(f"DELETE FROM {table} WHERE letters < 1")
                if column:
                    cursor.execute(
                        f"UPDATE {table} SET {column} = NULL WHERE letters < {schema.SHARED} AND {column} IS NOT NULL"
                    )
            cursor.execute("DELETE FROM traces WHERE sentence NOT IN (SELECT hash FROM sentences WHERE words NOT NULL)")
        return len(known)

    def settle(self) -> None:
        """Find out anew which words the house exchanges for one another. To be called after the last change."""
        exchanges = neighbours.count_exchanges(self._connection)
        with _transaction(self._connection) as cursor:
            cursor.execute("DELETE FROM exchanges")
            rows = sorted((one, other, pairs) for (one, other), pairs in exchanges.items())
            cursor.executemany("INSERT INTO exchanges VALUES (?, ?, ?)", rows)

    def _add_sentences(self, cursor: sqlite3.Cursor, lessons: Sequence[Lesson]) -> None:
        rows = [(hashed, each.month, each.month) for each in lessons for hashed in each.sentences]
        cursor.executemany(
            "INSERT INTO sentences VALUES (?, 1, ?, ?, NULL) ON CONFLICT (hash) DO UPDATE SET letters = letters + 1,"
            " since = min(since, excluded.since), until = max(until, excluded.until)",
            sorted(rows),
        )
        texts = {hashed: text for each in lessons for hashed, text in each.sentences.items()}
        shared = list(_find_shared(cursor, "sentences", "words", texts))
        cursor.executemany("UPDATE sentences SET words = ? WHERE hash = ?", [(texts[each], each) for each in shared])
        traces = [(trace, each) for each in shared for trace in list_traces(self.hasher, texts[each].split())]
        cursor.executemany("INSERT OR IGNORE INTO traces VALUES (?, ?)", sorted(traces))


def _add_counts(cursor: sqlite3.Cursor, table: str, counts: Mapping[int, int]) -> None:
    """Add numbers of letters to the rows of these hashes."""
    cursor.executemany(
        f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET letters = letters + excluded.letters",
        sorted(counts.items()),  # in the order of the table, which is many times as fast
    )


def _add_texts(cursor: sqlite3.Cursor, table: str, column: str, found: Sequence[_Texts]) -> None:
    """Add letters to the rows of these hashes, and the texts of those that enough letters share by now."""
    texts = {hashed: text for each, _ in found for hashed, text in each.items()}
    groups = {hashed: group for _, each in found for hashed, group in each.items()}
    counts = Counter(hashed for each, _ in found for hashed in each)
    cursor.executemany(
        f"INSERT INTO {table} VALUES (?, ?, ?, NULL) ON CONFLICT (hash) DO UPDATE"
        " SET letters = letters + excluded.letters",
        [(hashed, counts[hashed], groups[hashed]) for hashed in sorted(counts)],
    )
    shared = [(texts[each], each) for each in _find_shared(cursor, table, column, texts)]
    cursor.executemany(f"UPDATE {table} SET {column} = ? WHERE hash = ?", shared)


def _find_shared(cursor: sqlite3.Cursor, table: str, column: str, hashes: Iterable[int]) -> list[int]:
    """Those of the hashes that enough letters share, and that have no text yet."""
    found: list[int] = []
    wanted = list(hashes)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        is_new = f"letters >= {schema.SHARED} AND {column} IS NULL"
        rows = cursor.execute(f"SELECT hash FROM {table} WHERE hash IN ({marks}) AND {is_new}", some)
        found += [hashed for (hashed,) in rows]
    return found


def _drop_repeated(lessons: Iterable[Lesson]) -> list[Lesson]:
    """The lessons without those of letters that stand before them."""
    return list({lesson.content: lesson for lesson in lessons}.values())


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """A cursor whose changes are kept together, or none of them where something fails."""
    cursor = connection.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    try:
        yield cursor
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")

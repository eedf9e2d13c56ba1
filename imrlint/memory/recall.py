"""Reading a memory: how many letters of the house have a sentence, a phrase or a spelling."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from imrlint.memory import schema
from imrlint.memory.hashing import Hasher
from imrlint.memory.lessons import list_pieces

if TYPE_CHECKING:
    import sqlite3

_AT_ONCE = 500  # hashes in one query
_MOST_NEAR = 12  # sentences


class KnownSentence(NamedTuple):
    """The masked words of a sentence of this house, and the number of letters that have it."""

    words: tuple[str, ...]
    letters: int


class KnownText(NamedTuple):
    """A spelling or a citation, and the number of letters that have it."""

    text: str
    letters: int


class Memory:
    """A memory that is only read. Its methods may be called from any thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.hasher = Hasher(schema.read_key(connection))
        self.letters = int(self._query("SELECT count(DISTINCT text) FROM letters")[0][0])

    def count_sentences(self, hashes: Iterable[int]) -> dict[int, int]:
        """The number of letters that have each sentence; those that none has are left out."""
        return self._count("sentences", hashes)

    def count_phrases(self, hashes: Iterable[int]) -> dict[int, int]:
        """The number of letters that have each phrase; those that none has are left out."""
        return self._count("phrases", hashes)

    def count_spellings(self, hashes: Iterable[int]) -> dict[int, int]:
        """The number of letters that have each word; those that none has are left out."""
        return self._count("spellings", hashes)

    def count_citations(self, hashes: Iterable[int]) -> dict[int, int]:
        """The number of letters that have each citation, or an item of each kind; those that none has are left out."""
        return self._count("citations", hashes)

    def find_near(self, sentences: Sequence[Sequence[str]]) -> list[list[KnownSentence]]:
        """For each sentence, those of this house that have most pieces in common with it; only such as are text."""
        pieces = [set(list_pieces(self.hasher, words)) for words in sentences]
        owners: dict[int, list[int]] = {}
        for number, found in enumerate(pieces):
            for piece in found:
                owners.setdefault(piece, []).append(number)
        shares: list[dict[int, int]] = [{} for _ in sentences]
        for some, marks in _portions(owners):
            for trace, sentence in self._query(f"SELECT trace, sentence FROM traces WHERE trace IN ({marks})", some):
                for number in owners[trace]:
                    shares[number][sentence] = shares[number].get(sentence, 0) + 1
        nearest = [sorted(each, key=lambda known: (-each[known], known))[:_MOST_NEAR] for each in shares]
        texts = self._read_sentences({known for each in nearest for known in each})
        return [[texts[known] for known in each if known in texts] for each in nearest]

    def count_exchanges(self, one: str, other: str) -> int:
        """In how many pairs of sentences the house exchanges these words for one another; "" stands for none."""
        rows = self._query("SELECT pairs FROM exchanges WHERE one = ? AND other = ?", tuple(sorted((one, other))))
        return int(rows[0][0]) if rows else 0

    def list_spellings(self, form: int) -> list[KnownText]:
        """The spellings of a form that are kept as text, the commonest first."""
        rows = self._query(
            "SELECT word, letters FROM spellings WHERE form = ? AND word IS NOT NULL ORDER BY letters DESC, word",
            (form,),
        )
        return [KnownText(*row) for row in rows]

    def list_citations(self, subject: int) -> list[KnownText]:
        """What this house cites for a kind of item, as far as it is kept as text, the commonest first."""
        rows = self._query(
            "SELECT citation, letters FROM citations WHERE subject = ? AND hash <> subject AND citation IS NOT NULL"
            " ORDER BY letters DESC, citation",
            (subject,),
        )
        return [KnownText(*row) for row in rows]

    def count_lone_citations(self, subject: int) -> int:
        """The number of things cited for a kind of item by one letter only."""
        rows = self._query("SELECT count(*) FROM citations WHERE subject = ? AND letters = 1", (subject,))
        return int(rows[0][0])

    def _read_sentences(self, hashes: Iterable[int]) -> Mapping[int, KnownSentence]:
        found = {}
        for some, marks in _portions(hashes):
            rows = self._query(
                f"SELECT hash, words, letters FROM sentences WHERE hash IN ({marks}) AND words IS NOT NULL", some
            )
            found.update({hashed: KnownSentence(tuple(words.split()), letters) for hashed, words, letters in rows})
        return found

    def _count(self, table: str, hashes: Iterable[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for some, marks in _portions(hashes):
            found.update(self._query(f"SELECT hash, letters FROM {table} WHERE hash IN ({marks})", some))
        return found

    def _query(self, statement: str, values: Sequence[int | str] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            rows: list[tuple[Any, ...]] = self._connection.execute(statement, values).fetchall()
        return rows


def load(path: Path) -> Memory:
    """The memory in a file, opened once by each process, and anew when the file has changed. Raises BadMemory."""
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _load(path: Path, _state: int) -> Memory:
    return Memory(schema.open_to_read(path))


def _portions(hashes: Iterable[int]) -> Iterable[tuple[list[int], str]]:
    """The hashes in portions that one query takes, each with its marks."""
    wanted = list(hashes)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        yield some, ",".join("?" * len(some))

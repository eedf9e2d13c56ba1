"""Keyed hashes of words and of runs of words: 61-bit numbers that say nothing of the words without the key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

_PRIME = (1 << 61) - 1
_BASE = 0x9E3779B97F4A7C15 % _PRIME
_MOST = 200_000  # words whose hashes are kept


class Hasher:
    """Hashes with one key. Two memories with different keys have no hash in common."""

    def __init__(self, key: bytes) -> None:
        """`key`: at most 64 bytes."""
        self.key = key
        self._known: dict[str, int] = {}

    def hash_word(self, word: str) -> int:
        """The hash of one word, or of any other text."""
        known = self._known.get(word)
        if known is None:
            digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8, key=self.key).digest()
            known = int.from_bytes(digest, "big") % _PRIME
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[word] = known
        return known

    def hash_words(self, words: Iterable[str]) -> int:
        """The hash of words in this order."""
        return combine(map(self.hash_word, words))

    def hash_windows(self, words: Sequence[str], length: int) -> list[int]:
        """The hash of each run of `length` words, in order: the same that `hash_words` returns for the run."""
        values = [self.hash_word(word) for word in words]
        return [combine(values[start : start + length]) for start in range(len(values) - length + 1)]


def combine(hashes: Iterable[int]) -> int:
    """The hash of things in this order, made from their hashes."""
    total = 1
    for value in hashes:
        total = (total * _BASE + value) % _PRIME
    return total

"""Count the documents of corpora in which each word stands, and tell words from the misspellings among them.

A corpus is a text file compressed with xz. A line that begins with "TITLE:" begins a document; a text
without such lines is cut into pieces of 40,000 characters, each of which counts as a document.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_NO_WORDS = re.compile(r"https?:\S+|</?[a-z][^<>]{0,200}>|[\w.-]{1,64}@\S+")
_TITLE = re.compile(r"^TITLE:", re.MULTILINE)
_PIECE = 40_000  # characters
_FEWEST = 3  # documents with a word
_FREQUENT = 10  # documents with a word that others may be misspellings of
_SHORTEST = 4
_SHORTEST_NAME = 6  # letters of a word that is always written with a capital
_SLIP = 3  # a word with a letter dropped, doubled or out of place must be at least a third as frequent
_EXCHANGE = 12  # one with another letter at least a twelfth
_ESTABLISHED = 30  # documents in which even a word near a much more frequent one is no misspelling
_RATIO = 40
_LONG, _DISTANT_RATIO = 9, 100
_BRITISH = (
    ("is", "iz"), ("ys", "yz"), ("our", "or"), ("ae", "e"), ("oe", "e"), ("ll", "l"), ("re", "er"), ("ogue", "og"),
    ("ce", "se"), ("mme", "m"), ("ph", "f"), ("ageing", "aging"), ("gement", "gment"), ("l", "ll"), ("yo", "o"),
    ("arte", "arti"), ("tt", "t"),
)  # fmt: skip


class Frequencies:
    """In how many documents each word stands, in lower case and without possessives."""

    def __init__(self, documents: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        self._small: set[str] = set()  # words that are somewhere written without a capital
        for document in documents:
            words = {_plain(word) for word in set(_WORD.findall(_NO_WORDS.sub(" ", document)))}
            self.counts.update({word.lower() for word in words})
            self._small |= {word for word in words if word.islower()}

    def band(self, word: str) -> int:
        """The binary logarithm of the number of documents with a word, rounded down; 0 for one or none."""
        return max(self.counts[word].bit_length() - 1, 0)

    def established(self, joined: Mapping[str, Set[str]]) -> set[str]:
        """The words that stand in several documents and are likely no misspellings.

        `joined` has the small words that may be run together with another, as "before" and "behind" it.
        """
        return {
            word
            for word, count in self.counts.items()
            if count >= _FEWEST
            and len(word) >= (_SHORTEST if word in self._small else _SHORTEST_NAME)
            and word.isalpha()
            and not self._is_joined(word, joined)
            and not self.is_misspelling(word)
        }

    def is_misspelling(self, word: str) -> bool:
        """Whether a word is one slip, or a long word two, away from one that is much more frequent."""
        count = self.counts[word]
        if len(word) >= _LONG and self._has_distant_neighbour(word, count * _DISTANT_RATIO):
            return True
        for other in self._neighbours(word):
            if is_variant(word, other) or is_inflection(word, other):
                continue
            if word[0] != other[0] and count >= _FREQUENT:
                continue  # the first letter is seldom wrong
            ratio = self.counts[other] / max(count, 1)
            if word not in self._small and ratio > 1:
                return True
            allowed = _EXCHANGE if _is_exchange(word, other) else _SLIP
            if ratio > (_RATIO if count >= _ESTABLISHED else allowed):
                return True
        return False

    def _is_joined(self, word: str, joined: Mapping[str, Set[str]]) -> bool:
        for at in range(1, len(word)):
            first, second = word[:at], word[at:]
            if min(self.counts[first], self.counts[second]) < 30 * self.counts[word]:
                continue
            if (first in joined["before"] and len(second) >= 4) or (second in joined["behind"] and len(first) >= 4):
                return True
        return False

    def _neighbours(self, word: str) -> Iterator[str]:
        from rapidfuzz.distance import OSA

        near = {other for shorter in shortened(word) for other in self._by_shortened.get(shorter, ())}
        return (other for other in near - {word} if OSA.distance(other, word, score_cutoff=1) == 1)

    def _has_distant_neighbour(self, word: str, least: int) -> bool:
        """Whether a word in at least so many documents begins alike and is two slips away."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        others = [other for other in self._by_start.get(word[:2], ()) if self.counts[other] >= least]
        return process.extractOne(word, others, scorer=OSA.distance, score_cutoff=2) is not None

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word, count in self.counts.items():
            if count >= _FREQUENT * 10 and len(word) >= _LONG:
                found[word[:2]].append(word)
        return found

    @cached_property
    def _by_shortened(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word, count in self.counts.items():
            if count >= _FREQUENT and len(word) >= _SHORTEST:
                for shorter in shortened(word):
                    found[shorter].append(word)
        return found


def read_documents(folder: Path) -> Iterator[str]:
    """The documents of the corpora in a folder."""
    for path in sorted(folder.glob("*.txt.xz")):
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
        if len(_TITLE.findall(text)) > 1:
            yield from _TITLE.split(text)[1:]
            continue
        start = 0
        while start < len(text):
            end = text.find("\n", start + _PIECE) + 1 or len(text)
            yield text[start:end]
            start = end


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.replace("’", "'"))


def is_variant(word: str, other: str) -> bool:
    """Whether one word is the British spelling of the other."""
    return any(
        word.replace(british, american) == other or other.replace(british, american) == word
        for british, american in _BRITISH
    )


def american_forms(word: str) -> set[str]:
    """What a word may be in American spelling, itself not among it."""
    forms = {word.replace(british, american) for british, american in _BRITISH}
    return (forms | {form.replace("ae", "e") for form in forms}) - {word}


def _is_exchange(word: str, other: str) -> bool:
    """Whether another letter stands in one place."""
    return len(word) == len(other) and sorted(word) != sorted(other)


def shortened(word: str) -> set[str]:
    """A word, and the word without each of its letters."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


_INFLECTIONS = ("s", "es", "d", "ed", "r", "ly", "y", "al", "ic", "e", "n")


def is_inflection(word: str, other: str) -> bool:
    """Whether two words that differ by a letter or two are forms of one."""
    short, long = sorted((word, other), key=len)
    if long.startswith(short) and long[len(short) :] in _INFLECTIONS:
        return True
    endings = {word[-1] + other[-1], other[-1] + word[-1]}
    return word[:-1] == other[:-1] and bool(endings & {"ds", "rs", "dr", "iy", "ae"})

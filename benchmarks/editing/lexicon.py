"""The words that the generator knows: those of the correct letters, and a frequency list of English.

The list is that of pyspellchecker (MIT licence): words of film subtitles with their counts. It has another origin
than the tables of imrlint.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from spellchecker import SpellChecker

from editing.letter import RightLetter

WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
COMMON = 500  # occurrences in the list; rarer words are seldom typed or dictated by mistake
SHARED = 2  # letters in which a word must occur to count as common
LONG = 6  # letters of a word, at least, for words at distance 2 to be near it
ENDINGS = ("'s", "ing", "ies", "es", "ed", "ly", "s", "d", "y", "e")


class Lexicon:
    """`known` are all words, `common` those that may replace another word."""

    def __init__(self, letters: Iterable[RightLetter]) -> None:
        counts = read_frequencies()
        occurrences: Counter[str] = Counter()
        for letter in letters:
            occurrences.update({word.lower() for word in WORD.findall(letter.text)})
        self.known = frozenset(counts) | frozenset(occurrences)
        self.common = sorted(
            {word for word, count in counts.items() if count >= COMMON and word.isalpha() and len(word) > 2}
            | {word for word, seen in occurrences.items() if seen >= SHARED and word.isalpha() and len(word) > 2}
        )

    @cached_property
    def _near(self) -> dict[str, dict[int, list[str]]]:
        return {}

    def near(self, word: str) -> dict[int, list[str]]:
        """The common words at edit distance 1 and, for a long word, 2, by distance; without other forms of the word."""
        if word not in self._near:
            most = 2 if len(word) >= LONG else 1
            found: dict[int, list[str]] = {}
            for other, distance, _ in extract(word, self.common, scorer=OSA.distance, score_cutoff=most, limit=None):
                if distance and not set(stems(word)) & set(stems(other)):
                    found.setdefault(int(distance), []).append(other)
            self._near[word] = {distance: sorted(words) for distance, words in sorted(found.items())}
        return self._near[word]


@cache
def read_frequencies() -> dict[str, int]:
    """The number of occurrences of each English word in the list."""
    return dict(SpellChecker(language="en").word_frequency.items())


def stems(word: str) -> list[str]:
    """A word without each ending that it may have; two forms of a word have one of these stems in common."""
    return [word, *(word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 2)]

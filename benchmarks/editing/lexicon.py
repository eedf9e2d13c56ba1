"""The words that the generator takes for words: those of the right letters, and a frequency list of English.

The list is the one that pyspellchecker ships (MIT licence): words of film subtitles with their counts. It has
another origin than the tables of imrlint.
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
COMMON = 500  # counts in the list; a rarer word is seldom what a hand or a dictation puts
SHARED = 2  # letters in which a word has to stand to be taken for one
LONG = 6  # letters of a word from which on a word at distance 2 is near
ENDINGS = ("'s", "ing", "ies", "es", "ed", "ly", "s", "d", "y", "e")


class Lexicon:
    """`known`: all words. `common`: those that may take the place of another word."""

    def __init__(self, letters: Iterable[RightLetter]) -> None:
        counts = read_frequencies()
        stand: Counter[str] = Counter()
        for letter in letters:
            stand.update({word.lower() for word in WORD.findall(letter.text)})
        self.known = frozenset(counts) | frozenset(stand)
        self.common = sorted(
            {word for word, count in counts.items() if count >= COMMON and word.isalpha() and len(word) > 2}
            | {word for word, seen in stand.items() if seen >= SHARED and word.isalpha() and len(word) > 2}
        )

    @cached_property
    def _near(self) -> dict[str, dict[int, list[str]]]:
        return {}

    def near(self, word: str) -> dict[int, list[str]]:
        """The common words at each edit distance, 1 and (for a long word) 2, but for other forms of the word."""
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
    """How often each English word stands in the list."""
    return dict(SpellChecker(language="en").word_frequency.items())


def stems(word: str) -> list[str]:
    """A word without each of the endings that it may have; forms of one word share one of them."""
    return [word, *(word[: -len(end)] for end in ENDINGS if word.endswith(end) and len(word) > len(end) + 2)]

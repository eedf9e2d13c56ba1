"""Telegraphic style: notes that leave out articles, auxiliaries and prepositions throughout.

"Right knee struck by a jack. Walker at first, cane since. MRI denied.": what such notes leave out is not missing. A
text is written so where at most a quarter of its sentences have an auxiliary or a linking verb, and at most one word
in thirteen is an article. Summaries that are written out may have as few of the one, but not of the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from imrlint.knowledge.language.function_words import members
from imrlint.reading.sentences import Sentence

_FEWEST = 5  # sentences that show a style
_MOST_VERBS = 1 / 4
_MOST_ARTICLES = 1 / 13
_VERBS = members("auxiliary") | members("linking verb")
_ARTICLES = frozenset(("a", "an", "the"))


def is_telegraphic(sentences: Sequence[Sentence]) -> bool:
    """Whether the sentences of a text are notes."""
    if len(sentences) < _FEWEST:
        return False
    words = [[word.text for word in each.words if word.text.isalpha()] for each in sentences]
    verbs = sum(not _VERBS.isdisjoint(each) for each in words)
    articles = sum(word in _ARTICLES for each in words for word in each)
    return verbs <= _MOST_VERBS * len(sentences) and articles <= _MOST_ARTICLES * sum(map(len, words))

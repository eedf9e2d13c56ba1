"""Words that may have been meant where another stands: near by letters, by sound, by ending, or in use.

`near_words.txt` has a line for each word that dictation and typing may put in the place of another, sorted by bytes:
the word and what may have been meant, the likeliest first. It is made by `training/train_reader.py prepare`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from imrlint.knowledge import tables

MISSING = (
    "the", "a", "an", "of", "to", "in", "for", "is", "was", "are", "were", "and", "with", "that", "as", "at",
    "on", "by", "be", "been", "from", "has", "have", "had", "not", "or", "it", "there", "does", "did", "which",
    "than", "will", "her", "his",
)  # fmt: skip
"""Small words that are left out."""


def find(word: str) -> tuple[str, ...]:
    """What may have been meant where a word, in lower case, stands; nothing for a word that no one mistakes."""
    others = tables.find_line(_content(), word.encode("utf-8"))
    return tuple(others.decode("utf-8").split(" ")) if others else ()


@cache
def _content() -> bytes:
    return files("imrlint.reader").joinpath("near_words.txt").read_bytes()

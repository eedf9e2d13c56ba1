"""Words: which are known, how frequent they are, and which are likely errors in their context.

Sources: `words.txt` (English and clinical, sorted by bytes, each with a mark where it is common or never suggested,
and with its frequency in medical texts), `clinical.txt` (words of this field), `misspellings.tsv`,
`confusions.tsv`, and the drug names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from imrlint import kept
from imrlint.knowledge import registry, tables
from imrlint.knowledge.medicine import drugs

_COMMON, _NEVER = "1", "0"  # the marks of a common word, and of one that is never suggested
_BLOCK = 3  # letters by which words are looked up: where the words are that begin with them is remembered
_SHORTEST = 4  # letters of a word that may be suggested: initials and abbreviations look like shorter ones
_LONG = 9  # letters
_SUGGESTED = re.compile(rf"^([^\t\n]{{{_SHORTEST},}})(?:\t(?!{_NEVER})(.*))?$", re.MULTILINE)  # a word, and its mark

SMALL_WORDS = frozenset((
    "unless", "should", "which", "there", "their", "that", "this", "with", "from", "have", "were", "been", "and",
    "the", "for", "was", "are", "has", "had", "not", "but", "his", "her", "she", "who", "may", "any", "all", "of",
    "in", "on", "at", "to", "is", "or", "as", "by", "be", "he", "it",
))  # fmt: skip
"""Small words that may be run together with another."""


@lru_cache(maxsize=1 << 16)  # the words of letters recur: six of seven look-ups, each some 10 µs, are saved
def is_known(word: str) -> bool:
    """Whether `word`, in lower case and without a possessive, is a word."""
    return _find_mark(word) is not None


def _find_mark(word: str) -> str | None:
    """The mark of a word in the list, "" for a word without one; None for a word that is not in the list."""
    key = word.encode("utf-8")
    start, end = _find_block(key[:_BLOCK])
    mark = tables.find_line(_content(), key, start, end) if key and start < end else None
    return None if mark is None else mark.decode()


@lru_cache(maxsize=1 << 13)
def _find_block(beginning: bytes) -> tuple[int, int]:
    """Where the lines with a beginning of a few letters are in the list."""
    content = _content()
    if not beginning:
        return 0, len(content)
    low, high = _find_block(beginning[:-1])
    start = tables.find_place(content, beginning, low, high)
    return start, tables.find_place(content, beginning + b"\xff", start, high)


def may_be_suggested(word: str) -> bool:
    """Whether a lower-case word may be offered as a correction."""
    return len(word) >= _SHORTEST and (mark := _find_mark(word)) is not None and not mark.startswith(_NEVER)


def frequency(word: str) -> int:
    """The binary logarithm of the number of medical documents, of some 3,500, in which a word stands; 0 to 11."""
    return _read_frequency(_find_mark(word) or "")


def _read_frequency(mark: str) -> int:
    return ord(mark[-1]) - ord("a") + 1 if mark[-1:].isalpha() else 0


@cache
def misspellings() -> dict[str, str]:
    """Known misspellings in lower case, with the right word."""
    files = (tables.find_path(registry.MISSPELLINGS.file), *drugs.files(), __file__)
    return kept.recall("misspellings", files, _list_misspellings)


def _list_misspellings() -> dict[str, str]:
    table = {row.wrong.casefold(): row.right for row in registry.MISSPELLINGS.rows}
    return {**table, **drugs.misspellings()}


@cache
def clinical_words() -> frozenset[str]:
    """The words of this field, drug names among them."""
    listed = tables.read_text(registry.CLINICAL_WORDS).splitlines()
    names = (name.casefold().split()[0] for name in drugs.names())
    return frozenset((*listed, *filter(str.isalpha, names)))


@dataclass(frozen=True, slots=True)
class Confusion:
    """A known word that is likely an error for another, by the words around it.

    Of the words around, `near` may stand on either side within `window` words, `before` within them
    before it, `after` right behind it; none of `never` may stand within the window, none of
    `never_after` right behind it. With `always`, the word is an error beside any clinical word.
    """

    wrong: str
    right: str
    near: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    never: frozenset[str]
    never_after: frozenset[str]
    window: int
    always: bool


@cache
def confusions_of(word: str) -> tuple[Confusion, ...]:
    """The confusions of a wrong word; none where it is not likely to be an error."""
    return tuple(
        Confusion(
            word,
            right,
            near=frozenset(w for w in context if w[0] not in "<>!"),
            before=frozenset(w[1:] for w in context if w[0] == "<"),
            after=frozenset(w[1:] for w in context if w[0] == ">"),
            never=frozenset(w[1:] for w in context if w[0] == "!" and w[1] != ">"),
            never_after=frozenset(w[2:] for w in context if w.startswith("!>")),
            window=window,
            always=always,
        )
        for right, context, window, always in _listed_confusions().get(word, ())
    )


def confused_words() -> Set[str]:
    """The words that have confusions."""
    return _listed_confusions().keys()


_Listed: TypeAlias = tuple[str, frozenset[str], int, bool]  # the right word, the context, the window, always


@cache
def _listed_confusions() -> dict[str, list[_Listed]]:
    """The rows on confusions by the wrong word; kept from run to run, and a letter has the words of few."""
    return kept.recall("confusions", (tables.find_path(registry.CONFUSIONS.file), __file__), _list_confusions)


def _list_confusions() -> dict[str, list[_Listed]]:
    found: dict[str, list[_Listed]] = {}
    for row in registry.CONFUSIONS.rows:
        found.setdefault(row.wrong, []).append((row.right, row.context, row.window, row.mode == "always"))
    return found


@cache
def _content() -> tables.Lines:
    return tables.map_bytes(registry.WORDS)


def is_common(word: str) -> bool:
    """Whether a word is among the most common of English."""
    return (_find_mark(word) or "").startswith(_COMMON)


def list_words(beginning: str) -> list[str]:
    """The words with a beginning that may be suggested."""
    return [word for word, _ in _SUGGESTED.findall(_read_lines(beginning))]


@cache
def list_long_words(first: str) -> dict[int, list[str]]:
    """The words of nine letters or more that may be suggested and begin with a letter, by length."""
    lengths: dict[int, list[str]] = defaultdict(list)
    for word in list_words(first):
        if len(word) >= _LONG:
            lengths[len(word)].append(word)
    return lengths


@cache
def list_frequent_words(first: str, least: int) -> tuple[str, ...]:
    """The words that may be suggested, begin with a letter, and have at least a frequency or are of this field."""
    clinical = clinical_words()
    found = _SUGGESTED.findall(_read_lines(first))
    return tuple(word for word, mark in found if (mark and _read_frequency(mark) >= least) or word in clinical)


def _read_lines(beginning: str) -> str:
    """The lines of the list that begin so."""
    start, end = _find_block(beginning.encode("utf-8"))
    return _content()[start:end].decode("utf-8")

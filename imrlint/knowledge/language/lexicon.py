"""Words: which are known, what an unknown one should be, and which known ones are likely errors in their context.

Sources: `words.txt` (English and clinical, sorted by bytes, each with a mark where it is common or rare),
`clinical.txt` (words of this field), `misspellings.tsv`, `confusions.tsv`, and the drug names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from imrlint.knowledge import registry, tables
from imrlint.knowledge.medicine import drugs

_COMMON, _RARE = "\t1", "\t0"  # the marks of a common word, and of one too rare to be suggested
_LONGEST = 32  # a longer run of letters is no word
_SHORTEST = 4  # shorter words are not judged: initials and abbreviations look like them


@lru_cache(maxsize=1 << 16)  # the words of letters recur: six of seven look-ups, each some 10 µs, are saved
def is_known(word: str) -> bool:
    """Whether `word`, in lower case and without a possessive, is a word."""
    return _find_mark(word) is not None


def _find_mark(word: str) -> str | None:
    """The mark of a word in the list, "" for a word without one; None for a word that is not in the list."""
    content, key = _content(), word.encode("utf-8")
    low, high = 0, len(content)
    while low < high:
        middle = (low + high) // 2
        start = content.rfind(b"\n", 0, middle) + 1
        end = content.find(b"\n", middle)
        end = len(content) if end < 0 else end
        line, tab, mark = content[start:end].partition(b"\t")
        if line == key:
            return (tab + mark).decode()
        if line < key:
            low = end + 1
        else:
            high = start - 1 if start else 0
    return None


def _may_be_suggested(word: str) -> bool:
    return len(word) >= _SHORTEST and (mark := _find_mark(word)) is not None and mark != _RARE


@dataclass(frozen=True, slots=True)
class Correction:
    """Corrections of an unknown word, the likeliest first; none where it may well be a word that the lists lack.

    `certain` holds when the first stands out: it alone is so near, or the table of known
    misspellings names it.
    """

    candidates: tuple[str, ...]
    certain: bool


def correct(word: str, nearby: Iterable[str] = ()) -> Correction:
    """The correction of `word`, in lower case; words that the letter has `nearby` are likelier."""
    if word in misspellings():
        return Correction((misspellings()[word],), True)
    if word in confusions():  # a word so rare that it is in no list, but known to stand for another
        return Correction((confusions()[word][0].right,), True)
    near = frozenset(nearby)
    if not _SHORTEST <= len(word) <= _LONGEST:
        return Correction((), False)
    return _correct(word, frozenset(w for w in near if abs(len(w) - len(word)) <= 2 and w[:1] == word[:1]))


def _correct(word: str, nearby: frozenset[str]) -> Correction:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    reach = 1 if len(word) < 8 else 2
    pool = [w for n in range(len(word) - reach, len(word) + reach + 1) for w in _by_shape().get((word[:1], n), ())]
    found = process.extract(word, pool, scorer=OSA.distance, score_cutoff=reach, limit=12)
    if not found and len(word) >= 6:  # the first letter itself may be wrong
        others = [other for other in _with_another_beginning(word) if _may_be_suggested(other)]
        found = process.extract(word, others, scorer=OSA.distance, score_cutoff=1, limit=12)
    ranked = sorted((_cost(word, other, distance, nearby), distance, other) for other, distance, _ in found)
    if not ranked or not _credible(word, ranked[0][2], ranked[0][1], nearby):
        return Correction((), False)
    best = ranked[0][2]
    stands_out = len(ranked) == 1 or ranked[1][0] - ranked[0][0] >= 0.6
    near = ranked[0][1] == 1 or (len(word) >= 10 and (best in clinical_words() or best in _common()))
    certain = stands_out and near and len(word) >= 6 and best[0] == word[0]
    return Correction(tuple(other for _, _, other in ranked[:3]), certain)


def _with_another_beginning(word: str) -> Iterator[str]:
    """Every string that differs from `word` by one edit of its beginning, and begins with another letter."""
    for letter in ascii_lowercase:
        if letter != word[0]:
            yield letter + word[1:]
            yield letter + word
    if word[1] != word[0]:
        yield word[1:]
        yield word[1] + word[0] + word[2:]


# Endings by which medicine and English make new words of known ones.
_ENDINGS = frozenset(
    "s es ed ing al ally ar ic ics ical y ies ae us um a i ly er ers or ors ist ists ity ous able".split()  # noqa: SIM905
)


def _credible(word: str, best: str, distance: float, nearby: frozenset[str]) -> bool:
    """Whether `word` is more likely a misspelling of `best` than a word that the lists lack."""
    start = next((i for i, pair in enumerate(zip(word, best, strict=False)) if pair[0] != pair[1]), len(best))
    if start >= 4 and word[start:] in _ENDINGS and best[start:] in _ENDINGS | {"", "e"}:
        return False  # otoscope, otoscopy: another ending makes another word
    if len(word) <= 5:
        return best in nearby or best in clinical_words()
    return distance < 2 or len(word) >= 11 or best in nearby or best in clinical_words() or best in _common()


def _cost(word: str, other: str, distance: float, nearby: frozenset[str]) -> float:
    """How unlikely `other` is as the correction: the number of edits, less what speaks for it."""
    cost = distance - 0.08 * _shared_start(word, other)
    if sorted(word) == sorted(other):
        cost -= 0.3  # two letters changed places
    elif _undoubled(word) == _undoubled(other):
        cost -= 0.4  # a letter doubled, or single where it should be double
    elif len(other) > len(word):
        cost -= 0.2  # a letter left out
    elif _consonants(word) == _consonants(other):
        cost -= 0.3  # a vowel for another
    if other in nearby:
        cost -= 0.7
    if other in clinical_words():
        cost -= 0.4
    if other in _common():
        cost -= 0.4
    return cost


def _shared_start(word: str, other: str) -> int:
    """How many letters the two begin with alike, up to five."""
    return next((i for i in range(5) if word[i : i + 1] != other[i : i + 1]), 5)


def _consonants(word: str) -> str:
    return "".join(c for c in word if c not in "aeiouy")


def _undoubled(word: str) -> str:
    return "".join(c for i, c in enumerate(word) if word[i - 1 : i] != c)


class JoinedWords(NamedTuple):
    """Two words that were written without the space between them."""

    first: str
    second: str


def split_joined(word: str) -> JoinedWords | None:
    """The two words that `word` is when a space was left out; one of them is a small word."""
    for small in _SMALL:
        if word.endswith(small) and _usual(first := word[: -len(small)]):
            return JoinedWords(first, small)
        if word.startswith(small) and _usual(second := word[len(small) :]):
            return JoinedWords(small, second)
    return None


def _usual(word: str) -> bool:
    return len(word) >= _SHORTEST and (word in _common() or (len(word) >= 6 and word in clinical_words()))


_SMALL = (
    "unless", "should", "which", "there", "their", "that", "this", "with", "from", "have", "were", "been", "and",
    "the", "for", "was", "are", "has", "had", "not", "but", "his", "her", "she", "who", "may", "any", "all", "of",
    "in", "on", "at", "to", "is", "or", "as", "by", "be", "he", "it",
)  # fmt: skip


@cache
def misspellings() -> dict[str, str]:
    """Known misspellings in lower case, with the right word."""
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
def confusions() -> dict[str, tuple[Confusion, ...]]:
    """The confusions, by the wrong word."""
    found: dict[str, list[Confusion]] = defaultdict(list)
    for row in registry.CONFUSIONS.rows:
        context = row.context
        found[row.wrong].append(
            Confusion(
                row.wrong,
                row.right,
                near=frozenset(w for w in context if w[0] not in "<>!"),
                before=frozenset(w[1:] for w in context if w[0] == "<"),
                after=frozenset(w[1:] for w in context if w[0] == ">"),
                never=frozenset(w[1:] for w in context if w[0] == "!" and w[1] != ">"),
                never_after=frozenset(w[2:] for w in context if w.startswith("!>")),
                window=row.window,
                always=row.mode == "always",
            )
        )
    return {wrong: tuple(entries) for wrong, entries in found.items()}


@cache
def _content() -> bytes:
    return tables.read_bytes(registry.WORDS)


@cache
def _entries() -> list[str]:
    return _content().decode("utf-8").split("\n")


@cache
def _common() -> frozenset[str]:
    """The most common English words."""
    return frozenset(entry.removesuffix(_COMMON) for entry in _entries() if entry.endswith(_COMMON))


def is_common(word: str) -> bool:
    """Whether a word is among the most common of English."""
    return _find_mark(word) == _COMMON


@cache
def _by_shape() -> dict[tuple[str, int], list[str]]:
    """The words that may be suggested, by first letter and length."""
    shapes: dict[tuple[str, int], list[str]] = defaultdict(list)
    for entry in _entries():
        word = entry.removesuffix(_COMMON)
        if len(word) >= _SHORTEST and not entry.endswith(_RARE):
            shapes[word[0], len(word)].append(word)
    return shapes

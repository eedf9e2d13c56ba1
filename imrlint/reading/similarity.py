"""Fuzzy search: the passage of a text that is most similar to some words, and where the two differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.document.text import fold_case

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcodes

_JOINT = 2  # words at the beginning of a quotation that may be adapted to its sentence
_WORD = Pattern(r"[a-z0-9][\w'’/-]*", re.IGNORECASE)


class Likeness(NamedTuple):
    """The place most similar to some words. `score` is from 0 to 100, for identical words."""

    place: Place
    score: float


class Difference(NamedTuple):
    """Characters `start` up to `end` of some words, from the first word that differs to the last."""

    start: int
    end: int


def find_nearest(words: str, prose: Prose) -> Likeness | None:
    """The place in a prose, of whole words, that is most similar to `words`; None where none is similar."""
    from rapidfuzz import fuzz  # few letters quote anything
    from rapidfuzz.distance import Levenshtein

    text = prose.text
    lowered, wanted = prose.lower, fold_case(words)
    found = fuzz.partial_ratio_alignment(wanted, lowered, score_cutoff=60)
    if found is None:
        return None
    start = lowered.rfind(" ", 0, found.dest_start + 1) + 1 if found.dest_start else 0
    end = lowered.find(" ", max(found.dest_end - 1, start))
    end = len(text) if end < 0 else end
    expected = _split_words(words)
    if _contains_run(_split_words(text), expected):
        return Likeness(Place(prose, start, end), 100.0)
    actual = _split_words(text[start:end])
    surplus = _count_outer_words(Levenshtein.opcodes(expected, actual), len(expected))
    distance = Levenshtein.distance(expected, actual) - surplus
    return Likeness(Place(prose, start, end), 100 * (1 - distance / max(len(expected), 1)))


def find_difference(words: str, other: str) -> Difference | None:
    """The characters of `words` from the first word that differs from `other` to the last; None where none does.

    Differences in the first two words, by which a quotation is adapted to its sentence, count only where
    nothing else differs.
    """
    from rapidfuzz.distance import Levenshtein

    tokens = list(_WORD.finditer(words))
    edits = Levenshtein.opcodes([token.group().lower() for token in tokens], _split_words(other))
    changed = [e for e in edits if e.tag != "equal" and not (e.tag == "insert" and e.src_start in (0, len(tokens)))]
    inner = [e for e in changed if e.src_start >= _JOINT] or changed
    if not inner:
        return None
    first, last = inner[0], inner[-1]
    start = tokens[min(first.src_start, len(tokens) - 1)].start()
    end = tokens[min(max(last.src_end - 1, first.src_start), len(tokens) - 1)].end()
    return Difference(start, end)


def _count_outer_words(edits: Opcodes, length: int) -> int:
    """The number of words inserted before and after `length` words, which are no difference."""
    ends = (edit for edit in edits if edit.tag == "insert" and edit.src_start in (0, length))
    return sum(edit.dest_end - edit.dest_start for edit in ends)


def _split_words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _contains_run(words: list[str], run: list[str]) -> bool:
    """Whether `words` contain the words of `run` in a row; false for an empty run."""
    first = run[0] if run else None
    return any(words[i : i + len(run)] == run for i, word in enumerate(words) if word == first)

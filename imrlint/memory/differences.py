"""Where two sentences differ, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Difference(NamedTuple):
    """Words `start` up to `end` of a sentence, and what another one has for them: words `first` up to `last`."""

    start: int
    end: int
    first: int
    last: int


def list_differences(words: Sequence[str], others: Sequence[str]) -> list[Difference]:
    """The places where two sentences differ, in order: words that are changed, words that are missing, words more."""
    from rapidfuzz.distance import Levenshtein

    return [
        Difference(change.src_start, change.src_end, change.dest_start, change.dest_end)
        for change in Levenshtein.opcodes(words, others)
        if change.tag != "equal"
    ]


def join_adjacent(differences: Iterable[Difference]) -> list[Difference]:
    """The differences, those without equal words between them as one."""
    joined: list[Difference] = []
    for each in differences:
        if joined and joined[-1].end == each.start and joined[-1].last == each.first:
            joined[-1] = joined[-1]._replace(end=each.end, last=each.last)
        else:
            joined.append(each)
    return joined


def are_alike(words: Sequence[str], others: Sequence[str], least: float) -> bool:
    """Whether two sentences have this share of their words in common."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(words, others) >= least

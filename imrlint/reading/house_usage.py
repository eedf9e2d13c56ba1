"""Doubts of the trained reader in the light of what this house writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from imrlint.memory.lessons import hash_pair
from imrlint.reader.doubts import DoubtKind
from imrlint.reading.doubts import WordDoubt
from imrlint.reading.wording import Wording

if TYPE_CHECKING:
    from imrlint.memory.recall import Memory

_FEWEST = 5  # letters in which words go together
_RATIO = 10  # letters with the one for a letter with the other


def weigh_doubts(doubts: Sequence[WordDoubt], wordings: Sequence[Wording], memory: Memory) -> Iterator[WordDoubt]:
    """The doubts, without those of words that the house often has beside the same words. One is likely where the house
    never has the words together, and often those that are offered.
    """
    for doubt in doubts:
        runs = _list_runs(doubt, wordings)
        if runs is None:
            yield doubt
            continue
        written, offered = (_count_pairs(run, memory) for run in runs)
        if written >= _FEWEST and offered * _RATIO <= written:
            continue
        is_likely = doubt.is_likely or (written == 0 and offered >= _FEWEST)
        yield doubt._replace(is_likely=is_likely)


def _list_runs(doubt: WordDoubt, wordings: Sequence[Wording]) -> tuple[Sequence[str], Sequence[str]] | None:
    """The words around a doubted one, as they are and as the first offer has them; None where it is not one word."""
    for wording in wordings:
        if wording.sentence.prose.span != doubt.place.prose.span or not wording.sentence.holds(doubt.place.start):
            continue
        at = [i for i, place in enumerate(wording.places) if place.overlaps(doubt.place)]
        if len(at) != 1:
            return None
        before, word = wording.words[max(at[0] - 1, 0) : at[0]], wording.words[at[0]]
        after = wording.words[at[0] + 1 : at[0] + 2]
        if doubt.kind is DoubtKind.DELETE:
            return (*before, word, *after), (*before, *after)
        offer = doubt.offers[0].lower().split()
        if doubt.kind is DoubtKind.INSERT:
            return (*before, word), (*before, *offer, word)
        return (*before, word, *after), (*before, *offer, *after)
    return None


def _count_pairs(words: Sequence[str], memory: Memory) -> int:
    """The number of letters that have the rarest pair of these words."""
    hashes = [hash_pair(memory.hasher, *pair) for pair in pairwise(words)]
    counts = memory.count_phrases(set(hashes))
    return min((counts.get(each, 0) for each in hashes), default=0)

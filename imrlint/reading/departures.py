"""Where the sentences of a letter depart from what its house has in many letters.

That a sentence is near to a known one is no evidence by itself: much of what a house writes differs in one word from
something else that it writes. A difference counts where the house does not vary: where, in these surroundings, its
letters have the same word nearly always, and never the one of this letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.knowledge.language.wordings import any_of
from imrlint.memory.lessons import END, START, hash_after, hash_before, hash_within
from imrlint.memory.recall import KnownSentence, Memory
from imrlint.reading.wording import NUMBER, Wording, is_mask

_DENIAL = re.compile(rf"\b{any_of('negation')}\b|n['’]t\b")
_FEWEST_WORDS = 6  # of a sentence that is compared
_FEWEST = 5  # letters that have the known wording
_FIXED = 0.9  # share of the letters with the same surroundings that have the same word
_RARE = 0.02  # share of them that may have what this letter has
_ACCEPTED = 0.005  # share of the letters with the known wording from which another one is a variant of the house
_MOST_CHANGED = 2  # words in a row
_FEWEST_FOR_NUMBERS = 8  # letters with the surroundings of a number
_AROUND = 3  # words that are shown on each side of a difference
_NUMBERS = (*(f"{number}" for number in range(1001)), *(f"{number / 10:g}" for number in range(1, 100)))
"""Numbers that a house may always have in some place."""


class DepartureKind(Enum):
    """How a sentence departs from a known one."""

    LOST = "lost"  # words are missing
    ADDED = "added"
    CHANGED = "changed"
    NUMBER = "number"
    ORDER = "order"  # the same words in another order


class Departure(NamedTuple):
    """Words that depart from what this house writes there.

    `place` covers what is written, or the words around what is missing; `written` and `usual` are the differing words,
    "" where there are none. `letters` of the house have the usual ones in `known`, the words around them.
    """

    place: Place
    kind: DepartureKind
    written: str
    usual: str
    known: str
    letters: int

    @property
    def turns_meaning(self) -> bool:
        """Whether the words that differ deny something, or are numbers."""
        return self.kind is DepartureKind.NUMBER or bool(_DENIAL.search(f"{self.written} {self.usual}"))


def find_departures(wordings: Sequence[Wording], memory: Memory) -> Iterator[Departure]:
    """The departures in the sentences of a letter, in no order."""
    compared = [each for each in wordings if len(each.words) >= _FEWEST_WORDS and each.is_prose]
    hashes = [memory.hasher.hash_words(each.words) for each in compared]
    letters = memory.count_sentences(hashes)
    known: list[tuple[Wording, int]] = []
    strange: list[tuple[Wording, int]] = []
    for wording, hashed in zip(compared, hashes, strict=True):
        (known if letters.get(hashed, 0) >= _FEWEST else strange).append((wording, letters.get(hashed, 0)))
    yield from _find_numbers([wording for wording, _ in known], memory)
    for (wording, own), near in zip(strange, memory.find_near([each.words for each, _ in strange]), strict=True):
        if departure := _compare(wording, own, near, memory):
            yield departure


class _Difference(NamedTuple):
    """Words `start` up to `end` of a sentence, and what a known one has for them: words `first` up to `last`."""

    start: int
    end: int
    first: int
    last: int


def _compare(wording: Wording, own: int, near: Sequence[KnownSentence], memory: Memory) -> Departure | None:
    """How a sentence that `own` letters have departs from the known one that it is nearest to, if it does."""
    for known in near:
        if own > 1 and own >= known.letters * _ACCEPTED:
            return None
        difference = _differ(wording.words, known.words)
        if difference is None:
            continue
        written = wording.words[difference.start : difference.end]
        usual = known.words[difference.first : difference.last]
        if any(map(is_mask, (*written, *usual))) and sorted(written) != sorted(usual):
            return None
        if not _is_fixed(wording, known, difference, memory):
            return None
        return _describe(wording, known, difference)
    return None


def _differ(words: Sequence[str], known: Sequence[str]) -> _Difference | None:
    """The one place where two sentences differ: in a word or two, or in the order of the same words; else None."""
    from rapidfuzz.distance import Levenshtein

    changes = [each for each in Levenshtein.opcodes(words, known) if each.tag != "equal"]
    if not changes:
        return None
    first, last = changes[0], changes[-1]
    found = _Difference(first.src_start, last.src_end, first.dest_start, last.dest_end)
    if sorted(words[found.start : found.end]) == sorted(known[found.first : found.last]):
        return found
    lengths = (found.end - found.start, found.last - found.first)
    return found if len(changes) == 1 and max(lengths) <= _MOST_CHANGED else None


def _is_fixed(wording: Wording, known: KnownSentence, at: _Difference, memory: Memory) -> bool:
    """Whether letters of the house nearly always have the known words between the words around the difference, and
    hardly ever what this sentence has.
    """
    values = (START, *wording.values, END)  # value `i` of the sentence is `values[i + 1]`
    changes = at.first < at.last
    sides = (
        (
            hash_before(memory.hasher, known.words, at.first),
            known.words[at.first] if changes else values[at.end + 1],
            values[at.start + 1],
        ),
        (
            hash_after(memory.hasher, known.words, at.last - 1),
            known.words[at.last - 1] if changes else values[at.start],
            values[at.end],
        ),
    )
    return all(_is_usual(context, usual, written, memory) for context, usual, written in sides)


def _is_usual(context: int, usual: str, written: str, memory: Memory) -> bool:
    """Whether in a context the usual word is fixed, and the written one rare."""
    of_usual, of_written = (hash_within(memory.hasher, context, word) for word in (usual, written))
    counts = memory.count_phrases((context, of_usual, of_written))
    letters = counts.get(context, 0)
    return (
        letters >= _FEWEST
        and counts.get(of_usual, 0) >= letters * _FIXED
        and counts.get(of_written, 0) <= max(letters * _RARE, 1)
    )


def _describe(wording: Wording, known: KnownSentence, at: _Difference) -> Departure:
    written, usual = wording.words[at.start : at.end], known.words[at.first : at.last]
    if sorted(written) == sorted(usual):
        kind = DepartureKind.ORDER
    elif not written:
        kind = DepartureKind.LOST
    else:
        kind = DepartureKind.CHANGED if usual else DepartureKind.ADDED
    start, end = (at.start, at.end) if written else (max(at.start - 1, 0), min(at.start + 1, len(wording.words)))
    first, last = wording.places[start], wording.places[end - 1]
    place = Place(first.prose, first.start, last.end)
    around = (*_show(wording, at.start - _AROUND, at.start), *usual, *_show(wording, at.end, at.end + _AROUND))
    return Departure(place, kind, " ".join(written), " ".join(usual), " ".join(around), known.letters)


def _show(wording: Wording, start: int, end: int) -> Iterator[str]:
    """Words `start` up to `end` as the letter has them, as far as there are such words."""
    return (place.text for place in wording.places[max(start, 0) : max(end, 0)])


def _find_numbers(wordings: Sequence[Wording], memory: Memory) -> Iterator[Departure]:
    """The numbers in known sentences that are not those that the house nearly always has there."""
    found = [(each, at) for each in wordings for at, word in enumerate(each.words) if word == NUMBER]
    contexts = [
        (hash_before(memory.hasher, each.words, at), hash_after(memory.hasher, each.words, at)) for each, at in found
    ]
    owns = [
        tuple(hash_within(memory.hasher, context, wording.values[at]) for context in pair)
        for (wording, at), pair in zip(found, contexts, strict=True)
    ]
    counts = memory.count_phrases({each for pair in (*contexts, *owns) for each in pair})
    for (wording, at), pair, own in zip(found, contexts, owns, strict=True):
        letters = [counts.get(context, 0) for context in pair]
        if min(letters) < _FEWEST_FOR_NUMBERS:
            continue
        if any(counts.get(each, 0) > max(total * _RARE, 1) for each, total in zip(own, letters, strict=True)):
            continue
        usual = [_find_usual_number(context, total, memory) for context, total in zip(pair, letters, strict=True)]
        if usual[0] and usual[0] == usual[1] and usual[0] != wording.values[at]:
            around = (*_show(wording, at - _AROUND, at), usual[0], *_show(wording, at + 1, at + 1 + _AROUND))
            place = wording.places[at]
            yield Departure(place, DepartureKind.NUMBER, place.text, usual[0], " ".join(around), min(letters))


def _find_usual_number(context: int, letters: int, memory: Memory) -> str:
    """The number that nearly all of the letters with a context have in it; "" where they differ."""
    hashes = {hash_within(memory.hasher, context, value): value for value in _NUMBERS}
    counts = memory.count_phrases(hashes)
    best = max(counts, key=lambda hashed: (counts[hashed], hashed), default=None)
    return hashes[best] if best is not None and counts[best] >= letters * _FIXED else ""

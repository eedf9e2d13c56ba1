"""The words of sentences with what varies from case to case masked, as a memory keeps them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.document.text import Span
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.wordings import any_of, wordings
from imrlint.knowledge.medicine import levels
from imrlint.reading.passage import Passage

NUMBER = "<n>"
DATE, DRUG, TREATMENT, PART, SIDE, SEX, NAME = "<date>", "<drug>", "<treatment>", "<part>", "<side>", "<sex>", "<name>"
WORKER, PROVIDER = "<worker>", "<provider>"

_WORD = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|%")
_SIDES = frozenset(("left", "right", "bilateral", "bilaterally", "both", "lt", "rt"))
_SEXES = frozenset((*wordings("pronoun"), *wordings("sex"), "hers", "mr", "ms", "mrs"))
_RUNS = frozenset(
    (DATE, DRUG, TREATMENT, PART, SIDE, SEX, NAME, WORKER, PROVIDER)
)  # several of a kind in a row count as one
_PERSONS = {
    WORKER: re.compile(rf"\b{any_of('worker')}\b"),
    PROVIDER: re.compile(rf"\b(?:{any_of('provider role')} )?{any_of('provider')}\b"),
}
_LEAD_IN = re.compile(r"\ball medical records:")  # of the form, before the first sentence of a summary
_LINKS = frozenset(("and", "or"))


class Wording(NamedTuple):
    """The words of a sentence in lower case, with what varies masked.

    In `words` numbers are masked, too; in `values` they stand in figures. Both have a word for each place of `places`;
    a place covers all the words that a mask stands for.
    """

    sentence: Place
    words: tuple[str, ...]
    values: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def is_prose(self) -> bool:
        """Whether most of its words are words, and not masks."""
        return sum(not is_mask(word) for word in self.words) * 2 > len(self.words)


def is_mask(word: str) -> bool:
    """Whether a word stands for what varies."""
    return word.startswith("<")


def read_wordings(passage: Passage, secrets: Sequence[Span]) -> Iterator[Wording]:
    """The wording of each sentence of a passage, in order. `secrets` identify persons, and are masked."""
    masks = _list_masks(passage, secrets)
    starts = [start for start, _, _ in masks]
    words = [match.span() for match in _WORD.finditer(passage.lower)]
    for sentence in passage.prose.sentences:
        lead = _LEAD_IN.search(passage.lower, sentence.start, sentence.end)
        first = bisect_left(words, (lead.end() if lead else sentence.start, 0))
        last = bisect_left(words, (sentence.end, 0))
        found = list(_join_masks(_mask(passage.lower, words[first:last], masks, starts)))
        yield Wording(
            sentence,
            tuple(each.word for each in found),
            tuple(each.value for each in found),
            tuple(passage.place(each.start, each.end) for each in found),
        )


class _Word(NamedTuple):
    word: str
    value: str
    start: int
    end: int


def _list_masks(passage: Passage, secrets: Iterable[Span]) -> list[tuple[int, int, str]]:
    """Where what varies stands in the folded text, in order and without overlaps: the first, then the longest."""
    found = [(each.place.start, -each.place.end, DATE) for each in passage.dates]
    found += [(each.place.start, -each.place.end, DRUG) for each in passage.drugs]
    found += [(each.place.start, -each.place.end, DRUG) for each in passage.preparations]
    found += [(each.place.start, -each.place.end, TREATMENT) for each in passage.treatments]
    found += [(each.place.start, -each.place.end, PART) for each in passage.parts]
    found += [(match.start(), -match.end(), PART) for match in levels.PRINTED.finditer(passage.text)]
    found += [
        (match.start(), -match.end(), mask)
        for mask, pattern in _PERSONS.items()
        for match in pattern.finditer(passage.lower)
    ]
    hidden = [span for span in secrets if span.start < passage.prose.span.end and passage.prose.span.start < span.end]
    if hidden:
        for match in _WORD.finditer(passage.lower):
            span = passage.place(*match.span()).span
            if any(span.start < each.end and each.start < span.end for each in hidden):
                found.append((match.start(), -match.end(), NAME))
    masks: list[tuple[int, int, str]] = []
    for start, end, mask in sorted(found):
        if not masks or start >= masks[-1][1]:
            masks.append((start, -end, mask))
    return masks


def _mask(
    text: str, words: Sequence[tuple[int, int]], masks: Sequence[tuple[int, int, str]], starts: Sequence[int]
) -> Iterator[_Word]:
    """The words at these places, each masked where it varies."""
    for start, end in words:
        at = bisect_right(starts, start) - 1
        word = text[start:end].replace("’", "'")
        if at >= 0 and start < masks[at][1]:
            mask = f"{masks[at][2]}'s" if word.endswith("'s") else masks[at][2]
            yield _Word(mask, mask, start, end)
        elif word[0].isdigit() or word in numbers.SINGLE_WORDS:
            yield _Word(NUMBER, _figure(word), start, end)
        elif word in _SIDES:
            yield _Word(SIDE, SIDE, start, end)
        elif word == "%":
            yield _Word("percent", "percent", start, end)
        elif word in _SEXES:
            yield _Word(SEX, SEX, start, end)
        else:
            yield _Word(word, word, start, end)


def _join_masks(words: Iterable[_Word]) -> Iterator[_Word]:
    """The words with each run of the same mask as one: "low back, neck and shoulder" is one part. A side belongs to
    its part.
    """
    held: list[_Word] = []  # a mask that may go on, and words that may link it to the next
    for each in words:
        if held and _goes_on(held[0].word, each.word):
            mask = _lead(held[0].word, each.word)
            held = [_Word(mask, mask, held[0].start, each.end)]
        elif held and each.word in _LINKS and len(held) == 1:
            held.append(each)
        else:
            yield from held
            held = []
            if each.word in _RUNS:
                held = [each]
            else:
                yield each
    yield from held


def _goes_on(mask: str, word: str) -> bool:
    return word == mask or (mask, word) in ((SIDE, PART), (PART, SIDE))


def _lead(mask: str, word: str) -> str:
    return PART if PART in (mask, word) else mask


def _figure(word: str) -> str:
    """A number in figures: "four" is "4"."""
    try:
        return f"{numbers.value(word):g}"
    except ValueError:  # "10/325"
        return word

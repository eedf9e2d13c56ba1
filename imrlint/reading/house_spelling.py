"""Words that this house spells another way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from imrlint.document.prose import Place
from imrlint.reading.wording import Wording, is_mask

if TYPE_CHECKING:
    from imrlint.memory.recall import Memory

_FEWEST = 50  # letters that have the usual spelling
_RATIO = 50  # letters with the usual spelling for one with the other

# British spellings and what Americans write; hyphens are dropped. Source: Webster (1828) and the Oxford English
# Dictionary, on the endings -our, -ise, -yse, -tre, -dgement and on ae and oe.
_VARIANTS = (
    (re.compile(r"-"), ""),
    (re.compile(r"[ao]e(?=[a-z]{3})"), "e"),
    (re.compile(r"our(?=$|s$|e|i)"), "or"),
    (re.compile(r"([iy])s(?=(?:e[ds]?|ing|ation|ations)$)"), r"\1z"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"dgement"), "dgment"),
    (re.compile(r"^grey"), "gray"),
)


class OtherSpelling(NamedTuple):
    """A word that `letters` of the house spell as `usual`, and at most one in fifty as many as it stands here."""

    place: Place
    usual: str
    letters: int
    likewise: int


def find_form(word: str) -> str:
    """What a word in lower case is a spelling of: the same for "follow-up" and "followup", "colour" and "color"."""
    for pattern, right in _VARIANTS:
        word = pattern.sub(right, word)
    return word


def find_other_spellings(wordings: Sequence[Wording], memory: Memory) -> Iterator[OtherSpelling]:
    """The words of a letter that this house spells another way, in order."""
    if memory.letters < _FEWEST:
        return
    found = [
        (word, place)
        for each in wordings
        for word, place in zip(each.words, each.places, strict=True)
        if not is_mask(word)
    ]
    hashes = {word: memory.hasher.hash_word(word) for word, _ in found}
    counts = memory.count_spellings(hashes.values())
    usual: dict[str, OtherSpelling | None] = {}
    for word, place in found:
        likewise = counts.get(hashes[word], 0)
        if likewise * _RATIO > memory.letters:
            continue
        if word not in usual:
            known = memory.list_spellings(memory.hasher.hash_word(find_form(word)))
            best = known[0] if known else None
            is_usual = best and best.text != word and best.letters >= max(likewise * _RATIO, _FEWEST)
            usual[word] = OtherSpelling(place, best.text, best.letters, likewise) if best and is_usual else None
        other = usual[word]
        if other and "\n" not in place.prose.source[place.span]:  # the hyphen at the end of a line is none of the word
            yield other._replace(place=place)

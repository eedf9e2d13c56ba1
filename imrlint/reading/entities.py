"""The drugs, treatments and parts of the body that a prose names, found in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import lexicon, numbers
from imrlint.knowledge.medicine import vocabulary
from imrlint.knowledge.medicine.anatomy import Part
from imrlint.knowledge.medicine.drugs import Drug
from imrlint.knowledge.medicine.treatments import Treatment

T = TypeVar("T")

# Words for parts that mean something else behind others: "a job on her feet", "from six feet", "on the other hand".
_FIGURATIVE = {
    "feet": re.compile(rf"(?:\b(?:on|off) (?:his|her|their|one['’]s)|\d|\b(?:{numbers.COUNT_WORDS})) $", re.IGNORECASE),
    "hand": re.compile(r"\b(?:on the other|on the one|at|in) $", re.IGNORECASE),
}
_BACK_OF = re.compile(r" of (?:the|his|her|an?|both|each)\b", re.IGNORECASE)  # "the back of the hand", "of a truck"
_NEAR = 12  # characters before a word that are looked at
# A dose in morphine names no morphine that is taken.
_MEASURE = Pattern(r"[- ](?:\w+ ){0,2}equivalen", re.IGNORECASE)


class Mention(NamedTuple, Generic[T]):
    """A place that names something, and what it names."""

    place: Place
    meaning: T


class Entities(NamedTuple):
    """The drugs, treatments and parts of the body that a prose names, each kind in order."""

    drugs: tuple[Mention[Drug], ...]
    treatments: tuple[Mention[Treatment], ...]
    parts: tuple[Mention[Part], ...]


def select_mentions(mentions: Sequence[Mention[T]], start: int, end: int) -> Sequence[Mention[T]]:
    """Those of the mentions, which are in order, that begin at characters `start` up to `end`."""
    first = bisect_left(mentions, start, key=lambda each: each.place.start)
    last = bisect_left(mentions, end, first, key=lambda each: each.place.start)
    return mentions[first:last]


def find_entities(prose: Prose) -> Entities:
    """What a prose names; of treatments and tests only those that have a specific name in the tables."""
    drugs: list[Mention[Drug]] = []
    treatments: list[Mention[Treatment]] = []
    parts: list[Mention[Part]] = []
    for start, end, meaning in vocabulary.find(prose.text):
        place = Place(prose, start, end)
        match meaning:
            case Drug() if not _MEASURE.match(prose.text, end) and not _is_plain_word(place.text, meaning):
                drugs.append(Mention(place, meaning))
            case Part() if not _is_figurative(prose.text, start, end):
                parts.append(Mention(place, meaning))
            case Treatment() if meaning.name:
                treatments.append(Mention(place, meaning))
    return Entities(tuple(drugs), tuple(treatments), tuple(parts))


def _is_plain_word(text: str, drug: Drug) -> bool:
    """Whether a trade name is a common word of English that is written as one: "well versed", but "Versed"."""
    return text.islower() and text not in drug.ingredients and lexicon.is_common(text)


def _is_figurative(text: str, start: int, end: int) -> bool:
    """Whether a word for a part of the body belongs to a figure of speech or a measure."""
    if text[start:end].lower() == "back" and _BACK_OF.match(text, end):
        return True
    idiom = _FIGURATIVE.get(text[start:end])
    return idiom is not None and idiom.search(text, max(0, start - _NEAR), start) is not None

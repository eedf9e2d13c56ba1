"""Changes that two texts of a letter tell of the same measure: "the PCL-5 came down from 58 to 39"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words
from imrlint.reading.calculations import Change, are_alike
from imrlint.reading.passage import Passage
from imrlint.reading.quantities import Quantity

_STEM = 6  # letters that two forms of a word have in common
_NAME = re.compile(r"[a-z][a-z-]{3,}\d*")
_UNNAMED = frozenset(word[:_STEM] for word in function_words.members("word beside a measure"))


class UnlikeChange(NamedTuple):
    """A value in a change that a passage tells, and the one that another text has for it."""

    here: Quantity
    there: Quantity


def find_unlike_changes(passage: Passage, told: Sequence[Passage]) -> Iterator[UnlikeChange]:
    """The changes of a passage that another text tells from the same value to another, or from another to the same.

    None that one of the texts tells as the passage does, nor those in what a guideline says. `told` are the texts that
    tell the case.
    """
    for change in passage.changes:
        if passage.sentence_of(change.before.place).speaks_for_guideline:
            continue
        known = find_told_changes(change.before, passage, told)
        same = [
            each
            for each in known
            if (each.before.most == change.before.most) is not (each.after.most == change.after.most)
        ]
        is_told = any(each.before.most == change.before.most and each.after.most == change.after.most for each in known)
        if same and not is_told:
            is_before = same[0].after.most == change.after.most
            yield UnlikeChange(*((change.before, same[0].before) if is_before else (change.after, same[0].after)))


def find_told_changes(result: Quantity, passage: Passage, told: Sequence[Passage]) -> list[Change]:
    """The changes that other texts tell of what a result is of, by its name: "the PCL-5 came down by 9 points".

    None where they have the result itself, too: "50 percent relief" may be what the worker said. The `passage` is that
    of the result, `told` are the texts that tell the case.
    """
    own = _read_names(result.place)
    others = [each for each in told if each is not passage]
    numbers = (each for other in others for each in other.quantities)
    if any(each.dimension == result.dimension and result.dimension and each.most == result.most for each in numbers):
        return []
    return [
        each
        for other in others
        for each in other.changes
        if are_alike(each.before, result) and own & _read_names(each.before.place)
    ]


def _read_names(place: Place) -> frozenset[str]:
    """The longer words before a number in its clause, or behind it, without those that name only units and changes."""
    clause = f"{place.before.rpartition(';')[2]} {place.after.partition(';')[0]}".lower()
    return frozenset(word[:_STEM] for word in _NAME.findall(clause)) - _UNNAMED

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


class ReversedChange(NamedTuple):
    """A change that a passage tells, and the values that another text has the other way round."""

    here: Change
    first: Place
    last: Place


def find_reversed_changes(passage: Passage, told: Sequence[Passage]) -> Iterator[ReversedChange]:
    """The changes of a passage from one value to another of which the texts that tell the case have the second first.

    They tell it as a change, or have the two values of one named score in this order and in no other. None in what a
    guideline says.
    """
    for change in passage.changes:
        if passage.sentence_of(change.before.place).speaks_for_guideline:
            continue
        for before, after in _list_pairs(change, told):
            yield ReversedChange(change, before, after)
            break


def _list_pairs(change: Change, told: Sequence[Passage]) -> Iterator[tuple[Place, Place]]:
    """The places that tell a change the other way round: of its last value, and of its first."""
    first, last, names = change.before.most, change.after.most, _read_names(change.before.place)
    for passage in told:
        for each in passage.changes:
            is_same = are_alike(each.before, change.before) and names & _read_names(each.before.place)
            if is_same and (each.before.most, each.after.most) == (last, first):
                yield each.before.place, each.after.place
        named = [each for each in passage.ratings if each.scale.by_name]  # pain and strength are of many parts
        for scale in sorted({each.scale.scale for each in named}):
            rated = sorted((each for each in named if each.scale.scale == scale), key=lambda each: each.place.start)
            starts = [each.place for each in rated if each.value == last]
            ends = [each.place for each in rated if each.value == first]
            if starts and ends and starts[-1].start < ends[0].start:
                yield starts[-1], ends[0]


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

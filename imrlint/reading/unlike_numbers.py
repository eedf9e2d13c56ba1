"""Numbers of a rationale of which the summary and the titles have only others, for the same thing.

Two numbers are of the same thing where they have one unit and share a word beside them: percent of "relief", weeks of
"relief", injections into the "ring finger". Lengths in millimetres are where their sentences share one. Doses, angles,
weights and visits are left out: they are added up and compared as often as they are told again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import function_words, numbers, units
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.quantities import Bound, Quantity
from imrlint.reading.retelling import Told
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.stance import Polarity

_SHARE, _LENGTH, _INJECTION = "share", "length", "injection"
_SMALL = frozenset(("millimetre", "centimetre"))  # units of what a study measures
_STEM = 5  # letters of a word that count
_BESIDE = 2  # words before and behind a share that say of what it is
_BEHIND = 3  # words behind a count that say of what it is
_SUMMED = 4  # counts of a summary whose sums are tried
_WORD = re.compile(r"[a-z][a-z-]{2,}")
_NUMBER = re.compile(rf"single|{numbers.COUNT_WORDS}")
_CLAUSE = re.compile(r"[,;:()]| (?:and|but|with|which|that) ")
# Before a length of time: how long it lasted.
_LASTING = re.compile(r"([a-z]+)(?:,? (?:that|which))?(?: (?:for|of|lasted|lasting)) (?:about )?$")
_OF = re.compile(r" of ([a-z-]+(?: [a-z-]+){0,2})")  # "four weeks of", behind it
_EMPTY = function_words.members("preposition") | function_words.members("auxiliary") | frozenset(("the", "his", "her"))
# Words under which a number is a limit, a plan or a request, or is that of something else.
_OPEN = Pattern(
    rf"\b(?:{any_of('wanted', 'approval', 'refused', 'modified', 'guideline', 'condition', 'totals', 'stands apart')}"
    rf"|{any_of('another', 'exceeds', 'keeps within')}|would|should|could|(?-i:may)|might|must|can|will)\b",
    re.IGNORECASE,
)


class UnlikeNumber(NamedTuple):
    """A number of a rationale, and the one that the letter has instead."""

    here: Quantity
    there: Quantity


class _Counted(NamedTuple):
    """A quantity with the beginnings of the words that say of what it is."""

    quantity: Quantity
    heads: frozenset[str]


def find_unlike_numbers(told: Sequence[Passage], items: Sequence[Item]) -> Iterator[UnlikeNumber]:
    """The numbers in the rationales of the items that are unlike those of the texts that tell the case, in order."""
    known = [each for passage in told for each in _list_counted(passage)]
    for item in items if known else ():
        for here in _list_counted(item.rationale) if item.rationale else ():
            assert item.rationale is not None
            same = [each for each in known if _are_of_one(here, each)]
            if (
                same
                and _is_told(here.quantity, item.rationale)
                and not _is_known(here.quantity, [each.quantity for each in same])
            ):
                yield UnlikeNumber(here.quantity, _find_nearest(here.quantity, same))


def _list_counted(passage: Passage) -> Iterator[_Counted]:
    """The single numbers of a passage of which it says of what they are."""
    for quantity in passage.quantities:
        if (
            quantity.is_single
            and quantity.per is None
            and quantity.bound is Bound.EXACT
            and not _is_open(quantity.place)
        ):
            heads = _read_heads(quantity)
            if heads:
                yield _Counted(quantity, heads)


def _is_open(place: Place) -> bool:
    """Whether the clause of a number is on a limit, a plan or a request."""
    return bool(_OPEN.search(f"{_CLAUSE.split(place.before)[-1]}{place.text}{_CLAUSE.split(place.after)[0]}"))


def _read_heads(quantity: Quantity) -> frozenset[str]:
    place = quantity.place
    if quantity.dimension == units.TIME:
        lasting, of = _LASTING.search(place.before.lower()), _OF.match(place.after.lower())
        return _stem(([lasting[1]] if lasting else []) + (_list_words(of[1]) if of else []))
    before, after = _CLAUSE.split(place.before.lower())[-1], _CLAUSE.split(place.after.lower())[0]
    if quantity.dimension == _SHARE:
        return _stem(_list_words(before)[-_BESIDE:] + _list_words(after)[:_BESIDE])
    if quantity.dimension == _INJECTION:
        counted = [word for word in _list_words(place.lower) if not _NUMBER.fullmatch(word)]
        return _stem(counted[:-1] + _list_words(after)[:_BEHIND])
    if quantity.dimension == _LENGTH and quantity.unit in _SMALL:
        return _stem(_list_words(place.sentence.lower)) | {"it"}
    return frozenset()


def _list_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in _EMPTY]


def _stem(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words)


def _are_of_one(one: _Counted, other: _Counted) -> bool:
    """Whether two numbers are of the same thing."""
    here, there = one.quantity, other.quantity
    is_of_unit = here.unit == there.unit or here.dimension == units.TIME
    return here.dimension == there.dimension and is_of_unit and bool(one.heads & other.heads)


def _is_told(quantity: Quantity, rationale: Passage) -> bool:
    """Whether a rationale tells of the case where it has a number, and affirms it."""
    sentence = rationale.sentence_of(quantity.place)
    is_other = sentence.kind is SentenceKind.GUIDELINE or sentence.speaks_for_guideline
    is_other = is_other or sentence.judge_polarity(quantity.place) is not Polarity.AFFIRMED
    return not (is_other or sentence.is_general_at(quantity.place) or sentence.is_quoted(quantity.place.start))


def _is_known(here: Quantity, same: Sequence[Quantity]) -> bool:
    """Whether the letter has a number of the same thing, or some that make it up; lengths of time are rounded."""
    rooms = [max(here.size, each.size) / 2 if here.dimension == units.TIME else 0.0 for each in same]
    if any(abs(here.least - each.least) <= room for each, room in zip(same, rooms, strict=True)):
        return True
    values = [each.least for each in same][:_SUMMED]
    return any(sum(some) == here.least for number in range(2, len(values) + 1) for some in combinations(values, number))


def _find_nearest(quantity: Quantity, same: Sequence[_Counted]) -> Quantity:
    """That of some numbers whose sentence has most of the words of this one's."""
    best = Told(each.quantity.place for each in same).find(quantity.place.sentence, quantity.place).sentence
    return next((each.quantity for each in same if each.quantity.place.sentence == best), same[0].quantity)

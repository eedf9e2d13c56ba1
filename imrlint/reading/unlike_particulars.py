"""Where a rationale names another level, finger, position or side of a thing than the rest of the letter.

The subject of its conclusion is held against the title. Anything else is held against all other texts: what none of
them has is unlike where the summary or a title has another of the same thing; what one of them has, where the
sentence of the summary that tells the same has another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from imrlint.document.letter import Side
from imrlint.document.prose import Place
from imrlint.reading.items import Item
from imrlint.reading.particulars import LEVEL, SIDE, Particular
from imrlint.reading.passage import Passage
from imrlint.reading.periods import Period
from imrlint.reading.references import list_decided
from imrlint.reading.retelling import Retold, Told
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sites import find_side_words, may_be_other_side
from imrlint.reading.stance import Polarity

_RETOLD = 0.4  # share of the words of a sentence that another one has, where the two tell the same
_OTHER = re.compile(r"\b(?:other|opposite)\b", re.IGNORECASE)
_COMMA = re.compile(r"[,;]")
_NEAR = 90  # characters within which words say why the other side is named


class Unlike(NamedTuple):
    """A particular of a rationale and the one that the letter has instead. `is_subject`: the conclusion decides it."""

    here: Particular
    there: Particular
    is_subject: bool


class _Particulars:
    """What the texts of a letter tell apart, against which each rationale is held."""

    def __init__(self, written: Sequence[Passage], told: Sequence[Passage]) -> None:
        """`written` are all texts of the letter, `told` those that tell the case: the summary and the titles."""
        self._holders: dict[tuple[str, str, str], Passage | None] = {}  # None: more than one text has it
        for passage in written:
            for each in passage.particulars:
                for key in ((each.axis, of, value) for of in each.of for value in each.values):
                    self._holders[key] = passage if self._holders.get(key, passage) is passage else None
        self._told: dict[tuple[str, str], list[Particular]] = {}
        for passage in told:
            for each in passage.particulars:
                for of in each.of:
                    self._told.setdefault((each.axis, of), []).append(each)
        self._sentences: dict[tuple[str, frozenset[str]], Told] = {}
        self._sides: dict[tuple[date, date], list[Particular]] = {}
        for passage in told:
            for period in passage.periods:
                sides = self._sides.setdefault((period.first, period.last), [])
                sides += _find_sides(_clause_of(period.place))

    def list_told(self, particular: Particular) -> list[Particular]:
        """What the summary and the titles name of the same thing, in order."""
        found = (each for of in sorted(particular.of) for each in self._told.get((particular.axis, of), ()))
        return list(dict.fromkeys(found))

    def find_nearest(self, particular: Particular, told: Sequence[Particular]) -> Retold:
        """The sentence that tells most of what the one of a particular tells, of those of `list_told`."""
        key = (particular.axis, particular.of)
        if key not in self._sentences:
            self._sentences[key] = Told(each.place for each in told)
        return self._sentences[key].find(particular.place.sentence, particular.place)

    def list_new(self, particular: Particular, besides: Passage) -> frozenset[str]:
        """Its values that no text besides one has of the same thing."""

        def is_known(value: str) -> bool:
            keys = ((particular.axis, of, value) for of in particular.of)
            return any(key in self._holders and self._holders[key] is not besides for key in keys)

        if particular.axis == SIDE and is_known(Side.BOTH.value):
            return frozenset()
        return frozenset(value for value in particular.values if not is_known(value))

    def list_sides(self, period: Period) -> list[Particular]:
        """The sides in the clauses of the summary and the titles with the same time."""
        return self._sides.get((period.first, period.last), [])


def find_unlike(written: Sequence[Passage], told: Sequence[Passage], items: Sequence[Item]) -> Iterator[Unlike]:
    """The particulars in the rationales of the items that are unlike those of the letter, by item and axis.

    `written` are all texts of the letter, `told` those that tell the case: the summary and the titles.
    """
    known = _Particulars(written, told)
    for item in items:
        if item.rationale is not None:
            yield from _find_unlike(item, item.rationale, known)
            yield from _find_dated_sides(item.rationale, known)


def _find_unlike(item: Item, rationale: Passage, known: _Particulars) -> Iterator[Unlike]:
    decided = list_decided(rationale.references)
    for each in rationale.particulars:
        sentence = rationale.sentence_of(each.place)
        is_subject = any(place.holds(each.place.start) for place in decided)
        is_general = sentence.kind is SentenceKind.GUIDELINE or sentence.speaks_for_guideline
        if sentence.is_quoted(each.place.start) or (is_general and not is_subject):
            continue
        if not is_subject and (each.is_of_request or sentence.judge_polarity(each.place) is not Polarity.AFFIRMED):
            continue
        there = _find_requested(each, item) if is_subject else _find_other(each, rationale, known)
        if there is not None:
            yield Unlike(each, there, is_subject)


def _find_dated_sides(rationale: Passage, known: _Particulars) -> Iterator[Unlike]:
    """The only side in a clause with a month or a year, where the clauses with that time have the other side alone."""
    for period in rationale.periods:
        same = known.list_sides(period)
        here = _find_sides(_clause_of(period.place)) if same else []
        sentence = rationale.sentence_of(period.place)
        if sentence.kind is SentenceKind.GUIDELINE or sentence.is_quoted(period.place.start) or len(here) != 1:
            continue
        if here and _OTHER.search(_clause_of(period.place).text):
            continue
        there = _values(same)
        if len(there) == 1 and there != here[0].values and Side.BOTH.value not in there | here[0].values:
            yield Unlike(here[0], same[0], is_subject=False)


def _clause_of(place: Place) -> Place:
    """The words around a place up to the next comma or semicolon, or the ends of its sentence."""
    before, after = _COMMA.split(place.before)[-1], _COMMA.split(place.after)[0]
    return Place(place.prose, place.start - len(before), place.end + len(after))


def _find_sides(place: Place) -> list[Particular]:
    """The words for sides at a place, whatever has them."""
    found = find_side_words(place.text)
    return [
        Particular(place.part(start, end), SIDE, frozenset(), frozenset({side.value})) for start, end, side in found
    ]


def _find_requested(particular: Particular, item: Item) -> Particular | None:
    """What the title requests instead."""
    if particular.axis == SIDE:
        return _find_other_side(particular, item)
    titled = [each for each in item.title.particulars if each.is_like(particular)]
    if particular.axis == LEVEL and all(len(each.values) > 1 for each in titled):
        is_titled = particular.values <= _values(titled)  # C7-T1 is not C6-7
    else:
        is_titled = any(each.values & particular.values for each in titled)
    return titled[0] if titled and not is_titled else None


def _find_other_side(side: Particular, item: Item) -> Particular | None:
    """The only side that the title names, where it is the other one."""
    title = item.title
    named = [
        Particular(title.place(start, end), SIDE, side.of, frozenset({each.value}))
        for start, end, each in find_side_words(title.text)
    ]
    values = _values(named) | side.values
    return named[0] if named and len(values) == len(_values(named)) + 1 == 2 and Side.BOTH.value not in values else None


def _find_other(particular: Particular, rationale: Passage, known: _Particulars) -> Particular | None:
    """What the summary or a title has of the same thing instead."""
    told = known.list_told(particular)
    if not told or (particular.axis == SIDE and may_be_other_side(particular.place, _NEAR)):
        return None
    if known.list_new(particular, rationale):
        others = (each for each in rationale.particulars if each.is_like(particular) and each is not particular)
        in_sentence = (each for each in others if particular.place.sentence.holds(each.place.start))
        if particular.axis != LEVEL and any(not known.list_new(each, rationale) for each in in_sentence):
            return None
        best = known.find_nearest(particular, told).sentence
        return next((each for each in told if each.place.sentence == best), told[0])
    return _find_exchanged(particular, rationale, known, told)


def _find_exchanged(
    particular: Particular, rationale: Passage, known: _Particulars, told: Sequence[Particular]
) -> Particular | None:
    """What the sentence that tells the same has instead, where the two have none in common."""
    sentence = particular.place.sentence
    best = known.find_nearest(particular, told)
    if best.sentence is None or best.share < _RETOLD:
        return None
    here = _values(
        each for each in rationale.particulars if each.is_like(particular) and sentence.holds(each.place.start)
    )
    there = [each for each in told if each.place.sentence == best.sentence]
    return None if here & _values(there) else there[0]


def _values(particulars: Iterable[Particular]) -> frozenset[str]:
    return frozenset(value for each in particulars for value in each.values)

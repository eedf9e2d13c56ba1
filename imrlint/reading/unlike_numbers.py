"""Numbers of a rationale of which the summary and the titles have only others, for the same thing.

Two numbers are of the same thing where they have one unit and share a word beside them: percent of "relief", weeks of
"relief", injections into the "ring finger". Lengths in millimetres are where their sentences share one; values on one
scale and weights always. What says by how much something changed is left out, and so are doses and visits, which are
added up as often as they are told again.
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
from imrlint.reading.quantities import Bound, Quantity, is_elliptical
from imrlint.reading.retelling import Told
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.stance import Polarity

_SHARE, _LENGTH, _INJECTION, _ANGLE, _SCORE, _WEIGHT = "share", "length", "injection", "angle", "score", "weight"
_RELIEF = "relief"  # what stands for each word for a change for the better
_MEASURED = ("latency", "velocity", "pressure")  # by what stands beside them, as shares and angles
_DIMENSIONS = (units.TIME, _SHARE, _LENGTH, _INJECTION, _ANGLE, _SCORE, _WEIGHT, *_MEASURED)
_BARE = (_INJECTION, _LENGTH)  # what is compared with all others where no word says of what it is
_ANY = ""
_SMALL = frozenset(("millimetre", "centimetre"))  # units of what a study measures
_STEM = 5  # letters of a word that count
_BESIDE = 2  # words before and behind a share that say of what it is
_BEHIND = 3  # words behind a count that say of what it is
_SUMMED = 4  # counts of a summary whose sums are tried
_WORD = re.compile(r"[a-z][a-z-]{2,}")
_CLAUSE = re.compile(r"[,;:()]| (?:and|but|with|which|that) ")
# Before a length of time: how long it lasted.
_LASTING = re.compile(r"([a-z]+)(?:,? (?:that|which))? (?:for|of|last[a-z]+) $")
_OF = re.compile(r" of ([a-z-]+(?: [a-z-]+){0,2})")  # "four weeks of", behind it
_INTO = re.compile(rf" (?:{function_words.alternatives('preposition')})\b")
_CHANGED = re.compile(rf"{any_of('changed')}|help(?:s|ed|ing)?")
_EMPTY = frozenset(("the", "his", "her", "not", "gave", "given", "single")).union(
    *map(function_words.members, ("preposition", "auxiliary", "plural measure", "determiner"))
)
# In a sentence with a number that is a difference: "lacks 15 degrees", "a 15-degree loss".
_APART = re.compile(r" (?:more|less|better|further)\b", re.IGNORECASE)  # "25 degrees more rotation"
_PRONOUN = re.compile(r"(?:it|this|that)\b", re.IGNORECASE)
_DIFFERENCE = Pattern(
    rf"\b(?:{any_of('changed', 'stands apart')}|{function_words.alternatives('noun of a difference')})\b", re.IGNORECASE
)
# Words under which a number is a limit, a plan or a request, or is that of something else.
_COMPARED = ("totals", "stands apart", "another", "exceeds", "keeps within")
_OPEN = Pattern(
    r"\b(?:would|should|could|(?-i:may)|might|must|can|will"
    rf"|{any_of('wanted', 'approval', 'refused', 'modified', 'guideline', 'condition', *_COMPARED)})\b",
    re.IGNORECASE,
)


_WHOLE_BODY = re.compile(r"\btotal body\b", re.IGNORECASE)  # of its surface: no sum


class UnlikeNumber(NamedTuple):
    """A number of a rationale, and the one that the letter has instead."""

    here: Quantity
    there: Quantity


class _Numbers:
    """The numbers of the texts that tell the case, by what they are of."""

    def __init__(self, told: Sequence[Passage]) -> None:
        self._all: dict[str, dict[tuple[float, float, float], Quantity]] = {}
        self._by_key: dict[tuple[str, str], list[Quantity]] = {}
        self._single: dict[tuple[str, str], list[Quantity]] = {}
        self._bare = {(each.dimension, each.least) for passage in told for each in _complete_units(passage)}
        for quantity in (each for passage in told for each in passage.quantities):
            if quantity.dimension in _DIMENSIONS:
                values = (quantity.least, quantity.most, quantity.size)
                self._all.setdefault(quantity.dimension, {}).setdefault(values, quantity)
                for key in (*_read_heads(quantity), _ANY):
                    self._by_key.setdefault((quantity.dimension, key), []).append(quantity)
                    if _is_comparable(quantity):
                        self._single.setdefault((quantity.dimension, key), []).append(quantity)

    def list_single(self, quantity: Quantity, heads: frozenset[str]) -> list[Quantity]:
        """The single numbers of the same thing, in order."""
        found = [each for key in sorted(heads) or [_ANY] for each in self._single.get((quantity.dimension, key), ())]
        return [each for each in dict.fromkeys(found) if each.unit == quantity.unit or each.dimension == units.TIME]

    def has(self, quantity: Quantity, heads: frozenset[str]) -> bool:
        """Whether there is a number, or some that make it up; lengths of time are rounded.

        Injections are counted for each thing, since small numbers are everywhere.
        """
        is_counted = quantity.dimension == _INJECTION
        if not is_counted and (quantity.dimension, quantity.least) in self._bare:
            return True
        same = list(self._all.get(quantity.dimension, {}).values())
        if is_counted and heads:
            same = [each for key in heads for each in self._by_key.get((quantity.dimension, key), ())]
        for each in same:
            room = max(quantity.size, each.size) / 2 if quantity.dimension == units.TIME else 0.0
            if each.least - room <= quantity.most and quantity.least <= each.most + room:
                return True
        values = [each.least for each in dict.fromkeys(same)][:_SUMMED] if is_counted else []
        chosen = (some for number in range(2, len(values) + 1) for some in combinations(values, number))
        return any(sum(some) == quantity.least for some in chosen)


def find_unlike_numbers(told: Sequence[Passage], items: Sequence[Item]) -> Iterator[UnlikeNumber]:
    """The numbers in the rationales of the items that are unlike those of the texts that tell the case, in order."""
    known = _Numbers(told)
    for item in items:
        for quantity in item.rationale.quantities if item.rationale else ():
            if item.rationale is None or quantity.dimension not in _DIMENSIONS or not _is_comparable(quantity):
                continue
            heads = _read_heads(quantity)
            is_named = bool(heads) or quantity.dimension in _BARE
            if not is_named or known.has(quantity, heads) or not _is_told(quantity, item.rationale):
                continue
            if same := known.list_single(quantity, heads):
                yield UnlikeNumber(quantity, _find_nearest(quantity, same))


def _complete_units(passage: Passage) -> Iterator[Quantity]:
    """The numbers that stand without a unit in a sentence with units, with each of these: "55 pounds, the left 90"."""
    for sentence in passage.sentences:
        found = passage.quantities_in(sentence.place)
        whole = {(each.dimension, each.unit, each.size): each for each in found if each.dimension in _DIMENSIONS}
        for bare in found:
            if not bare.dimension and is_elliptical(bare.place):
                for each in whole.values():
                    least, most = bare.least * each.size, bare.most * each.size
                    yield each._replace(place=bare.place, least=least, most=most)


def _is_comparable(quantity: Quantity) -> bool:
    """Whether a quantity is one number, and none by which something changed."""
    if not quantity.is_single or quantity.per is not None or quantity.bound is not Bound.EXACT:
        return False
    place = quantity.place
    before = place.before.lower()
    if quantity.dimension in (_ANGLE, _WEIGHT) and (
        before.endswith(" by ")
        or _APART.match(place.after)
        or (_DIFFERENCE.search(place.sentence.text) and not before.endswith(" to "))
    ):
        return False
    if (quantity.dimension == _LENGTH and quantity.unit not in _SMALL) or (
        quantity.dimension == _SCORE and quantity.scale is None
    ):
        return False
    return not _is_open(place)


def _is_open(place: Place) -> bool:
    """Whether the clause of a number is on a limit, a plan or a request."""
    clause = f"{_CLAUSE.split(place.before)[-1]}{place.text}{_CLAUSE.split(place.after)[0]}"
    return bool(_OPEN.search(_WHOLE_BODY.sub("body", clause)))


def _read_heads(quantity: Quantity) -> frozenset[str]:
    """The beginnings of the words that say of what a quantity is."""
    place = quantity.place
    if quantity.dimension == units.TIME:
        lasting, of = _LASTING.search(place.before.lower()), _OF.match(place.after.lower())
        words = ([lasting[1]] if lasting else []) + (_list_words(of[1]) if of else [])
        clause = _CLAUSE.split(place.before.lower())[-1] if lasting else ""
        return _stem(words) | (_stem(_list_words(clause)) & {_RELIEF})
    if quantity.dimension == _INJECTION:
        into = _list_words(_CLAUSE.split(place.after.lower())[0]) if _INTO.match(place.after) else []
        return _stem(_list_words(place.lower)[:-1] + into[:_BEHIND])
    if quantity.dimension in (_SHARE, _ANGLE, *_MEASURED):
        before, after = _CLAUSE.split(place.before.lower())[-1], _CLAUSE.split(place.after.lower())[0]
        return _stem(_list_words(before)[-_BESIDE:] + _list_words(after)[:_BESIDE])
    if quantity.dimension == _LENGTH:
        is_open = _PRONOUN.match(place.sentence.text)
        return frozenset() if is_open else _stem(_list_words(place.sentence.lower))
    return frozenset((f"out of {quantity.scale}",))


def _list_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in _EMPTY and word not in numbers.SINGLE_WORDS]


def _stem(words: Sequence[str]) -> frozenset[str]:
    return frozenset(_RELIEF if _CHANGED.fullmatch(word) else word[:_STEM] for word in words)


def _is_told(quantity: Quantity, rationale: Passage) -> bool:
    """Whether a rationale tells of the case where it has a number, and affirms it."""
    sentence = rationale.sentence_of(quantity.place)
    is_other = sentence.kind is SentenceKind.GUIDELINE or sentence.speaks_for_guideline
    is_other = is_other or sentence.judge_polarity(quantity.place) is not Polarity.AFFIRMED
    if quantity.dimension == _SHARE and not (sentence.is_of_case or sentence.states_fact):
        return False  # what a good response is
    return not (is_other or sentence.is_general_at(quantity.place) or sentence.is_quoted(quantity.place.start))


def _find_nearest(quantity: Quantity, same: Sequence[Quantity]) -> Quantity:
    """That of some numbers whose sentence has most of the words of this one's."""
    best = Told(each.place for each in same).find(quantity.place.sentence, quantity.place).sentence
    return next((each for each in same if each.place.sentence == best), same[0])

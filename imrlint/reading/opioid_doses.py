"""How much of an opioid is taken a day, and what a text says that this is in morphine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine import morphine
from imrlint.reading.daily_doses import Preparations, find_daily_doses
from imrlint.reading.quantities import Bound, Quantity
from imrlint.reading.sentences import Sentence


class Doses(Protocol):
    """A prose with its sentences and quantities, and the doses of opioids that it gives."""

    def sentences_with(self, word: Pattern) -> Sequence[Sentence]: ...

    def quantities_in(self, place: Place) -> Sequence[Quantity]: ...

    @property
    def opioid_doses(self) -> Sequence[OpioidDose]: ...


class OpioidDose(NamedTuple):
    """An opioid with its strength and how often it is taken: from `least` to `most` milligrams of morphine a day."""

    place: Place
    ingredients: frozenset[str]
    least: float
    most: float


class MorphineClaim(NamedTuple):
    """A daily dose in milligrams of morphine that a text states for the worker."""

    place: Place
    milligrams: float


_MORPHINE = Pattern(r"\b(?:morphine|MEDD?|MME)\b", re.IGNORECASE)
_BESIDE = re.compile(r"(?:[ ,:=(]|\b(?:of|is|was|to|equivalents?|milligram|dose|daily|oral|equals?|a day)\b)*")
_LIMIT = Pattern(
    rf"\b(?:limit|threshold|ceiling|above|below|exceed\w*|over|recommend\w*|should|{any_of('at least', 'at most')})\b",
    re.IGNORECASE,
)


def find_opioid_doses(passage: Preparations) -> Iterator[OpioidDose]:
    """The daily doses of opioids that a passage gives, in order."""
    for dose in find_daily_doses(passage):
        preparation = dose.preparation
        factor = morphine.find_factor(preparation.ingredients)
        if factor is not None:
            least, most = min(dose.amounts)
            yield OpioidDose(preparation.place, preparation.ingredients, least * factor, most * factor)


def find_morphine_claims(passage: Doses) -> Iterator[MorphineClaim]:
    """The daily doses of morphine that a passage states for the worker; none in a clause on a limit.

    Morphine with its strength and how often it is taken is a drug, not what others are compared with.
    """
    taken = [dose.place for dose in passage.opioid_doses]
    for sentence in passage.sentences_with(_MORPHINE):
        if sentence.speaks_for_guideline:
            continue
        for quantity in passage.quantities_in(sentence.place):
            if quantity.dimension not in ("dose", "") or quantity.bound in (Bound.LEAST, Bound.MOST):
                continue
            if any(place.overlaps(quantity.place) for place in taken):
                continue
            before, after = quantity.place.before, quantity.place.after
            if _LIMIT.search(re.split(r"[,;]", before)[-1] + quantity.place.text + re.split(r"[,;]", after)[0]):
                continue
            named = list(_MORPHINE.finditer(before))
            is_behind = named and _BESIDE.fullmatch(before[named[-1].end() :])
            first = _MORPHINE.search(after)
            is_before = first and quantity.dimension == "dose" and _BESIDE.fullmatch(after[: first.start()])
            if (is_behind or is_before) and not sentence.is_quoted(quantity.place.start):
                yield MorphineClaim(quantity.place, quantity.most)

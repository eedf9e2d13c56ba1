"""Daily doses that a rationale states of a drug of which the letter has only other ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imrlint.knowledge.language import function_words
from imrlint.reading.daily_doses import DailyDose, find_daily_doses
from imrlint.reading.items import Item
from imrlint.reading.passage import Passage
from imrlint.reading.quantities import Bound, Quantity
from imrlint.reading.sentence_kinds import SentenceKind


class UnlikeDose(NamedTuple):
    """A daily dose that a rationale states in milligrams, and that of the letter, which is another one."""

    here: Quantity
    there: DailyDose


# Behind a dose, that it is that of a day; before one, where the day is named before it.
_EVERY_DAY = function_words.alternatives("word of every day")
_A_DAY = re.compile(rf" (?:of [a-z]+ )?(?:{_EVERY_DAY})\b")
_DAY_DOSE = re.compile(rf"\b(?:{_EVERY_DAY}) (?:the )?dose (?:of|is) $")
_ANOTHER_DOSE = function_words.members("word of another dose") | {"instance", "example"}
_EQUIVALENT = "morphine"  # in which the doses of opioids are compared
_MILLIGRAM = "milligram"


def find_unlike_doses(told: Sequence[Passage], items: Sequence[Item]) -> Iterator[UnlikeDose]:
    """The daily doses that the rationales of the items state of a drug of which the letter has only other ones.

    `told` are the texts that tell the case. A dose that stands in them as it is, for a day or not, is no other one.
    """
    known = [dose for passage in told for dose in find_daily_doses(passage)]
    printed = (
        {each.most for passage in told for each in passage.quantities if each.dimension == "dose"} if known else ()
    )
    for item in items if known else ():
        for here in item.rationale.quantities if item.rationale else ():
            if item.rationale is None or not _is_of_a_day(here, item.rationale) or here.most in printed:
                continue
            drugs = [each.meaning for each in item.rationale.drugs_in(here.place.sentence)] or list(item.drugs)
            same = [each for each in known if any(each.preparation.ingredients & drug.ingredients for drug in drugs)]
            is_known = any(low <= here.most <= high for each in same for low, high in each.amounts)
            if same and not is_known:
                yield UnlikeDose(here, same[0])


def _is_of_a_day(quantity: Quantity, rationale: Passage) -> bool:
    """Whether a number of milligrams is what the worker takes a day: no limit, and no dose before or after a change."""
    place, sentence = quantity.place, rationale.sentence_of(quantity.place)
    if quantity.unit != _MILLIGRAM or quantity.bound is not Bound.EXACT or not quantity.is_single:
        return False
    is_daily = quantity.per == 1 or _A_DAY.match(place.after.lower()) or _DAY_DOSE.search(place.before.lower())
    is_other = sentence.kind is SentenceKind.GUIDELINE or sentence.names_guideline or sentence.is_general
    is_other = is_other or sentence.is_quoted(place.start) or _EQUIVALENT in sentence.lower
    return bool(is_daily) and not is_other and _ANOTHER_DOSE.isdisjoint(sentence.lower.split())

"""Measures of an examination that are called low, abnormal or normal: "sensation is decreased", "full strength"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from imrlint.knowledge import registry
from imrlint.knowledge.medicine import terminology
from imrlint.knowledge.medicine.terminology import ClinicalTerm
from imrlint.knowledge.terms import Term, Terms

_CUE = re.compile(
    r"\b(?:(?P<low>(?:decreas|diminish|reduc|limit|restrict|impair|abnormal|alter|asymmetr|hypo|lessen|weak)\w*|absent"
    r"|lost|loss of|poor|lacking|painful|blunted|dull|depressed|antalgic|unsteady|guarded|stiff"
    r"|[0-4] ?[+-]? ?(?:/|out of) ?5)"
    r"|(?P<normal>normal\w*|full|intact|equal|symmetric\w*|unrestricted|unlimited|preserved|unremarkable|within normal"
    r" limits|good|steady|5 ?(?:/|out of) ?5))(?![\w/])"
)
_BEFORE = re.compile(r"^(?: (?!and\b|or\b|but\b|with\b|which\b)[\w/'-]+){0,4} $")
_BEHIND = re.compile(r"^[ ,:]*(?:(?!but\b|with\b|which\b|while\b)[\w/'()-]+[ ,:]+){0,7}$")
_LISTED = re.compile(r", (?:and |or )?| (?:and|or) ")  # between the measures of a list
_ANOTHER = re.compile(r"\band (?:the|an?|there|he|she|it|his|her)\b")  # begins another clause


class Measured(NamedTuple):
    """Characters that say how something was measured; the finding it amounts to, and whether they say it is absent.

    `name` is the character at which the name of what is measured begins. `is_normal` is None where they only name it;
    then `term` is its examination.
    """

    start: int
    end: int
    name: int
    term: ClinicalTerm
    is_normal: bool | None


Measure: TypeAlias = tuple[ClinicalTerm, ClinicalTerm]
"""What is measured: the finding for too little of it, and its examination."""


def find_measures(text: str) -> Iterator[Term[Measure]]:
    """What a text in lower case names that is measured, in order."""
    return _words().find(text)


def find_measured(sentence: str, named: Sequence[Term[Measure]]) -> Iterator[Measured]:
    """What a sentence in lower case says of the measures named in it, in order."""
    cues = list(_CUE.finditer(sentence))
    said: tuple[int, bool] | None = None  # where what is said of the measure behind ends, and whether it is normal
    found: list[Measured] = []
    for number in range(len(named) - 1, -1, -1):
        start, end, (term, examination) = named[number]
        first = named[number - 1].end if number else 0
        last = named[number + 1].start if number + 1 < len(named) else len(sentence)
        before = next((c for c in reversed(cues) if first <= c.start() and c.end() <= start), None)
        if before and _BEFORE.match(sentence[before.end() : start]):
            found.append(Measured(before.start(), end, start, term, bool(before["normal"])))
            said = None
        else:
            behind = next((c for c in cues if end <= c.start() < last), None)
            if behind and _BEHIND.match(gap := sentence[end : behind.start()]) and not _ANOTHER.search(gap):
                said = behind.end(), bool(behind["normal"])
            elif not _LISTED.fullmatch(sentence, end, last):
                said = None
            if said:
                found.append(Measured(start, said[0], start, term, said[1]))
        found.append(Measured(start, end, start, examination, None))
    yield from reversed(found)


@cache
def _words() -> Terms[Measure]:
    return Terms(
        (word, (terminology.term(row.term), terminology.examine(row.measure)))
        for row in registry.MEASURES.rows
        for word in row.words
    )

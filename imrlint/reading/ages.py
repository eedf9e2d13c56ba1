"""Ages of persons: how many years, and whether they can only be the worker's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.wordings import any_of, wordings

YEARS_OLD = r"(?:(?:years?|yrs?\.?)[- ]?(?:old|of age)|y[./]?o\b\.?)"
"""The words after a number that make it an age: "years old", "yr-old", "y.o."."""

_WORDS = "|".join(
    sorted((word.replace("-", "[- ]") for word in numbers.SINGLE_WORDS), key=lambda word: (-len(word), word))
)
_NUMBER = rf"(?P<age>\d\d?\d?|\b(?:{_WORDS}))"
_OLD = re.compile(rf"{YEARS_OLD}(?![^\W_])", re.IGNORECASE)
_BEFORE_OLD = re.compile(rf"(?<!\d){_NUMBER}[- ]?$", re.IGNORECASE)
_LONGEST = 16  # characters of a number and what joins it to the words behind
_CALLED = Pattern(
    r"\bage[ds]?(?:/(?:sex|gender))?:? (?:of |[mf]/)?(?P<age>\d\d)\b(?! (?:and|or|years) (?:older|over|above))",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"\d\d")
_OF_WORKER = re.compile(rf"\b{any_of('worker')}", re.IGNORECASE)
_LONGEST_LEAD = 90  # characters from a word for the worker to a bare number
# "The injured worker is 67", "this patient, who is 55", "the patient, 71,", "Claimant: male, 44", "Sex/age: F/44".
_BARE = re.compile(
    rf"\b{any_of('worker')}(?:,? (?:who )?(?:is|was)(?: now)? (?P<is>\d\d)(?=[,.;]| (?:and|with|who)\b)"
    r"|, (?:now )?(?P<beside>\d\d),"
    r"| \((?:(?:(?:fe)?male|[mf]),? )?(?P<bracketed>\d\d)(?:,? ?(?:(?:fe)?male|[mf]))?\)"
    r"|: (?:[a-z][a-z' -]*[,;/] ?){0,3}(?P<label>\d\d)(?=[,.;/]|$| ?[mf]\b)"
    r"|(?: is an?|:) (?P<initial>\d\d)[ /-]?(?-i:[MF])\b)",
    re.IGNORECASE,
)
# "the", "this", "is", "now" before an age; "a" only at the beginning of a sentence or behind "is", "in" and "for".
_OF_SOMEBODY = Pattern(
    rf"(?:\b(?:is|was|are|now|this|the|{any_of('worker')}[,:])|(?:^|[.:;] |\b(?:is|was|now|currently|in|for) )"
    r"an?(?:\(n\))?) $",
    re.IGNORECASE,
)
# What may follow an age: the end of its phrase, or a word for the worker.
_WORKER = re.compile(
    r"(?:,? ?(?:right|left)[- ]hand(?:ed)?[- ]?(?:dominant)?,?)? ?"
    rf"(?:[,.;]|$|(?:who|with|and|injured|{any_of('sex', 'worker')})\b)",
    re.IGNORECASE,
)
_THING = re.compile(
    r" (?:injury|injuries|fracture|claim|history|problem|scar|device|tear|mri|study|report|case|x-ray|friend"
    rf"|{'|'.join(wordings('kin'))})\b",
    re.IGNORECASE,
)
_SOMEBODY_ELSE = Pattern(
    rf"\b(?:{'|'.join(wordings('kin'))}|student|since|when|until|at)\b[^.]{{0,30}}$", re.IGNORECASE
)
_THEN = Pattern(r"[^.]{0,40}\bat (?:that|the) time\b", re.IGNORECASE)
_AHEAD = 60  # characters before an age that may say whose it is


class AgeMention(NamedTuple):
    """An age that a text gives: "47 year old", "aged 47", or the bare number in "the patient, 71, was"."""

    place: Place
    number: Place
    years: int
    of_worker: bool  # whether it can be nobody's but the worker's
    names_person: bool  # whether what follows is a word for a person, rather than one that may be a thing


def find_ages(prose: Prose) -> Iterator[AgeMention]:
    """The ages in a text, in order."""
    found = (*_find_counted(prose), *_find_called(prose), *_find_bare(prose))
    yield from sorted(found, key=lambda age: age.place.start)


def _find_counted(prose: Prose) -> Iterator[AgeMention]:
    """The ages of so many years: "47 year old"."""
    for old in _OLD.finditer(prose.text):
        start = max(old.start() - _LONGEST, 0)
        if before := _BEFORE_OLD.search(prose.text[start : old.start()]):
            number = Place(prose, start + before.start("age"), start + before.end("age"))
            place = Place(prose, number.start, old.end())
            names_person = _names_person(place)
            yield _build(place, number, _can_only_be_workers(place, names_person=names_person), names_person)


def _find_called(prose: Prose) -> Iterator[AgeMention]:
    """The ages behind "age", which may be those at some time: "aged 47", "at the age of 13"."""
    for hit in prose.find(_CALLED):
        yield _build(hit.place, hit.place_of("age"), False, _names_person(hit.place))


def _find_bare(prose: Prose) -> Iterator[AgeMention]:
    """The numbers that are ages by where they stand: "the patient, 71, was"."""
    behind = 0
    for digits in _TWO_DIGITS.finditer(prose.text):  # there are few, and what stands before each is soon searched
        first = max(digits.start() - _LONGEST_LEAD, behind)
        leads = (match.start() for match in _OF_WORKER.finditer(prose.text, first, digits.start()))
        found = next((match for at in leads if (match := _BARE.match(prose.text, at))), None)
        if found:
            behind = found.end()
            number = Place(prose, *found.span(found.lastgroup or 0))
            yield _build(number, number, True, True)


def _build(place: Place, number: Place, of_worker: bool, names_person: bool) -> AgeMention:
    return AgeMention(place, number, int(numbers.value(number.text)), of_worker, names_person)


def _names_person(age: Place) -> bool:
    return _WORKER.match(age.prose.text, age.end) is not None


def _can_only_be_workers(age: Place, *, names_person: bool) -> bool:
    text, start, end = age.prose.text, age.start, age.end
    before = text[max(start - _AHEAD, 0) : start]
    called = re.match(r" [a-z]+", text[end : end + 20]) and not _THING.match(text, end)
    if not (names_person or called) or _SOMEBODY_ELSE.search(before) or _THEN.match(text, end):
        return False
    return bool(_OF_SOMEBODY.search(before)) or (not start and names_person)

"""The worker's sex as a letter states it, and the persons to whom "he" and "she" may refer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of


class Sex(Enum):
    """The worker's sex. The value is its name in messages."""

    FEMALE = "female"
    MALE = "male"


class SexMention(NamedTuple):
    """Words that give a sex: "woman" in "a 45-year-old woman", or "she"."""

    place: Place
    sex: Sex


_WORKER = rf"(?:{any_of('worker')}|years?[- ]?old|y/o|yo|case involves an?|case of an?|this is an?)"
_SEX = Pattern(r"[fmwgl](?<![^\W_].)(?:emale|ale|oman|an|entleman|ady)\b")
_STATED = re.compile(
    rf"\b{_WORKER}(?: (?:is|was|who is))?(?: (?:an?|now|a now))?(?:,? (?:\d+[- ]?years?[- ]?old"
    rf"|right[- ]hand(?:ed)?|left[- ]hand(?:ed)?|dominant))*,? $"
)
_AHEAD = 120  # characters before a word for a sex that may lead to it
_MALE = ("male", "man", "gentleman")
_PRONOUN = Pattern(r"[hs](?<![\w/'’].)(?:(?P<she>(?<=s)he|er|ers|erself)|(?<=h)(?:e|im|is|imself))\b(?![/'’]|, \d{4})")
# Other persons in a sentence to whom a pronoun may refer.
_OTHERS = Pattern(rf"\b{any_of('provider', 'clinician', 'kin', 'bystander')}\b", re.IGNORECASE)


# What only a provider does to a patient: of the words for what is wanted, those that say who wanted it, in the past.
_PRACTISES = Pattern(
    r"^ (?:also |then |further |again )?(?:prescribed|recommended|requested|ordered|diagnosed|referred|opined"
    r"|dictated|examined|injected|refilled"
    r"|dispensed|administered|performed surgery|wrote that|wishe[sd] to|documented)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"\ball medical records:")
_OPENING = 25  # characters; an earlier pronoun may refer to a person of the previous sentence
# "her brother": the pronoun is the worker's, although another person is named after it.
_KIN = Pattern(rf"^ {any_of('kin')}\b", re.IGNORECASE)


def find_stated_sex(prose: Prose, is_quoted: Callable[[int], bool]) -> Iterator[SexMention]:
    """The words that state the worker's sex, in order, outside quotations."""
    text = prose.lower
    for match in _SEX.finditer(text):
        leading = text[max(match.start() - _AHEAD, 0) : match.start()]
        if _STATED.search(leading) and not is_quoted(match.start()):
            sex = Sex.MALE if match.group() in _MALE else Sex.FEMALE
            yield SexMention(Place(prose, *match.span()), sex)


def find_pronouns(prose: Prose) -> Iterator[SexMention]:
    """Every form of "he" and "she", whoever is meant, in order."""
    for match in _PRONOUN.finditer(prose.lower):
        yield SexMention(Place(prose, *match.span()), Sex.FEMALE if match["she"] else Sex.MALE)


def can_only_be_worker(pronoun: Place) -> bool:
    """Whether a pronoun can only refer to the worker: nobody else is named in its sentence or just before it."""
    prose, start, end = pronoun
    if _PRACTISES.match(prose.text[end : end + 40]):
        return False
    number = prose.number_at(start)
    sentence = prose.sentences[number]
    first = _find_first_like(pronoun, sentence)
    kin = _KIN.match(prose.text[end : end + 14])
    if _OTHERS.search(prose.text[sentence.start : end] if kin else sentence.text):
        return False
    before = prose.sentences[number - 1].text if number and first - sentence.start < _OPENING else ""
    return not _OTHERS.search(_LEAD_IN.split(before)[-1])


def _find_first_like(pronoun: Place, sentence: Place) -> int:
    """Where the first pronoun of the same sex begins in a sentence: those after it refer to the same person."""
    is_female = pronoun.lower.startswith(("she", "her"))
    for match in _PRONOUN.finditer(pronoun.prose.lower, sentence.start, pronoun.start):
        if bool(match["she"]) is is_female:
            return match.start()
    return pronoun.start

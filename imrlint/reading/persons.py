"""Who is spoken of: the worker's sex as stated, and sentences in which somebody else is "he" or "she"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language.wordings import any_of


class Sex(Enum):
    """The worker's sex. The value is how a message calls it."""

    FEMALE = "female"
    MALE = "male"


class SexMention(NamedTuple):
    """Words that say a sex: "a 45-year-old woman", "she"."""

    place: Place
    sex: Sex


_WORKER = rf"(?:{any_of('worker')}|years?[- ]?old|y/o|yo|case involves an?|case of an?|this is an?)"
_SEX = re.compile(r"[fmwgl](?<![^\W_].)(?:emale|ale|oman|an|entleman|ady)\b")
_STATED = re.compile(
    rf"\b{_WORKER}(?: (?:is|was|who is))?(?: (?:an?|now|a now))?(?:,? (?:\d+[- ]?years?[- ]?old"
    rf"|right[- ]hand(?:ed)?|left[- ]hand(?:ed)?|dominant))*,? $"
)
_AHEAD = 120  # characters of the words that lead to a sex
_MALE = ("male", "man", "gentleman")
_PRONOUN = re.compile(
    r"[hs](?<![\w/'’].)(?:(?P<she>(?<=s)he|er|ers|erself)|(?<=h)(?:e|im|is|imself))\b(?![/'’]|, \d{4})"
)
# Somebody else in the sentence who may be meant.
_OTHERS = re.compile(rf"\b{any_of('provider', 'clinician', 'kin', 'bystander')}\b", re.IGNORECASE)


# What only a provider does to a patient: of the words for what is wanted, those that say who wanted it, in the past.
_PRACTISES = re.compile(
    r"^ (?:also |then |further |again )?(?:prescribed|recommended|requested|ordered|diagnosed|referred|opined"
    r"|dictated|examined|injected|refilled"
    r"|dispensed|administered|performed surgery|wrote that|wishe[sd] to|documented)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"\ball medical records:")
_OPENING = 25  # characters from the beginning of a sentence
# "her brother": the pronoun is the worker's, whoever the other is.
_KIN = re.compile(rf"^ {any_of('kin')}\b", re.IGNORECASE)


def find_stated_sex(prose: Prose, is_quoted: Callable[[int], bool]) -> Iterator[SexMention]:
    """Every place that says whether the worker is a man or a woman, in order."""
    text = prose.text.lower()
    for match in _SEX.finditer(text):
        leading = text[max(match.start() - _AHEAD, 0) : match.start()]
        if _STATED.search(leading) and not is_quoted(match.start()):
            sex = Sex.MALE if match.group() in _MALE else Sex.FEMALE
            yield SexMention(Place(prose, *match.span()), sex)


def find_pronouns(prose: Prose) -> Iterator[SexMention]:
    """Every "he" and "she", whoever is meant, in order."""
    for match in _PRONOUN.finditer(prose.text.lower()):
        yield SexMention(Place(prose, *match.span()), Sex.FEMALE if match["she"] else Sex.MALE)


def can_only_be_worker(pronoun: Place) -> bool:
    """Whether a pronoun can only be the worker: nobody else is named in its sentence, or right before it."""
    prose, start, end = pronoun
    if _PRACTISES.match(prose.text[end : end + 40]):
        return False
    number = prose.number_at(start)
    sentence = prose.sentences[number]
    kin = _KIN.match(prose.text[end : end + 14])
    if _OTHERS.search(prose.text[sentence.start : end] if kin else sentence.text):
        return False
    before = prose.sentences[number - 1].text if number and start - sentence.start < _OPENING else ""
    return not _OTHERS.search(_LEAD_IN.split(before)[-1])

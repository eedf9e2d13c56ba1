"""Who is spoken of: the worker's sex as stated, and sentences in which somebody else is "he" or "she"."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from imrlint.document.letter import Letter
from imrlint.document.prose import Prose
from imrlint.reading import quotes, spelling


class Sex(Enum):
    FEMALE = "female"
    MALE = "male"


class Statement(NamedTuple):
    """Characters `start` up to `end` of the folded text of a prose, which say a sex."""

    prose: Prose
    start: int
    end: int
    sex: Sex


_WORKER = (
    r"(?:injured worker|worker|patient|claimant|applicant|employee|individual|years?[- ]?old|y/o|yo|case involves an?"
    r"|case of an?|this is an?)"
)
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
_OTHERS = re.compile(
    r"\b(?:physicians?|providers?|doctors?|dr\b|surgeons?|therapists?|\w+ologists?|internists?|\w+iatrists?"
    r"|hygienists?|counselors?|chiropractors?|psycholog\w+"
    r"|psychiatrists?|nurses?|examiners?|qme|ame"
    r"|reviewers?|authors?|specialists?|podiatrists?|acupuncturists?|neurologists?|dentists?|orthopedists?"
    r"|physiatrists?|assistants?"
    r"|wife|husband|spouse|mother|father|son|daughter|child|boyfriend|girlfriend|sister|brother|family|friend"
    r"|partner|uncle|aunt"
    r"|supervisors?|employers?|boss|co-?workers?|customers?|attorney|drivers?|students?|inmates?|suspects?"
    r"|residents?|clients?|another)\b",
    re.IGNORECASE,
)


# What only a provider does to a patient.
_PRACTISES = re.compile(
    r"^ (?:also |then |further |again )?(?:prescribed|recommended|requested|ordered|diagnosed|referred|opined"
    r"|dictated|examined|injected|refilled"
    r"|dispensed|administered|performed surgery|wrote that|wishe[sd] to|documented)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"\ball medical records:")
_OPENING = 25  # characters from the beginning of a sentence
# "her brother": the pronoun is the worker's, whoever the other is.
_KIN = re.compile(r"^ (?:brother|sister|mother|father|son|daughter|parents|family|children)\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def stated(letter: Letter) -> tuple[Statement, ...]:
    """Every place that says whether the worker is a man or a woman, in order."""
    return tuple(
        Statement(prose, *match.span(), Sex.MALE if match.group() in _MALE else Sex.FEMALE)
        for prose in spelling.texts(letter)
        for text in (prose.text.lower(),)
        for match in _SEX.finditer(text)
        if _STATED.search(text[max(match.start() - _AHEAD, 0) : match.start()])
        and not quotes.quoted(prose, match.start())
    )


@lru_cache(maxsize=8)
def pronouns(letter: Letter) -> tuple[Statement, ...]:
    """Every "he" and "she", whoever is meant, in order."""
    return tuple(
        Statement(prose, *match.span(), Sex.FEMALE if match["she"] else Sex.MALE)
        for prose in spelling.texts(letter)
        for match in _PRONOUN.finditer(prose.text.lower())
    )


def of_worker(pronoun: Statement) -> bool:
    """Whether a pronoun can only be the worker: nobody else is named in its sentence, or right before it."""
    prose, start, end = pronoun.prose, pronoun.start, pronoun.end
    number = prose.number_at(start)
    if quotes.quoted(prose, start) or _PRACTISES.match(prose.text[end : end + 40]):
        return False
    sentence = prose.sentences[number]
    kin = _KIN.match(prose.text[end : end + 14])
    if _OTHERS.search(prose.text[sentence.start : end] if kin else sentence.text):
        return False
    before = prose.sentences[number - 1].text if number and start - sentence.start < _OPENING else ""
    return not _OTHERS.search(_LEAD_IN.split(before)[-1])

"""Who is spoken of: the worker's sex as stated, and sentences in which somebody else is "he" or "she"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from imrlint.model import Letter, Prose, Sentence
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
_STATED = re.compile(
    rf"\b{_WORKER}(?: (?:is|was|who is))?(?: (?:an?|now|a now))?(?:,? (?:\d+[- ]?years?[- ]?old"
    rf"|right[- ]hand(?:ed)?|left[- ]hand(?:ed)?|dominant))*,? "
    r"(?P<sex>female|male|woman|man|gentleman|lady)\b",
    re.IGNORECASE,
)
_MALE = ("male", "man", "gentleman")
_PRONOUN = re.compile(
    r"(?<![/'’])\b(?P<she>she|her|hers|herself)\b(?![/'’])|(?<![/'’])\b(?P<he>he|him|his|himself)\b(?![/'’]|, \d{4})",
    re.IGNORECASE,
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
# "her brother": the pronoun is the worker's, whoever the other is.
_KIN = re.compile(r"^ (?:brother|sister|mother|father|son|daughter|parents|family|children)\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def stated(letter: Letter) -> tuple[Statement, ...]:
    """Every place that says whether the worker is a man or a woman, in order."""
    return tuple(
        Statement(prose, *match.span("sex"), Sex.MALE if match["sex"].casefold() in _MALE else Sex.FEMALE)
        for prose in spelling.texts(letter)
        for match in _STATED.finditer(prose.text)
        if not quotes.quoted(prose, match.start())
    )


@lru_cache(maxsize=8)
def pronouns(letter: Letter) -> tuple[Statement, ...]:
    """Every "he" and "she" that can only be the worker, in order."""
    return tuple(_pronouns(letter))


def _pronouns(letter: Letter) -> Iterator[Statement]:
    for prose in spelling.texts(letter):
        before: Sentence | None = None
        for sentence in prose.sentences:
            for match in _PRONOUN.finditer(prose.text, sentence.start, sentence.end):
                if quotes.quoted(prose, match.start()) or _PRACTISES.match(prose.text[match.end() : match.end() + 40]):
                    continue
                kin = _KIN.match(prose.text[match.end() : match.end() + 14])
                rest = prose.text[sentence.start : match.end()] if kin else sentence.text
                if _OTHERS.search(rest):
                    continue
                opening = match.start() - sentence.start < 25
                if opening and before is not None and _OTHERS.search(_LEAD_IN.split(before.text)[-1]):
                    continue
                yield Statement(prose, *match.span(), Sex.FEMALE if match["she"] else Sex.MALE)
            before = sentence

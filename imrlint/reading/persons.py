"""The worker's sex as a letter states it, and the persons to whom "he" and "she" may refer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place, Prose
from imrlint.knowledge.language import function_words
from imrlint.knowledge.language.wordings import any_of, wordings
from imrlint.reading.ages import YEARS_OLD


class Sex(Enum):
    """The worker's sex. The value is its name in messages."""

    FEMALE = "female"
    MALE = "male"


class SexMention(NamedTuple):
    """Words that give a sex: "woman" in "a 45-year-old woman", or "she"."""

    place: Place
    sex: Sex


_WORKER = rf"(?:{any_of('worker')}|{YEARS_OLD}|case involves an?|case of an?|this is an?)"
_SEX = Pattern(r"[fmwgl](?<![^\W_].)(?:emale|ale|oman|an|entleman|ady)\b")
# A word that may stand between an age, or an article, and the noun that it goes with: none of grammar, and no person.
_NO_MODIFIER = function_words.alternatives(
    "preposition", "determiner", "auxiliary", "conjunction", "coordinator", "relative pronoun"
)
_MODIFIER = rf"(?!(?:{_NO_MODIFIER}|not)\b)(?!{any_of('kin', 'clinician')}\b)\w[\w'’/-]*"
_STATED = re.compile(
    rf"\b(?:{_WORKER}(?: (?:is|was|who is))?(?: (?:an?|now|a now))?(?:,? (?:\d+[- ]?years?[- ]?old"
    r"|right[- ]hand(?:ed)?|left[- ]hand(?:ed)?|dominant))*,? "
    rf"|{YEARS_OLD}(?:,? {_MODIFIER}){{1,6}},? \(?"  # "45 year old right-hand-dominant ", "68-year-old deputy ("
    rf"|{any_of('worker')}(?:,(?: \d\d,)?(?: who)?(?: is| was)?| is| was) ?(?:an? )?(?:{_MODIFIER},? ){{0,4}}"
    rf"|{any_of('worker')} \((?:\d\d,? )?|\bage:? \d\d, "
    rf"|(?:{any_of('worker')}|sex|gender): ?(?:{_MODIFIER}[,;/]? ){{0,3}}"
    r")$"
)
_THIS_PERSON = re.compile(rf"\bthis (?:{_MODIFIER} ){{0,2}}$")  # before "gentleman"; "female" needs a noun after it
_NOUNS = ("woman", "man", "gentleman", "lady")
_NO_WORKER = re.compile(rf" (?:{'|'.join(wordings('kin'))}|friends?|population|patients)\b")
_WORKER_NEXT = re.compile(rf" {any_of('worker')}\b")
# "44 y/o F", "44M" after a word for the worker, "Sex: F": the initial is looked for, then what leads to it.
_INITIAL = re.compile(r"[MF](?![\w]|[-'’.]\w)")
_BEFORE_INITIAL = re.compile(
    rf"\b(?:{YEARS_OLD}|(?:{any_of('worker')}(?: is an?|:)|(?:sex|gender|age)(?:/(?:sex|gender|age))?:) ?(?:\d\d)?)"
    r"[, /-]{0,2}$",
    re.IGNORECASE,
)
_AHEAD = 120  # characters before a word for a sex that may lead to it
_MALE = ("male", "man", "gentleman", "m")
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
    words = (match.span() for match in _SEX.finditer(prose.lower) if _is_of_worker(match))
    initials = (match.span() for match in _INITIAL.finditer(prose.text) if _is_sex(match))
    for start, end in sorted((*words, *initials)):
        if not is_quoted(start):
            sex = Sex.MALE if prose.lower[start:end] in _MALE else Sex.FEMALE
            yield SexMention(Place(prose, start, end), sex)


def _is_of_worker(sex: re.Match[str]) -> bool:
    """Whether a word for a sex goes with a word for the worker, or with an age."""
    text, (start, end) = sex.string, sex.span()
    leading = text[max(start - _AHEAD, 0) : start]
    if _STATED.search(leading):
        return not _NO_WORKER.match(text, end)
    return bool(_THIS_PERSON.search(leading)) and (sex.group() in _NOUNS or bool(_WORKER_NEXT.match(text, end)))


def _is_sex(initial: re.Match[str]) -> bool:
    """Whether an initial stands behind an age, or a label or a word for the worker."""
    start = initial.start()
    return _BEFORE_INITIAL.search(initial.string, max(start - _AHEAD, 0), start) is not None


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

"""Accidents that happened to the worker: falls, blows, exertions, and others: "he slipped", "she was struck"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.function_words import alternatives, members
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.comparability import names_condition
from imrlint.reading.passage import Passage
from imrlint.reading.stance import Polarity


class AccidentKind(Enum):
    """What happened, by kinds of external causes (ICD-10-CM chapter 20): who fell may also have slipped.

    The value is the kind of its words in the table of function words.
    """

    FALL = "word of falling"
    BLOW = "word of striking"
    EXERTION = "word of exertion"
    CRUSH = "word of crushing"
    BURN = "word of burning"
    TRAFFIC = "word of traffic"


class Accident(NamedTuple):
    """Words that tell of an accident: the worker as their subject, with the verb, or with "in" and its name."""

    kind: AccidentKind
    place: Place


_WORDS = {kind: Pattern(rf"\b(?:{alternatives(kind.value)})\b", re.IGNORECASE) for kind in AccidentKind}
# Before a verb: that the worker is its subject.
_SUBJECT = Pattern(rf"\b{any_of('worker', 'pronoun')}(?: (?:{alternatives('auxiliary')}))* $", re.IGNORECASE)
_PAST = members("past of an accident")
# Before the name of an accident: that the worker was in it.
_IN = Pattern(
    rf"\b{any_of('worker', 'pronoun')}(?: (?:{alternatives('auxiliary')}))*(?: (?:hurt|injured|involved))?"
    r" (?:in|by|from|after) (?:a|an|another) $",
    re.IGNORECASE,
)
_NAMES = members("name of an accident")
_WHEN = re.compile(r"\bwhen $", re.IGNORECASE)  # "was hurt when he fell": no condition
_ASLEEP = Pattern(rf" (?:{alternatives('word behind to fall')})\b", re.IGNORECASE)


def find_accidents(passage: Passage) -> Iterator[Accident]:
    """The accidents that a passage states for the worker, by kind and place; no quotations and no guidelines."""
    for kind, words in _WORDS.items():
        for match in words.finditer(passage.text):
            place = passage.place(*match.span())
            pattern = _SUBJECT if place.lower in _PAST else _IN if place.lower in _NAMES else None
            subject = pattern.search(place.before) if pattern else None
            if subject and not _ASLEEP.match(place.after) and _is_told(place, place.before[: subject.start()], passage):
                yield Accident(kind, passage.place(place.start - len(place.before) + subject.start(), place.end))


def _is_told(place: Place, before: str, passage: Passage) -> bool:
    """Whether a sentence says of the case that something happened. `before` are the words before its subject."""
    sentence = passage.sentence_of(place)
    polarity = sentence.judge_polarity(place)
    is_there = polarity is Polarity.AFFIRMED or (polarity is Polarity.THOUGHT and place.lower in _NAMES)
    return (
        (sentence.is_of_case or sentence.states_fact)
        and not sentence.names_guideline
        and not sentence.is_quoted(place.start)
        and (is_there or _WHEN.search(before) is not None)
        and not names_condition(_WHEN.sub("", before))
    )


def names_accident(passage: Passage, kind: AccidentKind) -> bool:
    """Whether a passage has any word of a kind of accident, whatever it says of it."""
    return _WORDS[kind].search(passage.text) is not None

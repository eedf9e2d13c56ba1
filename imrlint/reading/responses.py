"""Whether a treatment helped, as a text says: "two injections gave no relief", "has responded well to therapy".

Little relief, or relief that passed, is neither: whoever calls it a failure or a success contradicts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.medicine.terminology import TermKind
from imrlint.reading.records import Record
from imrlint.reading.sentence_kinds import SentenceKind
from imrlint.reading.sentences import Sentence

_GAIN = rf"(?:{alternatives('noun of a response')})"
_GOOD = rf"(?:{alternatives('word of a good response')})"
_DENIED = rf"(?:{alternatives('verb of a response that is denied')})"
_BAD = Pattern(
    rf"\b(?:(?:{alternatives('denial before a noun')}) (?:(?!(?:and|or|but|further|more)\b)[\w-]+ ){{0,3}}?{_GAIN}"
    rf"|(?:did|does|do|has|have|had|was|were|is|are|could)(?: not|n['’]t) (?:\w+ly |been )?(?:{_GOOD}|{_DENIED})"
    rf"|fail(?:ed|s|ure)? (?:to )?(?:{_GOOD}|provide|give|produce)|{alternatives('word of harm')})\b",
    re.IGNORECASE,
)
_WELL = Pattern(
    rf"\b(?:(?:{alternatives('adjective of a good response')}|\d+ ?%|percent) (?:\w+ ){{0,2}}?{_GAIN}"
    rf"|{_GOOD}"
    rf"|(?:{alternatives('verb of lessening')}) (?:the |his |her )?(?:pain|symptoms|headaches?)"
    r"|relief (?:from|with|after|of)"
    rf"|(?:{alternatives('word before relief')}) (?:\w+ ){{0,2}}?(?:{alternatives('noun of relief')}))\b",
    re.IGNORECASE,
)
_PASSING = Pattern(rf"\b(?:{alternatives('word of a passing response')})\b", re.IGNORECASE)
_ANOTHER = Pattern(rf"[;:]|\b(?:{alternatives('word that begins another clause')})\b", re.IGNORECASE)
_OF_TREATMENT = re.compile(r"(?: \w+){0,3}? (?:to|from|with|of|after|by|during|following) (?:[\w-]+ ){0,4}")
_REFERRING = re.compile(r"(?:it|they|this|these|both|neither)\b", re.IGNORECASE)
_NEAR = 40  # characters in which a response is limited


class Response(NamedTuple):
    """Words that say whether a treatment helped, and what they say of which one. `is_lasting`: it was not limited."""

    place: Place
    treatment: Record
    helped: bool
    is_lasting: bool


class Recording(Protocol):
    """A prose with its sentences and what it records."""

    @property
    def sentences(self) -> Sequence[Sentence]: ...

    @property
    def records(self) -> Sequence[Record]: ...


def find_responses(passage: Recording) -> Iterator[Response]:
    """The responses to treatments of which a passage tells, in order; none that a guideline reports."""
    named: dict[int, list[Record]] = {}
    for record in passage.records:
        if record.term.kind is TermKind.TREATMENT:
            named.setdefault(record.place.sentence.start, []).append(record)
    last: Sequence[Record] = ()
    for sentence in passage.sentences:
        treatments: Sequence[Record] = named.get(sentence.place.start, ())
        if not treatments and _REFERRING.match(sentence.text):
            treatments = last  # "It gave no relief."
        last = treatments if len({each.term for each in treatments}) == 1 else ()
        told = sentence.kind is not SentenceKind.GUIDELINE and not sentence.speaks_for_guideline
        if treatments and told and not sentence.is_general:
            yield from _find_in_sentence(sentence, treatments)


def _find_in_sentence(sentence: Sentence, treatments: Sequence[Record]) -> Iterator[Response]:
    text, base = sentence.text, sentence.place.start
    bad = [match.span() for match in _BAD.finditer(text)]
    spans = (match.span() for match in _WELL.finditer(text))
    well = [span for span in spans if not any(_overlap(span, each) for each in bad)]
    for start, end in sorted(bad + well):
        place = sentence.place.part(start, end)
        treatment = _find_treatment(text, start, end, treatments, base)
        if treatment is not None:
            is_lasting = not _PASSING.search(text, max(start - _NEAR, 0), end + _NEAR)
            yield Response(place, treatment, (start, end) in well, is_lasting)


def _find_treatment(text: str, start: int, end: int, treatments: Sequence[Record], base: int) -> Record | None:
    """The treatment before a response in its clause, else the one that it is the response to."""
    before = [each for each in treatments if each.place.end - base <= start]
    if before and not _ANOTHER.search(text, max(before[-1].place.end - base, 0), start):
        return before[-1]
    behind = (each for each in treatments if each.place.start - base >= end)
    return next((each for each in behind if _OF_TREATMENT.fullmatch(text, end, each.place.start - base)), None)


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]

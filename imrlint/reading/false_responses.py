"""Responses to treatments that a rationale states, where the summary tells the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.comparability import is_of_case
from imrlint.reading.passage import Passage
from imrlint.reading.responses import Response

_CONDITION = Pattern(rf"\b(?:{any_of('condition')}|when|where)\b", re.IGNORECASE)
_NEAR = 60  # characters before a response in which it is made a condition


class FalseResponse(NamedTuple):
    """What a rationale says of a treatment, and the first of the words by which the summary says the opposite."""

    stated: Response
    recorded: Response


def find_false_responses(rationale: Passage, summary: Passage) -> Iterator[FalseResponse]:
    """The responses that a rationale states, where each that the summary has of the same treatment is the opposite.

    The same treatment may be a narrower or a wider one.
    """
    for stated in rationale.responses:
        sentence = rationale.sentence_of(stated.place)
        if not stated.is_lasting or sentence.names_guideline or rationale.is_quoted(stated.place.start):
            continue
        if not is_of_case(sentence, stated.place) or _CONDITION.search(stated.place.before[-_NEAR:]):
            continue
        same = [each for each in summary.responses if each.treatment.term.is_akin(stated.treatment.term)]
        if same and all(each.helped is not stated.helped and each.is_lasting for each in same):
            yield FalseResponse(stated, same[0])

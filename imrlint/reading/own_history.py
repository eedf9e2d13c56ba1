"""Diseases and operations that a text calls the worker's own: "his hypertension", "after the fusion"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrlint.document.patterns import Pattern
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.terminology import TermKind
from imrlint.reading.comparability import names_condition
from imrlint.reading.passage import Passage
from imrlint.reading.records import Record
from imrlint.reading.stance import Polarity

# Before the name of a disease or an operation: that it is the worker's own, or a time of the case.
_OWNED = Pattern(
    rf"\b(?:(?P<own>his|her|their|(?:{any_of('worker')})['’]s) (?:[\w-]+ ){{0,2}}"
    r"|(?:after|since|following|from) (?:the|this|an?) (?:[\w-]+ ){0,2}"
    rf"|(?P<has>(?:{any_of('worker', 'pronoun')})(?: \w+){{0,2}} (?:has|had|have|suffer(?:s|ed)"
    r"|carries|developed|sustained) [^.;:]{0,60}))$",
    re.IGNORECASE,
)
# Behind the name of an operation: that it was made.
_MADE = Pattern(rf" (?:that was )?(?:{any_of('performed')})\b", re.IGNORECASE)
# Names of a whole class, of which more than one part of the body may be treated or hurt.
_CLASSES = frozenset(("surgery", "operation", "musculoskeletal disorder", "trauma", "comorbidity"))
_NEAR = 120  # characters before a name


def find_own_history(rationale: Passage) -> Iterator[Record]:
    """The records of diseases and operations that a rationale calls the worker's own, in order."""
    for record in rationale.records:
        term, place = record.term, record.place
        if not (term.is_operative or (term.kind is TermKind.FINDING and term.is_disease)):
            continue
        owned = _OWNED.search(place.before[-_NEAR:]) or (term.is_operative and _MADE.match(place.after))
        sentence = rationale.sentence_of(place)
        if not owned or sentence.names_guideline or sentence.is_quoted(place.start):
            continue
        is_stated = record.polarity is Polarity.AFFIRMED and not names_condition(place.before)
        is_told_of = sentence.is_of_case or sentence.states_fact
        kind = owned.lastgroup
        if term.name in _CLASSES and kind != "own":
            continue  # "after the operation": the one that is requested
        if kind == "has" and (not (is_stated and is_told_of) or sentence.is_general):
            continue
        yield record


def bears_out(record: Record, told: Record) -> bool:
    """Whether a record is of the disease or operation that is told, or of a wider term that may mean it."""
    if record.term.is_within(told.term):
        return True
    is_near = record.term.name not in _CLASSES or not told.regions or bool(record.regions & told.regions)
    return told.term.is_within(record.term) and is_near

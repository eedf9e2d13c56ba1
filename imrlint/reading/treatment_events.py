"""Treatments and studies that a letter says were done, or were not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.knowledge.language import numbers
from imrlint.knowledge.language.wordings import any_of
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.entities import Mention
from imrlint.reading.sentences import Sentence
from imrlint.reading.stance import Polarity


class TreatmentEvent(NamedTuple):
    """A place that says that a treatment or a study was done, or was not."""

    place: Place
    treatment: Treatment
    done: bool


_DONE_BEFORE = Pattern(
    rf"\b(?:{any_of('had')}|treatments? (?:to date )?(?:has |have )?includ\w+|after|following|course of"
    rf"|(?:\d+|(?!one\b)(?:{numbers.COUNT_WORDS})) (?:of \d+ )?(?:\w+ )?(?:sessions?|visits?|treatments?)(?: of)?)\b"
    r"[^.;]{0,70}$",
    re.IGNORECASE,
)
_DONE_BEHIND = Pattern(
    rf"^(?: \w+){{0,3}},? (?:(?:was|were|has been|have been|had been) (?:{any_of('performed')}|given)"
    r"|(?:had |has )?(?:helped|gave|relieved|provided|brought|showed|revealed))\b"
    r"|^ (?:from|since|through) \w+ \d|^ (?:sessions?|visits?) (?:were|was|have been|has been)? ?(?:completed"
    r"|attended)",
    re.IGNORECASE,
)
_UNDONE_BEFORE = Pattern(
    rf"\b(?:(?:(?:has|have|had|was|were) not|never) (?:yet )?(?:been )?(?:{any_of('had', 'performed')}|given|tried on"
    rf"|referred (?:to|for))|{any_of('not yet')}|no documentation of (?:any|{any_of('earlier')}|a trial of)"
    r"|without (?:a trial of|any|prior|first trying))\b[^.;,]{0,40}$"
    rf"|\b(?:has|have|had) (?:{any_of('had')} )?no (?:(?!further|additional|more|recent|new|formal|current)\w+ )?$",
    re.IGNORECASE,
)
_UNDONE_BEHIND = Pattern(
    r"^(?: \w+){0,3},? (?:(?:has|have|had|was|were|is) (?:not|never) (?:yet )?(?:been )?"
    rf"(?:{any_of('performed')}|given|provided)|(?:has|have) yet to be)\b",
    re.IGNORECASE,
)
# A denial of the treatment itself: other words deny what follows them, not always the treatment.
_NO = Pattern(r"\b(?:no|neither|nor)(?: \w+){0,2} $", re.IGNORECASE)
_WANTED = Pattern(
    rf"\b(?:{any_of('wanted', 'refused', 'non-certified', 'refusal')}|if|prior to|more|additional|further)\b"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)


def find_treatment_events(
    treatments: Iterable[Mention[Treatment]], sentence_of: Callable[[Place], Sentence]
) -> Iterator[TreatmentEvent]:
    """The treatments and studies that are said to have been done or not, in order."""
    for place, treatment in treatments:
        before, after = place.before, place.after
        if _UNDONE_BEFORE.search(before) or _UNDONE_BEHIND.match(after):
            yield TreatmentEvent(place, treatment, done=False)
        elif _DONE_BEHIND.match(after):
            yield TreatmentEvent(place, treatment, done=not _NO.search(before))
        elif (
            _DONE_BEFORE.search(before)
            and not _WANTED.search(before)
            and sentence_of(place).judge_polarity(place) is Polarity.AFFIRMED
        ):
            yield TreatmentEvent(place, treatment, done=True)

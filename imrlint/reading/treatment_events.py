"""Treatments and studies that a letter says were done, or were not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from imrlint.document.prose import Place
from imrlint.knowledge.medicine.treatments import Treatment
from imrlint.reading.entities import Mention
from imrlint.reading.polarity import Polarity
from imrlint.reading.sentences import Sentence


class TreatmentEvent(NamedTuple):
    """A place that says that a treatment or a study was done, or was not."""

    place: Place
    treatment: Treatment
    done: bool


_DONE_BEFORE = re.compile(
    r"\b(?:completed|attended|underwent|undergone|received|has had|have had|had|treated with"
    r"|treatments? (?:to date )?(?:has |have )?includ\w+|tried|after|following"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:of \d+ )?(?:\w+ )?(?:sessions?|visits?"
    r"|treatments?)(?: of)?|course of|began|started|participat\w+ in)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
_DONE_BEHIND = re.compile(
    r"^(?: \w+){0,3},? (?:(?:was|were|has been|have been|had been) (?:completed|done|performed|started|begun"
    r"|given|tried|attempted|obtained)|(?:had |has )?(?:helped|gave|relieved|provided|brought|showed|revealed))\b"
    r"|^ (?:from|since|through) \w+ \d|^ (?:sessions?|visits?) (?:were|was|have been|has been)? ?(?:completed"
    r"|attended)",
    re.IGNORECASE,
)
_UNDONE_BEFORE = re.compile(
    r"\b(?:(?:has|have|had|was|were) not (?:yet )?(?:had|undergone|tried|completed|attended|received|begun"
    r"|started|been (?:treated with|given|tried on|referred (?:to|for)))|never (?:had|tried|undergone|received"
    r"|attended|been treated with)"
    r"|no (?:prior|previous|history of|trial of|record of|course of|documentation of (?:any |prior "
    r"|a trial of |previous ))|without (?:a trial of|any|prior|first trying)|has yet to (?:try|undergo|have"
    r"|begin|start)|not yet (?:had|tried))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_UNDONE_BEHIND = re.compile(
    r"^(?: \w+){0,3},? (?:(?:has|have|had|was|were|is) (?:not|never) (?:yet )?(?:been )?(?:started|begun|tried"
    r"|done|completed|attempted|undertaken|performed|obtained|given|provided)|(?:has|have) yet to be)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:no|neither|nor)(?: \w+){0,2} $", re.IGNORECASE)
_WANTED = re.compile(
    r"\b(?:request\w*|authoriz\w+|recommend\w*|order(?:ed|ing)?|denied|non-?certif\w+|pending|plan(?:s|ned)?"
    r"|asked for|seeking|scheduled|await\w*|referred|if|prior to|more|additional|further)\b[^.;]{0,60}$",
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

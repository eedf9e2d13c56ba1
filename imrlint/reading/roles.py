"""What a date in the running text is the date of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from imrlint.model import Letter
from imrlint.reading import dates
from imrlint.reading.dates import DateMention


class Role(Enum):
    """What happened on a date. The value is how a message calls it."""

    INJURY = "the date of injury"
    REVIEW = "the date of the utilization review"
    VISIT = "an examination"
    STUDY = "a test"
    OTHER = "a date"


_INJURY = re.compile(
    r"(?:\b(?:date of injury|injury date|DOI|(?:industrial|work|occupational)\S* (?:injury|accident|claim)|date of loss)\b(?: \(?DOI\)?)?"
    r"|\b(?:sustained|suffered|reported|had|incurred) an? (?:\S+ ){0,3}injury(?: to \S+ \S+(?: \S+)?)?)"
    r"(?:,? (?:on|of|from|dated|date|is|was|occurring|that occurred|occurred|sustained))*[ ,:]*$",
    re.IGNORECASE,
)
_OTHER_INJURY = re.compile(
    r"\b(?:prior|previous|another|second|subsequent|earlier|past|different|separate|non-?industrial)\b", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:to|through|thru|until|-|–)\s*\d", re.IGNORECASE)

_REVIEW_BEFORE = re.compile(
    r"(?:\butili[sz]ation review(?:er)?\b|\bUR\b)(?: ?\((?:UR|[^)\d]*)\))?"
    r"(?:[ ,(]+(?:report|determination|decision|letter|form|denial|board|with|an?|denied|certification|of|on|dated|was|date|the))*[ ,(]*$"
    r"|\b(?:prior|previous) (?:determination|denial|review|adverse determination)(?: letter)?[ ,]*(?:(?:was|made|dated|on|of|from)[ ,]*)*$"
    r"|\b(?:request|requests|treatment|case|services?|surgery|medications?) (?:was|were|had been|has been) (?:previously )?"
    r"(?:non-?certified|denied)(?: by utilization review)? on $"
    r"|\bpreviously (?:non-?certified|denied|reviewed) on $",
    re.IGNORECASE,
)
_REVIEW_AFTER = re.compile(r",? (?:the )?(?:original )?utili[sz]ation review\b", re.IGNORECASE)
_NOT_REVIEW = re.compile(r"\breviewed by\b|\breceived\b|\brequest for authorization\b[^.]*$", re.IGNORECASE)

_VISIT_BEFORE = re.compile(
    r"\b(?:seen|evaluated|examined|presented|re-?evaluated|follow(?:ed)?[- ]?up(?: visit)?|progress (?:report|note)s?|PR-?2|clinic(?:al)? (?:visit|note)"
    r"|office visit|(?:physical |medical )?exam(?:ination)?|(?:initial |medical )?evaluation|consultation|(?:doctor|physician)['’]?s? (?:first |progress )?(?:report|note)s?)"
    r"(?: (?:report|performed|was|conducted|completed|note|by \S+))*[ ,(]*(?:(?:dated|on|of|from|as of)[ ,(]*)+$",
    re.IGNORECASE,
)
_VISIT_AFTER = re.compile(
    r",? (?:the )?(?:injured worker|worker|patient|claimant|applicant|employee|IW|he|she) (?:reported|reports|complain\w*|presented|was seen|was evaluated"
    r"|was examined|rated|returned|described)\b",
    re.IGNORECASE,
)
_STUDY_BEFORE = re.compile(
    r"\b(?:MRIs?|X-?rays?|CT(?: scan)?|EMG(?:/NC[SV])?|NC[SV]|radiographs?|ultrasound|imaging|(?:diagnostic )?(?:study|studies|testing|scan))"
    r"(?: (?:of|the|right|left|bilateral|lumbar|cervical|thoracic|spine|shoulder|knee|wrist|hand|hip|ankle|foot|elbow|report|was|performed|done|taken|obtained|completed))*"
    r"[ ,(]*(?:(?:dated|on|of|from)[ ,(]*)+$",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:prior|previous(?:ly)?|history|past|old|earlier|remote|ago|since)\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def of(letter: Letter) -> tuple[tuple[DateMention, Role], ...]:
    """Every readable date of the prose with its role, in order."""
    return tuple((mention, _role(mention)) for mention in dates.of(letter) if mention.value)


def having(letter: Letter, *wanted: Role) -> Iterator[DateMention]:
    """The dates with one of the roles."""
    return (mention for mention, role in of(letter) if role in wanted)


def said_past(mention: DateMention) -> bool:
    """Whether its sentence says that a date is history."""
    return bool(_PAST.search(mention.sentence.text))


def _role(mention: DateMention) -> Role:
    before, after = mention.before, mention.after
    before = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    if injury := _INJURY.search(before):
        other = _OTHER_INJURY.search(before, max(injury.start() - 20, 0)) or _RANGE.match(after)
        return Role.OTHER if other else Role.INJURY
    if _REVIEW_BEFORE.search(before) and not _NOT_REVIEW.search(before):
        return Role.REVIEW
    if re.search(r"\b(?:on|,)\s*$|^\s*$", before[-4:], re.IGNORECASE) and _REVIEW_AFTER.match(after):
        return Role.REVIEW
    if _STUDY_BEFORE.search(before):
        return Role.STUDY
    if _VISIT_BEFORE.search(before) or (before.casefold().endswith("on ") and _VISIT_AFTER.match(after)):
        return Role.VISIT
    return Role.OTHER

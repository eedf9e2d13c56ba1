"""The timeline of a letter: its dates with what happened on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from imrlint.document.letter import Header
from imrlint.document.patterns import Pattern
from imrlint.document.prose import Place
from imrlint.document.text import Span
from imrlint.knowledge.language.function_words import alternatives
from imrlint.knowledge.language.wordings import any_of
from imrlint.reading.dates import DateMention


class Role(Enum):
    """What happened on a date. The value is its name in messages.

    A date is `OTHER` where it is known to be of none of the other roles: of another injury, the first
    day of a range, or a visit that is planned. It is `UNKNOWN` where nothing is known about it.
    """

    INJURY = "the date of injury"
    REVIEW = "the date of the utilization review"
    VISIT = "an examination"
    STUDY = "a test"
    OTHER = "another date"
    UNKNOWN = "a date"


def _words(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


_PERSON = _words(any_of("worker"), "he", "she")
_JOIN = r"[ ,:(]*"
_ON = _words("on(?: or about)?(?: the)?", "of", "from", "dated", "date", "is", "was", "as of")

# Patterns for the text before a date; those with AFTER in their name are for the text after it.
_INJURY = Pattern(
    r"(?:\b(?:date of injury|injury date|DOI|date of loss)\b(?: \(?DOI\)?)?"
    r"|\b(?:industrial|work|occupational)\S* (?:injury|accident|claim)"
    r"|\binjured(?: (?:at|her|his|the|while|during|work|job|low|lower|left|right|back|neck|knee|shoulder|wrist|hand))*"
    r"(?= on )"
    r"|\binjury (?:that )?(?:occurred|happened)"
    r"|\bwas hurt (?:at work|on the job|while working)|\bclaim (?:dates from|dated)"
    r"|\b(?:the|this|his|her) (?:injury|accident)(?= of\b)"
    r"|\b(?:sustained|suffered|reported|had|incurred) an? (?:\S+ ){0,3}injury(?: to \S+ \S+(?: \S+)?)?)"
    rf"(?:,? (?:{_ON}|occurring|that occurred|occurred|sustained))*{_JOIN}$",
    re.IGNORECASE,
)
_THE_INJURY = Pattern(r"\bdate of injury\b[^.;]{0,6}$", re.IGNORECASE)
_OTHER_INJURY = Pattern(
    rf"\b(?:{any_of('earlier', 'another')}|non-?industrial|(?:cumulative|continuous|repetitive) (?:trauma|injury))\b",
    re.IGNORECASE,
)
# "treated for the injury on", "the report of the injury dated": the date of something about the injury.
_ABOUT_INJURY = Pattern(
    r"\b(?<!result )(?<!because )(?:of|for|to|about|regarding|after|since) (?:(?:the|her|his|this) )?$", re.IGNORECASE
)
_LABEL = Pattern(r"date|DOI|injury date", re.IGNORECASE)
_RANGE = Pattern(r"\s*(?:to|through|thru|until|-|–)\s*\d", re.IGNORECASE)

_REVIEW = any_of("utilization review")
_REFUSED = any_of("refused", "non-certified")
_REVIEW_WORDS = _words(
    any_of("record", "refused", "non-certified", "refusal"), "determination", "decision", "letter", "form", "board",
    "with", "an?", "the", "certification", "made", _ON,
)  # fmt: skip
_REVIEW_BEFORE = Pattern(
    rf"\b{_REVIEW}\b(?: ?\([^)\d]*\))?(?:[ ,(]+{_REVIEW_WORDS})*{_JOIN}$"
    rf"|\b{any_of('earlier')} (?:determination|review|{any_of('refusal')})"
    rf"(?: for the(?: \w+){{1,4}}?)?(?:[ ,]+{_REVIEW_WORDS})*{_JOIN}$"
    r"|\b(?:requests?|treatment|case|services?|surgery|medications?) (?:was|were|had been|has been) "
    rf"(?:previously )?{_REFUSED}(?: by {_REVIEW})? on $"
    rf"|\bpreviously (?:{_REFUSED}|reviewed)(?: and {_REFUSED})? on $",
    re.IGNORECASE,
)
_REVIEW_AFTER = Pattern(
    rf",? (?:the )?(?:original )?{_REVIEW}\b"
    rf"|, (?:an? |the )?requests? for [^.]{{1,150}}\b(?:was|were) (?:{_REFUSED}|modified)\b",
    re.IGNORECASE,
)
_OTHER_REVIEW = Pattern(
    rf"[^.;]{{0,60}}\b(?:{any_of('granted')}|an? {any_of('earlier', 'another')} request)\b",
    re.IGNORECASE,
)
_ON_DAY = Pattern(r"\b(?:on|,)\s*$|^\s*$", re.IGNORECASE)
_NOT_REVIEW = Pattern(
    rf"\b(?:to|before) (?:the )?{_REVIEW}|\breviewed by\b|\breceived\b"
    r"|\brequest for authorization\b(?!.*\band\b)[^.]*$",
    re.IGNORECASE,
)

_EXAMINATION = _words(
    "seen", "evaluated", "examined", "presented", "re-?evaluated", "follow(?:ed)?[- ]?up(?: visit)?",
    "progress (?:report|note)s?", "PR-?2", "clinic(?:al)? (?:visit|note)", "office visit",
    "(?:physical |medical )?exam(?:ination)?", "(?:initial |medical )?evaluation", "consultation",
    f"{any_of('provider')}['’]?s? (?:first |progress )?(?:report|note)s?",
)  # fmt: skip
_VISIT_BEFORE = Pattern(
    rf"\b{_EXAMINATION}(?: (?:{any_of('performed')}|report|conducted|note|by \S+|of this injury))*"
    rf"(?:[ ,(]+{_ON})+[ ,(]*$",
    re.IGNORECASE,
)
_SAID = _words(
    "reported", "reports", r"complain\w*", "presented", "was seen", "was evaluated", "was examined", "rated",
    "returned", "described",
)  # fmt: skip
_VISIT_AFTER = Pattern(rf",? (?:the )?{_PERSON} {_SAID}\b", re.IGNORECASE)

_STUDY = _words(
    "MRIs?", "X-?rays?", "CT(?: scan)?", "EMG(?:/NC[SV])?", "NC[SV]", "radiographs?", "ultrasound", "imaging",
    "(?:diagnostic )?(?:study|studies|testing|scan)",
)  # fmt: skip
# "an MRI of the left lower leg was performed on", "CT (".
_STUDY_BEFORE = Pattern(
    rf"\b{_STUDY}(?: report)?(?: of(?: (?:the|his|her))?(?: [\w/-]+){{1,4}}?)?"
    rf"(?:(?:[ ,(]+(?:report|{any_of('performed')}|{_ON}))+[ ,(]*| \()$",
    re.IGNORECASE,
)
# "the note dated", "an MRI of"; behind a date: "06-06-2017 report".
_RECORD_BEFORE = Pattern(
    rf"\b(?:{any_of('record')}|visits?|evaluation|examination|exam|consultation|chart(?: notes?)?|mri|x-?rays?|study"
    r"|scan|emg|pr-?2|opinion|letter|consult|ultrasound|ct)\b"
    rf"(?: (?:was|of|from|dated|on|in|the|visit|note|{any_of('performed')}))*[ ,:(]*$",
    re.IGNORECASE,
)
_RECORD_BEHIND = Pattern(
    r" (?:clinical |clinic |progress |office |chart |medical )?(?:notes?|reports?|visit|evaluation|examination"
    r"|chart notes?)\b",
    re.IGNORECASE,
)
_PAST = Pattern(rf"\b{any_of('earlier', 'history')}\b", re.IGNORECASE)


_REQUEST = Pattern(
    r"\b(?:RFA|requests? for authorization)(?: \(RFA\))?(?: forms?)?(?:,| was| is| were| noted to be)*"
    r"(?: (?:dated|received|submitted|signed|made|of|on|from|is|the))*[ ,:(]*$",
    re.IGNORECASE,
)
# "On 05-03-2017, a request for authorization was submitted"
_REQUEST_BEHIND = Pattern(r",? a request(?: for authorization)? was (?:received|submitted|made)\b", re.IGNORECASE)
# "six visits of acupuncture were granted on"
_AUTHORIZED = Pattern(rf"\b(?:was|were|been) (?:{any_of('granted', 'refused')})\b[^.;:]{{0,60}}? on $", re.IGNORECASE)
_INJURY_NAMED = Pattern(r"\b(?:injury|DOI)\b", re.IGNORECASE)


# "repeat the test on the next visit of": what is planned for a day has not happened on it.
_TO_COME = Pattern(
    rf"\b(?:{alternatives('adjective of what is to come')}) (?:\w+ )?(?:{alternatives('noun at the end of a time')})"
    r"(?: (?:is|was|on|of|for))*[ ,:(]*$",
    re.IGNORECASE,
)


class Event(NamedTuple):
    """A valid date of the running text, and what happened on it."""

    mention: DateMention
    role: Role

    @property
    def place(self) -> Place:
        return self.mention.place

    @property
    def day(self) -> date:
        assert self.mention.value is not None
        return self.mention.value

    @property
    def is_record(self) -> bool:
        """Whether it is the date of a record, a visit or a test."""
        if self.role in (Role.INJURY, Role.REVIEW) or _TO_COME.search(self.mention.leading_text):
            return False
        return self.role in (Role.VISIT, Role.STUDY) or bool(
            _RECORD_BEFORE.search(self.mention.leading_text) or _RECORD_BEHIND.match(self.mention.following_text)
        )

    @property
    def is_of_the_injury(self) -> bool:
        """Whether its words can only mean the injury of the case: "the date of injury was"."""
        return self.role is Role.INJURY and bool(_THE_INJURY.search(self.mention.leading_text))

    @property
    def is_request(self) -> bool:
        """Whether it is the date of a request for authorization."""
        if self.role is Role.INJURY:
            return False
        before = self.mention.leading_text
        is_behind = _REQUEST_BEHIND.match(self.mention.following_text) and _ON_DAY.search(before)
        return bool(is_behind) or bool(_REQUEST.search(before) and not _INJURY_NAMED.search(before))

    @property
    def is_authorization(self) -> bool:
        """Whether it is the date on which a treatment was granted or refused."""
        return self.role in (Role.UNKNOWN, Role.REVIEW) and bool(_AUTHORIZED.search(self.mention.leading_text))

    @property
    def is_history(self) -> bool:
        """Whether its sentence marks it as earlier history ("prior", "previously", "ago")."""
        return bool(_PAST.search(self.place.sentence.text))

    @property
    def is_called_earlier(self) -> bool:
        """Whether the words before it in its sentence mark it as earlier history."""
        return bool(_PAST.search(self.place.before))


def is_slip(day: date, other: date) -> bool:
    """Whether one wrong figure, the year before or after, or figures that changed places make one date of the other."""
    first, second = f"{day:%m%d%Y}", f"{other:%m%d%Y}"
    differing = sum(one != another for one, another in zip(first, second, strict=True))
    of_next_year = (day.month, day.day) == (other.month, other.day) and abs(day.year - other.year) == 1
    return differing <= 1 or of_next_year or sorted(first) == sorted(second)


class InjuryDate(NamedTuple):
    """The date of injury, and where the letter gives it."""

    day: date
    span: Span
    is_on_cover: bool


def find_injury_date(header: Header, timeline: Iterable[Event]) -> InjuryDate | None:
    """The date of injury on the cover, or else the first in the running text; None where neither is valid."""
    cover = header.injury
    if cover and cover.value:
        return InjuryDate(cover.value, cover.span, True)
    first = next((event for event in timeline if event.role is Role.INJURY), None)
    return InjuryDate(first.day, first.place.span, False) if first else None


def build_timeline(dates: Iterable[DateMention]) -> Iterator[Event]:
    """The valid dates with their roles, in the order given."""
    return (Event(mention, _find_role(mention)) for mention in dates if mention.value)


def _find_role(mention: DateMention) -> Role:
    before, after = mention.leading_text, mention.following_text
    before = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    if _TO_COME.search(before):
        return Role.OTHER
    if injury := _INJURY.search(before):
        other = _OTHER_INJURY.search(before, max(injury.start() - 60, 0)) or _RANGE.match(after)
        about = _ABOUT_INJURY.search(before, 0, injury.start()) and not _LABEL.match(injury.group())
        return Role.OTHER if other else Role.UNKNOWN if about else Role.INJURY
    if _REVIEW_BEFORE.search(before) and not _NOT_REVIEW.search(before) and not _OTHER_REVIEW.match(after):
        return Role.REVIEW
    if _ON_DAY.search(before[-4:]) and _REVIEW_AFTER.match(after) and not _OTHER_REVIEW.match(after):
        return Role.REVIEW
    if _STUDY_BEFORE.search(before):
        return Role.STUDY
    if _VISIT_BEFORE.search(before) or (before.casefold().endswith("on ") and _VISIT_AFTER.match(after)):
        return Role.VISIT
    return Role.UNKNOWN

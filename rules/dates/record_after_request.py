import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Pattern,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

LATER = Pattern(
    rf"\b(?:appeal|{knowledge.wordings.any_of('another')}|new|later|since|after|subsequently|resubmi\w+|re-?submi\w+)\b",
    re.IGNORECASE,
)
REVIEW = Pattern(rf"\b{knowledge.wordings.any_of('utilization review')}\b", re.IGNORECASE)
NEAR = 60  # characters before a date that say whose record it is
NAMES = {annotation.Role.VISIT: "an examination", annotation.Role.STUDY: "a test"}
UNCLEAR = (annotation.Role.UNKNOWN, annotation.Role.OTHER)


class Limit(NamedTuple):
    """A day after which no record can be a reason for the request; the words for it, and where it stands."""

    day: date
    words: str
    note: Note


class Report(NamedTuple):
    """A visit, a test or another record with a date, and what to call it."""

    event: annotation.Event
    words: str


class RecordAfterRequest(Rule):
    """An examination or a test is dated after the request in dispute, or after the review that denied it.

    The treatment was asked for, or refused, before the visit that is told as its reason: one of the dates is wrong, or
    the reviewer relied on what utilization review could not know. A later record may have come with the application for
    review, and the letter should then say so: where it says that the record is later ("in an appeal of …"), nothing is
    reported. Dates after the decision of the IMR have a rule of their own.

    ```diff
    -In a report dated 06-06-2017 she
    +In a report dated 06-26-2017 she
    ```

    ```findings
    "06-26-2017" a record on "06-26-2017", after the denial on "06/20/2017"
      "06/20/2017" the UR denial date
    ```
    """

    code = "DAT014"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        decided = letter.header.decided.value if letter.header.decided else None
        limits = list(_find_limits(letter, reading))
        if not limits:
            return
        seen = set()
        for event, what in _find_reports(reading):
            if event.day in seen or _is_told(event) or (decided and event.day > decided):
                continue
            passed = [limit for limit in limits if event.day > limit.day]
            if passed:
                seen.add(event.day)
                message = f"{what} on {quote(event.place.text)}, after {passed[0].words}"
                yield Finding(event.place.span, message, notes=tuple(limit.note for limit in passed))


def _find_reports(reading: Reading) -> Iterator[Report]:
    """The visits, tests and other dated records that the letter tells of the case, in order."""
    for event in reading.timeline:
        what = NAMES.get(event.role) or ("a record" if event.is_record and event.role in UNCLEAR else None)
        about_review = event.is_request or REVIEW.search(event.mention.leading_text[-NEAR:])
        if what is not None and not about_review:
            yield Report(event, what)


def _is_told(event: annotation.Event) -> bool:
    """Whether its sentence says that it is earlier, or comes after the request."""
    return event.is_history or bool(LATER.search(event.place.sentence.text))


def _find_limits(letter: Letter, reading: Reading) -> Iterator[Limit]:
    """The day of the denial, and the last one on which the treatment was requested."""
    denied = letter.header.denied
    if denied is not None and denied.value is not None:
        yield Limit(denied.value, f"the denial on {quote(denied.raw)}", Note(denied.span, "the UR denial date"))
    requests = [event for event in reading.timeline if event.is_request]
    if requests:
        last = max(requests, key=lambda event: event.day)
        words = f"the request for authorization on {quote(last.place.text)}"
        yield Limit(last.day, words, Note(last.place.span, "the request for authorization"))

import re
from collections.abc import Iterator

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

OFF_WORK = Pattern(
    r"\b(?:off work|off of work|work restrictions?|restricted (?:work|duty)|modified (?:work|duty)"
    r"|disab\w+)\b[^.;]{0,40}\b(?:until|through|to)[ ,]*$",
    re.IGNORECASE,
)
HAD = Pattern(r"\bhad\b[^.;]*$", re.IGNORECASE)
LATER = Pattern(
    rf"\b(?:appeal|{knowledge.wordings.any_of('another')}|new|later|resubmi\w+|re-?submi\w+|also|additional)\b",
    re.IGNORECASE,
)
FAR = 900  # characters between a visit and the restrictions ordered at it


class RequestAfterReview(Rule):
    """The request for authorization is dated after the utilization review that denied it.

    Utilization review cannot have denied what was not yet requested: one of the two dates is wrong, or
    the request is another one. Work restrictions that end before the visit at which they were ordered
    are reported, too.

    ```diff
    -The
    -treating physician asked for orphenadrine
    +The request for authorization dated 07-05-2017 asked for orphenadrine
    ```

    ```findings
    "07-05-2017" requested on "07-05-2017", after the denial on "06/20/2017"
      "06/20/2017" the UR denial date
    ```
    """

    code = "DAT011"
    category = Category.SUSPECT
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        denied = letter.header.denied
        for event in reading.timeline:
            before = event.mention.leading_text
            late = denied is not None and denied.value is not None and event.day > denied.value
            if denied and late and event.is_request and not LATER.search(event.place.sentence.text):
                message = f"requested on {quote(event.place.text)}, after the denial on {quote(denied.raw)}"
                yield Finding(event.place.span, message, notes=(Note(denied.span, "the UR denial date"),))
            if OFF_WORK.search(before) and not HAD.search(before) and (visit := _find_later_visit(event, reading)):
                until, seen = quote(event.place.text), quote(visit.place.text)
                message = f"off work or restricted until {until}, before the visit on {seen}"
                yield Finding(event.place.span, message, notes=(Note(visit.place.span, "the visit"),))


def _find_later_visit(event: annotation.Event, reading: Reading) -> annotation.Event | None:
    """The last visit named before a date in the same text, when its day comes after the date."""
    visits = [
        visit
        for visit in reading.events(annotation.Role.VISIT, annotation.Role.OTHER, annotation.Role.UNKNOWN)
        if visit.place.prose is event.place.prose and visit.place.start < event.place.start
    ]
    if not visits or event.place.start - visits[-1].place.start > FAR:
        return None
    return visits[-1] if visits[-1].day > event.day else None

import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Finding,
    Importance,
    Letter,
    Note,
    Reading,
    Rule,
    annotation,
    knowledge,
    quote,
)

RECORD = re.compile(
    rf"\b(?:{knowledge.wordings.any_of('record')}|visits?|evaluation|examination|exam|consultation|chart(?: notes?)?"
    r"|mri"
    r"|x-?rays?|study|scan|emg|pr-?2|opinion|letter|consult|ultrasound|ct)\b"
    rf"(?: (?:was|of|from|dated|on|in|the|visit|note|{knowledge.wordings.any_of('performed')}))*[ ,:(]*$",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r" (?:clinical |clinic |progress |office |chart |medical )?(?:notes?|reports?|visit|evaluation|examination"
    r"|chart notes?)\b",
    re.IGNORECASE,
)


class RecordNotInSummary(Rule):
    """A rationale relies on a dated record that the summary does not mention.

    The summary says what the reviewer read. A record that decides the item and is not there was either
    left out of the summary or belongs to another letter.

    ```diff
    -visits of therapy brought little relief. Therefore
    +visits of therapy brought little relief. The progress note dated 05-02-2017 confirms this. Therefore
    ```

    ```findings
    "05-02-2017" the summary has no record of "05-02-2017"; its last date is "06-20-2017"
      "06-20-2017" the last date in the summary
    ```
    """

    code = "DAT012"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        in_summary = [event for event in reading.timeline if event.place.prose is letter.summary]
        if not in_summary:
            return
        last = in_summary[-1].place
        note = Note(last.span, "the last date in the summary")
        rationales = {item.rationale.prose: item.rationale for item in reading.items if item.rationale}
        known = {event.day for event in reading.timeline if event.place.prose not in rationales}
        known |= {each.field.value for each in letter.header.dates() if each.field.value}
        for event in reading.timeline:
            rationale = rationales.get(event.place.prose)
            if (
                rationale
                and event.day not in known
                and _is_record(event)
                and not rationale.is_quoted(event.place.start)
            ):
                known.add(event.day)
                words = quote(event.place.text)
                message = f"the summary has no record of {words}; its last date is {quote(last.text)}"
                yield Finding(event.place.span, message, notes=(note,))


def _is_record(event: annotation.Event) -> bool:
    """Whether a date is that of a record, a visit or a test."""
    if event.role in (annotation.Role.INJURY, annotation.Role.REVIEW):
        return False
    return bool(
        RECORD.search(event.mention.leading_text)
        or BEHIND.match(event.mention.following_text)
        or event.role in (annotation.Role.VISIT, annotation.Role.STUDY)
    )

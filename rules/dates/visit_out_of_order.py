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

# With a date behind it: the beginning of a sentence that goes on to the next record.
BEGINS = Pattern(
    r"^(?:on|(?:(?:according to|per|in|as per) (?:an? )?|the )(?:[\w'’-]+ ){1,4}?(?:dated|of|from|on)) $",
    re.IGNORECASE,
)
# Words by which a sentence goes back to what was before.
BACK = Pattern(rf"\b(?:{knowledge.wordings.any_of('earlier')}|before|initially|also)\b", re.IGNORECASE)


class VisitOutOfOrder(Rule):
    """The summary tells an earlier visit after a later one.

    A summary goes through the records in the order of their dates. A visit out of order is hard to follow, and its
    date is often wrong: a figure of the month or of the year. A sentence that says that it goes back ("earlier",
    "previously") is not reported, nor one that does not begin with its date.

    ```diff
    -In a report dated 06-06-2017 she
    +On 06-06-2017 she was evaluated for the same pain. In a progress report dated 06-02-2017 she
    ```

    ```findings
    "06-02-2017" the visit on "06-02-2017" is told after that on "06-06-2017"
      "06-06-2017" the later visit
    ```
    """

    code = "DAT018"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        latest: annotation.Event | None = None
        for event in reading.events(annotation.Role.VISIT):
            if event.place.prose is not letter.summary:
                continue
            if latest is None or event.day >= latest.day:
                latest = event
            elif _goes_on(event) and latest.place.sentence != event.place.sentence:
                here, there = quote(event.place.text), quote(latest.place.text)
                message = f"the visit on {here} is told after that on {there}"
                yield Finding(event.place.span, message, notes=(Note(latest.place.span, "the later visit"),))


def _goes_on(event: annotation.Event) -> bool:
    """Whether its sentence begins with its date, and does not say that it goes back."""
    return bool(BEGINS.search(event.place.before)) and not BACK.search(event.place.sentence.text)

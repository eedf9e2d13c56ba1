import re
from collections.abc import Iterator

from imrlint.rulekit import (
    Category,
    Feature,
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

PLANNED = Pattern(
    r"\b(?:until|through|scheduled|appointment|expires?|will|to be|next|planned|anticipated|upcoming|set for|set to|valid|is to|are to|retire\w*|effective|as of|eff\.)\b",
    re.IGNORECASE,
)
ON = Pattern(r"\b(?:on|of|dated|from) $", re.IGNORECASE)
PAST = Pattern(
    rf"\b(?:was|were|had|did|reported|described|documented|{knowledge.wordings.any_of('result')})\b", re.IGNORECASE
)
ARRANGED = Pattern(
    rf",? (?:was|were|is|has been) (?:{knowledge.wordings.any_of('wanted')}|arranged|set)\b", re.IGNORECASE
)


class RecordAfterDecision(Rule):
    """A record, visit or test is dated after the decision.

    The reviewer cannot have read what was not yet written: the year or the month is wrong. Dates that
    are planned ("off work until …") are not reported; a date of which it is not known that it is that of a
    record is a note.

    ```diff
    -In a report dated 06-06-2017 she
    +In a report dated 12-06-2017 she
    ```

    ```findings
    "12-06-2017" dated "12-06-2017", after the decision on "08/14/2017"
      "08/14/2017" the decision date
    ```
    """

    code = "DAT007"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        decided = letter.header.decided
        if decided is None or decided.value is None:
            return
        for event in reading.timeline:
            if event.day > decided.value and not _is_planned(event):
                message = f"dated {quote(event.place.text)}, after the decision on {quote(decided.raw)}"
                roles = (annotation.Role.INJURY, annotation.Role.REVIEW)
                known = event.is_record or event.role in roles or _is_past(event)
                evidence = () if known else (Feature.ANOTHER_FITS,)
                note = Note(decided.span, "the decision date")
                yield Finding(event.place.span, message, notes=(note,), evidence=evidence)


def _is_planned(event: annotation.Event) -> bool:
    """Whether the words before the date, or those right after it, speak of something to come."""
    return bool(PLANNED.search(event.mention.leading_text[-60:]) or ARRANGED.match(event.place.after))


def _is_past(event: annotation.Event) -> bool:
    """Whether the sentence says that something was done or found on that day."""
    sentence = event.place.sentence.text
    return bool(ON.search(event.place.before) and PAST.search(sentence) and not PLANNED.search(sentence))

import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule

PLANNED = re.compile(
    r"\b(?:until|through|scheduled|appointment|expires?|will|to be|next|planned|anticipated|upcoming|retire\w*|effective|as of|eff\.)\b",
    re.IGNORECASE,
)


class RecordAfterDecision(Rule):
    """A record, visit or test is dated after the decision.

    The reviewer cannot have read what was not yet written; a year or a month is wrong. Dates that
    are planned ("off work until …") are left alone.

    ```diff
    -In a report dated 06-06-2017 she
    +In a report dated 12-06-2017 she
    ```

    ```findings
    "12-06-2017" dated after the decision
      "08/14/2017" decided here
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
            if event.day > decided.value and not PLANNED.search(event.mention.leading_text[-60:]):
                yield Finding(event.place.span, "dated after the decision", notes=(Note(decided.span, "decided here"),))

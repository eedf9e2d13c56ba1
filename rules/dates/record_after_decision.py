import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, quote

PLANNED = re.compile(
    r"\b(?:until|through|scheduled|appointment|expires?|will|to be|next|planned|anticipated|upcoming|retire\w*|effective|as of|eff\.)\b",
    re.IGNORECASE,
)


class RecordAfterDecision(Rule):
    """A record, visit or test is dated after the decision.

    The reviewer cannot have read what was not yet written: the year or the month is wrong. Dates that
    are planned ("off work until …") are not reported.

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
            if event.day > decided.value and not PLANNED.search(event.mention.leading_text[-60:]):
                message = f"dated {quote(event.place.text)}, after the decision on {quote(decided.raw)}"
                yield Finding(event.place.span, message, notes=(Note(decided.span, "the decision date"),))

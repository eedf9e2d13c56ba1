from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, quote


@dataclass(frozen=True)
class LateDecision(Rule):
    """The decision is dated more than 45 days after the case was assigned.

    A regular review must be done within 30 days after the records have come, which may take 15 (Labor
    Code 4610.6(d)). A late determination is still valid, but a date may be mistyped.

    ```diff
    -Decision Date:        08/14/2017
    +Decision Date:        10/14/2017
    ```

    ```findings
    "10/14/2017" decided on "10/14/2017", 88 days after the case was assigned on "07/18/2017"
      "07/18/2017" the date assigned
    ```
    """

    code = "DAT003"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    days: Annotated[int, "days from assignment to decision that are allowed"] = 45

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        assigned, decided = letter.header.assigned, letter.header.decided
        if assigned and assigned.value and decided and decided.value:
            took = (decided.value - assigned.value).days
            if took > self.days:
                message = (
                    f"decided on {quote(decided.raw)}, {took} days after the case was assigned on {quote(assigned.raw)}"
                )
                yield Finding(decided.span, message, notes=(Note(assigned.span, "the date assigned"),))

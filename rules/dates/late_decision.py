from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule


@dataclass(frozen=True)
class LateDecision(Rule):
    """A decision more than 45 days after the case was assigned.

    A regular review is due 30 days after the records are in, and these may take 15 (Labor Code
    4610.6(d)). A late determination is still valid, but a date may be mistyped.

    ```diff
    -Decision Date:        08/14/2017
    +Decision Date:        10/14/2017
    ```

    ```findings
    "10/14/2017" decided 88 days after the case was assigned
      "07/18/2017" assigned here
    ```
    """

    code = "DAT003"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    days: Annotated[int, "days from assignment to decision that are in order"] = 45

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        assigned, decided = letter.header.assigned, letter.header.decided
        if assigned and assigned.value and decided and decided.value:
            took = (decided.value - assigned.value).days
            if took > self.days:
                yield Finding(
                    decided.span,
                    f"decided {took} days after the case was assigned",
                    notes=(Note(assigned.span, "assigned here"),),
                )

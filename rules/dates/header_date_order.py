from collections.abc import Iterator
from itertools import pairwise

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule

VERBS = {
    "UR denial date": "denied",
    "application date": "applied for",
    "date assigned": "assigned",
    "decision date": "decided",
}


class HeaderDateOrder(Rule):
    """Dates of the cover in an impossible order.

    An injury comes before the denial by utilization review, the denial before the application,
    the application before the assignment, the assignment before the decision. In none of hundreds
    of published letters is it otherwise.

    ```diff
    -Decision Date:        08/14/2017
    +Decision Date:        07/14/2017
    ```

    ```findings
    "07/14/2017" decided 4 days before the date assigned
      "07/18/2017" the date assigned
    ```
    """

    code = "DAT002"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        known = [(label, field, field.value) for label, field in letter.header.dates() if field.value]
        for (before, earlier, first), (after, later, second) in pairwise(known):
            if second < first:
                days = (first - second).days
                count = "1 day" if days == 1 else f"{days} days"
                yield Finding(
                    later.span,
                    f"{VERBS[after]} {count} before the {before}",
                    notes=(Note(earlier.span, f"the {before}"),),
                )

from collections.abc import Iterator
from itertools import pairwise

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, quote

VERBS = {
    "UR denial date": "denied",
    "application date": "application received",
    "date assigned": "assigned",
    "decision date": "decided",
}


class HeaderDateOrder(Rule):
    """The dates on the cover are in an impossible order.

    The injury comes before the denial by utilization review, the denial before the application, the
    application before the assignment, the assignment before the decision. One of the two dates is wrong.

    ```diff
    -Decision Date:        08/14/2017
    +Decision Date:        07/14/2017
    ```

    ```findings
    "07/14/2017" decided on "07/14/2017", 4 days before the date assigned, "07/18/2017"
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
                message = f"{VERBS[after]} on {quote(later.raw)}, {count} before the {before}, {quote(earlier.raw)}"
                yield Finding(later.span, message, notes=(Note(earlier.span, f"the {before}"),))

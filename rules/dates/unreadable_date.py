import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule

# A year of five digits, or one that is not of the last or this century.
YEAR = re.compile(r"(?:\d{5}|(?!19|20)\d{4})$")


class UnreadableDate(Rule):
    """A date that does not exist: a thirteenth month, a thirtieth of February, the year 3026.

    The other rules on dates stay silent about a date that cannot be read, so this one speaks.

    ```diff
    -In a report dated 06-06-2017 she
    +In a report dated 06-36-2017 she
    ```

    ```findings
    "06-36-2017" there is no such date
    ```
    """

    code = "DAT001"
    category = Category.MALFORMED
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for label, field in letter.header.dates():
            if field.value is None and field.raw:
                yield Finding(field.span, f"not a date: month/day/year is due beside the {label}")
        for mention in reading.dates:
            if mention.value is None:
                impossible = YEAR.search(mention.place.text)
                yield Finding(mention.place.span, "that year cannot be" if impossible else "there is no such date")

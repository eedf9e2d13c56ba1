import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, quote

# A year of five digits, or one outside the last and this century.
YEAR = re.compile(r"(?:\d{5}|(?!19|20)\d{4})$")


class UnreadableDate(Rule):
    """A date does not exist: a thirteenth month, a thirtieth of February, the year 3026.

    The other rules on dates pass over a date that cannot be read, so that it is reported here.

    ```diff
    -In a report dated 06-06-2017 she
    +In a report dated 06-36-2017 she
    ```

    ```findings
    "06-36-2017" there is no date "06-36-2017"
    ```
    """

    code = "DAT001"
    category = Category.MALFORMED
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for label, field in letter.header.dates():
            if field.value is None and field.raw:
                yield Finding(field.span, f"{quote(field.raw)} is no date: the {label} is written month/day/year")
        for mention in reading.dates:
            if mention.value is None:
                words = quote(mention.place.text)
                impossible_year = YEAR.search(mention.place.text)
                message = f"the year of {words} is impossible" if impossible_year else f"there is no date {words}"
                yield Finding(mention.place.span, message)

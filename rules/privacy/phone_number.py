from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class PhoneNumber(Rule):
    """The letter contains a phone or fax number.

    Posted letters contain nothing by which a person can be reached (Labor Code 4610.6(m)). imrlint never
    prints the number either.

    ```diff
    -She takes naproxen.
    +She can be called at (555) 555-0123.
    ```

    ```findings
    "(555) 555-0123" a phone number
    ```
    """

    code = "PRI003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.PHONE:
                yield Finding(identifier.span, "a phone number")

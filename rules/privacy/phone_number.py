from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class PhoneNumber(Rule):
    """A phone or fax number stands in the letter.

    Posted letters hold nothing by which a person can be reached (Labor Code 4610.6(m)). The number is
    never printed by imrlint either.

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
        for each in reading.identifiers:
            if each.kind is annotation.Kind.PHONE:
                yield Finding(each.span, "a phone number")

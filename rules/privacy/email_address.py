from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class EmailAddress(Rule):
    """An email address stands in the letter.

    Posted letters hold nothing by which a person can be reached (Labor Code 4610.6(m)). The address is
    never printed by imrlint either.

    ```diff
    -She takes naproxen.
    +She writes from someone@example.org.
    ```

    ```findings
    "someone@example.org" an email address
    ```
    """

    code = "PRI004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in reading.identifiers:
            if each.kind is annotation.Kind.EMAIL:
                yield Finding(each.span, "an email address")

from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class EmailAddress(Rule):
    """The letter contains an email address.

    Posted letters contain nothing by which a person can be reached (Labor Code 4610.6(m)). imrlint never
    prints the address either.

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
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.EMAIL:
                yield Finding(identifier.span, "an email address")

from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class PostalAddress(Rule):
    """The letter contains a postal address.

    Posted letters contain nothing by which a person can be found (Labor Code 4610.6(m)). imrlint never
    prints the address either.

    ```diff
    -She takes naproxen.
    +She lives at 100 North Elm Street.
    ```

    ```findings
    "100 North Elm Street." a postal address
    ```
    """

    code = "PRI005"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.ADDRESS:
                yield Finding(identifier.span, "a postal address")

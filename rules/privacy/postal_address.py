from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class PostalAddress(Rule):
    """A postal address stands in the letter.

    Posted letters hold nothing by which a person can be found (Labor Code 4610.6(m)). The address is
    never printed by imrlint either.

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
        for each in reading.identifiers:
            if each.kind is annotation.Kind.ADDRESS:
                yield Finding(each.span, "a postal address")

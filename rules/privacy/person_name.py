from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class PersonName(Rule):
    """The letter contains the name of a person.

    Letters are posted without the names of workers, physicians and everybody else (Labor Code
    4610.6(m)); blanks in the place of names are right. Tests and signs that have the name of a person
    are not reported. imrlint never prints the name.

    ```diff
    -She takes naproxen.
    +Dr. Quillon prescribed naproxen.
    ```

    ```findings
    "Quillon" the name of a person
    ```
    """

    code = "PRI001"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.NAME:
                yield Finding(identifier.span, "the name of a person")

from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class BirthDate(Rule):
    """The letter contains a date of birth.

    An age is enough for a guideline, and a date of birth can identify the worker. imrlint never prints
    the date.

    ```diff
    -She takes naproxen.
    +Her date of birth is 02/03/1970.
    ```

    ```findings
    "02/03/1970" a date of birth
    ```
    """

    code = "PRI006"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.BIRTH:
                yield Finding(identifier.span, "a date of birth")

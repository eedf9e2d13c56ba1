from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class BirthDate(Rule):
    """A date of birth stands in the letter.

    An age is enough for a guideline; with the date of birth a worker can be identified. The date is
    never printed by imrlint.

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
        for each in reading.identifiers:
            if each.kind is annotation.Kind.BIRTH:
                yield Finding(each.span, "a date of birth")

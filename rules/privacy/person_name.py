from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class PersonName(Rule):
    """A person is named in the letter.

    Letters are posted without the names of workers, physicians and everybody else (Labor Code
    4610.6(m)); blanks where names stood are right. Tests and signs that bear a name are no persons. The
    name is never printed by imrlint.

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
        for each in reading.identifiers:
            if each.kind is annotation.Kind.NAME:
                yield Finding(each.span, "the name of a person")

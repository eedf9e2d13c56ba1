from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class SocialSecurityNumber(Rule):
    """A social security number stands in the letter.

    Letters are posted for everybody to read (Labor Code 4610.6(m)), without what identifies the worker.
    The number is never printed by imrlint either.

    ```diff
    -She takes naproxen.
    +Her social security number is 900-12-3456.
    ```

    ```findings
    "900-12-3456" a social security number
    ```
    """

    code = "PRI002"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in reading.identifiers:
            if each.kind is annotation.Kind.SOCIAL_SECURITY:
                yield Finding(each.span, "a social security number")

from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class SocialSecurityNumber(Rule):
    """The letter contains a social security number.

    Letters are posted for everybody to read, without what identifies the worker (Labor Code 4610.6(m)).
    imrlint never prints the number either.

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
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.SOCIAL_SECURITY:
                yield Finding(identifier.span, "a social security number")

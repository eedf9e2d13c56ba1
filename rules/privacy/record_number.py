from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class RecordNumber(Rule):
    """A number of a medical record, a claim or an account stands in the letter.

    The case number is the one number that a posted letter has. Others lead to the worker, and are never
    printed by imrlint.

    ```diff
    -She takes naproxen.
    +Her claim number is WC-4471208.
    ```

    ```findings
    "WC-4471208" a number of a record or a claim
    ```
    """

    code = "PRI007"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in reading.identifiers:
            if each.kind is annotation.Kind.RECORD:
                yield Finding(each.span, "a number of a record or a claim")

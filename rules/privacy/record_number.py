from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class RecordNumber(Rule):
    """The letter contains the number of a medical record, a claim or an account.

    The case number is the only number of a case in a posted letter. Others can identify the worker.
    imrlint never prints the number.

    ```diff
    -She takes naproxen.
    +Her claim number is WC-4471208.
    ```

    ```findings
    "WC-4471208" the number of a record, a claim or an account
    ```
    """

    code = "PRI007"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.RECORD:
                yield Finding(identifier.span, "the number of a record, a claim or an account")

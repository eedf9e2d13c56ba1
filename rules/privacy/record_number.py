from collections.abc import Iterator
from dataclasses import dataclass

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule, annotation


@dataclass(frozen=True)
class RecordNumber(Rule):
    """The letter contains the number of a medical record, a claim or an account.

    The case number is the only number of a case in a posted letter. Others can identify the worker.
    imrlint never prints the number.

    A letter whose `stage` is "mailed" rightly has those of its parties before the determination, in its signature and
    among the copies. What the house calls its `own` is not reported.

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

    stage: str = "posted"
    own: tuple[str, ...] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in annotation.find_disclosed(
            letter, reading.identifiers, annotation.Kind.RECORD, self.stage, self.own
        ):
            evidence = () if each.certain else (Feature.UNLISTED,)
            yield Finding(each.span, "the number of a record, a claim or an account", evidence=evidence)

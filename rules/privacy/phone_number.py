from collections.abc import Iterator
from dataclasses import dataclass

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule, annotation


@dataclass(frozen=True)
class PhoneNumber(Rule):
    """The letter contains a phone or fax number.

    Posted letters contain nothing by which a person can be reached (Labor Code 4610.6(m)). imrlint never
    prints the number either.

    A letter whose `stage` is "mailed" rightly has those of its parties before the determination, in its signature and
    among the copies. What the house calls its `own` is not reported.

    ```diff
    -She takes naproxen.
    +She can be called at (555) 555-0123.
    ```

    ```findings
    "(555) 555-0123" a phone number
    ```
    """

    code = "PRI003"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    stage: str = "posted"
    own: tuple[str, ...] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in annotation.find_disclosed(letter, reading.identifiers, annotation.Kind.PHONE, self.stage, self.own):
            evidence = () if each.certain else (Feature.UNLISTED,)
            yield Finding(each.span, "a phone number", evidence=evidence)

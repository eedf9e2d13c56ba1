from collections.abc import Iterator
from dataclasses import dataclass

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule, annotation


@dataclass(frozen=True)
class PostalAddress(Rule):
    """The letter contains a postal address.

    Posted letters contain nothing by which a person can be found (Labor Code 4610.6(m)). imrlint never
    prints the address either.

    A letter whose `stage` is "mailed" rightly has those of its parties before the determination, in its signature and
    among the copies. What the house calls its `own` is not reported.

    ```diff
    -She takes naproxen.
    +She lives at 100 North Elm Street.
    ```

    ```findings
    "100 North Elm Street." a postal address
    ```
    """

    code = "PRI005"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    stage: str = "posted"
    own: tuple[str, ...] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in annotation.find_disclosed(
            letter, reading.identifiers, annotation.Kind.ADDRESS, self.stage, self.own
        ):
            evidence = () if each.certain else (Feature.UNLISTED,)
            yield Finding(each.span, "a postal address", evidence=evidence)

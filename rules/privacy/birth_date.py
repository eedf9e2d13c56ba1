from collections.abc import Iterator
from dataclasses import dataclass

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule, annotation


@dataclass(frozen=True)
class BirthDate(Rule):
    """The letter contains a date of birth.

    An age is enough for a guideline, and a date of birth can identify the worker. imrlint never prints
    the date.

    A letter whose `stage` is "mailed" rightly has those of its parties before the determination, in its signature and
    among the copies. What the house calls its `own` is not reported.

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

    stage: str = "posted"
    own: tuple[str, ...] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in annotation.find_disclosed(letter, reading.identifiers, annotation.Kind.BIRTH, self.stage, self.own):
            evidence = () if each.certain else (Feature.UNLISTED,)
            yield Finding(each.span, "a date of birth", evidence=evidence)

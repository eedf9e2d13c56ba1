from collections.abc import Iterator
from dataclasses import dataclass

from imrlint.rulekit import Category, Feature, Finding, Importance, Letter, Reading, Rule, annotation


@dataclass(frozen=True)
class PersonName(Rule):
    """The letter contains the name of a person.

    Letters are posted without the names of workers, physicians and everybody else (Labor Code
    4610.6(m)); blanks in the place of names are right. Tests and signs that have the name of a person
    are not reported. imrlint never prints the name.

    A letter whose `stage` is "mailed" rightly has those of its parties before the determination, in its signature and
    among the copies. What the house calls its `own` is not reported.

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

    stage: str = "posted"
    own: tuple[str, ...] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for each in annotation.find_disclosed(letter, reading.identifiers, annotation.Kind.NAME, self.stage, self.own):
            evidence = () if each.certain else (Feature.UNLISTED,)
            yield Finding(each.span, "the name of a person", evidence=evidence)

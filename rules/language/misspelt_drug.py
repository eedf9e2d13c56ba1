from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Edit, Feature, Finding, Fix, Importance, Letter, Reading, RightWords, Rule, Safety


@dataclass(frozen=True)
class MisspeltDrug(Rule):
    """The name of a drug is misspelled: Naprosin, Cyclobenzeprine.

    Two drugs may differ by a letter, so that a misspelled name may be read as another drug. The fix
    offers the nearest name; a person has to decide.

    ```diff
    -She takes naproxen. The
    +She takes naproxin. The
    ```

    ```findings
    "naproxin" no such drug; did you mean "naproxen"?
      fix (suggested): write naproxen
    ```
    """

    code = "LAN016"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}  # unknown-drug reports those
        right = RightWords.of(self.words)
        for misspelling in reading.misspellings:
            place = misspelling.token.place
            if place.prose.span in titles or place.text in right:
                continue
            if meant := misspelling.drug:
                span = place.span
                fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                evidence = () if misspelling.correction.likely else (Feature.UNLISTED,)
                yield Finding(span, f'no such drug; did you mean "{meant}"?', fix=fix, evidence=evidence)

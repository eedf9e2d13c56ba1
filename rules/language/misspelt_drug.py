from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety


@dataclass(frozen=True)
class MisspeltDrug(Rule):
    """The name of a drug is misspelt: Naprosin, Cyclobenzeprine.

    Two drugs may differ by a letter, so that a misspelt name is more than a slip; wherever it stands,
    the nearest drug is offered.

    ```diff
    -She takes naproxen. The
    +She takes naproxin. The
    ```

    ```findings
    "naproxin" the name of a drug, misspelt: "naproxen" is meant, it seems
      fix (suggested): write naproxen
    ```
    """

    code = "LAN016"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    words: Annotated[tuple[str, ...], "words that are right in this house"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}  # there it is an unknown drug
        right = {word.casefold() for word in self.words}
        for misspelling in reading.misspellings:
            place = misspelling.token.place
            if place.prose.span in titles or place.text.casefold() in right:
                continue
            if meant := misspelling.drug:
                span = place.span
                fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                yield Finding(span, f'the name of a drug, misspelt: "{meant}" is meant, it seems', fix=fix)

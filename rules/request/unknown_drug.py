from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety


@dataclass(frozen=True)
class UnknownDrug(Rule):
    """A word in the title of an item that is nearly the name of a drug.

    What is decided is what the title says: a misspelt drug there is no drug at all. The nearest name
    is offered; a product that is not known and resembles none is left alone.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Orphenadrene ER 100mg, one tablet twice daily as needed, #60: Upheld
    ```

    ```findings
    "Orphenadrene" no drug is called so; "Orphenadrine" is meant, it seems
      fix (suggested): write Orphenadrine
    ```
    """

    code = "REQ002"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    words: Annotated[tuple[str, ...], "words that are right in this house"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = {word.casefold() for word in self.words}
        titles = {dispute.title.span for dispute in letter.disputes}
        for misspelling in reading.misspellings:
            place = misspelling.token.place
            if place.prose.span not in titles or place.text.casefold() in right:
                continue
            if meant := misspelling.drug:
                span = place.span
                fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                yield Finding(span, f'no drug is called so; "{meant}" is meant, it seems', fix=fix)

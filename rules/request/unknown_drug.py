from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Edit, Feature, Finding, Fix, Importance, Letter, Reading, RightWords, Rule, Safety


@dataclass(frozen=True)
class UnknownDrug(Rule):
    """A word in the title of an item is nearly the name of a drug.

    What the title says is what was decided: a drug misspelled there is no drug at all. The fix offers the
    nearest name; an unknown product that resembles none is not reported.

    ```diff
    -Orphenadrine ER 100mg, one tablet twice daily as needed, #60: Upheld
    +Orphenadrene ER 100mg, one tablet twice daily as needed, #60: Upheld
    ```

    ```findings
    "Orphenadrene" no such drug; did you mean "Orphenadrine"?
      fix (suggested): write Orphenadrine
    ```
    """

    code = "REQ002"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = RightWords.of(self.words)
        titles = {dispute.title.span for dispute in letter.disputes}
        for misspelling in reading.misspellings:
            place = misspelling.token.place
            if place.prose.span not in titles or place.text in right:
                continue
            if meant := misspelling.drug:
                span = place.span
                fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                evidence = () if misspelling.correction.likely else (Feature.UNLISTED,)
                yield Finding(span, f'no such drug; did you mean "{meant}"?', fix=fix, evidence=evidence)

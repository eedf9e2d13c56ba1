from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Edit, Finding, Fix, Letter, Rule, Safety, drugs, spelling


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

    words: Annotated[tuple[str, ...], "words that are right in this house"] = ()

    def check(self, letter: Letter) -> Iterator[Finding]:
        titles = {dispute.title.span for dispute in letter.disputes}  # there it is an unknown drug
        right = {word.casefold() for word in self.words}
        for prose, word, correction, parts in spelling.misspellings(letter):
            if word.text.casefold() in right or prose.span in titles:
                continue
            if not parts and drugs.get(correction.candidates[0]):
                span = prose.place(word.start, word.end)
                meant = spelling.cased(correction.candidates[0], word.text)
                fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SUGGESTED)
                yield Finding(span, f'the name of a drug, misspelt: "{meant}" is meant, it seems', fix=fix)

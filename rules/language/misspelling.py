from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, match_case

CHOICES = 4  # words to choose from


@dataclass(frozen=True)
class Misspelling(Rule):
    """A word that is in no list of English or clinical words, but nearly one.

    Dictation and haste leave such words in letters. Drug names, anatomy, tests and the abbreviations
    of workers' compensation are known; a word that resembles nothing is taken for a name and left
    alone. The fix is safe when one word stands out.

    ```diff
    -weakness of the left
    -great toe and loss of sensation
    +weakness of the left
    +great toe and loss of sennsation
    ```

    ```findings
    "sennsation" not a known word; "sensation" is meant, it seems
      fix (safe): write sensation
    ```
    """

    code = "LAN001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    words: Annotated[tuple[str, ...], "words that are right in this house"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = {word.casefold() for word in self.words}
        for misspelling in reading.misspellings:
            token, correction = misspelling.token, misspelling.correction
            if misspelling.parts or misspelling.drug or token.text.casefold() in right:
                continue  # two words in one have a rule of their own, and so have the names of drugs
            span = token.place.span
            meant, *others = (match_case(each, token.text) for each in correction.candidates[:CHOICES])
            safety = Safety.SAFE if correction.certain else Safety.SUGGESTED
            yield Finding(
                span,
                f'not a known word; "{meant}" is meant, it seems',
                fix=Fix(f"write {meant}", (Edit(span, meant),), safety),
                others=tuple(Fix(f"write {other}", (Edit(span, other),)) for other in others),
            )

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, match_case

CHOICES = 4  # corrections that are offered, at most


@dataclass(frozen=True)
class Misspelling(Rule):
    """A misspelled word: it is in no list of English or clinical words, but nearly the same as one that is.

    Dictation and haste leave such words in letters. Drug names, anatomy, tests and the abbreviations
    of workers' compensation are known; a word that resembles nothing is taken for a name and not
    reported. The fix is safe when one word is much likelier than all others.

    ```diff
    -weakness of the left
    -great toe and loss of sensation
    +weakness of the left
    +great toe and loss of sennsation
    ```

    ```findings
    "sennsation" did you mean "sensation"?
      fix (safe): write sensation
    ```
    """

    code = "LAN001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

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
                f'did you mean "{meant}"?',
                fix=Fix(f"write {meant}", (Edit(span, meant),), safety),
                others=tuple(Fix(f"write {other}", (Edit(span, other),)) for other in others),
            )

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import (
    Category,
    Edit,
    Feature,
    Finding,
    Fix,
    Importance,
    Letter,
    Reading,
    RightWords,
    Rule,
    Safety,
    match_case,
)

CHOICES = 4  # corrections that are offered, at most


@dataclass(frozen=True)
class Misspelling(Rule):
    """A misspelled word: it is in no list of English or clinical words, but nearly the same as one that is.

    Dictation and haste leave such words in letters. Drug names, anatomy, tests and the abbreviations
    of workers' compensation are known; a word that resembles nothing is taken for a name and not
    reported. The correction is the word that is likeliest by its frequency in medical texts and by the
    slips that it needs; where the unknown word may well be right, the finding is a note. The fix is safe
    only where a table has the misspelling.

    ```diff
    -weakness of the left
    -great toe and loss of sensation
    +weakness of the left
    +great toe and loss of sennsation
    ```

    ```findings
    "sennsation" did you mean "sensation"?
      fix (suggested): write sensation
    ```
    """

    code = "LAN001"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = RightWords.of(self.words)
        for misspelling in reading.misspellings:
            token, correction = misspelling.token, misspelling.correction
            if misspelling.parts or misspelling.drug or token.text in right:
                continue  # two words in one have a rule of their own, and so have the names of drugs
            span = token.place.span
            choices = [match_case(each, token.text) for each in correction.candidates[:CHOICES]]
            fixes = [Fix(f"write {each}", (Edit(span, each),)) for each in choices]
            evidence = () if correction.likely else (Feature.UNLISTED,)
            if correction.is_open:  # of two opposites none is offered first
                message = f'no such word; did you mean "{choices[0]}" or "{choices[1]}"?'
                yield Finding(span, message, evidence=evidence, others=tuple(fixes))
                continue
            safety = Safety.SAFE if correction.certain else Safety.SUGGESTED
            fix = Fix(fixes[0].title, fixes[0].edits, safety)
            yield Finding(span, f'did you mean "{choices[0]}"?', evidence=evidence, fix=fix, others=tuple(fixes[1:]))

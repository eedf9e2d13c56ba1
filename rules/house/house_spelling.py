from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from imrlint.rulekit import (
    Category,
    Edit,
    Finding,
    Fix,
    Importance,
    Letter,
    Reading,
    RightWords,
    Rule,
    Safety,
    match_case,
    quote,
)


@dataclass(frozen=True)
class HouseSpelling(Rule):
    """A word that your house spells another way, in at least fifty letters to one: followup for follow-up.

    It needs a memory, which `imrlint learn` makes from your archive. Only spellings that differ in a hyphen, or
    as British and American ones do, are compared. The finding is at the first place of each word.

    ```diff
    -A supply of sixty tablets goes well beyond such a course
    +A followup after sixty tablets goes well beyond such a course
    ```

    ```findings
    "followup" this house writes "follow-up", in 60 letters, and "followup" in none
      fix (suggested): write follow-up
    ```
    """

    code = "HOU003"
    category = Category.STYLE
    importance = Importance.LOW

    words: Annotated[tuple[str, ...], "words to accept as right"] = ()

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        right = RightWords.of(self.words)
        seen: set[str] = set()
        for other in reading.other_spellings:
            word = other.place.text
            if word.lower() in seen or word in right:
                continue
            seen.add(word.lower())
            usual = match_case(other.usual, word)
            fix = Fix(f"write {usual}", (Edit(other.place.span, usual),), Safety.SUGGESTED)
            many = f"{other.likewise:,}" if other.likewise else "none"
            message = f'this house writes "{usual}", in {other.letters:,} letters, and {quote(word)} in {many}'
            yield Finding(other.place.span, message, fix=fix)

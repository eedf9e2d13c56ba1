from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Trait, model


class MissingClaimsGuideline(Rule):
    """A disputed item without the guideline that the claims administrator relied on.

    Each item names the guidelines of both sides, so that a reader can compare them; the line is printed
    even where the claims administrator cited nothing. A medical professional review of 2013 has no such
    line.

    ```diff
    -Claims Administrator guideline: Decision based on MTUS Low Back Complaints 2004,
    -Section(s): Special Studies.
    -
    -MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    -Special Studies.
    +MAXIMUS guideline: Decision based on MTUS Low Back Complaints 2004, Section(s):
    +Special Studies.
    ```

    ```findings
    "MRI of the lumbar spine without contrast" this item has no Claims Administrator guideline
    ```
    """

    code = "STR008"
    category = Category.OMISSION
    importance = Importance.MEDIUM
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if letter.generation is model.Generation.PROFESSIONAL:
            return
        for dispute in letter.missing(model.ClauseKind.CLAIMS):
            yield Finding(dispute.title.span, "this item has no Claims Administrator guideline")

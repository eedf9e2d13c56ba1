from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Trait


class MissingDecision(Rule):
    """A disputed item without its decision.

    Each title ends with a colon and Upheld or Overturned; without the word nobody knows whether the
    worker gets the treatment (Labor Code 4610.6(e)).

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine without contrast
    ```

    ```findings
    "MRI of the lumbar spine without contrast" this item has no decision: Upheld or Overturned
    ```
    """

    code = "STR006"
    category = Category.OMISSION
    importance = Importance.HIGH
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if dispute.decision is None:
                yield Finding(dispute.title.span, "this item has no decision: Upheld or Overturned")

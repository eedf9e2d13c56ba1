from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Trait, model


class MissingReviewerGuideline(Rule):
    """A disputed item without the guideline that the reviewer relied on.

    The determination must rest on the guideline or study that it cites (8 CCR 9792.21.1(d)); an item
    without the MAXIMUS line, or with an empty one, cites none.

    ```diff
    -MAXIMUS guideline: Decision based on MTUS Shoulder Complaints 2004, Section(s): Physical
    -Methods.
    +MAXIMUS guideline:
    ```

    ```findings
    "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" this item has no MAXIMUS guideline
    ```
    """

    code = "STR009"
    category = Category.OMISSION
    importance = Importance.HIGH
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.missing(model.ClauseKind.REVIEWER):
            yield Finding(dispute.title.span, "this item has no MAXIMUS guideline")

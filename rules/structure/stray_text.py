from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule


class StrayText(Rule):
    """Text in an item that belongs to none of its clauses.

    Text between a title and its first clause, or after the citation in a guideline clause, was usually
    pasted into the wrong place.

    ```diff
    -MRI of the lumbar spine without contrast: Overturned
    +MRI of the lumbar spine without contrast: Overturned
    +
    +The records were received late and in two parts.
    ```

    ```findings
    "The records were received late and in two parts." this text belongs to no clause of the item
    ```
    """

    code = "STR014"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for dispute in letter.disputes:
            if dispute.stray is not None:
                yield Finding(dispute.stray.span, "this text belongs to no clause of the item")
            for clause in dispute.clauses:
                if clause.stray is not None:
                    yield Finding(clause.stray.span, "this text belongs to no clause of the item")

from collections.abc import Iterator

from imrlint.rulekit import Category, Decision, Dispute, Finding, Letter, Note, Rule


class RepeatedDispute(Rule):
    """Two items with the same title and the same decision.

    An item printed twice is usually a slip of the template; when two are meant, their titles
    should tell them apart.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +MRI of the lumbar spine without contrast: Overturned
    ```

    ```findings
    "MRI of the lumbar spine without contrast" the same item, decided the same way, stands above
      "MRI of the lumbar spine without contrast" first here
    ```
    """

    code = "STR013"
    category = Category.SUSPECT

    def check(self, letter: Letter) -> Iterator[Finding]:
        first: dict[tuple[str, Decision], Dispute] = {}
        for dispute in letter.disputes:
            if dispute.decision is None or dispute.decision.value is None:
                continue
            key = ((dispute.title.value or "").casefold(), dispute.decision.value)
            if key in first:
                yield Finding(
                    dispute.title.span,
                    "the same item, decided the same way, stands above",
                    notes=(Note(first[key].title.span, "first here"),),
                )
            else:
                first[key] = dispute

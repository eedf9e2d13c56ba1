from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Reading, Rule


class RepeatedDispute(Rule):
    """Two items with the same title.

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
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        first: dict[str, Dispute] = {}
        for dispute in letter.disputes:
            title = (dispute.title.value or "").casefold()
            before = first.setdefault(title, dispute)
            if before is not dispute and dispute.decision and before.decision:
                same = dispute.decision.value is before.decision.value
                how = "decided the same way" if same else "decided the other way"
                note = Note(before.title.span, "first here")
                yield Finding(dispute.title.span, f"the same item, {how}, stands above", notes=(note,))

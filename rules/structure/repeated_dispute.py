from collections.abc import Iterator

from imrlint.rulekit import Category, Dispute, Finding, Importance, Letter, Note, Reading, Rule, quote


class RepeatedDispute(Rule):
    """Two items with the same title.

    An item printed twice is usually a slip; where two different requests are meant, their titles should
    show the difference.

    ```diff
    -Physical therapy for the right shoulder, two times a week for six weeks (12 visits): Upheld
    +MRI of the lumbar spine without contrast: Overturned
    ```

    ```findings
    "MRI of the lumbar spine without contrast" the same item as above: "Overturned" both times
      "MRI of the lumbar spine without contrast" the first
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
                here, above = quote(dispute.decision.raw), quote(before.decision.raw)
                same = dispute.decision.value is before.decision.value
                decided = f"{above} both times" if same else f"{here} here, {above} above"
                note = Note(before.title.span, "the first")
                yield Finding(dispute.title.span, f"the same item as above: {decided}", notes=(note,))

from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule

ENDS = tuple('.?!)"”')


class MissingConclusion(Rule):
    """The rationale never says whether the item is medically necessary.

    Medical necessity is the one question that the review answers (Labor Code 4610.6(c)); reasons
    without an answer leave the reader to guess. A conclusion by reference ("so is this request") and
    one in other words count.

    ```diff
    -Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    ```

    ```findings
    "The worker has had six visits with little relief, and no record says why twelve more would achieve what those did not." the rationale does not say whether the item is medically necessary
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the item
    ```
    """

    code = "DEC002"
    category = Category.OMISSION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            rationale = item.rationale
            if rationale is None or not rationale.sentences or rationale.verdicts:
                continue
            if rationale.text.rstrip()[-1:] not in ENDS:
                continue  # a letter that breaks off: another rule speaks of it
            note = Note(item.dispute.title.span, "the item")
            yield Finding(
                rationale.sentences[-1].place.span,
                "the rationale does not say whether the item is medically necessary",
                notes=(note,),
            )

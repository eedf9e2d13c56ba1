from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule


class ConclusionNamesAnotherRequest(Rule):
    """The conclusion decides on another item of the letter than the one it stands under.

    The conclusion was pasted with the rationale of a neighbour: the item above it is left without a
    decision of its own, and the neighbour may have two that differ.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for orphenadrine is not medically
    +necessary.
    ```

    ```findings
    "request for orphenadrine" concludes on another item of the letter
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the item
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the item that is named
    ```
    """

    code = "RAT004"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            for reference in item.rationale.references if item.rationale else ():
                other = reading.find_other_item(reference.place, item) if reference.is_subject else None
                if other:
                    notes = (
                        Note(item.dispute.title.span, "the item"),
                        Note(other.dispute.title.span, "the item that is named"),
                    )
                    yield Finding(reference.place.span, "concludes on another item of the letter", notes=notes)

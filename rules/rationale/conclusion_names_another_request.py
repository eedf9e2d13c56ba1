from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, quote


class ConclusionNamesAnotherRequest(Rule):
    """The conclusion of a rationale is about another item of the letter.

    It was pasted from the rationale of that item: the item in dispute is left without a conclusion, and
    the other one may have two that differ.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for orphenadrine is not medically
    +necessary.
    ```

    ```findings
    "request for orphenadrine" concludes on another item of the letter: "request for orphenadrine" here, "Physical therapy for the right shoulder, two times a week …" in dispute
      "Physical therapy for the right shoulder, two times a week for six weeks (12 visits)" the disputed item
      "Orphenadrine ER 100mg, one tablet twice daily as needed, #60" the item that the conclusion names
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
                    concluded, disputed = quote(reference.place.text), quote(item.title.text)
                    message = f"concludes on another item of the letter: {concluded} here, {disputed} in dispute"
                    notes = (
                        Note(item.dispute.title.span, "the disputed item"),
                        Note(other.dispute.title.span, "the item that the conclusion names"),
                    )
                    yield Finding(reference.place.span, message, notes=notes)

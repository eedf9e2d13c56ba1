from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, quote


class NonstandardConclusion(Rule):
    """The conclusion does not use the words of the law, "medically necessary".

    "Not medically appropriate", "not supported" and the like do not answer the question that the review
    has to answer (Labor Code 4610.6(c)), and may be read as something weaker.

    ```diff
    -would achieve what those did not. Therefore, the request for physical therapy for the right
    -shoulder is not medically necessary.
    +would achieve what those did not. Therefore, the request for physical therapy for the right
    +shoulder is not medically appropriate.
    ```

    ```findings
    "is not medically appropriate" "is not medically appropriate" does not say whether the item is medically necessary
    ```
    """

    code = "DEC003"
    category = Category.SUSPECT
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for item in reading.items:
            conclusion = item.rationale.conclusion if item.rationale else None
            if conclusion and conclusion.form is annotation.Form.OTHER:
                message = f"{quote(conclusion.place.text)} does not say whether the item is medically necessary"
                yield Finding(conclusion.place.span, message)

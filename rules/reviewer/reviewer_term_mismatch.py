from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Hit, Importance, Letter, Note, Pattern, Reading, Rule, quote

TERM = Pattern(r"[PpEe](?P<kind>hysician|xpert) [Rr]eviewer\b")


class ReviewerTermMismatch(Rule):
    """The letter calls the reviewer a Physician Reviewer here and an expert reviewer there.

    One letter should use one term; which one depends on the year of the template.

    ```diff
    -The expert reviewer developed the following
    +The Physician Reviewer developed the following
    ```

    ```findings
    "Physician Reviewer" "Physician Reviewer" here, "expert reviewer" above
      "expert reviewer" the term above
    ```
    """

    code = "REV007"
    category = Category.STYLE
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        first: Hit | None = None
        for prose in letter.prose:
            for hit in prose.find(TERM):
                first = first or hit
                if hit.group("kind") != first.group("kind"):
                    note = Note(first.span, "the term above")
                    yield Finding(hit.span, f"{quote(hit.text)} here, {quote(first.text)} above", notes=(note,))
                    return

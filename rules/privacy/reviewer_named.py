from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation


class ReviewerNamed(Rule):
    """The reviewer is named, or can be identified.

    The names of reviewers are confidential in all communications outside the review organization
    (Labor Code 4610.6(f)). imrlint never prints the name.

    ```diff
    -The Expert Reviewer has the following credentials:
    +The Expert Reviewer, Jordan Quillon, has the following credentials:
    ```

    ```findings
    "Jordan Quillon" the name of the reviewer
    ```
    """

    code = "PRI008"
    category = Category.CONTRADICTION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for identifier in reading.identifiers:
            if identifier.kind is annotation.Kind.REVIEWER:
                yield Finding(identifier.span, "the name of the reviewer")

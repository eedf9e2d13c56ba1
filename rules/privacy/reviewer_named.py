import re
from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Letter, Rule, identifiers

INTRODUCED = re.compile(
    r"\b(?:[Ee]xpert|[Pp]hysician|[Mm]edical) [Rr]eviewer(?:,|:| is"
    r"| was) (?:[Dd]r\.? )?(?P<name>[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+)(?=[,.]| (?:is|has|was)\b)"
)
NO_NAMES = (
    "Board",
    "Certified",
    "Licensed",
    "Internal",
    "Family",
    "Physical",
    "Medicine",
    "Orthopedic",
    "Occupational",
)


class ReviewerNamed(Rule):
    """The reviewer is named, or can be identified.

    The law keeps the names of reviewers confidential in all communications outside the review
    organization (Labor Code 4610.6(f)). The name is never printed by imrlint.

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

    def check(self, letter: Letter) -> Iterator[Finding]:
        section = letter.qualifications
        if section is None or section.prose is None:
            return
        prose = section.prose
        found = {
            match.span("name") for match in INTRODUCED.finditer(prose.text) if not match["name"].startswith(NO_NAMES)
        }
        for start, end in sorted(found | set(identifiers.names(prose))):
            yield Finding(prose.place(start, end), "the name of the reviewer", secret=True)

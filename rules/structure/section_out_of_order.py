from collections.abc import Iterator
from itertools import pairwise

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, model

ORDER = (
    model.SectionKind.NOTICE,
    model.SectionKind.NOTICE_DECISION,
    model.SectionKind.HOW,
    model.SectionKind.NOTICE_QUALIFICATIONS,
    model.SectionKind.DOCUMENTS,
    model.SectionKind.SUMMARY,
    model.SectionKind.NUMBERED_ISSUES,
    model.SectionKind.ISSUES,
)


class SectionOutOfOrder(Rule):
    """A section stands before one that should come first.

    Readers, and everything that reads letters by program, expect the parts in the house order:
    how the determination was made, the clinical case summary, the issues.

    ```diff
    -                 HOW THE IMR FINAL DETERMINATION WAS MADE
    +                                CLINICAL CASE SUMMARY
    -                                CLINICAL CASE SUMMARY
    +                 HOW THE IMR FINAL DETERMINATION WAS MADE
    ```

    ```findings
    "HOW THE IMR FINAL DETERMINATION WAS MADE" stands after a section that should follow it
      "CLINICAL CASE SUMMARY" this one
    ```
    """

    code = "STR002"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        placed = [section for section in letter.sections if section.kind in ORDER]
        for before, after in pairwise(placed):
            if ORDER.index(after.kind) < ORDER.index(before.kind):
                yield Finding(
                    after.title.span,
                    "stands after a section that should follow it",
                    notes=(Note(before.title.span, "this one"),),
                )

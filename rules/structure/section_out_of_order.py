from collections.abc import Iterator
from itertools import pairwise

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, model

ORDER = (
    model.SectionKind.NOTICE_DECISION,
    model.SectionKind.HOW,
    model.SectionKind.NOTICE_QUALIFICATIONS,
    model.SectionKind.DOCUMENTS,
    model.SectionKind.SUMMARY,
    model.SectionKind.NUMBERED_ISSUES,
    model.SectionKind.ISSUES,
)


class SectionOutOfOrder(Rule):
    """The sections of the letter are not in their usual order.

    People, and programs that read letters, expect how the determination was made, then the clinical case
    summary, then the issues.

    ```diff
    -                 HOW THE IMR FINAL DETERMINATION WAS MADE
    +                                CLINICAL CASE SUMMARY
    -                                CLINICAL CASE SUMMARY
    +                 HOW THE IMR FINAL DETERMINATION WAS MADE
    ```

    ```findings
    "HOW THE IMR FINAL DETERMINATION WAS MADE" out of order: HOW THE IMR FINAL DETERMINATION WAS MADE after CLINICAL CASE SUMMARY
      "CLINICAL CASE SUMMARY" the section that should follow
    ```
    """

    code = "STR002"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        ordered = [section for section in letter.sections if section.kind in ORDER]
        for before, after in pairwise(ordered):
            if ORDER.index(after.kind) < ORDER.index(before.kind):
                yield Finding(
                    after.title.span,
                    f"out of order: {after.kind.value} after {before.kind.value}",
                    notes=(Note(before.title.span, "the section that should follow"),),
                )

from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Span, model

DUE = {
    model.Generation.PLAIN: (model.SectionKind.HOW, model.SectionKind.SUMMARY, model.SectionKind.ISSUES),
    model.Generation.COVER: (model.SectionKind.HOW, model.SectionKind.SUMMARY, model.SectionKind.ISSUES),
    model.Generation.NUMBERED: (model.SectionKind.HOW, model.SectionKind.SUMMARY, model.SectionKind.NUMBERED_ISSUES),
    model.Generation.NOTICE: (
        model.SectionKind.NOTICE_DECISION,
        model.SectionKind.NOTICE_QUALIFICATIONS,
        model.SectionKind.NOTICE_SUMMARY,
    ),
    model.Generation.PROFESSIONAL: (
        model.SectionKind.ISSUE,
        model.SectionKind.WHY_NOT,
        model.SectionKind.QUALIFICATIONS,
    ),
}


class MissingSection(Rule):
    """A section that letters of this kind must have is not there.

    The determination must describe the reviewer's qualifications, cite the worker's condition, and
    decide each disputed service (Labor Code 4610.6). A letter without one of these parts is open
    to appeal. Which titles are due depends on the generation of the letter.

    ```diff
    -                                CLINICAL CASE SUMMARY
    -The expert reviewer developed
    +The expert reviewer developed
    ```

    ```findings
    before "Case Number:          CM17-9900001" no section is titled CLINICAL CASE SUMMARY
    ```
    """

    code = "STR001"
    category = Category.OMISSION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        found = {section.kind for section in letter.sections}
        for kind in DUE[letter.generation]:
            if kind not in found:
                yield Finding(Span(0, 0), f"no section is titled {kind.value}")

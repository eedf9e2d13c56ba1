from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Span, Trait, model

REQUIRED = {
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
    """A section that letters of this kind must have is missing.

    The determination must describe the reviewer's qualifications, cite the worker's condition, and
    decide each disputed service (Labor Code 4610.6). A letter without one of these parts is open to
    appeal. The generation of the letter decides which sections it must have.

    ```diff
    -                                CLINICAL CASE SUMMARY
    -The expert reviewer developed
    +The expert reviewer developed
    ```

    ```findings
    before "Case Number:          CM17-9900001" section missing: CLINICAL CASE SUMMARY
    ```
    """

    code = "STR001"
    category = Category.OMISSION
    importance = Importance.HIGH
    traits = frozenset({Trait.UNFINISHED})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        present = {section.kind for section in letter.sections}
        for kind in REQUIRED[letter.generation]:
            if kind not in present:
                yield Finding(Span(0, 0), f"section missing: {kind.value}")

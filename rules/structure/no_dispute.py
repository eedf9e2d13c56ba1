from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Span, model


class NoDispute(Rule):
    """A letter without a disputed item decides nothing.

    The determination must say of each disputed service whether it is medically necessary (Labor
    Code 4610.6(e)).

    ```diff of title-only
    -Plain x-rays of the left knee, two views: Upheld
    +See the attached page.
    ```

    ```findings
    "IMR ISSUES, DECISIONS AND RATIONALES" no disputed item in this section
    ```
    """

    code = "STR005"
    category = Category.OMISSION
    importance = Importance.HIGH

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if letter.disputes:
            return
        section = letter.section(
            model.SectionKind.ISSUES, model.SectionKind.NUMBERED_ISSUES, model.SectionKind.NOTICE_DECISION
        )
        if section:
            yield Finding(section.title.span, "no disputed item in this section")
        else:
            yield Finding(Span(0, 0), "no disputed item in this letter")

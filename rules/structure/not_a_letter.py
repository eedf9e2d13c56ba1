from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Span, Trait, model


class NotALetter(Rule):
    """The file has nothing of a determination letter.

    It is empty, or it has only a cover or a notice, or another document was put among the letters. No other rule
    runs on such a file. A letter is recognised by the title of any of its sections, and by the clauses of an item.

    ```diff of title-only
    -HOW THE IMR FINAL DETERMINATION WAS MADE
    +Invoice
    -CLINICAL CASE SUMMARY
    +Services
    -IMR ISSUES, DECISIONS AND RATIONALES
    +Total
    -Plain x-rays of the left knee, two views: Upheld
    +Plain x-rays of the left knee, two views
    ```

    ```findings
    before "Invoice" not a determination letter: no section and no disputed item of a determination
    ```
    """

    code = "STR017"
    category = Category.OMISSION
    importance = Importance.HIGH
    traits = frozenset({Trait.ANY_TEXT})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if not letter.is_determination:
            yield Finding(Span(0, 0), f"not a determination letter: {describe(letter)}")


def describe(letter: Letter) -> str:
    """What the file has instead."""
    if not letter.source.text.strip():
        return "empty"
    has_notice = letter.section(model.SectionKind.NOTICE) or letter.header.case_number
    only = "a cover or a notice, but " if has_notice else ""
    return f"{only}no section and no disputed item of a determination"

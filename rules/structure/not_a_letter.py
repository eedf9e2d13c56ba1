from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, Span, Trait


class NotALetter(Rule):
    """The file has nothing of a determination letter.

    It is empty, or another document was put among the letters. No other rule runs on such a file. A letter is
    recognised by any title of its sections, a disputed item with a decision or a guideline, or most of a cover.

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
    before "Invoice" not a determination letter: no section, no disputed item and no cover of a determination letter
    ```
    """

    code = "STR017"
    category = Category.OMISSION
    importance = Importance.HIGH
    traits = frozenset({Trait.ANY_TEXT})

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        if not letter.is_determination:
            has_text = bool(letter.source.text.strip())
            what = "no section, no disputed item and no cover of a determination letter" if has_text else "empty"
            yield Finding(Span(0, 0), f"not a determination letter: {what}")

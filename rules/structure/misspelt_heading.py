from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span


class MisspeltHeading(Rule):
    """A line that is nearly a section title or the label of a clause.

    Titles and labels are fixed words of the letter. The part under a misspelt one is still read.

    ```diff
    -                                CLINICAL CASE SUMMARY
    +                                CLINCAL CASE SUMMARY
    ```

    ```findings
    "CLINCAL CASE SUMMARY" not the title as it should be: CLINICAL CASE SUMMARY
      fix (safe): write CLINICAL CASE SUMMARY
    ```
    """

    code = "STR004"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        for section in letter.sections:
            title = section.title
            if _letters(title.raw) != _letters(section.kind.value):
                yield _finding(title.span, "title", section.kind.value)
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                printed = clause.label.raw.rstrip(" :")
                if clause.label.value and _letters(printed) != _letters(clause.label.value):
                    span = Span(clause.label.span.start, clause.label.span.start + len(printed))
                    yield _finding(span, "label", clause.label.value.rstrip(" :"))


def _finding(span: Span, what: str, meant: str) -> Finding:
    fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SAFE)
    return Finding(span, f"not the {what} as it should be: {meant}", fix=fix)


def _letters(words: str) -> str:
    """The letters alone: spacing, case and a colon at the end are no misspelling."""
    return "".join(character for character in words.casefold() if character.isalpha())

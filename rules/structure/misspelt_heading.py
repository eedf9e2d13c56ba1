from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, Safety, Span


class MisspeltHeading(Rule):
    """The title of a section or the label of a clause is misspelled.

    Titles and labels are fixed words, by which people and programs find the parts of a letter. The part
    under a misspelled one is still checked.

    ```diff
    -                                CLINICAL CASE SUMMARY
    +                                CLINCAL CASE SUMMARY
    ```

    ```findings
    "CLINCAL CASE SUMMARY" did you mean "CLINICAL CASE SUMMARY"?
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
                yield _report(title.span, section.kind.value)
        for dispute in letter.disputes:
            for clause in dispute.clauses:
                printed = clause.label.raw.rstrip(" :")
                if clause.label.value and _letters(printed) != _letters(clause.label.value):
                    span = Span(clause.label.span.start, clause.label.span.start + len(printed))
                    yield _report(span, clause.label.value.rstrip(" :"))


def _report(span: Span, meant: str) -> Finding:
    fix = Fix(f"write {meant}", (Edit(span, meant),), Safety.SAFE)
    return Finding(span, f'did you mean "{meant}"?', fix=fix)


def _letters(words: str) -> str:
    """The letters alone: spacing, case and a colon at the end do not count."""
    return "".join(character for character in words.casefold() if character.isalpha())

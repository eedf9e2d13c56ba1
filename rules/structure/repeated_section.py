from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, model


class RepeatedSection(Rule):
    """Two sections have the same title.

    One of the two was pasted from another letter, or a part was copied to another place and not deleted. The
    title of a notice may be printed on each of its pages.

    ```diff
    -                      IMR ISSUES, DECISIONS AND RATIONALES
    +                                CLINICAL CASE SUMMARY
    +
    +                      IMR ISSUES, DECISIONS AND RATIONALES
    ```

    ```findings
    "CLINICAL CASE SUMMARY" a second section titled CLINICAL CASE SUMMARY
      "CLINICAL CASE SUMMARY" the first
    ```
    """

    code = "STR003"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        first: dict[model.SectionKind, model.Field[model.SectionKind]] = {}
        for section in letter.sections:
            if section.kind is model.SectionKind.NOTICE:
                continue
            if section.kind in first:
                note = Note(first[section.kind].span, "the first")
                yield Finding(section.title.span, f"a second section titled {section.kind.value}", notes=(note,))
            else:
                first[section.kind] = section.title

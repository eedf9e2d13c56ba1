from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Note, Reading, Rule, model


class RepeatedSection(Rule):
    """A section title stands twice.

    One of the two was pasted from another letter, or a part was moved and not taken out.

    ```diff
    -                      IMR ISSUES, DECISIONS AND RATIONALES
    +                                CLINICAL CASE SUMMARY
    +
    +                      IMR ISSUES, DECISIONS AND RATIONALES
    ```

    ```findings
    "CLINICAL CASE SUMMARY" the same section title again
      "CLINICAL CASE SUMMARY" first here
    ```
    """

    code = "STR003"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        first: dict[model.SectionKind, model.Field[model.SectionKind]] = {}
        for section in letter.sections:
            if section.kind in first:
                note = Note(first[section.kind].span, "first here")
                yield Finding(section.title.span, "the same section title again", notes=(note,))
            else:
                first[section.kind] = section.title

from collections.abc import Iterator

from imrlint.rulekit import Category, Field, Finding, Importance, Letter, Note, Rule, SectionKind


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

    def check(self, letter: Letter) -> Iterator[Finding]:
        first: dict[SectionKind, Field[SectionKind]] = {}
        for section in letter.sections:
            if section.kind in first:
                note = Note(first[section.kind].span, "first here")
                yield Finding(section.title.span, "the same section title again", notes=(note,))
            else:
                first[section.kind] = section.title

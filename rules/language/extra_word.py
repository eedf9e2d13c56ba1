from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, report_doubt


class ExtraWord(Rule):
    """A small word too many: "the request for of therapy", "he has is been".

    Such words are left over when half of a sentence is changed. They are found by the trained reader, where it is
    installed.

    ```diff
    -The treating physician asked for orphenadrine, an MRI of the lumbar spine
    +The treating physician asked for of orphenadrine, an MRI of the lumbar spine
    ```

    ```findings
    "of" "of" is one word too many
      fix (suggested): delete "of"
    ```
    """

    code = "LAN019"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from (report_doubt(each) for each in reading.doubts if each.slip is annotation.Slip.EXTRA)

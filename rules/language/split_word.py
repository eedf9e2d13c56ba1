from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule, annotation, report_doubt


class SplitWord(Rule):
    """One word written as two, or two as one, where each part is a word: "over all", "may be" for "maybe".

    A spelling checker accepts the parts. They are found by the trained reader, where it is installed.

    ```diff
    -She takes naproxen.
    +She takes naproxen with fair relief over all.
    ```

    ```findings
    "over all" did you mean "overall"?
      fix (suggested): write overall
    ```
    """

    code = "LAN020"
    category = Category.SUSPECT
    importance = Importance.LOW

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        yield from (report_doubt(each) for each in reading.doubts if each.slip is annotation.Slip.SPLIT)

from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule


class MissingLicence(Rule):
    """The reviewer's credentials name no state.

    The determination must describe the reviewer's qualifications (Labor Code 4610.6(f)), and a
    reviewer must hold a license in a state (Labor Code 139.5(d)(4)). Both layouts are read: the
    block "State(s) of Licensure:" and the sentence "is licensed to practice in".

    ```diff
    -State(s) of Licensure: California, Oregon
    +State(s) of Licensure:
    ```

    ```findings
    "HOW THE IMR FINAL DETERMINATION WAS MADE" this section names no state of licensure of the reviewer
    ```
    """

    code = "REV001"
    category = Category.OMISSION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        due = letter.qualifications
        if due is not None and not letter.reviewer.states:
            yield Finding(due.title.span, "this section names no state of licensure of the reviewer")

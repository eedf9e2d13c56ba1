from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule


class MissingLicence(Rule):
    """The reviewer's credentials name no state of licensure.

    The determination must describe the reviewer's qualifications (Labor Code 4610.6(f)), and a reviewer
    must be licensed in a state (Labor Code 139.5(d)(4)). The state may stand after "State(s) of
    Licensure:" or in the sentence "is licensed to practice in".

    ```diff
    -State(s) of Licensure: California, Oregon
    +State(s) of Licensure:
    ```

    ```findings
    "HOW THE IMR FINAL DETERMINATION WAS MADE" this section does not name the reviewer's state of licensure
    ```
    """

    code = "REV001"
    category = Category.OMISSION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        section = letter.qualifications
        if section is not None and not letter.reviewer.states:
            yield Finding(section.title.span, "this section does not name the reviewer's state of licensure")

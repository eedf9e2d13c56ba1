from collections.abc import Iterator

from imrlint.rulekit import Category, Finding, Importance, Letter, Reading, Rule


class MissingSpecialty(Rule):
    """The reviewer's credentials name no specialty or certification.

    The reviewer must be certified in, or know well, a field that fits the treatment (Labor Code
    139.5(d)(4)); without the specialty a reader cannot judge that.

    ```diff
    -Certification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Management
    +Certification(s)/Specialty:
    ```

    ```findings
    "HOW THE IMR FINAL DETERMINATION WAS MADE" this section does not name the reviewer's specialty
    ```
    """

    code = "REV002"
    category = Category.OMISSION
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        section = letter.qualifications
        if section is not None and not letter.reviewer.specialties:
            yield Finding(section.title.span, "this section does not name the reviewer's specialty")

from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, knowledge


class UnknownSpecialty(Rule):
    """The reviewer's specialty is misspelled.

    Readers judge by it whether the reviewer knows the treatment. A specialty that resembles no known one
    is not reported: boards certify many.

    ```diff
    -Certification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Management
    +Certification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Managment
    ```

    ```findings
    "Pain Managment" not a known specialty; did you mean "Pain Management"?
      fix (suggested): write Pain Management
    ```
    """

    code = "REV004"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        known = knowledge.credentials.specialties()
        for specialty in letter.reviewer.specialties:
            key = knowledge.credentials.fold_specialty(specialty.value or "")
            if key in known:
                continue
            meant = knowledge.credentials.nearest_name(key, known, at_least=88)
            if meant:
                fix = Fix(f"write {meant}", (Edit(specialty.span, meant),))
                message = f'not a known specialty; did you mean "{meant}"?'
                yield Finding(specialty.span, message, fix=fix)
